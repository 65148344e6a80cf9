# %% wrong · unfinished · as given
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · unfinished · first line repaired, the error as given
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · unfinished · error repaired, with the average of the logarithms as given
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · unfinished · right error, but the average of the logarithms returned
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px_z.mean(0), ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · log S is not subtracted
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · log S missing in the returned value only
def estimate_with_error(log_px_z):
    total = log_px_z.logsumexp(0)
    ratio = torch.exp(log_px_z - total + math.log(len(log_px_z)))
    return total, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · log S missing in the ratio only
def estimate_with_error(log_px_z):
    total = log_px_z.logsumexp(0)
    ratio = torch.exp(log_px_z - total)
    return total - math.log(len(log_px_z)), ratio.std(0) / len(ratio) ** 0.5

# %% wrong · sign · log S added
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) + math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · S itself subtracted
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - len(log_px_z)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · log-sum-exp divided by S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) / len(log_px_z)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · base two for log S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log2(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · count · log n subtracted, of the number of points
def estimate_with_error(log_px_z):
    S, n = log_px_z.shape
    log_px = log_px_z.logsumexp(0) - math.log(n)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / S**0.5

# %% wrong · count · log of all elements subtracted
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(log_px_z.numel())
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · count · log of S − 1
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z) - 1)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · numeric · densities averaged, then the logarithm
def estimate_with_error(log_px_z):
    p = log_px_z.exp()
    mean = p.mean(0)
    return mean.log(), p.std(0) / mean / len(p) ** 0.5

# %% wrong · numeric · log-sum-exp for the value, densities for the error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    p = log_px_z.exp()
    return log_px, p.std(0) / len(p) ** 0.5 / p.mean(0)

# %% wrong · numeric · small constants against underflow
def estimate_with_error(log_px_z):
    p = log_px_z.exp()
    mean = p.mean(0) + 1e-12
    return mean.log(), p.std(0) / len(p) ** 0.5 / mean

# %% wrong · numeric · constant only in the denominator of the error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    p = log_px_z.exp()
    return log_px, p.std(0) / len(p) ** 0.5 / (p.mean(0) + 1e-20)

# %% wrong · numeric · log-densities clamped at −100
def estimate_with_error(log_px_z):
    lp = log_px_z.clamp(min=-100)
    log_px = lp.logsumexp(0) - math.log(len(lp))
    ratio = torch.exp(lp - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · numeric · one maximum for all points
def estimate_with_error(log_px_z):
    b = log_px_z.max()
    p = (log_px_z - b).exp()
    return b + p.mean(0).log(), p.std(0) / p.mean(0) / len(p) ** 0.5

# %% wrong · numeric · maximum taken out and not added again
def estimate_with_error(log_px_z):
    b = log_px_z.max(0).values
    p = (log_px_z - b).exp()
    return p.mean(0).log(), p.std(0) / p.mean(0) / len(p) ** 0.5

# %% wrong · unfinished · the standard error of the densities, not relative
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.exp().std(0) / len(log_px_z) ** 0.5

# %% wrong · unfinished · error relative to the maximum, not to the average
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    p = (log_px_z - log_px_z.max(0).values).exp()
    return log_px, p.std(0) / len(p) ** 0.5

# %% wrong · power · divided by S, not by its root
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio)

# %% wrong · unfinished · root of S forgotten, the standard deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0)

# %% wrong · count · root of S − 1
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / (len(ratio) - 1) ** 0.5

# %% wrong · count · standard deviation with 1/S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, correction=0) / len(ratio) ** 0.5

# %% wrong · count · divided by the root of the number of points
def estimate_with_error(log_px_z):
    S, n = log_px_z.shape
    log_px = log_px_z.logsumexp(0) - math.log(S)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / n**0.5

# %% wrong · count · divided by the root of all elements
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / ratio.numel() ** 0.5

# %% wrong · spread · variance instead of standard deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.var(0) / len(ratio) ** 0.5

# %% wrong · spread · squared standard error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.var(0) / len(ratio)

# %% wrong · spread · root mean square of the ratios, mean not taken off
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ((ratio**2).mean(0) / len(ratio)).sqrt()

# %% wrong · spread · mean absolute deviation
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, (ratio - 1).abs().mean(0) / len(ratio) ** 0.5

# %% wrong · axis · std over the points
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(1) / len(ratio) ** 0.5

# %% wrong · axis · everything over the points
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(1) - math.log(log_px_z.shape[1])
    ratio = torch.exp(log_px_z - log_px[:, None])
    return log_px, ratio.std(1) / ratio.shape[1] ** 0.5

# %% wrong · reduction · std of all ratios together
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std() / len(ratio) ** 0.5

# %% wrong · reduction · one number over all points, the mean
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px.mean(), (ratio.std(0) / len(ratio) ** 0.5).mean()

