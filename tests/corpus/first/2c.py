# %% wrong · numeric · logarithm of the exponentiated responsibilities, −∞ far away
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    return torch.exp(log_terms - log_px).log()

# %% wrong · numeric · densities are formed and divided, NaN far away
def log_responsibilities(x, weights, means, covs):
    p = weights * MultivariateNormal(means, covs).log_prob(x[:, None]).exp()
    return (p / p.sum(1, keepdim=True)).log()

# %% wrong · numeric · a small number added before the logarithm
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    r = torch.softmax(log_terms, dim=1)
    return torch.log(r + 1e-12)

# %% wrong · numeric · responsibilities clamped from below
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.softmax(1).clamp(min=1e-300).log()

# %% wrong · numeric · infinite logarithms are replaced by zero
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.nan_to_num(log_terms.softmax(1).log(), neginf=0.0)

# %% wrong · numeric · the differences are clamped at −700
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return (log_terms - log_terms.logsumexp(1, keepdim=True)).clamp(min=-700)

# %% wrong · numeric · the log densities are clamped before the shares
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None]).clamp(min=-500)
    return torch.log_softmax(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · a small number in the sum of densities
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - (log_terms.exp().sum(1, keepdim=True) + 1e-12).log()

# %% wrong · numeric · the sum of densities is formed without taking the largest out
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - torch.log(torch.exp(log_terms).sum(1, keepdim=True))

# %% wrong · numeric · one largest term for the whole table
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    b = a.max()
    return (a - b) - (a - b).exp().sum(1, keepdim=True).clamp(min=1e-30).log()

# %% wrong · numeric · a ridge of one tenth on the covariances
def log_responsibilities(x, weights, means, covs):
    covs = covs + 0.1 * torch.eye(x.shape[1], dtype=x.dtype)
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · log · the responsibilities themselves
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.softmax(log_terms, dim=1)

# %% wrong · log · exponentiates at the end as e_step does
def log_responsibilities(x, weights, means, covs):
    components = torch.distributions.MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1)
    return torch.exp(log_terms.T - log_px)

# %% wrong · term · the denominator is missing
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, covs)
    return weights.log() + components.log_prob(x[:, None])

# %% wrong · weights · the weights are missing
def log_responsibilities(x, weights, means, covs):
    return MultivariateNormal(means, covs).log_prob(x[:, None]).log_softmax(1)

# %% wrong · weights · weights in the denominator only
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_px_k - torch.logsumexp(weights.log() + log_px_k, dim=1, keepdim=True)

# %% wrong · weights · weights in the numerator only
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return weights.log() + log_px_k - torch.logsumexp(log_px_k, dim=1, keepdim=True)

# %% wrong · weights · the weights without their logarithm
def log_responsibilities(x, weights, means, covs):
    log_terms = weights + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(dim=1)

# %% wrong · weights · weights multiplied onto the log densities
def log_responsibilities(x, weights, means, covs):
    log_terms = weights * MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - log_terms.logsumexp(1, keepdim=True)

# %% wrong · weights · the log weights added once more after the softmax
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return weights.log() + log_terms.log_softmax(1)

# %% wrong · weights · the log weights count twice
def log_responsibilities(x, weights, means, covs):
    log_terms = 2 * weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · sign · the log weights are subtracted
def log_responsibilities(x, weights, means, covs):
    log_terms = MultivariateNormal(means, covs).log_prob(x[:, None]) - weights.log()
    return log_terms - log_terms.logsumexp(1, keepdim=True)

# %% wrong · sign · the denominator is added
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms + torch.logsumexp(log_terms, dim=1, keepdim=True)

# %% wrong · sign · denominator minus numerator
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.logsumexp(log_terms, dim=1, keepdim=True) - log_terms

# %% wrong · log · the quotient of the logarithms
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms / torch.logsumexp(log_terms, dim=1, keepdim=True)

# %% wrong · log · the denominator is the sum of the logarithms
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - log_terms.sum(1, keepdim=True)

# %% wrong · log · logarithms as shares of their sum
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms / log_terms.sum(1, keepdim=True)

# %% wrong · term · only the largest term is subtracted
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - log_terms.amax(1, keepdim=True)

# %% wrong · reduction · the mean of the terms is subtracted
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - log_terms.mean(1, keepdim=True)

# %% wrong · term · the largest term is not added back in the denominator
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    b = a.amax(1, keepdim=True)
    return a - (a - b).exp().sum(1, keepdim=True).log()

