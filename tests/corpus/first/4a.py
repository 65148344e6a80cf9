# %% wrong · unfinished · log prior not normalised, the cell width forgotten
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).logsumexp(1)

# %% wrong · weights · the prior is left out, mean over the points
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return log_px_z.logsumexp(1) - math.log(len(mu))

# %% wrong · weights · the prior is left out, plain sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return log_px_z.logsumexp(1)

# %% wrong · weights · prior density kept and divided by J
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).logsumexp(1) - math.log(len(log_prior))

# %% wrong · weights · both normalised and divided by J
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    log_w = log_prior.log_softmax(0) - math.log(len(log_prior))
    return (log_w + log_px_z).logsumexp(1)

# %% wrong · log · softmax without the logarithm
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · softmax of the density
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.exp().log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · prior normalised by the sum of its logarithms
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior - log_prior.sum() + log_px_z).logsumexp(1)

# %% wrong · log · log prior divided by its sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior / log_prior.sum() + log_px_z).logsumexp(1)

# %% wrong · log · logarithm taken of the log prior's softmax twice
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.softmax(0).log_softmax(0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_w + log_px_z).logsumexp(1)

# %% wrong · sign · the normaliser of the weights is added
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_prior.logsumexp(0) + log_px_z).logsumexp(1)

# %% wrong · axis · normalised over the data: log_softmax of the joint
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z.log_softmax(0)).logsumexp(1)

# %% wrong · axis · logsumexp for each dimension, then the sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None])
    return (log_prior.log_softmax(0)[:, None] + log_px_z).logsumexp(1).sum(-1)

# %% wrong · axis · weights added for every dimension
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)[:, None]
    return (log_w + Normal(mu, std).log_prob(x[:, None])).sum(-1).logsumexp(1)

# %% wrong · axis · logsumexp over the points x
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(0)

# %% wrong · axis · log-sum-exp over dimensions, sum over z
def log_p_on_grid(x, log_prior, mu, std):
    lp = Normal(mu, std).log_prob(x[:, None]).logsumexp(2)
    return (log_prior.log_softmax(0) + lp).sum(1)

# %% wrong · reduction · mean over the dimensions
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).mean(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · reduction · average of the logarithms, weighted by the prior
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.softmax(0) * log_px_z).sum(1)

# %% wrong · reduction · sum of the log terms
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).sum(1)

# %% wrong · reduction · maximum over the grid instead of the sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).max(1).values

# %% wrong · reduction · mean over all points
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1).mean()

# %% wrong · reduction · sum over all points, as for the total likelihood
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1).sum()

# %% wrong · sign · negative log-likelihood
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return -(log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · numeric · densities summed and then the logarithm
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1).exp()
    return (px_z @ log_prior.softmax(0)).log()

# %% wrong · numeric · small constant inside the logarithm of the density
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1).exp()
    return (px_z @ log_prior.softmax(0) + 1e-30).log()

# %% wrong · numeric · density clamped before the logarithm
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Normal(mu, std).log_prob(x[:, None]).exp().prod(-1)
    return torch.log((log_prior.softmax(0) * px_z).sum(1).clamp(min=1e-12))

# %% wrong · numeric · log-densities clamped at -50
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1).clamp(min=-50)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · numeric · the maximum taken over all points at once
def log_p_on_grid(x, log_prior, mu, std):
    a = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    b = a.max()
    return b + (a - b).exp().sum(1).log()

# %% wrong · numeric · shifted by the maximum which is not added again
def log_p_on_grid(x, log_prior, mu, std):
    a = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    b = a.max(1, keepdim=True).values
    return (a - b).exp().sum(1).log()

# %% wrong · numeric · a floor of 1 for the standard deviation
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std.clamp(min=1.0)).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · gradient · mu and std detached
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu.detach(), std.detach()).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · gradient · SciPy on detached arrays
def log_p_on_grid(x, log_prior, mu, std):
    m, s = mu.detach().numpy(), std.detach().numpy()
    lp = stats.norm.logpdf(x.numpy()[:, None], m, s).sum(-1)
    w = special.log_softmax(log_prior.numpy())
    return torch.from_numpy(special.logsumexp(w + lp, axis=1))

