# %% wrong · weights · every level counts the same
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return means.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · n - 1 in the lower variance only
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0)

# %% wrong · count · n - 1 in the upper variance only
def explained(z, k):
    guess = torch.empty_like(z)
    for level in torch.unique(k):
        rows = k == level
        guess[rows] = z[rows].mean(0)
    return guess.var(0) / z.var(0, unbiased=False)

# %% wrong · concept · share that is left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (z - guess).var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · explained over left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / (z - guess).var(0, correction=0)

# %% wrong · unfinished · explained variance without dividing by the whole
def explained(z, k):
    total = z.mean(0)
    out = 0
    for level in k.unique():
        mask = k == level
        out = out + mask.double().mean() * (z[mask].mean(0) - total) ** 2
    return out

# %% wrong · numeric · levels counted through from 0 so a missing one gives nan
def explained(z, k):
    pi, means = [], []
    for level in range(int(k.max()) + 1):
        pi.append((k == level).double().mean())
        means.append(z[k == level].mean(0))
    pi, means = torch.stack(pi), torch.stack(means)
    return pi @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% wrong · term · mean of all not subtracted
def explained(z, k):
    share = torch.zeros(z.shape[1], dtype=z.dtype)
    for level in k.unique():
        pi = (k == level).double().mean()
        share += pi * z[k == level].mean(0) ** 2
    return share / z.var(0, correction=0)

# %% wrong · term · mean of all subtracted nowhere in top or bottom
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess**2).mean(0) / (z**2).mean(0)

# %% wrong · axis · one mean over all dimensions subtracted
def explained(z, k):
    out = 0
    for level in k.unique():
        pi = (k == level).double().mean()
        out = out + pi * (z[k == level].mean(0) - z.mean()) ** 2
    return out / z.var(0, correction=0)

# %% wrong · axis · variance of all numbers together below
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(correction=0)

# %% wrong · axis · level mean is one number for all dimensions
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean()
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · spread · ratio of standard deviations
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.std(0, correction=0) / z.std(0, correction=0)

# %% wrong · spread · divided by the standard deviation
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.std(0, correction=0)

# %% wrong · concept · squared correlation with the number of the level
def explained(z, k):
    kc = k.double() - k.double().mean()
    zc = z - z.mean(0)
    return (kc @ zc) ** 2 / ((kc**2).sum() * (zc**2).sum(0))

# %% wrong · concept · absolute correlation with the number of the level
def explained(z, k):
    both = torch.cat([z, k[:, None].double()], 1)
    return torch.corrcoef(both.T)[-1, :-1].abs()

# %% wrong · concept · rank correlation squared
def explained(z, k):
    r = [stats.spearmanr(z[:, j].numpy(), k.numpy()).statistic ** 2 for j in range(z.shape[1])]
    return torch.tensor(r, dtype=z.dtype)

# %% wrong · concept · slope of a line in k
def explained(z, k):
    k = k.double()
    cov = ((k - k.mean())[:, None] * (z - z.mean(0))).mean(0)
    return cov / k.var(correction=0)

# %% wrong · concept · F statistic of the analysis of variance
def explained(z, k):
    groups = [z[k == level].numpy() for level in k.unique()]
    return torch.tensor(stats.f_oneway(*groups).statistic)

# %% wrong · count · adjusted for the number of levels
def explained(z, k):
    guess = torch.zeros_like(z)
    levels = k.unique()
    for level in levels:
        guess[k == level] = z[k == level].mean(0)
    r2 = 1 - ((z - guess) ** 2).sum(0) / ((z - z.mean(0)) ** 2).sum(0)
    n = len(z)
    return 1 - (1 - r2) * (n - 1) / (n - len(levels))

# %% wrong · count · each level's mean without the creature itself
def explained(z, k):
    guess = z.clone()
    for i in range(len(z)):
        same = (k == k[i])
        same[i] = False
        if same.any():
            guess[i] = z[same].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · last level left out of the loop and its creatures guessed 0
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in range(k.max()):
        if (k == level).any():
            guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · levels from 1 so level 0 keeps its own codes
def explained(z, k):
    guess = z.clone()
    for level in k.unique()[1:]:
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · levels from 1 on in the sum over levels
def explained(z, k):
    s = 0
    for level in range(1, int(k.max()) + 1):
        rows = z[k == level]
        if len(rows):
            s = s + len(rows) / len(z) * (rows.mean(0) - z.mean(0)) ** 2
    return s / z.var(0, correction=0)

# %% wrong · weights · counts not divided by n
def explained(z, k):
    levels, counts = k.unique(return_counts=True)
    means = torch.stack([z[k == v].mean(0) for v in levels])
    return counts.to(z) @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% wrong · weights · counts divided by the number of levels
