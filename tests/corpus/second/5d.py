# %% wrong · unfinished · handed in as given
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the logarithm doubled instead, a consistent q with the wrong width
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired twice, the width halved and the logarithm doubled
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired twice, the logarithm halved as well
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar / 2 + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · log · the standard deviation in front without its logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    z = m + std * eps
    log_q = -0.5 * (std + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired in the draw alone
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + torch.exp(logvar / 2) * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · repaired in the square alone
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / std)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the square divided by the standard deviation only
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / std)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · only the logarithm halved, nothing else touched
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar / 2 + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · half of exp instead of exp of half
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar) / 2
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · power · squared where a root was wanted
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar) ** 2
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · sign · the exponent negative, as for a precision
def sampled_kl(m, logvar, eps):
    std = torch.exp(-logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · exp left out, half the log-variance as a width
def sampled_kl(m, logvar, eps):
    std = logvar / 2
    z = m + std * eps
    log_q = -0.5 * (logvar + eps**2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · power · root of logvar before the exp
def sampled_kl(m, logvar, eps):
    std = torch.exp(torch.sqrt(logvar.abs()))
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · numeric · the root of a log-variance that may be negative
def sampled_kl(m, logvar, eps):
    std = torch.sqrt(logvar)
    z = m + std * eps
    log_q = -0.5 * (std.log() * 2 + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · log · variance in front of the square instead of its logarithm
def sampled_kl(m, logvar, eps):
    v = torch.exp(logvar)
    z = m + torch.sqrt(v) * eps
    log_q = -0.5 * (v + (z - m) ** 2 / v)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · sign · log v with a minus inside the bracket
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (-logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · log v thrown out of log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · the square of log q replaced by nothing, as it cancels on average
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * logvar
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · concept · the square of log q replaced by its average 1
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + 1)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · concept · z² replaced by its average m² + v
def sampled_kl(m, logvar, eps):
    log_q = -0.5 * (logvar + eps**2)
    log_p = -0.5 * (m**2 + logvar.exp())
    return (log_q - log_p).sum(-1)

# %% wrong · concept · the closed form repeated for every draw
def sampled_kl(m, logvar, eps):
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return kl.expand(len(eps), -1)

# %% wrong · term · log 2π in the prior's density but not in q's
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = Normal(0.0, 1.0).log_prob(z)
    return (log_q - log_p).sum(-1)

# %% wrong · arguments · the prior centred on m
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * (z - m) ** 2
    return (log_q - log_p).sum(-1)

# %% wrong · spread · the prior given the width of q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * (z / std) ** 2
    return (log_q - log_p).sum(-1)

# %% wrong · arguments · the prior evaluated at the noise
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * eps**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · the half of log p lost
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -(z**2)
    return (log_q - log_p).sum(-1)

# %% wrong · factor · the half of log q reaches only the logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * logvar - ((z - m) / std) ** 2
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · factor · both halves dropped as if they cancelled
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -(logvar + ((z - m) / std) ** 2)
    log_p = -(z**2)
    return (log_q - log_p).sum(-1)

# %% wrong · sign · log p − log q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_p - log_q).sum(-1)

# %% wrong · sign · the two logarithms added
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q + log_p).sum(-1)

# %% wrong · sign · the noise subtracted in the draw
def sampled_kl(m, logvar, eps):
    std = (0.5 * logvar).exp()
    z = m - std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · reduction · averaged over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).mean(0)

# %% wrong · reduction · averaged over the dimensions
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).mean(-1)

# %% wrong · form · each dimension by itself
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return log_q - log_p

# %% wrong · axis · summed over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(0)

# %% wrong · axis · summed over the examples, dim 1 as in two-dimensional code
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(1)

# %% wrong · form · transposed, examples first
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).T

