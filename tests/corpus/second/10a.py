# %% wrong · numeric · densities are mixed as such, far points underflow
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.softmax(0) * log_n.exp()).sum(1).log()

# %% wrong · numeric · a small number is added before the logarithm
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    p = log_n.exp() @ logits.softmax(0)
    return torch.log(p + 1e-12)

# %% wrong · numeric · the density is clamped from below
def log_mixture(z, logits, mu, logvar):
    n = Independent(Normal(mu, (0.5 * logvar).exp()), 1)
    p = n.log_prob(z[:, None]).exp() * torch.softmax(logits, 0)
    return p.sum(1).clamp(min=1e-300).log()

# %% wrong · numeric · each component's log-density is clamped at −700 so that its exponential lives
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n.clamp(min=-700)).logsumexp(1)

# %% wrong · numeric · the squared distances are cut off at 100
def log_mixture(z, logits, mu, logvar):
    square = ((z[:, None] - mu) ** 2 / logvar.exp()).clamp(max=100)
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · numeric · one maximum of the whole table is taken out
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    joint = logits.log_softmax(0) + log_n
    top = joint.max()
    return top + (joint - top).exp().sum(1).log()

# %% wrong · numeric · a hundredth is added to each variance
def log_mixture(z, logits, mu, logvar):
    var = logvar.exp() + 1e-2
    square = (z[:, None] - mu) ** 2 / var
    log_n = -0.5 * (square + var.log() + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · numeric · minus infinity is replaced by a number
def log_mixture(z, logits, mu, logvar):
    normal = Normal(mu, torch.exp(logvar / 2))
    p = (normal.log_prob(z[:, None]).sum(-1).exp() * logits.softmax(-1)).sum(-1)
    return torch.nan_to_num(p.log(), neginf=-1e4)

# %% wrong · log · the raw logits stand for log weights
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits + log_n).logsumexp(1)

# %% wrong · log · the softmax is added without its logarithm
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.softmax(0) + log_n).logsumexp(1)

# %% wrong · log · the logarithm of the logits as if they were weights
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log() + log_n).logsumexp(1)

# %% wrong · weights · the weights are forgotten
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return log_n.logsumexp(1)

# %% wrong · weights · all weights are one over K
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (0.5 * logvar).exp()).log_prob(z[:, None]).sum(-1)
    return log_n.logsumexp(1) - math.log(len(logits))

# %% wrong · weights · a sigmoid for each weight
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logsigmoid(logits) + log_n).logsumexp(1)

# %% wrong · weights · logits divided by their sum
def log_mixture(z, logits, mu, logvar):
    pi = logits.abs() / logits.abs().sum()
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (pi.log() + log_n).logsumexp(1)

# %% wrong · weights · log weights are multiplied with the log-densities
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.softmax(0) * log_n).logsumexp(1)

# %% wrong · weights · log weights are divided by K after the softmax
def log_mixture(z, logits, mu, logvar):
    K = logits.shape[0]
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) - math.log(K) + log_n).logsumexp(1)

# %% wrong · raises · the softmax along an axis that the logits do not have
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(1) + log_n).logsumexp(1)

# %% wrong · raises · z gets no axis for the components
def log_mixture(z, logits, mu, logvar):
    square = (z - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(-1)

# %% wrong · axis · the sum of exponentials runs over the examples
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(0)

# %% wrong · axis · each dimension is mixed on its own and then the dimensions are summed
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi))
    return (logits.log_softmax(0)[:, None] + log_n).logsumexp(1).sum(-1)

# %% wrong · axis · the softmax is taken over the whole table, with the log-densities in it
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    joint = logits + log_n
    return (joint.log_softmax(1) + log_n).logsumexp(1)

# %% wrong · reduction · the dimensions are averaged
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).mean(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · reduction · the greatest component in place of the sum
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).max(1)[0]

# %% wrong · reduction · one average over all examples
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1).mean()

# %% wrong · concept · a weighted mean of the logarithms
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return log_n @ logits.softmax(0)

# %% wrong · concept · log weight and log-density are added and summed over the components
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).sum(1)

# %% wrong · concept · the expected log joint under the responsibilities, without their entropy
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    joint = logits.log_softmax(0) + log_n
    return (joint.softmax(1) * joint).sum(1)

# %% wrong · concept · a single Gaussian with the mixture's mean and variance
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0)
    mean = pi @ mu
    var = pi @ (logvar.exp() + mu**2) - mean**2
    return Normal(mean, var.sqrt()).log_prob(z).sum(-1)

# %% wrong · concept · only the component with the largest weight
def log_mixture(z, logits, mu, logvar):
    k = logits.argmax()
    log_n = Normal(mu[k], (0.5 * logvar[k]).exp()).log_prob(z).sum(1)
    return logits.log_softmax(0)[k] + log_n

