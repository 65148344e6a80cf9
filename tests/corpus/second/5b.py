# %% wrong · factor · the ½ in front of the bracket is missing
def kl_by_hand(mu, logvar):
    return (logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · reduction · averaged over the dimensions instead of summed
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).mean(-1)

# %% wrong · reduction · torch.sum over everything, one number for the whole batch
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())

# %% wrong · reduction · summed over the dimensions and then averaged over the batch, as for a loss
def kl_by_hand(mu, logvar):
    kl = -0.5 * (1 + logvar - mu.pow(2) - logvar.exp()).sum(dim=1)
    return kl.mean()

# %% wrong · axis · summed over the examples instead of the dimensions
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(0)

# %% wrong · form · not summed, one value for each dimension
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar)

# %% wrong · form · keepdim leaves a column
def kl_by_hand(mu, logvar):
    v = torch.exp(logvar)
    return 0.5 * torch.sum(v + mu**2 - 1 - logvar, dim=1, keepdim=True)

# %% wrong · sign · the logarithm is added
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1 + logvar).sum(-1)

# %% wrong · sign · the formula of −KL from the Kingma paper without the minus
def kl_by_hand(mu, logvar):
    return 0.5 * torch.sum(1 + logvar - mu**2 - logvar.exp(), dim=-1)

# %% wrong · sign · the one is added
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 + 1 - logvar).sum(-1)

# %% wrong · sign · minus m² because the brackets were opened wrongly
def kl_by_hand(mu, logvar):
    return -0.5 * (1 + logvar + mu**2 - logvar.exp()).sum(-1)

# %% wrong · sign · the variance has the wrong sign in the −½ form
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu ** 2 + torch.exp(logvar), dim=1)

# %% wrong · spread · exp(logvar) taken for the standard deviation and squared, the logarithm doubled
def kl_by_hand(mu, logvar):
    sigma = logvar.exp()
    return 0.5 * (sigma**2 + mu**2 - 1 - 2 * sigma.log()).sum(-1)

# %% wrong · spread · exp(logvar) squared, but the logarithm left single
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() ** 2 + mu**2 - 1 - logvar).sum(-1)

# %% wrong · spread · standard deviation instead of variance in the first term
def kl_by_hand(mu, logvar):
    std = torch.exp(logvar / 2)
    return 0.5 * (std + mu**2 - 1 - logvar).sum(-1)

# %% wrong · spread · log of the standard deviation inside the bracket
def kl_by_hand(mu, logvar):
    std = torch.exp(0.5 * logvar)
    return 0.5 * (std**2 + mu**2 - 1 - torch.log(std)).sum(-1)

# %% wrong · spread · the variances given as a precision matrix
def kl_by_hand(mu, logvar):
    d = mu.shape[1]
    q = MultivariateNormal(mu, precision_matrix=torch.diag_embed(logvar.exp()))
    p = MultivariateNormal(torch.zeros(d, dtype=mu.dtype), torch.eye(d, dtype=mu.dtype))
    return kl_divergence(q, p)

# %% wrong · spread · the slide's penalty with exp(σ) a standard deviation, halved
def kl_by_hand(mu, logvar):
    s = logvar / 2
    return 0.5 * (s.exp() - (1 + s) + mu**2).sum(-1)

# %% wrong · spread · logvar used as if it were the variance
def kl_by_hand(mu, logvar):
    v = logvar
    return 0.5 * (v + mu**2 - 1 - torch.log(v)).sum(-1)

# %% wrong · spread · logvar itself stands where the variance should
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar + mu**2 - 1 - logvar).sum(-1)

# %% wrong · log · another logarithm taken of logvar
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 - 1 - logvar.abs().log()).sum(-1)

# %% wrong · log · log(1 + v) for log v, to be safe near zero
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 - 1 - torch.log1p(v)).sum(-1)

# %% wrong · log · reported in bits
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 - 1 - logvar).sum(-1) / math.log(2)

# %% wrong · log · base two for the logarithm only
def kl_by_hand(mu, logvar):
    v = torch.exp(logvar)
    return 0.5 * (v + mu**2 - 1 - torch.log2(v)).sum(-1)

