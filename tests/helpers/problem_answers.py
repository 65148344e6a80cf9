"""The answers of the problem sheets by another road: quadrature, SciPy, brute force.

Each function has its template's name, takes what the template drew, and returns what it asks for.
"""

import math
from itertools import product

import numpy as np
from scipy import integrate, optimize, special, stats


def log_normal(x, mean, var):
    return -((x - mean) ** 2) / (2 * var) - 0.5 * np.log(2 * np.pi * var)


def normal(x, mean, var):
    return np.exp(log_normal(x, mean, var))


def mean(f, m, v):
    """E f(z) for z from N(m, v), on a fine grid."""
    z = m + math.sqrt(v) * np.linspace(-12, 12, 4001)
    p = normal(z, m, v)
    return np.sum(p * f(z)) / p.sum()


def kl_normal(m, v):
    """KL(N(m, v) ‖ N(0, 1)) as the mean of a difference of logarithms."""
    return mean(lambda z: log_normal(z, m, v) - log_normal(z, 0, 1), m, v)


# Lesson 00


def boxes(weights, first, second, x):
    def p(x):
        uniform = [stats.uniform(low, high - low).pdf(x) for low, high in (first, second)]
        return weights[0] * uniform[0] + weights[1] * uniform[1]

    grid = np.linspace(first[0], second[0], 10_001)
    return {"p": p(x), "below": p((grid[1:] + grid[:-1]) / 2).mean() * (second[0] - first[0])}


def table(weights, density):
    p = sum(w * d for w, d in zip(weights, density, strict=True))
    return {"p": p, "posterior": [w * d / p for w, d in zip(weights, density, strict=True)]}


def nats(mu, var, x):
    each = stats.norm(mu, math.sqrt(var)).logpdf(x)
    return {"log_p": each, "total": each.sum(), "bits": np.log2(np.exp(each)).sum()}


# Lesson 01


def best_constant(first, second, c):
    points = np.array([first, second])
    cost = sum((x - c[0]) ** 2 + (y - c[1]) ** 2 for x, y in points.T) / 4
    return {"mean": points.mean(1), "variance": points.var(1).sum(), "cost": cost}


def principal_direction(cov):
    matrix = np.array(cov).reshape(2, 2)
    values = np.sort(np.roots([1, -np.trace(matrix), np.linalg.det(matrix)]))[::-1]
    lost = values[1]
    return {"eigenvalues": values, "lost": lost, "kept": values[0] / np.trace(matrix)}


def grey_average(first, second, c):
    d = sum(a != b for a, b in zip(first, second, strict=True))
    return {"average": d / 4, "one": d / 2, "between": d * (c**2 + (1 - c) ** 2) / 2}


# Lesson 02


def responsibilities(weights, means, variances, x):
    joint = np.array(weights) * normal(x, np.array(means), np.array(variances))
    return {"r": joint / joint.sum(), "log_p": math.log(joint.sum())}


def em_step(x, left, right):
    resp, x = np.array([left, right]), np.array(x)
    means = [np.average(x, weights=r) for r in resp]
    variances = [np.cov(x, aweights=r, ddof=0) for r in resp]
    return {"weights": resp.mean(1), "means": means, "variances": variances}


def log_space(a):
    return {"log_sum": special.logsumexp(a)}


def collapse(D, sigma, c):
    wide, narrow = (D * stats.norm(0, s).logpdf(0) for s in (sigma, sigma / c))
    return {"wide": wide, "gain": narrow - wide}


# Lesson 03


def bound_and_kl(joint, q):
    joint, q = np.array(joint), np.array(q)
    log_p, KL = math.log(joint.sum()), stats.entropy(q, joint)
    return {"L": log_p - KL, "KL": KL, "log_p": log_p}


def hard_guess(posterior, log_p):
    bounds = [log_p + math.log(share) for share in posterior]
    return {"gap": log_p - max(bounds), "L": max(bounds)}


def opened(old, new):
    rise, KL = math.log(sum(new) / sum(old)), stats.entropy(old, new)
    return {"rise": rise, "KL": KL, "gain": rise - KL}


