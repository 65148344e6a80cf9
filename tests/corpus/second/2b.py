# %% wrong · unfinished · as given
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · term · the sum over coordinates is moved inside, with the log-weights once for each coordinate
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1)

# %% wrong · raises · the coordinates are summed, but the log-weights still stand upright
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1)

# %% wrong · weights · the weights got lost in the repair
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · axis · summed over the components and log-sum-exp over the coordinates
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(1), dim=1)

# %% wrong · axis · log-sum-exp over the coordinates, then a sum over the components
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=2).sum(1)

# %% wrong · axis · log-sum-exp over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=0)

# %% wrong · reduction · log-sum-exp over components and coordinates at once
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=(1, 2))

# %% wrong · reduction · the coordinates are averaged
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).mean(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · reduction · the product of one-dimensional mixtures, averaged over coordinates
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).mean(-1)

# %% wrong · unfinished · the last sum is taken away and put nowhere
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1)

# %% wrong · reduction · the new sum is inside, and the old one still at the end
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    log_terms = weights.log() + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · numeric · densities are multiplied and added as they are
def mixture_log_density(x, weights, means, stds):
    p = Normal(means, stds).log_prob(x[:, None]).exp().prod(-1)
    return (weights * p).sum(1).log()

# %% wrong · numeric · the log-joint is right, and then exponentiated by hand
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    log_terms = weights.log() + log_px_k
    return log_terms.exp().sum(1).log()

# %% wrong · numeric · a small number under the logarithm against infinities
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.log(log_px_k.exp() @ weights + 1e-10)

# %% wrong · numeric · SciPy densities multiplied over the coordinates
def mixture_log_density(x, weights, means, stds):
    x, w, m, s = (np.asarray(a) for a in (x, weights, means, stds))
    p = stats.norm.pdf(x[:, None], m, s).prod(axis=2) @ w
    return np.log(np.maximum(p, 1e-300))

# %% wrong · numeric · every coordinate's log-density is clamped
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).clamp(min=-10).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · the components' log-densities are clamped
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1).clamp(min=-100)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · variances go where stds are wanted
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds**2).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · the root is taken of what is already a std
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds.sqrt()).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · the stds are taken for log-variances
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, (stds / 2).exp()).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · a covariance matrix with the stds on its diagonal
def mixture_log_density(x, weights, means, stds):
    components = MultivariateNormal(means, torch.diag_embed(stds))
    return torch.logsumexp(weights.log() + components.log_prob(x[:, None]), dim=1)

# %% wrong · spread · a Cholesky factor with the variances on its diagonal
def mixture_log_density(x, weights, means, stds):
    components = MultivariateNormal(means, scale_tril=torch.diag_embed(stds**2))
    return torch.logsumexp(weights.log() + components.log_prob(x[:, None]), dim=1)

# %% wrong · spread · the variances are given as precisions
def mixture_log_density(x, weights, means, stds):
    components = MultivariateNormal(means, precision_matrix=torch.diag_embed(stds**2))
    return torch.logsumexp(weights.log() + components.log_prob(x[:, None]), dim=1)

# %% wrong · term · the normaliser's two pi is left out
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 - stds.log()).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · term · the logarithm of the std is left out
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · count · one normaliser of two pi for all coordinates together
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 - stds.log()).sum(-1) - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · the half in front of the normaliser is missing
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 - stds.log() - math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · the half in the exponent is missing
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-(z**2) - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · a half in front of the logarithm of the std
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = -0.5 * (z**2 + stds.log() + math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · sign · the logarithm of the std is added
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 + stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · power · the squared gap is divided by the std, not by its square
def mixture_log_density(x, weights, means, stds):
    gaps = x[:, None] - means
    log_px_k = (-0.5 * gaps**2 / stds - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · power · absolute gaps for squared ones
def mixture_log_density(x, weights, means, stds):
    z = ((x[:, None] - means) / stds).abs()
    log_px_k = (-0.5 * z - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · sign · the exponent has no minus
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (0.5 * z**2 - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · power · the determinant is taken as a product of stds without the logarithm
def mixture_log_density(x, weights, means, stds):
    D = x.shape[1]
    z2 = (((x[:, None] - means) / stds) ** 2).sum(-1)
    log_px_k = -0.5 * z2 - stds.prod(1) - 0.5 * D * math.log(2 * math.pi)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · log · the weights are added without their logarithm
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights + log_px_k, dim=1)

# %% wrong · weights · the weights multiply the log-densities
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights * log_px_k, dim=1)

# %% wrong · concept · the weighted average of the components' log-densities
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return log_px_k @ weights

# %% wrong · concept · the largest term alone
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return (weights.log() + log_px_k).amax(1)

# %% wrong · weights · the log-weights are summed outside
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1) + weights.log().sum()

# %% wrong · term · the old weights stay and new ones are added after the sum
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(weights.log() + log_terms.sum(-1), dim=1)

# %% wrong · weights · only the weights are spread over the coordinates, and the order stays
def mixture_log_density(x, weights, means, stds):
    D = x.shape[1]
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] / D + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · reduction · the total over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).sum()

