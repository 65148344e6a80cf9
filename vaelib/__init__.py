"""The package behind the course: from a Gaussian mixture to a variational autoencoder.

The modules have the shape of the argument: `gaussians` → `gmm` (with its engine `em`) → `latent` →
`vae`, with `elbo` beside it. A `VAE` is an `InfiniteMixture` with an encoder, and an
`InfiniteMixture` on a grid is a `GaussianMixture`. Densities are logarithms, in nats, one value per
example; the caller reduces.

| symbol | name in code | meaning |
|---|---|---|
| x, X, D, i, j | `x`, shape `(n, D)` | one data point, a row; X as a random variable; its D dimensions i, j |
| n, N | `n` | index and number of the data points |
| k, K, π | `weights` | component of a finite mixture, their number, and π_k = p(k) |
| r | `resp`, `log_resp` | responsibility r_nk = p(k | x_n) |
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
| ε | `eps` | noise drawn from N(0, I) |
| θ, φ | `decoder`, `encoder` | parameters of p(x|z) and of q(z|x) |
| f, g | `decoder` | a curve, or a network, that takes z to the parameters of x; any function |
| L | `elbo` | evidence lower bound, nats per example; KL ≥ 0 always; loss = −L |
| p, q, P | | densities; q(z|x) approximates p(z|x); P a probability |
| E, I | | expectation; the identity matrix |
| w | `log_w` | weight of a node or of a sample in a sum that estimates p(x) |
| β | `beta` | factor on the KL; 1 unless said |
| λ | `eigenvalues` | variance of the data along a direction: an eigenvalue of its covariance |
| h, a, b, c, A | | width of a grid cell; numbers and a matrix, said where used |
"""

__version__ = "0.1.0"
