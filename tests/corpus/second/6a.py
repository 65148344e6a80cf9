# %% wrong · spread · exp(logvar) taken for the standard deviation
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) * eps

# %% wrong · spread · the log-variance itself as the width
def reparameterise(m, logvar, eps):
    return m + logvar * eps

# %% wrong · spread · half the log-variance as the width, exp forgotten
def reparameterise(m, logvar, eps):
    log_std = logvar / 2
    return m + log_std * eps

# %% wrong · factor · half of exp instead of exp of half
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) / 2 * eps

# %% wrong · spread · the square of exp(logvar)
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) ** 2 * eps

# %% wrong · power · the root taken twice
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return m + torch.sqrt(std) * eps

# %% wrong · sign · a negative exponent, as for the precision
def reparameterise(m, logvar, eps):
    return m + torch.exp(-logvar / 2) * eps

# %% wrong · spread · the noise divided by the variance
def reparameterise(m, logvar, eps):
    v = logvar.exp()
    return m + eps / v

# %% wrong · numeric · the root of the log-variance
def reparameterise(m, logvar, eps):
    return m + torch.sqrt(logvar) * eps

# %% wrong · numeric · the root of the log-variance, made safe by abs
def reparameterise(m, logvar, eps):
    return m + logvar.abs().sqrt() * eps

# %% wrong · spread · the root before the exp
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar.clamp(min=0).sqrt()) * eps

# %% wrong · sign · noise subtracted
def reparameterise(m, logvar, eps):
    return m - torch.exp(logvar / 2) * eps

# %% wrong · sign · the mean subtracted, as if standardising
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return std * eps - m

# %% wrong · concept · standardises the noise instead of the reverse
def reparameterise(m, logvar, eps):
    return (eps - m) / torch.exp(logvar / 2)

# %% wrong · term · the mean forgotten
def reparameterise(m, logvar, eps):
    return torch.exp(logvar / 2) * eps

# %% wrong · noise · eps forgotten, the mean one standard deviation up for each draw
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2)).expand(eps.shape)

# %% wrong · noise · the mean repeated for each draw, no noise
def reparameterise(m, logvar, eps):
    return m.unsqueeze(0).repeat(eps.shape[0], 1, 1)

# %% wrong · term · noise of width one
def reparameterise(m, logvar, eps):
    return m + eps

# %% wrong · arguments · the mean scales the noise and the width is added
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return std + m * eps

# %% wrong · arguments · m and logvar in each other's place
def reparameterise(m, logvar, eps):
    return logvar + torch.exp(m / 2) * eps

# %% wrong · order · noise added before the scaling
def reparameterise(m, logvar, eps):
    return (m + eps) * torch.exp(logvar / 2)

# %% wrong · concept · multiplicative noise on the mean
def reparameterise(m, logvar, eps):
    return m * (1 + torch.exp(logvar / 2) * eps)

# %% wrong · order · the noise goes into the exponent
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2 * eps)

# %% wrong · log · exp of the whole, as for a log-normal
def reparameterise(m, logvar, eps):
    return torch.exp(m + torch.exp(logvar / 2) * eps)

# %% wrong · log · base two for the exponential
def reparameterise(m, logvar, eps):
    return m + 2 ** (logvar / 2) * eps

# %% wrong · log · base ten for the exponential
def reparameterise(m, logvar, eps):
    return m + torch.pow(10.0, 0.5 * logvar) * eps

# %% wrong · log · the logarithm of logvar instead of its exponential
def reparameterise(m, logvar, eps):
    std = torch.log(logvar.abs()) / 2
    return m + std * eps

# %% wrong · numeric · expm1 in place of exp
def reparameterise(m, logvar, eps):
    return m + torch.expm1(logvar / 2) * eps

# %% wrong · spread · softplus makes the width, as in other books
def reparameterise(m, logvar, eps):
    std = softplus(logvar)
    return m + std * eps

# %% wrong · spread · the root of softplus
def reparameterise(m, logvar, eps):
    return m + F.softplus(logvar).sqrt() * eps

