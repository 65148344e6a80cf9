# %% wrong · unfinished · as given, in one line
def bound_k(log_px_z, log_pz, log_qz):
    return torch.log(torch.exp(log_px_z + log_pz - log_qz)).mean(0)

# %% wrong · concept · log weights are averaged, without underflow
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.mean(0)

# %% wrong · numeric · the mean is moved before the logarithm but the exponential stays
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.mean(0))

# %% wrong · numeric · a small number within the logarithm
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.mean(0) + 1e-10)

# %% wrong · numeric · the weights are clamped from below
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz).clamp(min=1e-38)
    return w.mean(0).log()

# %% wrong · numeric · log weights are clamped at −700 before the exponential
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).clamp(min=-700)
    return log_w.exp().mean(0).log()

# %% wrong · numeric · one maximum of the whole table is taken out
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max()
    return m + (log_w - m).exp().mean(0).log()

# %% wrong · numeric · minus infinity becomes −1000
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.nan_to_num(torch.log(w.mean(0)), neginf=-1000.0)

# %% wrong · numeric · a constant of 100 is taken out, too little
def bound_k(log_px_z, log_pz, log_qz):
    c = 100.0
    w = torch.exp(log_px_z + log_pz - log_qz + c)
    return torch.log(w.mean(0)) - c

# %% wrong · numeric · the logarithm of one plus the mean
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log1p(w.mean(0))

# %% wrong · numeric · only the finite draws are kept
def bound_k(log_px_z, log_pz, log_qz):
    log_w = torch.log(torch.exp(log_px_z + log_pz - log_qz))
    log_w = torch.where(torch.isinf(log_w), torch.zeros_like(log_w), log_w)
    return log_w.mean(0)

# %% wrong · term · log k is not subtracted
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0)

# %% wrong · sign · log k is added
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) + math.log(len(log_w))

# %% wrong · log · divided by k outside the logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) / len(log_w)

# %% wrong · log · k is subtracted and not its logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.logsumexp(log_w, 0) - log_w.shape[0]

# %% wrong · log · log k to base two
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.logsumexp(log_w, 0) - math.log2(len(log_w))

# %% wrong · log · log k to base ten
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(dim=0) - np.log10(log_w.size(0))

# %% wrong · log · in bits
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.logsumexp(0) - math.log(len(log_w))) / math.log(2)

# %% wrong · log · the exponential stays before logsumexp
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return w.logsumexp(0) - math.log(len(w))

# %% wrong · log · the average weight, no logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.logsumexp(0) - math.log(len(log_w))).exp()

# %% wrong · axis · the sum runs over the examples
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(1) - math.log(log_w.shape[1])

# %% wrong · axis · the sum runs over the last axis, k from the first
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(-1) - math.log(len(log_w))

# %% wrong · count · log n in place of log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    n = log_w.shape[-1]
    return log_w.logsumexp(0) - math.log(n)

# %% wrong · count · the logarithm of all k times n numbers
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(log_w.numel())

# %% wrong · count · one draw fewer
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(log_w.shape[0] - 1)

# %% wrong · count · the first draw is left out of the sum
def bound_k(log_px_z, log_pz, log_qz):
    k = len(log_px_z)
    out = log_px_z[1] + log_pz[1] - log_qz[1]
    for i in range(2, k):
        out = torch.logaddexp(out, log_px_z[i] + log_pz[i] - log_qz[i])
    return out - math.log(k)

# %% wrong · count · the running sum starts at log weight 0
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    total = torch.zeros_like(log_w[0])
    for row in log_w:
        total = torch.logaddexp(total, row)
    return total - math.log(len(log_w))

# %% wrong · weights · the average is renewed by halves, so that late draws count most
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    out = log_w[0]
    for row in log_w[1:]:
        out = torch.logaddexp(out, row) - math.log(2)
    return out

# %% wrong · weights · log weights averaged with the normalised weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.softmax(0) * log_w).sum(0)

# %% wrong · weights · the normalised weights are detached, as for the gradient of the bound
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    w = torch.softmax(log_w, 0).detach()
    return torch.sum(w * log_w, 0)

# %% wrong · concept · log_softmax, then the mean
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.log_softmax(0).mean(0)

# %% wrong · sign · log q is added
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz + log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · sign · the prior is subtracted too
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · arguments · prior and guess are exchanged
def bound_k(log_px_z, log_pz, log_qz):
    log_ratio = log_qz - log_pz
    log_w = log_px_z + log_ratio
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · term · the prior is missing
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · term · log q is missing
def bound_k(log_px_z, log_pz, log_qz):
    log_joint = log_px_z + log_pz
    return log_joint.logsumexp(0) - math.log(len(log_joint))

# %% wrong · term · only the likelihood, as for draws from the prior
def bound_k(log_px_z, log_pz, log_qz):
    return log_px_z.logsumexp(0) - math.log(len(log_px_z))

# %% wrong · reduction · the best draw
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.max(0)[0]

