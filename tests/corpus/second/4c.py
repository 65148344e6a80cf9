# %% wrong · unfinished · both lines as given
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · unfinished · the first line is repaired and the error is still that of the logarithms
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · unfinished · the error is repaired by ratios to the mean of the logarithms, which stays the estimate
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / ratio.mean(0) / len(log_px_z) ** 0.5

# %% wrong · term · the log of S is not subtracted
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · log of S is missing in the estimate only
def estimate_with_error(log_px_z):
    total = torch.logsumexp(log_px_z, 0)
    ratio = torch.exp(log_px_z - total + math.log(len(log_px_z)))
    return total, ratio.std(0) / math.sqrt(len(ratio))

# %% wrong · numeric · densities are averaged as plain numbers in both lines
def estimate_with_error(log_px_z):
    px_z = log_px_z.exp()
    px = px_z.mean(0)
    return px.log(), px_z.std(0) / px / len(px_z) ** 0.5

# %% wrong · numeric · the estimate is stable but the error leaves the logarithms
def estimate_with_error(log_px_z):
    n = len(log_px_z)
    log_px = torch.logsumexp(log_px_z, dim=0) - math.log(n)
    px_z = log_px_z.exp()
    return log_px, px_z.std(0) / math.sqrt(n) / px_z.mean(0)

# %% wrong · numeric · a small number is added to the average before dividing
def estimate_with_error(log_px_z):
    n = len(log_px_z)
    log_px = torch.logsumexp(log_px_z, dim=0) - math.log(n)
    px_z = log_px_z.exp()
    return log_px, px_z.std(0) / math.sqrt(n) / (px_z.mean(0) + 1e-12)

# %% wrong · numeric · the densities are clamped from below
def estimate_with_error(log_px_z):
    px_z = log_px_z.exp().clamp(min=1e-30)
    px = px_z.mean(0)
    return torch.log(px), px_z.std(0) / px / len(px_z) ** 0.5

# %% wrong · power · the root of S is missing, divided by S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio)

# %% wrong · term · the spread of a single draw, not divided by the root of S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0)

# %% wrong · count · the root of S minus one in the standard error, though std already counts it
def estimate_with_error(log_px_z):
    n = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(n)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / math.sqrt(n - 1)

# %% wrong · count · the biased standard deviation, divided by S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, unbiased=False) / len(ratio) ** 0.5

# %% wrong · count · the number of points rather than of draws under the root
def estimate_with_error(log_px_z):
    S, n = log_px_z.shape
    log_px = torch.logsumexp(log_px_z, 0) - math.log(S)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / math.sqrt(n)

# %% wrong · concept · the standard error of the average itself, not relative to it
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.exp().std(0) / len(log_px_z) ** 0.5

# %% wrong · concept · the error is divided by the log of the average
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    se = log_px_z.exp().std(0) / len(log_px_z) ** 0.5
    return log_px, se / log_px.abs()

# %% wrong · log · the logarithm of the relative error is returned
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, torch.log(ratio.std(0) / len(ratio) ** 0.5)

# %% wrong · axis · everything runs over the data points, not over the draws
def estimate_with_error(log_px_z):
    n = log_px_z.shape[1]
    log_px = log_px_z.logsumexp(1) - math.log(n)
    ratio = torch.exp(log_px_z - log_px[:, None])
    return log_px, ratio.std(1) / n**0.5

# %% wrong · concept · the ratio is taken against the largest draw
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px_z.max(0).values)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · weights · the spread of softmax weights, whose mean is one over S and not one
def estimate_with_error(log_px_z):
    s = log_px_z.shape[0]
    log_px = log_px_z.logsumexp(0) - np.log(s)
    w = log_px_z.softmax(0)
    return log_px, w.std(0) / np.sqrt(s)

# %% wrong · spread · the variance of the ratio stands for its standard deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.var(0) / len(ratio) ** 0.5

# %% wrong · spread · the squared standard error, variance over S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.var(0) / len(ratio)

# %% wrong · log · p(x) is returned rather than its logarithm
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px.exp(), ratio.std(0) / len(ratio) ** 0.5

# %% wrong · order · the error comes first
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return ratio.std(0) / len(ratio) ** 0.5, log_px

# %% wrong · unfinished · only log p(x) is returned
def estimate_with_error(log_px_z):
    return log_px_z.logsumexp(0) - math.log(len(log_px_z))

# %% wrong · count · the log of n instead of the log of S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(log_px_z.shape[1])
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · count · the number of all entries instead of S
def estimate_with_error(log_px_z):
    S = log_px_z.numel()
    log_px = log_px_z.logsumexp(0) - math.log(S)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / ratio.mean(0) / math.sqrt(S)

# %% wrong · sign · log of S is added
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) + math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / ratio.mean(0) / len(ratio) ** 0.5

# %% wrong · log · the log-sum-exp is divided by S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) / len(log_px_z)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / ratio.mean(0) / len(ratio) ** 0.5