# %% wrong · concept · one variance for each component, the mean of its dimensions
def log_mixture(z, logits, mu, logvar):
    d = z.shape[1]
    var = logvar.exp().mean(1)
    log_n = -0.5 * (torch.cdist(z, mu) ** 2 / var + d * torch.log(2 * math.pi * var))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · unfinished · the table of components is returned
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return logits.log_softmax(0) + log_n

# %% wrong · unfinished · the density, with no logarithm at the end
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).exp().sum(1)

# %% wrong · factor · the one half is missing
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -(square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · the one half is missing before the log-variance
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = (-0.5 * square - logvar - 0.5 * math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · the one half is missing before log 2π
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar).sum(-1) - z.shape[1] * math.log(2 * math.pi)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · the one half stands before the squares only
def log_mixture(z, logits, mu, logvar):
    delta = z.unsqueeze(1) - mu
    log_n = -(delta**2 / logvar.exp() / 2 + logvar + math.log(2 * math.pi)).sum(2)
    return torch.logsumexp(logits.log_softmax(0) + log_n, dim=1)

# %% wrong · sign · the log-variance with the other sign
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square - logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · plus before half of log 2π
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = (-0.5 * square - 0.5 * logvar + 0.5 * math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · the negative log-likelihood, as a loss
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return -(logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · the components' minus is lost
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = 0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · the log weights are subtracted
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (log_n - logits.log_softmax(0)).logsumexp(1)

# %% wrong · spread · the squares are multiplied by the variance
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 * logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · logvar is taken for the log of the standard deviation
def log_mixture(z, logits, mu, logvar):
    parts = Independent(Normal(mu, logvar.exp()), 1)
    return MixtureSameFamily(Categorical(logits=logits), parts).log_prob(z)

# %% wrong · spread · the squares are divided by the standard deviation
def log_mixture(z, logits, mu, logvar):
    std = torch.exp(0.5 * logvar)
    square = (z[:, None] - mu) ** 2 / std
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · the squares are divided by the log-variance
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · the differences are divided by the variance before they are squared
def log_mixture(z, logits, mu, logvar):
    square = ((z[:, None] - mu) / logvar.exp()) ** 2
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · the covariance matrix gets standard deviations on its diagonal
def log_mixture(z, logits, mu, logvar):
    parts = MultivariateNormal(mu, torch.diag_embed((0.5 * logvar).exp()))
    return (logits.log_softmax(0) + parts.log_prob(z[:, None])).logsumexp(1)

# %% wrong · spread · softplus makes the variance
def log_mixture(z, logits, mu, logvar):
    var = softplus(logvar)
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / var + var.log() + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · a unit variance for all components
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · term · log 2π is missing
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · term · the log-variance is missing
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · count · log 2π once and not for each dimension
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * ((square + logvar).sum(-1) + math.log(2 * math.pi))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · count · log 2π times the number of components
def log_mixture(z, logits, mu, logvar):
    K = len(mu)
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * ((square + logvar).sum(-1) + K * math.log(2 * math.pi))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · count · the loop misses the last component
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.log_softmax(0)
    terms = []
    for k in range(len(logits) - 1):
        log_n = Normal(mu[k], (0.5 * logvar[k]).exp()).log_prob(z).sum(1)
        terms.append(log_pi[k] + log_n)
    return torch.stack(terms).logsumexp(0)

# %% wrong · log · log of π in place of 2π
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · log · the logarithm of the summed variances as the determinant
def log_mixture(z, logits, mu, logvar):
    var = logvar.exp()
    log_n = -0.5 * (((z[:, None] - mu) ** 2 / var).sum(-1) + var.sum(1).log() + z.shape[1] * math.log(2 * math.pi))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · log · in bits
def log_mixture(z, logits, mu, logvar):
    log_n = Independent(Normal(mu, torch.exp(0.5 * logvar)), 1).log_prob(z[:, None])
    return (logits.log_softmax(0) + log_n).logsumexp(1) / math.log(2)

# %% wrong · spread · the variance stands where its logarithm belongs
def log_mixture(z, logits, mu, logvar):
    var = logvar.exp()
    square = (z[:, None] - mu) ** 2 / var
    log_n = -0.5 * (square + var + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · power · the distance is not squared
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu).abs() / (0.5 * logvar).exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · power · the differences are summed over the dimensions and then squared
def log_mixture(z, logits, mu, logvar):
    u = (z[:, None] - mu) / (0.5 * logvar).exp()
    log_n = -0.5 * (u.sum(-1) ** 2 + (logvar + math.log(2 * math.pi)).sum(-1))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · arguments · mean and log-variance are exchanged
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - logvar) ** 2 / mu.exp()
    log_n = -0.5 * (square + mu + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · arguments · logits are given to Categorical as probabilities
def log_mixture(z, logits, mu, logvar):
    pick = Categorical(probs=logits.exp().clamp(max=1))
    parts = Independent(Normal(mu, (logvar / 2).exp()), 1)
    return MixtureSameFamily(pick, parts).log_prob(z)

# %% wrong · term · the maximum is taken out and not added back
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    joint = logits.log_softmax(0) + log_n
    return (joint - joint.max(1, keepdim=True)[0]).exp().sum(1).log()

# %% wrong · axis · the maximum is that of each component over the examples
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    top = log_n.max(0)[0]
    return (logits.softmax(0) * (log_n - top).exp()).sum(1).log() + top.max()

# %% wrong · gradient · the weights are detached
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.detach().log_softmax(0)
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (log_pi + log_n).logsumexp(1)

# %% wrong · gradient · SciPy does the work, so the gradient ends there
def log_mixture(z, logits, mu, logvar):
    z, l, m, v = (t.detach().numpy() for t in (z, logits, mu, logvar))
    log_n = stats.norm.logpdf(z[:, None], m, np.exp(v / 2)).sum(-1)
    return torch.from_numpy(special.logsumexp(log_n + special.log_softmax(l), axis=1))

# %% wrong · gradient · the variance is made without a gradient
def log_mixture(z, logits, mu, logvar):
    std = torch.exp(0.5 * logvar.data)
    log_n = Normal(mu, std).log_prob(z[:, None]).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · form · the axis of the components stays with length one
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1, keepdim=True)

# %% wrong · noise · one component is drawn for each z
def log_mixture(z, logits, mu, logvar):
    k = Categorical(logits=logits).sample((len(z),))
    return Normal(mu[k], (0.5 * logvar[k]).exp()).log_prob(z).sum(1)

# %% wrong · two · raw logits and no log 2π
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / logvar.exp() + logvar).sum(-1)
    return torch.logsumexp(log_n + logits, 1)

# %% wrong · two · exponentials without log space, and the logits unnormalised
def log_mixture(z, logits, mu, logvar):
    parts = Normal(mu, (0.5 * logvar).exp()).log_prob(z[:, None]).sum(-1).exp()
    return (logits.exp() * parts).sum(1).log()

# %% wrong · two · logvar taken for the log of the standard deviation, and no weights
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, torch.exp(logvar)).log_prob(z[:, None, :]).sum(-1)
    return log_n.logsumexp(-1)

