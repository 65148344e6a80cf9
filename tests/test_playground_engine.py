"""The playground's engine in node: against PyTorch, vaelib, scipy and its own other roads."""

import math
from itertools import pairwise

import numpy as np
import pytest
import torch
from numpy.polynomial.hermite_e import hermegauss
from scipy.integrate import cumulative_trapezoid, quad
from scipy.special import erf, ndtr
from scipy.stats import kstest, norm
from torch import nn
from torch.distributions import Independent, Normal, kl_divergence
from torch.nn.utils import parameters_to_vector, vector_to_parameters

from tests.helpers.node import JS, call
from tools import kernels as compiler
from vaelib.bound import elbo
from vaelib.infinite import InfiniteMixture
from vaelib.mixture import Mixture, climb, e_step, em_step, m_step
from vaelib.networks import Decoder, mlp
from vaelib.rules import Grid
from vaelib.vae import VAE

PRIORS = "normal", "uniform", "two humps"
FLOOR = 1e-3  # added to each variance
EDGE = 4.5  # of the grid of ζ
MODELS = "infinite", "vae", "autoencoder"
STANDARD = Normal(torch.zeros((), dtype=torch.float64), 1.0)


def engine(function, *cases):
    """What a function of playground.mjs answers to each case."""
    return call(JS / "playground.mjs", function, cases)


def tensor(values, *shape):
    return torch.tensor(values, dtype=torch.float64).reshape(*shape or (-1,))


def near(found, wanted, tolerance):
    """Equal to a part of the largest of all values, or of 1."""
    found, wanted = (np.asarray(part, dtype=float).ravel() for part in (found, wanted))
    np.testing.assert_allclose(found, wanted, 0, tolerance * max(1, np.abs(wanted).max()))


# Networks: the same formulas by autograd.


def network(sizes, theta):
    layers = [part for io in pairwise(sizes) for part in (nn.Linear(*io), nn.SiLU())]
    net = nn.Sequential(*layers[:-1]).double()
    vector_to_parameters(tensor(theta), net.parameters())
    return net


def n_weights(sizes):
    return sum((inputs + 1) * outputs for inputs, outputs in pairwise(sizes))


def bend(prior, zeta):
    """z as a function of ζ ~ N(0, 1): the inverse of its distribution function, or as declared."""
    if prior == "uniform":
        return math.sqrt(3) * (2 * STANDARD.cdf(zeta) - 1)
    return zeta if prior == "normal" else zeta / 2 + torch.tanh(2 * zeta)


def middles(d, count, edge=EDGE):
    """The middles of count^d cells (J, d), and their shares of N(0, I)."""
    line = edge * ((2 * torch.arange(count, dtype=torch.float64) + 1) / count - 1)
    nodes = torch.cartesian_prod(*[line] * d).reshape(-1, d)
    return nodes, STANDARD.log_prob(nodes).sum(1).log_softmax(0)


class Oracle(nn.Module):
    """One of the three models, its objective written with torch's distributions."""

    def __init__(self, name, case):
        super().__init__()
        self.name, self.case, self.d = name, case, case["d"]
        given, hidden = case["weights"][name], [case["width"]] * 2
        self.decoder = network([self.d, *hidden, 2], given["decoder"])
        if name != "autoencoder":
            sigma = case["sigma"]
            logvar = tensor(2 * math.log(sigma) if sigma else given["logvar"])
            self.logvar = nn.Parameter(logvar.reshape(1))
        if name != "infinite":
            outputs = self.d if name == "autoencoder" else 2 * self.d
            self.encoder = network([2, *hidden, outputs], given["encoder"])

    def likelihood(self, zeta):
        mu = self.decoder(bend(self.case["prior"], zeta))
        return Independent(Normal(mu, (self.logvar / 2).exp()), 1)

    def log_prob(self, x, count=None, edge=EDGE):
        nodes, log_w = middles(self.d, count or self.case["count"], edge)
        return (log_w[:, None] + self.likelihood(nodes[:, None]).log_prob(x)).logsumexp(0)

    def q(self, x):
        m, logv = self.encoder(x).chunk(2, 1)
        return Normal(m, (logv.clamp(-12, 4) / 2).exp())

    def loss(self, x, epsilon):
        if self.name == "infinite":
            return -self.log_prob(x).mean()
        if self.name == "autoencoder":
            return (x - self.decoder(self.encoder(x))).square().sum(1).mean()
        q = self.q(x)
        log_px_z = self.likelihood(q.loc + q.scale * epsilon).log_prob(x)
        return (self.case["beta"] * kl_divergence(q, STANDARD).sum(1) - log_px_z).mean()

    def parts(self):
        """Its parameters by the engine's names."""
        named = {name: getattr(self, name, None) for name in ("decoder", "logvar", "encoder")}
        return {
            name: [part] if name == "logvar" else list(part.parameters())
            for name, part in named.items()
            if part is not None
        }

    def trained(self):
        """The parameters that Adam moves: where σ is a number, it stays."""
        parts = self.parts()
        if self.case["sigma"]:
            parts.pop("logvar", None)
        return [parameter for part in parts.values() for parameter in part]


