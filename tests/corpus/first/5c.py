# %% wrong · sign · the KL is added
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) + kl

# %% wrong · sign · the loss, minus L
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    nll = 0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return nll.mean(0) + kl

# %% wrong · spread · exp(logvar) times the noise
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · logvar itself times the noise
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + logvar * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · exp(2 logvar) by a wrong half
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(2 * logvar) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · error divided by sigma_x and not by its square
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · log(2π sigma_x) without the square
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · sigma_x taken as a variance in both places
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x + torch.log(2 * torch.pi * sigma_x)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · Normal is given the variance as its scale
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x**2).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · the KL without its ½
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · the log-likelihood without its ½
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · the ½ does not reach the constant
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = (-0.5 * (x - z @ A.T) ** 2 / sigma_x**2 - torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · the ½ only on the constant and not on the squares
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -((x - z @ A.T) ** 2 / sigma_x**2 + 0.5 * torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · constant forgotten altogether
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · 2π forgotten, log sigma kept
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1) - x.shape[1] * torch.log(sigma_x)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · log sigma forgotten, 2π kept
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + math.log(2 * math.pi)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · count · the constant once for each example and not for each dimension
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1) - 0.5 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · count · the constant times d, the dimensions of z, in place of D
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = ((x - z @ A.T) ** 2).sum(-1) / sigma_x**2
    log_px_z = -0.5 * (squares + m.shape[-1] * torch.log(2 * torch.pi * sigma_x**2))
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · count · the constant times n, since len(x) was taken for D
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = ((x - z @ A.T) ** 2).sum(-1) / sigma_x**2
    log_px_z = -0.5 * squares - 0.5 * len(x) * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · the normalising constant is added
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = (-0.5 * (x - z @ A.T) ** 2 / sigma_x**2 + 0.5 * torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · the sign of logvar in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 + logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · the noise is subtracted
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m - torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · the −0.5 form of the KL is subtracted without its minus
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)

# %% wrong · term · the KL is left out
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    return log_px_z.mean(0)

# %% wrong · term · −1 is missing from the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · the KL has no m²
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · m for m² in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · the absolute error in place of its square
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T).abs() / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · sum over the dimensions before the square
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T).sum(-1) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + x.shape[1] * torch.log(2 * torch.pi * sigma_x**2))
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · sigma_x to the fourth
def two_terms(x, A, sigma_x, m, logvar, eps):
    var = sigma_x**2
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / var**2 + torch.log(2 * torch.pi * var)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · multiplied by the noise variance instead of divided
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 * sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · reduction · mean over the D dimensions
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).mean(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · reduction · mean over the d dimensions in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).mean(-1)
    return log_px_z.mean(0) - kl

# %% wrong · reduction · sum over the draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.sum(0) - kl

# %% wrong · reduction · sum over the draws of both terms
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (log_px_z - kl).sum(0)

# %% wrong · reduction · draws are not averaged
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · reduction · mean over the examples as well, one number
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (log_px_z.mean(0) - kl).mean()

# %% wrong · reduction · the KL is summed over the batch and taken from every example
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = -0.5 * torch.sum(1 + logvar - m.pow(2) - logvar.exp())
    return log_px_z.mean(0) - kl

# %% wrong · reduction · the noise is averaged before it is used
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps.mean(0)
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · reduction · the reconstructions are averaged before the square
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    x_hat = (z @ A.T).mean(0)
    log_px_z = Normal(x_hat, sigma_x).log_prob(x).sum(-1)
    return log_px_z - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · axis · averaged over the examples, a value for each draw
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (log_px_z - kl).mean(1)

# %% wrong · axis · mean over the last axis and sum over the draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_p = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2))
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_p.sum(0).mean(-1) - kl

# %% wrong · concept · a log-sum-exp over the draws, as in an importance bound
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.logsumexp(0) - math.log(len(eps)) - kl

# %% wrong · concept · the KL is estimated from the draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = (0.5 * z**2 - 0.5 * eps**2 - 0.5 * logvar).sum(-1)
    return (log_px_z - kl).mean(0)

