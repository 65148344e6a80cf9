# %% wrong · factor · √2 missing in the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights / math.sqrt(math.pi)

# %% wrong · unfinished · weights unchanged
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights

# %% wrong · factor · weights over √(2π)
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / math.sqrt(2 * math.pi)

# %% wrong · power · weights over π
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / math.pi

# %% wrong · power · two instead of its root in the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + 2 * std * nodes, weights / math.sqrt(math.pi)

# %% wrong · spread · the variance in the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std**2 * nodes, weights / math.sqrt(math.pi)

# %% wrong · spread · the root of the standard deviation
def hermite_for_normal(nodes, weights, mean, std):
    return mean + torch.sqrt(2 * std) * nodes, weights / math.sqrt(math.pi)

# %% wrong · power · two sigma squared not rooted
def hermite_for_normal(nodes, weights, mean, std):
    return mean + 2 * std**2 * nodes, weights / math.sqrt(math.pi)

# %% wrong · power · divides by √2 as if solving for a
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes / math.sqrt(2), weights / math.sqrt(math.pi)

# %% wrong · concept · the inverse substitution, from z to a
def hermite_for_normal(nodes, weights, mean, std):
    return (nodes - mean) / (math.sqrt(2) * std), weights / math.sqrt(math.pi)

# %% wrong · spread · divides by the standard deviation
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * nodes / std, weights / math.sqrt(math.pi)

# %% wrong · sign · mean subtracted
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * nodes - mean, weights / math.sqrt(math.pi)

# %% wrong · term · mean forgotten
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * nodes, weights / math.sqrt(math.pi)

# %% wrong · term · standard deviation forgotten
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * nodes, weights / math.sqrt(math.pi)

# %% wrong · term · both mean and standard deviation forgotten, the standard normal
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * nodes, weights / math.sqrt(math.pi)

# %% wrong · term · mean scaled with √2 σ as well
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * (nodes + mean), weights / math.sqrt(math.pi)

# %% wrong · factor · √2 in front of the mean too
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * (mean + std * nodes), weights / math.sqrt(math.pi)

# %% wrong · factor · dz is carried into the weights, the density's factor is not
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * math.sqrt(2) * std

# %% wrong · factor · the density's factor taken, dz forgotten
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / torch.sqrt(2 * math.pi * std**2)

# %% wrong · factor · standard deviation left in the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, std * weights / math.sqrt(math.pi)

# %% wrong · factor · weights also divided by the standard deviation
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / (math.sqrt(math.pi) * std)

# %% wrong · factor · √2 left in the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * math.sqrt(2 / math.pi)

# %% wrong · sign · weights multiplied by √π
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * math.sqrt(math.pi)

# %% wrong · unfinished · weights over two
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / 2

# %% wrong · weights · weights multiplied by exp(a²), for a plain integral
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * torch.exp(nodes**2) / math.sqrt(math.pi)

# %% wrong · weights · the normal density at the nodes multiplied in
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights * Normal(mean, std).log_prob(z).exp()

# %% wrong · weights · the density at the nodes, normalised, instead of the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = Normal(mean, std).log_prob(z).exp()
    return z, w / w.sum()

# %% wrong · weights · the weights multiplied by exp(−a²) and normalised
def hermite_for_normal(nodes, weights, mean, std):
    w = weights * torch.exp(-(nodes**2))
    return mean + math.sqrt(2) * std * nodes, w / w.sum()

# %% wrong · weights · softmax of the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights.softmax(0)

# %% wrong · weights · all points weighted alike
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, torch.full_like(weights, 1 / len(weights))

# %% wrong · reduction · weights divided by their number
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / len(weights)

# %% wrong · reduction · weights divided by their mean, they sum to J
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / weights.mean()

# %% wrong · power · weights divided by their norm
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / weights.norm()

# %% wrong · reduction · weights divided by their maximum
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / weights.max()

# %% wrong · log · logarithms of the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, (weights / math.sqrt(math.pi)).log()

# %% wrong · log · weights treated as logarithms
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, torch.exp(weights) / math.sqrt(math.pi)

# %% wrong · order · weights first
def hermite_for_normal(nodes, weights, mean, std):
    return weights / math.sqrt(math.pi), mean + math.sqrt(2) * std * nodes

# %% wrong · order · nodes in reverse order
def hermite_for_normal(nodes, weights, mean, std):
    return mean - math.sqrt(2) * std * nodes, weights / math.sqrt(math.pi)