def setting(seed):
    """A random setting with points, noise for five steps, and weights."""
    random = np.random.default_rng(seed)
    d, width, n = (int(random.choice(a)) for a in ([1, 2], [8, 16, 32], range(5, 61)))
    noisy = random.uniform() < 0.8
    shapes = {"infinite": (0,), "vae": (0, 2 * d), "autoencoder": (0, d)}
    weights = {}
    for name, encoder in shapes.items():
        sizes = {"decoder": [d, width, width, 2]}
        if len(encoder) > 1:
            sizes["encoder"] = [2, width, width, encoder[1]]
        scale = random.choice([0.2, 0.4])
        weights[name] = {k: scale * random.normal(size=n_weights(v)) for k, v in sizes.items()}
        weights[name] = {k: v.tolist() for k, v in weights[name].items()}
        if name != "autoencoder":
            weights[name]["logvar"] = [random.uniform(-3, 1)]
    weights["vae"]["encoder"][-1] += float(random.choice([0, 0, -13]))  # a log v beyond its limit
    return {
        "d": d,
        "width": width,
        "n": n,
        "prior": PRIORS[seed % 3],
        "beta": float(random.choice([0, 0.25, 1, 4])),
        "sigma": float(random.choice([0, 0, 0.15, 0.7])),
        "rate": float(random.choice([0.001, 0.01, 0.05])),
        "count": int(random.choice([7, 12] if d == 2 else [39, 64])),
        "x": random.uniform(-3, 3, 2 * n).tolist(),
        "epsilons": (noisy * random.normal(size=(5, n * d))).tolist(),
        "weights": weights,
    }


CASES = [setting(seed) for seed in range(50)]


@pytest.fixture(scope="module", params=["webassembly", "javascript"])
def kernels(request):
    """Either way in which the engine multiplies."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERNELS", request.param)
        yield request.param


@pytest.fixture(scope="module")
def stepped(kernels):
    assert engine("fast", None) == [kernels == "webassembly"]
    return engine("steps", *CASES)


@pytest.mark.slow
@pytest.mark.skipif(
    not compiler.COMPILER.exists(), reason="`make assemblyscript` brings it, by npm"
)
def test_the_bytes_are_what_their_source_compiles_to():
    text = (compiler.ENGINE / "wasm.js").read_text(encoding="utf-8")
    assert compiler.compiled() == text


def tolerance(case):
    """The uniform prior is bent by an erf that is right to 1.2e-7."""
    return 1e-5 if case["prior"] == "uniform" else 1e-8


def test_the_settings_are_mixed():
    for name, values in (("d", {1, 2}), ("width", {8, 16, 32}), ("prior", set(PRIORS))):
        assert {case[name] for case in CASES} == values
    assert len({case["n"] % 4 for case in CASES}) == 4
    assert len({(case["beta"], bool(case["sigma"])) for case in CASES}) == 8
    assert 5 < sum(not np.any(case["epsilons"]) for case in CASES) < 25


@torch.no_grad()
def test_outputs_are_torchs(stepped):
    for case, found in zip(CASES, stepped, strict=True):
        infinite, vae, autoencoder = (Oracle(name, case) for name in MODELS)
        x, outputs = tensor(case["x"], -1, 2), found["outputs"]
        near(outputs["log_prob"], infinite.log_prob(x), tolerance(case))
        q = vae.q(x)
        near(outputs["m"], q.loc, 1e-10)
        near(outputs["logv"], 2 * q.scale.log(), 1e-10)
        near(outputs["again"], autoencoder.decoder(autoencoder.encoder(x)), 1e-10)


@pytest.mark.parametrize("name", MODELS)
def test_gradients_and_steps_of_adam_are_torchs(stepped, name):
    for case, found in zip(CASES, stepped, strict=True):
        model = Oracle(name, case)
        x = tensor(case["x"], -1, 2)
        adam = torch.optim.Adam(model.trained(), lr=case["rate"])
        for t, epsilon in enumerate(case["epsilons"]):
            adam.zero_grad()
            model.loss(x, tensor(epsilon, -1, case["d"])).backward()
            if t == 0:
                for part, parameters in model.parts().items():
                    wanted = parameters_to_vector(p.grad for p in parameters)
                    near(found["gradients"][name][part], wanted, tolerance(case))
            adam.step()
            if t in (0, 4):
                after = found["after"][t // 4][name]
                assert set(after) == set(model.parts())
                for part, parameters in model.parts().items():
                    wanted = parameters_to_vector(parameters).detach()
                    near(after[part], wanted, tolerance(case))


@torch.no_grad()
def test_log_variances_stop_at_their_limits(stepped):
    logv = [np.array(found["outputs"]["logv"]) for found in stepped]
    assert all(np.all((part >= -12) & (part <= 4)) for part in logv)
    assert any(np.any(part == -12) for part in logv) and any(np.any(part == 4) for part in logv)
    few = CASES[0] | {"rate": 0.5, "sigma": 0.0, "epsilons": [[0.0] * len(CASES[0]["epsilons"][0])]}
    for start in (-8.9, 1.9):
        case = few | {"x": [30.0 * (start > 0)] * len(few["x"])}
        case["weights"] = {
            name: {k: [start] if k == "logvar" else [0.0] * len(v) for k, v in parts.items()}
            for name, parts in few["weights"].items()
        }
        [found] = engine("steps", case)
        for name in ("infinite", "vae"):
            assert found["after"][-1][name]["logvar"] == [2 if start > 0 else -9]


def test_numbers_are_random_and_repeat():
    """mulberry32 once more, in Python's whole numbers."""

    def mulberry32(seed, n):
        for i in range(1, n + 1):
            state = (seed + i * 0x6D2B79F5) % 2**32
            t = (state ^ state >> 15) * (state | 1) % 2**32
            t ^= (t + (t ^ t >> 7) * (t | 61)) % 2**32
            yield (t ^ t >> 14) % 2**32 / 2**32

    for seed in (0, 1, 12345):
        [found, again] = engine("numbers", *[{"seed": seed, "n": 4000}] * 2)
        assert found == again and found["uniform"] == list(mulberry32(seed, 4000))
        assert kstest(found["uniform"], "uniform").pvalue > 1e-3
        assert kstest(found["normal"], "norm").pvalue > 1e-3


