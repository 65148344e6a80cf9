# %% wrong · power · the standard deviation is squared
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] ** 2 * eps

# %% wrong · spread · takes stds for variances and draws the root
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k].sqrt() * eps

# %% wrong · spread · takes stds for log-variances
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + (0.5 * stds[k]).exp() * eps

# %% wrong · spread · takes stds for logarithms of standard deviations
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + torch.exp(stds[k]) * eps

# %% wrong · spread · divides the noise by the standard deviation
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + eps / stds[k]

# %% wrong · concept · standardises the noise in place of stretching it
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return (eps - means[k]) / stds[k]

# %% wrong · term · the standard deviation is forgotten
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + eps

# %% wrong · term · the noise is forgotten, the means only
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k]

# %% wrong · term · the means are forgotten
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return stds[k] * eps

# %% wrong · term · standard deviation without the noise
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k]

# %% wrong · sign · the noise is subtracted
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] - stds[k] * eps

# %% wrong · arguments · u in place of eps
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * u[:, None]

# %% wrong · arguments · means and stds exchanged
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return stds[k] + means[k] * eps

# %% wrong · order · adds before it stretches
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return (means[k] + eps) * stds[k]

# %% wrong · unfinished · searches in the weights and not in their running sums
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · searches in the sorted weights
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.sort().values, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · running sums of the sorted weights
def sample_points(weights, means, stds, u, eps):
    w = weights.sort(descending=True).values
    k = torch.searchsorted(w.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · cuts the line from the right
def sample_points(weights, means, stds, u, eps):
    ends = weights.flip(0).cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the component counted from the other end
def sample_points(weights, means, stds, u, eps):
    K = len(weights)
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=K - 1)
    return means[K - 1 - k] + stds[K - 1 - k] * eps

# %% wrong · order · 1 − u in place of u
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), 1 - u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the components belong to sorted uniforms
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u.sort().values).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · one subtracted, as if components were counted from 1
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u) - 1
    return means[k] + stds[k] * eps

# %% wrong · count · one subtracted and clamped at 0
def sample_points(weights, means, stds, u, eps):
    k = (torch.searchsorted(weights.cumsum(0), u) - 1).clamp(min=0)
    return means[k] + stds[k] * eps

# %% wrong · count · one added, clamped at the last
def sample_points(weights, means, stds, u, eps):
    k = (torch.searchsorted(weights.cumsum(0), u) + 1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · the ends begin with 0 and the index is one too high
def sample_points(weights, means, stds, u, eps):
    ends = torch.cat([torch.zeros(1, dtype=weights.dtype), weights.cumsum(0)])
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · clamps one too early, so the last component is never drawn
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 2)
    return means[k] + stds[k] * eps

# %% wrong · weights · every component equally often
def sample_points(weights, means, stds, u, eps):
    K = len(weights)
    k = (u * K).long()
    return means[k] + stds[k] * eps

# %% wrong · weights · u rounded to an index
def sample_points(weights, means, stds, u, eps):
    k = (u * (len(weights) - 1)).round().long()
    return means[k] + stds[k] * eps

# %% wrong · weights · softmax of the weights before cutting
def sample_points(weights, means, stds, u, eps):
    ends = weights.softmax(0).cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · log · logarithms of the weights are summed up
def sample_points(weights, means, stds, u, eps):
    ends = weights.log().cumsum(0).exp()
    k = (u[:, None] > ends).sum(1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · weights · products in place of sums
def sample_points(weights, means, stds, u, eps):
    ends = 1 - (1 - weights).cumprod(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · concept · the nearest weight to u
def sample_points(weights, means, stds, u, eps):
    k = (u[:, None] - weights).abs().argmin(1)
    return means[k] + stds[k] * eps

# %% wrong · concept · the nearest end to u
def sample_points(weights, means, stds, u, eps):
    k = (u[:, None] - weights.cumsum(0)).abs().argmin(1)
    return means[k] + stds[k] * eps

# %% wrong · noise · draws the component itself and ignores u
def sample_points(weights, means, stds, u, eps):
    k = torch.multinomial(weights, len(u), replacement=True)
    return means[k] + stds[k] * eps

# %% wrong · noise · draws the noise itself and ignores eps
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * torch.randn_like(eps)

# %% wrong · noise · samples with torch.distributions, both kinds of randomness its own
def sample_points(weights, means, stds, u, eps):
    mix = MixtureSameFamily(Categorical(weights), Independent(Normal(means, stds), 1))
    return mix.sample((len(u),))

# %% wrong · noise · one number of noise for each point, for all coordinates
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[:, :1]

# %% wrong · noise · the same noise row for all points
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[0]

# %% wrong · noise · the noise is indexed by the component too
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[k]

# %% wrong · concept · the weighted sum of samples from all components
def sample_points(weights, means, stds, u, eps):
    every = means + stds * eps[:, None]
    return (weights[:, None] * every).sum(1)

# %% wrong · concept · one Gaussian with the mixture's own mean and variance
def sample_points(weights, means, stds, u, eps):
    mean = weights @ means
    var = weights @ (stds**2 + means**2) - mean**2
    return mean + var.sqrt() * eps

# %% wrong · weights · the chosen component is scaled by its weight
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return weights[k, None] * (means[k] + stds[k] * eps)

# %% wrong · weights · the noise is scaled by the weight
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + weights[k][:, None] * stds[k] * eps

# %% wrong · broadcast · the first component's standard deviations for all
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[0] * eps

# %% wrong · reduction · averages the standard deviations over the components
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds.mean(0) * eps

# %% wrong · reduction · one width for all coordinates
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k].mean(1, keepdim=True) * eps

# %% wrong · concept · always the heaviest component
def sample_points(weights, means, stds, u, eps):
    k = weights.argmax()
    return means[k] + stds[k] * eps

# %% wrong · concept · one component for all points, chosen by the first u
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u[0]).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · axis · every component for every point, none chosen
def sample_points(weights, means, stds, u, eps):
    return means[None] + stds[None] * eps[:, None]

