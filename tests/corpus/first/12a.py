# %% wrong · count · the guesses' variance divides by n − 1 and the total by n
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0) / z.var(0, correction=0)

# %% wrong · count · the total variance divides by n − 1
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0)

# %% wrong · concept · the share that is left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (z - guess).var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · the left-over part is subtracted with its sign lost, explained minus left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess.var(0, correction=0) - (z - guess).var(0, correction=0)) / z.var(0, correction=0)

# %% wrong · weights · variance of the level means, every level counting the same
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return means.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · weights · squared deviations are summed without the frequencies
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return ((means - z.mean(0)) ** 2).sum(0) / z.var(0, correction=0)

# %% wrong · weights · deviations from the overall mean averaged evenly over the levels
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return ((means - z.mean(0)) ** 2).mean(0) / z.var(0, correction=0)

# %% wrong · weights · counts in place of frequencies
def explained(z, k):
    out = torch.zeros(z.shape[1], dtype=z.dtype)
    for level in k.unique():
        group = z[k == level]
        out += len(group) * (group.mean(0) - z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% wrong · weights · sum of squares between groups over the variance and not over the total sum of squares
def explained(z, k):
    ss = sum((k == v).sum() * (z[k == v].mean(0) - z.mean(0)) ** 2 for v in k.unique())
    return ss / z.var(0)

# %% wrong · weights · frequencies are squared
def explained(z, k):
    out = 0
    for level in k.unique():
        pi = (k == level).double().mean()
        out = out + pi**2 * (z[k == level].mean(0) - z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% wrong · weights · the frequencies are normalised by the number of levels
def explained(z, k):
    levels, counts = k.unique(return_counts=True)
    means = torch.stack([z[k == level].mean(0) for level in levels])
    w = counts.to(z) / len(levels)
    return (w[:, None] * (means - z.mean(0)) ** 2).sum(0) / z.var(0, correction=0)

# %% wrong · concept · squared correlation with the number of the level
def explained(z, k):
    zc, kc = z - z.mean(0), (k - k.double().mean()).to(z)
    return (zc * kc[:, None]).mean(0) ** 2 / ((zc**2).mean(0) * (kc**2).mean())

# %% wrong · concept · correlation with the level number, not squared
def explained(z, k):
    zc, kc = z - z.mean(0), (k - k.double().mean()).to(z)
    return (zc * kc[:, None]).mean(0) / ((zc**2).mean(0) * (kc**2).mean()).sqrt()

# %% wrong · concept · rank correlation squared
def explained(z, k):
    return torch.tensor([stats.spearmanr(col, k.numpy()).statistic ** 2 for col in z.numpy().T])

# %% wrong · spread · ratio of standard deviations
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.std(0, correction=0) / z.std(0, correction=0)

# %% wrong · power · the share is squared
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess.var(0) / z.var(0)) ** 2

# %% wrong · spread · explained variance over the standard deviation
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.std(0, correction=0)

# %% wrong · unfinished · the explained variance without dividing by the total
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0)

# %% wrong · numeric · levels counted up to the largest, and a missing one makes nan
def explained(z, k):
    out = 0
    for level in range(int(k.max()) + 1):
        group = z[k == level]
        out = out + len(group) / len(z) * (group.mean(0) - z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% wrong · numeric · one_hot table divided by counts that may be zero
def explained(z, k):
    hot = one_hot(k).to(z)
    centred = z - z.mean(0)
    means = hot.T @ centred / hot.sum(0)[:, None]
    return hot.mean(0) @ means**2 / z.var(0, correction=0)

# %% wrong · numeric · missing levels become mean 0 and count as groups
def explained(z, k):
    hot = one_hot(k).to(z)
    means = torch.nan_to_num(hot.T @ z / hot.sum(0)[:, None])
    return means.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · numeric · one thousandth added to the counts
def explained(z, k):
    hot = one_hot(k).to(z)
    means = hot.T @ z / (hot.sum(0)[:, None] + 1)
    return means[k].var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · levels run from 0 to the number of levels
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in range(len(k.unique())):
        if (k == level).any():
            guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · the highest level is left out of the loop
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in range(int(k.max())):
        if (k == level).any():
            guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · count · levels start at 1
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in range(1, int(k.max()) + 1):
        rows = k == level
        if rows.any():
            guess[rows] = z[rows].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · axis · variances over the dimensions of each creature
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(1, correction=0) / z.var(1, correction=0)

# %% wrong · axis · one mean over creatures and dimensions for each level
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean()
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · axis · the total variance is that of all numbers together
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(correction=0)

# %% wrong · reduction · averaged over the dimensions
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess.var(0, correction=0) / z.var(0, correction=0)).mean()