# %% wrong · log · logarithm of the summed variance, thinking of the determinant
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    d = mu.shape[1]
    return 0.5 * (v.sum(1) + (mu**2).sum(1) - d - torch.log(v.sum(1)))

# %% wrong · power · m for m²
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu - 1 - logvar).sum(-1)

# %% wrong · power · the norm of m instead of its square
def kl_by_hand(mu, logvar):
    trace = logvar.exp().sum(1)
    return 0.5 * (trace + torch.linalg.norm(mu, dim=1) - mu.shape[1] - logvar.sum(1))

# %% wrong · power · sum of the means squared instead of the sum of the squares
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp().sum(-1) + mu.sum(-1) ** 2 - mu.shape[-1] - logvar.sum(-1))

# %% wrong · term · the minus one is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - logvar).sum(-1)

# %% wrong · term · the logarithm is missing
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - 1).sum(-1)

# %% wrong · term · m² forgotten, the mean was taken to be zero
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() - 1 - logvar).sum(-1)

# %% wrong · term · the average of z² taken to be m², the variance forgotten
def kl_by_hand(mu, logvar):
    return 0.5 * (mu**2 - 1 - logvar).sum(-1)

# %% wrong · term · a log 2π survived in one of the two densities
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return (0.5 * (v + mu**2 - 1 - logvar) + 0.5 * math.log(2 * math.pi)).sum(-1)

# %% wrong · count · one subtracted once instead of once for each dimension
def kl_by_hand(mu, logvar):
    tr = logvar.exp().sum(1)
    return 0.5 * (tr + (mu * mu).sum(1) - 1 - logvar.sum(1))

# %% wrong · count · the number of examples subtracted instead of the number of dimensions
def kl_by_hand(mu, logvar):
    k = len(mu)
    return 0.5 * (logvar.exp().sum(1) + (mu**2).sum(1) - k - logvar.sum(1))

# %% wrong · factor · the ½ reaches only the first term
def kl_by_hand(mu, logvar):
    return (0.5 * logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · factor · the minus one kept whole outside the half
def kl_by_hand(mu, logvar):
    return (0.5 * (logvar.exp() + mu**2 - logvar) - 1).sum(-1)

# %% wrong · factor · log v not halved when log q was written out
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    e_log_q = -logvar - 0.5
    e_log_p = -0.5 * (mu**2 + v)
    return (e_log_q - e_log_p).sum(-1)

# %% wrong · concept · the KL the other way round
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * ((1 + mu**2) / v - 1 + logvar).sum(-1)

# %% wrong · arguments · the prior gets the width of q
def kl_by_hand(mu, logvar):
    std = (logvar / 2).exp()
    q = Independent(Normal(mu, std), 1)
    p = Independent(Normal(torch.zeros_like(mu), std), 1)
    return kl_divergence(q, p)

# %% wrong · arguments · mu and logvar in each other's place
def kl_by_hand(mu, logvar):
    return 0.5 * (mu.exp() + logvar**2 - 1 - mu).sum(-1)

# %% wrong · concept · the cross-entropy −E log p(z), entropy of q not subtracted
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (math.log(2 * math.pi) + mu**2 + v).sum(-1)

# %% wrong · concept · the averages taken under the prior
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    log_q = -0.5 * (logvar + (1 + mu**2) / v)
    log_p = torch.full_like(mu, -0.5)
    return (log_q - log_p).sum(-1)

# %% wrong · concept · log q − log p at the mean z = m, no averaging
def kl_by_hand(mu, logvar):
    std = torch.exp(logvar / 2)
    log_q = Normal(mu, std).log_prob(mu)
    log_p = Normal(0.0, 1.0).log_prob(mu)
    return (log_q - log_p).sum(-1)

# %% wrong · noise · an estimate from ten draws in place of the formula
def kl_by_hand(mu, logvar):
    std = torch.exp(0.5 * logvar)
    z = mu + std * torch.randn(10, *mu.shape, dtype=mu.dtype)
    log_ratio = Normal(mu, std).log_prob(z) - Normal(0.0, 1.0).log_prob(z)
    return log_ratio.sum(-1).mean(0)

# %% wrong · gradient · NumPy and back loses the graph
def kl_by_hand(mu, logvar):
    m, lv = mu.detach().numpy(), logvar.detach().numpy()
    kl = 0.5 * (np.exp(lv) + m**2 - 1 - lv).sum(axis=1)
    return torch.from_numpy(kl)

# %% wrong · gradient · the mean used as data, only the width learns
def kl_by_hand(mu, logvar):
    m = mu.data
    return 0.5 * (logvar.exp() + m**2 - 1 - logvar).sum(-1)

# %% wrong · spread · softplus makes the variance, as in other books
def kl_by_hand(mu, logvar):
    v = softplus(logvar)
    return 0.5 * (v + mu**2 - 1 - v.log()).sum(-1)

# %% wrong · gradient · the variance detached as a constant
def kl_by_hand(mu, logvar):
    v = logvar.exp().detach()
    return 0.5 * (v + mu**2 - 1 - logvar).sum(-1)

# %% wrong · numeric · logvar clamped at zero from below
def kl_by_hand(mu, logvar):
    logvar = logvar.clamp(min=0)
    return 0.5 * (logvar.exp() + mu**2 - 1 - logvar).sum(-1)

# %% wrong · broadcast · m² summed before it is added to every dimension
def kl_by_hand(mu, logvar):
    square = (mu**2).sum(-1, keepdim=True)
    return 0.5 * (logvar.exp() + square - 1 - logvar).sum(-1)

# %% wrong · term · m divided by the standard deviation, as in a density's square
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu**2 / v - 1 - logvar).sum(-1)

