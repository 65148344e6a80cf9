# %% wrong · numeric · densities are added as plain numbers and the logarithm is taken at the end
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    p = Normal(mu, std).log_prob(x[:, None]).sum(-1).exp()
    return (p @ w).log()

# %% wrong · weights · the log prior goes in as it is, so the weights do not sum to 1
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_prior + log_px_z, 1)

# %% wrong · term · the log of std in the normal density is missing
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi)).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · factor · log std has no factor 2 within the bracket with the half in front
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · term · the constant log 2 pi is missing
def log_p_on_grid(x, log_prior, mu, std):
    diff = x.unsqueeze(1) - mu.unsqueeze(0)
    log_px_z = (-0.5 * diff**2 / std**2 - std.log()).sum(-1)
    log_w = log_prior - log_prior.logsumexp(0)
    return torch.logsumexp(log_w + log_px_z, dim=1)

# %% wrong · count · log 2 pi is taken off once rather than once for each dimension
def log_p_on_grid(x, log_prior, mu, std):
    diff = (x[:, None] - mu) / std
    log_px_z = -0.5 * (diff**2).sum(-1) - std.log().sum(-1) - 0.5 * math.log(2 * math.pi)
    return torch.logsumexp(F.log_softmax(log_prior, 0) + log_px_z, 1)

# %% wrong · factor · no half before the squares
def log_p_on_grid(x, log_prior, mu, std):
    const = 0.5 * math.log(2 * math.pi)
    log_px_z = (-((x[:, None] - mu) / std) ** 2 - const - std.log()).sum(-1)
    return (torch.log_softmax(log_prior, 0) + log_px_z).logsumexp(1)

# %% wrong · sign · log std is added where it should be subtracted
def log_p_on_grid(x, log_prior, mu, std):
    const = 0.5 * math.log(2 * math.pi)
    log_px_z = (-0.5 * ((x[:, None] - mu) / std) ** 2 - const + std.log()).sum(-1)
    return (torch.log_softmax(log_prior, 0) + log_px_z).logsumexp(1)

# %% wrong · power · the squared distance is divided by std, not by its square
def log_p_on_grid(x, log_prior, mu, std):
    squares = (x[:, None] - mu) ** 2 / std
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · Normal is given the variance as its scale
def log_p_on_grid(x, log_prior, mu, std):
    p = Independent(Normal(mu, std**2), 1)
    log_w = torch.log_softmax(log_prior, dim=0)
    return torch.logsumexp(log_w + p.log_prob(x[:, None]), dim=1)

# %% wrong · spread · std is taken for a variance and its root is handed to Normal
def log_p_on_grid(x, log_prior, mu, std):
    p = Normal(mu[None], std.sqrt()[None])
    log_px_z = p.log_prob(x[:, None]).sum(2)
    return (log_px_z + log_prior.log_softmax(0)).logsumexp(1)

# %% wrong · spread · std is treated as the log-variance that the network of the lesson gives
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Independent(Normal(mu, torch.exp(std / 2)), 1)
    log_px_z = px_z.log_prob(x[:, None])
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · reduction · mean over the dimensions of x where a sum is needed
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None, :]).mean(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · reduction · the mixture is formed for each dimension by itself and then summed over dimensions
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)[:, None]
    log_px_z = Normal(mu, std).log_prob(x[:, None])
    return (log_w + log_px_z).logsumexp(1).sum(1)

# %% wrong · axis · logsumexp runs over the data points
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(0)

# %% wrong · log · the weights themselves are added in place of their logarithms
def log_p_on_grid(x, log_prior, mu, std):
    w = torch.softmax(log_prior, 0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(w + log_px_z, 1)

# %% wrong · log · the logarithm is taken of a log prior
def log_p_on_grid(x, log_prior, mu, std):
    log_w = torch.log(log_prior) - torch.log(log_prior.sum())
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_w + log_px_z, 1)

# %% wrong · weights · all cells count alike and the prior is ignored
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return log_px_z.logsumexp(1) - math.log(len(mu))

# %% wrong · weights · no weights at all, densities simply add up
def log_p_on_grid(x, log_prior, mu, std):
    diff = (x[:, None] - mu) / std
    log_px_z = (-0.5 * diff**2 - std.log() - 0.5 * np.log(2 * np.pi)).sum(-1)
    return log_px_z.logsumexp(-1)

# %% wrong · weights · the prior as it is, and the average over J on top
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).logsumexp(1) - math.log(len(log_prior))

# %% wrong · concept · the weighted average of log densities, not the logarithm of the average
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (w * log_px_z).sum(1)