# %% wrong · axis · normalised over the points
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(0)

# %% wrong · axis · the denominator sums over everything
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms - torch.logsumexp(log_terms, dim=(0, 1))

# %% wrong · form · transposed, one row for each component
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1).T

# %% wrong · form · log p(x) and log r together, as e_step does
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_px = torch.logsumexp(log_terms, dim=1, keepdim=True)
    return log_px[:, 0], log_terms - log_px

# %% wrong · form · the likeliest component of each point
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1).argmax(1)

# %% wrong · concept · log p(x) in place of log r
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.logsumexp(log_terms, dim=1)

# %% wrong · concept · hard assignment, zero and −∞
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return one_hot(log_terms.argmax(1), len(weights)).double().log()

# %% wrong · concept · responsibilities from distances to the means
def log_responsibilities(x, weights, means, covs):
    d2 = torch.cdist(x, means) ** 2
    return torch.log_softmax(weights.log() - d2 / 2, dim=1)

# %% wrong · concept · log densities without weights and denominator
def log_responsibilities(x, weights, means, covs):
    return MultivariateNormal(means, covs).log_prob(x[:, None])

# %% wrong · spread · covariances used as Cholesky factors
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, scale_tril=torch.tril(covs))
    log_terms = weights.log() + components.log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · spread · covariances used as precisions
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, precision_matrix=covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · spread · only the diagonal, its root as standard deviations
def log_responsibilities(x, weights, means, covs):
    stds = torch.diagonal(covs, dim1=1, dim2=2).sqrt()
    log_terms = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return log_terms.log_softmax(1)

# %% wrong · spread · the diagonal's variances as standard deviations
def log_responsibilities(x, weights, means, covs):
    var = torch.diagonal(covs, dim1=1, dim2=2)
    log_terms = weights.log() + Normal(means, var).log_prob(x[:, None]).sum(-1)
    return log_terms - torch.logsumexp(log_terms, 1, keepdim=True)

# %% wrong · spread · covariances squared
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, covs @ covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    return log_terms.log_softmax(-1)

# %% wrong · broadcast · the mean covariance for all components
def log_responsibilities(x, weights, means, covs):
    components = MultivariateNormal(means, covs.mean(0))
    log_terms = weights.log() + components.log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · broadcast · the first covariance for all components
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs[0]).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · term · log determinant missing in the formula by hand
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad / 2, dim=1)

# %% wrong · factor · log determinant without the ½
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad / 2 - torch.logdet(covs), dim=1)

# %% wrong · sign · plus half the log determinant
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad / 2 + torch.logdet(covs) / 2, dim=1)

# %% wrong · factor · the ½ of the quadratic form is missing
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad - torch.logdet(covs) / 2, dim=1)

# %% wrong · spread · the covariance itself in the quadratic form, not inverted
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, covs, gaps)
    return torch.log_softmax(weights.log() - quad / 2 - torch.logdet(covs) / 2, dim=1)

# %% wrong · log · the determinant without its logarithm
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad / 2 - torch.linalg.det(covs) / 2, dim=1)

# %% wrong · sign · plus the quadratic form
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() + quad / 2 - torch.logdet(covs) / 2, dim=1)

# %% wrong · power · Mahalanobis distance not squared
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad.sqrt() / 2 - torch.logdet(covs) / 2, dim=1)

# %% wrong · log · answer in bits
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1) / math.log(2)

# %% wrong · log · weights to base 2
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log2() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · log · the logarithm of the difference of logarithms, made positive
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return (torch.logsumexp(log_terms, dim=1, keepdim=True) - log_terms).log()

# %% wrong · count · the denominator leaves out the component itself, the log odds
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    others = a[:, None, :].expand(-1, len(weights), -1).masked_fill(torch.eye(len(weights)).bool(), -math.inf)
    return a - others.logsumexp(2)

# %% wrong · count · the denominator lacks the last component
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - torch.logsumexp(a[:, :-1], dim=1, keepdim=True)

# %% wrong · term · the denominator begins at 0 and so has a term of one too many
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_px = torch.zeros(len(x), dtype=x.dtype)
    for k in range(len(weights)):
        log_px = torch.logaddexp(log_px, a[:, k])
    return a - log_px[:, None]

# %% wrong · reduction · mean of the components in the denominator
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a - (a.logsumexp(1, keepdim=True) - math.log(len(weights)))