# %% wrong · gradient · only std detached
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std.data).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · variance instead of standard deviation
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std**2).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · square root of std
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std.sqrt()).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · std taken as a log-variance
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, torch.exp(std / 2)).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · precision squared in the exponent
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) * std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · power · gap squared but divided by std once
def log_p_on_grid(x, log_prior, mu, std):
    squares = (x[:, None] - mu) ** 2 / std
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · power · absolute gap without the square
def log_p_on_grid(x, log_prior, mu, std):
    gaps = ((x[:, None] - mu) / std).abs()
    log_px_z = -0.5 * (gaps + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · factor · log std counted once within the half
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · factor · half of the squares missing
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -(squares + 0.5 * math.log(2 * math.pi) + std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · factor · half missing in front of everything
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -(squares + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · factor · half missing at log 2π
def log_p_on_grid(x, log_prior, mu, std):
    z = (x[:, None] - mu) / std
    log_px_z = (-0.5 * z**2 - math.log(2 * math.pi) - std.log()).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · term · log 2π missing
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · term · log std missing
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi)).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · term · only the squares, all normalisers left out
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = -0.5 * (((x[:, None] - mu) / std) ** 2).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · term · constant log 2π subtracted once, not for each dimension
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + 2 * std.log()).sum(2) - 0.5 * math.log(2 * math.pi)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · π without its factor two
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · sign · log std with the wrong sign
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = (-0.5 * squares - 0.5 * math.log(2 * math.pi) + std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · sign · minus in front of the exponent forgotten
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = (0.5 * squares - 0.5 * math.log(2 * math.pi) - std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · base ten for log 2π
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log10(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · result in bits
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1) / math.log(2)

# %% wrong · log · density returned, not its logarithm
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1).exp()

# %% wrong · weights · weights counted twice
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_w + log_w + log_px_z).logsumexp(1)

# %% wrong · sign · prior subtracted, as if it were a proposal
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_px_z - log_prior.log_softmax(0)).logsumexp(1)

# %% wrong · form · keeps an axis, shape (n, 1)
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1, keepdim=True)

# %% wrong · unfinished · terms of shape (n, J) returned
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return log_prior.log_softmax(0) + log_px_z

# %% wrong · concept · the posterior of z
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).log_softmax(1)

# %% wrong · concept · one Gaussian with the average mean and average std
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    return Normal(w @ mu, w @ std).log_prob(x).sum(-1)

# %% wrong · concept · one Gaussian with the mixture's moments
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    m = w @ mu
    v = w @ (std**2 + mu**2) - m**2
    return Normal(m, v.sqrt()).log_prob(x).sum(-1)

# %% wrong · concept · likelihood at the most probable z
def log_p_on_grid(x, log_prior, mu, std):
    j = log_prior.argmax()
    return Normal(mu[j], std[j]).log_prob(x).sum(-1)

# %% wrong · concept · component nearest to x alone
def log_p_on_grid(x, log_prior, mu, std):
    j = torch.cdist(x, mu).argmin(1)
    return log_prior.log_softmax(0)[j] + Normal(mu[j], std[j]).log_prob(x).sum(-1)

# %% wrong · concept · expected log joint under the posterior, entropy forgotten
def log_p_on_grid(x, log_prior, mu, std):
    joint = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (joint.softmax(1) * joint).sum(1)

# %% wrong · arguments · the probability function of a wrong z: prior evaluated at the means
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    log_pz = Normal(0.0, 1.0).log_prob(mu).sum(-1).log_softmax(0)
    return (log_pz + log_px_z).logsumexp(1)