# %% wrong · reduction · only the best grid point counts
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).max(1).values

# %% wrong · reduction · joint log densities are summed over the grid without exponentials
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    log_px_z = Independent(Normal(mu, std), 1).log_prob(x[:, None])
    return (log_w + log_px_z).sum(1)

# %% wrong · gradient · mu and std are detached before use
def log_p_on_grid(x, log_prior, mu, std):
    mu, std = mu.detach(), std.detach()
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · gradient · computed under no_grad
@torch.no_grad()
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior - torch.logsumexp(log_prior, 0)
    squares = (x[:, None, :] - mu[None, :, :]) ** 2 / std**2
    log_px_z = -0.5 * squares.sum(-1) - std.log().sum(-1) - 0.5 * x.shape[1] * math.log(2 * math.pi)
    return torch.logsumexp(log_w + log_px_z, 1)

# %% wrong · gradient · SciPy's logsumexp on detached arrays, wrapped as a tensor again
def log_p_on_grid(x, log_prior, mu, std):
    m, s = mu.detach().numpy(), std.detach().numpy()
    lp = stats.norm.logpdf(x.detach().numpy()[:, None], m, s).sum(-1)
    lw = special.log_softmax(log_prior.detach().numpy())
    return torch.from_numpy(special.logsumexp(lp + lw, axis=1))

# %% wrong · gradient · std.data cuts the gradient to the widths only
def log_p_on_grid(x, log_prior, mu, std):
    s = std.data
    squares = ((x[:, None] - mu) / s) ** 2
    log_px_z = -0.5 * (squares + math.log(2 * math.pi) + 2 * s.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · numeric · the sum of densities is clamped at 1e-300 before the logarithm
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1).exp()
    return (w * px_z).sum(1).clamp(min=1e-300).log()

# %% wrong · numeric · a small number keeps the logarithm away from zero
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.exp() / log_prior.exp().sum()
    px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1).exp()
    return torch.log((w * px_z).sum(1) + 1e-12)

# %% wrong · concept · one Gaussian with the average mean and the average std of the prior
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    return Normal(w @ mu, w @ std).log_prob(x).sum(-1)

# %% wrong · log · the density is returned, not its logarithm
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1).exp()

# %% wrong · form · averaged over the points to one number
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1).mean()

# %% wrong · sign · the negative log-likelihood is returned as a loss
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Independent(Normal(mu, std), 1).log_prob(x[:, None])
    nll = -torch.logsumexp(log_prior.log_softmax(-1) + log_px_z, -1)
    return nll

# %% wrong · log · bits, not nats
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Independent(Normal(mu, std), 1).log_prob(x[:, None])
    return torch.logsumexp(log_prior.log_softmax(-1) + log_px_z, -1) / math.log(2)

# %% wrong · form · keepdim leaves a second axis of length 1
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1, keepdim=True)

# %% wrong · unfinished · the joint of x and each grid point is returned, not yet summed
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return log_w + log_px_z

# %% wrong · concept · posterior of the grid points rather than p(x)
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    joint = log_prior.log_softmax(0) + log_px_z
    return (joint.log_softmax(1) + log_px_z).logsumexp(1)

# %% wrong · weights · the log prior is divided by its sum to make it sum to 1
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior / log_prior.sum()
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_w + log_px_z, 1)

# %% wrong · log · the normaliser is subtracted without its logarithm
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior - log_prior.exp().sum()
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_w + log_px_z, dim=-1)

# %% wrong · weights · the prior is divided by its largest value, not by its sum
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior - log_prior.max()
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_w + log_px_z, dim=-1)

# %% wrong · factor · log pi stands for log 2 pi
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + math.log(math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · log · log10 of two pi
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + np.log10(2 * np.pi) + 2 * torch.log(std)).sum(-1)
    return torch.logsumexp(torch.log_softmax(log_prior, 0) + log_px_z, 1)

# %% wrong · power · the standardised distance is not squared but made positive
def log_p_on_grid(x, log_prior, mu, std):
    t = ((x[:, None] - mu) / std).abs()
    log_px_z = -0.5 * (t + math.log(2 * math.pi) + 2 * std.log()).sum(2)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · count · the first grid point is left out of the loop
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    parts = []
    for j in range(1, len(mu)):
        parts.append(log_w[j] + Normal(mu[j], std[j]).log_prob(x).sum(-1))
    return torch.stack(parts).logsumexp(0)

# %% wrong · numeric · the maximum is subtracted before exp but not added back
def log_p_on_grid(x, log_prior, mu, std):
    a = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    m = a.max(1, keepdim=True).values
    return (a - m).exp().sum(1).log()

