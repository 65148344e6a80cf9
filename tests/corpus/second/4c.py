# %% wrong · weights · the prior is left out
def posterior_of_z(z, log_prior, log_px_z):
    w = log_px_z.softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · spread · the variance is returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance

# %% wrong · axis · softmax over the data points
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(1)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · numeric · plain probabilities divided by their sum
def posterior_of_z(z, log_prior, log_px_z):
    p = log_prior.exp()[:, None] * log_px_z.exp()
    w = p / p.sum(0)
    mean = z @ w
    return mean, ((z[:, None] - mean) ** 2 * w).sum(0).sqrt()

# %% wrong · numeric · plain probabilities with a small number added to the evidence
def posterior_of_z(z, log_prior, log_px_z):
    p = torch.exp(log_prior[:, None] + log_px_z)
    w = p / (p.sum(0) + 1e-12)
    mean = (w * z[:, None]).sum(0)
    var = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, var.sqrt()

# %% wrong · numeric · nan from the underflow is replaced by zero
def posterior_of_z(z, log_prior, log_px_z):
    p = torch.exp(log_prior[:, None] + log_px_z)
    w = torch.nan_to_num(p / p.sum(0))
    mean = (w * z[:, None]).sum(0)
    sd = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return mean, sd

# %% wrong · numeric · one maximum over all entries is taken out before the exponential
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    p = torch.exp(a - a.max())
    w = p / p.sum(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · reduction · softmax over the whole table at once
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    w = a.flatten().softmax(0).view_as(a)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · concept · the best grid point in place of the mean
def posterior_of_z(z, log_prior, log_px_z):
    log_post = log_prior[:, None] + log_px_z
    w = log_post.softmax(0)
    best = z[log_post.argmax(0)]
    return best, (w * (z[:, None] - best) ** 2).sum(0).sqrt()

# %% wrong · concept · the mode is returned and the spread is about the mean
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    m = (w * z[:, None]).sum(0)
    sd = (w * (z[:, None] - m) ** 2).sum(0).sqrt()
    return z[w.argmax(0)], sd

# %% wrong · concept · the median of the posterior
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    middle = (w.cumsum(0) >= 0.5).double().argmax(0)
    m = z[middle]
    return m, (w * (z[:, None] - m) ** 2).sum(0).sqrt()

# %% wrong · concept · half the distance from the 16 to the 84 per cent quantile
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    c = w.cumsum(0)
    low = z[(c >= 0.16).int().argmax(0)]
    high = z[(c >= 0.84).int().argmax(0)]
    return w.T @ z, (high - low) / 2

# %% wrong · concept · a Gaussian by the curvature at the best point
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    k = a.argmax(0).clamp(1, len(z) - 2)
    n = torch.arange(a.shape[1])
    h = z[1] - z[0]
    curve = (a[k - 1, n] - 2 * a[k, n] + a[k + 1, n]) / h**2
    return z[k], (-1 / curve).sqrt()

# %% wrong · term · the mean is not subtracted, root of the second moment
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * z[:, None] ** 2).sum(0).sqrt()

# %% wrong · power · the mean is subtracted from the second moment without being squared
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z
    second = w.T @ z**2
    return mean, (second - mean).sqrt()

# %% wrong · sign · square of the mean less the second moment
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = mean**2 - (w * z[:, None] ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · sign · the second moment and the square of the mean are added
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_prior.unsqueeze(1) + log_px_z, dim=0)
    zz = z.unsqueeze(1)
    mean = (w * zz).sum(0)
    return mean, torch.sqrt((w * zz**2).sum(0) + mean**2)

# %% wrong · power · mean absolute distance rather than root of mean square
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean).abs()).sum(0)

# %% wrong · weights · the distances are squared together with their weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = ((w * (z[:, None] - mean)) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · weights · the deviation without weights, an average over the grid
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = ((z[:, None] - mean) ** 2).mean(0)
    return mean, variance.sqrt()

# %% wrong · concept · std of the products of weight and z
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    weighted = w * z[:, None]
    return weighted.sum(0), weighted.std(0)

# %% wrong · concept · std of the weights themselves
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return (w * z[:, None]).sum(0), w.std(0)

# %% wrong · reduction · averaged over the grid where a weighted sum is wanted
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).mean(0)
    variance = (w * (z[:, None] - mean) ** 2).mean(0)
    return mean, variance.sqrt()

# %% wrong · reduction · the mean is a sum, the variance is averaged over J
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).mean(0)
    return mean, variance.sqrt()

# %% wrong · order · the deviation comes first
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    sd = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return sd, mean

# %% wrong · count · divided by one minus the sum of squared weights, as for an unbiased estimate
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0) / (1 - (w**2).sum(0))
    return mean, variance.sqrt()

# %% wrong · count · J over J minus one, as in a sample
def posterior_of_z(z, log_prior, log_px_z):
    J = len(z)
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0) * J / (J - 1)
    return mean, variance.sqrt()