def explained(z, k):
    levels, counts = k.unique(return_counts=True)
    means = torch.stack([z[k == v].mean(0) for v in levels])
    pi = counts.to(z) / len(levels)
    return (pi[:, None] * (means - z.mean(0)) ** 2).sum(0) / z.var(0, correction=0)

# %% wrong · weights · frequencies forgotten and summed
def explained(z, k):
    out = torch.zeros(z.shape[1]).double()
    for level in k.unique():
        out += (z[k == level].mean(0) - z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% wrong · weights · frequency squared with the distance
def explained(z, k):
    out = torch.zeros(z.shape[1]).double()
    for level in k.unique():
        has = k == level
        out += (has.double().mean() * (z[has].mean(0) - z.mean(0))) ** 2
    return out / z.var(0, correction=0)

# %% wrong · reduction · mean over the levels of the weighted squares
def explained(z, k):
    terms = []
    for level in k.unique():
        has = k == level
        terms.append(has.double().mean() * (z[has].mean(0) - z.mean(0)) ** 2)
    return torch.stack(terms).mean(0) / z.var(0, correction=0)

# %% wrong · reduction · largest level instead of the sum over levels
def explained(z, k):
    terms = []
    for level in k.unique():
        has = k == level
        terms.append(has.double().mean() * (z[has].mean(0) - z.mean(0)) ** 2)
    return torch.stack(terms).max(0).values / z.var(0, correction=0)

# %% wrong · reduction · one number for all dimensions
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0).sum() / z.var(0, correction=0).sum()

# %% wrong · axis · variances within each creature
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(1, correction=0) / z.var(1, correction=0)

# %% wrong · power · square of the distance forgotten and its size taken
def explained(z, k):
    out = 0
    for level in k.unique():
        has = k == level
        out = out + has.sum() / len(k) * (z[has].mean(0) - z.mean(0)).abs()
    return out / z.var(0, correction=0)

# %% wrong · power · squares forgotten so that the terms cancel
def explained(z, k):
    out = 0
    for level in k.unique():
        has = k == level
        out = out + has.sum() / len(k) * (z[has].mean(0) - z.mean(0))
    return out / z.var(0, correction=0)

# %% wrong · concept · left-over variances averaged without their frequencies
def explained(z, k):
    within = torch.stack([z[k == level].var(0, correction=0) for level in k.unique()])
    return 1 - within.mean(0) / z.var(0, correction=0)

# %% wrong · count · n - 1 inside the levels
def explained(z, k):
    left = 0
    for level in k.unique():
        rows = z[k == level]
        left = left + len(rows) / len(z) * rows.var(0)
    return 1 - left / z.var(0, correction=0)

# %% wrong · weights · frequencies taken in the order of appearance
def explained(z, k):
    levels = list(dict.fromkeys(k.tolist()))
    pi = torch.unique(k, return_counts=True)[1] / len(k)
    means = torch.stack([z[k == v].mean(0) for v in levels])
    return pi.to(z) @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% wrong · arguments · row number in place of the level's creatures
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[level]
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · arguments · guess written into the row with the level's number
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · median of a level instead of its mean
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].median(0).values
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · arguments · upside down
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return z.var(0, correction=0) / guess.var(0, correction=0)

# %% wrong · term · mean of the level means is subtracted instead of the mean of all
def explained(z, k):
    levels, n = torch.unique(k, return_counts=True)
    means = torch.stack([z[k == v].mean(0) for v in levels])
    dev = means - means.mean(0)
    return (n / n.sum()).double() @ dev**2 / z.var(0, correction=0)

# %% wrong · factor · in per cent
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return 100 * guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · form · an extra first axis
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0, keepdim=True) / z.var(0, correction=0, keepdim=True)

# %% wrong · form · a table of levels by dimensions
def explained(z, k):
    rows = []
    for level in k.unique():
        has = k == level
        rows.append(has.double().mean() * (z[has].mean(0) - z.mean(0)) ** 2 / z.var(0, correction=0))
    return torch.stack(rows)

# %% wrong · concept · shares made to add up to 1 over the dimensions
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    v = guess.var(0, correction=0)
    return v / v.sum()

# %% wrong · concept · share explained by a line through the origin
def explained(z, k):
    x = k.double()
    slope = (x @ z) / (x @ x)
    return (x[:, None] * slope).var(0, correction=0) / z.var(0, correction=0)

