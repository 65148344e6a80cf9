"""Lesson 04: Gauss–Hermite, overfitting, the posterior, priors bent and turned, and a rule."""

import math
from functools import cache

import numpy as np
import torch
from torch.distributions import Independent, Normal
from torch.quasirandom import SobolEngine

from vaelib.gaussians import LOG_2PI
from vaelib.teaching.exercises.exercise import Choice, Mistake
from vaelib.teaching.exercises.function import Function


def nodes(rng):
    """Nodes and weights for ∫ exp(−a²) f(a) da, and the mean and std of a normal density."""
    rule = np.polynomial.hermite.hermgauss(2 * rng.integers(3, 6))
    mean = -rng.choice([rng.uniform(0.4, 0.8), rng.uniform(1.3, 2)])
    std = rng.choice([rng.uniform(0.4, 0.7), rng.uniform(2, 3)])
    return *map(torch.from_numpy, rule), torch.tensor(mean).double(), torch.tensor(std).double()


def rescaled(nodes, weights, mean, std):
    """Nodes and weights for an average under N(mean, std²)."""
    return mean + math.sqrt(2) * std * nodes, weights / math.sqrt(math.pi)


def substituted(nodes, weights, mean, std):
    """The same by dz/da and the constant of the normal density."""
    slope = math.sqrt(2) * std
    height = 1 / (math.sqrt(2 * math.pi) * std)
    return mean + slope * nodes, weights * slope * height


def density_once_more(nodes, weights, mean, std):
    """The same with weights for an integral whose density is still to come."""
    slope = math.sqrt(2) * std
    density = (-(nodes**2)).exp() / (math.sqrt(2 * math.pi) * std)
    return mean + slope * nodes, weights * slope * density


def line(rng):
    """z (J,), log p(z_j) (J,), log p(x_n|z_j) (J, n): some with two humps, one tiny throughout.

    The first is near the right end, the last near the left one.
    """
    J, n = rng.integers(20, 30), rng.integers(4, 8)
    z = 2 * ((torch.arange(J).double() + 0.5) / J * 2 - 1)
    centres = torch.from_numpy(rng.uniform(-1.8, 1.8, size=(2, n)))
    centres[:, 0], centres[:, -1] = 1.9, -1.9
    widths = torch.from_numpy(rng.uniform(0.3, 0.6, size=(2, n)))
    humps = -0.5 * ((z[:, None, None] - centres) / widths) ** 2  # (J, 2, n)
    log_px_z = humps.logsumexp(1) + torch.from_numpy(rng.uniform(-20, 3, size=n))
    log_px_z[:, 1] -= 1000
    return z, -0.5 * z**2 - LOG_2PI / 2, log_px_z


def posterior(z, log_prior, log_px_z):
    """The mean and standard deviation of p(z|x), (n,) each."""
    weights = (log_prior[:, None] + log_px_z).softmax(0)  # (J, n)
    mean = (weights * z[:, None]).sum(0)
    variance = (weights * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()


def by_second_moment(z, log_prior, log_px_z):
    """The same by p(x) and by E[z²]."""
    log_joint = log_prior[:, None] + log_px_z
    weights = (log_joint - log_joint.logsumexp(0)).exp()
    mean = z @ weights
    second_moment = z**2 @ weights
    return mean, (second_moment - mean**2).sqrt()


def normalised_apart(z, log_prior, log_px_z):
    """The same with the product of two posteriors' worth of weights."""
    weights = log_prior.softmax(0)[:, None] * log_px_z.softmax(0)
    mean = (weights * z[:, None]).sum(0)
    variance = (weights * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()


def humps(rng):
    """Draws z (s,) of two humps at ± centre, each with the standard deviation std."""
    std = rng.choice([rng.uniform(0.75, 0.8), rng.uniform(1.3, 1.6)])
    centre = std * rng.uniform(1.4, 1.6)
    side = np.resize([-1, 1, 1, 1], rng.integers(6, 12))
    shift = rng.uniform(-2, 2, size=len(side))
    shift[:2] = -rng.uniform(0.5, 1.5), rng.uniform(0.5, 1.5)  # outside of both humps
    z = side * centre + shift * std
    z[2] = 0.1 * centre  # between them
    return torch.from_numpy(z), torch.tensor(centre).double(), torch.tensor(std).double()


def carried(z, centre, std):
    """Each z (s,) moved to where N(0, 1) has the same share to its left."""
    left_hump = torch.special.ndtr((z + centre) / std)  # shares to the left of z
    right_hump = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left_hump + right_hump) / 2)