# %% wrong · concept · a standard error, by the effective number of grid points
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    sd = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return mean, sd * (w**2).sum(0).sqrt()

# %% wrong · broadcast · distances from the mean over all points
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean.mean()) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · concept · the width of the region above half the peak, over 2.355
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    above = (w > w.max(0).values / 2).sum(0)
    return z @ w, above * (z[1] - z[0]) / 2.355

# %% wrong · log · the prior is a probability when it is added to the log-likelihood
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.exp()[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · log · the log prior is multiplied with the log-likelihood
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] * log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · log · softmax is taken of probabilities
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).exp().softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · log · log weights are used as weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).log_softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · sign · the log prior is subtracted
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_px_z - log_prior[:, None]).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · weights · the prior enters twice
def posterior_of_z(z, log_prior, log_px_z):
    joint = log_prior[:, None] + log_px_z
    w = (joint + log_prior.log_softmax(0)[:, None]).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · the prior's weights multiply softmax weights that are not made to sum to 1 again
def posterior_of_z(z, log_prior, log_px_z):
    w = log_prior.softmax(0)[:, None] * log_px_z.softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · concept · only the prior decides, the same for all x
def posterior_of_z(z, log_prior, log_px_z):
    w = log_prior.softmax(0)[:, None].expand_as(log_px_z)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · the spread is that of the likelihood alone
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    v = log_px_z.softmax(0)
    return mean, (v * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · arguments · the spread is taken under the prior's weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    p = log_prior.softmax(0)[:, None]
    return mean, (p * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · divided by the largest weight and not by the sum
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    w = (a - a.max(0).values).exp()
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · form · keepdim leaves (1, n)
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0, keepdim=True)
    variance = (w * (z[:, None] - mean) ** 2).sum(0, keepdim=True)
    return mean, variance.sqrt()

# %% wrong · form · a stacked tensor of two rows
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return torch.vstack([mean, variance.sqrt()])

# %% wrong · unfinished · the weights are returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return z, w

# %% wrong · unfinished · only the mean
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return (w * z[:, None]).sum(0)

# %% wrong · axis · the sums run over the data points
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(1)
    variance = (w * (z[:, None] - mean[:, None]) ** 2).sum(1)
    return mean, variance.sqrt()

# %% wrong · noise · a thousand draws of z from each posterior
def posterior_of_z(z, log_prior, log_px_z):
    post = Categorical(logits=(log_prior[:, None] + log_px_z).T)
    draws = z[post.sample((1000,))]
    return draws.mean(0), draws.std(0)

# %% wrong · spread · the precision
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, 1 / variance

# %% wrong · spread · the log-variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.log()

# %% wrong · power · root taken before the weighted sum of the terms
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sqrt().sum(0)

# %% wrong · factor · half the log-likelihood, as if it were still a sum of squares
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + 0.5 * log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · weights · the joint weights are scaled by the cell's width and not divided by p(x)
def posterior_of_z(z, log_prior, log_px_z):
    h = z[1] - z[0]
    w = torch.exp(log_prior[:, None] + log_px_z) * h
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · every column is divided by the evidence of all x together
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    w = torch.exp(a - a.logsumexp(0).mean())
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · count · each z is paired with the weight of the grid point before it
def posterior_of_z(z, log_prior, log_px_z):
    z, a = z[1:], (log_prior[:, None] + log_px_z)[:-1]
    w = a.softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · reduction · the moments are averaged over all x
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    sd = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return mean.mean(), sd.mean()

# %% wrong · two · no prior and the variance
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_px_z, dim=0)
    mean = w.T @ z
    return mean, w.T @ z**2 - mean**2

# %% wrong · two · underflow and no square of the mean
def posterior_of_z(z, log_prior, log_px_z):
    p = (log_prior[:, None] + log_px_z).exp()
    mean = (p * z[:, None]).sum(0) / p.sum(0)
    second = (p * z[:, None] ** 2).sum(0) / p.sum(0)
    return mean, second.sqrt()

# %% wrong · two · the best point and the variance about it
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    best = z[w.argmax(0)]
    return best, (w * (z[:, None] - best) ** 2).sum(0)

# %% wrong · two · no prior and the mean absolute distance
def posterior_of_z(z, log_prior, log_px_z):
    w = log_px_z.softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean).abs()).sum(0)

# %% wrong · two · averages instead of sums, and the variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).mean(0)
    return mean, (w * (z[:, None] - mean) ** 2).mean(0)