# %% wrong · gradient · the draw detached
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = (m + std * eps).detach()
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · gradient · the parameters in log q detached
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    q = Normal(m.detach(), torch.exp(logvar / 2).detach())
    return (q.log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(-1)

# %% wrong · gradient · the mean taken as data in the draw and in the square
def sampled_kl(m, logvar, eps):
    mean = m.detach()
    q = Normal(mean, torch.exp(logvar / 2))
    z = q.loc + q.scale * eps
    return (q.log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(-1)

# %% wrong · gradient · SciPy on detached arrays
def sampled_kl(m, logvar, eps):
    mu, std, e = m.detach().numpy(), np.exp(logvar.detach().numpy() / 2), eps.numpy()
    z = mu + std * e
    return torch.from_numpy((stats.norm.logpdf(z, mu, std) - stats.norm.logpdf(z)).sum(-1))

# %% wrong · noise · new noise drawn by rsample
def sampled_kl(m, logvar, eps):
    q = Normal(m, torch.exp(logvar / 2))
    z = q.rsample((len(eps),))
    return (q.log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(-1)

# %% wrong · spread · draw repaired, but Normal's log-density given the variance
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_q = Normal(m, torch.exp(logvar)).log_prob(z)
    log_p = Normal(0.0, 1.0).log_prob(z)
    return (log_q - log_p).sum(-1)

# %% wrong · term · log 2π in q's density but not in the prior's
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = Normal(m, std).log_prob(z)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · power · the square of log q left off
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m) / std)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · concept · the low-variance estimator of reinforcement learning, ratio − 1 − log ratio
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    r = (log_p - log_q).sum(-1)
    return r.exp() - 1 - r

# %% wrong · weights · each draw weighted by q once more
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q.exp() * (log_q - log_p)).sum(-1)

# %% wrong · numeric · clamped at zero because a KL is never negative
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).clamp(min=0)

# %% wrong · log · the ratio of the densities without a logarithm
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).exp()

# %% wrong · noise · the mean as the draw, eps gone
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + 0 * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · concept · a draw from the prior instead of q
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · term · precedence, only m divided by the width
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + (z - m / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · two · not repaired, and averaged over the draws
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1).mean(0)

# %% wrong · two · repaired in the draw alone, and the half of log p lost
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / logvar.exp()) ** 2)
    log_p = -(z**2)
    return (log_q - log_p).sum(-1)

# %% wrong · two · the logarithm doubled instead of the width halved, and the sign turned
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (2 * logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_p - log_q).sum(-1)

# %% wrong · two · half of exp for the width and a mean over the dimensions
def sampled_kl(m, logvar, eps):
    std = 0.5 * torch.exp(logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).mean(-1)

# %% wrong · two · the logarithm doubled instead of the width halved, and z in the prior not squared
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar)
    z = m + std * eps
    log_q = -std.log() - 0.5 * ((z - m) / std) ** 2
    log_p = -0.5 * z
    return (log_q - log_p).sum(-1)

