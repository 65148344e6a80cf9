# %% wrong · spread · divides by the standard deviation
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / torch.exp(logvar / 2)
    return (value - b)[:, None] * score

# %% wrong · sign · difference taken as m minus z
def score_gradient(z, value, b, m, logvar):
    score = (m - z) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · spread · divides by logvar itself
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * (z - m) / logvar

# %% wrong · spread · multiplies with the variance
def score_gradient(z, value, b, m, logvar):
    score = (z - m) * logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · spread · squares exp of logvar, taking it for a standard deviation
def score_gradient(z, value, b, m, logvar):
    std = logvar.exp()
    return (value[:, None] - b) * (z - m) / std**2

# %% wrong · term · no division by the variance
def score_gradient(z, value, b, m, logvar):
    score = z - m
    return (value - b)[:, None] * score

# %% wrong · term · baseline forgotten
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score

# %% wrong · sign · baseline added
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value + b)[:, None] * score

# %% wrong · sign · baseline minus value
def score_gradient(z, value, b, m, logvar):
    return (b - value)[:, None] * (z - m) / logvar.exp()

# %% wrong · sign · returns the gradient of a loss, with a minus in front
def score_gradient(z, value, b, m, logvar):
    advantage = value - b
    score = (z - m) * torch.exp(-logvar)
    return -advantage[:, None] * score

# %% wrong · reduction · averages over the draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b)[:, None] * score).mean(0)

# %% wrong · reduction · sums over the draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b) @ score

# %% wrong · reduction · sums the score over the dimensions
def score_gradient(z, value, b, m, logvar):
    score = ((z - m) / logvar.exp()).sum(-1)
    return (value - b) * score

# %% wrong · reduction · sums the score over the dimensions but keeps the axis, giving one column
def score_gradient(z, value, b, m, logvar):
    score = ((z - m) / logvar.exp()).sum(1, keepdim=True)
    return (value - b)[:, None] * score

# %% wrong · concept · multiplies with log q in place of its gradient
def score_gradient(z, value, b, m, logvar):
    log_q = Independent(Normal(m, (logvar / 2).exp()), 1).log_prob(z)
    return (value - b) * log_q

# %% wrong · concept · log q of every dimension in place of its derivative
def score_gradient(z, value, b, m, logvar):
    log_q = -0.5 * ((z - m) ** 2 / logvar.exp() + logvar + math.log(2 * math.pi))
    return (value - b)[:, None] * log_q

# %% wrong · concept · gradient of q in place of the gradient of log q
def score_gradient(z, value, b, m, logvar):
    q = Independent(Normal(m, (logvar / 2).exp()), 1).log_prob(z).exp()
    score = q[:, None] * (z - m) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · factor · half kept from the exponent
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / (2 * logvar.exp())
    return (value - b)[:, None] * score

# %% wrong · factor · the 2 from the square kept, the half forgotten
def score_gradient(z, value, b, m, logvar):
    score = 2 * (z - m) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · power · square not differentiated
def score_gradient(z, value, b, m, logvar):
    score = (z - m) ** 2 / (2 * logvar.exp())
    return (value - b)[:, None] * score

# %% wrong · power · difference squared over the variance
def score_gradient(z, value, b, m, logvar):
    score = (z - m).pow(2) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · spread · root of exp of half the log-variance
def score_gradient(z, value, b, m, logvar):
    v = (logvar / 2).exp().sqrt()
    return (value - b)[:, None] * (z - m) / v

# %% wrong · spread · one average variance for all dimensions
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp().mean()
    return (value - b)[:, None] * (z - m) / v

# %% wrong · spread · variances summed over the dimensions
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp().sum(-1)
    return (value - b)[:, None] * ((z - m) / v)

# %% wrong · spread · softplus of logvar as the variance
def score_gradient(z, value, b, m, logvar):
    v = softplus(logvar)
    return (value - b)[:, None] * (z - m) / v

# %% wrong · arguments · the mean of the values is used, not the given baseline
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - value.mean())[:, None] * score

# %% wrong · term · the mean of the values is subtracted as well
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    advantage = value - b
    advantage = advantage - advantage.mean()
    return advantage[:, None] * score

# %% wrong · concept · advantages divided by their standard deviation
def score_gradient(z, value, b, m, logvar):
    adv = value - b
    adv = adv / (adv.std() + 1e-8)
    return adv[:, None] * (z - m) / logvar.exp()

# %% wrong · weights · baseline subtracted after the multiplication
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score - b

# %% wrong · weights · baseline subtracted from the score
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * (score - b)

# %% wrong · weights · only the sign of the advantage is used
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return torch.sign(value - b)[:, None] * score

# %% wrong · weights · draws worse than the baseline count as zero
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b).clamp(min=0)[:, None] * score

