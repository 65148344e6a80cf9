"""Draw notebooks/argument.png, the course's argument in four panels, from models fitted here.

python tools/picture.py
"""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import torch
from torch.distributions import Normal

from vaelib import plots
from vaelib.datasets import binarize, crescent, mnist_5k
from vaelib.elbo import elbo
from vaelib.gaussians import log_normal_diag
from vaelib.gmm import GaussianMixture
from vaelib.latent import InfiniteMixture, seeded
from vaelib.training import fit
from vaelib.vae import VAE, Decoder

TARGET = Path(__file__).resolve().parents[1] / "notebooks" / "argument.png"
FRAME = (-3, 3, -3, 3)


def stream(seed=0):
    return torch.Generator().manual_seed(seed)


def infinite_mixture(x):
    """Lesson 04's decoder, fitted to x (n, 2) by exact maximum likelihood."""
    with seeded(stream()):
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network").double()
    with torch.no_grad():
        decoder.net[-1].bias[2:] -= 2
    model = InfiniteMixture(decoder, Normal(torch.zeros(1).double(), torch.ones(1).double()))

    def objective(model, x, generator):
        return {"log_prob": model.log_prob(x, "grid", n_points=200)}

    fit(model, x, x[:100], objective, epochs=200, batch_size=100, lr=1e-2, progress=False)
    return model.requires_grad_(False)


def bound_and_gap(model, x, widths):
    """L and KL(q ‖ posterior) at one x (1, 2), for q as wide as each factor of the posterior."""
    z, log_posterior = model.posterior_grid(x, 4000)
    mass = log_posterior.softmax(0)
    mean = (mass * z).sum()
    std = (mass * (z - mean) ** 2).sum().sqrt()
    log_q = log_normal_diag(
        z[:, None], mean.expand(len(widths), 1), 2 * (std * widths[:, None]).log()
    )
    q = log_q.softmax(0)
    log_joint = model.log_likelihood(x, z) + model.prior.log_prob(z)[:, None]
    return (q * (log_joint - log_q)).sum(0), (q * (log_q - log_posterior)).sum(0)


def main():
    plt.style.use("vaelib.course")
    x, _ = crescent(500, random_state=0)
    model = infinite_mixture(x)
    images = mnist_5k()
    vae = VAE(784, 2, (256, 128), generator=stream())
    settings = {
        "epochs": 40,
        "batch_size": 100,
        "lr": 3e-3,
        "transform": binarize,
        "progress": False,
    }
    fit(vae, images.x_train, binarize(images.x_test, stream()), elbo, **settings)

    fig, axes = plt.subplots(1, 4, figsize=(16, 4.6))
    mixture = GaussianMixture(10, random_state=0).fit(x)
    plots.draw_points(axes[0], x)
    plots.draw_ellipses(axes[0], mixture.means_, mixture.covariances_, mixture.weights_)
    axes[0].set(xlim=FRAME[:2], ylim=FRAME[2:], title="1. Choose one of K Gaussians")

    plots.draw_density(axes[1], model.as_mixture(300).score_samples, FRAME)
    line = torch.linspace(-2.3, 2.3, 200).double()[:, None]
    axes[1].plot(*model.decode(line).mean.T, color=plots.ACCENT)
    axes[1].set_title("2. Let a continuous z choose")

    widths = torch.logspace(-0.7, 0.6, 60).double()
    bound, gap = bound_and_gap(model, x[:1], widths)
    axes[2].fill_between(widths, bound, bound + gap, color=plots.SHADES[0])
    axes[2].plot(widths, bound + gap, "-", label="log p(x)")
    axes[2].plot(widths, bound, "--", color=plots.ACCENT, label="its lower bound")
    axes[2].set(xscale="log", xlabel="width of q / width of the posterior", ylabel="nats")
    axes[2].set_xticks([0.2, 0.5, 1, 2, 4], ["0.2", "0.5", "1", "2", "4"])
    axes[2].minorticks_off()
    axes[2].set_box_aspect(1)
    axes[2].set_title("3. Bound the integral")
    axes[2].legend(loc="lower left")

    ticks = torch.linspace(-2.2, 2.2, 11)
    lattice = torch.stack(torch.meshgrid(ticks, ticks, indexing="xy"), -1).reshape(-1, 2)
    with torch.no_grad():
        plots.draw_manifold(axes[3], vae.decode(lattice).mean, ticks, ticks)
    axes[3].set_title("4. Train both networks")
    fig.canvas.draw()
    fig.savefig(TARGET)


if __name__ == "__main__":
    main()