# %% wrong · numeric · one maximum over all points is used, so far points still underflow
def log_p_on_grid(x, log_prior, mu, std):
    a = log_prior.log_softmax(0) + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    m = a.max().detach()
    return m + (a - m).exp().sum(1).log()

# %% wrong · noise · one z is drawn from the prior and its Gaussian is used for all
def log_p_on_grid(x, log_prior, mu, std):
    j = Categorical(logits=log_prior).sample()
    return Independent(Normal(mu[j], std[j]), 1).log_prob(x)

# %% wrong · weights · weights are normalised by log_softmax over the joint rather than over the prior
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).log_softmax(1).logsumexp(1)

# %% wrong · weights · trapezoid weights, the two ends of the grid count half
def log_p_on_grid(x, log_prior, mu, std):
    c = torch.ones_like(log_prior)
    c[0] = c[-1] = 0.5
    log_w = log_prior + c.log()
    log_w = log_w - log_w.logsumexp(0)
    return (log_w + Normal(mu, std).log_prob(x[:, None]).sum(-1)).logsumexp(1)

# %% wrong · weights · the average over J is taken though the weights already sum to 1
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_w + log_px_z).logsumexp(1) - math.log(mu.shape[0])

# %% wrong · term · the prior is added twice
def log_p_on_grid(x, log_prior, mu, std):
    log_w = log_prior.log_softmax(0)
    joint = log_prior + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_w + joint).logsumexp(1)

# %% wrong · axis · log_softmax of the density over the grid points instead of the prior
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z.log_softmax(1)).logsumexp(1)

# %% wrong · spread · log of the variance is used without the half, as if std were given squared
def log_p_on_grid(x, log_prior, mu, std):
    var = std**2
    diff = x[:, None] - mu
    log_px_z = (-0.5 * diff**2 / var - torch.log(torch.sqrt(torch.tensor(2 * math.pi)) * var)).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · broadcast · the widths are averaged over the grid so that all Gaussians have the same
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std.mean(0)).log_prob(x[:, None]).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · spread · std is taken for a log standard deviation
def log_p_on_grid(x, log_prior, mu, std):
    sigma = std.exp()
    t = (x[:, None] - mu) / sigma
    log_px_z = (-0.5 * t**2 - std - 0.5 * math.log(2 * math.pi)).sum(-1)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · two · no prior normalisation and no constant
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * (squares + 2 * std.log()).sum(2)
    return (log_prior + log_px_z).logsumexp(1)

# %% wrong · two · variance for std, and plain exponentials that underflow
def log_p_on_grid(x, log_prior, mu, std):
    w = log_prior.softmax(0)
    px_z = Normal(mu, std**2).log_prob(x[:, None]).sum(-1).exp()
    return torch.log(px_z @ w)

# %% wrong · two · the prior is missing and the dimensions are averaged
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).mean(-1)
    return torch.logsumexp(log_px_z, 1) - math.log(len(mu))

# %% wrong · two · unnormalised prior and the average of logarithms
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior.exp() * log_px_z).sum(1)

# %% wrong · two · log std without factor and log 2 pi once only
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * ((squares + std.log()).sum(2) + math.log(2 * math.pi))
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% wrong · two · sum over all points at the end, with weights that are not normalised
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_prior + log_px_z).logsumexp(1).sum()

# %% wrong · raises · NumPy asked for a tensor that needs a gradient
def log_p_on_grid(x, log_prior, mu, std):
    lp = stats.norm.logpdf(x[:, None].numpy(), mu.numpy(), std.numpy()).sum(-1)
    return torch.as_tensor(special.logsumexp(lp + log_prior.numpy(), axis=1))

# %% wrong · raises · math.log of a whole tensor
def log_p_on_grid(x, log_prior, mu, std):
    squares = ((x[:, None] - mu) / std) ** 2
    log_px_z = -0.5 * squares.sum(2) - math.log(std)
    return (log_prior.log_softmax(0) + log_px_z).logsumexp(1)

# %% right · distributions · Independent Normal and logsumexp
def log_p_on_grid(x, log_prior, mu, std):
    px_z = Independent(Normal(mu, std), 1)
    log_w = log_prior - log_prior.logsumexp(0)
    return torch.logsumexp(px_z.log_prob(x.unsqueeze(1)) + log_w, dim=-1)

# %% right · distributions · PyTorch's own mixture, whose Categorical normalises the logits
def log_p_on_grid(x, log_prior, mu, std):
    mix = MixtureSameFamily(Categorical(logits=log_prior), Independent(Normal(mu, std), 1))
    return mix.log_prob(x)

