# %% wrong · noise · the component is drawn anew and u is not used
def sample_points(weights, means, stds, u, eps):
    k = torch.multinomial(weights, len(u), replacement=True)
    return means[k] + stds[k] * eps

# %% wrong · unfinished · u is compared with the weights and not with their running sums
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · weights · K pieces of equal length
def sample_points(weights, means, stds, u, eps):
    k = (u * len(weights)).long()
    return means[k] + stds[k] * eps

# %% wrong · spread · the variance multiplies the noise
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] ** 2 * eps

# %% wrong · spread · the root of the standard deviation multiplies the noise
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k].sqrt() * eps

# %% wrong · spread · the stds are taken for log-variances
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + torch.exp(stds[k] / 2) * eps

# %% wrong · term · the noise is added without its scale
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + eps

# %% wrong · term · the chosen means, no noise
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k]

# %% wrong · term · noise of the chosen component without its mean
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return stds[k] * eps

# %% wrong · raises · the stds are not indexed
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds * eps[:, None, :]

# %% wrong · count · one is subtracted from the index
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u) - 1
    return means[k] + stds[k] * eps

# %% wrong · count · one is subtracted and the index kept at zero or above
def sample_points(weights, means, stds, u, eps):
    k = (torch.searchsorted(weights.cumsum(0), u) - 1).clamp(min=0)
    return means[k] + stds[k] * eps

# %% wrong · count · one is added to the index
def sample_points(weights, means, stds, u, eps):
    k = (torch.searchsorted(weights.cumsum(0), u) + 1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · the beginnings of the pieces are counted as if they were the ends
def sample_points(weights, means, stds, u, eps):
    starts = weights.cumsum(0) - weights
    k = torch.searchsorted(starts, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the ends above u are counted
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = (ends > u[:, None]).sum(1).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the ends above u are counted and one taken off, so the last component comes first
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = ((ends > u[:, None]).sum(1) - 1).clamp(min=0)
    return means[k] + stds[k] * eps

# %% wrong · concept · the heaviest component for every point
def sample_points(weights, means, stds, u, eps):
    k = weights.argmax()
    return means[k] + stds[k] * eps

# %% wrong · arguments · the first u decides for all points
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u[0]).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the weights are sorted before they are summed
def sample_points(weights, means, stds, u, eps):
    ends = weights.sort(descending=True).values.cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the pieces are laid from the other end
def sample_points(weights, means, stds, u, eps):
    ends = weights.flip(0).cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · largest piece first, with the right component for each
def sample_points(weights, means, stds, u, eps):
    w, order = weights.sort(descending=True)
    k = order[torch.searchsorted(w.cumsum(0), u).clamp(max=len(w) - 1)]
    return means[k] + stds[k] * eps

# %% wrong · weights · the weights are sent through a softmax
def sample_points(weights, means, stds, u, eps):
    ends = weights.softmax(0).cumsum(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · weights · running products in place of running sums
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumprod(0).flip(0)
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · arguments · the noise is indexed by the component as well
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[k]

# %% wrong · concept · the weighted average of all components' samples
def sample_points(weights, means, stds, u, eps):
    every = means + stds * eps[:, None]
    return (weights[:, None] * every).sum(1)

# %% wrong · concept · one Gaussian with averaged mean and averaged std
def sample_points(weights, means, stds, u, eps):
    return weights @ means + (weights @ stds) * eps

# %% wrong · concept · one Gaussian with the mixture's mean and variance
def sample_points(weights, means, stds, u, eps):
    mean = weights @ means
    var = weights @ (stds**2 + means**2) - mean**2
    return mean + var.sqrt() * eps

# %% wrong · noise · fresh noise instead of the given one
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return Normal(means[k], stds[k]).sample()

# %% wrong · noise · the noise is made from u
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    z = torch.special.ndtri(u)[:, None]
    return means[k] + stds[k] * z

# %% wrong · arguments · mean and std change places
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return stds[k] + means[k] * eps

# %% wrong · concept · the noise is standardised and not scaled
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return (eps - means[k]) / stds[k]

# %% wrong · sign · the noise is subtracted
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] - stds[k] * eps

# %% wrong · spread · the noise is divided by the std
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + eps / stds[k]

# %% wrong · term · mean and noise are both scaled
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return stds[k] * (means[k] + eps)

# %% wrong · form · points and components as a pair
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps, k

# %% wrong · unfinished · the components only
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    return torch.searchsorted(ends, u).clamp(max=len(weights) - 1)

# %% wrong · unfinished · every component's sample for each point, none chosen
def sample_points(weights, means, stds, u, eps):
    return means + stds * eps[:, None]

# %% wrong · concept · the nearest end and not the next one
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = (u[:, None] - ends).abs().argmin(1)
    return means[k] + stds[k] * eps

# %% wrong · concept · the component whose weight is nearest to u
def sample_points(weights, means, stds, u, eps):
    k = (u[:, None] - weights).abs().argmin(1)
    return means[k] + stds[k] * eps

# %% wrong · sign · one minus u
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), 1 - u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · the last component can never be chosen
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 2)
    return means[k] + stds[k] * eps

