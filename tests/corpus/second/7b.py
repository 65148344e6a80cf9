# %% wrong · reduction · error repaired with half a sum over pixels, the KL still sums over all examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · factor · both sums repaired, the half in front of the squared error is missing
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return (error + kl).mean()

# %% wrong · reduction · only the KL repaired to a mean over examples, mse_loss left as it is
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return error + kl.mean()

# %% wrong · reduction · KL repaired and a half given to mse_loss, which still averages over pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1).mean()
    return error + kl

# %% wrong · reduction · both terms summed over everything, with the half, no mean over examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · two · reduction sum in mse_loss only, so the half and the division by n are both missing
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · factor · total of both divided by n, the half of the error is missing
def minus_bound(x, mu, m, logvar):
    error = F.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return (error + kl) / len(x)

# %% wrong · reduction · everything averaged over both axes
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.mean(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · two · sum replaced by mean in the KL and nothing else
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.mean(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · reduction · error right, the KL averaged over the code dimensions
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(1)
    return (error + kl).mean()

# %% wrong · unfinished · only the lost half was put back
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · unfinished · the snippet as given, rewritten with other calls
def minus_bound(x, mu, m, logvar):
    error = ((mu - x) ** 2).mean()
    kl = 0.5 * (m**2 + logvar.exp() - 1 - logvar).sum()
    return error + kl

# %% wrong · reduction · mse_loss times D and a half, but the KL left as a total
def minus_bound(x, mu, m, logvar):
    D = x.shape[1]
    error = torch.nn.functional.mse_loss(mu, x) * D / 2
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · count · mse_loss multiplied by the number of examples in place of pixels
def minus_bound(x, mu, m, logvar):
    n = x.shape[0]
    error = 0.5 * n * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / n
    return error + kl

# %% wrong · factor · the ratio of the terms is right, but all is divided by D
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / x.numel()
    return error + kl

# %% wrong · two · the KL divided by all numbers of x and the half not restored
def minus_bound(x, mu, m, logvar):
    n, D = x.shape
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl / (n * D)

# %% wrong · reduction · returns one value per example
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return error + kl

# %% wrong · form · returns loss, error and KL as a tuple
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl, error, kl

# %% wrong · sign · returns the bound, not minus the bound
def minus_bound(x, mu, m, logvar):
    log_px = -0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (log_px - kl).mean()

# %% wrong · sign · the KL is subtracted from the error
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)
    return (error - kl).mean()

# %% wrong · sign · the minus in front of the half of the KL got lost
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.sum((x - mu) ** 2, dim=1)
    kl = 0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return torch.mean(error + kl)

# %% wrong · factor · sums right, but the half of the KL was removed
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = (m**2 + logvar.exp() - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · factor · neither term has its half, so twice the loss
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(dim=1)
    penalty = (logvar.exp() - (1 + logvar) + m**2).sum(dim=1)
    return (error + penalty).mean()

# %% wrong · factor · halves once in the error and once more around the whole loss
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return 0.5 * (error + kl).mean()

# %% wrong · factor · the half of the error is applied twice
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1) / 2
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · spread · the repaired KL takes exp of half the log-variance as the variance
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - torch.exp(logvar / 2)).sum(1)
    return (error + kl).mean()

# %% wrong · spread · reads logvar as the logarithm of the standard deviation
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + 2 * logvar - m**2 - (2 * logvar).exp()).sum(1)
    return (error + kl).mean()

# %% wrong · spread · squares exp of logvar, taking it for a standard deviation
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (logvar.exp() ** 2 + m**2 - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · spread · Normal gets the variance as its standard deviation
def minus_bound(x, mu, m, logvar):
    q = Normal(m, logvar.exp())
    kl = kl_divergence(q, Normal(torch.zeros_like(m), torch.ones_like(m))).sum(1)
    error = 0.5 * ((x - mu) ** 2).sum(1)
    return (error + kl).mean()

# %% wrong · axis · sums over the examples in both terms, then averages over what is left of each
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(0)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(0)
    return error.mean() + kl.mean()

# %% wrong · axis · the KL is summed over examples and averaged over dimensions
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.sum((x - mu) ** 2, 1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), 0).mean()
    return error + kl

# %% wrong · axis · the error is summed over examples and averaged over pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.sum((x - mu) ** 2, dim=0).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=-1).mean()
    return error + kl

# %% wrong · count · the totals are divided by the number of pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum()
    return (error + kl) / x.shape[1]

# %% wrong · count · the KL total is divided by the code dimensions, the error by the examples
def minus_bound(x, mu, m, logvar):
    n, d = m.shape
    error = 0.5 * ((x - mu) ** 2).sum() / n
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum() / d
    return error + kl