def by_erf(z, centre, std):
    """The same by the error function and its inverse."""
    left_hump = 0.5 * (1 + torch.erf((z + centre) / (math.sqrt(2) * std)))
    right_hump = 0.5 * (1 + torch.erf((z - centre) / (math.sqrt(2) * std)))
    return math.sqrt(2) * torch.erfinv(2 * (0.5 * left_hump + 0.5 * right_hump) - 1)


def heights(z, centre, std):
    """Quantiles of a density as if it were a share."""
    left_hump = (-0.5 * ((z + centre) / std) ** 2).exp()
    right_hump = (-0.5 * ((z - centre) / std) ** 2).exp()
    return torch.special.ndtri((left_hump + right_hump) / (2 * math.sqrt(2 * math.pi) * std))


def peaked(rng):
    """Draws z (s, 2) of two densities with a peak and long tails, and an angle in radians.

    Where s is even they were turned by it beforehand, and turning them back wins nats.
    """
    s, angle = int(rng.choice([25, 36])), torch.tensor(rng.uniform(0.3, 0.6)).double()
    z = torch.from_numpy(rng.laplace(scale=0.5**0.5, size=(s, 2)))
    if s % 2 == 0:
        z = z @ torch.tensor([[angle.cos(), -angle.sin()], [angle.sin(), angle.cos()]])
    return z, angle


def cost_of_turn(z, angle):
    """Nats a point that the turned draws lose under the prior of the draws themselves, ()."""
    cosine = torch.cos(angle)
    sine = torch.sin(angle)
    first = cosine * z[:, 0] - sine * z[:, 1]
    second = sine * z[:, 0] + cosine * z[:, 1]
    distances = first.abs() + second.abs() - z.abs().sum(1)
    return math.sqrt(2) * distances.mean()


def by_matrix(z, angle):
    """The same by the matrix of the turn and two log-densities."""
    cosine, sine = torch.cos(angle), torch.sin(angle)
    turn = torch.stack([torch.stack([cosine, -sine]), torch.stack([sine, cosine])])
    turned = z @ turn.T
    log_p = -math.sqrt(2) * z.abs().sum(1)
    log_p_turned = -math.sqrt(2) * turned.abs().sum(1)
    return (log_p - log_p_turned).mean()


def normal_for_peaked(z, angle):
    """Nothing is lost under a round prior."""
    return 0 * (z.sum() + angle)


def normals(rng):
    """A power of two J, and a Normal prior of d dimensions."""
    d = rng.integers(2, 5)
    mean = np.resize([-1, 1], d) * rng.uniform(0.3, 2, size=d)
    normal = Normal(torch.from_numpy(mean), torch.from_numpy(rng.uniform(1.3, 2, size=d)))
    return int(2 ** rng.integers(3, 7)), Independent(normal, 1)


@cache
def corners(n_points, d):
    """Sobol's points in the unit cube, (J, d); cached, it is one part of a formula."""
    return SobolEngine(d).draw(n_points, dtype=torch.float64)


def sobol(n_points, prior):
    """Nodes z (J, d) and log w (J,) of Sobol's points."""
    middles = corners(n_points, len(prior.mean)) + 0.5 / n_points  # (J, d)
    quantiles = torch.special.ndtri(middles)
    z = prior.mean + prior.stddev * quantiles
    return z, z.new_full((n_points,), -math.log(n_points))


def placed(u, prior):
    """Points of the unit cube (J, d) carried to a Normal prior, and log w (J,)."""
    z = prior.mean + prior.stddev * torch.special.ndtri(u)
    return z, z.new_full((len(u),), -math.log(len(u)))


def weighed_by_the_prior(n_points, prior):
    """Sobol's points with the prior's densities."""
    z, log_w = sobol(n_points, prior)
    return z, log_w + prior.log_prob(z)