# %% wrong · reduction · sums of variances over the dimensions, one share for all
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0).sum() / z.var(0).sum()

# %% wrong · reduction · medians of the levels
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].median(0)[0]
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · deviations are taken from the plain average of the level means
def explained(z, k):
    levels = k.unique()
    means = torch.stack([z[k == v].mean(0) for v in levels])
    pi = torch.stack([(k == v).to(z).mean() for v in levels])
    return (pi @ (means - means.mean(0)) ** 2) / z.var(0, correction=0)

# %% wrong · term · the overall mean is not subtracted
def explained(z, k):
    out = 0
    for level in k.unique():
        out = out + (k == level).to(z).mean() * z[k == level].mean(0) ** 2
    return out / z.var(0, correction=0)

# %% wrong · term · second moments in place of variances
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess**2).mean(0) / (z**2).mean(0)

# %% wrong · power · absolute deviations
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess - z.mean(0)).abs().mean(0) / (z - z.mean(0)).abs().mean(0)

# %% wrong · weights · left-over variances averaged evenly over levels
def explained(z, k):
    within = torch.stack([z[k == v].var(0, correction=0) for v in k.unique()]).mean(0)
    return 1 - within / z.var(0, correction=0)

# %% wrong · weights · left-over variances summed over levels
def explained(z, k):
    within = sum(z[k == v].var(0, correction=0) for v in k.unique())
    return 1 - within / z.var(0, correction=0)

# %% wrong · count · within-group variances divide by their count less one
def explained(z, k):
    within = 0
    for v in k.unique():
        group = z[k == v]
        if len(group) > 1:
            within = within + len(group) / len(z) * group.var(0)
    return 1 - within / z.var(0, correction=0)

# %% wrong · count · pooled variance over n minus the number of levels, as in adjusted R²
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    rest = ((z - guess) ** 2).sum(0) / (len(z) - len(k.unique()))
    return 1 - rest / z.var(0)

# %% wrong · concept · the F statistic of an analysis of variance
def explained(z, k):
    groups = [z[k == v].numpy() for v in k.unique()]
    return torch.as_tensor(stats.f_oneway(*groups).statistic)

# %% wrong · concept · explained over left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / (z - guess).var(0, correction=0)

# %% wrong · arguments · divided by the variance of the levels
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / k.to(z).var(correction=0)

# %% wrong · sign · the fraction upside down
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return z.var(0, correction=0) / guess.var(0, correction=0)

# %% wrong · form · the guess is the same tensor as z and overwrites it
def explained(z, k):
    guess = z
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · unfinished · only the first dimension is guessed
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level, 0] = z[k == level, 0].mean()
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · form · shares are rescaled to add up to 1 over the dimensions
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    share = guess.var(0) / z.var(0)
    return share / share.sum()

# %% wrong · form · per cent
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return 100 * guess.var(0) / z.var(0)

# %% wrong · form · a table of levels by dimensions, not summed
def explained(z, k):
    rows = []
    for v in k.unique():
        rows.append((k == v).to(z).mean() * (z[k == v].mean(0) - z.mean(0)) ** 2)
    return torch.stack(rows) / z.var(0, correction=0)

# %% wrong · form · one row of shape (1, d)
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0, correction=0, keepdim=True) / z.var(0, correction=0)