# %% wrong · term · the constant was put in although the task leaves it out
def minus_bound(x, mu, m, logvar):
    log_px_z = Normal(mu, 1.0).log_prob(x).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return -(log_px_z - kl).mean()

# %% wrong · term · the constant was subtracted twice, once by leaving it out and once by hand
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean() - x.shape[1] / 2 * math.log(2 * math.pi)

# %% wrong · term · the KL without its 1
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (m**2 + logvar.exp() - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · term · the KL without the squared means
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · power · the mean in the KL is not squared
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · sign · the logarithm of the variance enters the KL with a plus
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (m**2 + logvar.exp() - 1 + logvar).sum(1)
    return (error + kl).mean()

# %% wrong · sign · the bracket of the KL has plus m squared
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1) / 2
    kl = -0.5 * (1 + logvar + m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · power · takes the length of the error in place of its square
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.linalg.norm(x - mu, dim=1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · concept · absolute error for squared error
def minus_bound(x, mu, m, logvar):
    error = F.l1_loss(mu, x, reduction="sum") / len(x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / len(x)
    return error + kl

# %% wrong · concept · cross-entropy with mu as logits in place of the Gaussian error
def minus_bound(x, mu, m, logvar):
    error = F.binary_cross_entropy_with_logits(mu, x, reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · concept · uses the best noise of the batch where it should be 1
def minus_bound(x, mu, m, logvar):
    squared = ((x - mu) ** 2).sum(1)
    s2 = ((x - mu) ** 2).mean().detach()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (squared / (2 * s2) + kl).mean()

# %% wrong · concept · the KL in the other direction, from prior to q
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    q = Normal(m, (0.5 * logvar).exp())
    p = Normal(torch.zeros_like(m), torch.ones_like(m))
    return (error + kl_divergence(p, q).sum(1)).mean()

# %% wrong · unfinished · the KL was taken out to stop the collapse
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    return error.mean()

# %% wrong · concept · keeps the means and puts the small factor of the collection on the KL
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = torch.mean(-0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1))
    return error + 0.00025 * kl

# %% wrong · concept · a warm-up factor of a tenth before the KL against the collapse
def minus_bound(x, mu, m, logvar):
    beta = 0.1
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + beta * kl).mean()

# %% wrong · gradient · the decoder's mean is detached in the error
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu.detach()) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · gradient · the variance is computed from a detached logvar
def minus_bound(x, mu, m, logvar):
    v = logvar.detach().exp()
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (v + m**2 - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · gradient · returns a plain float by item
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean().item()

# %% wrong · gradient · computes the KL in NumPy
def minus_bound(x, mu, m, logvar):
    a, b = m.detach().numpy(), logvar.detach().numpy()
    kl = 0.5 * (np.exp(b) + a**2 - 1 - b).sum(1).mean()
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    return error + float(kl)

# %% wrong · broadcast · the error per example and the KL per example are added to an n by n table
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1, keepdim=True)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).sum() / len(x)

# %% wrong · two · half missing in the error and the KL still a total
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · two · the half moved from the KL to the error and the pixels averaged
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).mean(1)
    kl = -(1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · two · per example squared error averaged over pixels and the KL averaged over the code, half lost
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).mean(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(1)
    return (error + kl).mean()

# %% wrong · numeric · clamps logvar from below at zero to keep the noise alive
def minus_bound(x, mu, m, logvar):
    logvar = logvar.clamp(min=0)
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · concept · every dimension pays at least half a nat, as with free bits
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = (-0.5 * (1 + logvar - m**2 - logvar.exp())).clamp(min=0.5).sum(1)
    return (error + kl).mean()

# %% wrong · raises · measures the error between x and the code m
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - m) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - mu**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · raises · asks mse_loss for a dim
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x, dim=1)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return (error + kl).mean()

# %% right · factor · the given snippet rescaled by D over two and by n
def minus_bound(x, mu, m, logvar):
    n, D = x.shape
    error = D / 2 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / n
    return error + kl

# %% right · reduction · reduction sum and one division by n at the end
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return (error + kl) / x.shape[0]

# %% right · concept · torch.distributions for both terms, the constant taken off
def minus_bound(x, mu, m, logvar):
    log_px = Independent(Normal(mu, torch.ones_like(mu)), 1).log_prob(x)
    q = Independent(Normal(m, (logvar / 2).exp()), 1)
    p = Independent(Normal(torch.zeros_like(m), torch.ones_like(m)), 1)
    const = x.shape[1] / 2 * math.log(2 * math.pi)
    return -(log_px - kl_divergence(q, p)).mean() - const