# The mixture, against vaelib.mixture.


def cloud(n, seed, K=4):
    random = np.random.default_rng(seed)
    centres = random.uniform(-2.5, 2.5, (K, 2))
    return centres[random.integers(K, size=n)] + random.normal(0, 0.35, (n, 2))


def as_mixture(found, less=0.0):
    a, b, c = tensor(found["covariances"], -1, 3).T
    covariances = torch.stack([a - less, b, b, c - less], 1).reshape(-1, 2, 2)
    return Mixture(tensor(found["weights"]), tensor(found["means"], -1, 2), covariances)


def fits(*rows):
    """The mixtures on the way of EM, for (x, K, number of steps) or with the start as well."""
    names = "K", "count", "mixture"
    return engine(
        "em",
        *(
            {"x": x.ravel().tolist(), "n": len(x), "seed": 3} | dict(zip(names, rest, strict=False))
            for x, *rest in rows
        ),
    )


def test_a_step_of_em_is_vaelibs():
    rows = [(cloud(n, K), K, 3) for n in (20, 57) for K in range(1, 7)]
    for (x, K, _), states in zip(rows, fits(*rows), strict=True):
        for before, after in pairwise(states):
            log_px, log_resp = e_step(x, *as_mixture(before))
            near(before["log_prob"], log_px, 1e-8)
            for found, wanted in zip(
                as_mixture(after), m_step(x, log_resp.exp(), reg_covar=FLOOR), strict=True
            ):
                near(found, wanted, 1e-8)
        start = as_mixture(states[0])
        near(start.covariances, [np.cov(x.T, bias=True) + FLOOR * np.eye(2)] * K, 1e-8)
        assert start.weights.tolist() == [1 / K] * K
        if K == 1:
            near(start.means, x.mean(0), 1e-8)
        else:
            places = [np.flatnonzero((x == mean).all(1)).tolist() for mean in start.means.numpy()]
            assert all(len(place) == 1 for place in places) and len({*map(tuple, places)}) == K


def test_log_p_falls_by_the_floor_alone():
    """Each step without its floor is one of plain EM, and those never fall."""
    rows = [(cloud(80, 10 + K), K, 25) for K in range(1, 7)]
    for (x, *_), states in zip(rows, fits(*rows), strict=True):
        for before, after in pairwise(states):
            plain = as_mixture(after, less=FLOOR).log_prob(x).mean()
            was, now = (np.mean(state["log_prob"]) for state in (before, after))
            assert plain > was - 1e-10 and now > was - 1e-3


def test_a_gaussian_without_points_keeps_its_place_and_the_rest_go_on():
    x = cloud(40, 0)
    means = [x[0].tolist(), x[1].tolist(), [90.0, -90.0]]
    start = {"weights": [0.3, 0.3, 0.4], "means": means, "covariances": [[1, 0, 1]] * 3}
    alone = {name: part[:2] for name, part in start.items()} | {"weights": [0.5, 0.5]}
    states, others = fits((x, 3, 20, start), (x, 2, 20, alone))
    for found, wanted in zip(states[1:], others[1:], strict=True):
        assert found["weights"][2] == 0 and found["means"][2] == [90, -90]
        near(found["log_prob"], wanted["log_prob"], 1e-8)


def test_em_stays_finite_where_points_coincide():
    kinds = [
        np.full((9, 2), 1.25),
        np.repeat(np.linspace(-3, 3, 12), 2).reshape(-1, 2),
        np.array([[-3.2, -3.2], [3.2, 3.2]] * 5),
        cloud(3, 0),
    ]
    for states in fits(*((x, K, 30) for x in kinds for K in range(1, 7))):
        for state in states:
            assert np.isfinite(np.concatenate([np.ravel(part) for part in state.values()])).all()
            assert sum(state["weights"]) == pytest.approx(1)


# The line z.


def test_erf_is_scipys_to_seven_digits():
    places = np.linspace(-8, 8, 2001)
    [found] = engine("line", places.tolist())
    assert np.abs(found["erf"] - erf(places)).max() < 1.2e-7


