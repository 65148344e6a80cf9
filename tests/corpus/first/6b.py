# %% wrong · spread · divides by the standard deviation
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / torch.exp(logvar / 2)
    return (value - b)[:, None] * score

# %% wrong · sign · the score has the wrong sign
def score_gradient(z, value, b, m, logvar):
    score = (m - z) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · spread · divides by the log-variance
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar
    return (value - b)[:, None] * score

# %% wrong · spread · multiplies by the variance
def score_gradient(z, value, b, m, logvar):
    score = (z - m) * logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · factor · keeps the ½ of the exponent in the derivative
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / (2 * logvar.exp())
    return (value - b)[:, None] * score

# %% wrong · factor · the 2 from the square is kept and the ½ lost
def score_gradient(z, value, b, m, logvar):
    score = 2 * (z - m) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · term · the baseline is not used
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score

# %% wrong · sign · the baseline is added
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value + b)[:, None] * score

# %% wrong · sign · baseline minus value
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (b - value)[:, None] * score

# %% wrong · reduction · averaged over the draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b)[:, None] * score).mean(0)

# %% wrong · reduction · averaged over the dimensions
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b)[:, None] * score).mean(1)

# %% wrong · reduction · the sum over the draws by a matrix product
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b) @ score

# %% wrong · concept · log q itself in the place of its gradient
def score_gradient(z, value, b, m, logvar):
    log_q = -0.5 * ((z - m) ** 2 / logvar.exp() + logvar + math.log(2 * math.pi))
    return (value - b)[:, None] * log_q

# %% wrong · concept · the gradient of q and not of log q
def score_gradient(z, value, b, m, logvar):
    q = Normal(m, torch.exp(logvar / 2)).log_prob(z).sum(1).exp()
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] * q[:, None] * score

# %% wrong · concept · the derivative by z and not by m
def score_gradient(z, value, b, m, logvar):
    v = torch.exp(logvar)
    grad = -(z - m) / v
    return (value[:, None] - b) * grad

# %% wrong · concept · the gradient by logvar
def score_gradient(z, value, b, m, logvar):
    score = 0.5 * ((z - m) ** 2 / logvar.exp() - 1)
    return (value - b)[:, None] * score

# %% wrong · concept · the gradient by the variance
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp()
    score = 0.5 * ((z - m) ** 2 / v**2 - 1 / v)
    return (value - b)[:, None] * score

# %% wrong · power · the difference stays squared
def score_gradient(z, value, b, m, logvar):
    score = (z - m) ** 2 / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · power · the variance is squared
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp() ** 2
    return (value - b)[:, None] * score

# %% wrong · spread · takes logvar for the log of the standard deviation
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / torch.exp(2 * logvar)
    return (value - b)[:, None] * score

# %% wrong · term · m is not subtracted, as in the lesson's q with m 0
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * z / logvar.exp()

# %% wrong · term · the variance is left out
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * (z - m)

# %% wrong · term · m and v as for a standard normal
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * z

# %% wrong · arguments · the mean of the draws in the place of m
def score_gradient(z, value, b, m, logvar):
    score = (z - z.mean(0)) / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · arguments · the variance of the draws in the place of v
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / z.var(0)
    return (value - b)[:, None] * score

# %% wrong · arguments · the baseline is replaced by the mean of the values
def score_gradient(z, value, b, m, logvar):
    b = value.mean()
    return (value - b)[:, None] * (z - m) / logvar.exp()

# %% wrong · arguments · the baseline is replaced by minus d over 2
def score_gradient(z, value, b, m, logvar):
    b = -z.shape[1] / 2
    return (value - b)[:, None] * (z - m) / logvar.exp()

# %% wrong · weights · the values are normalised by softmax
def score_gradient(z, value, b, m, logvar):
    w = torch.softmax(value - b, 0)
    return w[:, None] * (z - m) / logvar.exp()

# %% wrong · weights · the advantage is standardised as in reinforcement learning
def score_gradient(z, value, b, m, logvar):
    adv = value - b
    adv = (adv - adv.mean()) / (adv.std() + 1e-8)
    return adv[:, None] * (z - m) / logvar.exp()

# %% wrong · weights · divided by the standard deviation of the values
def score_gradient(z, value, b, m, logvar):
    adv = (value - b) / value.std()
    return adv[:, None] * (z - m) / logvar.exp()

# %% wrong · count · divided by the number of draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] * score / len(z)

# %% wrong · count · divided by the number of dimensions
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] * score / z.shape[1]

# %% wrong · reduction · the score is summed over the dimensions
def score_gradient(z, value, b, m, logvar):
    score = ((z - m) / logvar.exp()).sum(1)
    return (value - b) * score

# %% wrong · reduction · score summed over the dimensions and given to each dimension
def score_gradient(z, value, b, m, logvar):
    score = ((z - m) / logvar.exp()).sum(1, keepdim=True)
    return ((value - b)[:, None] * score).expand_as(z)

# %% wrong · term · only the value is multiplied and the baseline subtracted after
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score - b

# %% wrong · term · the baseline multiplies z instead of the score
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score - b * z

