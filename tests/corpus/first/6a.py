# %% wrong · spread · exp(logvar) times the noise
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) * eps

# %% wrong · spread · logvar times the noise
def reparameterise(m, logvar, eps):
    return m + logvar * eps

# %% wrong · spread · half of logvar times the noise, exponential forgotten
def reparameterise(m, logvar, eps):
    return m + logvar / 2 * eps

# %% wrong · spread · the root of logvar
def reparameterise(m, logvar, eps):
    return m + logvar.abs().sqrt() * eps

# %% wrong · spread · exp(2 logvar)
def reparameterise(m, logvar, eps):
    return m + torch.exp(2 * logvar) * eps

# %% wrong · spread · exp(logvar / 4), halved and rooted
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return m + torch.sqrt(std) * eps

# %% wrong · spread · exp of the root of logvar
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar.abs().sqrt()) * eps

# %% wrong · spread · the precision's root, exp(−logvar / 2)
def reparameterise(m, logvar, eps):
    return m + torch.exp(-logvar / 2) * eps

# %% wrong · spread · divided by the standard deviation
def reparameterise(m, logvar, eps):
    std = (logvar / 2).exp()
    return m + eps / std

# %% wrong · spread · the precision times the noise
def reparameterise(m, logvar, eps):
    return m + torch.exp(-logvar) * eps

# %% wrong · factor · half of the exponential
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) / 2 * eps

# %% wrong · factor · 0.5 in front of the exponential of the half
def reparameterise(m, logvar, eps):
    return m + 0.5 * torch.exp(0.5 * logvar) * eps

# %% wrong · factor · √2 as in Hermite's substitution
def reparameterise(m, logvar, eps):
    return m + math.sqrt(2) * torch.exp(logvar / 2) * eps

# %% wrong · factor · a third instead of a half in the exponent
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 3) * eps

# %% wrong · sign · the noise is subtracted
def reparameterise(m, logvar, eps):
    return m - torch.exp(logvar / 2) * eps

# %% wrong · sign · the mean is subtracted
def reparameterise(m, logvar, eps):
    return torch.exp(logvar / 2) * eps - m

# %% wrong · term · the mean is left out
def reparameterise(m, logvar, eps):
    return torch.exp(logvar / 2) * eps

# %% wrong · term · the factor is left out, unit noise
def reparameterise(m, logvar, eps):
    return m + eps

# %% wrong · term · the noise is left out
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2)).expand_as(eps)

# %% wrong · term · brackets, the sum of mean and deviation times the noise
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2)) * eps

# %% wrong · term · brackets, deviation times the sum of mean and noise
def reparameterise(m, logvar, eps):
    return torch.exp(logvar / 2) * (m + eps)

# %% wrong · term · mean, deviation and noise all added
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) + eps

# %% wrong · term · the mean is multiplied by the scaled noise
def reparameterise(m, logvar, eps):
    return m * torch.exp(logvar / 2) * eps

# %% wrong · term · the noise stands in the exponent
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2 * eps)

# %% wrong · concept · the mean stands in the exponent, a log-normal
def reparameterise(m, logvar, eps):
    return torch.exp(m + torch.exp(logvar / 2) * eps)

# %% wrong · concept · the draw is standardised backwards
def reparameterise(m, logvar, eps):
    return (eps - m) / torch.exp(logvar / 2)

# %% wrong · arguments · mean and log-variance exchanged
def reparameterise(m, logvar, eps):
    return logvar + torch.exp(m / 2) * eps

# %% wrong · arguments · the deviation is made from the mean
def reparameterise(m, logvar, eps):
    return m + torch.exp(m / 2) * eps

# %% wrong · arguments · mean and noise exchanged
def reparameterise(m, logvar, eps):
    return eps + torch.exp(logvar / 2) * m

# %% wrong · noise · fresh noise of the right shape
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * torch.randn_like(eps)

# %% wrong · noise · one fresh draw for each example, in the style of public code
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    eps = torch.randn_like(std)
    return m + eps * std

# %% wrong · noise · sample of a Normal, without a gradient and with its own noise
def reparameterise(m, logvar, eps):
    return Normal(m, torch.exp(logvar / 2)).sample((eps.shape[0],))

# %% wrong · noise · rsample of a Normal, the given noise unused
def reparameterise(m, logvar, eps):
    return Normal(m, torch.exp(logvar / 2)).rsample((len(eps),))

# %% wrong · noise · torch.normal with the given mean and deviation
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).expand_as(eps)
    return torch.normal(m.expand_as(eps), std)

# %% wrong · noise · uniform noise of the same shape
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * torch.rand_like(eps)

# %% wrong · noise · the first draw is used s times
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2) * eps[0]).expand_as(eps)