# %% wrong · reduction · averaged over the points, log of the components' shares
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a.log_softmax(1).mean(0)

# %% wrong · term · the entropy's summand, r times log r
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    log_r = a.log_softmax(1)
    return log_r.exp() * log_r

# %% wrong · axis · per coordinate as in the warned-of mistake
def log_responsibilities(x, weights, means, covs):
    stds = covs.diagonal(dim1=-2, dim2=-1).sqrt()
    a = weights.log()[:, None] + Normal(means, stds).log_prob(x[:, None])
    return a.log_softmax(1).sum(-1)

# %% wrong · two · no weights and a small number before the logarithm
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return (log_px_k.softmax(1) + 1e-10).log()

# %% wrong · two · diagonal only and without the weights
def log_responsibilities(x, weights, means, covs):
    stds = covs.diagonal(dim1=1, dim2=2).sqrt()
    return Normal(means, stds).log_prob(x[:, None]).sum(-1).log_softmax(1)

# %% wrong · two · weights without logarithm and responsibilities not in logarithms
def log_responsibilities(x, weights, means, covs):
    log_terms = weights + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.softmax(1)

# %% wrong · two · no determinant and no ½
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = (gaps.unsqueeze(-2) @ torch.linalg.inv(covs) @ gaps.unsqueeze(-1))[..., 0, 0]
    return (weights.log() - quad).log_softmax(1)

# %% wrong · two · precision in place of covariance and the denominator forgotten
def log_responsibilities(x, weights, means, covs):
    return weights.log() + MultivariateNormal(means, precision_matrix=covs).log_prob(x[:, None])

# %% wrong · two · naive division with a clamp, and the weights only above
def log_responsibilities(x, weights, means, covs):
    p = MultivariateNormal(means, covs).log_prob(x[:, None]).exp()
    r = weights * p / p.sum(1, keepdim=True).clamp(min=1e-300)
    return r.clamp(min=1e-300).log()

# %% wrong · raises · the denominator's axis is not kept
def log_responsibilities(x, weights, means, covs):
    components = torch.distributions.MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x[:, None])
    return log_terms - torch.logsumexp(log_terms, dim=1)

# %% wrong · raises · x has no axis for the components
def log_responsibilities(x, weights, means, covs):
    components = torch.distributions.MultivariateNormal(means, covs)
    log_terms = weights.log() + components.log_prob(x)
    return log_terms - torch.logsumexp(log_terms, dim=1, keepdim=True)

# %% wrong · raises · the weights as a column
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log()[:, None] + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · order · weights of the components in reversed order
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.flip(0).log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · arguments · the roles of data and means exchanged, component covariances by the points' axis
def log_responsibilities(x, weights, means, covs):
    cov = torch.cov(x.T)
    log_terms = weights.log() + MultivariateNormal(means, cov).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% wrong · numeric · single half precision inside
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.half().log_softmax(1).double()

# %% wrong · two · denominator minus numerator and the weights left out
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.logsumexp(log_px_k, dim=1, keepdim=True) - log_px_k

# %% wrong · two · diagonal only, its variances as standard deviations, and no denominator
def log_responsibilities(x, weights, means, covs):
    var = covs.diagonal(dim1=1, dim2=2)
    return weights.log() + Normal(means, var).log_prob(x[:, None]).sum(-1)

# %% wrong · two · bits and the weights not in logarithms
def log_responsibilities(x, weights, means, covs):
    a = weights + MultivariateNormal(means, covs).log_prob(x[:, None])
    return a.log_softmax(1) / math.log(2)

# %% right · log_softmax · the log-softmax of the terms
def log_responsibilities(x, weights, means, covs):
    log_terms = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return log_terms.log_softmax(1)

# %% right · distributions · normalised logits of a Categorical
def log_responsibilities(x, weights, means, covs):
    log_terms = torch.log(weights) + MultivariateNormal(means, covariance_matrix=covs).log_prob(x.unsqueeze(1))
    return Categorical(logits=log_terms).logits

# %% right · distributions · the mixture's own log_prob in the denominator
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, covs)
    mix = MixtureSameFamily(Categorical(weights), comp)
    return weights.log() + comp.log_prob(x[:, None]) - mix.log_prob(x)[:, None]

# %% right · cholesky · scale_tril by Cholesky
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, scale_tril=torch.linalg.cholesky(covs))
    a = weights.log() + comp.log_prob(x[:, None])
    return F.log_softmax(a, dim=-1)

