"""log p(x): estimated by importance sampling, and raised exactly on a grid as lesson 04 does."""

from functools import partial

import torch
from torch.distributions import Normal

from benchmarks import limits, usual_loop
from benchmarks.data import images
from benchmarks.harness import Comparison, Disagreement, Side
from vaelib.bound import elbo
from vaelib.data.crescent import crescent
from vaelib.drawing import drawing_from, stream
from vaelib.infinite import InfiniteMixture
from vaelib.networks import Decoder
from vaelib.rules import Grid
from vaelib.training import fit
from vaelib.vae import VAE

K = 500  # importance samples
N_IMAGES, QUICK_IMAGES = 1000, 100
LOOP_BATCH = 10  # the loop's fastest of 1, 10, 100
N_POINTS, BATCH_SIZE, LR = 200, 100, 1e-2  # lesson 04's
N_DATA, EPOCHS, QUICK_EPOCHS = 2000, 25, 5  # 25 epochs: the lesson's 500 steps
NAIVE_EPOCHS = 1


def importance(quick):
    """1,000 images, k = 500, after 200 training steps; quick: 100 images."""
    x, source = images()
    model = VAE(784, 20, hidden=(400,), generator=stream(0))
    fit(model, x[: 200 * 128], x[:10], elbo, epochs=1, batch_size=128, progress=False)
    x = x[-QUICK_IMAGES:] if quick else x[-N_IMAGES:]
    same = as_usual(model)
    sides = {
        "VAE.log_prob": Side(lambda: mean_log_prob(model, x), len(x)),
        "batch loop": Side(
            lambda: usual_loop.log_prob(same, x, K, LOOP_BATCH).mean().item(), len(x)
        ),
        "products": Side(limits.repeated(decoded(), len(x)), len(x)),
        "products, one pass": Side(limits.repeated(decoded(passes=1), len(x)), len(x)),
    }
    yield Comparison(
        title=f"log p(x) by {K} importance samples, VAE 784-400-20, {len(x):,} images of {source}",
        unit="image",
        sides=sides,
        pairs=[("VAE.log_prob", "batch loop")],
        check=same_estimate,
        limits=[("VAE.log_prob", "products"), ("VAE.log_prob", "products, one pass")],
        holds=f"the decoder's products, {K} × 20 · 20 × 400 and {K} × 400 · 400 × 784; the pass: "
        f"log(1 + exp) of {K} × 784 numbers, which a Bernoulli's log-density cannot do without",
    )


def decoded(passes=0):
    """One image's products in the decoder, and so many times log(1 + e^l) of all its logits l."""
    pairs = [limits.layer(K, *sizes, below=False)[0] for sizes in ((20, 400), (400, 784))]
    one_pass = partial(torch.nn.functional.logsigmoid, torch.rand(K, 784))  # softplus is slower
    return limits.together(limits.products(pairs), *[one_pass] * passes)


@torch.no_grad()
def mean_log_prob(model, x):
    return model.log_prob(x, model.importance(K)).mean().item()


def as_usual(model):
    """The usual loop's network with the weights of a vaelib VAE."""
    found = usual_loop.VAE()
    hidden, heads = model.encoder.net[0], model.encoder.net[-1]
    weights, biases = heads.weight.chunk(2), heads.bias.chunk(2)
    layers = {"fc1": hidden, "fc3": model.decoder.net[0], "fc4": model.decoder.net[-1]}
    state = {
        f"{name}.{k}": v for name, layer in layers.items() for k, v in layer.state_dict().items()
    }
    for name, weight, bias in zip(("fc21", "fc22"), weights, biases, strict=True):
        state |= {f"{name}.weight": weight, f"{name}.bias": bias}
    found.load_state_dict(state)
    return found


def same_estimate(means):
    ours, peer = means["VAE.log_prob"], means["batch loop"]
    if not abs(ours - peer) <= 0.5:  # Monte Carlo: the draws differ
        raise Disagreement(f"mean log p(x): {ours:.2f} and {peer:.2f} nats, over 0.5 apart")
    return f"mean log p(x) {ours:.2f} and {peer:.2f} nats (different draws)"


def grid_fit(quick):
    """Lesson 04's exact maximum likelihood on 2,000 points, 500 steps; quick: 100 steps."""
    x, _ = crescent(N_DATA, random_state=0)
    epochs = QUICK_EPOCHS if quick else EPOCHS
    steps = N_DATA // BATCH_SIZE
    sides = {
        "as in lesson 04": Side(lambda: fitted(x, on_grid, epochs), epochs * steps),
        "loop over nodes": Side(
            lambda: fitted(x, node_by_node, NAIVE_EPOCHS), NAIVE_EPOCHS * steps
        ),
        "products, one pass": Side(limits.repeated(grid_limit(), 500), 500),
    }

    def check(_):
        difference = losses_differ(x)
        if not difference <= 1e-9:
            raise Disagreement(f"log p(x) differs by {difference:.1e} nats")
        return f"log p(x) of one model differs by {difference:.0e} nats"

    yield Comparison(
        title=f"Exact likelihood on a {N_POINTS}-point grid, {N_DATA:,} points, batch {BATCH_SIZE}",
        unit="training step",
        sides=sides,
        pairs=[("as in lesson 04", "loop over nodes")],
        check=check,
        whole="as in lesson 04",
        limits=[("as in lesson 04", "products, one pass")],
        holds=f"the decoder's 8 products on {N_POINTS} nodes, float64, and one difference of "
        f"{N_POINTS} × {BATCH_SIZE} × 2 numbers; so small that the calls of PyTorch cost far more",
    )


def grid_limit():
    """One step's products in the decoder, and one pass over x − μ, (J, n, 2)."""
    sizes = (1, 32), (32, 32), (32, 4)
    pairs = [
        pair
        for n_in, n_out in sizes
        for pair in limits.layer(N_POINTS, n_in, n_out, n_in > 1, torch.float64)
    ]
    x, mu = torch.rand(BATCH_SIZE, 2).double(), torch.rand(N_POINTS, 1, 2).double()
    out = torch.empty(N_POINTS, BATCH_SIZE, 2).double()
    return limits.together(limits.products(pairs), lambda: torch.sub(x, mu, out=out))


def start():
    with drawing_from(stream(0)):
        decoder = Decoder(1, 2, (32, 32), likelihood="gaussian", sigma_x="network").double()
    with torch.no_grad():
        decoder.net[-1].bias[2:] -= 2
    return InfiniteMixture(decoder, Normal(torch.zeros(1), torch.ones(1)))


def fitted(x, objective, epochs):
    """The training log-likelihood of the last epoch, in nats a point."""
    settings = {"epochs": epochs, "batch_size": BATCH_SIZE, "lr": LR, "progress": False}
    return fit(start(), x, x[:10], objective, **settings)["train_log_prob"][-1]


def on_grid(model, x, generator=None):
    log_px = model.log_prob(x, Grid(N_POINTS))
    return log_px, {"log_prob": log_px}


def node_by_node(model, x, generator=None):
    z, log_w = Grid(N_POINTS).nodes(model.prior)
    terms = [w + model.decode(node).log_prob(x) for node, w in zip(z, log_w, strict=True)]
    log_px = torch.stack(terms).logsumexp(0)
    return log_px, {"log_prob": log_px}


def losses_differ(x):
    """The largest difference of the two objectives' log p(x), in nats, on a fresh model."""
    model = start()
    return (on_grid(model, x)[0] - node_by_node(model, x)[0]).abs().max().item()