# %% wrong · reduction · the best draw less log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.amax(0) - math.log(len(log_w))

# %% wrong · reduction · the middle draw
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.median(0).values

# %% wrong · reduction · the log weights are summed
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.sum(0) - math.log(len(log_w))

# %% wrong · reduction · one mean over all examples
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.logsumexp(0) - math.log(len(log_w))).mean()

# %% wrong · reduction · all examples and draws in one sum
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.flatten().logsumexp(0) - math.log(log_w.shape[0])

# %% wrong · term · the maximum is taken out and not added back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max(0, keepdim=True)[0]
    return (log_w - m).exp().mean(0).log()

# %% wrong · sign · the maximum is subtracted twice
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max(0)[0]
    return (log_w - m).exp().mean(0).log() - m

# %% wrong · axis · the maximum over the examples is taken out, and its mean added back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max(1, keepdim=True)[0]
    return (log_w - m).exp().mean(0).log() + m.mean()

# %% wrong · numeric · the mean of the log weights is taken out in place of the maximum, capped at 0
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.mean(0)
    return m + (log_w - m).clamp(max=0).exp().mean(0).log()

# %% wrong · concept · only the likelihood is averaged before the logarithm, the KL after it
def bound_k(log_px_z, log_pz, log_qz):
    reconstruction = log_px_z.logsumexp(0) - math.log(len(log_px_z))
    kl_term = (log_qz - log_pz).mean(0)
    return reconstruction - kl_term

# %% wrong · concept · a ratio of averages in place of the average ratio
def bound_k(log_px_z, log_pz, log_qz):
    k = math.log(len(log_qz))
    joint = (log_px_z + log_pz).logsumexp(0) - k
    return joint - (log_qz.logsumexp(0) - k)

# %% wrong · concept · each of the three is averaged on its own in log space
def bound_k(log_px_z, log_pz, log_qz):
    mean = lambda t: t.logsumexp(0) - math.log(len(t))
    return mean(log_px_z) + mean(log_pz) - mean(log_qz)

# %% wrong · concept · the gap of (10.3) is added as a correction
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    k = len(log_w)
    l_k = log_w.logsumexp(0) - math.log(k)
    return l_k + (log_w - l_k).exp().var(0) / (2 * k)

# %% wrong · concept · the weights' effective number of draws is taken for k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    ess = 1 / (log_w.softmax(0) ** 2).sum(0)
    return log_w.logsumexp(0) - ess.log()

# %% wrong · factor · the KL counts by one half, as with β
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + 0.5 * (log_pz - log_qz)
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · factor · log k is subtracted in the sum and after it
def bound_k(log_px_z, log_pz, log_qz):
    k = len(log_px_z)
    log_w = log_px_z + log_pz - log_qz - math.log(k)
    return log_w.logsumexp(0) - math.log(k)

# %% wrong · power · the mean of squared weights, as in (10.3)
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (2 * log_w).logsumexp(0) - math.log(len(log_w))

# %% wrong · power · log of root k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(math.sqrt(len(log_w)))

# %% wrong · sign · a loss, with the other sign
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return math.log(len(log_w)) - log_w.logsumexp(0)

# %% wrong · unfinished · the table of log weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w - math.log(len(log_w))

# %% wrong · count · only the first draw
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w[0]

# %% wrong · form · the axis of the draws stays with length one
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0, keepdim=True) - math.log(len(log_w))

# %% wrong · form · the bounds for 1 to k draws
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    counts = torch.arange(1, len(log_w) + 1, dtype=log_w.dtype)
    return log_w.logcumsumexp(0) - counts.log()[:, None]

# %% wrong · form · bound and a dictionary-like pair, as objectives return it
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    bound = log_w.logsumexp(0) - math.log(len(log_w))
    return bound, log_w.mean(0)

# %% wrong · gradient · log q is detached, as if its gradient were zero
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz.detach()
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · gradient · the prior is detached since it is fixed
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz.detach() - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · gradient · SciPy's logsumexp on arrays
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).detach().numpy()
    return torch.from_numpy(special.logsumexp(log_w, axis=0) - np.log(log_w.shape[0]))

# %% wrong · gradient · a new tensor from Python numbers
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    k, n = log_w.shape
    values = [float(torch.logsumexp(log_w[:, i], 0)) - math.log(k) for i in range(n)]
    return torch.tensor(values)

# %% wrong · gradient · the maximum by itself carries the gradient, the rest is detached
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max(0)[0]
    return m + (log_w - m).detach().exp().mean(0).log()

# %% wrong · noise · one draw is chosen by its weight
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    i = Categorical(logits=log_w.T).sample()
    return log_w.gather(0, i[None])[0]

# %% wrong · noise · the draws are drawn again with replacement
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    log_w = log_w[torch.randint(len(log_w), (len(log_w),))]
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · raises · torch has no logmeanexp
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.logmeanexp(log_w, 0)