@pytest.mark.parametrize("prior", PRIORS)
def test_a_prior_is_a_normal_bent(prior):
    zeta = np.linspace(-6, 6, 4801)
    [found] = engine("line", zeta.tolist())
    z, slope = map(np.array, found[prior])
    near(z, bend(prior, tensor(zeta)), 1.2e-7 * math.sqrt(3))
    assert np.all(slope > 0)
    step = zeta[1] - zeta[0]
    near(np.gradient(bend(prior, tensor(zeta)).numpy(), step)[1:-1], slope[1:-1], 2 * step**2 * 9)
    p = norm.pdf(zeta) / slope
    below = cumulative_trapezoid(p, bend(prior, tensor(zeta)), initial=0)
    near(below, ndtr(zeta), 1e-4)
    assert below[-1] == pytest.approx(1, abs=1e-4)
    if prior == "uniform":
        np.testing.assert_allclose(p, 1 / math.sqrt(12), rtol=1e-9)
    if prior == "two humps":
        assert abs(z[p.argmax()]) == pytest.approx(1.44, abs=0.02)
        assert p[np.abs(z).argmin()] < 0.5 * p.max()


@pytest.mark.parametrize("count", [1, 2, 3, 7, 16, 20, 33])
def test_the_gauss_hermite_rule_is_numpys(count):
    [found] = engine("hermite", {"d": 1, "count": count})
    nodes, weights = hermegauss(count)
    near(found["nodes"], nodes, 1e-12)
    near(found["weights"], weights / math.sqrt(2 * math.pi), 1e-12)


def test_a_rule_in_two_dimensions_is_every_pair():
    nodes, weights = hermegauss(7)
    [found] = engine("hermite", {"d": 2, "count": 7})
    pairs = np.stack(np.meshgrid(nodes, nodes), 2).reshape(-1, 2)
    near(found["nodes"], pairs, 1e-12)
    near(found["weights"], np.outer(weights, weights) / (2 * math.pi), 1e-12)


# What a race says of its models.

RACES = [
    {"d": d, "prior": prior, "width": 8, "stamp": stamp, "n": n, "rounds": rounds, "seed": seed}
    for seed, (d, prior, stamp, n, rounds) in enumerate(
        [
            (1, "normal", "crescent", 40, 0),
            (1, "uniform", "ring", 40, 60),
            (1, "two humps", "two moons", 40, 60),
            (1, "normal", "blobs", 40, 200),
            (2, "normal", "crescent", 20, 30),
            (2, "uniform", "spiral", 20, 30),
            (2, "two humps", "blobs", 20, 0),
        ]
    )
]


@pytest.fixture(scope="module")
def races():
    """Each race with what it says, its three models at the end, and its held-out points."""
    found = engine("watched", *RACES)
    ends = [
        case | {"weights": end["end"], "sigma": 0} for case, end in zip(RACES, found, strict=True)
    ]
    models = [{name: Oracle(name, end) for name in MODELS} for end in ends]
    held = [tensor(part["held"], -1, 2) for part in found]
    return [*zip(RACES, found, models, held, strict=True)]


@torch.no_grad()
def test_exact_log_p_is_exact(races):
    """Beyond ±4.5 lie 7e-6 of each prior; in two dimensions the cells are wider."""
    for case, found, models, x in races:
        exact = np.array(found["exact"])
        near(exact, found["fine"], 1e-6 if case["d"] == 1 else 1e-4)
        wide = models["vae"].log_prob(x, *((4000, 8) if case["d"] == 1 else (100, 7)))
        near(exact, wide, 1e-5 if case["d"] == 1 else 1e-4)
        if case["d"] == 2:
            continue
        for i in (0, len(x) - 1):

            def integrand(u, row=x[i], vae=models["vae"]):
                zeta = tensor([u])
                return (STANDARD.log_prob(zeta) + vae.likelihood(zeta).log_prob(row)).exp().item()

            value = quad(integrand, -8, 8, epsabs=0, epsrel=1e-7, limit=200)[0]
            assert exact[i] == pytest.approx(math.log(value), abs=1e-5)


@torch.no_grad()
def test_the_posterior_is_the_joint_over_p(races):
    for case, found, models, x in races:
        nodes = tensor(found["nodes"], -1, case["d"])
        log_w = tensor(found["log_weights"])
        assert log_w.exp().sum() == pytest.approx(1, abs=1e-12)
        near(log_w, STANDARD.log_prob(nodes).sum(1).log_softmax(0), 1e-10)
        for row, posterior in zip(x, found["posterior"], strict=False):
            joint = log_w + models["vae"].likelihood(nodes).log_prob(row)
            near(posterior, joint.softmax(0), 1e-6)
            assert sum(posterior) == pytest.approx(1, abs=1e-12)


# What so few nodes may miss of E_q, in nats: "two humps" is steep at 0.
RULE = {
    1: {"normal": 1e-4, "uniform": 1e-3, "two humps": 0.1},
    2: {"normal": 1e-2, "uniform": 1e-2, "two humps": 0.1},
}


@torch.no_grad()
def test_the_bound_is_an_average_over_q_and_lies_below_log_p(races):
    for case, found, models, x in races:
        d, vae, q = case["d"], models["vae"], models["vae"].q(x)
        near(found["kl"], kl_divergence(q, STANDARD).sum(1), 1e-10)
        values = []
        for count in (found["rules"]["hermite"], 150 if d == 1 else 40):
            nodes, weights = (tensor(part) for part in hermegauss(count))
            rule = torch.cartesian_prod(*[nodes] * d).reshape(-1, 1, d)
            shares = torch.cartesian_prod(*[weights / weights.sum()] * d).reshape(len(rule), -1)
            terms = vae.likelihood(q.loc + q.scale * rule).log_prob(x)
            values.append(shares.prod(1) @ terms - kl_divergence(q, STANDARD).sum(1))
        same, fine = values
        near(found["bound"], same, 1e-6)
        near(found["bound"], fine, RULE[d][case["prior"]])
        assert np.all(np.array(found["bound"]) < np.array(found["exact"]) + 1e-6)