# %% wrong · two · a mean over the dimensions and a density at the end
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, torch.exp(0.5 * logvar)).log_prob(z[:, None, :]).mean(-1)
    return (log_n.exp() * logits.softmax(0)).sum(1)

# %% wrong · two · the sign of the log-variance and log 2π once only
def log_mixture(z, logits, mu, logvar):
    square = ((z[:, None] - mu) ** 2 / logvar.exp()).sum(-1)
    log_n = -0.5 * square + 0.5 * logvar.sum(-1) - 0.5 * math.log(2 * math.pi)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · two · the mean of logarithms with raw logits as weights
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, torch.exp(0.5 * logvar)).log_prob(z[:, None]).sum(-1)
    return (logits * log_n).sum(1)

# %% wrong · two · mixed in each dimension, and the half of the exponent missing
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -square - 0.5 * logvar - 0.5 * math.log(2 * math.pi)
    return (logits.log_softmax(0)[:, None] + log_n).logsumexp(1).sum(1)

# %% wrong · two · no gradient through the weights, and a clamp before the logarithm
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0).detach()
    log_n = Normal(mu, torch.exp(0.5 * logvar)).log_prob(z[:, None]).sum(-1)
    return (log_n.exp() @ pi).clamp(min=1e-30).log()

# %% right · distributions · MixtureSameFamily
def log_mixture(z, logits, mu, logvar):
    parts = Independent(Normal(mu, (0.5 * logvar).exp()), 1)
    return MixtureSameFamily(Categorical(logits=logits), parts).log_prob(z)

# %% right · full · MultivariateNormal with diagonal matrices
def log_mixture(z, logits, mu, logvar):
    parts = MultivariateNormal(mu, scale_tril=torch.diag_embed((0.5 * logvar).exp()))
    return (logits.log_softmax(0) + parts.log_prob(z[:, None])).logsumexp(1)

# %% right · loop · a loop over the components with logaddexp
def log_mixture(z, logits, mu, logvar):
    out = torch.full_like(z[:, 0], -float("inf"))
    log_pi = logits - logits.logsumexp(0)
    for k in range(len(logits)):
        log_n = Normal(mu[k], (logvar[k] / 2).exp()).log_prob(z).sum(1)
        out = log_pi[k] + log_n if k == 0 else torch.logaddexp(out, log_pi[k] + log_n)
    return out

