# %% wrong · numeric · softmax first and then the logarithm, which gives -inf for faraway points
def log_responsibilities(x, weights, means, covs):
    comp = torch.distributions.MultivariateNormal(means, covs)
    log_terms = weights.log() + comp.log_prob(x[:, None])
    return torch.softmax(log_terms, dim=1).log()

# %% wrong · numeric · the lesson's e_step with a log of its responsibilities
def log_responsibilities(x, weights, means, covs):
    components = torch.distributions.MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    resp = torch.exp(log_terms - log_px)
    return resp.log()

# %% wrong · numeric · densities multiplied and divided as in the formula, 0/0 far out
def log_responsibilities(x, weights, means, covs):
    dens = torch.exp(MultivariateNormal(means, covs).log_prob(x[:, None]))
    top = weights * dens
    return torch.log(top / top.sum(1, keepdim=True))

# %% wrong · numeric · responsibilities clamped at 1e-300 before the log
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    r = a.softmax(1)
    return r.clamp(min=1e-300).log()

# %% wrong · numeric · a small eps inside the log against -inf
def log_responsibilities(x, weights, means, covs):
    eps = 1e-12
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    resp = torch.softmax(a, dim=-1)
    return torch.log(resp + eps)

# %% wrong · numeric · the -inf are replaced by the smallest float
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.nan_to_num(a.softmax(1).log())

# %% wrong · numeric · the largest term is subtracted but the shares are still formed before the log
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    a = a - a.max(1, keepdim=True).values
    p = a.exp()
    return (p / p.sum(1, keepdim=True)).log()

# %% wrong · numeric · the denominator is a plain log of a sum of exponentials
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - a.exp().sum(1, keepdim=True).log()

# %% wrong · numeric · eps is added in the denominator's log only
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    denom = (log_terms.exp().sum(1, keepdim=True) + 1e-10).log()
    return log_terms - denom

# %% wrong · numeric · the right result is cut off at -100 nats
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a.log_softmax(1).clamp(min=-100)

# %% wrong · numeric · SciPy pdf instead of logpdf
def log_responsibilities(x, weights, means, covs):
    p = np.stack([w * stats.multivariate_normal(m.numpy(), c.numpy()).pdf(x.numpy()) for w, m, c in zip(weights.numpy(), means, covs)], axis=1)
    p = np.maximum(p, 1e-100)
    return torch.from_numpy(np.log(p) - np.log(p.sum(1, keepdims=True)))

# %% wrong · form · returns the responsibilities themselves
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    return torch.exp(log_terms - log_px)

# %% wrong · unfinished · the log joint without its denominator
def log_responsibilities(x, weights, means, covs):
    components = torch.distributions.MultivariateNormal(means, covs)
    return weights.log() + components.log_prob(x[:, None])

# %% wrong · concept · returns log p(x given k) and no posterior
def log_responsibilities(x, weights, means, covs):
    return MultivariateNormal(means, covs).log_prob(x[:, None])

# %% wrong · form · returns the pair log p(x) and log r as an E-step does
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    return log_px[:, 0], log_terms - log_px

# %% wrong · axis · log_softmax runs over the points
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a.log_softmax(0)

# %% wrong · axis · logsumexp over the points with keepdim
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - torch.logsumexp(log_terms, dim=0, keepdim=True)

# %% wrong · term · the weights are left out
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_px_k - torch.logsumexp(log_px_k, dim=1, keepdim=True)

# %% wrong · weights · the weights stand in the denominator only
def log_responsibilities(x, weights, means, covs):
    mix = MixtureSameFamily(Categorical(weights), MultivariateNormal(means, covs))
    per_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return per_k - mix.log_prob(x)[:, None]

# %% wrong · weights · the weights stand in the numerator only
def log_responsibilities(x, weights, means, covs):
    ll = MultivariateNormal(means, covs).log_prob(x[:, None])
    return weights.log() + ll - ll.logsumexp(1, keepdim=True)

# %% wrong · term · the log-weights are added twice
def log_responsibilities(x, weights, means, covs):
    ll = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_post = weights.log() + ll
    return log_post - log_post.logsumexp(1, keepdim=True)

# %% wrong · log · the weights are added without a logarithm
def log_responsibilities(x, weights, means, covs):
    a = weights + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - torch.logsumexp(a, dim=1, keepdim=True)

# %% wrong · log · the log-density is multiplied with the weights
def log_responsibilities(x, weights, means, covs):
    a = weights * MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.log_softmax(a, dim=1)

# %% wrong · sign · the log-weights are subtracted
def log_responsibilities(x, weights, means, covs):
    a = MultivariateNormal(means, covs).log_prob(x[:, None]) - weights.log()
    return a.log_softmax(dim=1)