# %% wrong · spread · a sigmoid keeps the width between 0 and 1
def reparameterise(m, logvar, eps):
    return m + torch.sigmoid(logvar / 2) * eps

# %% wrong · weights · mean and noise blended with weights that add up to one
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return (1 - std) * m + std * eps

# %% wrong · noise · rsample draws noise of its own
def reparameterise(m, logvar, eps):
    return Normal(m, torch.exp(logvar / 2)).rsample((eps.shape[0],))

# %% wrong · noise · one new draw for each example, eps drawn again
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    eps = torch.randn_like(std)
    return m + std * eps

# %% wrong · noise · draws eps again in its own shape
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return torch.randn_like(eps).mul(std).add(m)

# %% wrong · noise · sample draws anew and without a gradient
def reparameterise(m, logvar, eps):
    q = Independent(Normal(m, torch.exp(logvar / 2)), 1)
    return q.sample((len(eps),))

# %% wrong · noise · noise clipped at two standard deviations
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps.clamp(-2, 2)

# %% wrong · noise · the draws made to average to m exactly
def reparameterise(m, logvar, eps):
    eps = eps - eps.mean(0)
    return m + torch.exp(logvar / 2) * eps

# %% wrong · reduction · averaged over the draws
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return z.mean(0)

# %% wrong · form · only the first draw
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps[0]

# %% wrong · form · examples before draws
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return z.permute(1, 0, 2)

# %% wrong · form · draws and examples flattened into one axis
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return z.reshape(-1, m.shape[1])

# %% wrong · form · a pair of the draws and the width
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return m + std * eps, std

# %% wrong · gradient · the result detached
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return z.detach()

# %% wrong · broadcast · one noise number for all dimensions of a draw
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return m + std * eps[..., :1]

# %% wrong · gradient · the width detached
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).detach()
    return m + std * eps

# %% wrong · form · a Python list of draws
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return [m + std * e for e in eps]

# %% wrong · noise · the size of the noise without its sign
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps.abs()

# %% wrong · gradient · the mean used as data
def reparameterise(m, logvar, eps):
    return m.data + torch.exp(logvar / 2) * eps

# %% wrong · numeric · the log-variance clamped at zero from above
def reparameterise(m, logvar, eps):
    logvar = torch.clamp(logvar, max=0.0)
    return m + torch.exp(logvar / 2) * eps

# %% wrong · numeric · a floor of one under the width
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).clamp(min=1.0)
    return m + std * eps

# %% wrong · numeric · a stabiliser of a tenth under the root
def reparameterise(m, logvar, eps):
    return m + torch.sqrt(logvar.exp() + 0.1) * eps

# %% wrong · broadcast · one width for all dimensions of an example
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar.mean(-1, keepdim=True) / 2)
    return m + std * eps

# %% wrong · broadcast · one width for each dimension, averaged over the examples
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).mean(0)
    return m + std * eps

# %% wrong · broadcast · a loop that gives every example the first example's width
def reparameterise(m, logvar, eps):
    z = []
    for e in eps:
        z.append(torch.stack([m[i] + (logvar[0] / 2).exp() * e[i] for i in range(len(m))]))
    return torch.stack(z)

# %% wrong · concept · the width from the determinant
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar.sum(-1, keepdim=True) / 2)
    return m + std * eps

# %% wrong · factor · the width divided by the root of d
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps / math.sqrt(m.shape[-1])

# %% wrong · factor · the width divided by the root of the number of draws, as for a standard error
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return m + std / len(eps) ** 0.5 * eps

# %% wrong · factor · the half outside and inside
def reparameterise(m, logvar, eps):
    return m + 0.5 * torch.exp(0.5 * logvar) * eps

# %% wrong · two · exp(logvar) as the width and the draws averaged
def reparameterise(m, logvar, eps):
    return (m + logvar.exp() * eps).mean(0)

# %% wrong · two · exp(logvar) as the width and the result detached
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar)
    return (m + std * eps).detach()