# %% wrong · count · the first component can never be chosen
def sample_points(weights, means, stds, u, eps):
    ends = weights[1:].cumsum(0) / weights[1:].sum()
    k = 1 + torch.searchsorted(ends, u).clamp(max=len(ends) - 1)
    return means[k] + stds[k] * eps

# %% wrong · count · a test for two components only
def sample_points(weights, means, stds, u, eps):
    first = (u < weights[0])[:, None]
    return torch.where(first, means[0] + stds[0] * eps, means[1] + stds[1] * eps)

# %% wrong · unfinished · the loop compares u with each weight alone
def sample_points(weights, means, stds, u, eps):
    x = []
    for i in range(len(u)):
        for k in range(len(weights)):
            if u[i] < weights[k]:
                break
        x.append(means[k] + stds[k] * eps[i])
    return torch.stack(x)

# %% wrong · unfinished · the loop has no break and goes on to the last component
def sample_points(weights, means, stds, u, eps):
    ends, x = weights.cumsum(0), []
    for i in range(len(u)):
        for k in range(len(weights)):
            if u[i] <= ends[k]:
                chosen = k
        x.append(means[chosen] + stds[chosen] * eps[i])
    return torch.stack(x)

# %% wrong · arguments · the two arguments of searchsorted are exchanged
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = torch.searchsorted(u.sort().values, ends).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[: len(k)]

# %% wrong · order · the u are sorted and the points come in another order
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u.sort().values).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · order · the points are collected component by component
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    groups = [means[j] + stds[j] * eps[k == j] for j in range(len(weights))]
    return torch.cat(groups)

# %% wrong · concept · each component gets its share of the points, in order, whatever u
def sample_points(weights, means, stds, u, eps):
    n = len(u)
    place = (torch.arange(n, dtype=torch.float64) + 0.5) / n
    k = torch.searchsorted(weights.cumsum(0), place).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · broadcast · one std for all coordinates of a point
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k].mean(1, keepdim=True) * eps

# %% wrong · broadcast · the same noise in all coordinates
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps[:, :1]

# %% wrong · concept · the component is chosen again for each coordinate
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    v = torch.stack([(u + j / eps.shape[1]) % 1 for j in range(eps.shape[1])], 1)
    k = torch.searchsorted(ends, v).clamp(max=len(weights) - 1)
    return means.gather(0, k) + stds.gather(0, k) * eps

# %% wrong · count · u is rounded to an index
def sample_points(weights, means, stds, u, eps):
    K = len(weights)
    k = torch.round(u * (K - 1)).long()
    return means[k] + stds[k] * eps

