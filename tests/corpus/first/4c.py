# %% wrong · axis · softmax over the points instead of over the grid
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(1)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · the prior is left out of the weights
def posterior_of_z(z, log_prior, log_px_z):
    w = log_px_z.softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · spread · the variance is returned instead of the standard deviation
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance

# %% wrong · weights · weights from the prior alone, the likelihood forgotten
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + 0 * log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = torch.sqrt((w * (z[:, None] - mean) ** 2).sum(0))
    return mean, std

# %% wrong · order · the standard deviation comes first
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_prior[:, None] + log_px_z, dim=0)
    m = w.T @ z
    s = (w.T @ z**2 - m**2).clamp(min=0).sqrt()
    return s, m

# %% wrong · numeric · exponentials before the sum, so a far x underflows to nan
def posterior_of_z(z, log_prior, log_px_z):
    joint = log_prior.exp()[:, None] * log_px_z.exp()
    w = joint / joint.sum(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · numeric · exponentials with 1e-12 in the denominator, so the far x gets zero
def posterior_of_z(z, log_prior, log_px_z):
    joint = torch.exp(log_prior[:, None] + log_px_z)
    w = joint / (joint.sum(0) + 1e-12)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · numeric · the log-joint is clamped at −50 before the softmax
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).clamp(min=-50).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · power · second moment without subtracting the squared mean
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = (w * z[:, None] ** 2).sum(0).sqrt()
    return mean, std

# %% wrong · term · the mean is subtracted instead of its square
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    var = (w * z[:, None] ** 2).sum(0) - mean
    return mean, var.abs().sqrt()

# %% wrong · sign · the squared mean is added in the variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z
    var = w.T @ z**2 + mean**2
    return mean, var.sqrt()

# %% wrong · sign · the likelihood is divided by the prior instead of multiplied
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_px_z - log_prior[:, None]).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · concept · the mode of the posterior is given as its mean
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior[:, None] + log_px_z
    w = log_w.softmax(0)
    best = z[log_w.argmax(0)]
    return best, (w * (z[:, None] - best) ** 2).sum(0).sqrt()

# %% wrong · weights · the weights are squared in the variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = (w**2 * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return mean, std

# %% wrong · reduction · the weighted values are averaged over the grid instead of summed
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).mean(0)
    variance = (w * (z[:, None] - mean) ** 2).mean(0)
    return mean, variance.sqrt()

# %% wrong · reduction · sum for the mean but mean for the variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).mean(0)
    return mean, variance.sqrt()

# %% wrong · log · the log-weights are used as weights, no exponential taken
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).log_softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.abs().sqrt()

# %% wrong · log · the density of the prior is added to the log-likelihood
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.exp()[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · log · two logarithms multiplied instead of added
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] * log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · concept · plain mean and standard deviation of the grid, no weights
def posterior_of_z(z, log_prior, log_px_z):
    n = log_px_z.shape[1]
    return z.mean().expand(n), z.std().expand(n)

# %% wrong · weights · the squared distance is averaged with the prior's weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    p = log_prior.softmax(0)[:, None]
    return mean, (p * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · the squared distance is averaged without weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = ((z[:, None] - mean) ** 2).mean(0).sqrt()
    return mean, std

# %% wrong · concept · width guessed from the height of the posterior's peak, as for a Gaussian
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior[:, None] + log_px_z
    w = log_w.softmax(0)
    mean = (w * z[:, None]).sum(0)
    h = z[1] - z[0]
    width = h / (w.max(0).values * math.sqrt(2 * math.pi))
    return mean, width

# %% wrong · power · mean absolute deviation instead of the root of the mean square
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean).abs()).sum(0)

# %% wrong · power · root taken of each squared distance before the sum
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sqrt().sum(0)

# %% wrong · power · weighted z is squared as a whole in the second moment
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    first = w * z[:, None]
    mean = first.sum(0)
    var = (first**2).sum(0) - mean**2
    return mean, var.abs().sqrt()

# %% wrong · spread · log-variance returned as the width
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.log()

# %% wrong · spread · precision returned instead of the standard deviation
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, 1 / variance

# %% wrong · form · only the mean is returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return w.T @ z

# %% wrong · form · mean and deviation stacked into one tensor with the pair on the last axis
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z
    std = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return torch.stack([mean, std], -1)