# %% wrong · term · the brackets are missing so that only m is divided by the variance
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * (z - m / logvar.exp())

# %% wrong · sign · minus for a loss to be minimised
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return -(value - b)[:, None] * score

# %% wrong · log · the logarithm of the value
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return torch.log((value - b).abs())[:, None] * score

# %% wrong · log · takes the value for a log and exponentiates
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b).exp()[:, None] * score

# %% wrong · concept · the reparameterised gradient for f of minus half z squared
def score_gradient(z, value, b, m, logvar):
    eps = (z - m) / torch.exp(logvar / 2)
    return -(m + torch.exp(logvar / 2) * eps)

# %% wrong · concept · the score alone
def score_gradient(z, value, b, m, logvar):
    return (z - m) / logvar.exp()

# %% wrong · noise · draws new z and ignores the given ones
def score_gradient(z, value, b, m, logvar):
    s = torch.exp(logvar / 2)
    z = m + s * torch.randn_like(z)
    return (value - b)[:, None] * (z - m) / s**2

# %% wrong · axis · standardises the score over the draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    score = score - score.mean(0)
    return (value - b)[:, None] * score

# %% wrong · order · the axes are turned round in the result
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b) * score.T)

# %% wrong · broadcast · an outer product of all draws' values with all scores
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None, None] * score

# %% wrong · form · a third axis is left
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b)[:, None] * score)[..., None]

# %% wrong · form · returns gradient and score as a pair
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b)[:, None] * score, score

# %% wrong · form · returns gradients by m and by logvar
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp()
    w = (value - b)[:, None]
    return w * (z - m) / v, w * 0.5 * ((z - m) ** 2 / v - 1)

# %% wrong · two · baseline forgotten and divided by the standard deviation
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / torch.exp(0.5 * logvar)
    return value[:, None] * score

# %% wrong · two · wrong sign and the ½ kept
def score_gradient(z, value, b, m, logvar):
    score = -(z - m) / (2 * torch.exp(logvar))
    return (value - b)[:, None] * score

# %% wrong · two · the baseline added and the result averaged over the draws
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value + b)[:, None] * score).mean(0)

# %% wrong · two · multiplied by the standard deviation and the baseline forgotten
def score_gradient(z, value, b, m, logvar):
    return value[:, None] * (z - m) * torch.exp(logvar / 2)

# %% wrong · two · by the log-variance and wrong sign
def score_gradient(z, value, b, m, logvar):
    return (value - b).unsqueeze(1) * (m - z) / logvar

# %% wrong · term · the derivative of log v is taken along
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp() - 0.5
    return (value - b)[:, None] * score

# %% wrong · term · the score holds the log-variance term with a minus ½
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp() - 0.5 * logvar
    return (value - b)[:, None] * score

# %% wrong · numeric · the variance is clamped at 1 from below
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp().clamp(min=1.0)
    return (value - b)[:, None] * (z - m) / v

# %% wrong · numeric · 0.1 is added to the variance
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / (logvar.exp() + 0.1)
    return (value - b)[:, None] * score

# %% wrong · numeric · negative advantages are cut off
def score_gradient(z, value, b, m, logvar):
    adv = (value - b).clamp(min=0)
    return adv[:, None] * (z - m) / logvar.exp()

# %% wrong · power · the absolute value of the difference
def score_gradient(z, value, b, m, logvar):
    score = (z - m).abs() / logvar.exp()
    return (value - b)[:, None] * score

# %% wrong · power · the square of the advantage
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b) ** 2)[:, None] * score

# %% wrong · spread · exp of minus half the log-variance, which is one over the standard deviation
def score_gradient(z, value, b, m, logvar):
    inv = torch.exp(-logvar / 2)
    return (value - b)[:, None] * ((z - m) * inv)

# %% wrong · spread · one variance for all dimensions, the mean of them
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp().mean()
    return (value - b)[:, None] * (z - m) / v

# %% wrong · spread · the exponential of the mean log-variance for all dimensions
def score_gradient(z, value, b, m, logvar):
    dist = Normal(m, (logvar.mean() / 2).exp())
    return (value - b)[:, None] * (z - m) / dist.variance

# %% wrong · spread · Normal is given the variance as its scale in an autograd solution
def score_gradient(z, value, b, m, logvar):
    m = m.detach().expand_as(z).clone().requires_grad_()
    log_q = Normal(m, logvar.exp()).log_prob(z.detach()).sum(1)
    return torch.autograd.grad(((value - b) * log_q).sum(), m)[0]

# %% wrong · reduction · autograd by the one m gives a sum over the draws
def score_gradient(z, value, b, m, logvar):
    m = m.detach().clone().requires_grad_()
    log_q = Normal(m, torch.exp(logvar / 2)).log_prob(z).sum(1)
    return torch.autograd.grad(((value - b) * log_q).sum(), m)[0]

# %% wrong · count · leaves out the last draw by an off-by-one loop
def score_gradient(z, value, b, m, logvar):
    out = torch.zeros_like(z)
    for i in range(len(z) - 1):
        out[i] = (value[i] - b) * (z[i] - m) / logvar.exp()
    return out