# %% wrong · reduction · the mean over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).mean()

# %% wrong · sign · negative, as a loss
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return -torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · log · the density itself
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).exp()

# %% wrong · log · bits for nats
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1) / math.log(2)

# %% wrong · form · the components' axis is kept
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1, keepdim=True)

# %% wrong · unfinished · the log-joint of all components
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return weights.log() + log_px_k

# %% wrong · concept · log-responsibilities
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.log_softmax(weights.log() + log_px_k, dim=1)

# %% wrong · term · the largest term is not put back
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    b = a.amax(1, keepdim=True)
    return (a - b).exp().sum(1).log()

# %% wrong · numeric · one shift for all points
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    b = a.max()
    return b + (a - b).exp().sum(1).log()

# %% wrong · weights · the weights enter MixtureSameFamily as logits
def mixture_log_density(x, weights, means, stds):
    components = Independent(Normal(means, stds), 1)
    return MixtureSameFamily(Categorical(logits=weights), components).log_prob(x)

# %% wrong · weights · every component counts one over K
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1) - math.log(len(weights))

# %% wrong · count · the last component is left out of the loop
def mixture_log_density(x, weights, means, stds):
    terms = []
    for k in range(len(weights) - 1):
        terms.append(weights[k].log() + Normal(means[k], stds[k]).log_prob(x).sum(-1))
    return torch.stack(terms).logsumexp(0)

# %% wrong · axis · the one-dimensional mixtures by MixtureSameFamily, summed over coordinates
def mixture_log_density(x, weights, means, stds):
    D = x.shape[1]
    choice = Categorical(weights.expand(D, -1))
    return MixtureSameFamily(choice, Normal(means.T, stds.T)).log_prob(x).sum(-1)

# %% wrong · concept · one Gaussian with averaged means and stds
def mixture_log_density(x, weights, means, stds):
    return Normal(weights @ means, weights @ stds).log_prob(x).sum(-1)

# %% wrong · spread · standardised, and the volume of the scaling forgotten
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = Normal(0.0, 1.0).log_prob(z).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · minus infinity is replaced after a naive sum
def mixture_log_density(x, weights, means, stds):
    p = Normal(means, stds).log_prob(x[:, None]).sum(-1).exp() @ weights
    return torch.nan_to_num(p.log(), neginf=-1000.0)

# %% wrong · weights · the log-weights are subtracted again to be there only once, outside
def mixture_log_density(x, weights, means, stds):
    D = x.shape[1]
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1) - (D - 1) * weights.log().mean()

# %% wrong · arguments · mean and std of SciPy's density are exchanged
def mixture_log_density(x, weights, means, stds):
    log_px_k = stats.norm.logpdf(x.numpy()[:, None], stds.numpy(), np.abs(means.numpy()) + 1e-6)
    return special.logsumexp(log_px_k.sum(-1), axis=1, b=weights.numpy())

# %% wrong · two · the repaired order with doubled weights, as a total
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1).sum()

# %% wrong · two · variances for stds, and the order as given
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds.pow(2)).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · two · coordinates averaged, and no weights
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).mean(-1)
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · two · no two pi, and the weights not logged
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = (-0.5 * z**2 - stds.log()).sum(-1)
    return torch.logsumexp(weights + log_px_k, dim=1)

# %% wrong · two · roots for stds, and exponentiated by hand
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds**0.5).log_prob(x[:, None]).sum(-1)
    return (weights * log_px_k.exp()).sum(1).log()

# %% wrong · two · sum over coordinates left out, and averaged over components
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return log_terms.mean(1).sum(-1)

# %% wrong · two · no logarithm of the std, and one normaliser for all coordinates
def mixture_log_density(x, weights, means, stds):
    z2 = (((x[:, None] - means) / stds) ** 2).sum(-1)
    log_px_k = -0.5 * z2 - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · raises · x has no axis for the components
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x).sum(-1)
    return torch.logsumexp(weights.log()[:, None] + log_px_k[None, :], dim=0)

# %% wrong · two · summed over the components, log-sum-exp over the coordinates, and negative
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return -torch.logsumexp(log_terms.sum(1), dim=1)

# %% wrong · two · the order as given, and the weights not logged
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · count · the first coordinate is left out of the sum
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    total = log_px_k[..., 1]
    for i in range(2, x.shape[1]):
        total = total + log_px_k[..., i]
    return torch.logsumexp(weights.log() + total, dim=1)

# %% right · distributions · MixtureSameFamily with independent coordinates
def mixture_log_density(x, weights, means, stds):
    components = Independent(Normal(means, stds), 1)
    return MixtureSameFamily(Categorical(weights), components).log_prob(x)