# %% right · formula · by hand, without the constant that drops out
def log_responsibilities(x, weights, means, covs):
    gaps = x[:, None] - means
    quad = torch.einsum("nki,kij,nkj->nk", gaps, torch.linalg.inv(covs), gaps)
    return torch.log_softmax(weights.log() - quad / 2 - torch.logdet(covs) / 2, dim=1)

# %% right · formula · solve and slogdet, own log-sum-exp
def log_responsibilities(x, weights, means, covs):
    gaps = (x[:, None] - means)[..., None]
    quad = (gaps * torch.linalg.solve(covs, gaps)).sum((-2, -1))
    a = weights.log() - 0.5 * (quad + torch.linalg.slogdet(covs)[1] + x.shape[1] * math.log(2 * math.pi))
    a = a - a.max(1, keepdim=True).values
    return a - a.exp().sum(1, keepdim=True).log()

# %% right · scipy · multivariate_normal and logsumexp
def log_responsibilities(x, weights, means, covs):
    cols = [np.atleast_1d(stats.multivariate_normal.logpdf(x.numpy(), m, c)) for m, c in zip(means.numpy(), covs.numpy())]
    a = np.log(weights.numpy()) + np.stack(cols, axis=1)
    return a - special.logsumexp(a, axis=1, keepdims=True)

# %% right · scipy · special.log_softmax
def log_responsibilities(x, weights, means, covs):
    log_px_k = MultivariateNormal(means, covs).log_prob(x[:, None])
    return torch.from_numpy(special.log_softmax((weights.log() + log_px_k).numpy(), axis=1))

# %% right · loop · over the components with logaddexp
def log_responsibilities(x, weights, means, covs):
    cols = [w.log() + MultivariateNormal(m, c).log_prob(x) for w, m, c in zip(weights, means, covs)]
    total = cols[0]
    for col in cols[1:]:
        total = torch.logaddexp(total, col)
    return torch.stack([col - total for col in cols], dim=1)

# %% right · algebra · minus the log of the sum of ratios
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    return -torch.logsumexp(a[:, None, :] - a[:, :, None], dim=2)

# %% right · rows · one point at a time, rows stacked
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means, covs)
    rows = []
    for point in x:
        row = weights.log() + comp.log_prob(point)
        rows.append(row - torch.logsumexp(row, 0))
    return torch.stack(rows)

# %% right · axes · components first, transposed at the end
def log_responsibilities(x, weights, means, covs):
    comp = MultivariateNormal(means[:, None], covs[:, None])
    a = weights.log()[:, None] + comp.log_prob(x)
    return (a - a.logsumexp(0)).T

# %% right · numpy · NumPy only
def log_responsibilities(x, weights, means, covs):
    x, w, m, c = (np.asarray(v) for v in (x, weights, means, covs))
    gaps = x[:, None] - m
    quad = np.einsum("nki,kij,nkj->nk", gaps, np.linalg.inv(c), gaps)
    a = np.log(w) - 0.5 * quad - 0.5 * np.log(np.linalg.det(c))
    return a - np.logaddexp.reduce(a, axis=1, keepdims=True)

# %% right · sigmoid · log-sigmoid of the log odds against all others
def log_responsibilities(x, weights, means, covs):
    a = weights.log() + MultivariateNormal(means, covs).log_prob(x[:, None])
    K = len(weights)
    cols = []
    for k in range(K):
        rest = torch.cat([a[:, :k], a[:, k + 1:]], dim=1)
        cols.append(logsigmoid(a[:, k] - rest.logsumexp(1)))
    return torch.stack(cols, 1)

# %% right · stabiliser · a tiny ridge and tiny number in the weights
def log_responsibilities(x, weights, means, covs):
    eye = torch.eye(x.shape[1], dtype=x.dtype)
    a = (weights + 1e-12).log() + MultivariateNormal(means, covs + 1e-10 * eye).log_prob(x[:, None])
    return a - torch.logsumexp(a, dim=1, keepdim=True)

# %% right · whitening · triangular solve of the Cholesky factor
def log_responsibilities(x, weights, means, covs):
    L = torch.linalg.cholesky(covs)
    z = torch.linalg.solve_triangular(L, (x[:, None] - means)[..., None], upper=False)[..., 0]
    a = weights.log() - z.square().sum(-1) / 2 - L.diagonal(dim1=1, dim2=2).log().sum(1)
    return a.log_softmax(1)
