# %% wrong · unfinished · left as given
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · unfinished · the error is repaired, the KL still sums over the examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · unfinished · the KL is repaired, the error stays a mean over pixels without the ½
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return error + kl.mean()

# %% wrong · factor · axes are right, the ½ before the squared error is still missing
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · reduction · everything summed over the examples too
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · reduction · means over everything in both terms
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x)
    kl = -0.5 * torch.mean(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · factor · adds the ½ to the mean over pixels and repairs the KL, error still a mean
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl

# %% wrong · reduction · mse_loss with reduction sum is not divided by the examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl

# %% wrong · two · reduction sum in the error, the ½ lost, all divided by n
def minus_bound(x, mu, m, logvar):
    error = F.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return (error + kl) / len(x)

# %% wrong · unfinished · KL averaged over examples and code by mean
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.mean(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · form · the mean over examples is forgotten
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return error + kl

# %% wrong · sign · returns L and not minus L
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return -(error + kl).mean()

# %% wrong · sign · subtracts the KL
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error - kl).mean()

# %% wrong · sign · the minus before the KL's ½ is lost
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · axis · sums over the examples and averages over dimensions
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(0)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(0)
    return error.mean() + kl.mean()

# %% wrong · axis · sums the KL over the examples and averages over the code
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(0).mean()
    return error + kl

# %% wrong · axis · sums the error over the examples and averages over pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(0).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl

# %% wrong · factor · the ½ before the KL is taken away as well
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -(1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · factor · a ½ too many around the sum of both
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return 0.5 * (error + kl).mean()

# %% wrong · factor · the ½ stands before the bracket where the KL has one already
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return 0.5 * (error + kl).mean()

# %% wrong · term · the 1 in the KL is dropped
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · term · the log-variance is dropped in the KL
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (logvar.exp() + m**2 - 1).sum(1)
    return (error + kl).mean()

# %% wrong · term · the square of m is dropped in the KL
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * (logvar.exp() - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · spread · exp of half the log-variance in the KL
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * ((logvar / 2).exp() + m**2 - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% wrong · spread · takes logvar for the log of the standard deviation
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * ((2 * logvar).exp() + m**2 - 1 - 2 * logvar).sum(1)
    return (error + kl).mean()

# %% wrong · power · m is not squared
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · arguments · the decoder's mean stands in the KL's place of m, as a sum of squares
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - logvar.exp()).sum(1) + 0.5 * (mu**2).sum(1)
    return (error + kl).mean()

# %% wrong · term · the constant is added
def minus_bound(x, mu, m, logvar):
    error = -Normal(mu, 1.0).log_prob(x).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · power · the norm for the squared norm
def minus_bound(x, mu, m, logvar):
    error = 0.5 * (x - mu).norm(dim=1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · power · absolute errors for squared ones
def minus_bound(x, mu, m, logvar):
    error = 0.5 * (x - mu).abs().sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · factor · multiplies the mean by the number of examples instead of pixels
def minus_bound(x, mu, m, logvar):
    n = x.shape[0]
    error = 0.5 * n * F.mse_loss(mu, x)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl

# %% wrong · factor · multiplies mse by D but keeps no ½
def minus_bound(x, mu, m, logvar):
    D = x.shape[1]
    error = D * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / len(x)
    return error + kl

# %% wrong · count · divides the KL by d as well as by n
def minus_bound(x, mu, m, logvar):
    n, d = m.shape
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / (n * d)
    return error + kl

# %% wrong · count · divides the KL by the number of pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / x.shape[1]
    return error + kl

# %% wrong · factor · divides all by n D, as the usual repair of the KL in public code
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / x.numel()
    return error + kl

# %% wrong · factor · only divides the KL by n D so that the weights are nearly right
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp()) / (len(x) * x.shape[1])
    return error + kl

# %% wrong · unfinished · removes the collapse by the magic factor
def minus_bound(x, mu, m, logvar):
    error = torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1).mean()
    return error + 0.00025 * kl

# %% wrong · unfinished · adds the ½ only
def minus_bound(x, mu, m, logvar):
    error = 0.5 * torch.nn.functional.mse_loss(mu, x)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return error + kl

# %% wrong · axis · the error sums over the pixels, the KL has no sum at all before the mean
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp())
    return error.mean() + kl.mean()

# %% wrong · axis · the KL averages over the code for each example
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(1)
    return (error + kl).mean()

# %% wrong · axis · the error averages over the pixels for each example
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).mean(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · axis · per-example error plus a KL summed over all examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum()
    return (error + kl).mean()

# %% wrong · term · the KL is counted twice
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl + kl).mean()

# %% wrong · term · the KL is left out since it causes the collapse
def minus_bound(x, mu, m, logvar):
    return 0.5 * ((x - mu) ** 2).sum(1).mean()

# %% wrong · term · only the KL is returned
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return kl

# %% wrong · numeric · logvar is clamped from below at 0
def minus_bound(x, mu, m, logvar):
    logvar = logvar.clamp(min=0)
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · numeric · the KL is clamped at half a nat a dimension
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp())
    return (error + kl.clamp(min=0.5).sum(1)).mean()

