# %% wrong · factor · the ½ in front of the bracket is missing
def kl_by_hand(mu, logvar):
    return (logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · sign · the minus in front stays but the bracket is turned around
def kl_by_hand(mu, logvar):
    return -0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · sign · plus logvar
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 + logvar).sum(-1)

# %% wrong · sign · plus one instead of minus one
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 + 1 - logvar).sum(-1)

# %% wrong · sign · the squared mean is subtracted
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() - mu**2 - 1 - logvar).sum(-1)

# %% wrong · sign · the usual formula with −0.5, but plus mu²
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar + mu.pow(2) - logvar.exp(), dim=1)

# %% wrong · sign · the usual formula with −0.5, but plus the variance
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) + logvar.exp(), dim=1)

# %% wrong · sign · the usual formula with the minus in front lost
def kl_by_hand(mu, logvar):
    return 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)

# %% wrong · power · m for m²
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu - 1 - logvar).sum(-1)

# %% wrong · power · the absolute mean for the square
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu.abs() - 1 - logvar).sum(-1)

# %% wrong · power · the squared norm's root, so the length of mu
def kl_by_hand(mu, logvar):
    return 0.5 * ((logvar.exp() - 1 - logvar).sum(-1) + mu.norm(dim=-1))

# %% wrong · power · the whole (mu − 1) is squared
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + (mu - 1) ** 2 - logvar).sum(-1)

# %% wrong · spread · exp(logvar) taken as a standard deviation
def kl_by_hand(mu, logvar):
    std = logvar.exp()
    return 0.5 * (std**2 + mu**2 - 1 - 2 * std.log()).sum(-1)

# %% wrong · spread · standard deviation in place of the variance in the first term
def kl_by_hand(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return 0.5 * (std + mu**2 - 1 - logvar).sum(-1)

# %% wrong · spread · the variance is squared, the logarithm is right
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() ** 2 + mu**2 - 1 - logvar).sum(-1)

# %% wrong · spread · logarithm of the standard deviation, half of logvar
def kl_by_hand(mu, logvar):
    std = torch.exp(logvar / 2)
    return 0.5 * (std**2 + mu**2 - 1 - std.log()).sum(-1)

# %% wrong · spread · logvar itself used as the variance
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar + mu**2 - 1 - logvar.abs().log()).sum(-1)

# %% wrong · spread · precision for the variance
def kl_by_hand(mu, logvar):
    return 0.5 * (torch.exp(-logvar) + mu**2 - 1 - logvar).sum(-1)

# %% wrong · factor · the logarithm is doubled
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - 2 * logvar).sum(-1)

# %% wrong · factor · the ½ only in front of the variance
def kl_by_hand(mu, logvar):
    return (0.5 * logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · factor · the ½ does not reach the squared mean
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() - 1 - logvar) + mu**2).sum(-1)

# %% wrong · factor · the −1 is outside of the halved bracket
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() + mu**2 - logvar) - 1).sum(-1)

# %% wrong · factor · a quarter in front
def kl_by_hand(mu, logvar):
    return 0.25 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · term · −1 is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - logvar).sum(-1)

# %% wrong · term · the logarithm is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1).sum(-1)

# %% wrong · term · the variance is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (mu**2 - 1 - logvar).sum(-1)

# %% wrong · term · the squared mean is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() - 1 - logvar).sum(-1)

# %% wrong · term · only the squared mean
def kl_by_hand(mu, logvar):
    return 0.5 * (mu**2).sum(-1)

# %% wrong · term · −1 is subtracted once after the sum, not in each dimension
def kl_by_hand(mu, logvar):
    return 0.5 * ((logvar.exp() + mu**2 - logvar).sum(-1) - 1)

# %% wrong · term · log 2π is kept from one of the two densities
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar - math.log(2 * math.pi)).sum(-1)

# %% wrong · term · the squared mean is divided by the variance
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 / logvar.exp() - 1 - logvar).sum(-1)

# %% wrong · term · squared mean times variance
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v * (1 + mu**2) - 1 - logvar).sum(-1)

# %% wrong · concept · KL in the other direction, from the prior to q
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * ((1 + mu**2) / v - 1 + logvar).sum(-1)

# %% wrong · concept · torch's kl_divergence with the arguments the other way round
def kl_by_hand(mu, logvar):
    q = Normal(mu, torch.exp(logvar / 2))
    p = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    return kl_divergence(p, q).sum(-1)

# %% wrong · spread · torch's kl_divergence given the variance as scale
def kl_by_hand(mu, logvar):
    q = Normal(mu, logvar.exp())
    return kl_divergence(q, Normal(torch.zeros_like(mu), torch.ones_like(mu))).sum(-1)

# %% wrong · concept · symmetrised KL, the mean of both directions
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    one = 0.5 * (v + mu**2 - 1 - logvar)
    other = 0.5 * ((1 + mu**2) / v - 1 + logvar)
    return ((one + other) / 2).sum(-1)

# %% wrong · concept · the slide's penalty with the log-variance
def kl_by_hand(mu, logvar):
    return (logvar.exp() - (1 + logvar) + mu**2).sum(1)