# %% wrong · concept · KL from the prior to q
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * ((1 + m**2) / logvar.exp() - 1 + logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · concept · the exact expected square by (6.6), no draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    squares = ((x - m @ A.T) ** 2).sum(-1) + logvar.exp() @ (A**2).sum(0)
    log_px_z = -0.5 * (squares / sigma_x**2 + x.shape[1] * torch.log(2 * torch.pi * sigma_x**2))
    return log_px_z - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · concept · the exact log p(x) of the linear model
def two_terms(x, A, sigma_x, m, logvar, eps):
    cov = A @ A.T + sigma_x**2 * torch.eye(A.shape[0], dtype=A.dtype)
    zero = torch.zeros(A.shape[0], dtype=A.dtype)
    return MultivariateNormal(zero, cov).log_prob(x) + 0 * (m.sum() + logvar.sum())

# %% wrong · noise · no noise, z at its mean
def two_terms(x, A, sigma_x, m, logvar, eps):
    log_px_z = Normal(m @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · noise · draws from the prior, eps as z
def two_terms(x, A, sigma_x, m, logvar, eps):
    log_px_z = -0.5 * ((x - eps @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · noise · fresh noise is drawn instead of the given one
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * torch.randn_like(eps)
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · noise · only the first draw is used
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps[0]
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · noise · the first example's noise for all of them
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps[:, :1]
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · noise · the decoder's noise is put on z as well
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps * sigma_x
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · gradient · z is detached
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = (m + torch.exp(logvar / 2) * eps).detach()
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · gradient · the KL is computed under no_grad
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    with torch.no_grad():
        kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · gradient · std is made from logvar.data
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar.data / 2)
    z = m + std * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · gradient · the decoder's matrix is detached
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.detach().T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · form · a pair of the two terms
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0), kl

# %% wrong · log · log10 in the constant
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log10(2 * torch.pi * sigma_x**2)).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · log · the likelihood itself in place of its logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).exp()
    return px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · log · densities are summed over the dimensions before the logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).logsumexp(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · weights · the KL is weighed by d over D
def two_terms(x, A, sigma_x, m, logvar, eps):
    beta = m.shape[1] / x.shape[1]
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - beta * 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · count · the draws are divided by s − 1
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.sum(0) / max(len(eps) - 1, 1) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · term · one half times D log 2π but the width fixed to one
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, torch.ones_like(sigma_x)).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · spread · exp(logvar) as deviation in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    prior = Normal(torch.zeros_like(m), torch.ones_like(m))
    return log_px_z.mean(0) - kl_divergence(Normal(m, logvar.exp()), prior).sum(-1)

# %% wrong · spread · standard deviation for variance in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(0.5 * logvar)
    log_px_z = Normal((m + std * eps) @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (std + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · unfinished · only the KL is returned, with a minus
def two_terms(x, A, sigma_x, m, logvar, eps):
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return -kl

# %% wrong · unfinished · squared error minus KL, as a start
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    error = ((x - z @ A.T) ** 2).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return -error - kl

# %% wrong · two · exp(logvar) as deviation and the KL added
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + logvar.exp() * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) + 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · two · constant forgotten and sigma_x not squared
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · two · means over dimensions in both terms
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).mean(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).mean(-1)

# %% wrong · two · ½ of the KL and the constant lost
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -((x - z @ A.T) ** 2 / (2 * sigma_x**2)).sum(-1)
    return log_px_z.mean(0) - (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · two · mse_loss over everything and the KL summed over everything
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    x_hat = z @ A.T
    error = F.mse_loss(x_hat, x.expand_as(x_hat))
    kl = -0.5 * torch.sum(1 + logvar - m.pow(2) - logvar.exp())
    return -error - kl

# %% wrong · two · no noise and the constant once only
def two_terms(x, A, sigma_x, m, logvar, eps):
    squares = ((x - m @ A.T) ** 2).sum(-1) / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2))
    return log_px_z - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · raises · z times A without the transpose
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · raises · A applied from the left to all draws at once
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(A @ z, sigma_x).log_prob(x).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · distributions · Normal and kl_divergence
def two_terms(x, A, sigma_x, m, logvar, eps):
    q = Normal(m, torch.exp(0.5 * logvar))
    z = q.loc + q.scale * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    return rec - kl_divergence(q, Normal(torch.zeros_like(m), torch.ones_like(m))).sum(-1)

# %% right · einsum · reconstructions by einsum
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + logvar.mul(0.5).exp() * eps
    r = (x - torch.einsum("snd,kd->snk", z, A)) / sigma_x
    log_p = -0.5 * torch.einsum("snk,snk->sn", r, r) - x.shape[1] * (sigma_x.log() + 0.5 * math.log(2 * math.pi))
    return log_p.mean(0) + 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)

# %% right · loop · one draw after another
def two_terms(x, A, sigma_x, m, logvar, eps):
    std, total = torch.exp(logvar / 2), 0
    for e in eps:
        total = total + Normal((m + std * e) @ A.T, sigma_x).log_prob(x).sum(1)
    return total / len(eps) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% right · loop · one example after another, stacked
