# %% wrong · spread · exp(logvar) taken for the standard deviation of the draw
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · the noise multiplied by half the log-variance, exp forgotten
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + 0.5 * logvar * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · spread · half of exp instead of exp of half
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar) / 2
    z = m + std * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · noise · the decoder gets the mean m, eps not used
def two_terms(x, A, sigma_x, m, logvar, eps):
    mean = m @ A.T
    rec = -0.5 * ((x - mean) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · noise · fresh noise drawn instead of the given one
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * torch.randn_like(eps)
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · noise · only the first draw used
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps[0]
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · noise · the KL estimated from the same draws instead of the exact one
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = (Normal(m, std).log_prob(z) - Normal(0.0, 1.0).log_prob(z)).sum(-1)
    return (rec - kl).mean(0)

# %% wrong · noise · average of log p(x,z) over the draws plus the entropy of q
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_joint = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1) + Normal(0.0, 1.0).log_prob(z).sum(-1)
    entropy = 0.5 * (math.log(2 * math.pi * math.e) + logvar).sum(-1)
    return log_joint.mean(0) + entropy

# %% wrong · spread · the squares divided by σ_x instead of σ_x²
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · spread · σ_x² given to Normal as its scale
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + (0.5 * logvar).exp() * eps
    rec = Normal(z @ A.T, sigma_x**2).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · spread · the root of σ_x given to Normal, σ_x read as a variance
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + (0.5 * logvar).exp() * eps
    rec = Normal(z @ A.T, sigma_x.sqrt()).log_prob(x).sum(-1).mean(0)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)
    return rec - kl