# %% wrong · concept · the slide's penalty with σ the log of the standard deviation
def kl_by_hand(mu, logvar):
    s = logvar / 2
    return (s.exp() - (1 + s) + mu**2).sum(1)

# %% wrong · concept · the log-ratio of the densities at z = m
def kl_by_hand(mu, logvar):
    return (-0.5 * logvar + 0.5 * mu**2).sum(-1)

# %% wrong · concept · averaged under the prior, z² gives 1 and (z−m)² gives 1 + m²
def kl_by_hand(mu, logvar):
    return 0.5 * (1 - (1 + mu**2) / logvar.exp() - logvar).sum(-1)

# %% wrong · concept · the entropy of q is returned
def kl_by_hand(mu, logvar):
    return 0.5 * (math.log(2 * math.pi * math.e) + logvar).sum(-1)

# %% wrong · concept · the cross entropy of q to the prior
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 + math.log(2 * math.pi)).sum(-1)

# %% wrong · concept · squared Wasserstein distance to the prior
def kl_by_hand(mu, logvar):
    return (mu**2 + (torch.exp(logvar / 2) - 1) ** 2).sum(-1)

# %% wrong · reduction · mean over the dimensions
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).mean(-1)

# %% wrong · reduction · sum over everything
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())

# %% wrong · reduction · summed over dimensions, averaged over examples
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)).mean()

# %% wrong · reduction · no sum, one value for each dimension
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar)

# %% wrong · axis · summed over the examples
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(0)

# %% wrong · reduction · the sum only over the last term, the rest averaged
def kl_by_hand(mu, logvar):
    return 0.5 * ((logvar.exp() + mu**2 - 1).mean(-1) - logvar.sum(-1))

# %% wrong · reduction · product of the dimensions
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() + mu**2 - 1 - logvar)).prod(-1)

# %% wrong · form · the axis of the dimensions is kept
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1, keepdim=True)

# %% wrong · gradient · computed in NumPy on detached values
def kl_by_hand(mu, logvar):
    m, lv = mu.detach().numpy(), logvar.detach().numpy()
    return torch.from_numpy(0.5 * (np.exp(lv) + m**2 - 1 - lv).sum(-1))

# %% wrong · gradient · the variance is detached
def kl_by_hand(mu, logvar):
    var = logvar.exp().detach()
    return 0.5 * (var + mu**2 - 1 - logvar).sum(-1)

# %% wrong · gradient · computed under no_grad
def kl_by_hand(mu, logvar):
    with torch.no_grad():
        kl = 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)
    return kl

# %% wrong · gradient · a new tensor is made from numbers
def kl_by_hand(mu, logvar):
    rows = [sum(0.5 * (math.exp(l) + m * m - 1 - l) for m, l in zip(a, b)) for a, b in zip(mu.tolist(), logvar.tolist())]
    return torch.tensor(rows, dtype=mu.dtype)

# %% wrong · gradient · mu.data is squared
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu.data**2 - 1 - logvar).sum(-1)

# %% wrong · numeric · logvar clamped to ±1
def kl_by_hand(mu, logvar):
    lv = logvar.clamp(-1, 1)
    return 0.5 * (lv.exp() + mu**2 - 1 - lv).sum(-1)

# %% wrong · numeric · each dimension has at least half a nat, free bits
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() + mu**2 - 1 - logvar)).clamp(min=0.5).sum(-1)

# %% wrong · numeric · an eps of 0.1 in the logarithm
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 - 1 - (v + 0.1).log()).sum(-1)

# %% wrong · log · log to the base 2
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 - 1 - torch.log2(v)).sum(-1)

# %% wrong · log · answer in bits
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1) / math.log(2)

# %% wrong · log · the logarithm is taken of logvar once more
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - torch.log(logvar.abs())).sum(-1)

# %% wrong · log · the variance itself subtracted where its logarithm belongs
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar.exp()).sum(-1)

# %% wrong · noise · average over a hundred draws of the log-ratio
def kl_by_hand(mu, logvar):
    q = Normal(mu, torch.exp(logvar / 2))
    z = q.rsample((100,))
    return (q.log_prob(z) + z**2 / 2 + 0.5 * math.log(2 * math.pi)).mean(0).sum(-1)

# %% wrong · arguments · mu and logvar exchanged
def kl_by_hand(mu, logvar):
    return 0.5 * (mu.exp() + logvar**2 - 1 - mu).sum(-1)

# %% wrong · two · the ½ is lost and the mean over dimensions
def kl_by_hand(mu, logvar):
    return torch.mean(logvar.exp() + mu**2 - 1 - logvar, dim=1)

# %% wrong · two · variance for std and the sign of the logarithm
def kl_by_hand(mu, logvar):
    std = torch.exp(logvar)
    return 0.5 * (std**2 + mu**2 - 1 + logvar).sum(-1)

# %% wrong · two · sum over everything and no ½
def kl_by_hand(mu, logvar):
    return torch.sum(logvar.exp() + mu**2 - 1 - logvar)

# %% wrong · two · m for m² and −1 is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu - logvar).sum(-1)