# %% wrong · noise · only the first draw, shape (n, d)
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps[0]

# %% wrong · noise · the first example's noise for all examples
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps[:, :1]

# %% wrong · noise · one noise number for all dimensions
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps[..., :1]

# %% wrong · noise · the noise is standardised over the draws first
def reparameterise(m, logvar, eps):
    eps = (eps - eps.mean(0)) / (eps.std(0, correction=0) + 1e-8)
    return m + torch.exp(logvar / 2) * eps

# %% wrong · noise · the absolute noise
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps.abs()

# %% wrong · power · the noise squared
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) * eps**2

# %% wrong · reduction · the draws are averaged
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2) * eps).mean(0)

# %% wrong · reduction · the draws are summed over the dimensions
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2) * eps).sum(-1)

# %% wrong · reduction · one deviation for all dimensions, the mean of the log-variances
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar.mean(-1, keepdim=True) / 2) * eps

# %% wrong · reduction · one deviation for the whole batch
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2).mean() * eps

# %% wrong · form · the draws are laid in one matrix (s·n, d)
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return z.reshape(-1, m.shape[-1])

# %% wrong · form · draws and deviation as a pair
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return m + std * eps, std

# %% wrong · form · a distribution's parameters are returned, no draws
def reparameterise(m, logvar, eps):
    return m, torch.exp(logvar / 2)

# %% wrong · form · a NumPy array
def reparameterise(m, logvar, eps):
    m, logvar, eps = (np.asarray(t.detach()) for t in (m, logvar, eps))
    return m + np.exp(logvar / 2) * eps

# %% wrong · order · the axis of the draws comes second, (n, s, d)
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2) * eps).transpose(0, 1)

# %% wrong · axis · an extra axis, (s, n, n, d)
def reparameterise(m, logvar, eps):
    return m[:, None] + torch.exp(logvar / 2)[:, None] * eps[:, None]

# %% wrong · gradient · everything detached
def reparameterise(m, logvar, eps):
    return (m + torch.exp(logvar / 2) * eps).detach()

# %% wrong · gradient · the deviation is detached
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).detach()
    return m + std * eps

# %% wrong · gradient · the mean is detached
def reparameterise(m, logvar, eps):
    return m.detach() + torch.exp(logvar / 2) * eps

# %% wrong · gradient · computed under no_grad
def reparameterise(m, logvar, eps):
    with torch.no_grad():
        std = torch.exp(logvar / 2)
        z = m + std * eps
    return z

# %% wrong · gradient · logvar.data in the exponent
def reparameterise(m, logvar, eps):
    return m + logvar.data.mul(0.5).exp() * eps

# %% wrong · gradient · computed in NumPy and turned into a tensor again
def reparameterise(m, logvar, eps):
    z = m.detach().numpy() + np.exp(logvar.detach().numpy() / 2) * eps.numpy()
    return torch.from_numpy(z)

# %% wrong · gradient · a new tensor is made of the result
def reparameterise(m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    return torch.tensor(z.tolist(), dtype=z.dtype, requires_grad=True)

# %% wrong · numeric · softplus for the exponential
def reparameterise(m, logvar, eps):
    return m + softplus(logvar) * eps

# %% wrong · numeric · softplus of half the log-variance
def reparameterise(m, logvar, eps):
    return m + softplus(logvar / 2) * eps

# %% wrong · numeric · log-variance clamped to ±1
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar.clamp(-1, 1) / 2) * eps

# %% wrong · numeric · the deviation is floored at one half
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2).clamp(min=0.5)
    return m + std * eps

# %% wrong · numeric · 0.1 added to the deviation
def reparameterise(m, logvar, eps):
    return m + (torch.exp(logvar / 2) + 0.1) * eps

# %% wrong · numeric · integer division of the log-variance by two
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar // 2) * eps

# %% wrong · log · base 2 for the exponential
def reparameterise(m, logvar, eps):
    return m + torch.exp2(logvar / 2) * eps

# %% wrong · log · base 10 for the exponential
def reparameterise(m, logvar, eps):
    return m + 10 ** (logvar / 2) * eps

# %% wrong · log · expm1 for exp
def reparameterise(m, logvar, eps):
    return m + torch.expm1(logvar / 2) * eps

# %% wrong · log · the logarithm in place of the exponential
def reparameterise(m, logvar, eps):
    return m + 0.5 * torch.log(logvar.abs() + 1e-8) * eps

# %% wrong · unfinished · only the means, s times
def reparameterise(m, logvar, eps):
    return m.expand_as(eps)

# %% wrong · concept · the variance is kept, mean and noise mixed as in a diffusion step
def reparameterise(m, logvar, eps):
    v = torch.sigmoid(logvar)
    return (1 - v).sqrt() * m + v.sqrt() * eps