# %% wrong · concept · each creature is guessed from the others of its level
def explained(z, k):
    guess = torch.zeros_like(z)
    for v in k.unique():
        rows = k == v
        m = rows.sum()
        guess[rows] = (z[rows].sum(0) - z[rows]) / max(int(m) - 1, 1)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · one minus the spread of the within variances
def explained(z, k):
    within = torch.stack([z[k == v].var(0, correction=0) for v in k.unique()])
    return within.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · concept · only the most frequent level against the rest
def explained(z, k):
    common = k.mode()[0]
    pi = (k == common).to(z).mean()
    gap = z[k == common].mean(0) - z[k != common].mean(0)
    return pi * (1 - pi) * gap**2 / z.var(0, correction=0)

# %% wrong · concept · the largest of the level contributions in place of their sum
def explained(z, k):
    parts = [(k == v).to(z).mean() * (z[k == v].mean(0) - z.mean(0)) ** 2 for v in k.unique()]
    return torch.stack(parts).max(0)[0] / z.var(0, correction=0)

# %% wrong · order · the shares are sorted
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess.var(0) / z.var(0)).sort(descending=True)[0]

# %% wrong · order · frequencies from unconsecutive counts belong to other levels than the means
def explained(z, k):
    values, inverse, counts = k.unique(return_inverse=True, return_counts=True)
    means = torch.stack([z[k == v].mean(0) for v in values])
    pi = counts.sort(descending=True)[0].to(z) / len(z)
    return pi @ (means - z.mean(0)) ** 2 / z.var(0, correction=0)

# %% wrong · arguments · the mean of z is indexed by the level and not by the creatures of that level
def explained(z, k):
    guess = z[k]
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · arguments · rows whose number equals the level are averaged
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[: int(level) + 1].mean(0)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · factor · two parts are halved
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return 0.5 * guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · log · nats, half the log of total over left over
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return 0.5 * torch.log(z.var(0) / (z - guess).var(0))

# %% wrong · numeric · negative and small shares are rounded to hundredths
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return (guess.var(0) / z.var(0)).round(decimals=2)

# %% wrong · two · levels weigh the same and the total divides by n − 1
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return means.var(0) / z.var(0)

# %% wrong · two · squares from zero without frequencies
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    return (means**2).sum(0) / z.var(0, correction=0)

# %% wrong · two · left-over share and standard deviations
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return 1 - guess.std(0) / z.std(0)

# %% wrong · two · within variances averaged evenly and not subtracted from 1
def explained(z, k):
    within = torch.stack([z[k == v].var(0, correction=0) for v in k.unique()])
    return within.mean(0) / z.var(0, correction=0)

# %% wrong · two · range over levels skips the gaps but weighs evenly and leaves out the last
def explained(z, k):
    means = [z[k == v].mean(0) for v in range(int(k.max())) if (k == v).any()]
    return torch.stack(means).var(0, correction=0) / z.var(0, correction=0)

# %% wrong · two · overall mean missing and divided by the second moment with counts not normalised
def explained(z, k):
    total = sum((k == v).sum() * z[k == v].mean(0) ** 2 for v in k.unique())
    return total / (z**2).mean(0)

# %% wrong · raises · the table of existing levels is indexed by the level numbers
def explained(z, k):
    means = torch.stack([z[k == level].mean(0) for level in k.unique()])
    guess = means[k]
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% wrong · raises · frequencies stay truth values
def explained(z, k):
    out = 0
    for v in k.unique():
        out = out + (k == v).mean() * (z[k == v].mean(0) - z.mean(0)) ** 2
    return out / z.var(0, correction=0)

# %% right · cancel · both variances with n − 1, which cancels
def explained(z, k):
    guess = torch.zeros_like(z)
    for level in k.unique():
        guess[k == level] = z[k == level].mean(0)
    return guess.var(0) / z.var(0)

# %% right · left over · one minus the left-over share
def explained(z, k):
    rest = 0
    for v in k.unique():
        group = z[k == v]
        rest = rest + len(group) / len(z) * group.var(0, correction=0)
    return 1 - rest / z.var(0, correction=0)

