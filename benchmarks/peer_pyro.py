"""Pyro's stochastic variational inference on vaelib's network.

Batches are rows of a ready tensor and Pyro's validation is off, both in its favour.
"""

import pyro
import pyro.distributions as dist
import torch
from pyro.infer import SVI, TraceMeanField_ELBO

from benchmarks import usual_loop


def svi(x, batch_size, lr, bound=TraceMeanField_ELBO):
    """A function that trains one epoch and returns the mean of −ELBO in nats."""
    torch.manual_seed(0)
    pyro.clear_param_store()
    network = usual_loop.VAE()

    def model(batch):
        pyro.module("network", network)
        with pyro.plate("images", len(batch)):
            origin = batch.new_zeros(len(batch), 20)
            z = pyro.sample("z", dist.Normal(origin, torch.ones_like(origin)).to_event(1))
            logits = network.fc4(torch.nn.functional.silu(network.fc3(z)))
            pixels = dist.Bernoulli(logits=logits, validate_args=False)
            pyro.sample("x", pixels.to_event(1), obs=batch)

    def guide(batch):
        pyro.module("network", network)
        with pyro.plate("images", len(batch)):
            mu, logvar = network.encode(batch)
            pyro.sample("z", dist.Normal(mu, torch.exp(0.5 * logvar)).to_event(1))

    stepper = SVI(model, guide, pyro.optim.Adam({"lr": lr}), bound())

    def epoch():
        total = 0.0
        with pyro.validation_enabled(False):
            for rows in torch.randperm(len(x)).split(batch_size):
                total += stepper.step(x[rows])
        return total / len(x)

    return epoch