# %% wrong · unfinished · only the first dimension
def kl_by_hand(mu, logvar):
    m, lv = mu[:, 0], logvar[:, 0]
    return 0.5 * (lv.exp() + m**2 - 1 - lv)

# %% wrong · two · half missing and averaged over the dimensions
def kl_by_hand(mu, logvar):
    return torch.mean(logvar.exp() + mu**2 - 1 - logvar, dim=1)

# %% wrong · two · logarithm added and the half missing
def kl_by_hand(mu, logvar):
    v = torch.exp(logvar)
    return torch.sum(v + mu**2 - 1 + logvar, dim=1)

# %% wrong · two · −½ forgotten to be negative and summed over the whole batch
def kl_by_hand(mu, logvar):
    return 0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp())

# %% wrong · two · standard deviation for variance in the first term, and m not squared
def kl_by_hand(mu, logvar):
    sigma = (0.5 * logvar).exp()
    return 0.5 * (sigma + mu - 1 - logvar).sum(1)

# %% wrong · two · the other direction of the KL with the variance as scale
def kl_by_hand(mu, logvar):
    q = Normal(mu, logvar.exp())
    p = Normal(torch.zeros_like(mu), torch.ones_like(mu))
    return kl_divergence(p, q).sum(-1)

# %% wrong · two · the minus one missing and the average over dimensions
def kl_by_hand(mu, logvar):
    return 0.5 * (logvar.exp() + mu**2 - logvar).mean(dim=1)

# %% wrong · two · exp(logvar) squared as a standard deviation and m not squared
def kl_by_hand(mu, logvar):
    sigma = torch.exp(logvar)
    return 0.5 * (sigma**2 + mu - 1 - torch.log(sigma**2)).sum(-1)

# %% wrong · two · the KL the other way round and not summed
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (1 / v + mu**2 / v - 1 + logvar)

# %% wrong · raises · math.exp on a tensor with many entries
def kl_by_hand(mu, logvar):
    return 0.5 * (math.exp(logvar) + mu**2 - 1 - logvar).sum(-1)

# %% wrong · raises · log-variances with negative entries given as a scale
def kl_by_hand(mu, logvar):
    q = Normal(mu, logvar)
    return kl_divergence(q, Normal(0.0, 1.0)).sum(-1)

# %% right · term · as in (5.6) with the variance named
def kl_by_hand(mu, logvar):
    v = torch.exp(logvar)
    return 0.5 * torch.sum(v + mu**2 - 1 - logvar, dim=1)

# %% right · sign · the usual −½ form of public code
def kl_by_hand(mu, logvar):
    return -0.5 * torch.sum(1 + logvar - mu.pow(2) - logvar.exp(), dim=1)