# %% wrong · form · both results keep an axis of length one in front
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0, keepdim=True)
    std = (w * (z[:, None] - mean) ** 2).sum(0, keepdim=True).sqrt()
    return mean, std

# %% wrong · form · both results are columns of shape (n, 1)
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z[:, None]
    second = w.T @ z[:, None] ** 2
    return mean, (second - mean**2).clamp(min=0).sqrt()

# %% wrong · form · the weights are returned as well
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return w, mean, std

# %% wrong · axis · sums over the points, so that results are of length J
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(1)
    std = (w * (z[:, None] - mean[:, None]) ** 2).sum(1).sqrt()
    return mean, std

# %% wrong · axis · softmax over all entries at once
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior[:, None] + log_px_z
    w = log_w.flatten().softmax(0).reshape(log_w.shape)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · reduction · one mean over all points is subtracted
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean.mean()) ** 2).sum(0)
    return mean, variance.sqrt()

# %% wrong · factor · multiplied by the cell width although the weights already sum to one
def posterior_of_z(z, log_prior, log_px_z):
    h = z[1] - z[0]
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0) * h
    variance = (w * (z[:, None] - mean) ** 2).sum(0) * h
    return mean, variance.sqrt()

# %% wrong · factor · the cell width is multiplied into the variance only
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0) * (z[1] - z[0])
    return mean, variance.sqrt()

# %% wrong · factor · the weights sum to one over h, so that results are divided by the width
def posterior_of_z(z, log_prior, log_px_z):
    h = z[1] - z[0]
    log_joint = log_prior[:, None] + log_px_z
    density = (log_joint - log_joint.logsumexp(0)).exp() / h
    mean = (density * z[:, None]).sum(0)
    return mean, (density * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · count · sample correction J/(J−1) put on the weighted variance
def posterior_of_z(z, log_prior, log_px_z):
    J = len(z)
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0) * J / (J - 1)
    return mean, variance.sqrt()

# %% wrong · count · the standard error, divided by the root of J, is returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, variance.sqrt() / len(z) ** 0.5

# %% wrong · count · reliability weights: the variance divided by one minus the sum of squared weights
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0) / (1 - (w**2).sum(0))
    return mean, variance.sqrt()

# %% wrong · weights · the prior is counted twice
def posterior_of_z(z, log_prior, log_px_z):
    joint = log_prior[:, None] + log_px_z
    w = (joint + log_prior[:, None]).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · concept · prior-weighted likelihoods divided by the plain sum of the likelihoods
def posterior_of_z(z, log_prior, log_px_z):
    lik = (log_px_z - log_px_z.max(0).values).exp()
    p = log_prior.softmax(0)[:, None]
    mean = (p * lik * z[:, None]).sum(0) / lik.sum(0)
    variance = (p * lik * (z[:, None] - mean) ** 2).sum(0) / lik.sum(0)
    return mean, variance.sqrt()

# %% wrong · numeric · underflow is hidden by nan_to_num
def posterior_of_z(z, log_prior, log_px_z):
    joint = (log_prior[:, None] + log_px_z).exp()
    w = torch.nan_to_num(joint / joint.sum(0))
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · numeric · the variance is floored at 1
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0).clamp(min=1)
    return mean, variance.sqrt()

# %% wrong · numeric · 1e-300 is added to the likelihood before its logarithm is taken again
def posterior_of_z(z, log_prior, log_px_z):
    log_lik = (log_px_z.exp() + 1e-300).log()
    w = (log_prior[:, None] + log_lik).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · noise · moments of a thousand draws of z from the posterior
def posterior_of_z(z, log_prior, log_px_z):
    q = Categorical(logits=(log_prior[:, None] + log_px_z).T)
    draws = z[q.sample((1000,))]
    return draws.mean(0), draws.std(0)

# %% wrong · noise · one draw of z from the posterior given as the mean
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    pick = z[torch.multinomial(w.T, 1)[:, 0]]
    return pick, (w * (z[:, None] - pick) ** 2).sum(0).sqrt()

# %% wrong · unfinished · the standard deviation is left at one
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, torch.ones_like(mean)

# %% wrong · unfinished · only the weights are returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return w