# %% wrong · reduction · average over both axes
def estimate_with_error(log_px_z):
    log_px = log_px_z.flatten().logsumexp(0) - math.log(log_px_z.numel())
    ratio = torch.exp(log_px_z - log_px)
    return log_px.expand(log_px_z.shape[1]), ratio.std(0) / len(ratio) ** 0.5

# %% wrong · reduction · maximum instead of the average
def estimate_with_error(log_px_z):
    log_px = log_px_z.max(0).values
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · concept · median of the logarithms
def estimate_with_error(log_px_z):
    log_px = log_px_z.median(0).values
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · logarithm of the standard error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, (ratio.std(0) / len(ratio) ** 0.5).log()

# %% wrong · log · logarithms divided instead of subtracted
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = log_px_z / log_px
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · log · standard error of the logs divided by the signed log average
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5 / log_px

# %% wrong · log · log(1 + relative error)
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, torch.log1p(ratio.std(0) / len(ratio) ** 0.5)

# %% wrong · log · both in bits
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px / math.log(2), ratio.std(0) / len(ratio) ** 0.5 / math.log(2)

# %% wrong · log · density returned for the first value
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px.exp(), ratio.std(0) / len(ratio) ** 0.5

# %% wrong · sign · ratio turned over
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px - log_px_z)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · sign · negative log-likelihood
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return -log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · sign · multiplied with the root of S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) * len(ratio) ** 0.5

# %% wrong · power · relative error multiplied by the average instead of divided
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z + log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · term · divided by the average once more
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5 / log_px.exp()

# %% wrong · term · Jensen's bias added to the estimate, half the squared error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    se = ratio.std(0) / len(ratio) ** 0.5
    return log_px + se**2 / 2, se

# %% wrong · factor · 1.96 standard errors
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, 1.96 * ratio.std(0) / len(ratio) ** 0.5

# %% wrong · axis · softmax over the points for the ratios
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = len(log_px_z) * log_px_z.softmax(1)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · concept · effective number of samples for the error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    w = log_px_z.softmax(0)
    return log_px, 1 / (w**2).sum(0)

# %% wrong · concept · standard deviation over the root of the effective number
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    w = log_px_z.softmax(0)
    ratio = len(w) * w
    return log_px, ratio.std(0) * (w**2).sum(0).sqrt()

# %% wrong · weights · average of the logarithms, weighted by the softmax
def estimate_with_error(log_px_z):
    w = log_px_z.softmax(0)
    log_px = (w * log_px_z).sum(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · weights · the ratios weighted by themselves in the variance
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    w = log_px_z.softmax(0)
    ratio = len(w) * w
    return log_px, ((w * (ratio - 1) ** 2).sum(0) / len(w)).sqrt()

# %% wrong · arguments · ratios to the first draw instead of the average
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px_z[0])
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · order · error first
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return ratio.std(0) / len(ratio) ** 0.5, log_px

# %% wrong · form · keeps the axis of the draws, shape (1, n)
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0, keepdim=True) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, keepdim=True) / len(ratio) ** 0.5

# %% wrong · form · only the estimate returned
def estimate_with_error(log_px_z):
    return log_px_z.logsumexp(0) - math.log(len(log_px_z))

# %% wrong · form · ends of an interval instead of the error
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    se = ratio.std(0) / len(ratio) ** 0.5
    return log_px - se, log_px + se

# %% wrong · noise · bootstrap of the logarithm of the average
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    again = torch.stack([log_px_z[torch.randint(S, (S,))].logsumexp(0) for _ in range(200)])
    return log_px, again.std(0)

# %% wrong · concept · jackknife error of the logarithm
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    left = torch.stack([torch.cat([log_px_z[:s], log_px_z[s + 1 :]]).logsumexp(0) for s in range(S)])
    return log_px, ((S - 1) / S * ((left - left.mean(0)) ** 2).sum(0)).sqrt()

# %% wrong · two · log S missing and root of S missing
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0)

# %% wrong · two · densities underflow and the error is absolute
def estimate_with_error(log_px_z):
    p = log_px_z.exp()
    return p.mean(0).log(), p.std(0) / len(p) ** 0.5

# %% wrong · two · log S missing and error as given
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0)
    return log_px, log_px_z.std(0) / len(log_px_z) ** 0.5

# %% wrong · two · squared standard error, with S for S - 1 in the variance
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ((ratio - 1) ** 2).mean(0) / len(ratio)

# %% wrong · two · std with 1/S and divided by S
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0, unbiased=False) / len(ratio)

# %% wrong · two · log S added and the deviation of all ratios together
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) + math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std() / len(ratio) ** 0.5

# %% wrong · two · average of the logs and no exponential, error relative to it
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    ratio = log_px_z / log_px
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% wrong · two · error divided by S and not relative
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    return log_px, log_px_z.exp().std(0) / len(log_px_z)

# %% wrong · two · average of the logarithms, and variance of the ratios
def estimate_with_error(log_px_z):
    log_px = log_px_z.mean(0)
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.var(0) / len(ratio) ** 0.5

