# %% wrong · unfinished · as given
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · weights · summed over coordinates after the weights were added, so the weight counts D times
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1)

# %% wrong · axis · the two axes of the given code exchanged
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=2).sum(1)

# %% wrong · reduction · mean over the coordinates outside
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).mean(-1)

# %% wrong · reduction · mean over the coordinates inside
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).mean(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · reduction · logsumexp over components and coordinates at once
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=(1, 2))

# %% wrong · form · the sum over the coordinates is left away, one number for each coordinate
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1)

# %% wrong · weights · the weights are forgotten in the repair
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · weights · the weights without their logarithm
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights + log_px_k, dim=1)

# %% wrong · weights · weights multiplied onto the logarithms
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights * log_px_k, dim=1)

# %% wrong · concept · weighted mean of the log densities
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return log_px_k @ weights

# %% wrong · weights · equal weights
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1) - math.log(len(weights))

# %% wrong · weights · log weights divided by the number of dimensions and put back in once
def mixture_log_density(x, weights, means, stds):
    D = x.shape[1]
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() / D + log_px_k, dim=1)

# %% wrong · unfinished · repaired elsewhere, the weight shared out over the coordinates
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] / x.shape[1] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · unfinished · repaired elsewhere, the weights after the logsumexp
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    return (weights.log()[:, None] + log_px_k).logsumexp(dim=1).sum(-1) - weights.log().sum()

# %% wrong · sign · the log weights are subtracted
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k - weights.log(), dim=1)

# %% wrong · sign · negative log density
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return -torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · densities are exponentiated and multiplied
def mixture_log_density(x, weights, means, stds):
    p = Normal(means, stds).log_prob(x[:, None]).exp().prod(-1)
    return (p @ weights).log()

# %% wrong · numeric · a small number under the logarithm
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return (log_px_k.exp() @ weights + 1e-12).log()

# %% wrong · numeric · the density clamped from below
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return (log_px_k.exp() @ weights).clamp(min=1e-300).log()

# %% wrong · numeric · log densities clamped at −700
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1).clamp(min=-700)
    return torch.log((weights * log_px_k.exp()).sum(1))

# %% wrong · numeric · log densities clamped at −100 coordinate by coordinate
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).clamp(min=-100).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · infinities replaced by a very negative number
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.nan_to_num((log_px_k.exp() @ weights).log(), neginf=-1e6)

# %% wrong · numeric · one maximum for all points
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    b = a.max()
    return b + (a - b).exp().sum(1).log()

# %% wrong · term · the maximum is not added back
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    b = a.amax(1, keepdim=True)
    return (a - b).exp().sum(1).log()

# %% wrong · concept · only the best component counts
def mixture_log_density(x, weights, means, stds):
    a = weights.log() + Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return a.max(1).values

# %% wrong · concept · all components' logarithms are added, a product
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return (weights.log() + log_px_k).sum(1)

# %% wrong · concept · returns log responsibilities
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.log_softmax(weights.log() + log_px_k, dim=1)

# %% wrong · form · the terms are returned before they are added up
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return weights.log() + log_px_k

# %% wrong · axis · logsumexp over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=0)

# %% wrong · reduction · sum over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).sum(-1)

# %% wrong · reduction · mean over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).mean()

# %% wrong · form · keeps the axis of the components
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1, keepdim=True)

# %% wrong · log · returns the density
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1).exp()

# %% wrong · log · bits
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1) / math.log(2)

# %% wrong · log · the weights' logarithm to base 10
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log10() + log_px_k, dim=1)

# %% wrong · log · product over the coordinates of the log densities
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).prod(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · log · sum over the coordinates of the densities
def mixture_log_density(x, weights, means, stds):
    p = Normal(means, stds).log_prob(x[:, None]).exp().sum(-1)
    return (p @ weights + 1e-30).log()

# %% wrong · spread · variance given for the standard deviation
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds**2).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · root of the standard deviation
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds.sqrt()).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · standard deviations on the diagonal of the covariance
def mixture_log_density(x, weights, means, stds):
    comp = MultivariateNormal(means, torch.diag_embed(stds))
    return torch.logsumexp(weights.log() + comp.log_prob(x[:, None]), dim=1)

# %% wrong · spread · stds read as log-variances
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, (stds / 2).exp()).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · spread · covariances given as a precision matrix
def mixture_log_density(x, weights, means, stds):
    comp = MultivariateNormal(means, precision_matrix=torch.diag_embed(stds**2))
    return torch.logsumexp(weights.log() + comp.log_prob(x[:, None]), dim=1)