def nearest_mean(x, means, var):
    best = [max(math.log(0.5 * normal(each, mean, var)) for mean in means) for each in x]
    return {"L": np.mean(best)}


# Lesson 04


def linear(A, var, x):
    cov = np.array([[A[0] ** 2 + var, A[0] * A[1]], [A[0] * A[1], A[1] ** 2 + var]])

    def joint(z):
        return normal(z, 0, 1) * normal(x[0], A[0] * z, var) * normal(x[1], A[1] * z, var)

    log_p = math.log(integrate.quad(joint, -9, 9, points=[-2, 0, 2])[0])
    return {"cov": cov.flatten(), "log_p": log_p}


def three_nodes(a, b, c):
    return {"mean": a + b * stats.norm.moment(2) + c * stats.norm.moment(4)}


def jensen(p):
    pairs = [np.mean(p[:2]), np.mean(p[2:])]
    means = {"log_mean": math.log(np.mean(p)), "mean_log": math.log(stats.gmean(p))}
    return means | {"pairs": math.log(stats.gmean(pairs))}


def posterior_of_z(a, var, x):
    z = np.linspace(-12, 12, 200_001)
    p = normal(z, 0, 1) * normal(x, a * z, var)
    mean = (z * p).sum() / p.sum()
    return {"mean": mean, "std": math.sqrt(((z - mean) ** 2 * p).sum() / p.sum())}


# Lesson 05


def closed_kl(m, v):
    each = [kl_normal(*pair) for pair in zip(m, v, strict=True)]
    return {"each": each, "KL": sum(each)}


def tiny_model(a, var, x, m, v):
    rec = mean(lambda z: log_normal(x, a * z, var), m, v)
    KL, log_p = kl_normal(m, v), stats.norm.logpdf(x, 0, math.hypot(a, math.sqrt(var)))
    return {"rec": rec, "KL": KL, "L": rec - KL, "log_p": log_p, "gap": log_p - rec + KL}


def two_gaps(r, shift):
    precision = np.array([[1, r], [r, 1]])

    def gap(m):
        quadratic = np.trace(precision) - 2 + m @ precision @ m
        return 0.5 * (quadratic - np.linalg.slogdet(precision)[1])

    best = optimize.minimize(gap, [0.3, -0.2]).fun
    whole = gap(np.array([shift, 0]))
    return {"approximation": best, "gap": whole, "amortisation": whole - best}


def entropy_form(m, v):
    entropy = mean(lambda z: -log_normal(z, m, v), m, v)
    prior = mean(lambda z: log_normal(z, 0, 1), m, v)
    return {"entropy": entropy, "prior": prior, "KL": kl_normal(m, v)}


# Lesson 06


def noise_costs(a1, a2, m, v, x):
    A, signs = np.array([a1, a2]).T, list(product([-1, 1], repeat=2))  # ε of mean 0, variance 1
    z = [np.array(m) + np.sqrt(v) * sign for sign in signs]
    total = np.mean([np.sum((x - A @ each) ** 2) for each in z])
    miss = np.sum((x - A @ m) ** 2)
    return {"miss": miss, "noise": total - miss, "total": total}


def where_it_settles(beta, sigma, a):
    def cost(log_v, length):
        v = math.exp(log_v)
        return v * length**2 / (2 * sigma**2) + beta / 2 * (v - log_v)

    v = [
        math.exp(optimize.minimize_scalar(cost, (-12, 1), args=(each,), tol=1e-12).x) for each in a
    ]
    return {"v": v, "alive": [1 - each for each in v]}


def free_move(m, v, c):
    def price(c):
        return sum(kl_normal(c * a, c**2 * b) for a, b in zip(m, v, strict=True))

    best = math.exp(optimize.minimize_scalar(lambda s: price(math.exp(s)), (-2, 1)).x)
    return {"before": price(1), "change": price(c) - price(1), "best": best}