# %% wrong · gradient · the encoder's outputs are detached in the KL
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    m, logvar = m.detach(), logvar.detach()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · gradient · returned as a number by item
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean().item()

# %% wrong · form · returns loss, error and KL as public code does
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1).mean()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl, error, kl

# %% wrong · concept · cross-entropy for the squared error
def minus_bound(x, mu, m, logvar):
    error = F.binary_cross_entropy_with_logits(mu, torch.sigmoid(x), reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · concept · the KL the other way round
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = 0.5 * ((1 + m**2) / logvar.exp() - 1 + logvar).sum(1)
    return (error + kl).mean()

# %% wrong · spread · Normal is given logvar's exp as the scale
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    q = Normal(m, logvar.exp())
    kl = kl_divergence(q, Normal(torch.zeros_like(m), torch.ones_like(m))).sum(1)
    return (error + kl).mean()

# %% wrong · arguments · the KL with prior and posterior exchanged in kl_divergence
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    q, p = Normal(m, (logvar / 2).exp()), Normal(torch.zeros_like(m), torch.ones_like(m))
    return (error + kl_divergence(p, q).sum(1)).mean()

# %% wrong · two · no ½ in the error and the KL a mean over the code
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(-1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(-1)
    return (error + kl).mean()

# %% wrong · two · sign of the KL and no ½ in the error
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(-1)
    kl = 0.5 * (1 + logvar - m**2 - logvar.exp()).sum(-1)
    return (error + kl).mean()

# %% wrong · two · ½ lost in both terms
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(-1)
    kl = (logvar.exp() + m**2 - 1 - logvar).sum(-1)
    return (error + kl).mean()

# %% wrong · two · both terms summed over all, then divided by D
def minus_bound(x, mu, m, logvar):
    D = x.shape[1]
    error = ((x - mu) ** 2).sum() / 2
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return (error + kl) / D

# %% wrong · power · the squared error is a square of the sum
def minus_bound(x, mu, m, logvar):
    error = 0.5 * (x - mu).sum(1) ** 2
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · power · m squared after the sum
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * ((1 + logvar - logvar.exp()).sum(1) - m.sum(1) ** 2)
    return (error + kl).mean()

# %% wrong · term · the bracket closes early and the 1 stands outside the sum
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + (logvar - m**2 - logvar.exp()).sum(1))
    return (error + kl).mean()

# %% wrong · spread · the error is divided by the code's variance
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1) / logvar.exp().mean(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · factor · quarter in the error since mse_loss is thought to hold a ½
def minus_bound(x, mu, m, logvar):
    error = 0.25 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · reduction · the median over the examples
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).median()

# %% wrong · concept · chooses the best σ for each batch
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    best = error.mean() / x.shape[1]
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error / (2 * best) + kl).mean()

# %% wrong · raises · kl_divergence of two tensors
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = kl_divergence(m, logvar)
    return (error + kl).mean()

# %% wrong · raises · the error per pixel is added to the KL per dimension
def minus_bound(x, mu, m, logvar):
    error = 0.5 * (x - mu) ** 2
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp())
    return (error + kl).sum(1).mean()

# %% right · sums · divided by the number of examples at the end
def minus_bound(x, mu, m, logvar):
    error = 0.5 * F.mse_loss(mu, x, reduction="sum")
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp())
    return (error + kl) / len(x)

# %% right · factor · mse_loss times D over 2
def minus_bound(x, mu, m, logvar):
    error = x.shape[1] / 2 * F.mse_loss(mu, x)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1).mean()
    return error + kl

# %% right · distributions · kl_divergence of torch
def minus_bound(x, mu, m, logvar):
    q = Independent(Normal(m, torch.exp(logvar / 2)), 1)
    p = Independent(Normal(torch.zeros_like(m), torch.ones_like(m)), 1)
    return (0.5 * ((x - mu) ** 2).sum(1) + kl_divergence(q, p)).mean()

# %% right · distributions · log_prob with the constant taken off
def minus_bound(x, mu, m, logvar):
    D = x.shape[1]
    log_px = Normal(mu, 1.0).log_prob(x).sum(1) + D / 2 * math.log(2 * math.pi)
    kl = 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)
    return (kl - log_px).mean()

# %% right · einsum · both sums of squares by einsum
def minus_bound(x, mu, m, logvar):
    r = x - mu
    error = torch.einsum("nd,nd->n", r, r) / 2
    kl = 0.5 * (torch.einsum("nd,nd->n", m, m) + (logvar.exp() - 1 - logvar).sum(1))
    return torch.mean(error + kl)

# %% right · loop · one example after the other
def minus_bound(x, mu, m, logvar):
    total = 0
    for i in range(len(x)):
        total = total + 0.5 * ((x[i] - mu[i]) ** 2).sum()
        total = total + 0.5 * (logvar[i].exp() + m[i] ** 2 - 1 - logvar[i]).sum()
    return total / len(x)