# %% wrong · axis · running sums over the table of repeated weights along the wrong axis
def sample_points(weights, means, stds, u, eps):
    ends = weights.expand(len(u), -1).cumsum(0)
    k = (u[:, None] > ends).sum(1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · form · the components are returned
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    return torch.searchsorted(ends, u).clamp(max=len(weights) - 1)

# %% wrong · form · points and components together
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps, k

# %% wrong · sign · counts the ends above u
def sample_points(weights, means, stds, u, eps):
    k = (u[:, None] < weights.cumsum(0)).sum(1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · sign · argmax of u above the ends, the first end below
def sample_points(weights, means, stds, u, eps):
    k = (u[:, None] > weights.cumsum(0)).int().argmax(1)
    return means[k] + stds[k] * eps

# %% wrong · unfinished · the loop does not stop at the first end above u
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    out = torch.empty_like(eps)
    for n in range(len(u)):
        k = 0
        for j in range(len(ends)):
            if u[n] < ends[j]:
                k = j
        out[n] = means[k] + stds[k] * eps[n]
    return out

# %% wrong · unfinished · the running sum is not reset for each point
def sample_points(weights, means, stds, u, eps):
    out = torch.empty_like(eps)
    total, k = weights[0].item(), 0
    for n in range(len(u)):
        while u[n] > total and k < len(weights) - 1:
            k += 1
            total += weights[k].item()
        out[n] = means[k] + stds[k] * eps[n]
    return out

# %% wrong · unfinished · u compared with the single weight and the running sum forgotten
def sample_points(weights, means, stds, u, eps):
    out = []
    for n in range(len(u)):
        k = 0
        while k < len(weights) - 1 and u[n] > weights[k]:
            k += 1
        out.append(means[k] + stds[k] * eps[n])
    return torch.stack(out)

# %% wrong · numeric · u and the ends rounded to tenths
def sample_points(weights, means, stds, u, eps):
    ends = (weights.cumsum(0) * 10).round() / 10
    k = torch.searchsorted(ends, (u * 10).round() / 10).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · concept · a Gaussian quantile of u as the shift
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return Normal(means[k], stds[k]).icdf(u[:, None].expand_as(eps))

# %% wrong · concept · the density of the noise at the component
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return Normal(means[k], stds[k]).log_prob(eps)

# %% wrong · concept · the responsibilities choose, by the noise
def sample_points(weights, means, stds, u, eps):
    a = weights.log() + Normal(means, stds).log_prob(eps[:, None]).sum(-1)
    k = a.argmax(1)
    return means[k] + stds[k] * eps

# %% wrong · concept · a soft choice, the means blended by where u lies
def sample_points(weights, means, stds, u, eps):
    r = torch.softmax(-(u[:, None] - weights.cumsum(0)).abs(), dim=1)
    return r @ means + (r @ stds) * eps

# %% wrong · concept · a component chosen anew for each coordinate
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = torch.searchsorted(ends, Normal(0.0, 1.0).cdf(eps)).clamp(max=len(weights) - 1)
    cols = torch.arange(eps.shape[1])
    return means[k, cols] + stds[k, cols] * eps

# %% wrong · reduction · returns the mean of the samples
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return (means[k] + stds[k] * eps).mean(0)

# %% wrong · two · the variance and one component too low
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u) - 1
    return means[k] + stds[k] ** 2 * eps

# %% wrong · two · searches in the weights and takes the root of stds
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k].sqrt() * eps

# %% wrong · two · equally often and no width
def sample_points(weights, means, stds, u, eps):
    k = (u * len(weights)).long()
    return means[k] + eps

# %% wrong · two · counts the ends above and subtracts the noise
def sample_points(weights, means, stds, u, eps):
    k = (weights.cumsum(0) > u[:, None]).sum(1) - 1
    return means[k] - stds[k] * eps

# %% wrong · two · its own component and log-variance
def sample_points(weights, means, stds, u, eps):
    k = Categorical(weights).sample((len(u),))
    return means[k] + (stds[k] / 2).exp() * eps

# %% wrong · two · one component too high and scaled by the weight
def sample_points(weights, means, stds, u, eps):
    k = (torch.searchsorted(weights.cumsum(0), u) + 1) % len(weights)
    return weights[k, None] * means[k] + stds[k] * eps