# %% wrong · power · σ_x not squared in the logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · the constants left out, as in a loss
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = -((x - z @ A.T) ** 2).sum(-1).mean(0) / (2 * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · term · log 2π left out, log σ_x² kept
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + 2 * torch.log(sigma_x)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · term · log 2π kept, log σ_x² left out
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    D = x.shape[1]
    sq = ((x - z @ A.T) ** 2).sum(-1) / (2 * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return -sq.mean(0) - D / 2 * math.log(2 * math.pi) - kl

# %% wrong · count · the logarithm subtracted once and not D times
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    sq = ((x - z @ A.T) ** 2).sum(-1) / sigma_x**2
    log_px_z = -0.5 * (sq + torch.log(2 * torch.pi * sigma_x**2))
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · count · the constant d times, for the dimensions of the code
def two_terms(x, A, sigma_x, m, logvar, eps):
    d = m.shape[1]
    z = m + torch.exp(logvar / 2) * eps
    sq = ((x - z @ A.T) ** 2).sum(-1) / sigma_x**2
    log_px_z = -0.5 * sq - d / 2 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · ½ missing in front of the squares
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    sq = ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1)
    log_px_z = -sq - 0.5 * x.shape[1] * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · ½ missing in front of the logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    sq = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = (-0.5 * sq - torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · ½ missing in front of the whole log-density
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = -((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · factor · ½ missing in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · sign · the KL added
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) + kl

# %% wrong · sign · the loss −L returned
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    nll = 0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return nll.mean(0) + kl

# %% wrong · sign · the logarithm with a plus in the log-density
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = (-0.5 * squares + 0.5 * torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · the minus in front of ½ lost in the log-density
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = 0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · sign · minus m² within the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(0.5 * logvar) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(2).mean(0)
    kld = -0.5 * torch.sum(1 + logvar + m.pow(2) - logvar.exp(), dim=1)
    return rec - kld

# %% wrong · sign · plus log v within the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 + logvar).sum(-1)
    return rec - kl

# %% wrong · unfinished · the reconstruction alone
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    return log_px_z.mean(0)

# %% wrong · reduction · the mean over the D dimensions of x
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).mean(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · reduction · the mean of the squared error only
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = x.shape[1]
    z = m + torch.exp(logvar / 2) * eps
    mse = ((x - z @ A.T) ** 2).mean(-1)
    log_px_z = -mse / (2 * sigma_x**2) - D / 2 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · reduction · the mean over the dimensions in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).mean(-1)
    return rec - kl

# %% wrong · reduction · the draws summed instead of averaged
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.sum(0) - kl

# %% wrong · reduction · one number, the KL summed over the batch too
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = -0.5 * torch.sum(1 + logvar - m.pow(2) - logvar.exp())
    return rec - kl

# %% wrong · reduction · averaged over the examples at the end
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (rec - kl).mean()

# %% wrong · form · a value for every draw, not averaged
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · form · the two terms as a pair
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec, kl

# %% wrong · order · the draws averaged before the density is taken
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = (m + torch.exp(logvar / 2) * eps).mean(0)
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z - kl

# %% wrong · log · the logarithm of the average likelihood instead of the average logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.logsumexp(0) - math.log(len(eps)) - kl

# %% wrong · log · the average of the likelihood itself, no logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    px_z = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).exp()
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return px_z.mean(0) - kl

# %% wrong · concept · importance-weighted estimate of log p(x)
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    log_w = (
        Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
        + Normal(0.0, 1.0).log_prob(z).sum(-1)
        - Normal(m, std).log_prob(z).sum(-1)
    )
    return log_w.logsumexp(0) - math.log(len(eps))

# %% wrong · concept · the expected squared error by (6.6), no draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = x.shape[1]
    error = ((x - m @ A.T) ** 2).sum(1) + logvar.exp() @ (A**2).sum(0)
    rec = -error / (2 * sigma_x**2) - D / 2 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · concept · the entropy of q added instead of the KL subtracted
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    entropy = 0.5 * (math.log(2 * math.pi * math.e) + logvar).sum(-1)
    return rec + entropy

# %% wrong · arguments · the KL from the prior to q
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    q, p = Normal(m, std), Normal(torch.zeros_like(m), torch.ones_like(m))
    z = m + std * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    return rec - kl_divergence(p, q).sum(-1)

# %% wrong · term · σ_x forgotten, taken as one
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, 1.0).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · term · the minus one missing in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - logvar).sum(-1)
    return rec - kl

# %% wrong · term · log p(z) of the draws added although the KL holds it
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    log_joint = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1) + Normal(0.0, 1.0).log_prob(z).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_joint.mean(0) - kl

# %% wrong · power · the error not squared, only its size
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    error = (x - z @ A.T).abs() / sigma_x
    log_px_z = -0.5 * (error + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · the residual summed over the dimensions and then squared
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = x.shape[1]
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T).sum(-1) ** 2 / sigma_x**2
    log_px_z = -0.5 * squares - 0.5 * D * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · power · m not squared in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · spread · standard deviation for variance in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (std + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · spread · the KL with log σ where log σ² belongs
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (std**2 + m**2 - 1 - std.log()).sum(-1)
    return rec - kl

# %% wrong · gradient · the draws detached before decoding
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = (m + torch.exp(logvar / 2) * eps).detach()
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · gradient · the width of the draw detached
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2)
    z = m + std.detach() * eps
    squares = (x - z @ A.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    return log_px_z.mean(0) - kl_divergence(Normal(m, std), Normal(0.0, 1.0)).sum(-1)

# %% wrong · gradient · A taken as data
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.data.T) ** 2 / sigma_x**2
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · gradient · NumPy throughout
def two_terms(x, A, sigma_x, m, logvar, eps):
    x, A, s, m, lv, e = (t.detach().numpy() for t in (x, A, sigma_x, m, logvar, eps))
    z = m + np.exp(lv / 2) * e
    rec = stats.norm.logpdf(x, z @ A.T, s).sum(-1).mean(0)
    return torch.from_numpy(rec - 0.5 * (np.exp(lv) + m**2 - 1 - lv).sum(-1))

# %% wrong · weights · the KL divided by the number of draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    s = eps.shape[0]
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (rec.sum(0) - kl) / s

