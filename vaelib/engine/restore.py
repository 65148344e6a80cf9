"""A VAE from a checkpoint: a model, or a ValueError that says what is wrong with the file."""

from itertools import chain
from numbers import Integral

import torch

from vaelib.checkpoints import give, load
from vaelib.distributions import as_vector
from vaelib.drawing import stream
from vaelib.networks import Decoder, Encoder


def restored(cls, path, prior):
    """Return the model of class `cls` that a checkpoint holds; see `vaelib.vae.VAE.load`."""
    saved = load(path)
    config, weights = dict(saved["model_config"] or {}), saved["model"]
    if "latent_dim" not in config:
        raise ValueError(f"path: {path} holds no VAE's configuration")
    if not {"prior", "centred"} <= config.keys():
        raise ValueError(f"path: {path} is of an older version of this package")
    if (config["prior"] == "own") != (prior is not None):
        wanted = "none" if prior is not None else "the prior that the model was trained with"
        raise ValueError(f"prior: got {prior}, wanted {wanted}")
    if prior is not None:
        config["prior"] = as_vector(prior)
    try:
        return filled(cls, config, weights)
    except ValueError:
        raise
    except Exception as error:  # wrong types, wherever the file has them
        raise ValueError(f"path: {path} describes no VAE ({error!r})") from error


def filled(cls, config, weights):
    """Return the model of a checkpoint, each weight in the type in which it was saved."""
    centred, held = config.pop("centred"), sum(weight.numel() for weight in weights.values())
    asked = size(**config)
    if asked > held:
        raise ValueError(f"config: got a model of {asked:,} weights, but there are {held:,}")
    if not all(weight.is_floating_point() for weight in weights.values()):
        raise ValueError("model: got weights that are not floating-point numbers")
    anything = torch.zeros(config["data_dim"])  # what the file holds takes its place
    model = cls(**config, x_mean=anything if centred else None, generator=stream(0))
    model.to(next(iter(weights.values())).dtype)
    for name, own in chain(model.named_parameters(), model.named_buffers()):
        if name in weights:
            own.data = own.data.to(weights[name].dtype)
    give(model, weights)
    return model


def size(data_dim, latent_dim, hidden, prior, covariance_type, likelihood, sigma_x, residual):
    """Return how many weights a configuration asks for, without making them."""
    with torch.device("meta"):
        shared = {"residual": residual}
        encoder = Encoder(data_dim, latent_dim, hidden, covariance_type=covariance_type, **shared)
        noise = {"likelihood": likelihood, "sigma_x": sigma_x}
        decoder = Decoder(latent_dim, data_dim, hidden[::-1], **noise, **shared)
    n_components = prior if isinstance(prior, Integral) else 0
    networks = (*encoder.parameters(), *decoder.parameters())
    return sum(p.numel() for p in networks) + n_components * (2 * latent_dim + 1)
