# %% wrong · unfinished · returned as given
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the logarithm in front is doubled, a consistent q with variance exp(2 logvar)
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired in the draw only, the square still divides by exp(logvar)
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std.sqrt() * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired in the density only, the draw still has exp(logvar)
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar) * eps
    std = torch.exp(logvar / 2)
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the square is divided by std unsquared, as if std were the variance
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / std)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · std repaired, and the logarithm halved on top
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar / 2 + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · std repaired and the logarithm replaced by log std
def sampled_kl(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    z = m + std * eps
    log_q = -0.5 * (std.log() + ((z - m) / std) ** 2)
    return (log_q + 0.5 * z**2).sum(-1)

# %% wrong · spread · std repaired, and the logarithm doubled too
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · logvar itself as the standard deviation
def sampled_kl(m, logvar, eps):
    std = logvar
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · halved twice, exp(logvar / 4)
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2).sqrt()
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · exp(2 logvar) for the half
def sampled_kl(m, logvar, eps):
    std = torch.exp(2 * logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · half of exp(logvar), the half outside of the exponent
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar) / 2
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · sign · exp(−logvar / 2)
def sampled_kl(m, logvar, eps):
    std = torch.exp(-logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · power · std repaired, the square lost its power of two
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / std)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · sign · std repaired, log p − log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_p - log_q).sum(-1)

# %% wrong · sign · std repaired, log p and log q added
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q + log_p).sum(-1)

# %% wrong · sign · std repaired, the logarithm with a plus in log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = 0.5 * logvar - 0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · sign · std repaired, the square with a plus in log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar - ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · reduction · std repaired, averaged over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).mean(0)

# %% wrong · reduction · std repaired, mean over the dimensions
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).mean(-1)

# %% wrong · reduction · std repaired, no sum over the dimensions
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return log_q - log_p

# %% wrong · axis · std repaired, summed over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(0)

# %% wrong · axis · std repaired, summed over the examples
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(1)

# %% wrong · reduction · std repaired, everything summed
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    return torch.sum(log_q + 0.5 * z**2)

# %% wrong · concept · the closed form, repeated for every draw
def sampled_kl(m, logvar, eps):
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return kl.expand(len(eps), -1)

# %% wrong · concept · the closed form of one value for each example
def sampled_kl(m, logvar, eps):
    return 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · concept · the k3 estimator, r − 1 − log r
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_r = (0.5 * (logvar + ((z - m) / std) ** 2) - 0.5 * z**2).sum(-1)
    return log_r.exp() - 1 - log_r

# %% wrong · concept · the log-ratio at draws from the prior
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · concept · draws from the prior and log p − log q, the reversed KL
def sampled_kl(m, logvar, eps):
    log_q = -0.5 * (logvar + (eps - m) ** 2 / logvar.exp())
    log_p = -0.5 * eps**2
    return (log_p - log_q).sum(-1)

# %% wrong · noise · fresh noise is drawn
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * torch.randn_like(eps)
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · noise · rsample of a Normal instead of the given noise
def sampled_kl(m, logvar, eps):
    q = Normal(m, torch.exp(logvar / 2))
    z = q.rsample((len(eps),))
    log_p = Normal(torch.zeros_like(m), torch.ones_like(m)).log_prob(z)
    return (q.log_prob(z) - log_p).sum(-1)

# %% wrong · noise · the noise is left out, z is the mean
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + 0 * std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · std repaired, the prior's density taken at z − m
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * (z - m) ** 2
    return (log_q - log_p).sum(-1)

# %% wrong · arguments · std repaired, the prior's density taken at the mean
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * m**2
    return (log_q - log_p).sum(-1)