# %% wrong · weights · the logarithm of the values is taken, absolute to keep it finite
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (torch.log(value.abs()) - b)[:, None] * score

# %% wrong · arguments · baseline as a factor
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return b * value[:, None] * score

# %% wrong · arguments · m and logvar exchanged
def score_gradient(z, value, b, m, logvar):
    score = (z - logvar) / m.exp()
    return (value - b)[:, None] * score

# %% wrong · concept · the standardised noise of the reparameterisation
def score_gradient(z, value, b, m, logvar):
    eps = (z - m) / (0.5 * logvar).exp()
    return (value[:, None] - b) * eps

# %% wrong · concept · gradient by the log-variance
def score_gradient(z, value, b, m, logvar):
    score = 0.5 * ((z - m) ** 2 / logvar.exp() - 1)
    return (value - b)[:, None] * score

# %% wrong · concept · gradient by the variance
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp()
    score = (z - m) ** 2 / (2 * v**2) - 1 / (2 * v)
    return (value - b)[:, None] * score

# %% wrong · concept · the pathwise gradient for the lesson's f
def score_gradient(z, value, b, m, logvar):
    eps = (z - m) / (logvar / 2).exp()
    return -(m + (logvar / 2).exp() * eps)

# %% wrong · term · m left out of the score, as for the lesson's case of mean 0
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * z / logvar.exp()

# %% wrong · concept · the score of the standard normal
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * z

# %% wrong · weights · added in place of multiplied
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] + score

# %% wrong · concept · the score is scaled to length one
def score_gradient(z, value, b, m, logvar):
    score = F.normalize((z - m) / logvar.exp(), dim=1)
    return (value - b)[:, None] * score

# %% wrong · term · the normaliser is differentiated too, as if the variance were m
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp()
    score = (z - m) / v - 0.5 * logvar
    return (value - b)[:, None] * score

# %% wrong · arguments · mean and variance of the draws in place of m and logvar
def score_gradient(z, value, b, m, logvar):
    score = (z - z.mean(0)) / z.var(0)
    return (value - b)[:, None] * score

# %% wrong · form · returned with the axes exchanged
def score_gradient(z, value, b, m, logvar):
    score = (z - m).T / logvar.exp()[:, None]
    return (value - b) * score

# %% wrong · form · one axis too many, from an outer product of all draws with all draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None, None] * score

# %% wrong · form · the advantage multiplied onto the right axis of a vector of one row, matrix product
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b).unsqueeze(0) @ score

# %% wrong · form · returns gradients by m and by logvar
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp()
    adv = (value - b)[:, None]
    return adv * (z - m) / v, adv * 0.5 * ((z - m) ** 2 / v - 1)

# %% wrong · reduction · autograd on one shared m adds the draws up
def score_gradient(z, value, b, m, logvar):
    m = m.detach().clone().requires_grad_()
    log_q = Normal(m, (logvar / 2).exp()).log_prob(z).sum(1)
    (g,) = torch.autograd.grad(((value - b) * log_q).sum(), m)
    return g

# %% wrong · spread · Normal is given the variance before autograd
def score_gradient(z, value, b, m, logvar):
    own = m.detach().expand_as(z).clone().requires_grad_()
    log_q = Normal(own, logvar.exp()).log_prob(z).sum(1)
    (g,) = torch.autograd.grad(((value - b) * log_q).sum(), own)
    return g

# %% wrong · count · divided by the number of draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] * score / len(z)

# %% wrong · count · divided by the number of dimensions
def score_gradient(z, value, b, m, logvar):
    s, d = z.shape
    return (value - b).reshape(s, 1) * (z - m) / logvar.exp() / d

# %% wrong · two · standard deviation for variance and no baseline
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / (logvar / 2).exp()
    return value[:, None] * score

# %% wrong · two · sign of the score wrong and the standard deviation for the variance
def score_gradient(z, value, b, m, logvar):
    std = torch.exp(0.5 * logvar)
    return (value - b)[:, None] * (m - z) / std

# %% wrong · two · no division by the variance and averaged over the draws
def score_gradient(z, value, b, m, logvar):
    return ((value - b)[:, None] * (z - m)).mean(0)

# %% wrong · two · squares and a wrong sign, the exponent itself
def score_gradient(z, value, b, m, logvar):
    score = -((z - m) ** 2) / (2 * logvar.exp())
    return (value - b)[:, None] * score

# %% wrong · two · baseline added and the half kept
def score_gradient(z, value, b, m, logvar):
    score = 0.5 * (z - m) / logvar.exp()
    return (value + b)[:, None] * score

# %% wrong · unfinished · only the score, not weighted
def score_gradient(z, value, b, m, logvar):
    return (z - m) / logvar.exp()

# %% wrong · unfinished · only the advantage, repeated for every dimension
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None].expand(z.shape)

# %% wrong · raises · the second axis of the values is missing
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b) * score

