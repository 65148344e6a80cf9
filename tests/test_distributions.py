"""Copies of distributions with other tensors, and what may not be detached."""

import pytest
import torch
from torch.distributions import (
    AffineTransform,
    ComposeTransform,
    Independent,
    Normal,
    TransformedDistribution,
    Uniform,
)

from vaelib.distributions import detached, log_density, moved, support_of, tensors_of
from vaelib.drawing import drawing_from, stream


class Scaled(torch.nn.Module, torch.distributions.Transform):
    """y = exp(a) x, with a parameter: a flow of one layer."""

    domain = codomain = torch.distributions.constraints.real
    bijective = True

    def __init__(self):
        torch.nn.Module.__init__(self)
        torch.distributions.Transform.__init__(self)
        self.a = torch.nn.Parameter(torch.tensor(0.5))

    __call__ = torch.distributions.Transform.__call__

    def _call(self, x):
        return self.a.exp() * x

    def _inverse(self, y):
        return y / self.a.exp()

    def log_abs_det_jacobian(self, x, y):
        return self.a.expand(x.shape)

    def __hash__(self):
        return id(self)


def affine():
    loc, scale = (torch.full((2,), value, requires_grad=True) for value in (0.3, 1.7))
    return AffineTransform(loc, scale)


FLOWS = {
    "one": lambda: [affine()],
    "composed": lambda: [ComposeTransform([affine(), affine()])],
    "inverse": lambda: [affine().inv],
    "module": lambda: [Scaled()],
}


@pytest.mark.parametrize("name", FLOWS)
def test_the_tensors_in_transforms_are_found_and_detached(name):
    base = Normal(torch.zeros(3, 2), torch.ones(3, 2))
    q = Independent(TransformedDistribution(base, FLOWS[name]()), 1)
    z = q.sample()
    usual = q.log_prob(z)  # fills the cached inverse, which must not be kept
    assert usual.requires_grad and any(tensor.requires_grad for tensor in tensors_of(q))
    held = detached(q, z)
    assert not held.log_prob(z).requires_grad
    torch.testing.assert_close(held.log_prob(z), usual.detach())
    assert q.log_prob(z).requires_grad  # the caller's own is left alone
    twice = moved(q, torch.Tensor.double)
    torch.testing.assert_close(twice.log_prob(z.double()).float(), usual)


def test_a_transform_that_hides_its_tensor_is_refused():
    scale = torch.tensor(2.0, requires_grad=True)

    class Hidden(torch.distributions.transforms.ExpTransform):
        def log_abs_det_jacobian(self, x, y):
            return x * scale

    q = Independent(TransformedDistribution(Normal(torch.zeros(3, 2), 1.0), [Hidden()]), 1)
    with pytest.raises(TypeError, match="q: got .* cannot all be found and detached"):
        detached(q, torch.ones(3, 2))


def test_a_density_is_zero_outside_its_support_which_has_ends():
    prior = Independent(Uniform(torch.zeros(2), torch.tensor([1.0, 2.0])), 1)
    z = torch.tensor([[0.5, 1.5], [1.5, 0.5], [-0.1, 0.0]])
    expected = torch.tensor([0.5, 0.0, 0.0]).log()
    torch.testing.assert_close(log_density(prior, z), expected)
    low, high = support_of(prior)
    assert low.tolist() == [0, 0] and high.tolist() == [1, 2]


def test_drawing_from_none_is_the_global_stream():
    torch.manual_seed(3)
    expected = torch.rand(2)
    torch.manual_seed(3)
    with drawing_from(None):
        assert torch.equal(torch.rand(2), expected)
    with drawing_from(stream(1)):
        first = torch.rand(2)
    with drawing_from(stream(1)):
        assert torch.equal(torch.rand(2), first)
    with pytest.raises(TypeError, match="generator: got int"), drawing_from(1):
        pass