# %% wrong · sign · argmax of a comparison that points the wrong way
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = (u[:, None] > ends).int().argmax(1)
    return means[k] + stds[k] * eps

# %% wrong · numeric · u is rounded to one decimal
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    k = torch.searchsorted(ends, (u * 10).round() / 10).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · weights · the chosen component's weight multiplies the sample
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return weights[k][:, None] * (means[k] + stds[k] * eps)

# %% wrong · reduction · the mean of the points
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return (means[k] + stds[k] * eps).mean(0)

# %% wrong · form · transposed, coordinates first
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k].T + stds[k].T * eps.T

# %% wrong · arguments · mean and std of different components
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    j = weights.argmax()
    return means[k] + stds[j] * eps

# %% wrong · raises · the index is a float
def sample_points(weights, means, stds, u, eps):
    k = torch.floor(u * len(weights))
    return means[k] + stds[k] * eps

# %% wrong · weights · the running sums are normalised by their own sum
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    ends = ends / ends.sum()
    k = torch.searchsorted(ends, u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] * eps

# %% wrong · two · equal pieces, and the variance for the std
def sample_points(weights, means, stds, u, eps):
    k = (u * weights.shape[0]).floor().long()
    return means[k] + stds[k].square() * eps

# %% wrong · two · index one too high, and the root of the std
def sample_points(weights, means, stds, u, eps):
    k = (np.searchsorted(weights.cumsum(0).numpy(), u.numpy()) + 1).clip(max=len(weights) - 1)
    return means[k] + stds[k] ** 0.5 * eps

# %% wrong · two · no running sums, and the noise has no scale
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights, u).clamp(max=len(weights) - 1)
    return means[k] + eps

# %% wrong · two · component drawn anew, and the stds taken for log-variances
def sample_points(weights, means, stds, u, eps):
    k = Categorical(weights).sample((len(u),))
    return means[k] + (0.5 * stds[k]).exp() * eps

# %% wrong · two · the component's noise row, and the index one too low
def sample_points(weights, means, stds, u, eps):
    k = torch.bucketize(u, weights.cumsum(0)) - 1
    return means[k] + stds[k] * eps[k]

# %% wrong · two · pieces from the other end, and the noise is subtracted
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.flip(0).cumsum(0), u).clamp(max=len(weights) - 1)
    return means[k] - stds[k] * eps

# %% wrong · arguments · the std is looked up by the point's number
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    j = torch.arange(len(u)) % len(weights)
    return means[k] + stds[j] * eps

# %% wrong · two · equal pieces, and mean and std change places
def sample_points(weights, means, stds, u, eps):
    k = (u * len(weights)).long()
    return stds[k] + means[k] * eps

# %% wrong · two · one minus u, and the variance for the std
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), 1 - u).clamp(max=len(weights) - 1)
    return means[k] + stds[k] ** 2 * eps

# %% wrong · two · beginnings for ends, and no noise
def sample_points(weights, means, stds, u, eps):
    starts = weights.cumsum(0) - weights
    k = torch.searchsorted(starts, u).clamp(max=len(weights) - 1)
    return means[k]

# %% right · bucketize · bucketize over the inner ends
def sample_points(weights, means, stds, u, eps):
    k = torch.bucketize(u, weights.cumsum(0)[:-1])
    return means[k] + stds[k] * eps

# %% right · NumPy · searchsorted in NumPy
def sample_points(weights, means, stds, u, eps):
    weights, means, stds, u, eps = (np.asarray(a) for a in (weights, means, stds, u, eps))
    k = np.minimum(np.searchsorted(np.cumsum(weights), u), len(weights) - 1)
    return means[k] + stds[k] * eps

# %% right · counting · the ends below u are counted by a comparison
def sample_points(weights, means, stds, u, eps):
    inner = weights.cumsum(0)[:-1]
    k = (u[:, None] > inner).sum(dim=1)
    return means[k] + stds[k] * eps