@torch.no_grad()
def test_what_the_bound_lacks_is_the_kl_to_the_posterior(races):
    """On a grid of its own, wide and fine."""
    nodes, log_w = middles(1, 6000, 12)
    cell = (nodes[1] - nodes[0]).item()
    for case, found, models, x in races:
        if case["d"] == 2:
            continue
        log_joint = log_w[:, None] + models["vae"].likelihood(nodes[:, None]).log_prob(x)
        log_q = models["vae"].q(x).log_prob(nodes[:, None])[..., 0]
        log_posterior = log_joint.log_softmax(0) - math.log(cell)
        kl = (log_q.exp() * (log_q - log_posterior)).sum(0).numpy() * cell
        near(found["bound"] + kl, found["exact"], max(2e-5, RULE[1][case["prior"]]))


def test_the_best_q_is_no_worse_and_the_gap_has_two_parts(races):
    for case, found, _, _ in races:
        bound, best, log_px = (np.array(found[name]) for name in ("bound", "best", "exact"))
        slack = 1e-5 if case["prior"] != "two humps" else 0.05  # best for the rule's few nodes
        assert np.all(best > bound - 1e-4) and best.mean() > bound.mean()
        assert np.all(best < log_px + slack)
        gap = found["gap"]
        assert gap["shape"] == pytest.approx((log_px - best).mean(), abs=1e-12)
        assert gap["encoder"] == pytest.approx((best - bound).mean(), abs=1e-12)


@torch.no_grad()
def test_an_autoencoder_is_lent_its_codes_gaussian_and_its_miss(races):
    for case, found, models, x in races:
        model, train = models["autoencoder"], tensor(found["train"], -1, 2)
        codes = model.encoder(train)
        miss = (train - model.decoder(codes)).square().mean()
        near(found["lent_logvar"], miss.log(), 1e-10)
        near(found["numbers"]["miss"], miss, 1e-10)
        factor = torch.linalg.cholesky(tensor(np.cov(codes.T, bias=True), *[case["d"]] * 2))
        nodes, log_w = middles(case["d"], 4000 if case["d"] == 1 else 100)
        mu = model.decoder(codes.mean(0) + nodes @ factor.T)
        log_px_z = Independent(Normal(mu[:, None], miss.sqrt()), 1).log_prob(x)
        near(found["lent"], (log_w[:, None] + log_px_z).logsumexp(0), 1e-6)
        held = tensor(found["codes"], -1, case["d"])
        unbent = torch.linalg.solve_triangular(factor, (held - codes.mean(0)).T, upper=False)
        near(found["unbent"], unbent.T, 1e-5)
        near(found["again"], held, 1e-10)


@torch.no_grad()
def test_the_numbers_are_means_over_the_points(races):
    for case, found, models, x in races:
        numbers, train = found["numbers"], tensor(found["train"], -1, 2)
        assert numbers["round"] == case["rounds"] and len(train) == 3 * len(x)
        count = found["rules"]["exact"]
        one = Mixture(tensor([1.0]), train.mean(0, keepdim=True), np.cov(train.T, bias=True)[None])
        one.covariances[0] += FLOOR * np.eye(2)
        for part, points in (("train", train), ("held", x)):
            wanted = {
                "one": one.log_prob(points).mean(),
                "mixture": as_mixture(found["end"]["mixture"]).log_prob(points).mean(),
                "infinite": models["infinite"].log_prob(points, count).mean(),
                "vae": models["vae"].log_prob(points, count).mean(),
            }
            for name, value in wanted.items():
                assert numbers[part][name] == pytest.approx(value.item(), abs=1e-5), name
        assert numbers["held"]["bound"] == pytest.approx(np.mean(found["bound"]), abs=1e-12)
        assert numbers["kl"] == pytest.approx(np.mean(found["kl"]), abs=1e-12)
        sigma = [(models[name].logvar / 2).exp().item() for name in ("infinite", "vae")]
        near(numbers["sigma"], sigma, 1e-10)


# 500 rounds of the page beside the package's own fit.

ROUNDS, RATE, N = 500, 0.01, 120


def draws(seed):
    """The ε of each round, as `elbo` draws them from a generator of that seed."""
    stream = torch.Generator().manual_seed(seed)
    each = {"generator": stream, "dtype": torch.float64}
    return [torch.randn(1, N, 1, **each).ravel().tolist() for _ in range(ROUNDS)]


def give(model, decoder=None, logvar=None, encoder=None):
    """Put the page's weights into a model of the package, layer after layer as they lie."""
    vector_to_parameters(tensor(decoder), model.decoder.net.parameters())
    with torch.no_grad():
        model.decoder.logvar.fill_(logvar[0])
    if encoder is not None:
        vector_to_parameters(tensor(encoder), model.encoder.parameters())
    return model