# %% wrong · sign · distance of the level mean to the mean added instead of subtracted
def explained(z, k):
    out = 0
    for level in k.unique():
        has = k == level
        out = out + has.double().mean() * (z[has].mean(0) + z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% wrong · sign · left over added to 1
def explained(z, k):
    left = sum((k == v).double().mean() * z[k == v].var(0, correction=0) for v in k.unique())
    return 1 + left / z.var(0, correction=0)

# %% wrong · unfinished · only the highest level against the rest
def explained(z, k):
    has = k == k.max()
    guess = torch.where(has[:, None], z[has].mean(0), z[~has].mean(0))
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · unfinished · return stands inside the loop
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
        return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · unfinished · sum overwritten at every level
def explained(z, k):
    for level in k.unique():
        has = k == level
        part = has.double().mean() * (z[has].mean(0) - z.mean(0)) ** 2
    return part / z.var(0, correction=0)

# %% wrong · concept · trait's variance explained by each dimension cut at its mean
def explained(z, k):
    k = k.double()
    out = []
    for j in range(z.shape[1]):
        up = z[:, j] > z[:, j].mean()
        g = torch.where(up, k[up].mean(), k[~up].mean())
        out.append(g.var(correction=0) / k.var(correction=0))
    return torch.stack(out)

# %% wrong · form · guess made as whole numbers
def explained(z, k):
    guess = torch.zeros(z.shape, dtype=k.dtype)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0).to(k.dtype)
    return guess.double().var(0, correction=0) / z.var(0, correction=0)

# %% wrong · two · missing level filled with 0 in the table and all levels counted alike
def explained(z, k):
    hot = one_hot(k).double()
    means = hot.T @ z / hot.sum(0).clamp(min=1)[:, None]
    return means.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · numeric · one added to each count against division by zero
def explained(z, k):
    hot = one_hot(k).double()
    means = (hot.T @ z) / (hot.sum(0)[:, None] + 1)
    pi = hot.mean(0)
    return pi @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% wrong · term · variance within the level added to the explained part
def explained(z, k):
    total = z.var(0, correction=0)
    out = 0
    for level in k.unique():
        rows, pi = z[k == level], (k == level).double().mean()
        out = out + pi * (rows.mean(0) - z.mean(0)) ** 2 + pi * rows.var(0, correction=0)
    return out / total

# %% wrong · broadcast · level means multiplied with the weights along dimensions
def explained(z, k):
    levels, n = k.unique(return_counts=True)
    means = torch.stack([z[k == v].mean(0) for v in levels])
    w = torch.ones(z.shape[1], dtype=z.dtype)
    w[: len(n)] = n / n.sum()
    return (w * (means - z.mean(0)) ** 2).sum(0) / z.var(0, correction=0)

# %% wrong · arguments · level sorted but codes left as they were
def explained(z, k):
    k, _ = k.sort()
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · two · frequencies forgotten and n - 1
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return means.var(0) / z.var(0)

# %% wrong · two · left-over share in standard deviations
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (z - guess).std(0) / z.std(0)

# %% wrong · two · mean not subtracted and frequencies forgotten
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return (means**2).mean(0) / z.var(0, correction=0)

# %% wrong · two · frequencies forgotten and the share turned round
def explained(z, k):
    within = torch.stack([z[k == level].var(0, correction=0) for level in k.unique()])
    return within.mean(0) / z.var(0, correction=0)

# %% wrong · two · n - 1 below and a mean over all dimensions
def explained(z, k):
    s = 0
    for level in k.unique():
        rows = z[k == level]
        s = s + len(rows) / len(z) * (rows.mean(0) - z.mean()) ** 2
    return s / z.var(0)

# %% wrong · raises · whole-number one-hot times codes
def explained(z, k):
    hot = one_hot(k)
    means = hot.T @ z / hot.sum(0)[:, None]
    return means.var(0) / z.var(0)

# %% wrong · raises · NumPy keyword on a tensor
def explained(z, k):
    means = np.array([z[k == level].mean(0) for level in k.unique()])
    return torch.tensor(means.var(0, ddof=0)) / z.var(0, ddof=0)

# %% wrong · two · explained over left over and levels all count the same
def explained(z, k):
    means = torch.stack([z[k == v].mean(0) for v in k.unique()])
    left = torch.stack([z[k == v].var(0, correction=0) for v in k.unique()])
    return means.var(0, correction=0) / left.mean(0)

# %% wrong · two · standard deviations and levels all count the same
def explained(z, k):
    means = torch.stack([z[k == v].mean(0) for v in k.unique()])
    return means.std(0) / z.std(0)

# %% wrong · two · one number for all dimensions and the left-over share
def explained(z, k):
    guess = torch.stack([z[k == level].mean(0) for level in k])
    return ((z - guess) ** 2).sum() / ((z - z.mean(0)) ** 2).sum()