# %% right · one_hot · a matrix product with the one-hot choice
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    r = one_hot(k, len(weights)).double()
    return r @ means + (r @ stds) * eps

# %% right · loop · u is used up weight by weight
def sample_points(weights, means, stds, u, eps):
    x = torch.empty_like(eps)
    for i in range(len(u)):
        left, k = u[i].item(), 0
        while k < len(weights) - 1 and left > weights[k].item():
            left -= weights[k].item()
            k += 1
        x[i] = means[k] + stds[k] * eps[i]
    return x

# %% right · masks · each piece's points are filled in by a mask
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    starts = ends - weights
    x = means[-1] + stds[-1] * eps
    for k in range(len(weights) - 1):
        mask = (u >= starts[k]) & (u < ends[k])
        x[mask] = means[k] + stds[k] * eps[mask]
    return x

# %% right · bisect · the standard library's bisect and accumulate
def sample_points(weights, means, stds, u, eps):
    from bisect import bisect
    from itertools import accumulate
    ends = list(accumulate(weights.tolist()))[:-1]
    rows = [bisect(ends, v) for v in u.tolist()]
    return torch.stack([means[k] + stds[k] * e for k, e in zip(rows, eps)])

# %% right · argmax · the first end that is not below u
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    ends[-1] = 1.0
    k = (ends >= u[:, None]).int().argmax(1)
    return torch.addcmul(means[k], stds[k], eps)

# %% right · where · a cascade from the last component to the first
def sample_points(weights, means, stds, u, eps):
    ends = weights.cumsum(0)
    x = means[-1] + stds[-1] * eps
    for k in reversed(range(len(weights) - 1)):
        x = torch.where(u[:, None] <= ends[k], means[k] + stds[k] * eps, x)
    return x

# %% right · digitize · NumPy's digitize
def sample_points(weights, means, stds, u, eps):
    bins = np.cumsum(np.asarray(weights))[:-1]
    k = np.digitize(np.asarray(u), bins)
    return means.numpy()[k] + stds.numpy()[k] * eps.numpy()

# %% right · distributions · the noise goes through cdf-free affine transforms
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    return AffineTransform(means[k], stds[k])(eps)

# %% right · covariance · a diagonal Cholesky factor for each point
def sample_points(weights, means, stds, u, eps):
    k = torch.searchsorted(weights.cumsum(0), u).clamp(max=len(weights) - 1)
    L = torch.diag_embed(stds)
    return means[k] + (L[k] @ eps[:, :, None]).squeeze(-1)

# %% right · gather · all samples first, then the chosen ones are gathered
def sample_points(weights, means, stds, u, eps):
    every = means + stds * eps[:, None]
    k = torch.searchsorted(weights.cumsum(0), u, right=True).clamp(max=len(weights) - 1)
    return every[torch.arange(len(u)), k]

# %% right · algebra · the mirrored line read from the other end
def sample_points(weights, means, stds, u, eps):
    tails = weights.flip(0).cumsum(0)
    j = torch.searchsorted(tails, 1 - u).clamp(max=len(weights) - 1)
    k = len(weights) - 1 - j
    return means[k] + stds[k] * eps

# %% right · einsum · indicator by difference of two comparisons
def sample_points(weights, means, stds, u, eps):
    ends = torch.cat([torch.zeros(1, dtype=weights.dtype), weights.cumsum(0)])
    ends[-1] = 1.0
    inside = ((u[:, None] > ends[:-1]) & (u[:, None] <= ends[1:])).to(weights.dtype)
    return torch.einsum("nk,nkd->nd", inside, means + stds * eps[:, None])

# %% right · helper · a small function picks the component
def sample_points(weights, means, stds, u, eps):
    def pick(v):
        total = 0.0
        for k, w in enumerate(weights):
            total += float(w)
            if v < total:
                return k
        return len(weights) - 1
    k = [pick(float(v)) for v in u]
    return means[k] + stds[k] * eps