# %% right · loop · a running logaddexp over the grid
def log_p_on_grid(x, log_prior, mu, std):
    total = torch.full_like(x[:, 0], -math.inf)
    for lw, m, s in zip(log_prior.log_softmax(0), mu, std):
        log_px_z = (-0.5 * ((x - m) / s) ** 2 - s.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
        total = torch.logaddexp(total, lw + log_px_z)
    return total

# %% right · stable · the max trick by hand
def log_p_on_grid(x, log_prior, mu, std):
    a = log_prior + Normal(mu, std).log_prob(x[:, None]).sum(-1)
    top = a.max(1, keepdim=True).values.detach()
    return top[:, 0] + (a - top).exp().sum(1).log() - log_prior.exp().sum().log()

# %% right · einsum · the square written out and summed by einsum
def log_p_on_grid(x, log_prior, mu, std):
    prec = std**-2
    q = x**2 @ prec.T - 2 * torch.einsum("nd,jd->nj", x, mu * prec) + (mu**2 * prec).sum(1)
    log_px_z = -0.5 * q - std.log().sum(1) - x.shape[1] / 2 * math.log(2 * math.pi)
    return torch.logsumexp(log_px_z + log_prior.log_softmax(0), 1)

# %% right · algebra · a quotient of two log-sum-exps, the prior normalised at the end
def log_p_on_grid(x, log_prior, mu, std):
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return (log_px_z + log_prior).logsumexp(1) - log_prior.logsumexp(0)

# %% right · distributions · full covariance matrices with std squared on the diagonal
def log_p_on_grid(x, log_prior, mu, std):
    px_z = MultivariateNormal(mu, scale_tril=torch.diag_embed(std))
    return (px_z.log_prob(x[:, None]) + log_prior.log_softmax(0)).logsumexp(1)

# %% right · loop · one point after the other, scalars stacked
def log_p_on_grid(x, log_prior, mu, std):
    log_w = F.log_softmax(log_prior, dim=0)
    out = []
    for point in x:
        lp = Normal(mu, std).log_prob(point).sum(1)
        out.append(torch.logsumexp(log_w + lp, 0))
    return torch.stack(out)

# %% right · library · gaussian_nll_loss with its constant
def log_p_on_grid(x, log_prior, mu, std):
    n, j = len(x), len(mu)
    xs, ms, vs = x[:, None].expand(n, j, -1), mu.expand(n, j, -1), (std**2).expand(n, j, -1)
    nll = F.gaussian_nll_loss(xs, ms, vs, full=True, eps=1e-12, reduction="none").sum(-1)
    return (log_prior.log_softmax(0) - nll).logsumexp(1)

# %% right · transpose · grid along the first axis
def log_p_on_grid(x, log_prior, mu, std):
    diff = x[None] - mu[:, None]
    log_px_z = -((diff / std[:, None]) ** 2 / 2 + torch.log(std * math.sqrt(2 * math.pi))[:, None]).sum(-1)
    return (log_prior.log_softmax(0)[:, None] + log_px_z).logsumexp(0)

# %% right · stabiliser · a tiny number on std
def log_p_on_grid(x, log_prior, mu, std):
    std = std + 1e-10
    log_px_z = Normal(mu, std).log_prob(x[:, None]).sum(-1)
    return torch.logsumexp(log_prior.log_softmax(0) + log_px_z, 1)

# %% right · helper · a helper for the normal density and one for the weights
def log_normal(x, m, s):
    return -((x - m) ** 2) / (2 * s**2) - torch.log(s) - math.log(2 * math.pi) / 2

def normalise(logs):
    return logs - torch.logsumexp(logs, 0)

def log_p_on_grid(x, log_prior, mu, std):
    joint = normalise(log_prior) + log_normal(x[:, None, :], mu, std).sum(dim=2)
    return torch.logsumexp(joint, dim=1)

# %% right · vmap · one point at a time by vmap
def log_p_on_grid(x, log_prior, mu, std):
    def one(point):
        t = (point - mu) / std
        lp = -0.5 * (t * t).sum(-1) - std.log().sum(-1) - 0.5 * mu.shape[-1] * math.log(2 * math.pi)
        return torch.logsumexp(lp + log_prior.log_softmax(0), 0)
    return torch.vmap(one)(x)

# %% right · library · the class Mixture of the course
from vaelib import Mixture

def log_p_on_grid(x, log_prior, mu, std):
    return Mixture(log_prior.softmax(0), mu, std**2).log_prob(x)