# %% wrong · arguments · standard deviation of the first grid point for all
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std[0]).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · order · standard deviations reversed against the means
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std.flip(0)).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · count · last grid point dropped, as in a left Riemann sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu[:-1], std[:-1]).log_prob(x[:, None]).sum(-1)
    return (log_prior[:-1].log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · weights · half weights for the two ends as in the trapezoid rule
def log_p_on_grid(x, log_prior, mu, std):
    half = torch.zeros_like(log_prior)
    half[[0, -1]] = -math.log(2)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return ((log_prior + half).log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · noise · z drawn from the weights instead of the whole sum
def log_p_on_grid(x, log_prior, mu, std):
    j = torch.multinomial(log_prior.softmax(0), 100, replacement=True)
    log_px_z = Normal(mu[j], std[j]).log_prob(x[:, None]).sum(-1)
    return log_px_z.logsumexp(1) - math.log(100)

# %% wrong · broadcast · mean and std of the j-th point compared with the n-th, cut to the shorter
def log_p_on_grid(x, log_prior, mu, std):
    m = min(len(x), len(mu))
    lp = Normal(mu[:m], std[:m]).log_prob(x[:m]).sum(-1)
    lp = torch.cat([lp, lp.new_zeros(len(x) - m)])
    return lp + log_prior.logsumexp(0)

# %% wrong · two · prior not normalised and variance for std
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std**2).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).logsumexp(1)

# %% wrong · two · no prior and average over the dimensions
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).mean(-1)
    return log_px_z.logsumexp(1) - math.log(len(mu))

# %% wrong · two · prior not normalised and densities underflow
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Normal(mu, std).log_prob(x[:, None]).exp().prod(-1)
    return (log_prior.exp() * px_z).sum(1).log()

# %% wrong · two · log-sum-exp per dimension and the prior left out
def log_p_on_grid(x, log_prior, mu, std):
    lp = Normal(mu, std).log_prob(x[:, None])
    return (lp.logsumexp(1) - math.log(len(mu))).sum(-1)

# %% wrong · two · log 2π missing and prior not normalised
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = (-0.5 * ((x[:, None] - mu) / std) ** 2 - std.log()).sum(-1)
    return torch.logsumexp(log_prior + log_px_z, dim=1)

# %% wrong · two · average of logarithms and gradient cut
def log_p_on_grid(x, log_prior, mu, std):
    lp = stats.norm(mu.detach().numpy(), std.detach().numpy()).logpdf(x.numpy()[:, None]).sum(-1)
    return torch.from_numpy(lp @ special.softmax(log_prior.numpy()))

# %% wrong · two · half and the log std missing
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = -(((x[:, None] - mu) / std) ** 2 + math.log(2 * math.pi)).sum(2) / 2
    return (log_prior + log_px_z).logsumexp(1)

# %% wrong · two · weights added for every dimension and variance for std
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)[:, None]
    return (log_w + Normal(mu, std**2).log_prob(x[:, None])).sum(-1).logsumexp(1)

# %% wrong · raises · x without an axis for the grid
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(0)

# %% wrong · raises · the sum over dimensions is forgotten
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None, :])
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% right · distributions · Normal and its sum
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_prior - log_prior.logsumexp(0) + log_px_z, dim=1)

# %% right · distributions · MixtureSameFamily
def log_p_on_grid(x, log_prior, mu, std):
    return MixtureSameFamily(Categorical(logits=log_prior), Independent(Normal(mu, std), 1)).log_prob(x)

# %% right · distributions · MultivariateNormal with a triangular scale
def log_p_on_grid(x, log_prior, mu, std):
    comp = MultivariateNormal(mu, scale_tril=torch.diag_embed(std))
    return (comp.log_prob(x[:, None]) + Categorical(logits=log_prior).logits).logsumexp(-1)

# %% right · algebra · the joint's log-sum-exp less the prior's
def log_p_on_grid(x, log_prior, mu, std):
    joint = log_prior + Independent(Normal(mu, std), 1).log_prob(x[:, None])
    return joint.logsumexp(1) - log_prior.logsumexp(0)

# %% right · numeric · maximum taken out by hand
def log_p_on_grid(x, log_prior, mu, std):
    lp = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    top = lp.max(1, keepdim=True).values.detach()
    w = log_prior.softmax(0)
    return top[:, 0] + ((lp - top).exp() @ w).log()

