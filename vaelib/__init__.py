"""The package behind the course: from a Gaussian mixture to a variational autoencoder.

Six files are the argument, to be read in this order. Three hold the models, each the one before
with one thing changed, `mixture` → `infinite` → `vae`; before each stands what it is made of:

1. `gaussians`: log N and KL in their plain form
2. `mixture`: a finite mixture p(x) = Σ_k π_k N(x | μ_k, Σ_k), and EM
3. `rules`: where a sum over z takes its points, from a grid to importance sampling
4. `infinite`: Σ_k becomes ∫ dz, computed by a rule
5. `bound`: what is raised where the integral is too expensive
6. `vae`: a second network looks at x and says where to put the samples

Then `networks`, `drawing` and `training`. A `VAE` is an `InfiniteMixture` whose rule is
`Importance(encode)`; an `InfiniteMixture` of Gaussians under a `Grid` is a `Mixture`. All three
have `log_prob`, `posterior` and `sample`. Densities are logarithms, in nats, one value per example;
the caller reduces. The posterior of a `Mixture` is a probability for each k, (n, K); that of the
others is a log-density at the rule's nodes, (J, n).

| symbol | name in code | meaning |
|---|---|---|
| x, X, D, i, j | `x`, shape `(n, D)` | one data point, a row; X as a random variable; its D dimensions i, j |
| n, N | `n` | index and number of the data points |
| k, K, π | `weights` | component of a finite mixture, their number, and π_k = p(k) |
| r | `resp`, `log_resp` | responsibility r_nk = p(k|x_n) |
| t | `statistics` | sufficient statistics t(x) of a Gaussian |
| η | `natural_parameters` | natural parameters η_k of a component: log p(x, k) = t(x)·η_k |
| t, T | `t`, `n_steps` | in a model of many steps: a step and their number |
| y | `y` | label of a data point |
| z, d | `z`, `(n, d)` or `(s, n, d)` | latent with d dimensions; s samples come first |
| J | `n_points` | number of grid points |
| s, S | `n_samples` | index and number of samples |
| μ, σ, Σ | `mu`, `logvar`, `cov` | mean, standard deviation, covariance; `std = exp(logvar / 2)` |
| Λ | `precision` | inverse covariance Σ⁻¹ |
| m, v | `mu`, `logvar` | mean and variance of q, where μ and σ² are the decoder's |
| σ_x | `sigma_x` | standard deviation of the decoder's noise, in each dimension of x |
| ε | `eps` | noise drawn from N(0, I) |
| θ, φ | `decoder`, `encoder` | parameters of p(x|z) and of q(z|x) |
| f, g | `decoder` | f takes z to the parameters of x; any function; in lesson 01, g is the encoder |
| L | `elbo` | evidence lower bound, nats per example; KL ≥ 0 always; loss = −L |
| p, q, P | | densities; q(z|x) approximates p(z|x); P a probability |
| E, I | | expectation; the identity matrix |
| w | `log_w` | weight of a node or of a sample in a sum that estimates p(x) |
| β | `beta` | factor on the KL; 1 unless said |
| λ | `eigenvalues` | variance of the data along a direction: an eigenvalue of its covariance |
| h, a, b, c, A | | width of a grid cell; numbers and a matrix, said where used |
"""

from importlib import import_module

__version__ = "0.2.0"

# `from vaelib import VAE` works; each name is imported from its home when it is first asked for.
_HOMES = {
    "Mixture": "mixture",
    "InfiniteMixture": "infinite",
    "Grid": "rules",
    "GaussHermite": "rules",
    "MonteCarlo": "rules",
    "Importance": "rules",
    "VAE": "vae",
    "GaussianMixture": "estimator",
}


def __getattr__(name):
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__():
    return sorted({*globals(), *_HOMES})