# %% wrong · order · nodes sorted by distance from the mean, the weights not
def hermite_for_normal(nodes, weights, mean, std):
    a = nodes[nodes.abs().argsort()]
    return mean + math.sqrt(2) * std * a, weights / math.sqrt(math.pi)

# %% wrong · arguments · mean and std exchanged
def hermite_for_normal(nodes, weights, mean, std):
    return std + math.sqrt(2) * mean * nodes, weights / math.sqrt(math.pi)

# %% wrong · arguments · nodes and weights exchanged
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * weights, nodes / math.sqrt(math.pi)

# %% wrong · form · stacked into a matrix (J, 2)
def hermite_for_normal(nodes, weights, mean, std):
    z, w = mean + math.sqrt(2) * std * nodes, weights / math.sqrt(math.pi)
    return torch.stack([z, w], dim=1)

# %% wrong · form · nodes with an axis more, (J, 1), as the lesson's rules
def hermite_for_normal(nodes, weights, mean, std):
    return (mean + math.sqrt(2) * std * nodes)[:, None], weights / math.sqrt(math.pi)

# %% wrong · unfinished · returns only the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes

# %% wrong · unfinished · nothing changed
def hermite_for_normal(nodes, weights, mean, std):
    return nodes, weights

# %% wrong · unfinished · weights changed, nodes not
def hermite_for_normal(nodes, weights, mean, std):
    return nodes, weights / math.sqrt(math.pi)

# %% wrong · concept · the integral of a constant is returned for the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, (weights * z).sum() / math.sqrt(math.pi)

# %% wrong · concept · standardises the nodes by their unweighted standard deviation
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes / nodes.std(), weights / weights.sum()

# %% wrong · concept · quantiles in place of the nodes
def hermite_for_normal(nodes, weights, mean, std):
    w = weights / math.sqrt(math.pi)
    u = w.cumsum(0) - w / 2
    return mean + std * torch.special.ndtri(u), w

# %% wrong · concept · a uniform interval stretched over four standard deviations
def hermite_for_normal(nodes, weights, mean, std):
    z = torch.linspace(-4, 4, len(nodes), dtype=nodes.dtype) * std + mean
    return z, weights / math.sqrt(math.pi)

# %% wrong · concept · substitution as for Gauss–Legendre, half the width
def hermite_for_normal(nodes, weights, mean, std):
    return mean + 0.5 * std * nodes, 0.5 * std * weights

# %% wrong · numeric · nodes cut at three standard deviations
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z.clamp(mean - 3 * std, mean + 3 * std), weights / math.sqrt(math.pi)

# %% wrong · numeric · tiny weights cut off at a thousandth
def hermite_for_normal(nodes, weights, mean, std):
    w = (weights / math.sqrt(math.pi)).clamp(min=1e-3)
    return mean + math.sqrt(2) * std * nodes, w

# %% wrong · numeric · π as 22/7 and √2 as 1.4
def hermite_for_normal(nodes, weights, mean, std):
    return mean + 1.4 * std * nodes, weights / (22 / 7) ** 0.5

# %% wrong · spread · the nodes divided by √(2σ)
def hermite_for_normal(nodes, weights, mean, std):
    return mean + nodes / (2 * std) ** 0.5, weights / math.pi**0.5

# %% wrong · power · fourth root of π
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / math.pi**0.25

# %% wrong · power · weights squared and normalised
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights**2 / (weights**2).sum()

# %% wrong · factor · weights over 2π
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / (2 * math.pi)

# %% wrong · factor · weights over √π and two
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / (2 * math.sqrt(math.pi))

# %% wrong · factor · brackets forgotten in the denominator
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * math.sqrt(2) * std / math.sqrt(2 * math.pi) * std

# %% wrong · spread · density's factor with std not squared under the root
def hermite_for_normal(nodes, weights, mean, std):
    jacobian = math.sqrt(2) * std
    return mean + jacobian * nodes, weights * jacobian / torch.sqrt(2 * math.pi * std)

# %% wrong · broadcast · nodes of all J weights, (J, J)
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights[:, None] / weights.sum() * torch.ones_like(nodes)

# %% wrong · count · only the points right of the middle with doubled weights
def hermite_for_normal(nodes, weights, mean, std):
    h = len(nodes) // 2
    return mean + math.sqrt(2) * std * nodes[h:], 2 * weights[h:] / math.sqrt(math.pi)

# %% wrong · noise · draws from the normal instead of the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * torch.randn_like(nodes), weights / math.sqrt(math.pi)

# %% wrong · two · √2 missing and weights over √(2π)
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights / math.sqrt(2 * math.pi)

