"""A VAE and its training loop as they stand in countless notebooks.

After PyTorch's own example, github.com/pytorch/examples, vae/main.py: network, loss and loop are as
there, but for SiLU in place of ReLU, so that this network and vaelib's are the same.
`log_prob` is importance sampling as it is usually written beside such a network.
"""

import math

import numpy as np
import torch
import torch.nn.functional as F
from PIL import Image
from torch import nn
from torch.distributions import Normal
from torch.utils.data import DataLoader, Dataset, TensorDataset


class VAE(nn.Module):
    def __init__(self, data_dim=784, hidden=400, latent_dim=20):
        super().__init__()
        self.fc1 = nn.Linear(data_dim, hidden)
        self.fc21 = nn.Linear(hidden, latent_dim)
        self.fc22 = nn.Linear(hidden, latent_dim)
        self.fc3 = nn.Linear(latent_dim, hidden)
        self.fc4 = nn.Linear(hidden, data_dim)

    def encode(self, x):
        h1 = F.silu(self.fc1(x))
        return self.fc21(h1), self.fc22(h1)

    def reparameterize(self, mu, logvar):
        std = torch.exp(0.5 * logvar)
        eps = torch.randn_like(std)
        return mu + eps * std

    def decode(self, z):
        h3 = F.silu(self.fc3(z))
        return torch.sigmoid(self.fc4(h3))

    def forward(self, x):
        mu, logvar = self.encode(x.view(-1, 784))
        z = self.reparameterize(mu, logvar)
        return self.decode(z), mu, logvar


def loss_function(recon_x, x, mu, logvar):
    """−ELBO in nats, summed over the batch."""
    BCE = F.binary_cross_entropy(recon_x, x.view(-1, 784), reduction="sum")
    KLD = -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())
    return BCE + KLD


def train(model, optimizer, loader):
    """One epoch: the mean of −ELBO, nats per image."""
    model.train()
    train_loss = 0
    for data, _ in loader:
        optimizer.zero_grad()
        recon_batch, mu, logvar = model(data)
        loss = loss_function(recon_batch, data, mu, logvar)
        loss.backward()
        train_loss += loss.item()
        optimizer.step()
    return train_loss / len(loader.dataset)


class PILImages(Dataset):
    """What torchvision's MNIST with ToTensor() does for each image: bytes → PIL → [0, 1]."""

    def __init__(self, x):
        self.data = (255 * x).round().byte().view(-1, 28, 28)

    def __len__(self):
        return len(self.data)

    def __getitem__(self, index):
        image = Image.fromarray(self.data[index].numpy())
        pixels = torch.from_numpy(np.array(image, np.uint8)).view(28, 28, 1)
        return pixels.permute(2, 0, 1).contiguous().float().div(255), 0


def pil_loader(x, batch_size):
    return DataLoader(PILImages(x), batch_size=batch_size, shuffle=True)


def tensor_loader(x, batch_size):
    return DataLoader(TensorDataset(x, torch.zeros(len(x))), batch_size=batch_size, shuffle=True)


@torch.no_grad()
def log_prob(model, x, k, batch_size):
    """log p(x) from k importance samples, batch by batch: (n, 784) → (n,), nats."""
    estimates = []
    for batch in x.split(batch_size):
        mu, logvar = model.encode(batch)
        q = Normal(mu, torch.exp(0.5 * logvar))
        z = q.sample((k,))
        recon = model.decode(z)
        target = batch.expand_as(recon)
        log_px_z = -F.binary_cross_entropy(recon, target, reduction="none").sum(-1)
        log_pz = Normal(0.0, 1.0).log_prob(z).sum(-1)
        log_w = log_px_z + log_pz - q.log_prob(z).sum(-1)
        estimates.append(torch.logsumexp(log_w, 0) - math.log(k))
    return torch.cat(estimates)