# %% wrong · two · half of exp, and the mean forgotten
def reparameterise(m, logvar, eps):
    return 0.5 * torch.exp(logvar) * eps

# %% wrong · two · the log-variance as the width and the noise subtracted
def reparameterise(m, logvar, eps):
    return m - logvar * eps

# %% wrong · two · root of exp forgotten and examples put first
def reparameterise(m, logvar, eps):
    return (m + logvar.exp() * eps).transpose(0, 1)

# %% wrong · two · a negative exponent and the mean forgotten
def reparameterise(m, logvar, eps):
    return torch.exp(-logvar / 2) * eps

# %% wrong · two · the noise added before scaling by the variance
def reparameterise(m, logvar, eps):
    return logvar.exp() * (m + eps)

# %% wrong · two · half the log-variance as the width and only one draw
def reparameterise(m, logvar, eps):
    return m + 0.5 * logvar * eps[0]

# %% wrong · raises · a matrix product of noise and widths
def reparameterise(m, logvar, eps):
    return m + eps @ torch.exp(logvar / 2)

# %% wrong · raises · math.exp on a tensor
def reparameterise(m, logvar, eps):
    return m + math.exp(logvar / 2) * eps

# %% wrong · raises · the log-variance as Normal's scale
def reparameterise(m, logvar, eps):
    q = Normal(m, logvar)
    return q.loc + q.scale * eps

# %% right · spread · half as a factor in the exponent
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return eps * std + m

# %% right · spread · root of the variance
def reparameterise(m, logvar, eps):
    v = logvar.exp()
    return m + v.sqrt() * eps

# %% right · spread · a power of one half
def reparameterise(m, logvar, eps):
    return torch.exp(logvar) ** 0.5 * eps + m

# %% right · form · in-place style of mul and add
def reparameterise(m, logvar, eps):
    std = logvar.mul(0.5).exp()
    return eps.mul(std).add(m)

# %% right · form · torch.addcmul with explicit axes
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)[None]
    return torch.addcmul(m[None], std, eps)

# %% right · reduction · a loop over the draws, stacked
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return torch.stack([m + std * e for e in eps])

# %% right · concept · Normal holds mean and width
def reparameterise(m, logvar, eps):
    q = Normal(m, (logvar / 2).exp())
    return q.mean + q.stddev * eps

# %% right · concept · the quantile function of q at the noise's own probability
def reparameterise(m, logvar, eps):
    u = Normal(0.0, 1.0).cdf(eps)
    return Normal(m, torch.exp(logvar / 2)).icdf(u)

# %% right · concept · an affine transform
def reparameterise(m, logvar, eps):
    return AffineTransform(loc=m, scale=torch.exp(0.5 * logvar))(eps)

# %% right · axis · einsum over draws, examples and dimensions
def reparameterise(m, logvar, eps):
    return m + torch.einsum("snd,nd->snd", eps, torch.exp(logvar / 2))

# %% right · concept · a Cholesky factor of the diagonal covariance
def reparameterise(m, logvar, eps):
    L = torch.linalg.cholesky(torch.diag_embed(logvar.exp()))
    return m + torch.einsum("nij,snj->sni", L, eps)

# %% right · numeric · a stabiliser under the root
def reparameterise(m, logvar, eps):
    return m + torch.sqrt(torch.exp(logvar) + 1e-8) * eps

# %% right · form · float32 inside and cast back
def reparameterise(m, logvar, eps):
    z = m.float() + torch.exp(logvar.float() / 2) * eps.float()
    return z.to(m.dtype)

# %% right · term · starts from the noise's copy of the mean
def reparameterise(m, logvar, eps):
    z = m.expand_as(eps)
    width = torch.exp(logvar / 2).expand_as(eps)
    return torch.stack([z, width * eps]).sum(0)

# %% right · reduction · vmap over the draws
def reparameterise(m, logvar, eps):
    return torch.vmap(lambda e: m + e * torch.exp(logvar / 2))(eps)