# %% wrong · term · normaliser counted once for all coordinates
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = -0.5 * gaps.square().sum(-1) - stds.log().sum(-1) - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · term · the normaliser with 2π is missing
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps.square() - stds.log()).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · term · log σ is missing
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps**2 - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · ½ in front of log σ
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps**2 - 0.5 * stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · ½ of the exponent is lost
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-gaps**2 - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · power · gaps squared before the division, by σ only
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) ** 2 / stds
    log_px_k = (-0.5 * gaps - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · sign · plus log σ
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps**2 + stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · factor · log 2π without the ½
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps**2 - stds.log() - math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · sign · the minus in front of the exponent is lost
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (0.5 * gaps**2 - stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · count · K in place of D in front of the 2π
def mixture_log_density(x, weights, means, stds):
    K, D = means.shape
    gaps = (x[:, None] - means) / stds
    log_px_k = -0.5 * gaps.square().sum(-1) - stds.log().sum(-1) - K / 2 * math.log(2 * math.pi)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · count · the last coordinate is left out
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None])[..., :-1].sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · count · the loop leaves out the last component
def mixture_log_density(x, weights, means, stds):
    terms = []
    for k in range(len(weights) - 1):
        terms.append(weights[k].log() + Normal(means[k], stds[k]).log_prob(x).sum(1))
    return torch.stack(terms).logsumexp(0)

# %% wrong · concept · distance of moments, one Gaussian with the mixture's mean and variance
def mixture_log_density(x, weights, means, stds):
    mean = weights @ means
    var = weights @ (stds**2 + means**2) - mean**2
    return Normal(mean, var.sqrt()).log_prob(x).sum(-1)

# %% wrong · concept · weights on the parameters, one averaged Gaussian
def mixture_log_density(x, weights, means, stds):
    return Normal(weights @ means, weights @ stds).log_prob(x).sum(-1)

# %% wrong · concept · MixtureSameFamily without Independent, a mixture over the wrong axis summed
def mixture_log_density(x, weights, means, stds):
    mix = MixtureSameFamily(Categorical(weights.expand(x.shape[1], -1)), Normal(means.T, stds.T))
    return mix.log_prob(x).sum(-1)

# %% wrong · two · order repaired but the weights left out and the variance used
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds**2).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · two · as given and with the weights not in logarithms
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).sum(-1)

# %% wrong · two · as given and without the weights
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    return torch.logsumexp(log_px_k, dim=1).sum(-1)

# %% wrong · two · naive exponentials in the given order
def mixture_log_density(x, weights, means, stds):
    p = Normal(means, stds).log_prob(x[:, None]).exp()
    return (weights[:, None] * p).sum(1).log().sum(-1)

# %% wrong · two · own formula with plus log σ and without the weights
def mixture_log_density(x, weights, means, stds):
    gaps = (x[:, None] - means) / stds
    log_px_k = (-0.5 * gaps**2 + stds.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · two · weights D times and over the points
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=0)

# %% wrong · weights · the weights added inside and again outside
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1) + weights.log()
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · unfinished · repaired twice, one more sum over the coordinates of a single number
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1, keepdim=True)
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1).expand(-1, x.shape[1]).sum(-1)

# %% wrong · axis · summed over the components first, then logsumexp over the coordinates
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(1)
    return torch.logsumexp(log_px_k, dim=1) + weights.log().sum()

# %% wrong · broadcast · one Gaussian for each point, the first component only
def mixture_log_density(x, weights, means, stds):
    log_px = Normal(means[0], stds[0]).log_prob(x).sum(-1)
    return weights[0].log() + log_px

# %% wrong · broadcast · all use the first component's width
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds[0]).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · raises · the weights as a column where the terms are a table
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None]).sum(-1)
    log_terms = weights.log()[:, None] + log_px_k
    return torch.logsumexp(log_terms, dim=1)

# %% wrong · raises · the second axis for the components is taken away from x
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x).sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · concept · responsibilities weigh the log densities
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).sum(-1)
    r = torch.softmax(weights.log() + log_px_k, dim=1)
    return (r * log_px_k).sum(1)

# %% wrong · two · order repaired, the weights subtracted and the mean over coordinates
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means, stds).log_prob(x[:, None]).mean(-1)
    return torch.logsumexp(log_px_k - weights.log(), dim=1)

# %% wrong · two · weights D times and the best component only
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] + log_px_k
    return log_terms.sum(-1).amax(1)

# %% wrong · two · own formula without log σ and without 2π
def mixture_log_density(x, weights, means, stds):
    log_px_k = -0.5 * ((x[:, None] - means) / stds).square().sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% right · solution style · sum over the coordinates first
def mixture_log_density(x, weights, means, stds):
    a = Normal(means, stds).log_prob(x.unsqueeze(1)).sum(dim=2) + weights.log()
    return a.logsumexp(-1)

# %% right · distributions · Independent and MixtureSameFamily
def mixture_log_density(x, weights, means, stds):
    mix = MixtureSameFamily(Categorical(weights), Independent(Normal(means, stds), 1))
    return mix.log_prob(x)