# %% wrong · spread · the covariances are given as scale_tril
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, scale_tril=covs.tril())
    a = weights.log() + comp.log_prob(x[:, None])
    return a.log_softmax(1)

# %% wrong · spread · the covariances are given as precision matrices
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, precision_matrix=covs)
    log_terms = weights.log() + comp.log_prob(x[:, None])
    return log_terms - log_terms.logsumexp(-1, keepdim=True)

# %% wrong · spread · only the diagonals are used, with independent normals
def log_responsibilities(x, weights, means, covs):
    stds = torch.diagonal(covs, dim1=1, dim2=2).sqrt()
    ll = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    a = weights.log() + ll
    return a - torch.logsumexp(a, 1, keepdim=True)

# %% wrong · two · only the diagonals, and they are taken for standard deviations
def log_responsibilities(x, weights, means, covs):
    stds = torch.diagonal(covs, dim1=-2, dim2=-1)
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return a.log_softmax(1)

# %% wrong · concept · the component is chosen anew for each coordinate
def log_responsibilities(x, weights, means, covs):
    stds = torch.diagonal(covs, dim1=-2, dim2=-1).sqrt()
    a = weights.log()[:, None] + Normal(means, stds).log_prob(x[:, None])
    return (a - torch.logsumexp(a, dim=1, keepdim=True)).sum(-1)

# %% wrong · reduction · the logs are added up in the denominator instead of the densities
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - a.sum(dim=1, keepdim=True)

# %% wrong · reduction · only the largest term is subtracted
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    b = a.max(1, keepdim=True).values
    return a - b

# %% wrong · term · the largest term b is not added back to the denominator
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    b = a.max(1, keepdim=True).values
    log_px = (a - b).exp().sum(1, keepdim=True).log()
    return a - log_px

# %% wrong · reduction · the mean over components in the denominator
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_mean = torch.logsumexp(a, 1, keepdim=True) - math.log(a.shape[1])
    return a - log_mean

# %% wrong · reduction · normalised over the whole table at once
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - torch.logsumexp(a, dim=(0, 1))

# %% wrong · log · a quotient of logarithms for the logarithm of the quotient
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    return log_terms / log_px

# %% wrong · sign · denominator minus numerator
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.logsumexp(log_terms, dim=1, keepdim=True) - log_terms

# %% wrong · sign · the log of the denominator is added
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms + torch.logsumexp(log_terms, dim=1, keepdim=True)

# %% wrong · raises · keepdim is forgotten
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - torch.logsumexp(log_terms, dim=1)

# %% wrong · raises · x has no second axis for the components
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x)
    return log_terms.log_softmax(1)

# %% wrong · log · returned in bits
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a.log_softmax(1) / math.log(2)

# %% wrong · log · log2 of the weights beside natural log-densities
def log_responsibilities(x, weights, means, covs):
    a = torch.log2(weights) + MultivariateNormal(means, covs).log_prob(x[:, None])
    return F.log_softmax(a, dim=1)

# %% wrong · log · log_softmax of values that are probabilities already
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    resp = (a - a.logsumexp(1, keepdim=True)).exp()
    return F.log_softmax(resp, dim=1)

# %% wrong · weights · the weights are taken as logits
def log_responsibilities(x, weights, means, covs):
    log_pi = F.log_softmax(weights, dim=0)
    a = log_pi + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - a.logsumexp(1, keepdim=True)

# %% wrong · term · by hand, without the determinant
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    a = weights.log() - 0.5 * quad
    return a.log_softmax(1)

# %% wrong · factor · by hand, the half before the quadratic form is missing
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    a = weights.log() - 0.5 * torch.logdet(covs) - quad
    return a - a.logsumexp(1, keepdim=True)

# %% wrong · factor · by hand, the half before the log-determinant is missing
def log_responsibilities(x, weights, means, covs):
    d = x[:, None] - means
    quad = (d * torch.linalg.solve(covs, d[..., None])[..., 0]).sum(-1)
    a = weights.log() - torch.logdet(covs) - quad / 2
    return a - torch.logsumexp(a, 1, keepdim=True)

# %% wrong · sign · by hand, the log-determinant is added
def log_responsibilities(x, weights, means, covs):
    d = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", d, torch.linalg.inv(covs), d)
    a = weights.log() + 0.5 * torch.logdet(covs) - 0.5 * quad
    return a.log_softmax(1)

# %% wrong · spread · by hand, the covariance is not inverted in the quadratic form
def log_responsibilities(x, weights, means, covs):
    d = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", d, covs, d)
    a = weights.log() - 0.5 * torch.linalg.slogdet(covs).logabsdet - 0.5 * quad
    return a.log_softmax(1)

