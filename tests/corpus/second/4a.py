# %% wrong · factor · the root of two is missing
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights / math.sqrt(math.pi)

# %% wrong · weights · the weights are handed on unchanged
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights

# %% wrong · power · the weights are divided by pi rather than its root
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights / math.pi

# %% wrong · power · two where the root of two belongs
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + 2 * std * nodes
    w = weights / np.sqrt(np.pi)
    return z, w

# %% wrong · spread · the variance scales the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std**2 * nodes, weights / math.sqrt(math.pi)

# %% wrong · spread · the root of std scales the nodes, as if std were a variance
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std**0.5 * nodes, weights / math.sqrt(math.pi)

# %% wrong · factor · the root of two multiplies the mean as well
def hermite_for_normal(nodes, weights, mean, std):
    z = 2**0.5 * (mean + std * nodes)
    return z, weights / math.pi**0.5

# %% wrong · sign · the mean is subtracted
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * nodes - mean, weights / math.sqrt(math.pi)

# %% wrong · concept · the nodes are standardised, the inverse of the substitution
def hermite_for_normal(nodes, weights, mean, std):
    z = (nodes - mean) / (math.sqrt(2) * std)
    return z, weights / math.sqrt(math.pi)

# %% wrong · concept · the formula for a in terms of z without the root of two
def hermite_for_normal(nodes, weights, mean, std):
    return (nodes - mean) / std, weights / math.sqrt(math.pi)

# %% wrong · factor · divided by the root of two
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes / math.sqrt(2), weights / math.sqrt(math.pi)

# %% wrong · term · the mean is not added
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * nodes, weights / math.sqrt(math.pi)

# %% wrong · term · std is forgotten in the nodes
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * nodes, weights / math.sqrt(math.pi)

# %% wrong · unfinished · the nodes are left where they are
def hermite_for_normal(nodes, weights, mean, std):
    return nodes, weights / math.sqrt(math.pi)

# %% wrong · factor · the root of 2 pi in the weights
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / math.sqrt(2 * math.pi)

# %% wrong · factor · the density's own constant is divided out of the weights and dz is forgotten
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = weights / (std * math.sqrt(2 * math.pi))
    return z, w

# %% wrong · factor · dz is counted and the density's constant is not
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, math.sqrt(2) * std * weights

# %% wrong · factor · std stays in the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights * std / math.sqrt(math.pi)

# %% wrong · factor · the weights are divided by std
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights / (std * math.sqrt(math.pi))

# %% wrong · factor · the root of two stays in the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, math.sqrt(2) * weights / math.sqrt(math.pi)

# %% wrong · factor · multiplied by the root of pi where it should be divided
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights * math.sqrt(math.pi)

# %% wrong · weights · the exponential is put back into the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = weights * torch.exp(torch.as_tensor(nodes) ** 2) / math.sqrt(math.pi)
    return z, w

# %% wrong · weights · the weights are multiplied by the normal density at z
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights * Normal(mean, std).log_prob(z).exp()

# %% wrong · weights · the prior's density at the nodes is used as weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = Normal(mean, std).log_prob(z).exp()
    return z, w / w.sum()

# %% wrong · two · no root of two in the nodes, and the weights are turned from one density to the other without dz
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + std * nodes
    dens = torch.exp(-0.5 * ((z - mean) / std) ** 2) / (std * math.sqrt(2 * math.pi))
    return z, weights * torch.exp(nodes**2) * dens

# %% wrong · weights · plain average, every node the same
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, torch.full_like(z, 1 / len(z))

# %% wrong · weights · softmax to make the weights sum to 1
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, torch.softmax(weights, 0)

# %% wrong · weights · divided by the largest weight
def hermite_for_normal(nodes, weights, mean, std):
    return mean + math.sqrt(2) * std * nodes, weights / weights.max()

# %% wrong · log · log weights are returned, as a rule's nodes would
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, torch.log(weights) - 0.5 * math.log(math.pi)