# %% right · distributions · MultivariateNormal with diagonal covariances
def mixture_log_density(x, weights, means, stds):
    comp = MultivariateNormal(means, torch.diag_embed(stds**2))
    return torch.logsumexp(weights.log() + comp.log_prob(x[:, None]), dim=1)

# %% right · distributions · scale_tril with the standard deviations
def mixture_log_density(x, weights, means, stds):
    comp = MultivariateNormal(means, scale_tril=torch.diag_embed(stds))
    return (Categorical(weights).logits + comp.log_prob(x[:, None])).logsumexp(1)

# %% right · loop · logaddexp over the components
def mixture_log_density(x, weights, means, stds):
    out = torch.full((len(x),), -math.inf, dtype=x.dtype)
    for w, m, s in zip(weights, means, stds):
        out = torch.logaddexp(out, w.log() + Normal(m, s).log_prob(x).sum(-1))
    return out

# %% right · scipy · norm.logpdf and logsumexp
def mixture_log_density(x, weights, means, stds):
    x, w, m, s = (np.asarray(a) for a in (x, weights, means, stds))
    return special.logsumexp(stats.norm.logpdf(x[:, None], m, s).sum(-1), axis=1, b=w)

# %% right · scipy · multivariate_normal for each component
def mixture_log_density(x, weights, means, stds):
    terms = []
    for w, m, s in zip(weights.numpy(), means.numpy(), stds.numpy()):
        terms.append(np.log(w) + np.atleast_1d(stats.multivariate_normal(m, np.diag(s**2)).logpdf(x.numpy())))
    return torch.from_numpy(special.logsumexp(terms, axis=0))

# %% right · formula · the logarithm of the Gaussian by hand
def mixture_log_density(x, weights, means, stds):
    z = (x[:, None] - means) / stds
    log_px_k = -0.5 * (z**2 + math.log(2 * math.pi)).sum(-1) - stds.log().sum(-1)
    return torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% right · formula · with variances and own log-sum-exp
def mixture_log_density(x, weights, means, stds):
    var = stds**2
    a = weights.log() - 0.5 * ((x[:, None] - means) ** 2 / var + (2 * math.pi * var).log()).sum(-1)
    b = a.max(1, keepdim=True).values
    return (b + (a - b).exp().sum(1, keepdim=True).log())[:, 0]

# %% right · unfinished code repaired in place · the weights once, in the first coordinate only
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_px_k[..., 0] += weights.log()
    return torch.logsumexp(log_px_k.sum(-1), dim=1)

# %% right · algebra · the weight shared out over the coordinates, then summed inside
def mixture_log_density(x, weights, means, stds):
    log_px_k = torch.distributions.Normal(means, stds).log_prob(x[:, None])
    log_terms = weights.log()[:, None] / x.shape[1] + log_px_k
    return torch.logsumexp(log_terms.sum(-1), dim=1)

# %% right · axes · components first and points last
def mixture_log_density(x, weights, means, stds):
    log_px_k = Normal(means[:, None], stds[:, None]).log_prob(x).sum(-1)
    return (weights.log()[:, None] + log_px_k).logsumexp(0)

# %% right · einsum · quadratic form by einsum
def mixture_log_density(x, weights, means, stds):
    gaps = x[:, None] - means
    quad = torch.einsum("nkd,nkd,kd->nk", gaps, gaps, stds**-2)
    log_norm = torch.log(stds).sum(1) + means.shape[1] / 2 * np.log(2 * np.pi)
    return torch.logsumexp(torch.log(weights) - quad / 2 - log_norm, 1)

# %% right · matmul · the sum over coordinates by a vector of ones
def mixture_log_density(x, weights, means, stds):
    log_px = Normal(means, stds).log_prob(x[:, None]) @ torch.ones(x.shape[1], dtype=x.dtype)
    return torch.logsumexp(log_px + torch.log(weights + 1e-15), -1)

# %% right · loops · plain Python
def mixture_log_density(x, weights, means, stds):
    def log_normal(v, m, s):
        return -0.5 * ((v - m) / s) ** 2 - math.log(s) - 0.5 * math.log(2 * math.pi)
    out = []
    for point in x.tolist():
        a = [math.log(w) + sum(map(log_normal, point, m, s)) for w, m, s in zip(weights.tolist(), means.tolist(), stds.tolist())]
        out.append(max(a) + math.log(sum(math.exp(v - max(a)) for v in a)))
    return torch.tensor(out, dtype=torch.float64)

# %% right · stack · one point at a time, scalars stacked
def mixture_log_density(x, weights, means, stds):
    values = []
    for point in x:
        log_px_k = Normal(means, stds).log_prob(point).sum(1)
        values.append(torch.logsumexp(weights.log() + log_px_k, dim=0))
    return torch.stack(values)