# %% right · algebra · each coordinate carries its part of the log-weight
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] / x.shape[1] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1)

# %% right · MultivariateNormal · diagonal covariance matrices
def mixture_log_density(x, weights, means, stds):
    components = MultivariateNormal(means, torch.diag_embed(stds**2))
    return (weights.log() + components.log_prob(x[:, None])).logsumexp(-1)

# %% right · MultivariateNormal · the stds as a Cholesky factor
def mixture_log_density(x, weights, means, stds):
    components = MultivariateNormal(means, scale_tril=torch.diag_embed(stds))
    return torch.logsumexp(torch.log(weights) + components.log_prob(x.unsqueeze(1)), dim=1)

# %% right · NumPy · formula by hand and the largest term taken out
def mixture_log_density(x, weights, means, stds):
    x, w, m, s = (np.asarray(a) for a in (x, weights, means, stds))
    z = (x[:, None] - m) / s
    a = np.log(w) - 0.5 * (z**2).sum(2) - np.log(s).sum(1) - 0.5 * x.shape[1] * np.log(2 * np.pi)
    b = a.max(axis=1)
    return b + np.log(np.exp(a - b[:, None]).sum(axis=1))

# %% right · SciPy · norm.logpdf and logsumexp with weights
def mixture_log_density(x, weights, means, stds):
    log_px_k = stats.norm.logpdf(x.numpy()[:, None], means.numpy(), stds.numpy()).sum(axis=-1)
    return special.logsumexp(log_px_k, axis=1, b=weights.numpy())

# %% right · SciPy · multivariate_normal for each component, stacked
def mixture_log_density(x, weights, means, stds):
    logs = [
        math.log(w) + stats.multivariate_normal(m, np.diag(s**2)).logpdf(x.numpy()).reshape(-1)
        for w, m, s in zip(weights.tolist(), means.numpy(), stds.numpy())
    ]
    return special.logsumexp(np.stack(logs), axis=0)

# %% right · loop · logaddexp over the components
def mixture_log_density(x, weights, means, stds):
    total = torch.full((len(x),), -math.inf, dtype=x.dtype)
    for w, m, s in zip(weights, means, stds):
        total = torch.logaddexp(total, w.log() + Normal(m, s).log_prob(x).sum(1))
    return total

# %% right · einsum · the binomial with precisions
def mixture_log_density(x, weights, means, stds):
    tau = stds**-2
    gaps = x[:, None] - means
    z2 = torch.einsum("nkd,kd,nkd->nk", gaps, tau, gaps)
    log_norm = 0.5 * (tau / (2 * math.pi)).log().sum(1)
    return torch.logsumexp(weights.log() + log_norm - 0.5 * z2, dim=1)

# %% right · softmax · joint minus log-responsibility
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    k = a.argmax(1, keepdim=True)
    return (a - a.log_softmax(1)).gather(1, k).squeeze(1)

# %% right · loop · one point at a time, stacked
def mixture_log_density(x, weights, means, stds):
    out = []
    for point in x:
        a = weights.log() + Normal(means, stds).log_prob(point).sum(-1)
        out.append(torch.logsumexp(a, 0))
    return torch.stack(out)

# %% right · library · the course's own diagonal Gaussian
def mixture_log_density(x, weights, means, stds):
    from vaelib.gaussians import log_normal_diag
    log_px_k = log_normal_diag(x[:, None], means, 2 * stds.log())
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% right · algebra · the given snippet with log-weights in the first coordinate only
def mixture_log_density(x, weights, means, stds):
    log_terms = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    first = one_hot(torch.tensor(0), x.shape[1]).to(x.dtype)
    log_terms = log_terms + weights.log()[:, None] * first
    return torch.logsumexp(log_terms.sum(-1), dim=1)

# %% right · standardise · a standard normal and the volume of the scaling
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    standard = Normal(torch.zeros_like(z), torch.ones_like(z)).log_prob(z).sum(-1)
    return torch.logsumexp(standard - stds.log().sum(-1) + weights.log(), dim=-1)

# %% right · matmul · shift by the largest and then a product with the weights
def mixture_log_density(x, weights, means, stds):
    log_px_k = (Normal(means, stds).log_prob(x[:, None])).sum(2)
    b = log_px_k.max(1).values
    return b + ((log_px_k - b[:, None]).exp() @ weights).log()

# %% right · plain Python · two loops and math
def mixture_log_density(x, weights, means, stds):
    def log_n(v, m, s):
        return -0.5 * ((v - m) / s) ** 2 - math.log(s * math.sqrt(2 * math.pi))
    out = []
    for p in x.tolist():
        a = [math.log(w) + sum(map(log_n, p, m, s))
             for w, m, s in zip(weights.tolist(), means.tolist(), stds.tolist())]
        out.append(max(a) + math.log(sum(math.exp(t - max(a)) for t in a)))
    return np.array(out)