# %% wrong · log · S is subtracted without its logarithm
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - S
    ratio = torch.exp(log_px_z - (log_px + S - math.log(S)))
    return log_px, ratio.std(0) / S**0.5

# %% wrong · log · log10 of S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - np.log10(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · reduction · the largest draw stands for the sum
def estimate_with_error(log_px_z):
    log_px = log_px_z.max(0).values - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · reduction · the median of the log densities
def estimate_with_error(log_px_z):
    log_px = log_px_z.median(0).values
    ratio = torch.exp(log_px_z - torch.logsumexp(log_px_z, 0) + math.log(len(log_px_z)))
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · half the variance of a single ratio is added to undo the bias of the logarithm
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    se = ratio.std(0) / len(ratio) ** 0.5
    return log_px + ratio.var(0) / 2, se

# %% wrong · concept · one over the root of the effective number of samples
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    w = torch.exp(log_px_z - log_px)
    ess = w.sum(0) ** 2 / (w**2).sum(0)
    return log_px, 1 / ess.sqrt()

# %% wrong · concept · the spread of all ratios divided by the effective number of samples
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    w = torch.exp(log_px_z - log_px)
    ess = w.sum(0) ** 2 / (w**2).sum(0)
    return log_px, w.std(0) / ess.sqrt()

# %% wrong · factor · multiplied by the root of S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) * len(ratio) ** 0.5

# %% wrong · factor · half the width of a 95 per cent interval
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, 1.96 * ratio.std(0) / len(ratio) ** 0.5

# %% wrong · noise · a bootstrap of the estimate gives the error
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    again = [log_px_z[torch.randint(S, (S,))].logsumexp(0) - math.log(S) for _ in range(200)]
    return log_px, torch.stack(again).std(0)

# %% wrong · reduction · one std over draws and points together
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, (ratio.std() / len(ratio) ** 0.5).expand_as(log_px)

# %% wrong · form · keepdim keeps an axis of length 1 in both
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0, keepdim=True) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, keepdim=True) / len(ratio) ** 0.5

# %% wrong · form · averaged over the points as well
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px.mean(), (ratio.std(0) / len(ratio) ** 0.5).mean()

# %% wrong · form · one stacked tensor of two columns
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return torch.stack([log_px, ratio.std(0) / len(ratio) ** 0.5], dim=1)

# %% wrong · sign · the ratio is upside down
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px - log_px_z)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · the ratio stays a logarithm, so its spread is that of the logs
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    log_ratio = log_px_z - log_px
    return log_px, log_ratio.std(0) / log_ratio.mean(0).abs() / len(log_px_z) ** 0.5

# %% wrong · log · the error of the logs is exponentiated
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, torch.exp(log_px_z.std(0)) / len(log_px_z) ** 0.5

# %% wrong · concept · mean of logs weighted by softmax
def estimate_with_error(log_px_z):
    w = log_px_z.softmax(0)
    log_px = (w * log_px_z).sum(0)
    ratio = len(w) * w
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · concept · the mean absolute deviation in place of the standard deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, (ratio - 1).abs().mean(0) / len(ratio) ** 0.5

# %% wrong · term · the mean of the ratio is not subtracted in the hand-made variance
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ((ratio**2).sum(0) / (S - 1) / S).sqrt()

# %% wrong · count · a loop that forgets the first draw
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    total = torch.full_like(log_px_z[0], -math.inf)
    for s in range(1, S):
        total = torch.logaddexp(total, log_px_z[s])
    log_px = total - math.log(S)
    return log_px, torch.exp(log_px_z - log_px).std(0) / S**0.5

# %% wrong · count · S minus one in the average
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S - 1)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / S**0.5

# %% wrong · concept · the ratios are taken to the average of the logarithms
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    ratio = torch.exp(log_px_z - log_px_z.mean(0))
    return log_px, ratio.std(0) / S**0.5

# %% wrong · broadcast · the log-average over everything is used for every x
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    overall = torch.logsumexp(log_px_z.flatten(), 0) - math.log(log_px_z.numel())
    ratio = torch.exp(log_px_z - overall)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · numeric · one maximum over all x is taken out, so the far x still underflows
def estimate_with_error(log_px_z):
    top = log_px_z.max()
    w = torch.exp(log_px_z - top)
    return top + w.mean(0).log(), w.std(0) / w.mean(0) / len(w) ** 0.5

# %% wrong · numeric · float32 before the exponential
def estimate_with_error(log_px_z):
    p = log_px_z.float().exp()
    mean = p.mean(0)
    return mean.log(), p.std(0) / mean / p.shape[0] ** 0.5

# %% wrong · two · first line without log S, error of the logs
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0)
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · two · mean of logs kept and error not relative
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    return log_px, log_px_z.exp().std(0) / len(log_px_z) ** 0.5

# %% wrong · two · underflow and division by S
def estimate_with_error(log_px_z):
    p = torch.exp(log_px_z)
    return torch.log(p.mean(0)), p.std(0) / p.mean(0) / len(p)