# %% wrong · arguments · std repaired, the prior's density taken at the noise
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    log_q = -0.5 * (logvar + eps**2)
    log_p = -0.5 * eps**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · log q without its logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · the mean is not subtracted in the square
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · log 2π added to log q only
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (math.log(2 * math.pi) + logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · log 2π added to log p only, by Normal's log_prob
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = Normal(0.0, 1.0).log_prob(z)
    return (log_q - log_p).sum(-1)

# %% wrong · factor · the ½ lost in log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -(logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · the ½ lost in log p
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -(z**2)
    return (log_q - log_p).sum(-1)

# %% wrong · factor · the ½ does not reach the logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -logvar - 0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · both halves lost
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    return (z**2 - logvar - ((z - m) / std) ** 2).sum(-1)

# %% wrong · spread · Normal is given exp(logvar) as scale in the density, draw repaired
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_q = Normal(m, logvar.exp()).log_prob(z)
    log_p = Normal(torch.zeros_like(m), torch.ones_like(m)).log_prob(z)
    return (log_q - log_p).sum(-1)

# %% wrong · spread · Normal with scale exp(logvar) both in the draw and in the density
def sampled_kl(m, logvar, eps):
    q = Normal(m, logvar.exp())
    z = q.loc + q.scale * eps
    log_p = Normal(torch.zeros_like(m), torch.ones_like(m)).log_prob(z)
    return (q.log_prob(z) - log_p).sum(-1)

# %% wrong · spread · log q gets log of log-variance, taken for the variance
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar.abs().log() + ((z - m) / std) ** 2)
    return (log_q + 0.5 * z**2).sum(-1)

# %% wrong · log · exp(logvar) stands where its logarithm belongs
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar.exp() + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · log · the ratio of the densities, no logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).exp()

# %% wrong · weights · weighed by q(z), as an integral would be
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q.exp() * (log_q - log_p)).sum(-1)

# %% wrong · gradient · the draw is detached
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = (m + std * eps).detach()
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · gradient · std computed from logvar.data
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar.data / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · gradient · NumPy on detached values
def sampled_kl(m, logvar, eps):
    m, logvar, eps = (t.detach().numpy() for t in (m, logvar, eps))
    z = m + np.exp(logvar / 2) * eps
    return torch.from_numpy((-0.5 * (logvar + eps**2) + 0.5 * z**2).sum(-1))

# %% wrong · form · the axis of the dimensions is kept
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1, keepdim=True)

# %% wrong · form · log q and log p as a pair
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return log_q.sum(-1), log_p.sum(-1)

# %% wrong · order · examples first, (n, s)
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).T

# %% wrong · numeric · std is floored at one half
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2).clamp(min=0.5)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · numeric · negative values are clamped to zero, for a KL is never negative
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).clamp(min=0)

# %% wrong · numeric · softplus for the exponential
def sampled_kl(m, logvar, eps):
    std = softplus(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · softplus as std and a density to match
def sampled_kl(m, logvar, eps):
    std = softplus(logvar)
    z = m + std * eps
    log_q = -std.log() - 0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · two · not repaired and log p − log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_p - log_q).sum(-1)

# %% wrong · two · logarithm doubled in place of the repair and mean over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).mean(0)

# %% wrong · two · the half outside the exponent and the logarithm halved
def sampled_kl(m, logvar, eps):
    std = 0.5 * torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (0.5 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · two · not repaired and log 2π in log p only
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * (z**2 + math.log(2 * math.pi))
    return (log_q - log_p).sum(-1)

# %% wrong · two · std repaired, the logarithm lost and mean over the dimensions
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).mean(-1)

# %% wrong · two · logvar taken as log of the deviation in front and divided by the deviation once
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -logvar - 0.5 * (z - m) ** 2 / std
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · raises · math.exp on a tensor
def sampled_kl(m, logvar, eps):
    std = math.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    return (log_q + 0.5 * z**2).sum(-1)

# %% wrong · raises · log_q used before it is made
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    kl = log_q - log_p
    return kl.sum(-1)

# %% right · repair · exp of half the log-variance
def sampled_kl(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · repair · the root of the variance
def sampled_kl(m, logvar, eps):
    var = torch.exp(logvar)
    z = m + var.sqrt() * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / var)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · algebra · the square is that of the noise
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return 0.5 * (z**2 - eps**2 - logvar).sum(-1)

# %% right · distributions · log_prob of two Normals
def sampled_kl(m, logvar, eps):
    q = Normal(m, torch.exp(logvar / 2))
    p = Normal(torch.zeros_like(m), torch.ones_like(m))
    z = q.loc + q.scale * eps
    return (q.log_prob(z) - p.log_prob(z)).sum(-1)