# %% wrong · factor · the half stands before everything, the log-weights too
def log_responsibilities(x, weights, means, covs):
    d = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", d, torch.linalg.inv(covs), d)
    a = 0.5 * (weights.log() - torch.logdet(covs) - quad)
    return a - a.logsumexp(1, keepdim=True)

# %% wrong · factor · with the Cholesky factor, the sum of log diagonals is halved once more
def log_responsibilities(x, weights, means, covs):
    L = torch.linalg.cholesky(covs)
    z = torch.linalg.solve_triangular(L, (x[:, None] - means)[..., None], upper=False)[..., 0]
    half_logdet = 0.5 * L.diagonal(dim1=-2, dim2=-1).log().sum(-1)
    a = weights.log() - half_logdet - 0.5 * (z**2).sum(-1)
    return a.log_softmax(1)

# %% wrong · arguments · the points are whitened with the transposed Cholesky factor
def log_responsibilities(x, weights, means, covs):
    L = torch.linalg.cholesky(covs)
    z = torch.linalg.solve((L.mT), (x[:, None] - means)[..., None])[..., 0]
    a = weights.log() - torch.logdet(L) - 0.5 * (z * z).sum(-1)
    return a.log_softmax(1)

# %% wrong · spread · the determinant is the product of the diagonal entries only
def log_responsibilities(x, weights, means, covs):
    d = x[:, None] - means
    logdet = covs.diagonal(dim1=1, dim2=2).log().sum(1)
    quad = torch.einsum("nki,kij,nkj->nk", d, covs.inverse(), d)
    a = weights.log() - 0.5 * logdet - 0.5 * quad
    return a - a.logsumexp(1, keepdim=True)

# %% wrong · order · returned with the components as rows
def log_responsibilities(x, weights, means, covs):
    rows = [w.log() + MultivariateNormal(m, c).log_prob(x) for w, m, c in zip(weights, means, covs)]
    a = torch.stack(rows)
    return a - a.logsumexp(0)

# %% wrong · concept · squared distances to the means for log-densities
def log_responsibilities(x, weights, means, covs):
    dist = torch.cdist(x, means) ** 2
    a = weights.log() - 0.5 * dist
    return a.log_softmax(1)

# %% wrong · concept · log-odds against the other components
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    out = torch.empty_like(a)
    for k in range(a.shape[1]):
        rest = torch.cat([a[:, :k], a[:, k + 1:]], 1)
        out[:, k] = a[:, k] - rest.logsumexp(1)
    return out

# %% wrong · concept · the probability of the chosen component alone, repeated
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    hard = one_hot(a.argmax(1), a.shape[1]).to(a.dtype)
    return (hard + 1e-10).log()

# %% wrong · two · weights forgotten and normalised over the points
def log_responsibilities(x, weights, means, covs):
    ll = MultivariateNormal(means, covs).log_prob(x[:, None])
    return ll - ll.logsumexp(0)

# %% wrong · two · weights forgotten and log of the softmax
def log_responsibilities(x, weights, means, covs):
    ll = MultivariateNormal(means, covs).log_prob(x[:, None, :])
    return (torch.softmax(ll, dim=1) + 1e-20).log()

# %% wrong · two · no log for the weights, and the densities are exponentiated
def log_responsibilities(x, weights, means, covs):
    a = weights * MultivariateNormal(means, covs).log_prob(x[:, None])
    r = a.exp() / a.exp().sum(1, keepdim=True)
    return torch.log(r)

# %% wrong · two · by hand, neither the determinant nor the half
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    maha = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.pinv(covs), gaps)
    a = weights.log() - maha
    return a - torch.logsumexp(a, dim=1, keepdim=True)

# %% wrong · power · the square root of the Mahalanobis form is taken
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    maha = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps).sqrt()
    a = weights.log() - 0.5 * torch.logdet(covs) - 0.5 * maha
    return a.log_softmax(1)

# %% wrong · two · log of a clamped softmax, taken over the points
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    r = F.softmax(a, dim=0).clamp_min(1e-10)
    return r.log()

# %% wrong · two · diagonals only, and the weights left out
def log_responsibilities(x, weights, means, covs):
    s = torch.stack([c.diag().sqrt() for c in covs])
    ll = Normal(means, s).log_prob(x[:, None]).sum(-1)
    return ll - torch.logsumexp(ll, dim=1, keepdim=True)

# %% wrong · two · the covariances as Cholesky factors, and no denominator
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, scale_tril=torch.tril(covs))
    return comp.log_prob(x[:, None]) + torch.log(weights)

# %% right · other · log_softmax of the log joint
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return F.log_softmax(log_terms, dim=-1)