# %% wrong · two · exp(logvar) and the noise subtracted
def reparameterise(m, logvar, eps):
    return m - logvar.exp() * eps

# %% wrong · two · exp(logvar) and fresh noise
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar)
    return m + std * torch.randn_like(eps)

# %% wrong · two · logvar as the factor and the draws averaged
def reparameterise(m, logvar, eps):
    return (m + logvar * eps).mean(0)

# %% wrong · two · variance for deviation and the factor detached
def reparameterise(m, logvar, eps):
    var = torch.exp(logvar.detach())
    return m + var * eps

# %% wrong · two · the mean left out and the half in front
def reparameterise(m, logvar, eps):
    return 0.5 * torch.exp(logvar) * eps

# %% wrong · two · exponent with a minus and brackets around mean and noise
def reparameterise(m, logvar, eps):
    return torch.exp(-logvar / 2) * (m + eps)

# %% wrong · two · mean and log-variance exchanged, and no half
def reparameterise(m, logvar, eps):
    return logvar + torch.exp(m) * eps

# %% wrong · raises · math.exp on a tensor
def reparameterise(m, logvar, eps):
    return m + math.exp(logvar / 2) * eps

# %% wrong · raises · NumPy on tensors that need a gradient
def reparameterise(m, logvar, eps):
    return m.numpy() + np.exp(logvar.numpy() / 2) * eps.numpy()

# %% wrong · raises · a matrix product in place of the product entry by entry
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar / 2) @ eps

# %% right · public code · std, then eps times std plus the mean
def reparameterise(m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    return eps * std + m

# %% right · root · the root of the exponential
def reparameterise(m, logvar, eps):
    return m + logvar.exp().sqrt() * eps

# %% right · power · the exponential to the power ½
def reparameterise(m, logvar, eps):
    return m + torch.exp(logvar) ** 0.5 * eps

# %% right · addcmul · fused multiply and add
def reparameterise(m, logvar, eps):
    return torch.addcmul(m, (logvar / 2).exp(), eps)

# %% right · einsum · broadcasting by einsum
def reparameterise(m, logvar, eps):
    return m[None] + torch.einsum("nd,snd->snd", torch.exp(logvar / 2), eps)

# %% right · loop · one draw after another, stacked
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2)
    return torch.stack([m + std * e for e in eps])

# %% right · loop · one dimension after another
def reparameterise(m, logvar, eps):
    cols = [m[:, j] + torch.exp(logvar[:, j] / 2) * eps[..., j] for j in range(m.shape[1])]
    return torch.stack(cols, dim=-1)

# %% right · distributions · loc and scale of a Normal
def reparameterise(m, logvar, eps):
    q = Normal(m, torch.exp(logvar / 2))
    return q.mean + q.stddev * eps

# %% right · transforms · an affine transform of the noise
def reparameterise(m, logvar, eps):
    move = AffineTransform(m, torch.exp(logvar / 2))
    return move(eps)

# %% right · matrix product · a diagonal Cholesky factor for each example
def reparameterise(m, logvar, eps):
    L = torch.diag_embed(torch.exp(logvar / 2))
    return m + (L @ eps.unsqueeze(-1)).squeeze(-1)

# %% right · cdf · the quantile of the noise's share under N(m, v), written with erf
def reparameterise(m, logvar, eps):
    share = Normal(0.0, 1.0).cdf(eps.clamp(-7, 7))
    return Normal(m, torch.exp(logvar / 2)).icdf(share)

# %% right · expand · shapes made equal first
def reparameterise(m, logvar, eps):
    mean = m.unsqueeze(0).expand(eps.shape)
    std = logvar.mul(0.5).exp().unsqueeze(0).expand(eps.shape)
    return mean + std * eps

# %% right · float32 · single precision inside
def reparameterise(m, logvar, eps):
    z = m.float() + torch.exp(logvar.float() / 2) * eps.float()
    return z.to(m.dtype)

# %% right · stabiliser · 1e-8 added to the deviation
def reparameterise(m, logvar, eps):
    std = torch.exp(logvar / 2) + 1e-8
    return m + std * eps

# %% right · number e · a power of e
def reparameterise(m, logvar, eps):
    return m + math.e ** (0.5 * logvar) * eps

# %% right · division · the noise divided by exp of minus the half
def reparameterise(m, logvar, eps):
    return m + eps / torch.exp(-logvar / 2)

# %% right · lerp · from the mean to the mean plus noise, by the share std
def reparameterise(m, logvar, eps):
    return torch.lerp(m.expand_as(eps), m + eps, torch.exp(logvar / 2).expand_as(eps))

# %% wrong · two · the root of logvar and the mean left out
def reparameterise(m, logvar, eps):
    return logvar.abs().sqrt() * eps