RUNS = [
    {"d": 1, "prior": "normal", "width": 16, "stamp": "crescent", "n": 160, "rounds": ROUNDS,
     "rate": RATE, "seed": seed, "epsilons": draws(seed)}
    for seed in (1, 2)
]  # fmt: skip


@pytest.fixture(scope="module")
def runs(kernels):
    return engine("raced", *RUNS[: 2 if kernels == "webassembly" else 1])


def descend(parameters, loss):
    adam = torch.optim.Adam(parameters, lr=RATE)
    for _ in range(ROUNDS):
        adam.zero_grad()
        loss().backward()
        adam.step()


def test_em_ends_where_the_packages_does(runs):
    for found in runs:
        x, held = (tensor(found[name], -1, 2) for name in ("train", "held"))
        start = as_mixture(found["start"]["mixture"])
        end, *_ = climb(lambda m, x=x: em_step(x, m, "full", FLOOR), start, 0.0, ROUNDS)
        wanted = end.log_prob(held).mean().item()
        assert found["numbers"]["held"]["mixture"] == pytest.approx(wanted, abs=0.02)


def test_the_infinite_mixture_ends_where_the_packages_does(runs):
    for found in runs:
        rule = Grid(found["rules"]["training"], (-EDGE, EDGE))
        x, held = (tensor(found[name], -1, 2) for name in ("train", "held"))
        decoder = Decoder(1, 2, (16, 16), likelihood="gaussian", sigma_x="learned").double()
        model = give(InfiniteMixture(decoder, Normal(0.0, 1.0)), **found["start"]["infinite"])

        def loss(x=x, model=model, rule=rule):
            return -model.log_prob(x, rule).mean()

        descend([*model.parameters()], loss)
        with torch.no_grad():
            wanted = model.log_prob(held, Grid(2000)).mean().item()
        assert found["numbers"]["held"]["infinite"] == pytest.approx(wanted, abs=0.02)


def test_the_vae_ends_where_the_packages_does_on_the_same_noise(runs):
    for run, found in zip(RUNS, runs, strict=False):
        x, held = (tensor(found[name], -1, 2) for name in ("train", "held"))
        model = VAE(2, 1, (16, 16), likelihood="gaussian", sigma_x="learned").double()
        give(model, **found["start"]["vae"])
        stream = torch.Generator().manual_seed(run["seed"])

        def loss(x=x, model=model, stream=stream):
            return -elbo(model, x, generator=stream)[0].mean()

        descend([*model.parameters()], loss)
        with torch.no_grad():
            wanted = model.log_prob(held, Grid(2000)).mean().item()
        assert found["numbers"]["held"]["vae"] == pytest.approx(wanted, abs=0.02)


def test_the_autoencoder_ends_with_the_same_miss(runs):
    """The package has none: its networks, trained by torch's Adam."""
    for found in runs:
        x, start = tensor(found["train"], -1, 2), found["start"]["autoencoder"]
        encoder, decoder = mlp(2, (16, 16), 1).double(), mlp(1, (16, 16), 2).double()
        for net, name in ((encoder, "encoder"), (decoder, "decoder")):
            vector_to_parameters(tensor(start[name]), net.parameters())

        def loss(x=x, encoder=encoder, decoder=decoder):
            return (x - decoder(encoder(x))).square().sum(1).mean()

        descend([*encoder.parameters(), *decoder.parameters()], loss)
        assert found["numbers"]["miss"] == pytest.approx(loss().item() / 2, rel=0.02)


# The race by itself: messages in, frames and numbers out.


def points(n, seed=0):
    """A message of n points, every fourth held out."""
    x = np.random.default_rng(seed).uniform(-3, 3, 2 * n)
    return {"points": x.tolist(), "held": [i % 4 == 3 for i in range(n)]}


SMALL = {"settings": {"width": 4}}
QUIET = {"settings": {"width": 4, "noise": False}}


def run(until, **more):
    """To that round, in as many slices as it takes."""
    return [{"run": True, "until": until} | more, 3 * until + 3]


class Told(list):
    """What a trainer posts after each of several scripts of messages and numbers of slices."""

    def __init__(self, posts):
        super().__init__(posts)
        for post in self:
            assert post["broken"] == [], post
        self.frames = [post for post in self if "round" in post]
        for frame in self.frames:
            moments = frame["moments"]
            assert len(moments) <= 60 and moments == sorted({*moments})
        self.frame = self.frames[-1]
        self.numbers = [post["numbers"] for post in self if "numbers" in post][-1]
        self.weights = self.frame["weights"]


def tell(*scripts, **clock):
    return [*map(Told, engine("heard", *({"script": script} | clock for script in scripts)))]


def test_it_rests_at_the_round_asked_and_goes_on():
    script = [SMALL, points(12), *run(7)]
    rested, asked, more, stopped = tell(
        script,
        [*script, {"run": True}, 50],
        [*script, *run(23)],
        [*script, {"run": True, "until": 23}, 1, {"run": False}, 50],
    )
    for told, wanted in ((rested, 7), (asked, 7), (more, 23)):
        assert told.frame["round"] == told.numbers["round"] == wanted
        assert not told.frame["running"]
    assert more.frame["moments"] == [5, 10, 15, 20]
    assert 7 < stopped.frame["round"] < 23 and not stopped.frame["running"]