# %% wrong · numeric · the likelihood exponentiated with an eps and logged again
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    p = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).exp()
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return torch.log(p + 1e-3).mean(0) - kl

# %% wrong · two · KL added and the ½ of the squares missing
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    sq = ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1)
    log_px_z = -sq - 0.5 * x.shape[1] * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return log_px_z.mean(0) + kl

# %% wrong · two · exp(logvar) as the standard deviation and the constants left out
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + logvar.exp() * eps
    rec = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · two · constants left out and the ½ of the KL missing
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = -0.5 * ((x - z @ A.T) ** 2).sum(-1).mean(0) / sigma_x**2
    kl = (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · two · a mean over pixels and a mean over the code
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).mean(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).mean(-1)
    return rec - kl

# %% wrong · two · σ_x taken for the variance and log v added in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    squares = (x - z @ A.T) ** 2 / sigma_x
    log_px_z = -0.5 * (squares + torch.log(2 * torch.pi * sigma_x)).sum(-1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 + logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · two · constant once instead of D times and the minus one missing in the KL
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    sse = ((x - z @ A.T) ** 2).sum(-1)
    log_px_z = -0.5 * sse / sigma_x**2 - 0.5 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (logvar.exp() + m**2 - logvar).sum(-1)
    return log_px_z.mean(0) - kl

# %% wrong · two · sum over the draws and the KL without m²
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).sum(0)
    kl = 0.5 * (logvar.exp() - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · raises · A not transposed
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A, sigma_x).log_prob(x).sum(-1).mean(0)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% wrong · raises · the average taken over the examples before the KL is subtracted
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1).mean(1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return rec - kl

# %% right · concept · distributions for everything
def two_terms(x, A, sigma_x, m, logvar, eps):
    q = Normal(m, (logvar / 2).exp())
    z = q.loc + q.scale * eps
    rec = Normal(z @ A.T, sigma_x).log_prob(x).sum(-1)
    return rec.mean(0) - kl_divergence(q, Normal(0.0, 1.0)).sum(-1)

# %% right · concept · Independent distributions
def two_terms(x, A, sigma_x, m, logvar, eps):
    q = Independent(Normal(m, torch.exp(0.5 * logvar)), 1)
    prior = Independent(Normal(torch.zeros_like(m), torch.ones_like(m)), 1)
    z = m + torch.exp(0.5 * logvar) * eps
    likelihood = Independent(Normal(torch.einsum("Dd,snd->snD", A, z), sigma_x), 1)
    return torch.mean(likelihood.log_prob(x), dim=0) - kl_divergence(q, prior)

# %% right · order · the KL subtracted from every draw and then averaged
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + logvar.exp().sqrt() * eps
    log_px_z = -0.5 * ((x - z @ A.T) ** 2 / sigma_x**2 + torch.log(2 * torch.pi * sigma_x**2)).sum(-1)
    minus_kl = 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)
    return (log_px_z + minus_kl).mean(0)

# %% right · count · the constant D times outside of the sum
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = A.shape[0]
    z = m + torch.exp(logvar / 2) * eps
    error = (x[None] - z @ A.T).square().sum(2).mean(0)
    rec = -error / (2 * sigma_x**2) - D * torch.log(sigma_x) - D / 2 * math.log(2 * math.pi)
    return rec + 0.5 * torch.sum(1 + logvar - m.pow(2) - logvar.exp(), dim=1)

# %% right · reduction · a loop over the draws
def two_terms(x, A, sigma_x, m, logvar, eps):
    std, total = torch.exp(logvar / 2), 0
    for e in eps:
        mean = (m + std * e) @ A.T
        total = total - 0.5 * ((x - mean) / sigma_x).pow(2).sum(1)
    const = x.shape[1] * 0.5 * torch.log(2 * torch.pi * sigma_x**2)
    kl = 0.5 * (std**2 + m**2 - 1 - logvar).sum(1)
    return total / len(eps) - const - kl

