"""Tests draw nothing on a screen and run on one thread, where results repeat to the last bit."""

import matplotlib
import torch

matplotlib.use("Agg")
torch.set_num_threads(1)
