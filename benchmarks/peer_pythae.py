"""pythae's VAE and BaseTrainer on vaelib's network.

Its progress bars, messages, validation set and saving are off: only `train_step`, one epoch, runs.
"""

import logging
import tempfile

import torch
from pythae.data.datasets import BaseDataset
from pythae.models import VAE, VAEConfig
from pythae.models.base.base_utils import ModelOutput
from pythae.models.nn import BaseDecoder, BaseEncoder
from pythae.trainers import BaseTrainer, BaseTrainerConfig
from pythae.trainers.training_callbacks import CallbackHandler
from torch import nn


class Encoder(BaseEncoder):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(nn.Linear(784, 400), nn.SiLU())
        self.embedding, self.log_var = nn.Linear(400, 20), nn.Linear(400, 20)

    def forward(self, x):
        h = self.layers(x)
        return ModelOutput(embedding=self.embedding(h), log_covariance=self.log_var(h))


class Decoder(BaseDecoder):
    def __init__(self):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Linear(20, 400), nn.SiLU(), nn.Linear(400, 784), nn.Sigmoid()
        )

    def forward(self, z):
        return ModelOutput(reconstruction=self.layers(z))


def trainer(x, batch_size, lr):
    """A BaseTrainer ready for `train_step(epoch)`, which returns the mean of −ELBO in nats."""
    logging.getLogger("pythae.trainers.base_trainer.base_trainer").setLevel(logging.WARNING)
    torch.manual_seed(0)
    model_config = VAEConfig(input_dim=(784,), latent_dim=20, reconstruction_loss="bce")
    with tempfile.TemporaryDirectory() as folder:
        config = BaseTrainerConfig(
            output_dir=folder,
            per_device_train_batch_size=batch_size,
            learning_rate=lr,
            no_cuda=True,
        )
        model = VAE(model_config, encoder=Encoder(), decoder=Decoder())
        found = BaseTrainer(model, BaseDataset(x, torch.zeros(len(x))), training_config=config)
        found.prepare_training()
    found.callback_handler = CallbackHandler(callbacks=[], model=model)
    return found