# %% wrong · two · log v missing and log 2π in one density only
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_q = -0.5 * (math.log(2 * math.pi) + eps**2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · two · repaired in the square alone, and the draw detached
def sampled_kl(m, logvar, eps):
    z = (m + torch.exp(logvar) * eps).detach()
    std = torch.exp(logvar / 2)
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% wrong · raises · log-variance handed to Normal as its scale
def sampled_kl(m, logvar, eps):
    q = Normal(m, logvar)
    z = q.loc + q.scale * eps
    return (q.log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(-1)

# %% wrong · raises · np.sqrt on a tensor that needs a gradient
def sampled_kl(m, logvar, eps):
    std = np.sqrt(np.exp(logvar))
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    return (log_q + 0.5 * z**2).sum(-1)

# %% right · spread · half in the exponent as a factor
def sampled_kl(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    z = m + std * eps
    log_q = -0.5 * (logvar + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · spread · root of the variance
def sampled_kl(m, logvar, eps):
    v = logvar.exp()
    z = m + v.sqrt() * eps
    log_q = -0.5 * (logvar + (z - m) ** 2 / v)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · term · the square written as the noise itself
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return 0.5 * (z**2 - eps**2 - logvar).sum(-1)

# %% right · concept · distributions with Normal
def sampled_kl(m, logvar, eps):
    q, p = Normal(m, (logvar / 2).exp()), Normal(0.0, 1.0)
    z = q.loc + q.scale * eps
    return (q.log_prob(z) - p.log_prob(z)).sum(-1)

# %% right · concept · Independent distributions with all constants
def sampled_kl(m, logvar, eps):
    std = torch.exp(logvar / 2)
    q = Independent(Normal(m, std), 1)
    p = Independent(Normal(torch.zeros_like(m), torch.ones_like(m)), 1)
    z = m + std * eps
    return q.log_prob(z) - p.log_prob(z)

# %% right · concept · multivariate normals
def sampled_kl(m, logvar, eps):
    d = m.shape[-1]
    L = torch.diag_embed(torch.exp(logvar / 2))
    z = m + (L @ eps[..., None])[..., 0]
    p = MultivariateNormal(torch.zeros(d, dtype=m.dtype), torch.eye(d, dtype=m.dtype))
    return MultivariateNormal(m, scale_tril=L).log_prob(z) - p.log_prob(z)

# %% right · spread · logvar redefined as the log of the std, the logarithm doubled
def sampled_kl(m, logvar, eps):
    logstd = logvar / 2
    std = torch.exp(logstd)
    z = m + std * eps
    log_q = -0.5 * (2 * logstd + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · reduction · einsum for the squares
def sampled_kl(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return 0.5 * (torch.einsum("snd,snd->sn", z, z) - torch.einsum("snd,snd->sn", eps, eps) - logvar.sum(1))

# %% right · reduction · a loop over the draws
def sampled_kl(m, logvar, eps):
    rows, std = [], torch.exp(logvar / 2)
    for e in eps:
        z = m + std * e
        rows.append((Normal(m, std).log_prob(z) - Normal(0, 1).log_prob(z)).sum(1))
    return torch.stack(rows)

# %% right · term · the change of variables, log q(z) is log N(ε) minus log std
def sampled_kl(m, logvar, eps):
    unit = Normal(0.0, 1.0)
    z = m + torch.exp(logvar / 2) * eps
    log_q = unit.log_prob(eps) - logvar / 2
    return torch.sum(log_q - unit.log_prob(z), dim=-1)

# %% right · numeric · a tiny constant added to the variance
def sampled_kl(m, logvar, eps):
    var = torch.exp(logvar) + 1e-10
    std = torch.sqrt(var)
    z = m + std * eps
    log_q = -0.5 * (torch.log(var) + ((z - m) / std) ** 2)
    log_p = -0.5 * z**2
    return (log_q - log_p).sum(-1)

# %% right · form · helper for a Gaussian's log-density used twice
def log_normal(z, mean, lv):
    return -0.5 * (lv + (z - mean) ** 2 * torch.exp(-lv)).sum(-1)
def sampled_kl(m, logvar, eps):
    z = m + eps * torch.exp(logvar / 2)
    zero = torch.zeros_like(m)
    return log_normal(z, m, logvar) - log_normal(z, zero, zero)

# %% right · term · the closed form plus what the draw deviates by
def sampled_kl(m, logvar, eps):
    v = logvar.exp()
    z = m + v.sqrt() * eps
    kl = 0.5 * (v + m**2 - 1 - logvar).sum(-1)
    return kl + 0.5 * (z**2 - m**2 - v - eps**2 + 1).sum(-1)

# %% right · concept · a transformed distribution
def sampled_kl(m, logvar, eps):
    base = Normal(torch.zeros_like(m), torch.ones_like(m))
    q = TransformedDistribution(base, [AffineTransform(m, torch.exp(logvar / 2))])
    z = m + torch.exp(logvar / 2) * eps
    return (q.log_prob(z) - base.log_prob(z)).sum(-1)