# %% wrong · raises · math.log of a tensor with many elements
def estimate_with_error(log_px_z):
    p = log_px_z.exp()
    return math.log(p.mean(0)), p.std(0) / p.mean(0) / len(p) ** 0.5

# %% wrong · raises · log-sum-exp over the points against the draws
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(1) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, ratio.std(0) / len(ratio) ** 0.5

# %% right · softmax · ratios from S times the softmax
def estimate_with_error(log_px_z):
    S = log_px_z.shape[0]
    log_px = torch.logsumexp(log_px_z, 0) - math.log(S)
    ratio = S * log_px_z.softmax(0)
    return log_px, ratio.std(0) / math.sqrt(S)

# %% right · numeric · maximum taken out by hand
def estimate_with_error(log_px_z):
    b = log_px_z.max(0).values
    p = (log_px_z - b).exp()
    return b + p.mean(0).log(), p.std(0) / p.mean(0) / len(p) ** 0.5

# %% right · algebra · log 1/S added as a weight
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = (log_px_z - math.log(S)).logsumexp(0)
    ratio = (log_px_z - log_px).exp()
    return log_px, (ratio.var(0) / S).sqrt()

# %% right · algebra · from the effective number of samples
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    w = log_px_z.softmax(0)
    ess = 1 / (w**2).sum(0)
    return log_px, ((S / ess - 1) / (S - 1)).sqrt()

# %% right · algebra · mean square of the ratios less one
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    r = torch.exp(log_px_z - log_px)
    return log_px, (((r - 1) ** 2).sum(0) / (S * (S - 1))) ** 0.5

# %% right · numpy · NumPy with ddof
def estimate_with_error(log_px_z):
    lp = log_px_z.numpy()
    log_px = special.logsumexp(lp, axis=0) - np.log(len(lp))
    ratio = np.exp(lp - log_px)
    return torch.from_numpy(log_px), torch.from_numpy(ratio.std(0, ddof=1) / np.sqrt(len(lp)))

# %% right · scipy · sem of the ratios
def estimate_with_error(log_px_z):
    lp = np.asarray(log_px_z)
    log_px = special.logsumexp(lp, axis=0, b=1 / len(lp))
    return log_px, stats.sem(np.exp(lp - log_px), axis=0)

# %% right · loop · one point after the other
def estimate_with_error(log_px_z):
    S, means, errors = len(log_px_z), [], []
    for column in log_px_z.T:
        m = torch.logsumexp(column, 0) - math.log(S)
        means.append(m)
        errors.append(torch.exp(column - m).std() / math.sqrt(S))
    return torch.stack(means), torch.stack(errors)

# %% right · loop · logaddexp one draw after the other
def estimate_with_error(log_px_z):
    total = log_px_z[0]
    for row in log_px_z[1:]:
        total = torch.logaddexp(total, row)
    log_px = total - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, torch.std(ratio, dim=0, correction=1) / len(ratio) ** 0.5

# %% right · algebra · the logarithm of the error in log space
def estimate_with_error(log_px_z):
    S = len(log_px_z)
    log_px = log_px_z.logsumexp(0) - math.log(S)
    gaps = torch.expm1(log_px_z - log_px).abs().log() * 2
    return log_px, torch.exp(0.5 * (gaps.logsumexp(0) - math.log(S) - math.log(S - 1)))

# %% right · einsum · einsum for the squares
def estimate_with_error(log_px_z):
    S, n = log_px_z.shape
    log_px = log_px_z.logsumexp(0) - math.log(S)
    d = torch.exp(log_px_z - log_px) - 1
    return log_px, torch.einsum("sn,sn->n", d, d).div(S * (S - 1)).sqrt()

# %% right · torch · var_mean of the scaled densities
def estimate_with_error(log_px_z):
    top = log_px_z.amax(0)
    var, mean = torch.var_mean(torch.exp(log_px_z - top), dim=0)
    return top + torch.log(mean), torch.sqrt(var / len(log_px_z)) / mean

# %% right · stabiliser · a tiny constant in the denominator
def estimate_with_error(log_px_z):
    top = log_px_z.max(dim=0, keepdim=True)[0]
    p = torch.exp(log_px_z - top)
    m = p.mean(0)
    return top[0] + m.log(), p.std(0) / (m + 1e-12) / len(p) ** 0.5

# %% right · helper · helper for the log of a mean, list returned
def log_mean_exp(a):
    return a.logsumexp(0) - torch.tensor(float(len(a)), dtype=a.dtype).log()

def estimate_with_error(log_px_z):
    log_px = log_mean_exp(log_px_z)
    r = torch.exp(log_px_z - log_px)
    return [log_px, r.std(0).div(r.shape[0] ** 0.5)]

# %% right · algebra · covariance matrix of the ratios, its diagonal
def estimate_with_error(log_px_z):
    log_px = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    ratio = torch.exp(log_px_z - log_px)
    return log_px, (torch.cov(ratio.T).diagonal() / len(ratio)).sqrt()