# %% wrong · two · no root of S and the biased deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, correction=0)

# %% wrong · two · order exchanged and variance for deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return ratio.var(0) / len(ratio), log_px

# %% wrong · raises · torch.log of a Python int
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - torch.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · raises · logsumexp without an axis
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp() - math.log(len(log_px_z))
    ratio = (log_px_z - log_px).exp()
    return log_px, ratio.std(0) / math.sqrt(len(ratio))

# %% right · scipy · NumPy and SciPy with ddof 1
def estimate_with_error(log_px_z):
    a = log_px_z.numpy()
    log_px = special.logsumexp(a, axis=0) - np.log(a.shape[0])
    return log_px, np.exp(a - log_px).std(axis=0, ddof=1) / np.sqrt(a.shape[0])

# %% right · scipy · logsumexp with weights and sem
def estimate_with_error(log_px_z):
    a = log_px_z.numpy()
    log_px = special.logsumexp(a, axis=0, b=1 / len(a))
    return torch.from_numpy(log_px), torch.from_numpy(stats.sem(np.exp(a - log_px), axis=0))

# %% right · stable · the maximum taken out by hand
def estimate_with_error(log_px_z):
    top = log_px_z.max(0).values
    p = torch.exp(log_px_z - top)
    m = p.mean(0)
    return top + m.log(), p.std(0) / m / math.sqrt(len(p))

# %% right · algebra · S times the softmax is the ratio
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    return log_px_z.logsumexp(0) - math.log(S), S * log_px_z.softmax(0).std(0) / S**0.5

# %% right · algebra · the error through the effective number of samples
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    w = log_px_z.softmax(0)
    ess = 1 / (w**2).sum(0)
    return log_px_z.logsumexp(0) - math.log(S), ((S / ess - 1) / (S - 1)).sqrt()

# %% right · algebra · the root of variance over S
def estimate_with_error(log_px_z):
    S, _ = log_px_z.shape
    log_px = torch.logsumexp(log_px_z - math.log(S), 0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, torch.sqrt(ratio.var(0) / S)

# %% right · loop · logaddexp over the draws and sums of squares
def estimate_with_error(log_px_z):
    total = log_px_z[0]
    for row in log_px_z[1:]:
        total = torch.logaddexp(total, row)
    S = len(log_px_z)
    log_px = total - math.log(S)
    square = sum((torch.exp(row - log_px) - 1) ** 2 for row in log_px_z)
    return log_px, (square / (S - 1) / S) ** 0.5

# %% right · loop · one x at a time
def estimate_with_error(log_px_z):
    values, errors = [], []
    for column in log_px_z.T:
        lp = torch.logsumexp(column, 0) - math.log(column.numel())
        r = (column - lp).exp()
        values.append(lp)
        errors.append(r.std() / r.numel() ** 0.5)
    return torch.stack(values), torch.stack(errors)

# %% right · log · second moment in logarithms
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    log_m2 = (2 * log_px_z).logsumexp(0) - math.log(S) - 2 * log_px
    return log_px, torch.sqrt(torch.expm1(log_m2) / (S - 1))

# %% right · einsum · centred ratios squared by einsum
def estimate_with_error(log_px_z):
    S = log_px_z.size(0)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    c = torch.exp(log_px_z - log_px) - 1
    return log_px, torch.sqrt(torch.einsum("sn,sn->n", c, c) / (S * (S - 1)))

# %% right · library · logcumsumexp and std_mean
def estimate_with_error(log_px_z):
    log_px = log_px_z.logcumsumexp(0)[-1] - math.log(len(log_px_z))
    std, mean = torch.std_mean((log_px_z - log_px).exp(), 0)
    return log_px, std / mean / len(log_px_z) ** 0.5

# %% right · stabiliser · a tiny number in the denominator of a ratio whose mean is 1
def estimate_with_error(log_px_z):
    log_px = torch.logsumexp(log_px_z, 0) - np.log(len(log_px_z))
    r = torch.exp(log_px_z - log_px)
    return log_px, r.std(0) / (r.mean(0) + 1e-8) * len(r) ** -0.5

# %% right · helper · logmeanexp as a helper
def logmeanexp(a):
    return torch.logsumexp(a, dim=0) - math.log(a.shape[0])

def estimate_with_error(log_px_z):
    centre = logmeanexp(log_px_z)
    spread = torch.exp(log_px_z - centre).std(dim=0, correction=1)
    return centre, spread / math.sqrt(log_px_z.shape[0])

# %% right · distributions · equal weights by a Categorical of zeros
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_w = Categorical(logits=torch.zeros(S, dtype=log_px_z.dtype)).logits[:, None]
    log_px = (log_w + log_px_z).logsumexp(0)
    cov = torch.cov(torch.exp(log_px_z - log_px).T)
    return log_px, (torch.diagonal(torch.atleast_2d(cov)) / S).sqrt()