# %% wrong · two · √2 missing and weights unchanged
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights

# %% wrong · two · variance in the nodes and the density's factor in the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std**2 * nodes, weights / (math.sqrt(2 * math.pi) * std)

# %% wrong · two · mean subtracted and weights unchanged
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * nodes - mean, weights

# %% wrong · two · inverse substitution and weights by σ
def hermite_for_normal(nodes, weights, mean, std):
    return (nodes - mean) / (math.sqrt(2) * std), weights / (math.sqrt(2) * std)

# %% wrong · two · order exchanged and π not rooted
def hermite_for_normal(nodes, weights, mean, std):
    return weights / math.pi, mean + math.sqrt(2) * std * nodes

# %% wrong · two · no √2 but √2 in the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights * math.sqrt(2 / math.pi)

# %% wrong · two · standard deviation forgotten, weights over π
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * nodes, weights / math.pi

# %% wrong · raises · math.sqrt of the whole vector
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2 * std * nodes), weights / math.sqrt(math.pi)

# %% wrong · raises · a matrix product of scalars
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * (std @ nodes), weights / math.sqrt(math.pi)

# %% right · algebra · weights divided by their own sum
def hermite_for_normal(nodes, weights, mean, std):
    return mean + 2**0.5 * std * nodes, weights / weights.sum()

# %% right · algebra · Jacobian times density's factor written out
def hermite_for_normal(nodes, weights, mean, std):
    dz_da = math.sqrt(2) * std
    return mean + dz_da * nodes, weights * dz_da / torch.sqrt(2 * math.pi * std**2)

# %% right · algebra · root of twice the variance
def hermite_for_normal(nodes, weights, mean, std):
    return nodes * (2 * std.square()).sqrt() + mean, weights * math.pi**-0.5

# %% right · numpy · arrays
def hermite_for_normal(nodes, weights, mean, std):
    a, b = np.asarray(nodes), np.asarray(weights)
    return float(mean) + np.sqrt(2) * float(std) * a, b / np.sqrt(np.pi)

# %% right · special · normaliser from the gamma function
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes * math.sqrt(2), weights / special.gamma(0.5)

# %% right · loop · list comprehension and stack
def hermite_for_normal(nodes, weights, mean, std):
    z = torch.stack([mean + math.sqrt(2) * std * a for a in nodes])
    w = torch.stack([b / math.sqrt(math.pi) for b in weights])
    return z, w

# %% right · distributions · affine transform
def hermite_for_normal(nodes, weights, mean, std):
    from torch.distributions.transforms import AffineTransform
    return AffineTransform(mean, std * math.sqrt(2))(nodes), weights / math.sqrt(math.pi)

# %% right · log · logarithms of the weights and back
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, torch.exp(weights.log() - 0.5 * math.log(math.pi))

# %% right · log · softmax of the log-weights
def hermite_for_normal(nodes, weights, mean, std):
    return torch.addcmul(mean, nodes, std, value=math.sqrt(2)), weights.log().softmax(0)

# %% right · algebra · density divided by exp(−a²)
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    ratio = Normal(mean, std).log_prob(z) + nodes**2
    return z, weights * ratio.exp() * math.sqrt(2) * std

# %% right · two steps · first the standard normal, then the affine map
def hermite_for_normal(nodes, weights, mean, std):
    standard = nodes * math.sqrt(2)
    w = weights / math.sqrt(math.pi)
    return mean + std * standard, w

# %% right · float32 · in float32 and cast back
def hermite_for_normal(nodes, weights, mean, std):
    z = mean.float() + math.sqrt(2) * std.float() * nodes.float()
    return z.to(nodes.dtype), (weights.float() / math.sqrt(math.pi)).to(weights.dtype)

# %% right · scipy · normaliser by numerical integration
def hermite_for_normal(nodes, weights, mean, std):
    from scipy.integrate import quad
    total = quad(lambda a: math.exp(-a * a), -np.inf, np.inf)[0]
    return mean + math.sqrt(2) * std * nodes, weights / total

# %% right · distributions · the variance from a Normal
def hermite_for_normal(nodes, weights, mean, std):
    n = Normal(mean, std)
    return n.mean + (2 * n.variance).sqrt() * nodes, weights.div(math.pi**0.5)

# %% right · helper · helper functions, list returned
def to_z(a, mean, std):
    return mean + a / torch.sqrt(1 / (2 * std**2))

def hermite_for_normal(nodes, weights, mean, std):
    return [to_z(nodes, mean, std), weights / torch.tensor(torch.pi).sqrt().to(weights.dtype)]