# %% wrong · raises · backward through numbers that need no gradient
def score_gradient(z, value, b, m, logvar):
    log_q = Normal(m, (logvar / 2).exp()).log_prob(z).sum(1)
    ((value - b) * log_q).sum().backward()
    return m.grad

# %% right · broadcast · transposed twice
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b) * score.T).T

# %% right · broadcast · einsum with the precision
def score_gradient(z, value, b, m, logvar):
    return torch.einsum("s,sj,j->sj", value - b, z - m, torch.exp(-logvar))

# %% right · form · double loop
def score_gradient(z, value, b, m, logvar):
    out = torch.zeros_like(z)
    for i in range(z.shape[0]):
        for j in range(z.shape[1]):
            out[i, j] = (value[i] - b) * (z[i, j] - m[j]) / math.exp(logvar[j])
    return out

# %% right · form · NumPy throughout
def score_gradient(z, value, b, m, logvar):
    z, value, m, logvar = (np.asarray(t) for t in (z, value, m, logvar))
    score = (z - m) / np.exp(logvar)
    return torch.from_numpy((value - b)[:, np.newaxis] * score)

# %% right · gradient · autograd with a copy of m for each draw
def score_gradient(z, value, b, m, logvar):
    copies = m.detach().repeat(len(z), 1).requires_grad_()
    log_q = Independent(Normal(copies, (logvar / 2).exp()), 1).log_prob(z)
    (g,) = torch.autograd.grad(((value - b) * log_q).sum(), copies)
    return g

# %% right · spread · noise over standard deviation
def score_gradient(z, value, b, m, logvar):
    std = torch.exp(logvar / 2)
    eps = (z - m) / std
    return (value - b).unsqueeze(-1) * eps / std

# %% right · weights · product of a diagonal matrix with the scores
def score_gradient(z, value, b, m, logvar):
    return torch.diag(value - b) @ (z - m) @ torch.diag(1 / logvar.exp())

# %% right · term · multiplied out
def score_gradient(z, value, b, m, logvar):
    score = z * torch.exp(-logvar) - m * torch.exp(-logvar)
    return value[:, None] * score - b * score

# %% right · form · stacked per draw
def score_gradient(z, value, b, m, logvar):
    rows = [(value[i] - b) * (z[i] - m) / logvar.exp() for i in range(len(z))]
    return torch.stack(rows)

# %% right · form · stacked per dimension
def score_gradient(z, value, b, m, logvar):
    adv = value - b
    cols = [adv * (z[:, j] - m[j]) / logvar[j].exp() for j in range(len(m))]
    return torch.stack(cols, dim=1)

# %% right · gradient · vmap of grad
def score_gradient(z, value, b, m, logvar):
    def log_q(m, z):
        return -0.5 * ((z - m) ** 2 * torch.exp(-logvar)).sum()
    score = torch.func.vmap(torch.func.grad(log_q), in_dims=(None, 0))(m, z)
    return score * (value - b)[:, None]

# %% right · sign · two signs that cancel
def score_gradient(z, value, b, m, logvar):
    return (b - value).reshape(-1, 1) * (m - z) / torch.exp(logvar)

# %% right · numeric · a tiny stabiliser below
def score_gradient(z, value, b, m, logvar):
    var = logvar.exp() + 1e-9
    adv = torch.as_tensor(value - b)
    return adv.view(-1, 1).expand_as(z) * (z - m).div(var)

# %% right · spread · covariance matrix and a linear solve
def score_gradient(z, value, b, m, logvar):
    cov = torch.diag_embed(logvar.exp())
    score = torch.linalg.solve(cov, (z - m).T).T
    return (value - b)[:, None] * score

# %% right · numeric · float32 inside
def score_gradient(z, value, b, m, logvar):
    zf, vf, mf, lf = z.float(), value.float(), m.float(), logvar.float()
    g = (vf - float(b))[:, None] * (zf - mf) * torch.exp(-lf)
    return g.to(z.dtype)

# %% right · broadcast · values repeated to the shape of z first
def score_gradient(z, value, b, m, logvar):
    s, d = z.shape
    weight = (value - b).repeat(d).view(d, s).t()
    return weight * torch.sub(z, m) / torch.exp(logvar).expand(s, d)

# %% wrong · two · batch mean for the baseline and the standard deviation for the variance
def score_gradient(z, value, b, m, logvar):
    eps = (z - m) / torch.exp(0.5 * logvar)
    return (value - value.mean())[:, None] * eps

# %% wrong · two · no baseline and no variance
def score_gradient(z, value, b, m, logvar):
    return value.unsqueeze(-1) * (z - m)

# %% wrong · two · sum over the dimensions and over the standard deviation
def score_gradient(z, value, b, m, logvar):
    score = ((z - m) / (logvar / 2).exp()).sum(dim=1)
    return (value - b) * score