# %% right · term · guess variance over whole variance with n - 1 in both, which cancels
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0) / z.var(0)

# %% right · weights · sum over levels with frequencies
def explained(z, k):
    between = torch.zeros_like(z[0])
    for level in k.unique():
        rows = z[k == level]
        between += len(rows) / len(z) * (rows.mean(0) - z.mean(0)) ** 2
    return between / z.var(0, correction=0)

# %% right · concept · one minus the left-over share
def explained(z, k):
    left = sum((k == v).sum() * z[k == v].var(0, correction=0) for v in k.unique())
    return 1 - left / len(z) / z.var(0, correction=0)

# %% right · form · inverse of unique as an index
def explained(z, k):
    _, where, counts = k.unique(return_inverse=True, return_counts=True)
    sums = torch.zeros(len(counts), z.shape[1], dtype=z.dtype).index_add(0, where, z)
    guess = (sums / counts[:, None])[where]
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% right · form · one-hot with counts held at 1 or above
def explained(z, k):
    hot = one_hot(k).to(z)
    means = hot.T @ z / hot.sum(0).clamp(min=1)[:, None]
    return hot.mean(0) @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% right · form · NumPy
def explained(z, k):
    z, k = z.numpy(), k.numpy()
    total = z.var(axis=0)
    between = sum((k == v).mean() * (z[k == v].mean(0) - z.mean(0)) ** 2 for v in np.unique(k))
    return torch.from_numpy(between / total)

# %% right · form · loops over dimensions and levels in plain Python
def explained(z, k):
    out = []
    for j in range(z.shape[1]):
        col = z[:, j].tolist()
        m = sum(col) / len(col)
        groups = {}
        for v, level in zip(col, k.tolist()):
            groups.setdefault(level, []).append(v)
        top = sum(len(g) * (sum(g) / len(g) - m) ** 2 for g in groups.values())
        out.append(top / sum((v - m) ** 2 for v in col))
    return torch.tensor(out, dtype=z.dtype)

# %% right · concept · projection on the level indicators by least squares
def explained(z, k):
    hot = (k[:, None] == k.unique()).to(z)
    guess = hot @ torch.linalg.lstsq(hot, z).solution
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% right · form · einsum with indicators
def explained(z, k):
    hot = (k[:, None] == k.unique()).to(z)
    n = hot.sum(0)
    d = torch.einsum("nk,nd->kd", hot, z) / n[:, None] - z.mean(0)
    return torch.einsum("k,kd,kd->d", n / len(z), d, d) / ((z - z.mean(0)) ** 2).mean(0)

# %% right · concept · covariance of code and guess over the variance
def explained(z, k):
    same = (k[:, None] == k[None]).to(z)
    guess = same @ z / same.sum(1, keepdim=True)
    zc = z - z.mean(0)
    return (zc * guess).mean(0) / zc.square().mean(0)

# %% right · concept · squared correlation of code and guess
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    r = [torch.corrcoef(torch.stack([a, b]))[0, 1] for a, b in zip(z.T, guess.T)]
    return torch.stack(r) ** 2

# %% right · concept · from the F statistic back to the share
def explained(z, k):
    groups = [z[k == v].numpy() for v in k.unique()]
    f = stats.f_oneway(*groups).statistic
    df1, df2 = len(groups) - 1, len(z) - len(groups)
    return torch.tensor(f * df1 / (f * df1 + df2))

# %% right · numeric · float32 inside on centred codes
def explained(z, k):
    c = (z - z.mean(0)).float()
    g = torch.zeros_like(c)
    for v in set(k.tolist()):
        g[k == v] = c[k == v].mean(0)
    return (g.square().mean(0) / c.square().mean(0)).double()

# %% right · term · mean square minus square of the mean
def explained(z, k):
    def var(x):
        return (x**2).mean(0) - x.mean(0) ** 2
    guess = torch.stack([z[k == level].mean(0) for level in k])
    return var(guess) / (var(z) + 1e-12)

# %% right · form · levels from 0 with the empty ones skipped
def explained(z, k):
    total = ((z - z.mean(0)) ** 2).sum(0)
    top = torch.zeros_like(total)
    for level in range(int(k.max()) + 1):
        rows = z[k == level]
        if len(rows) == 0:
            continue
        top = top + len(rows) * (rows.mean(0) - z.mean(0)).square()
    return top / total

# %% right · concept · explained over explained plus left over
def explained(z, k):
    explained_part = left = 0
    for v in k.unique():
        rows = z[k == v]
        pi = len(rows) / len(z)
        explained_part = explained_part + pi * (rows.mean(0) - z.mean(0)) ** 2
        left = left + pi * rows.var(0, correction=0)
    return explained_part / (explained_part + left)