# %% right · by hand · the row's maximum taken out and added back
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * (((z[:, None] - mu) / (0.5 * logvar).exp()) ** 2 + logvar + math.log(2 * math.pi)).sum(-1)
    joint = torch.log_softmax(logits, -1) + log_n
    top = joint.amax(1, keepdim=True).detach()
    return top[:, 0] + (joint - top).exp().sum(1).log()

# %% right · matmul · the squares multiplied out
def log_mixture(z, logits, mu, logvar):
    h = (-logvar).exp()
    square = z**2 @ h.T - 2 * z @ (h * mu).T + (h * mu**2).sum(1)
    log_n = -0.5 * (square + logvar.sum(1) + z.shape[1] * math.log(2 * math.pi))
    return torch.logsumexp(log_n + logits, 1) - torch.logsumexp(logits, 0)

# %% right · normalised late · raw logits and their logsumexp subtracted at the end
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, torch.exp(0.5 * logvar)).log_prob(z[:, None]).sum(-1)
    return (logits + log_n).logsumexp(1) - logits.logsumexp(0)

# %% right · components first · the table transposed
def log_mixture(z, logits, mu, logvar):
    square = (z[None] - mu[:, None]) ** 2 * torch.exp(-logvar)[:, None]  # (K, n, d)
    log_n = -square.sum(2) / 2 - 0.5 * logvar.sum(1)[:, None] - mu.shape[1] / 2 * math.log(2 * math.pi)
    return torch.logsumexp(logits.log_softmax(0)[:, None] + log_n, 0)

# %% right · stack · a list of columns
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.log_softmax(0)
    columns = [lp + Normal(m, (0.5 * v).exp()).log_prob(z).sum(1) for lp, m, v in zip(log_pi, mu, logvar)]
    return torch.stack(columns, 1).logsumexp(1)

# %% right · einsum · the sum over dimensions by einsum
def log_mixture(z, logits, mu, logvar):
    delta = z[:, None] - mu
    square = torch.einsum("nkd,nkd,kd->nk", delta, delta, torch.exp(-logvar))
    log_norm = 0.5 * (logvar + math.log(2 * math.pi)).sum(1)
    return (logits.log_softmax(0) - 0.5 * square - log_norm).logsumexp(1)

# %% right · loss · gaussian_nll_loss with its constant
def log_mixture(z, logits, mu, logvar):
    n, (K, d) = len(z), mu.shape
    where, var = z[:, None].expand(n, K, d), logvar.exp().expand(n, K, d)
    nll = F.gaussian_nll_loss(mu.expand(n, K, d), where, var, full=True, reduction="none", eps=1e-12)
    return (logits.log_softmax(0) - nll.sum(-1)).logsumexp(1)

# %% right · responsibilities · log joint less log responsibility, for the first component
def log_mixture(z, logits, mu, logvar):
    log_n = Independent(Normal(mu, (0.5 * logvar).exp()), 1).log_prob(z[:, None])
    joint = logits.log_softmax(0) + log_n
    r = joint.log_softmax(1)
    best = joint.argmax(1, keepdim=True)
    return (joint - r).gather(1, best)[:, 0]

# %% right · lower bound · reconstruction plus entropy of the exact responsibilities
def log_mixture(z, logits, mu, logvar):
    log_n = Independent(Normal(mu, (0.5 * logvar).exp()), 1).log_prob(z[:, None])
    joint = logits.log_softmax(0) + log_n
    log_r = joint.log_softmax(1)
    return (log_r.exp() * (joint - log_r)).sum(1)

# %% right · vmap · one z at a time by vmap
def log_mixture(z, logits, mu, logvar):
    def one(p):
        square = (p - mu).square() / logvar.exp()
        log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(1)
        return torch.logsumexp(torch.log_softmax(logits, 0) + log_n, 0)
    return torch.vmap(one)(z)

# %% right · softmax · the logarithm of a softmax with a tiny number added
def log_mixture(z, logits, mu, logvar):
    std = torch.exp(logvar / 2)
    u = (z.unsqueeze(1) - mu) / std
    log_n = -(u**2).sum(-1) / 2 - std.log().sum(-1) - 0.5 * mu.shape[-1] * math.log(2 * math.pi)
    return torch.logsumexp((logits.softmax(0) + 1e-12).log() + log_n, -1)

# %% right · standard · the log-density of standard normals and a Jacobian
def log_mixture(z, logits, mu, logvar):
    u = (z[:, None] - mu) * (-0.5 * logvar).exp()
    log_n = (Normal(0.0, 1.0).log_prob(u) - 0.5 * logvar).sum(-1)
    return F.log_softmax(logits, dim=0).add(log_n).logsumexp(dim=1)