# %% right · reduction · loops over examples and draws, stacked
def two_terms(x, A, sigma_x, m, logvar, eps):
    out = []
    for i in range(len(x)):
        p = [Normal(A @ (m[i] + (logvar[i] / 2).exp() * e), sigma_x).log_prob(x[i]).sum() for e in eps[:, i]]
        kl = 0.5 * (logvar[i].exp() + m[i] ** 2 - 1 - logvar[i]).sum()
        out.append(sum(p) / len(p) - kl)
    return torch.stack(out)

# %% right · concept · a multivariate normal with σ_x² I
def two_terms(x, A, sigma_x, m, logvar, eps):
    D = x.shape[1]
    z = m + torch.exp(logvar / 2) * eps
    p = MultivariateNormal(z @ A.T, sigma_x**2 * torch.eye(D, dtype=x.dtype))
    return p.log_prob(x).mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% right · form · torch.nn.functional.linear as a decoder
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = torch.addcmul(m, torch.exp(logvar / 2), eps)
    r = (x - F.linear(z, A)) / sigma_x
    log_p = -0.5 * (r * r) - sigma_x.log() - 0.5 * math.log(2 * math.pi)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar)
    return log_p.mean(0).sum(1) - kl.sum(1)

# %% right · form · the squares multiplied out
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    G, b = A.T @ A, x @ A
    error = (x**2).sum(1) - 2 * (z * b).sum(-1) + torch.einsum("snd,de,sne->sn", z, G, z)
    rec = -0.5 * (error / sigma_x**2 + x.shape[1] * torch.log(2 * torch.pi * sigma_x**2))
    return rec.mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% right · concept · gaussian_nll_loss with the full constant
def two_terms(x, A, sigma_x, m, logvar, eps):
    mean = (m + torch.exp(logvar / 2) * eps) @ A.T
    var = sigma_x.pow(2).expand_as(mean)
    nll = F.gaussian_nll_loss(mean, x.expand_as(mean), var, full=True, reduction="none")
    return -nll.sum(-1).mean(0) - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)

# %% right · reduction · einsum for sum and mean in one
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + torch.exp(logvar / 2) * eps
    r = x - torch.einsum("snd,Dd->snD", z, A)
    rec = -torch.einsum("snD,snD->n", r, r) / (2 * sigma_x**2 * len(eps))
    rec = rec - x.shape[1] / 2 * torch.log(2 * torch.pi * sigma_x**2)
    return rec - torch.einsum("nd->n", logvar.exp() + m**2 - 1 - logvar) / 2

# %% right · spread · helper for a Gaussian log-density by its log-variance
def log_normal(x, mean, lv):
    return -0.5 * (math.log(2 * math.pi) + lv + (x - mean) ** 2 / lv.exp()).sum(-1)
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m + eps * torch.exp(logvar / 2)
    rec = log_normal(x, z @ A.mT, 2 * sigma_x.log()).mean(0)
    return rec - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% right · numeric · a tiny stabiliser under the squares and in the logarithm
def two_terms(x, A, sigma_x, m, logvar, eps):
    std = torch.exp(logvar / 2) + 1e-10
    var = sigma_x**2 + 1e-10
    z = m + std * eps
    rec = -0.5 * ((x - z @ A.T) ** 2 / var + torch.log(2 * torch.pi * var)).sum(-1).mean(0)
    return rec - 0.5 * (std**2 + m**2 - 1 - 2 * std.log()).sum(-1)

# %% right · order · the axes moved so that the draws come last
def two_terms(x, A, sigma_x, m, logvar, eps):
    z = m[..., None] + torch.exp(logvar / 2)[..., None] * eps.permute(1, 2, 0)
    r = (x[..., None] - A @ z) / sigma_x
    rec = -0.5 * (r**2).sum(1).mean(-1) - 0.5 * len(A) * torch.log(2 * torch.pi * sigma_x**2)
    return rec - 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)