# %% right · concept · torch.distributions with Independent
def kl_by_hand(mu, logvar):
    q = Independent(Normal(mu, torch.exp(logvar / 2)), 1)
    p = Independent(Normal(torch.zeros_like(mu), torch.ones_like(mu)), 1)
    return kl_divergence(q, p)

# %% right · concept · multivariate normals with diagonal covariance
def kl_by_hand(mu, logvar):
    d = mu.shape[1]
    q = MultivariateNormal(mu, covariance_matrix=torch.diag_embed(logvar.exp()))
    p = MultivariateNormal(torch.zeros(d, dtype=mu.dtype), torch.eye(d, dtype=mu.dtype))
    return kl_divergence(q, p)

# %% right · term · the general formula with trace, squared norm, d and log determinant
def kl_by_hand(mu, logvar):
    trace = logvar.exp().sum(1)
    square = torch.einsum("nd,nd->n", mu, mu)
    return 0.5 * (trace + square - mu.size(1) - logvar.sum(1))

# %% right · reduction · a matrix product with ones for the sum
def kl_by_hand(mu, logvar):
    terms = torch.expm1(logvar) - logvar + mu * mu
    return terms @ torch.full((mu.shape[1],), 0.5, dtype=mu.dtype)

# %% right · reduction · loops over examples and dimensions, stacked
def kl_by_hand(mu, logvar):
    rows = []
    for m, lv in zip(mu, logvar):
        total = 0.0
        for j in range(len(m)):
            total = total + (lv[j].exp() + m[j] ** 2 - 1 - lv[j]) / 2
        rows.append(total)
    return torch.stack(rows)

# %% right · spread · written with the standard deviation and its logarithm
def kl_by_hand(mu, logvar):
    sigma = torch.exp(logvar / 2)
    return (0.5 * (sigma**2 + mu**2 - 1) - sigma.log()).sum(-1)

# %% right · term · cross-entropy minus entropy
def kl_by_hand(mu, logvar):
    cross = 0.5 * (math.log(2 * math.pi) + mu**2 + logvar.exp()).sum(1)
    entropy = 0.5 * (math.log(2 * math.pi) + 1 + logvar).sum(1)
    return cross - entropy

# %% right · spread · the general formula for two Gaussians in a helper
def kl_gauss(m0, v0, m1, v1):
    return 0.5 * (torch.log(v1 / v0) + (v0 + (m0 - m1) ** 2) / v1 - 1)
def kl_by_hand(mu, logvar):
    one = torch.ones_like(mu)
    return kl_gauss(mu, logvar.exp(), 0 * one, one).sum(-1)

# %% right · numeric · a tiny constant within the logarithm
def kl_by_hand(mu, logvar):
    v = logvar.exp()
    return 0.5 * (v + mu.square() - 1 - torch.log(v + 1e-12)).sum(-1)

# %% right · concept · five-point Gauss–Hermite quadrature of log q − log p
def kl_by_hand(mu, logvar):
    nodes, weights = np.polynomial.hermite_e.hermegauss(5)
    w = torch.as_tensor(weights / weights.sum(), dtype=mu.dtype)
    e = torch.as_tensor(nodes, dtype=mu.dtype)[:, None, None]
    z = mu + torch.exp(logvar / 2) * e
    ratio = 0.5 * (z**2 - e**2 - logvar)
    return torch.einsum("k,knd->n", w, ratio)

# %% right · form · float32 within and cast back at the end
def kl_by_hand(mu, logvar):
    m, lv = mu.float(), logvar.float()
    return (0.5 * (lv.exp() + m**2 - 1 - lv)).sum(-1).to(mu.dtype)

# %% right · reduction · vmap over a function of one example
def kl_by_hand(mu, logvar):
    def one(m, lv):
        return 0.5 * (lv.exp().sum() + m @ m - lv.sum() - m.numel())
    return torch.vmap(one)(mu, logvar)

# %% right · log · log determinant of the covariance by slogdet
def kl_by_hand(mu, logvar):
    S = torch.diag_embed(logvar.exp())
    trace = S.diagonal(dim1=1, dim2=2).sum(1)
    return 0.5 * (trace + (mu**2).sum(1) - mu.shape[1] - torch.linalg.slogdet(S)[1])