# %% wrong · unfinished · the joint is not normalised, the largest weight is one
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior[:, None] + log_px_z
    w = (log_w - log_w.max(0).values).exp()
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · unfinished · the weighted squared distances are not normalised
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior[:, None] + log_px_z
    w = (log_w - log_w.max(0).values).exp()
    mean = (w * z[:, None]).sum(0) / w.sum(0)
    var = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, var.sqrt()

# %% wrong · two · prior left out and variance returned
def posterior_of_z(z, log_prior, log_px_z):
    w = log_px_z.softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0)

# %% wrong · two · softmax over the points and no root
def posterior_of_z(z, log_prior, log_px_z):
    w = F.softmax(log_prior[:, None] + log_px_z, dim=-1)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0)

# %% wrong · two · variance without the squared mean and in the wrong place of the pair
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    return (w.T @ z**2).sqrt(), w.T @ z

# %% wrong · two · exponentials underflow and the prior is missing
def posterior_of_z(z, log_prior, log_px_z):
    lik = log_px_z.exp()
    w = lik / lik.sum(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · two · second moment without centring and no root
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = torch.einsum("jn,j->n", w, z)
    return mean, torch.einsum("jn,j->n", w, z**2)

# %% wrong · two · mean over the grid where a sum belongs, and the prior's density added as it is
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.exp().unsqueeze(1) + log_px_z).softmax(0)
    mean = (w * z.unsqueeze(1)).mean(0)
    return mean, (w * (z.unsqueeze(1) - mean) ** 2).sum(0).sqrt()

# %% wrong · concept · median of the posterior given as its mean
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    median = z[(w.cumsum(0) < 0.5).sum(0)]
    mean = (w * z[:, None]).sum(0)
    return median, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · concept · the prior's variance minus the squared posterior mean is taken as the posterior's variance
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z
    p = log_prior.softmax(0)
    total = (p * z**2).sum() - (p @ z) ** 2
    return mean, (total - mean**2).clamp(min=0).sqrt()

# %% wrong · raises · the prior is not given a second axis
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior + log_px_z).softmax(0)
    mean = (w * z).sum(0)
    return mean, (w * (z - mean) ** 2).sum(0).sqrt()

# %% wrong · raises · matrix product with the axes in the wrong order
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w @ z
    return mean, (w @ z**2 - mean**2).sqrt()

# %% wrong · arguments · the weights are applied to their own log-likelihoods instead of z
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * log_px_z).sum(0)
    return mean, (w * (log_px_z - mean) ** 2).sum(0).sqrt()

# %% right · einsum · contraction of weights and z
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = torch.einsum("jn,j->n", w, z)
    d = z[:, None] - mean
    return mean, torch.einsum("jn,jn->n", w, d * d).sqrt()

# %% right · matrix product · transposed weights times z
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_prior[:, None] + log_px_z, dim=0)
    mean = w.T @ z
    return mean, ((z[:, None] - mean) ** 2 * w).sum(0) ** 0.5

# %% right · logsumexp · the posterior through log p(x)
def posterior_of_z(z, log_prior, log_px_z):
    log_joint = log_prior[:, None] + log_px_z
    log_px = torch.logsumexp(log_joint, 0)
    w = torch.exp(log_joint - log_px)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean).square()).sum(0).sqrt()

# %% right · shift · the largest log-weight subtracted by hand
def posterior_of_z(z, log_prior, log_px_z):
    joint = log_prior[:, None] + log_px_z
    w = (joint - joint.amax(0)).exp()
    w = w / w.sum(0)
    mean = (w * z[:, None]).sum(0)
    return mean, torch.sqrt((w * (z[:, None] - mean) ** 2).sum(0))

# %% right · loop · one column at a time
def posterior_of_z(z, log_prior, log_px_z):
    means, stds = [], []
    for i in range(log_px_z.shape[1]):
        w = (log_prior + log_px_z[:, i]).softmax(0)
        m = (w * z).sum()
        means.append(m)
        stds.append((w * (z - m) ** 2).sum().sqrt())
    return torch.stack(means), torch.stack(stds)

# %% right · NumPy · scipy's softmax and np.average
def posterior_of_z(z, log_prior, log_px_z):
    w = special.softmax(log_prior.numpy()[:, None] + log_px_z.numpy(), axis=0)
    mean = (w * z.numpy()[:, None]).sum(0)
    var = (w * (z.numpy()[:, None] - mean) ** 2).sum(0)
    return torch.from_numpy(mean), torch.from_numpy(np.sqrt(var))