# %% right · loop · loop over the points
def log_p_on_grid(x, log_prior, mu, std):
    log_w = F.log_softmax(log_prior, dim=0)
    comp = Normal(mu, std)
    return torch.stack([torch.logsumexp(log_w + comp.log_prob(p).sum(1), 0) for p in x])

# %% right · loop · logaddexp along the grid
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    total = torch.full((len(x),), -torch.inf, dtype=x.dtype)
    for w, m, s in zip(log_w, mu, std):
        total = torch.logaddexp(total, w + Normal(m, s).log_prob(x).sum(-1))
    return total

# %% right · algebra · natural parameters, a product of matrices
def log_p_on_grid(x, log_prior, mu, std):
    lam = std**-2
    const = -0.5 * (mu**2 * lam).sum(1) - std.log().sum(1) - 0.5 * mu.shape[1] * math.log(2 * math.pi)
    lp = x @ (mu * lam).T - 0.5 * x**2 @ lam.T + const
    return (lp + log_prior.log_softmax(0)).logsumexp(1)

# %% right · einsum · einsum for the squares
def log_p_on_grid(x, log_prior, mu, std):
    u = (x[:, None] - mu[None]) / std[None]
    quad = torch.einsum("njd,njd->nj", u, u)
    norm = torch.log(std * math.sqrt(2 * math.pi)).sum(-1)
    return torch.logsumexp(log_prior.log_softmax(-1) - norm - quad / 2, -1)

# %% right · torch · gaussian_nll_loss without reduction
def log_p_on_grid(x, log_prior, mu, std):
    X, M = torch.broadcast_tensors(x[:, None], mu)
    nll = F.gaussian_nll_loss(X, M, (std**2).expand_as(M), full=True, reduction="none", eps=1e-12)
    return (log_prior.log_softmax(0) - nll.sum(2)).logsumexp(1)

# %% right · algebra · any width of the cells, which cancels
def log_p_on_grid(x, log_prior, mu, std):
    h = 0.1
    log_w = log_prior + math.log(h)
    log_w = log_w - log_w.exp().sum().log()
    lp = Normal(mu, std).log_prob(x.unsqueeze(1)).sum(2)
    return (lp + log_w).logsumexp(dim=1)

# %% right · axis · grid on the first axis
def log_p_on_grid(x, log_prior, mu, std):
    lp = Normal(mu[:, None], std[:, None]).log_prob(x).sum(-1)
    return (log_prior.log_softmax(0)[:, None] + lp).logsumexp(0)

# %% right · stabiliser · std with a tiny constant
def log_p_on_grid(x, log_prior, mu, std):
    s = std + 1e-9
    lp = Normal(mu, s).log_prob(x[:, None]).sum(-1)
    return (torch.log(log_prior.softmax(0) + 1e-300) + lp).logsumexp(1)

# %% right · torch · vmap over the points
def log_p_on_grid(x, log_prior, mu, std):
    def one(p):
        lp = -0.5 * ((p - mu) / std).square() - std.log() - 0.5 * math.log(2 * math.pi)
        return torch.logsumexp(lp.sum(-1) + log_prior, 0) - torch.logsumexp(log_prior, 0)
    return torch.func.vmap(one)(x)

# %% right · helper · a log-density of one's own
def log_normal(x, m, s):
    return -((x - m) ** 2) / (2 * s**2) - torch.log(s) - math.log(math.tau) / 2

def log_p_on_grid(x, log_prior, mu, std):
    total = sum(log_normal(x[:, d, None], mu[:, d], std[:, d]) for d in range(x.shape[1]))
    return torch.logsumexp(total + torch.log_softmax(log_prior, 0), 1)

# %% right · algebra · bound at the posterior, which is exact
def log_p_on_grid(x, log_prior, mu, std):
    joint = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    q = joint.softmax(1).detach()
    return (q * joint - torch.xlogy(q, q)).sum(1)