def test_equal_seeds_and_points_give_equal_numbers():
    script = [SMALL, points(12), *run(40)]
    seeds = [{"settings": {"seed": 2}}, *script]
    told, again, anew, other = tell(script, script, [*script, {"restart": True}, *run(40)], seeds)
    [short], [slow] = tell(script, slice=3), tell(script, tick=5)
    for same in (again, anew, short, slow):
        assert same.weights == told.weights and same.numbers == told.numbers
    assert all(other.weights[name] != told.weights[name] for name in MODELS)


def test_going_back_and_on_gives_the_same_as_before():
    script = [QUIET, points(12), *run(43)]
    told, back, early, again, some, none = tell(
        script,
        [*script, {"go": 20}],
        [QUIET, points(12), *run(20)],
        [*script, {"go": 24}, *run(43)],
        [*script, {"go": 20}, {"run": True}, 1, {"run": False}],
        [*script, {"go": 4}, {"go": -1}],
    )
    assert told.frame["moments"] == [5, 10, 15, 20, 25, 30, 35, 40]
    assert back.frame["round"] == back.numbers["round"] == 20 and not back.frame["running"]
    assert back.frame["moments"] == told.frame["moments"] and back.weights == early.weights
    assert back.numbers == early.numbers
    assert again.weights == told.weights and again.numbers == told.numbers
    assert again.frame["moments"] == told.frame["moments"]
    assert some.frame["moments"][:4] == [5, 10, 15, 20] and some.frame["moments"][-1] < 35
    assert none.frame["round"] == 43 and none.weights == told.weights


def test_after_a_new_start_no_moment_is_left():
    script = [QUIET, points(12), *run(43), {"go": 20}]
    for anew in ({"settings": {"width": 5}}, {"restart": True}):
        none, few = tell([*script, anew], [*script, anew, *run(12)])
        assert none.frame["moments"] == [] and few.frame["moments"] == [5, 10]


def test_few_moments_are_kept_ever_further_apart():
    [told] = tell([SMALL, points(8), *run(1300)])
    moments = told.frame["moments"]
    assert 30 <= len(moments) <= 60 and set(np.diff(moments)) == {40} and moments[-1] > 1260


def test_another_k_restarts_the_mixture_alone():
    script = [SMALL, points(20), *run(30)]
    before, after, fresh, same = tell(
        script,
        [*script, {"settings": {"K": 2}}],
        [SMALL, {"settings": {"K": 2}}, points(20)],
        [*script, {"settings": {"K": 5, "rate": 0.1}}],
    )
    assert after.frame["round"] == 30 and (before.frame["K"], after.frame["K"]) == (5, 2)
    assert after.weights["mixture"] == fresh.weights["mixture"]
    assert after.numbers["held"]["mixture"] == fresh.numbers["held"]["mixture"]
    for name in (*MODELS, "one"):
        assert after.weights[name] == before.weights[name]
    assert after.numbers["held"]["vae"] == before.numbers["held"]["vae"]
    assert same.weights == before.weights


def test_other_networks_start_anew():
    script = [SMALL, points(12), *run(30)]
    for changed in ({"d": 2}, {"width": 6}, {"seed": 7}):
        settings = {"settings": changed}
        told, fresh = tell([*script, settings], [SMALL, settings, points(12)])
        assert told.frame["round"] == 0 and told.frame["moments"] == []
        assert told.weights == fresh.weights and told.numbers == fresh.numbers
    old = {"d": 1, "width": 4, "prior": "uniform", "beta": 2}
    before, told = tell(script, [*script, {"settings": old}])
    assert told.frame["round"] == 30 and told.frame["prior"] == "uniform"
    assert told.weights == before.weights
    assert told.numbers["held"]["vae"] != before.numbers["held"]["vae"]


def test_settings_act_while_it_runs():
    changes = [{}, {"kl": False}, {"beta": 0}, {"noise": False}, {"sigma": 0.3}, {"rate": 0.05}]
    told = tell(*([SMALL, points(12), *run(9), {"settings": s}, *run(20)] for s in changes))
    plain, no_kl, zero, still, fixed, _ = told
    assert no_kl.weights == zero.weights and len({part.weights["vae"] for part in told}) == 5
    assert still.weights["infinite"] == plain.weights["infinite"] != fixed.weights["infinite"]
    assert fixed.numbers["sigma"] == pytest.approx([0.3, 0.3], abs=1e-12)


def test_fewer_than_three_points_have_no_numbers():
    """Every fourth is held out: of four points three are trained on."""
    rest = [{"split": True}, {"go": 9}, {"mixture": {}}, {"restart": True}, {"settings": {"K": 2}}]
    scripts = [[SMALL, points(n), *run(5), *rest] for n in range(3)]
    for told in tell(*scripts):
        assert told.frame["round"] == 0 and told.weights is None and told.numbers is None
        assert [post["gap"] for post in told if "gap" in post] == [None]
    for told in tell(*([*script, points(4), 20] for script in scripts)):
        assert told.frame["round"] == told.numbers["round"] == 5
    three, cleared = tell(
        [SMALL, points(3), *run(5)], [SMALL, points(12), *run(5), points(0), {"go": 9}]
    )
    assert three.numbers["round"] == 5 and not three.numbers["held"] and "kl" not in three.numbers
    assert cleared.weights is None and cleared.numbers is None