# %% wrong · log · the log of the constant is subtracted from the weight
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights - 0.5 * math.log(math.pi)

# %% wrong · order · weights first
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = weights / math.sqrt(math.pi)
    return w, z

# %% wrong · arguments · mean and std exchanged
def hermite_for_normal(nodes, weights, mean, std):
    return std + math.sqrt(2) * mean * nodes, weights / math.sqrt(math.pi)

# %% wrong · arguments · nodes and weights exchanged
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * weights
    return z, nodes / math.sqrt(math.pi)

# %% wrong · unfinished · only the nodes are returned
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z

# %% wrong · form · one stacked tensor with two columns
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return torch.stack([z, weights / math.sqrt(math.pi)], 1)

# %% wrong · form · nodes as a column (J, 1), as the lesson's grid has them
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z[:, None], weights / math.sqrt(math.pi)

# %% wrong · reduction · the sum of weight times node is returned, the mean of z
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    w = weights / math.sqrt(math.pi)
    return (w * z).sum()

# %% wrong · power · the exponent is compared without its square, so no root is taken
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + 2 * std**2 * nodes
    return z, weights / math.sqrt(math.pi)

# %% wrong · power · a squared is solved for z with the nodes still squared
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes**2
    return z, weights / math.sqrt(math.pi)

# %% wrong · power · the root is taken of everything, nodes included
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + (2 * std**2 * nodes.abs()) ** 0.5
    return z, weights / math.sqrt(math.pi)

# %% wrong · broadcast · mean inside the bracket that is scaled
def hermite_for_normal(nodes, weights, mean, std):
    return math.sqrt(2) * std * (mean + nodes), weights / math.sqrt(math.pi)

# %% wrong · broadcast · mean and std are taken from the nodes rather than given
def hermite_for_normal(nodes, weights, mean, std):
    z = (nodes - nodes.mean()) / nodes.std() * std + mean
    return z, weights / math.sqrt(math.pi)

# %% wrong · factor · pi in the nodes as well
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2 * math.pi) * std * nodes
    return z, weights / math.sqrt(math.pi)

# %% wrong · factor · the constant pi to the minus quarter
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights * math.pi**-0.25

# %% wrong · spread · std divides the nodes, as a precision would
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * nodes / std
    return z, weights / math.sqrt(math.pi)

# %% wrong · power · solved for z with the exponent's 2 std squared as the divisor
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + nodes / (2 * std**2)
    return z, weights / np.sqrt(np.pi)

# %% wrong · weights · weights are scaled to sum to J
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    return z, weights / weights.mean()

# %% wrong · noise · standard normal draws are scaled instead of the nodes
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + std * torch.randn(len(nodes))
    return z, weights / math.sqrt(math.pi)

# %% wrong · numeric · the constants are rounded to three digits
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + 1.41 * std * nodes
    return z, weights / 1.77

# %% wrong · two · neither the root of two nor the constant
def hermite_for_normal(nodes, weights, mean, std):
    return mean + std * nodes, weights

# %% wrong · two · no root of two in the nodes and the density's constant in the weights
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + std * nodes
    w = weights / (math.sqrt(2 * math.pi) * std)
    return z, w

# %% wrong · two · no root of two and root of two pi
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + std * nodes
    return z, weights / math.sqrt(2 * math.pi)

# %% wrong · two · variance for the deviation, two for its root
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + 2 * std**2 * nodes
    return z, weights / math.pi

# %% wrong · two · mean subtracted and weights multiplied by std
def hermite_for_normal(nodes, weights, mean, std):
    z = math.sqrt(2) * std * nodes - mean
    return z, weights * std / math.sqrt(math.pi)

# %% wrong · two · inverse substitution and the weights untouched
def hermite_for_normal(nodes, weights, mean, std):
    z = (nodes - mean) / (std * 2**0.5)
    return z, weights