# %% right · NumPy · np.average with weights in a loop
def posterior_of_z(z, log_prior, log_px_z):
    out = []
    for col in log_px_z.T.numpy():
        lw = log_prior.numpy() + col
        w = np.exp(lw - lw.max())
        m = np.average(z.numpy(), weights=w)
        out.append((m, math.sqrt(np.average((z.numpy() - m) ** 2, weights=w))))
    a = torch.tensor(out, dtype=z.dtype)
    return a[:, 0], a[:, 1]

# %% right · distributions · the probabilities of a Categorical
def posterior_of_z(z, log_prior, log_px_z):
    p = Categorical(logits=(log_prior[:, None] + log_px_z).T).probs
    mean = p @ z
    return mean, (p * (z - mean[:, None]) ** 2).sum(1).sqrt()

# %% right · broadcasting · points along the first axis
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior + log_px_z.T).softmax(-1)
    mean = (w * z).sum(-1, keepdim=True)
    std = (w * (z - mean) ** 2).sum(-1).sqrt()
    return mean.squeeze(-1), std

# %% right · algebra · second moment minus squared mean, clamped at zero
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = w.T @ z
    return mean, (w.T @ z**2 - mean**2).clamp(min=0).sqrt()

# %% right · prior normalised · a log_softmax of the prior first
def posterior_of_z(z, log_prior, log_px_z):
    log_w = log_prior.log_softmax(0)[:, None] + log_px_z
    w = (log_w - log_w.logsumexp(0, keepdim=True)).exp()
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% right · densities · divides by the cell width and multiplies it back
def posterior_of_z(z, log_prior, log_px_z):
    h = z[1] - z[0]
    log_joint = log_prior[:, None] + log_px_z
    log_density = log_joint - log_joint.logsumexp(0) - h.log()
    density = log_density.exp()
    mean = h * (density * z[:, None]).sum(0)
    return mean, (h * (density * (z[:, None] - mean) ** 2).sum(0)).sqrt()

# %% right · pairs · the variance as half the mean squared distance of two draws
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    squares = (z[:, None] - z) ** 2
    variance = 0.5 * torch.einsum("in,jn,ij->n", w, w, squares)
    return (w * z[:, None]).sum(0), variance.sqrt()

# %% right · list · a list of two tensors from a helper for moments
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.reshape(-1, 1) + log_px_z).softmax(dim=0)
    def average(f):
        return (w * f).sum(0)
    mean = average(z.reshape(-1, 1))
    return mean, average((z.reshape(-1, 1) - mean).pow(2)).pow(0.5)

# %% right · stabiliser · 1e-12 under the root
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] - mean) ** 2).sum(0)
    return mean, torch.sqrt(variance + 1e-12)

# %% wrong · term · the cross term of the squared distance is lost, second moment plus squared mean, halved
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    variance = (w * (z[:, None] ** 2 + mean**2)).sum(0) / 2
    return mean, variance.sqrt()

# %% wrong · factor · a temperature, the log-likelihood is halved
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + 0.5 * log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · weights · the two softmaxes of prior and likelihood are averaged
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior.softmax(0)[:, None] + log_px_z.softmax(0)) / 2
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · numeric · weights below 0.01 are set to zero
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    w = torch.where(w < 0.01, torch.zeros_like(w), w)
    mean = (w * z[:, None]).sum(0)
    return mean, (w * (z[:, None] - mean) ** 2).sum(0).sqrt()

# %% wrong · spread · the full width, plus and minus one deviation
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_prior[:, None] + log_px_z).softmax(0)
    mean = (w * z[:, None]).sum(0)
    std = (w * (z[:, None] - mean) ** 2).sum(0).sqrt()
    return mean, 2 * std

# %% wrong · two · softmax over the points and mean over the grid
def posterior_of_z(z, log_prior, log_px_z):
    w = torch.softmax(log_prior[:, None] + log_px_z, dim=1)
    mean = (w * z[:, None]).mean(0)
    return mean, (w * (z[:, None] - mean) ** 2).mean(0).sqrt()

# %% wrong · two · the prior divided out and the variance returned
def posterior_of_z(z, log_prior, log_px_z):
    w = (log_px_z - log_prior[:, None]).softmax(0)
    mean = w.T @ z
    return mean, w.T @ z**2 - mean**2