def two_gradients(m, std, eps):
    z = [m + std * each for each in eps]
    score = [each**2 * (each - m) / std**2 for each in z]
    step = 1e-5
    exact = ((m + step) ** 2 - (m - step) ** 2) / (2 * step)
    means = [np.mean(z) * 2, np.mean(score)]
    return {"exact": exact, "reparameterised": [2 * a for a in z], "score": score, "means": means}


# Lesson 07


def assumed_noise(D, w):
    var = optimize.brentq(lambda v: w / (2 * v) - 1 / D, 1e-9, 1e6)  # c_z / 2σ² is c_x
    return {"var": var, "std": var**0.5, "var_sum": var / D}


def live_directions(beta, var, eigenvalues):
    floor = beta * var

    def loss(square, value):
        return value / (square + floor) + math.log((square + floor) / floor)

    squares = [
        optimize.minimize_scalar(loss, (value / 2, value), args=(value,), tol=1e-12).x
        if value > floor
        else 0
        for value in eigenvalues
    ]
    v, KL = [], []
    for square, value in zip(squares, eigenvalues, strict=True):
        if square:
            v.append(floor / (floor + square))
            power = square * value / (square + floor) ** 2  # E m² of the best encoder
            KL.append(0.5 * (power + v[-1] - 1 - math.log(v[-1])))
    return {"squares": squares, "v": v, "KL": KL, "total": sum(KL)}


def grey_pixels(x, f):
    toss = [special.xlogy(a, b) + special.xlogy(1 - a, 1 - b) for a, b in zip(x, f, strict=True)]
    best = -sum(stats.bernoulli(a).entropy() for a in x)
    return {"each": toss, "sum": sum(toss), "best": best}


def missing_constant(f):
    integral = integrate.quad(lambda x: f**x * (1 - f) ** (1 - x), 0, 1)[0]
    return {"integral": integral, "low": math.log(1 / integral)}


# Lesson 08


def pixels(x, f):
    each = stats.bernoulli(f).logpmf(x)
    return {"each": each, "log_p": each.sum(), "null": -5 * math.log(2)}


def weights(log_w):
    log_p = max(log_w) + math.log(np.exp(np.array(log_w) - max(log_w)).mean())
    L = sum(log_w) / 4
    share = 1 / np.exp(np.array(log_w) - max(log_w)).sum()
    return {"log_p": log_p, "L": L, "gap": log_p - L, "share": share}


def information(first, second):
    mean, even = (np.array(first) + second) / 2, np.ones(3) / 3
    whole = (stats.entropy(first, even) + stats.entropy(second, even)) / 2
    told = stats.entropy(mean) - (stats.entropy(first) + stats.entropy(second)) / 2
    return {"whole": whole, "information": told, "mismatch": stats.entropy(mean, even)}


def dimensions(m1, m2, v):
    each = [(kl_normal(a, c) + kl_normal(b, c)) / 2 for a, b, c in zip(m1, m2, v, strict=True)]
    return {"KL": each, "total": sum(each)}


# Lesson 09


def one_pixel(D, sigma, f, q):
    cost = stats.norm.logpdf(0, 0, sigma) - stats.norm.logpdf(1, 0, sigma)
    odds = sum(share * a / (1 - a) for share, a in zip(q, f, strict=True))
    return {"cost": cost, "log_ratio": math.log(odds)}


def independent_pixels(images, on):
    pictures = [[1] * count + [0] * (images - count) for count in on]
    f = [sum(pixel) / images for pixel in pictures]
    each = [stats.bernoulli(a).logpmf(p).mean() for a, p in zip(f, pictures, strict=True)]
    return {"f": f, "each": each, "best": sum(each)}


def typical_draw(f):
    every = [stats.bernoulli(f).logpmf(x).sum() for x in product([0, 1], repeat=len(f))]
    draw, top = np.sum(np.exp(every) * every), max(every)
    return {"draw": draw, "top": top, "gap": top - draw}


def two_images(differ, sigma):
    slope = differ / 4 / sigma**2
    crossing = optimize.brentq(lambda b: math.tanh(slope * b) - b, 1e-3, 2) if slope > 1 else 0
    return {"cost": differ / 4, "slope": slope, "b": crossing}