# %% wrong · raises · the component is not used as an index
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u)
    return means + stds * eps

# %% wrong · raises · the running sum needs an axis
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(), u)
    return means[k] + stds[k] * eps

# %% wrong · raises · the index is a floating-point number
def sample_points(weights, means, stds, u, eps):
    k = torch.floor(u * len(weights))
    return means[k] + stds[k] * eps

# %% wrong · two · one noise number for all coordinates and squared widths
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] ** 2 * eps[:, :1]

# %% wrong · two · cut from the right and without the widths
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.flip(0).cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + eps

# %% wrong · two · equal pieces and the noise divided by the width
def sample_points(weights, means, stds, u, eps):
    k = torch.floor(u * len(weights)).long()
    return means[k] + eps / stds[k]

# %% right · searchsorted · inner ends only, so no clamp is needed
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0)[:-1], u)
    return means[k] + stds[k] * eps

# %% right · count · counts the ends below u
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)[:-1]
    k = (u[:, None] > ends).sum(1)
    return means[k] + eps * stds[k]

# %% right · loop · a running sum for each point
def sample_points(weights, means, stds, u, eps):
    out = torch.empty_like(eps)
    for n in range(len(u)):
        k, total = 0, weights[0].item()
        while u[n].item() > total and k < len(weights) - 1:
            k += 1
            total += weights[k].item()
        out[n] = means[k] + stds[k] * eps[n]
    return out

# %% right · numpy · np.searchsorted and np.clip
def sample_points(weights, means, stds, u, eps):
    k = np.searchsorted(np.cumsum(weights.numpy()), u.numpy())
    k = np.minimum(k, len(weights) - 1)
    return means.numpy()[k] + stds.numpy()[k] * eps.numpy()

# %% right · numpy · np.digitize
def sample_points(weights, means, stds, u, eps):
    k = np.digitize(u.numpy(), np.cumsum(weights.numpy())[:-1])
    return means[k] + stds[k] * eps

# %% right · bucketize · torch.bucketize with the ends
def sample_points(weights, means, stds, u, eps):
    k = torch.bucketize(u, weights.cumsum(0)).clamp_max(len(weights) - 1)
    return torch.addcmul(means[k], stds[k], eps)

# %% right · argmax · the first end above u
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    ends[-1] = 1.0
    k = (u.unsqueeze(1) <= ends).int().argmax(dim=1)
    return means[k] + stds[k] * eps

# %% right · one_hot · a matrix product with the one-hot component
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    choice = one_hot(k, len(weights)).to(means.dtype)
    return choice @ means + (choice @ stds) * eps

# %% right · einsum · a mask of pieces, summed by einsum
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    starts = ends - weights
    inside = ((u[:, None] > starts) & (u[:, None] <= ends)).double()
    return torch.einsum("nk,kd->nd", inside, means) + torch.einsum("nk,kd,nd->nd", inside, stds, eps)

# %% right · all components · all samples made, then the right one gathered
def sample_points(weights, means, stds, u, eps):
    every = means + stds * eps[:, None]
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return every[torch.arange(len(u)), k]

# %% right · mask · one component after the other by boolean masks
def sample_points(weights, means, stds, u, eps):
    x = torch.zeros_like(eps)
    start = 0.0
    for k in range(len(weights)):
        end = start + weights[k] if k < len(weights) - 1 else 2.0
        here = (u > start) & (u <= end)
        x[here] = means[k] + stds[k] * eps[here]
        start = end
    return x

# %% right · stack · a list of rows stacked, with bisect
def sample_points(weights, means, stds, u, eps):
    import bisect
    from itertools import accumulate
    ends = list(accumulate(weights.tolist()))[:-1]
    rows = []
    for v, e in zip(u.tolist(), eps):
        k = bisect.bisect_left(ends, v)
        rows.append(means[k] + stds[k] * e)
    return torch.stack(rows)

# %% right · normalised · running sums divided by the last
def sample_points(weights, means, stds, u, eps):
    ends = torch.cumsum(weights, dim=0)
    ends = ends / ends[-1]
    k = torch.searchsorted(ends, u)
    return means[k] + stds[k] * eps

# %% right · triangular · running sums by a triangular matrix
def sample_points(weights, means, stds, u, eps):
    K = len(weights)
    ends = torch.tril(torch.ones(K, K, dtype=weights.dtype)) @ weights
    k = torch.clamp((ends < u[:, None]).sum(-1), max=K - 1)
    return means.index_select(0, k) + stds.index_select(0, k) * eps

# %% right · where · from the last component back to the first
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = torch.full(u.shape, len(weights) - 1)
    for j in reversed(range(len(weights) - 1)):
        k = torch.where(u <= ends[j], torch.full_like(k, j), k)
    return means[k] + stds[k] * eps

# %% right · covariance · Cholesky factors of the diagonal covariances
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u, right=True).clamp(max=len(weights) - 1)
    L = torch.linalg.cholesky(torch.diag_embed(stds**2))
    return means[k] + (L[k] @ eps[..., None])[..., 0]