# %% right · distributions · Independent over vectors
def sampled_kl(m, logvar, eps):
    q = Independent(Normal(m, logvar.exp().sqrt()), 1)
    p = Independent(Normal(m * 0, m * 0 + 1), 1)
    z = q.mean + q.stddev * eps
    return q.log_prob(z) - p.log_prob(z)

# %% right · distributions · multivariate normals with diagonal factors
def sampled_kl(m, logvar, eps):
    L = torch.diag_embed(torch.exp(logvar / 2))
    z = m + (L @ eps[..., None])[..., 0]
    d = m.shape[-1]
    p = MultivariateNormal(torch.zeros(d, dtype=m.dtype), torch.eye(d, dtype=m.dtype))
    return MultivariateNormal(m, scale_tril=L).log_prob(z) - p.log_prob(z)

# %% right · einsum · squared norms by einsum
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return 0.5 * (torch.einsum("snd,snd->sn", z, z) - torch.einsum("snd,snd->sn", eps, eps) - logvar.sum(1))

# %% right · loop · one draw after another
def sampled_kl(m, logvar, eps):
    std, rows = torch.exp(logvar / 2), []
    for e in eps:
        z = m + std * e
        rows.append((-std.log() - 0.5 * ((z - m) / std) ** 2 + 0.5 * z**2).sum(1))
    return torch.stack(rows)

# %% right · loop · summed over the dimensions one by one
def sampled_kl(m, logvar, eps):
    total = 0
    for j in range(m.shape[1]):
        z = m[:, j] + torch.exp(logvar[:, j] / 2) * eps[..., j]
        total = total + 0.5 * (z * z - eps[..., j] ** 2 - logvar[:, j])
    return total

# %% right · expanded · the square of z multiplied out
def sampled_kl(m, logvar, eps):
    v = logvar.exp()
    return 0.5 * (m**2 + 2 * m * v.sqrt() * eps + (v - 1) * eps**2 - logvar).sum(-1)

# %% right · constants kept · both densities with log 2π
def sampled_kl(m, logvar, eps):
    c = math.log(2 * math.pi)
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (c + logvar + ((z - m) / std).square()).sum(-1)
    return log_q + 0.5 * (c + z.square()).sum(-1)

# %% right · matrix product · a vector of ones for the sum
def sampled_kl(m, logvar, eps):
    z = torch.addcmul(m.expand_as(eps), torch.exp(logvar / 2), eps)
    ones = torch.ones(m.shape[1], dtype=m.dtype)
    return (0.5 * z**2 - 0.5 * eps**2) @ ones - 0.5 * logvar @ ones

# %% right · stabiliser · 1e-10 in the denominator
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / (std**2 + 1e-10))
    return (log_q + z**2 / 2).sum(dim=2)

# %% right · float32 · single precision inside
def sampled_kl(m, logvar, eps):
    a, l, e = m.float(), logvar.float(), eps.float()
    z = a + torch.exp(l / 2) * e
    return (0.5 * (z**2 - e**2 - l)).sum(-1).to(m.dtype)

# %% right · helper · one log-density for both
def sampled_kl(m, logvar, eps):
    def log_normal(z, mean, log_v):
        return -0.5 * (log_v + (z - mean) ** 2 * torch.exp(-log_v)).sum(-1)
    z = m + logvar.exp() ** 0.5 * eps
    return log_normal(z, m, logvar) - log_normal(z, torch.zeros_like(m), torch.zeros_like(m))

# %% wrong · arguments · the prior's square is divided by the encoder's deviation
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * (z / std) ** 2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the logarithm turned into that of std, std left as given
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar / 2 + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · std left as given, the square divided by the root of std
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / torch.exp(logvar / 4)) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · power · std repaired, the power of the prior's square forgotten
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z
    return (log_q - log_p).sum(-1)

# %% wrong · term · std repaired, the noise multiplied in twice
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2) * eps
    z = m + std
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · two · std repaired, log p with the ½ lost and the sign turned
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    return (-(z**2) - log_q).sum(-1)