# Lesson 10


def tighter(w):
    p, every = np.mean(w), [math.log((a + b) / 2) for a, b in product(w, w)]
    L1, L2 = np.log(w).mean(), np.mean(every)
    estimate = np.var(w) / p**2 / 4
    return {"log_p": math.log(p), "L1": L1, "L2": L2, "estimate": estimate, "gap": math.log(p) - L2}


def mixture_prior(weights, means, variances, a, var, x):
    def both(z, m, s):
        return normal(z, m, s) * normal(x, a * z, var)

    each = [
        integrate.quad(both, m - 9, m + 9, args=(m, s), points=[m, x / a])[0]
        for m, s in zip(means, variances, strict=True)
    ]
    parts = np.array(weights) * each
    spread = [a * a * s + var for s in variances]
    return {"variances_x": spread, "log_p": math.log(parts.sum()), "r": parts / parts.sum()}


def labels(log_p, prior):
    joint = np.array(log_p) + np.log(prior)
    return {
        "log_px": special.logsumexp(joint),
        "posterior": special.softmax(joint),
        "bound": log_p[0] + math.log(prior[0]),
    }


def narrow_guess(posterior, q, k):
    w = np.array(posterior) / q  # p(x) is 1
    var = np.average((w - np.average(w, weights=q)) ** 2, weights=q)
    return {"ratio": var, "gap": var / 2 / k, "gap_1": stats.entropy(q, posterior)}


# Lesson 11


def jump(a, x, eps):
    c, b = 1 - (a[1] / a[0]) ** 2, math.sqrt(1 - a[1] ** 2)
    return {"c": c, "mean": a[1] * x, "z": a[1] * x + b * eps, "ratio": (a[1] / b) ** 2}


def step_back(a, x, z):
    """Mean and variance of z_{t−1} by conditioning the Gaussian of (z_{t−1}, z_t)."""
    share = a[1] / a[0]
    cov = np.array([[1 - a[0] ** 2, share * (1 - a[0] ** 2)], [0, 1 - a[1] ** 2]])
    slope = cov[0, 1] / cov[1, 1]
    return a[0] * x + slope * (z - a[1] * x), cov[0, 0] - slope * cov[0, 1]


def way_back(a, x, z):
    mean, var = step_back(a, x, z)
    return {"mean": mean, "var": var}


def price(a, x, guess):
    (true, var), (wrong, _) = step_back(a, x, 0.7), step_back(a, guess, 0.7)
    b = math.sqrt(1 - a[1] ** 2)
    noise = [(0.7 - a[1] * each) / b for each in (x, guess)]
    before, after = (each**2 / (1 - each**2) for each in a)
    return {
        "lost": before - after,
        "KL": (true - wrong) ** 2 / (2 * var),
        "noise": (noise[0] - noise[1]) ** 2,
    }


def rest(a, x):
    return {"KL": sum(kl_normal(a * each, 1 - a**2) for each in x)}


# Lesson 12


def bytes_and_densities(D, log_p):
    log_P = log_p + D * math.log(1 / 256)
    return {"log_P": log_P, "bits": 8 - log_p / D / math.log(2)}


def explained(weights, means, variances):
    mean = np.average(means, weights=weights)
    second = np.average(np.array(variances) + np.square(means), weights=weights)
    within, total = np.average(variances, weights=weights), second - mean**2
    between = total - within
    return {"between": between, "within": within, "total": total, "share": between / total}


def direction(k, z):
    cov = np.cov(z, k, ddof=0)
    return {"a": stats.linregress(k, z).slope, "cov": cov[0, 1], "var": cov[1, 1]}


def turned(m, v):
    angle = math.atan2(0.8, 0.6)
    A = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    cov, mean = A @ np.diag(v) @ A.T, A @ m
    KL = sum(kl_normal(a, b) for a, b in zip(m, v, strict=True))
    diagonal = sum(kl_normal(a, b) for a, b in zip(mean, np.diag(cov), strict=True))
    return {"mean": mean, "cov": cov.flatten(), "KL": KL, "diagonal": diagonal}