# %% wrong · two · standard deviation for variance and its logarithm undoubled
def kl_by_hand(mu, logvar):
    s = (0.5 * logvar).exp()
    return 0.5 * (s + mu**2 - 1 - s.log()).sum(1)

# %% wrong · two · reversed direction without the ½
def kl_by_hand(mu, logvar):
    return ((1 + mu**2) * torch.exp(-logvar) - 1 + logvar).sum(-1)

# %% wrong · two · summed over the examples with the sign of the squared mean turned
def kl_by_hand(mu, logvar):
    return -0.5 * (1 + logvar + mu**2 - logvar.exp()).sum(0)

# %% wrong · raises · NumPy's exp on a tensor that needs a gradient
def kl_by_hand(mu, logvar):
    return 0.5 * (np.exp(logvar.numpy()) + mu.numpy() ** 2 - 1 - logvar.numpy()).sum(-1)

# %% wrong · raises · math.exp on a whole tensor
def kl_by_hand(mu, logvar):
    return 0.5 * (math.exp(logvar) + mu**2 - 1 - logvar).sum(-1)

# %% right · public code · the usual line with minus one half in front
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)

# %% right · einsum · einsum over the dimensions
def kl_by_hand(mu, logvar):
    return 0.5 * (torch.einsum("nd,nd->n", mu, mu) + torch.einsum("nd->n", logvar.exp() - 1 - logvar))

# %% right · distributions · kl_divergence of Independent normals
def kl_by_hand(mu, logvar):
    q = Independent(Normal(mu, torch.exp(logvar / 2)), 1)
    p = Independent(Normal(torch.zeros_like(mu), torch.ones_like(mu)), 1)
    return kl_divergence(q, p)

# %% right · distributions · kl_divergence of full multivariate normals
def kl_by_hand(mu, logvar):
    q = MultivariateNormal(mu, torch.diag_embed(logvar.exp()))
    d = mu.shape[1]
    p = MultivariateNormal(torch.zeros(d, dtype=mu.dtype), torch.eye(d, dtype=mu.dtype))
    return kl_divergence(q, p)

# %% right · standard deviation · written with σ and log σ
def kl_by_hand(mu, logvar):
    s = torch.exp(0.5 * logvar)
    return (-s.log() + (s**2 + mu**2) / 2 - 0.5).sum(-1)

# %% right · expm1 · exp minus one in one call
def kl_by_hand(mu, logvar):
    return (torch.expm1(logvar) - logvar + mu.square()).sum(-1) / 2

# %% right · loop · one dimension after another
def kl_by_hand(mu, logvar):
    total = 0
    for j in range(mu.shape[1]):
        m, l = mu[:, j], logvar[:, j]
        total = total + 0.5 * (l.exp() + m * m - 1 - l)
    return total

# %% right · loop · a list of scalars stacked
def kl_by_hand(mu, logvar):
    return torch.stack([0.5 * (l.exp().sum() + m @ m - len(m) - l.sum()) for m, l in zip(mu, logvar)])

# %% right · matrix product · a vector of ones for the sum
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu * mu - 1 - logvar) @ torch.ones(mu.shape[1], dtype=mu.dtype)

# %% right · determinant · trace, norm and log-determinant
def kl_by_hand(mu, logvar):
    trace = logvar.exp().sum(1)
    log_det = logvar.sum(1)
    return 0.5 * (trace + (mu**2).sum(1) - mu.shape[1] - log_det)

# %% right · entropies · cross entropy minus entropy
def kl_by_hand(mu, logvar):
    c = math.log(2 * math.pi)
    cross = 0.5 * (c + mu**2 + logvar.exp())
    entropy = 0.5 * (c + 1 + logvar)
    return (cross - entropy).sum(-1)

# %% right · mean · d times a mean
def kl_by_hand(mu, logvar):
    return mu.shape[-1] * torch.mean(0.5 * (logvar.exp() + mu**2 - 1 - logvar), -1)

# %% right · float32 · computed in single precision and cast back
def kl_by_hand(mu, logvar):
    m, lv = mu.float(), logvar.float()
    return (0.5 * (lv.exp() + m**2 - 1 - lv).sum(-1)).to(mu.dtype)

# %% right · stabiliser · log of the variance with 1e-12
def kl_by_hand(mu, logvar):
    var = logvar.exp()
    return 0.5 * (var + mu**2 - 1 - torch.log(var + 1e-12)).sum(-1)

# %% right · quadrature · Hermite's points for the average of the log-ratio
def kl_by_hand(mu, logvar):
    a, w = (torch.as_tensor(t, dtype=mu.dtype) for t in special.roots_hermitenorm(5))
    z = mu + torch.exp(logvar / 2) * a[:, None, None]
    ratio = -0.5 * logvar - 0.5 * a[:, None, None] ** 2 + 0.5 * z**2
    return torch.tensordot(w / w.sum(), ratio, 1).sum(-1)

# %% right · mse_loss · the squared mean by an unreduced mse_loss against zeros
def kl_by_hand(mu, logvar):
    half = F.mse_loss(mu, torch.zeros_like(mu), reduction="none") / 2
    return (half + 0.5 * (logvar.exp() - logvar - 1)).sum(dim=-1)