def test_points_may_come_and_go_while_it_runs():
    script = [SMALL, {"settings": {"K": 2}}, points(8), {"run": True, "until": 60}, 2]
    both, few, many = tell(
        [*script, points(30), 2, points(5), 50], [*script, points(8), 50], [*script, points(30), 50]
    )
    rounds = [frame["round"] for frame in both.frames]
    assert rounds == sorted(rounds) and rounds[-1] == 60
    assert all(few.weights[name] != many.weights[name] for name in (*MODELS, "mixture", "one"))


def test_the_mixture_starts_anew_when_its_points_have_doubled():
    """From the first few points of a drawing most of its Gaussians would never come away."""
    few, more, doubled, fresh, more_fresh = tell(
        [SMALL, points(12), *run(30)],
        [SMALL, points(12), *run(30), points(20)],
        [SMALL, points(12), *run(30), points(24)],
        [SMALL, points(24)],
        [SMALL, points(20)],
    )
    assert doubled.weights["mixture"] == fresh.weights["mixture"]
    assert more.weights["mixture"] == few.weights["mixture"] != more_fresh.weights["mixture"]
    assert doubled.frame["round"] == 30 and doubled.weights["vae"] == few.weights["vae"]


def test_a_mixture_in_the_hand_is_kept_and_then_goes_on():
    hand = {"weights": [0.5, 0.5], "means": [[-1, 0], [1, 0]], "covariances": [[1, 0, 1]] * 2}
    script = [SMALL, {"settings": {"K": 2}}, points(12), {"mixture": hand, "keep": True}]
    held, kept, freed = tell(script, [*script, *run(9)], [*script, *run(9, keep=False)])
    assert kept.frame["round"] == freed.frame["round"] == 9
    assert kept.weights["mixture"] == held.weights["mixture"] != freed.weights["mixture"]
    assert all(kept.weights[name] == freed.weights[name] for name in MODELS)


def test_the_pace_is_kept_from_when_it_is_set():
    """Ten rounds a second, whatever came before."""
    slow, on = {"run": True, "pace": 10}, {"run": True}
    begin = [SMALL, points(8), slow, 60]
    for before in (
        [SMALL, points(8), slow],
        [SMALL, points(8), on, 60, slow],
        [SMALL, points(8), {"run": True, "pace": 1}, 60, slow],
        [*begin, {"restart": True}],
        [*begin, {"settings": {"width": 5}}],
        [*begin, {"go": 5}, on],
        [*begin, {"run": False}, 9, {"run": False, "mixture": {}}, on],
        [SMALL, slow, 60, points(8)],
        [*begin, points(0), 60, points(8)],
    ):
        short, told = tell([*before, 1], [*before, 60], slice=2)
        first, *others = told.frames[len(short.frames) :]
        assert others[-1]["time"] - first["time"] > 1000
        for frame in others:
            wanted = (frame["time"] - first["time"]) / 100
            assert frame["round"] - first["round"] == pytest.approx(wanted, abs=3)


def test_a_clock_that_stands_still_does_not_stop_it():
    [told] = tell([SMALL, points(8), *run(9)], tick=0)
    assert told.frame["round"] == 9


def messages(seed, count=40):
    """Random messages, as a hand might send them, and slices between them."""
    random = np.random.default_rng(seed)

    def pick(*values):
        return values[random.integers(len(values))]

    yield points(9)
    yield {"settings": {"width": 4, "K": 3}}
    for _ in range(count):
        K = int(random.integers(1, 6))
        settings = {
            "K": K,
            "rate": pick(1e-4, 0.01, 0.1),
            "beta": pick(0, 1, 8),
            "prior": pick(*PRIORS),
            "sigma": pick(0, 0.05, 1),
            "noise": pick(True, False),
            "kl": pick(True, False),
            "width": pick(4, 4, 8),
            "d": pick(1, 1, 1, 2),
            "seed": pick(1, 2),
        }
        names = random.choice([*settings], 2, replace=False)
        mixture = {
            "weights": random.dirichlet([0.3] * K).tolist(),
            "means": random.uniform(-3, 3, (K, 2)).tolist(),
            "covariances": [[0.01, pick(0, 0.009), 0.01]] * K,
        }
        corners = [pick(-3.2, 0, 3.2) for _ in range(12)]
        running = {"run": True, "until": int(random.integers(0, 90))}
        yield pick(
            points(int(random.integers(0, 14)), int(random.integers(99))),
            {"points": corners, "held": [False] * 6},
            {"settings": {name: settings[name] for name in names}},
            {"settings": {name: settings[name] for name in names}},
            {"mixture": mixture, "keep": pick(True, False)},
            {"go": int(random.integers(-1, 60))},
            {"restart": True},
            {"split": True},
            {"pace": pick(20, 1000, 1e9)},
            {"run": False},
            running,
            running,
            running,
        )
        yield int(random.integers(0, 4))


def test_whatever_it_hears_it_posts_finite_numbers():
    """`Told` looks at each post."""
    heard = tell(*([*messages(seed)] for seed in range(6)))
    highest = [max(frame["round"] for frame in told.frames) for told in heard]
    assert sum(len(told) for told in heard) > 300 and np.mean(highest) > 30