# %% wrong · raises · math.log of a tensor with many entries
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return math.log(w.mean(0))

# %% wrong · two · no log k and log q added
def bound_k(log_px_z, log_pz, log_qz):
    return torch.logsumexp(log_px_z + log_pz + log_qz, dim=0)

# %% wrong · two · the wrong axis and no log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(1)

# %% wrong · two · the exponential stays, and the sum in place of the mean
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.sum(0))

# %% wrong · two · log q is missing, and log n stands for log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz
    return log_w.logsumexp(0) - math.log(log_w.size(1))

# %% wrong · two · log k added and the result averaged
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.mean(torch.logsumexp(log_w, 0) + math.log(len(log_w)))

# %% wrong · two · prior and guess exchanged and the logarithms averaged
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z - log_pz + log_qz).mean(0)

# %% wrong · two · divided by k outside and detached log q
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz.detach()
    return log_w.logsumexp(0) / log_w.shape[0]

# %% wrong · two · a loss, with the mean of the logarithms
def bound_k(log_px_z, log_pz, log_qz):
    return -(log_px_z + log_pz - log_qz).sum(0) / len(log_px_z)

# %% right · by hand · the maximum taken out and added back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.max(0)[0]
    return m + (log_w - m).exp().mean(0).log()

# %% right · detached · the maximum is detached, which changes no gradient
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.detach().amax(0, keepdim=True)
    return m.squeeze(0) + torch.log(torch.exp(log_w - m).sum(0) / log_w.shape[0])

# %% right · inside · log k subtracted from each log weight
def bound_k(log_px_z, log_pz, log_qz):
    k = log_px_z.shape[0]
    return torch.logsumexp(log_px_z + log_pz - log_qz - math.log(k), dim=0)

# %% right · loop · logaddexp over the draws
def bound_k(log_px_z, log_pz, log_qz):
    out = log_px_z[0] + log_pz[0] - log_qz[0]
    for a, b, c in zip(log_px_z[1:], log_pz[1:], log_qz[1:]):
        out = torch.logaddexp(out, a + b - c)
    return out - np.log(len(log_px_z))

# %% right · cumulative · the last of the cumulative sums
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.logcumsumexp(log_w, 0)[-1] - math.log(log_w.size(0))

# %% right · mixture · a mixture's log-probability with equal weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    log_share = torch.zeros(len(log_w), dtype=log_w.dtype).log_softmax(0)
    return (log_share[:, None] + log_w).logsumexp(0)

# %% right · softmax · one log weight less its log softmax
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    each = log_w - log_w.log_softmax(0)
    return each.mean(0) - math.log(len(log_w))

# %% right · examples · one example at a time and a stack
def bound_k(log_px_z, log_pz, log_qz):
    k, n = log_px_z.shape
    out = []
    for i in range(n):
        log_w = log_px_z[:, i] + log_pz[:, i] - log_qz[:, i]
        out.append(torch.logsumexp(log_w, 0) - math.log(k))
    return torch.stack(out)

# %% right · average · relative to the first draw's own softmax
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).T
    top, where = log_w.max(1)
    rest = torch.exp(log_w - top[:, None])
    return top + torch.log1p(rest.sum(1) - 1) - math.log(log_w.shape[1])

# %% right · stack · the three stacked and summed with signs
def bound_k(log_px_z, log_pz, log_qz):
    signs = torch.tensor([1, 1, -1], dtype=log_px_z.dtype)
    log_w = torch.einsum("s,skn->kn", signs, torch.stack([log_px_z, log_pz, log_qz]))
    return torch.logsumexp(log_w, 0) - torch.log(torch.tensor(float(len(log_w))))

# %% right · helper · a function logmeanexp of one's own
def bound_k(log_px_z, log_pz, log_qz):
    def logmeanexp(t, dim):
        return torch.logsumexp(t, dim) - math.log(t.size(dim))
    return logmeanexp(log_px_z + log_pz - log_qz, 0)

# %% right · stabiliser · a tiny number within the logarithm, after the maximum was taken out
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = torch.max(log_w, dim=0).values
    return torch.log(torch.exp(log_w - m).mean(0) + 1e-12) + m

# %% right · entropy · expected log weight plus entropy of the normalised weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    r = Categorical(logits=log_w.T)
    return (r.probs.T * log_w).sum(0) + r.entropy() - math.log(len(log_w))

# %% right · minus · the KL part first
def bound_k(log_px_z, log_pz, log_qz):
    excess = log_qz - log_pz
    return torch.logsumexp(log_px_z.sub(excess), 0).sub(math.log(excess.shape[0]))

# %% right · tree · halves are combined by logaddexp
def bound_k(log_px_z, log_pz, log_qz):
    def total(rows):
        if len(rows) == 1:
            return rows[0]
        half = len(rows) // 2
        return torch.logaddexp(total(rows[:half]), total(rows[half:]))
    log_w = log_px_z + log_pz - log_qz
    return total(log_w) - math.log(len(log_w))