# %% right · concept · the KL from torch.distributions and the error by hand
def minus_bound(x, mu, m, logvar):
    std = logvar.mul(0.5).exp()
    kl = kl_divergence(Normal(m, std), Normal(0.0 * m, 0.0 * m + 1.0))
    sq = (mu - x).pow(2)
    return (sq.sum(-1) / 2 + kl.sum(-1)).mean()

# %% right · reduction · einsum for the squares
def minus_bound(x, mu, m, logvar):
    r = x - mu
    squares = torch.einsum("ij,ij->", r, r) + torch.einsum("ij,ij->", m, m)
    rest = (logvar.exp() - 1 - logvar).sum()
    return (squares + rest) / (2 * len(x))

# %% right · reduction · Python loop over the examples
def minus_bound(x, mu, m, logvar):
    total = 0
    for i in range(len(x)):
        total = total + 0.5 * torch.dot(x[i] - mu[i], x[i] - mu[i])
        total = total + 0.5 * torch.sum(logvar[i].exp() + m[i] ** 2 - 1 - logvar[i])
    return total / len(x)

# %% right · log · expm1 in the KL
def minus_bound(x, mu, m, logvar):
    error = (x - mu).square().sum(1)
    kl2 = (torch.expm1(logvar) - logvar + m.square()).sum(1)
    return 0.5 * (error + kl2).mean()

# %% right · reduction · means over examples first, then sums over dimensions
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).mean(0).sum()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(0).sum()
    return error + kl

# %% right · concept · KL as minus the entropy of q minus the mean log prior
def minus_bound(x, mu, m, logvar):
    v = logvar.exp()
    entropy = 0.5 * (math.log(2 * math.pi) + 1 + logvar).sum(1)
    cross = 0.5 * (math.log(2 * math.pi) + m**2 + v).sum(1)
    error = 0.5 * ((x - mu) ** 2).sum(1)
    return (error + cross - entropy).mean()

# %% right · power · norms from linalg, squared again
def minus_bound(x, mu, m, logvar):
    error = torch.linalg.vector_norm(x - mu, dim=1) ** 2 / 2
    kl = torch.linalg.vector_norm(m, dim=1) ** 2 / 2 + 0.5 * (logvar.exp() - logvar - 1).sum(1)
    return error.mean() + kl.mean()

# %% right · reduction · sums by a product with ones
def minus_bound(x, mu, m, logvar):
    ones_D, ones_d = torch.ones_like(x[0]), torch.ones_like(m[0])
    error = ((x - mu) ** 2) @ ones_D
    kl = (m * m + logvar.exp() - logvar - 1) @ ones_d
    return (error + kl).mean() / 2

# %% right · spread · through the standard deviation
def minus_bound(x, mu, m, logvar):
    std = torch.exp(0.5 * logvar)
    kl = (-torch.log(std) + (std**2 + m**2) / 2 - 0.5).sum(dim=1)
    rec = F.mse_loss(mu, x, reduction="none").sum(dim=1) / 2
    return torch.mean(rec + kl, dim=0)

# %% right · form · helper functions for the two terms
def recon(x, mu):
    return 0.5 * torch.cdist(x[:, None], mu[:, None]).squeeze().pow(2)

def kl_term(m, logvar):
    return 0.5 * torch.stack([logvar.exp(), m**2, -logvar, -torch.ones_like(m)]).sum((0, 2))

def minus_bound(x, mu, m, logvar):
    return recon(x, mu).mean() + kl_term(m, logvar).mean()

# %% right · concept · gaussian_nll_loss with variance one and half its sum
def minus_bound(x, mu, m, logvar):
    nll = F.gaussian_nll_loss(mu, x, torch.ones_like(x), reduction="sum") / len(x)
    kl = -0.5 * (1 + logvar - m.pow(2) - logvar.exp()).sum(dim=-1)
    return nll + kl.mean()

# %% right · numeric · a tiny stabiliser in the logarithm of the variance
def minus_bound(x, mu, m, logvar):
    var = logvar.exp()
    kl = 0.5 * torch.sum(var + m**2 - 1 - torch.log(var + 1e-10), dim=1)
    err = 0.5 * torch.sum(torch.square(mu - x), dim=1)
    return torch.mean(err) + torch.mean(kl)

# %% wrong · two · half of the error missing and the KL averaged over the code
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(1)
    return (error + kl).mean()

# %% wrong · two · half of the error missing and the half of the KL doubled up in the exponent
def minus_bound(x, mu, m, logvar):
    error = F.mse_loss(mu, x, reduction="none").sum(1).mean()
    kl = -0.5 * (1 + logvar - m**2 - (0.5 * logvar).exp()).sum(1).mean()
    return error + kl
