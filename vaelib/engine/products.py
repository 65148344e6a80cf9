"""Expectation–maximisation for Gaussian mixtures, each half-step one matrix product.

    p(x) = Σ_k π_k N(x | μ_k, Σ_k)

The logarithm of each term is linear in the sufficient statistics t(x) of the point:

    log π_k N(x | μ_k, Σ_k) = t(x)·w_k,    t(x) = (x_i x_j for i ≤ j, x, 1)   full
                                           t(x) = (x², x, 1)                  diag
                                           t(x) = (‖x‖², x, 1)                spherical

With T (n, P) the statistics of all points, W (P, K) the natural parameters and R (n, K) the
responsibilities,

    E-step    R = softmax over k of T W                                  Bishop 9.23
    M-step    Rᵀ T = (Σ_n r_nk x_i x_j, Σ_n r_nk x_n, N_k), unpacked     Bishop 9.24–9.27

The products expand (x − μ)ᵀ Λ (x − μ), Λ = Σ⁻¹, into terms that cancel. The data are first centred
at their median, which moves with them, so it does not matter where the origin is. It does matter
how narrow a component is beside the span a_i = max_n |x_ni| of the data: rounding costs about
eps · Σ_i a_i² Λ_ii nats. For components where that exceeds `LOSS` (tiny, nearly singular, just
begun at one point) the E-step takes the factored form ‖L⁻¹(x − μ)‖² with Σ = L Lᵀ, and the M-step
the deviations Σ_n r_nk (x_n − μ_k)(x_n − μ_k)ᵀ / N_k. So it does, for speed, for all components of
wide data, those with a t(x) longer than `WIDE` (full and D > 200).

A fit in float32 takes T, R and the two products in float32, where eps and LOSS are larger; the
components that are narrow there take the float64 products, or the factored form if they are narrow
there too. Parameters, their factors and the mean of log p(x) are in float64. In both,
responsibilities under 1e-26 are zero: for a point they sum to less than K · 1e-26.

Sources: C. Bishop, *Pattern Recognition and Machine Learning* (2006), §9.2, eqs. 9.22–9.27;
Dempster, Laird, Rubin, *Maximum likelihood from incomplete data via the EM algorithm* (1977).
"""

from functools import cached_property

import torch

from vaelib import checks
from vaelib.checks import COVARIANCE_TYPES, as_tensor, check_mixture, check_type
from vaelib.gaussians import LOG_2PI

EPS = torch.finfo(torch.float64).eps
# Nats that rounding may cost a component's log-density before the factored form is used
LOSS = {torch.float64: 1e-10, torch.float32: 1e-3}
LARGEST = {torch.float64: 1e150, torch.float32: 1e15}  # span of data whose squares do not overflow
WIDE = 20_500  # the longest t(x) that is worth its while
CHUNK_ROWS, CHUNK_BYTES = 2000, 2**24  # rows in one product, fewer where they do not fit a cache
STORE_BYTES = 2**30  # the statistics of all the data are kept between steps up to this size


def statistics(x, covariance_type):
    """The sufficient statistics t(x), (n, D) → (n, P): P = D(D + 3)/2 + 1, 2D + 1 or D + 2."""
    check_type(covariance_type)
    if covariance_type == "full":
        squares = torch.cat([x[:, i : i + 1] * x[:, i:] for i in range(x.shape[1])], dim=1)
    elif covariance_type == "diag":
        squares = x**2
    else:
        squares = (x**2).sum(1, keepdim=True)
    return torch.cat([squares, x, torch.ones_like(x[:, :1])], dim=1)


def natural_parameters(weights, means, covariances):
    """W (P, K): statistics(x) @ W = log π_k N(x | μ_k, Σ_k). Arguments, errors as in `e_step`."""
    return Components(*check_mixture(weights, means, covariances)).checked().natural


def e_step(x, weights, means, covariances):
    """The E-step: log p(x_n), and the log-responsibilities log r_nk = log p(k | x_n) (Bishop 9.23).

    x (n, D), weights (K,), means (K, D), covariances (K, D, D) full, (K, D) diagonal or (K,)
    spherical → log_prob (n,) in nats, log_resp (n, K). Computed in float64, on the CPU.
    Raises ValueError for wrong shapes, NaN or infinity, weights that are no probabilities, and
    covariances that are not symmetric positive definite.
    """
    weights, means, covariances = check_mixture(weights, means, covariances)
    x = as_tensor("x", x, ("n", means.shape[1]))
    log_joint = torch.cat([*log_joint_chunks(x, weights, means, covariances)])
    log_prob = log_joint.logsumexp(1)
    return log_prob, log_joint - log_prob[:, None]