# %% wrong · arguments · the advantage uses the first draw's value for all
def score_gradient(z, value, b, m, logvar):
    return (value[0] - b) * (z - m) / logvar.exp()

# %% wrong · arguments · m and z exchanged in the roles of baseline and mean
def score_gradient(z, value, b, m, logvar):
    return (value[:, None] - m) * (z - b) / logvar.exp()

# %% wrong · broadcast · the value is multiplied without a second axis
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return torch.outer(value - b, score.mean(0))

# %% wrong · raises · (s,) times (s, d)
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return (value - b) * score

# %% wrong · raises · autograd of something that needs no gradient
def score_gradient(z, value, b, m, logvar):
    log_q = -((z - m.detach()) ** 2 / (2 * logvar.detach().exp())).sum(1)
    return torch.autograd.grad((value.detach() * log_q.detach()).sum(), m)[0]

# %% wrong · raises · math.exp of a tensor with several numbers
def score_gradient(z, value, b, m, logvar):
    return (value - b)[:, None] * (z - m) / math.exp(logvar)

# %% right · einsum · draws times dimensions
def score_gradient(z, value, b, m, logvar):
    return torch.einsum("s,sd->sd", value - b, (z - m) / logvar.exp())

# %% right · eps · by the noise and the standard deviation
def score_gradient(z, value, b, m, logvar):
    std = torch.exp(logvar / 2)
    eps = (z - m) / std
    return (value - b).unsqueeze(-1) * eps / std

# %% right · precision · times the exponential of minus logvar
def score_gradient(z, value, b, m, logvar):
    precision = torch.exp(-logvar)
    return precision * (z - m) * (value - b).view(-1, 1)

# %% right · loop · one draw at a time
def score_gradient(z, value, b, m, logvar):
    rows = []
    for zi, fi in zip(z, value):
        rows.append((fi - b) * (zi - m) / logvar.exp())
    return torch.stack(rows)

# %% right · autograd · a copy of m for each draw
def score_gradient(z, value, b, m, logvar):
    copies = m.detach().expand_as(z).clone().requires_grad_()
    log_q = Normal(copies, torch.exp(logvar / 2)).log_prob(z).sum()
    (score,) = torch.autograd.grad(log_q, copies)
    return (value - b)[:, None] * score

# %% right · transpose · broadcast along the last axis and turn back
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return ((value - b) * score.T).T

# %% right · diag · a diagonal matrix times the score
def score_gradient(z, value, b, m, logvar):
    return torch.diag(value - b) @ ((z - m) / logvar.exp())

# %% right · algebra · multiplied out
def score_gradient(z, value, b, m, logvar):
    score = (z - m) / logvar.exp()
    return value[:, None] * score - b * score

# %% right · numpy · through NumPy and back
def score_gradient(z, value, b, m, logvar):
    z, value, m, logvar = (np.asarray(t.detach()) for t in (z, value, m, logvar))
    return torch.from_numpy((value - b)[:, np.newaxis] * (z - m) / np.exp(logvar))

# %% right · sign · two minus signs
def score_gradient(z, value, b, m, logvar):
    return (b - value)[:, None] * (m - z) / torch.exp(logvar)

# %% right · matrix · a diagonal precision matrix on the right
def score_gradient(z, value, b, m, logvar):
    return (value[:, None] - b) * ((z - m) @ torch.diag(1 / logvar.exp()))

# %% right · keepdim · reshape by None and a baseline tensor
def score_gradient(z, value, b, m, logvar):
    baseline = torch.full_like(value, float(b))
    advantage = (value - baseline).reshape(len(value), 1)
    return advantage.expand_as(z).mul(z.sub(m)).div(logvar.exp())

# %% right · numeric · a tiny number in the variance
def score_gradient(z, value, b, m, logvar):
    v = logvar.exp() + 1e-10
    return (value - b)[..., None] * (z - m) / v

# %% right · columns · one dimension at a time
def score_gradient(z, value, b, m, logvar):
    out = torch.empty_like(z)
    for j in range(z.shape[1]):
        out[:, j] = (value - b) * (z[:, j] - m[j]) / logvar[j].exp()
    return out

# %% right · solve · solves with the covariance matrix
def score_gradient(z, value, b, m, logvar):
    cov = torch.diag(logvar.exp())
    score = torch.linalg.solve(cov, (z - m).T).T
    return (value - b)[:, None] * score

# %% right · distributions · variance from torch.distributions
def score_gradient(z, value, b, m, logvar):
    q = Normal(m, (logvar / 2).exp())
    return (value - b)[:, None] * (z - q.mean) / q.variance

# %% wrong · two · the baseline added and divided by the standard deviation
def score_gradient(z, value, b, m, logvar):
    std = (0.5 * logvar).exp()
    return (value + b)[:, None] * (z - m) / std

# %% wrong · two · m forgotten and no baseline
def score_gradient(z, value, b, m, logvar):
    return value[:, None] * z / logvar.exp()

# %% wrong · two · variance left out and averaged over the draws
def score_gradient(z, value, b, m, logvar):
    return ((value - b)[:, None] * (z - m)).mean(0)