EXERCISES = [
    Function(
        number="4a",
        title="Hermite's points for any normal",
        role="derive",
        minutes=10,
        reference=rescaled,
        forms=(substituted,),
        see={"": ("(4.3)", "Measure the error of the integral")},
        inputs=nodes,
        wanted="nodes (J,), weights (J,)",
        shows="Nodes stretch with σ and move with the mean; of the weights only the sum changes.",
        mistakes={
            "√2 forgotten": Mistake(
                "In value 1 of 2: The factor √(2) is missing.",
                "Your nodes are too close together: the variance comes out too small by half. "
                "Compare the two exponents.",
            ),
            "weights unchanged": Mistake(
                "In value 2 of 2: The division by √(π) is missing.",
                "Your nodes are right. The integral of the density of z is 1: what is the sum of "
                "your weights?",
            ),
            "weights stretched as well": Mistake(
                "In value 2 of 2: The height is missing.",
                "You multiplied by dz for da, and forgot what the normal density divides by.",
            ),
            "√(2π)": Mistake(
                "In value 2 of 2: The result is too small by a factor √2.",
                "Your nodes are right. You kept the constant of the normal density, but dz brings "
                "a factor of its own.",
            ),
            "density once more": Mistake(
                density_once_more,
                "You weigh by the normal density. Its exponential is in the weights already: what "
                "is left of density and substitution is a number.",
            ),
            "density taken out": Mistake(
                lambda nodes, weights, mean, std: (
                    mean + math.sqrt(2) * std * nodes,
                    weights * (nodes**2).exp() / math.sqrt(math.pi),
                ),
                "You take exp(−a²) out of the weights. Here it belongs there: it becomes the "
                "normal density.",
            ),
        },
    ),
    Choice(
        number="4b",
        title="Predict: ten times the points",
        role="predict",
        minutes=4,
        right="b",
        see={"": ("", "Train it for longer")},
        shows="What overfitted was a free width with few points to follow, not the steps as such.",
        mistakes={
            "a": "Steps only let the network follow its points. With more points on every stretch "
            "of the curve, what is there to follow but the density?",
            "c": "An epoch of 5,000 points has 50 steps, so 150 of them are 7,500 steps. In the "
            "lesson 600 steps were enough to beat every free mixture.",
            "d": "Then 5,000 points would have to fix every width along the curve exactly. A "
            "finite sample always leaves some chance to follow.",
        },
    ),
    Function(
        number="4c",
        title="Where z may have been",
        role="code",
        minutes=10,
        reference=posterior,
        forms=(by_second_moment,),
        see={
            "": ("(4.5)", "Ask which z made a point"),
            "other_axis": ("(4.2)", "Put J points on the line"),
        },
        inputs=line,
        wanted="posterior mean (n,) and standard deviation (n,)",
        shows="A softmax over the grid is an E-step. p(x) is never needed: it cancels.",
        mistakes={
            "prior left out": Mistake(
                "In the weights: The term with log_prior is missing.",
                "You weigh each z by the likelihood alone, as if all z were equally common.",
            ),
            "most probable z": Mistake(
                lambda z, log_prior, log_px_z: (
                    z[(log_prior[:, None] + log_px_z).argmax(0)],
                    posterior(z, log_prior, log_px_z)[1],
                ),
                "The first value is the top of the posterior. Its mean was asked for, and with "
                "two humps the two lie far apart.",
            ),
            "measured from 0": Mistake(
                "In the variance: The mean is missing.",
                "Your width is measured from 0. A posterior far from 0 may be narrow all the same.",
            ),
            "normalised apart": Mistake(
                normalised_apart,
                "Prior and likelihood sum to 1, each by itself; their product does not. Multiply "
                "first.",
            ),
        },
    ),
    Function(
        number="4d",
        title="Bend two humps into one",
        role="stretch",
        minutes=25,
        essential=False,
        reference=carried,
        forms=(by_erf,),
        see={"": ("", "Try another prior")},
        inputs=humps,
        wanted="one value for each z, (s,)",
        shows="A decoder that first bends its z undoes a change of prior: S10, with no error left.",
        mistakes={
            "mean and variance alone": Mistake(
                lambda z, centre, std: z / (centre**2 + std**2).sqrt(),
                "Mean 0 and variance 1, but still two humps: a straight line cannot merge them.",
            ),
            "back to its own hump": Mistake(
                lambda z, centre, std: (z - centre * z.sign()) / std,
                "Each hump becomes nearly a normal of its own, laid over the other. Is your map "
                "monotone?",
            ),
            "one hump": Mistake(
                lambda z, centre, std: (z - centre) / std,
                "You turn the right hump into N(0, 1). Where do draws from the left one go?",
            ),
            "shares added": Mistake(
                "The division by 2 is missing.",
                "NaN for large z: your share grows beyond 1. How often is each hump chosen?",
            ),
            "erf for the distribution function": Mistake(
                "The result is too small by a factor √2.",
                "The shape is right, the spread is not: the function erf belongs to exp(−a²).",
            ),
            "a soft choice": Mistake(
                lambda z, centre, std: (z - centre * torch.tanh(centre * z / std**2)) / std,
                "You average two maps, each hump's own. It is the shares to the left of z that are "
                "averaged.",
            ),
            "ranks": Mistake(
                lambda z, centre, std: torch.special.ndtri((z.argsort().argsort() + 0.5) / len(z)),
                "You count the other draws. With the two humps known, one z is enough for its "
                "share.",
            ),
            "density for share": Mistake(
                heights,
                "You feed it the height of the humps. What must agree on both sides is the share "
                "of draws to the left.",
            ),
            "standardised": Mistake(
                lambda z, centre, std: (z - z.mean()) / z.std(),
                "You give these draws mean 0 and variance 1. They keep two humps, and g must not "
                "depend on which others were drawn.",
            ),
            "averaged too late": Mistake(
                lambda z, centre, std: (
                    torch.special.ndtri(torch.special.ndtr((z + centre) / std)) / 2
                    + torch.special.ndtri(torch.special.ndtr((z - centre) / std)) / 2
                ),
                "You average two quantiles. Average the shares, and take one quantile of that.",
            ),
        },
    ),
    Function(
        number="4e",
        title="Break (4.8)",
        role="code",
        minutes=10,
        reference=cost_of_turn,
        forms=(by_matrix,),
        see={"": ("(4.8)", "Turn z, and ask whether anybody notices")},
        inputs=peaked,
        wanted="nats a point, ()",
        shows="A prior that is not round has axes of its own, and p(x) tells them: (4.8) needs a "
        "round one.",
        mistakes={
            "normal": Mistake(
                normal_for_peaked,
                "That is the normal prior's log p: for it every turn is free, and you get 0.",
            ),
            "the other way round": Mistake(
                lambda z, angle: -cost_of_turn(z, angle),
                "You say by how much the wrong model lies above the right one.",
            ),
            "√2 lost": Mistake(
                "The factor √(2) is missing.",
                "The exponent of this prior has a factor, and it does not cancel.",
            ),
        },
    ),
    Function(
        number="4f",
        title="A rule of your own",
        role="code",
        minutes=15,
        essential=False,
        reference=sobol,
        see={
            "": ("(4.3)", "Measure the error of the integral"),
        },
        inputs=normals,
        method="nodes",
        wanted="nodes z (J, d) and log w (J,)",
        shows="A rule is a method of a few lines, and every model takes it: also a VAE.",
        mistakes={
            "variance for std": Mistake(
                "In z: The factor with prior enters twice.",
                "Your nodes stretch with the variance. A length goes with the standard deviation.",
            ),
            "first point at 0": Mistake(
                lambda n_points, prior: placed(corners(n_points, len(prior.mean)), prior),
                "Sobol's first point is 0, and nothing normal lies below its share. Where in its "
                "cell should a point be?",
            ),
            "left in the cube": Mistake(
                lambda n_points, prior: (
                    corners(n_points, len(prior.mean)) + 0.5 / n_points,
                    sobol(n_points, prior)[1],
                ),
                "Your points are even, but in the unit cube: that suits a uniform prior. One step "
                "is left.",
            ),
            "in a box": Mistake(
                lambda n_points, prior: (
                    prior.mean
                    + prior.stddev
                    * (2 * (corners(n_points, len(prior.mean)) + 0.5 / n_points) - 1),
                    sobol(n_points, prior)[1],
                ),
                "Your points fill a box evenly: that suits a uniform prior. A normal one has more "
                "of them in the middle.",
            ),
            "first point left out": Mistake(
                lambda n_points, prior: placed(
                    SobolEngine(len(prior.mean)).draw(n_points + 1).double()[1:], prior
                ),
                "You leave the first point out. The others alone are no longer even: one cell is "
                "empty now, and another holds two.",
            ),
            "the same in all dimensions": Mistake(
                lambda n_points, prior: placed(corners(n_points, 1) + 0.5 / n_points, prior),
                "Your nodes lie on a diagonal: all dimensions share one number. The sequence has "
                "as many dimensions as z.",
            ),
            "prior counted twice": Mistake(
                weighed_by_the_prior,
                "Your nodes are right, and dense where the prior is large. To weigh them by the "
                "prior as well counts it twice.",
            ),
            "weights that sum to J": Mistake(
                "In value 2 of 2: You centre the result.",
                "Your nodes are right. Your log w makes a sum where an average belongs.",
            ),
        },
    ),
]