def m_step(x, resp, covariance_type="full", reg_covar=0.0):
    """The M-step: the parameters most likely under the responsibilities (Bishop 9.24–9.27).

    x (n, D), resp (n, K) → weights (K,), means (K, D), covariances (K, D, D) full, (K, D) diagonal
    or (K,) spherical, `reg_covar` added to each variance. As in scikit-learn, 10·eps is added to
    each count N_k, so that a component without points ends at the median of the data.
    Raises ValueError for wrong shapes, NaN or infinity, an unknown covariance_type, and negatives.
    """
    x = as_tensor("x", x, ("n", "D"))
    resp = as_tensor("resp", resp, (len(x), "K"))
    if resp.min() < 0:
        raise ValueError(f"resp: got {resp.min():.3g}, wanted probabilities, none negative")
    centre = x.median(0).values
    ridge = checks.number("reg_covar", reg_covar, zero=True)
    found = maximise(Data(x - centre, covariance_type), resp, ridge)
    return found.weights, found.means + centre, found.covariances


def em_step(data, old, reg_covar):
    """E-step and M-step in one pass: the mean log-likelihood before them, the Components after."""
    resp = data.responsibilities(len(old.means))
    log_prob, moments = resp.new_empty(len(resp)), resp.new_zeros(data.width, resp.shape[1])
    narrow = old.narrow(data)
    again = data.double and narrow  # float32: its narrow components, as a float64 fit has them
    if again:
        part = old.part(narrow)
        factored = part.narrow(data.double)
    for rows, x, t in data:
        log_joint = old.log_joint(x, t, [] if data.double else narrow, out=resp[rows])
        if again:
            precise = part.log_joint(x, data.double.statistics(rows), factored)
            log_joint[:, narrow] = precise.float()
        log_prob[rows] = softmax_(log_joint)
        moments.addmm_(t.T, resp[rows])  # (Rᵀ T)ᵀ: in this order the product is faster
    bound = log_prob.double().mean().item()
    return bound, unpack(moments.T.double(), data, resp, reg_covar).checked()


def maximise(data, resp, reg_covar):
    """The M-step as Components, from responsibilities (n, K)."""
    moments = sum(resp[rows].T @ t for rows, _, t in data)
    return unpack(moments, data, resp, reg_covar)


def unpack(moments, data, resp, reg_covar):
    """Components from the moments Rᵀ T (K, P); the narrow ones from deviations."""
    n_features = data.x.shape[1]
    second, first, count = moments.tensor_split((-1 - n_features, -1), dim=1)
    count = count + 10 * EPS  # (K, 1)
    means, second = first / count, second / count
    if data.wide:
        covariances = means.new_zeros(len(means), n_features, n_features)
    elif data.covariance_type == "full":
        i, j = torch.triu_indices(n_features, n_features)
        covariances = means.new_empty(len(means), n_features, n_features)
        covariances[:, i, j] = covariances[:, j, i] = second - means[:, i] * means[:, j]
    elif data.covariance_type == "diag":
        covariances = second - means**2
    else:
        covariances = (second[:, 0] - (means**2).sum(1)) / n_features
    variances = covariances.diagonal(dim1=1, dim2=2) if covariances.ndim == 3 else covariances
    variances += reg_covar
    weights = count[:, 0] / count.sum()
    components = Components(weights, means, covariances)
    narrow = components.narrow(data)
    if not narrow:
        return components
    if data.double:
        again = maximise(data.double, resp[:, narrow].double(), reg_covar)
        means[narrow], covariances[narrow] = again.means, again.covariances
        return Components(weights, means, covariances)
    covariances[narrow] = 0.0
    for rows in data.slices():
        for k in narrow:
            y, r = data.x[rows] - means[k], resp[rows, k] / count[k]
            if data.covariance_type == "full":
                covariances[k].addmm_(r * y.T, y)
            else:
                covariances[k] += r @ y**2 if data.covariance_type == "diag" else (r @ y**2).mean()
    variances[narrow] += reg_covar
    return Components(weights, means, covariances)


def softmax_(logits):
    """Rows become their softmax, under e⁻⁶⁰ zero (denormals are slow); returns their log Σ exp."""
    top = logits.amax(1, keepdim=True)
    total = logits.sub_(top).clamp_(min=-60).exp_().sum(1, keepdim=True)
    torch.nn.functional.threshold_(logits.div_(total), 1e-26, 0.0)
    return (top + total.log())[:, 0]


def log_joint_chunks(x, weights, means, covariances):
    """log π_k N(x_n | μ_k, Σ_k) in chunks, (rows, K) each."""
    centre = weights @ means
    components = Components(weights, means - centre, covariances).checked()
    data = Data(x - centre, COVARIANCE_TYPES[covariances.ndim - 1])
    narrow = components.narrow(data)
    yield from (components.log_joint(rows, t, narrow) for _, rows, t in data)