# %% right · scipy · logpdf for each component, and SciPy's logsumexp
def log_responsibilities(x, weights, means, covs):
    a = np.column_stack([
        np.log(w) + stats.multivariate_normal(m, c).logpdf(x.numpy())
        for w, m, c in zip(weights.numpy(), means.numpy(), covs.numpy())
    ])
    return torch.as_tensor(a - special.logsumexp(a, axis=1, keepdims=True))

# %% right · algebra · by hand with Cholesky, the constant dropped as it cancels
def log_responsibilities(x, weights, means, covs):
    L = torch.linalg.cholesky(covs)
    z = torch.linalg.solve_triangular(L, (x[:, None] - means)[..., None], upper=False)[..., 0]
    a = weights.log() - L.diagonal(dim1=-2, dim2=-1).log().sum(-1) - 0.5 * z.square().sum(-1)
    return a - a.logsumexp(1, keepdim=True)

# %% right · distributions · Categorical normalises the logits
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return Categorical(logits=a).logits

# %% right · algebra · minus the log of a sum of ratios to the other components
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return -torch.logsumexp(a[:, None, :] - a[:, :, None], dim=-1)

# %% right · algebra · the largest term taken out by hand
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    a = a - a.amax(1, keepdim=True)
    return a - a.exp().sum(1, keepdim=True).log()

# %% right · loop · logaddexp from component to component
def log_responsibilities(x, weights, means, covs):
    cols = [torch.log(weights[k]) + MultivariateNormal(means[k], covs[k]).log_prob(x) for k in range(len(weights))]
    total = cols[0]
    for c in cols[1:]:
        total = torch.logaddexp(total, c)
    return torch.stack([c - total for c in cols], dim=1)

# %% right · einsum · inverse, slogdet and one einsum
def log_responsibilities(x, weights, means, covs):
    d = x[:, None, :] - means[None]
    quad = torch.einsum("nki,kij,nkj->nk", d, torch.linalg.inv(covs), d)
    logdet = torch.linalg.slogdet(covs)[1]
    a = weights.log() - 0.5 * (x.shape[1] * math.log(2 * math.pi) + logdet + quad)
    return a - torch.logsumexp(a, dim=1, keepdim=True)

# %% right · distributions · MixtureSameFamily gives the denominator
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, covs)
    mix = MixtureSameFamily(Categorical(probs=weights), comp)
    return weights.log() + comp.log_prob(x[:, None]) - mix.log_prob(x)[:, None]

# %% right · loop · one point and one component at a time
def log_responsibilities(x, weights, means, covs):
    out = []
    for point in x:
        a = [weights[k].log() + MultivariateNormal(means[k], covs[k]).log_prob(point) for k in range(len(means))]
        a = torch.stack(a)
        out.append(a - torch.logsumexp(a, 0))
    return torch.stack(out)

# %% right · numpy · all in NumPy with the max trick
def log_responsibilities(x, weights, means, covs):
    x, w, m, c = (np.asarray(v) for v in (x, weights, means, covs))
    d = x[:, None] - m
    q = (d * np.linalg.solve(c[None], d[..., None])[..., 0]).sum(-1)
    a = np.log(w) - 0.5 * q - 0.5 * np.log(np.linalg.det(c))
    a -= a.max(1, keepdims=True)
    return a - np.log(np.exp(a).sum(1, keepdims=True))

# %% right · helper · a function for the log joint, and whitening by eigenvectors
def log_joint(x, w, m, c):
    lam, U = torch.linalg.eigh(c)
    y = (x - m) @ U
    return w.log() - 0.5 * lam.log().sum() - 0.5 * (y**2 / lam).sum(1)

def log_responsibilities(x, weights, means, covs):
    a = torch.stack([log_joint(x, *p) for p in zip(weights, means, covs)], 1)
    return a.log_softmax(1)

# %% right · other · precision matrices handed to the distribution
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, precision_matrix=torch.linalg.inv(covs))
    a = comp.log_prob(x.unsqueeze(1)).add(weights.log())
    return nn.LogSoftmax(dim=1)(a)

# %% right · stabiliser · a tiny number on the weights before the log
def log_responsibilities(x, weights, means, covs):
    a = (weights + 1e-12).log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    px = a.logsumexp(1)
    return (a.T - px).T

# %% right · algebra · a sigmoid of log-odds for each component
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    K = a.shape[1]
    cols = []
    for k in range(K):
        rest = torch.logsumexp(a[:, [j for j in range(K) if j != k]], dim=1)
        cols.append(logsigmoid(a[:, k] - rest))
    return torch.stack(cols, 1)

# %% right · other · from the library's mixture class
from vaelib import Mixture
def log_responsibilities(x, weights, means, covs):
    joint = Mixture(weights, means, covs).log_joint(x)
    return joint - joint.logsumexp(1, keepdim=True)