# %% right · stack · a list of losses stacked
def minus_bound(x, mu, m, logvar):
    losses = [((a - b) @ (a - b) + (v.exp() - 1 - v + c**2).sum()) / 2 for a, b, c, v in zip(x, mu, m, logvar)]
    return torch.stack(losses).mean()

# %% right · algebra · one ½ for all
def minus_bound(x, mu, m, logvar):
    rows = ((x - mu) ** 2).sum(1) + (m**2).sum(1) + (logvar.exp() - logvar - 1).sum(1)
    return rows.mean() / 2

# %% right · norm · the norm squared
def minus_bound(x, mu, m, logvar):
    error = torch.linalg.norm(x - mu, dim=1) ** 2 / 2
    kl = (logvar.expm1() - logvar + m**2).sum(1) / 2
    return (error + kl).mean()

# %% right · axis · mean over the examples first, then sums over dimensions
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).mean(0).sum()
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).mean(0).sum()
    return error + kl

# %% right · spread · by the standard deviation
def minus_bound(x, mu, m, logvar):
    s = torch.exp(0.5 * logvar)
    kl = (0.5 * (s**2 + m**2 - 1) - s.log()).sum(dim=-1)
    error = 0.5 * torch.square(mu - x).sum(dim=-1)
    return (error + kl).mean(dim=0)

# %% right · none · mse_loss without a reduction
def minus_bound(x, mu, m, logvar):
    error = mse_loss(mu, x, reduction="none").sum(1) / 2
    kl = -0.5 * torch.sum(1 + logvar - m**2 - logvar.exp(), dim=1)
    return torch.mean(error + kl, dim=0)

# %% right · cdist · squares multiplied out
def minus_bound(x, mu, m, logvar):
    error = 0.5 * (x * x - 2 * x * mu + mu * mu).sum(1)
    kl = 0.5 * (logvar.exp() + m * m - 1 - logvar).sum(1)
    return (error + kl).mean()

# %% right · helper · a function for each term
def recon(x, mu):
    return 0.5 * ((x - mu) ** 2).sum(1)
def gauss_kl(m, logvar):
    return 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(1)
def minus_bound(x, mu, m, logvar):
    return (recon(x, mu) + gauss_kl(m, logvar)).mean()

# %% right · entropy · the KL as cross-entropy minus entropy
def minus_bound(x, mu, m, logvar):
    cross = 0.5 * (m**2 + logvar.exp()).sum(1)
    entropy = 0.5 * (1 + logvar).sum(1)
    return (0.5 * (x - mu).pow(2).sum(1) + cross - entropy).mean()

# %% right · ones · sums by a product with ones
def minus_bound(x, mu, m, logvar):
    one_D, one_d = x.new_ones(x.shape[1]), m.new_ones(m.shape[1])
    rows = ((x - mu) ** 2) @ one_D + (m**2 + logvar.exp() - 1 - logvar) @ one_d
    return 0.5 * rows.sum() / rows.numel()

# %% wrong · two · the KL's log-variance term lost and the error a mean over pixels
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).mean(1)
    kl = 0.5 * (logvar.exp() + m**2 - 1).sum(1)
    return (error + kl).mean()

# %% wrong · two · not averaged over the examples and no ½ in the error
def minus_bound(x, mu, m, logvar):
    error = ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return error + kl

# %% wrong · two · standard deviation in the KL and the error summed over everything
def minus_bound(x, mu, m, logvar):
    error = F.mse_loss(mu, x, reduction="sum") / 2
    std = torch.exp(0.5 * logvar)
    kl = -0.5 * torch.sum(1 + logvar - m**2 - std, dim=1)
    return error + kl.mean()

# %% wrong · gradient · the decoder's mean is detached in the error
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu.detach()) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · spread · the variance by softplus instead of exp
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    v = softplus(logvar)
    kl = 0.5 * (v + m**2 - 1 - v.log()).sum(1)
    return (error + kl).mean()

# %% wrong · spread · logvar itself is used as the variance of a second square
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar**2).sum(1)
    return (error + kl).mean()

# %% wrong · log · the logarithm of the squared error
def minus_bound(x, mu, m, logvar):
    error = 0.5 * x.shape[1] * torch.log(((x - mu) ** 2).mean(1))
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · factor · a β of 4 weighs the KL
def minus_bound(x, mu, m, logvar, beta=4.0):
    error = 0.5 * ((x - mu) ** 2).sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + beta * kl).mean()

# %% wrong · term · the constant is subtracted where nothing has to go
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x - mu) ** 2).sum(1) - x.shape[1] / 2 * math.log(2 * math.pi)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()

# %% wrong · reduction · only the first example
def minus_bound(x, mu, m, logvar):
    error = 0.5 * ((x[0] - mu[0]) ** 2).sum()
    kl = -0.5 * (1 + logvar[0] - m[0] ** 2 - logvar[0].exp()).sum()
    return error + kl

# %% wrong · concept · Huber's loss for the squared error
def minus_bound(x, mu, m, logvar):
    error = F.huber_loss(mu, x, reduction="none").sum(1)
    kl = -0.5 * (1 + logvar - m**2 - logvar.exp()).sum(1)
    return (error + kl).mean()