# %% wrong · raises · math.sqrt of the nodes
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2 * std**2 * nodes)
    return z, weights / math.sqrt(math.pi)

# %% wrong · raises · matrix product of nodes and the scalar std
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * (nodes @ std)
    return z, weights / math.sqrt(math.pi)

# %% right · form · powers of a half
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + 2**0.5 * std * nodes
    w = weights * math.pi**-0.5
    return z, w

# %% right · algebra · weights divided by their own sum
def hermite_for_normal(nodes, weights, mean, std):
    return nodes * std * math.sqrt(2) + mean, weights / weights.sum()

# %% right · algebra · root of twice the variance
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + (2 * std**2) ** 0.5 * nodes
    return z, weights / math.sqrt(math.pi)

# %% right · numpy · through NumPy and back
def hermite_for_normal(nodes, weights, mean, std):
    a, b = np.asarray(nodes), np.asarray(weights)
    z = float(mean) + np.sqrt(2.0) * float(std) * a
    return torch.from_numpy(z), torch.from_numpy(b / np.sqrt(np.pi))

# %% right · loop · Python lists
def hermite_for_normal(nodes, weights, mean, std):
    z, w = [], []
    for a, b in zip(nodes, weights):
        z.append(mean + math.sqrt(2) * std * a)
        w.append(b / math.sqrt(math.pi))
    return torch.stack(z), torch.stack(w)

# %% right · algebra · the Jacobian times the density written out with the exponential cancelled late
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + math.sqrt(2) * std * nodes
    dz = math.sqrt(2) * std
    density = torch.exp(-((z - mean) ** 2) / (2 * std**2)) / torch.sqrt(2 * math.pi * std**2)
    return z, weights * torch.exp(nodes**2) * density * dz

# %% right · distributions · the density by Normal
def hermite_for_normal(nodes, weights, mean, std):
    z = torch.addcmul(mean, nodes, std, value=math.sqrt(2))
    log_w = torch.log(weights) + nodes**2 + Normal(mean, std).log_prob(z) + torch.log(math.sqrt(2) * std)
    return z, log_w.exp()

# %% right · distributions · an affine transform object
def hermite_for_normal(nodes, weights, mean, std):
    to_z = AffineTransform(mean, math.sqrt(2) * std)
    return to_z(nodes), weights / special.gamma(0.5)

# %% right · log · weights through logarithms
def hermite_for_normal(nodes, weights, mean, std):
    z = mean + std * (nodes * math.sqrt(2))
    return z, torch.exp(torch.log(weights) - 0.5 * math.log(math.pi))

# %% right · algebra · divided by one over the root of two
def hermite_for_normal(nodes, weights, mean, std):
    a_per_z = 1 / (math.sqrt(2) * std)
    return mean + nodes / a_per_z, weights / math.sqrt(math.pi)

# %% right · algebra · softmax of the log weights
def hermite_for_normal(nodes, weights, mean, std):
    z = nodes.mul(std).mul(math.sqrt(2)).add(mean)
    return z, weights.log().softmax(0)

# %% right · concept · the probabilists' nodes first, then mean and std
def hermite_for_normal(nodes, weights, mean, std):
    eps = math.sqrt(2) * nodes
    return Normal(mean, std).mean + Normal(mean, std).stddev * eps, weights / torch.tensor(math.pi).to(weights).sqrt()

# %% right · library · lerp with the node as the weight
def hermite_for_normal(nodes, weights, mean, std):
    z = torch.lerp(mean.expand_as(nodes), mean + math.sqrt(2) * std, nodes)
    w = weights / np.sqrt(np.pi)
    return z, w

# %% right · helper · two helpers
def move(a, m, s):
    return m + a * s * math.sqrt(2.0)

def scale(b):
    return b / math.gamma(0.5)

def hermite_for_normal(nodes, weights, mean, std):
    return move(nodes, mean, std), scale(weights)