# %% wrong · two · prior as a probability and exchanged order
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.exp()[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return (w * (z[:, None] - mean) ** 2).sum(0).sqrt(), mean

# %% wrong · raises · the prior is added without a second axis
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · raises · z against the means without a second axis
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = z @ w
    variance = (w * (z - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% right · algebra · second moment less the square of the mean, by matrix products
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_prior[:, None] + log_px_z, 0)
    mean = z @ w
    return mean, (z**2 @ w - mean**2).sqrt()

# %% right · log · exp of the joint less log p(x)
def posterior_of_z(z, log_prior, log_px_z):
    joint = log_prior.unsqueeze(-1) + log_px_z
    post = (joint - joint.logsumexp(0)).exp()
    mean = torch.einsum("j,jn->n", z, post)
    return mean, torch.einsum("jn,jn->n", post, (z[:, None] - mean) ** 2) ** 0.5

# %% right · scipy · NumPy and SciPy
def posterior_of_z(z, log_prior, log_px_z):
    z, lp, lx = (np.asarray(a) for a in (z, log_prior, log_px_z))
    w = special.softmax(lp[:, None] + lx, axis=0)
    mean = np.average(np.broadcast_to(z[:, None], w.shape), axis=0, weights=w)
    var = ((z[:, None] - mean) ** 2 * w).sum(axis=0)
    return mean, np.sqrt(var)

# %% right · numpy · np.average and np.cov with weights, one x at a time
def posterior_of_z(z, log_prior, log_px_z):
    means, stds = [], []
    for col in log_px_z.T:
        w = (log_prior + col).softmax(0).numpy()
        means.append(np.average(z.numpy(), weights=w))
        stds.append(math.sqrt(np.cov(z.numpy(), aweights=w, ddof=0)))
    return np.array(means), np.array(stds)

# %% right · stable · the largest entry of each column taken out
def posterior_of_z(z, log_prior, log_px_z):
    a = log_prior[:, None] + log_px_z
    w = torch.exp(a - a.max(0).values)
    total = w.sum(0)
    mean = (w * z[:, None]).sum(0) / total
    return mean, ((w * (z[:, None] - mean) ** 2).sum(0) / total).sqrt()

# %% right · transpose · points along the first axis
def posterior_of_z(z, log_prior, log_px_z):
    w = F.softmax(log_px_z.T + log_prior, dim=-1)
    mean = w @ z
    dist = z - mean[:, None]
    return mean, (w * dist * dist).sum(-1).sqrt()

# %% right · distributions · Categorical's probabilities
def posterior_of_z(z, log_prior, log_px_z):
    w = Categorical(logits=(log_prior[:, None] + log_px_z).T).probs
    mean = (w * z).sum(1)
    return mean, torch.sqrt((w * (z - mean[:, None]).square()).sum(1))

# %% right · loop · two loops in Python over floats
def posterior_of_z(z, log_prior, log_px_z):
    means, stds = [], []
    for i in range(log_px_z.shape[1]):
        logs = [(log_prior[j] + log_px_z[j, i]).item() for j in range(len(z))]
        top = max(logs)
        w = [math.exp(l - top) for l in logs]
        m = sum(wj * zj.item() for wj, zj in zip(w, z)) / sum(w)
        v = sum(wj * (zj.item() - m) ** 2 for wj, zj in zip(w, z)) / sum(w)
        means.append(m)
        stds.append(math.sqrt(v))
    return torch.tensor(means, dtype=z.dtype), torch.tensor(stds, dtype=z.dtype)

# %% right · vmap · one x at a time
def posterior_of_z(z, log_prior, log_px_z):
    def moments(column):
        w = torch.softmax(log_prior + column, 0)
        m = w @ z
        return m, (w @ (z - m) ** 2).sqrt()
    return torch.vmap(moments, in_dims=1)(log_px_z)

# %% right · algebra · a mixture of narrow parts by the law of total variance with zero widths
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    parts = MixtureSameFamily(Categorical(w.T), Normal(z.expand(w.shape[1], -1), torch.full_like(w.T, 1e-9)))
    return parts.mean, parts.stddev

# %% right · stabiliser · a tiny number under the root
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.log_softmax(0)[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, (variance + 1e-14).sqrt()

# %% right · algebra · the cell's width is carried along and cancels
def posterior_of_z(z, log_prior, log_px_z):
    h = z[1] - z[0]
    joint = log_prior[:, None] + log_px_z + torch.log(h)
    log_px = torch.logsumexp(joint, 0)
    w = torch.exp(joint - log_px)
    mean = (z.reshape(-1, 1) * w).sum(0)
    return mean, torch.linalg.vector_norm(w.sqrt() * (z.reshape(-1, 1) - mean), dim=0)

# %% right · algebra · half the mean squared distance of two draws
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    pair = (z[:, None] - z[None]) ** 2 / 2
    return w.T @ z, torch.einsum("in,ij,jn->n", w, pair, w).sqrt()

# %% right · helper · an expectation as a helper
def expect(f, w):
    return (f * w).sum(dim=0)

def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_px_z + log_prior.view(-1, 1), dim=0)
    column = z.view(-1, 1)
    mean = expect(column, w)
    return mean, expect((column - mean).pow(2), w).pow(0.5)