def two_terms(x, A, sigma_x, m, logvar, eps):
    out = []
    for i in range(len(x)):
        z = m[i] + torch.exp(logvar[i] / 2) * eps[:, i]
        rec = Normal(z @ A.T, sigma_x).log_prob(x[i]).sum(1).mean()
        out.append(rec - 0.5 * (logvar[i].exp() + m[i] ** 2 - 1 - logvar[i]).sum())
    return torch.stack(out)

# %% right · multivariate · a MultivariateNormal with a scaled identity
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    eye = torch.eye(x.shape[1], dtype=x.dtype)
    log_p = MultivariateNormal(z @ A.T, scale_tril=sigma_x * eye).log_prob(x)
    return log_p.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · algebra · averages of the squares first, constant once with D
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = A.shape[0]
    z = m + torch.exp(logvar / 2) * eps
    square = ((x - z @ A.T) ** 2).mean(0).sum(-1)
    rec = -square / (2 * sigma_x**2) - D / 2 * torch.log(2 * torch.pi * sigma_x**2)
    return rec - (torch.expm1(logvar) - logvar + m * m).sum(-1) / 2

# %% right · linear · F.linear for the decoder and gaussian_nll_loss
def two_terms(x, A, sigma_x, m, logvar, eps):
    mean = F.linear(m + torch.exp(logvar / 2) * eps, A)
    var = (sigma_x**2).expand(mean.shape)
    nll = F.gaussian_nll_loss(mean, x.expand_as(mean), var, full=True, reduction="none")
    return -nll.sum(-1).mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · split · mean and noise decoded apart
def two_terms(x, A, sigma_x, m, logvar, eps):
    still = x - m @ A.T
    moved = (eps * torch.exp(logvar / 2)) @ A.T
    squares = ((still - moved) / sigma_x).square() + 2 * sigma_x.log() + math.log(2 * math.pi)
    return -0.5 * squares.sum(2).mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% right · per draw · the KL subtracted from every draw before the mean
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar).sqrt() * eps
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (Normal(z @ A.T, sigma_x).log_prob(x).sum(-1) - kl).mean(dim=0)

# %% right · float32 · single precision inside
def two_terms(x, A, sigma_x, m, logvar, eps):
    X, B, s, M, L, E = (t.float() for t in (x, A, sigma_x, m, logvar, eps))
    rec = Normal((M + torch.exp(L / 2) * E) @ B.T, s).log_prob(X).sum(-1).mean(0)
    return (rec - 0.5 * (L.exp() + M**2 - 1 - L).sum(-1)).to(x.dtype)

# %% right · stabiliser · 1e-10 added to the noise variance
def two_terms(x, A, sigma_x, m, logvar, eps):
    var = sigma_x**2 + 1e-10
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1)
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · entropies · expected log p(z) by formula and the entropy of q
def two_terms(x, A, sigma_x, m, logvar, eps):
    c = math.log(2 * math.pi)
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    log_prior = -0.5 * (c + m**2 + logvar.exp()).sum(-1)
    return rec + log_prior + 0.5 * (c + 1 + logvar).sum(-1)

# %% right · Independent · distributions over vectors
def two_terms(x, A, sigma_x, m, logvar, eps):
    q = Independent(Normal(m, torch.exp(logvar / 2)), 1)
    prior = Independent(Normal(torch.zeros_like(m), torch.ones_like(m)), 1)
    p = Independent(Normal((q.mean + q.stddev * eps) @ A.T, sigma_x), 1)
    return p.log_prob(x).mean(0) - kl_divergence(q, prior)

# %% right · cdist-free algebra · the square multiplied out
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    mean = z @ A.T
    square = (x**2).sum(-1) - 2 * (x * mean).sum(-1) + (mean**2).sum(-1)
    log_px_z = -0.5 * square / sigma_x**2 - 0.5 * x.shape[-1] * (2 * torch.pi * sigma_x**2).log()
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · reshape · all draws and examples in one long matrix
def two_terms(x, A, sigma_x, m, logvar, eps):
    s, n, d = eps.shape
    z = (m + torch.exp(logvar / 2) * eps).reshape(s * n, d)
    log_p = Normal((A @ z.T).T, sigma_x).log_prob(x.repeat(s, 1)).sum(1).reshape(s, n)
    return log_p.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% wrong · two · the noise scaled by exp(logvar) and the constant once only
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar) * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1) - torch.log(2 * torch.pi * sigma_x**2) / 2
    return log_px_z.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · two · draws summed and the sign of the KL turned
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return log_px_z.sum(0) + 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · factor · the whole bound is halved by a bracket
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return -0.5 * (squares + kl)