# %% right · formula · the sum of 10.3 with frequencies
def explained(z, k):
    out = torch.zeros(z.shape[1], dtype=z.dtype)
    for v in k.unique():
        rows = k == v
        out += rows.to(z).mean() * (z[rows].mean(0) - z.mean(0)) ** 2
    return out / ((z - z.mean(0)) ** 2).mean(0)

# %% right · onehot · table of means with counts kept above zero
def explained(z, k):
    hot = one_hot(k).to(z)
    means = hot.T @ z / hot.sum(0).clamp(min=1)[:, None]
    return means[k].var(0, correction=0) / z.var(0, correction=0)

# %% right · inverse · unique with inverse and index_add
def explained(z, k):
    values, inverse, counts = k.unique(return_inverse=True, return_counts=True)
    sums = torch.zeros(len(values), z.shape[1], dtype=z.dtype).index_add(0, inverse, z)
    means = sums / counts[:, None]
    share = counts.to(z) / len(z)
    return (share[:, None] * (means - z.mean(0)) ** 2).sum(0) / z.var(0, correction=0)

# %% right · numpy · NumPy
def explained(z, k):
    a, levels = z.numpy(), k.numpy()
    guess = np.empty_like(a)
    for v in np.unique(levels):
        guess[levels == v] = a[levels == v].mean(axis=0)
    return torch.tensor(guess.var(axis=0) / a.var(axis=0))

# %% right · residual · mean squared residual
def explained(z, k):
    resid = z.clone()
    for v in k.unique():
        resid[k == v] -= z[k == v].mean(0)
    return 1 - (resid**2).mean(0) / z.var(0, correction=0)

# %% right · covariance · covariance of code and guess
def explained(z, k):
    guess = torch.zeros_like(z)
    for v in k.unique():
        guess[k == v] = z[k == v].mean(0)
    c = z - z.mean(0)
    return (c * guess).mean(0) / (c * c).mean(0)

# %% right · correlation · squared correlation of code and guess
def explained(z, k):
    guess = torch.stack([z[k == level].mean(0) for level in k])
    c, g = z - z.mean(0), guess - guess.mean(0)
    return (c * g).sum(0) ** 2 / ((c**2).sum(0) * (g**2).sum(0))

# %% right · projection · least squares on dummies
def explained(z, k):
    X = (k[:, None] == k.unique()).to(z)
    fit = X @ torch.linalg.pinv(X) @ z
    return fit.var(0, correction=0) / z.var(0, correction=0)

# %% right · average · a matrix that averages each creature's level
def explained(z, k):
    same = (k[:, None] == k).to(z)
    guess = same @ z / same.sum(1, keepdim=True)
    return guess.var(0, correction=0) / z.var(0, correction=0)

# %% right · scipy · F statistic turned into eta squared
def explained(z, k):
    values = k.unique()
    f = stats.f_oneway(*[z[k == v].numpy() for v in values]).statistic
    a, b = len(values) - 1, len(z) - len(values)
    return torch.as_tensor(a * f / (a * f + b))

# %% right · columns · one dimension at a time
def explained(z, k):
    out = []
    for col in z.T:
        total = col.var(correction=0)
        between = sum((k == v).sum() * (col[k == v].mean() - col.mean()) ** 2 for v in k.unique()) / len(col)
        out.append(between / total)
    return torch.stack(out)

# %% right · range · a range that skips empty levels
def explained(z, k):
    explained_part = 0
    for level in range(int(k.max()) + 1):
        rows = k == level
        if not rows.any():
            continue
        explained_part = explained_part + rows.sum() * (z[rows].mean(0) - z.mean(0)) ** 2
    return explained_part / ((z - z.mean(0)) ** 2).sum(0)

# %% right · moments · mean of squares minus square of the mean
def explained(z, k):
    m = z.mean(0)
    second = sum((k == v).to(z).mean() * z[k == v].mean(0) ** 2 for v in k.unique())
    return (second - m**2) / ((z**2).mean(0) - m**2)