class Data:
    """Centred rows x (n, D) and their statistics, read in chunks (rows, x, t); t is in `dtype`."""

    def __init__(self, x, covariance_type, dtype=torch.float64, store=False):
        self.x, self.covariance_type = x, covariance_type
        self.span = x.abs().amax(0)  # (D,)
        if self.span.max() > LARGEST[dtype]:
            came, wanted = f"{self.span.max():.3g} from the centre", f"{LARGEST[dtype]:.0e}"
            raise ValueError(f"x: got {came}, wanted under {wanted} in {dtype}")
        width = len(statistics(x[:1], covariance_type)[0])  # P
        self.wide = covariance_type == "full" and width > WIDE
        self.t_type = "spherical" if self.wide else covariance_type  # enough for N_k and μ_k
        self.width = x.shape[1] + 2 if self.wide else width
        self.dtype = torch.float64 if self.wide else dtype  # wide: no products to be faster
        self.double = None if self.dtype == torch.float64 else Data(x, covariance_type)
        self.chunk = max(1, min(CHUNK_ROWS, CHUNK_BYTES // (8 * self.width)))
        self.resp = None
        self.store = store and self.dtype.itemsize * len(x) * self.width <= STORE_BYTES

    def responsibilities(self, n_components):
        """Room for R (n, K), the same in each step: new memory costs as much as a product."""
        if self.resp is None:
            self.resp = torch.empty(len(self.x), n_components, dtype=self.dtype)
        return self.resp

    def slices(self):
        return (slice(i, i + self.chunk) for i in range(0, len(self.x), self.chunk))

    def __iter__(self):
        for rows in self.slices():
            yield rows, self.x[rows], self.stored[rows] if self.store else self.statistics(rows)

    def statistics(self, rows):
        return statistics(self.x[rows].to(self.dtype), self.t_type)

    @cached_property
    def stored(self):
        """T (n, P), made when first read: a screened fit may never need it."""
        stored = torch.empty(len(self.x), self.width, dtype=self.dtype)
        for rows in self.slices():
            stored[rows] = self.statistics(rows)
        return stored


class Components:
    """π_k, μ_k, Σ_k, and what the expanded form (W) and the factored form (L⁻¹) need of them."""

    def __init__(self, weights, means, covariances):
        self.weights, self.means, self.covariances = weights, means, covariances
        n_features = means.shape[1]
        if covariances.ndim == 3:
            factor, info = torch.linalg.cholesky_ex(covariances)  # Σ = L Lᵀ
            self.failed = info > 0
            identity = torch.eye(n_features, dtype=means.dtype)
            factor[self.failed] = identity
            self.whiten = torch.linalg.solve_triangular(factor, identity, upper=False)  # L⁻¹
            self.precision_diagonal = (self.whiten**2).sum(1)
            half_log_det = factor.diagonal(dim1=1, dim2=2).log().sum(1)
        else:
            variances = covariances.reshape(len(means), -1)  # (K, D) or (K, 1)
            self.failed = (variances <= 0).any(1)
            self.whiten = variances.rsqrt()
            self.precision_diagonal = 1 / variances
            half_log_det = 0.5 * variances.log().expand_as(means).sum(1)
        self.constant = weights.log() - half_log_det - 0.5 * n_features * LOG_2PI

    def part(self, some):
        """The Components of these indices."""
        return Components(self.weights[some], self.means[some], self.covariances[some])

    @cached_property
    def natural(self):
        """W (P, K), a column for each component."""
        if self.covariances.ndim == 3:
            precisions = self.whiten.mT @ self.whiten
            linear = (precisions @ self.means[:, :, None])[:, :, 0]
            i, j = torch.triu_indices(*precisions.shape[1:])
            quadratic = precisions[:, i, j] * torch.where(i == j, -0.5, -1.0)
        else:
            linear, quadratic = self.means * self.precision_diagonal, -0.5 * self.precision_diagonal
        offset = self.constant - 0.5 * (self.means * linear).sum(1)
        return torch.cat([quadratic, linear, offset[:, None]], dim=1).T

    def checked(self):
        """Itself, or ValueError when a covariance is not positive definite."""
        if self.failed.any():
            which = self.failed.nonzero()[0].item()
            raise ValueError(
                f"covariances: component {which} of {len(self.means)} is not positive definite; "
                "in a fit, use fewer components, more distinct points or a larger reg_covar"
            )
        return self

    def narrow(self, data):
        """Indices of the components for which the expanded form loses more than LOSS, or time."""
        if data.wide:
            return list(range(len(self.means)))
        eps, loss = torch.finfo(data.dtype).eps, LOSS[data.dtype]
        exact = eps * (data.span**2 * self.precision_diagonal).sum(1) <= loss
        finite = self.natural.to(data.dtype).isfinite()[:-1].all(0)
        return (self.failed | ~exact | ~finite).nonzero()[:, 0].tolist()

    def log_joint(self, x, t, narrow, out=None):
        """log π_k N(x_n | μ_k, Σ_k), (n, K), as t W; in the factored form for k in `narrow`."""
        if out is None:
            out = t.new_empty(len(t), len(self.means))
        if len(narrow) < len(self.means):
            torch.mm(t, self.natural.to(t.dtype), out=out)
        for k in narrow:
            out[:, k] = self.factored(x, k)
        return out

    def factored(self, x, k):
        """log π_k N(x_n | μ_k, Σ_k), (n,), by ‖L⁻¹(x − μ)‖²."""
        y, whiten = x - self.means[k].to(x.dtype), self.whiten[k].to(x.dtype)
        y = y @ whiten.T if whiten.ndim == 2 else y * whiten
        return self.constant[k] - 0.5 * y.square_().sum(1)
