# %% wrong · unfinished · returned as given
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w).mean(0)

# %% wrong · concept · the mean of the log weights, without underflow
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z + log_pz - log_qz).mean(0)

# %% wrong · numeric · the mean is moved inside the log but the weights still underflow
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.mean(0))

# %% wrong · count · division by k is forgotten
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0)

# %% wrong · count · divided by n in place of k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(log_w.shape[1])

# %% wrong · axis · logsumexp over the examples
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(1) - math.log(log_w.shape[1])

# %% wrong · axis · summed along the examples but divided by k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(1) - math.log(len(log_w))

# %% wrong · log · k is subtracted and not its logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - len(log_w)

# %% wrong · log · divided by k outside the logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) / len(log_w)

# %% wrong · sign · log k is added
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) + math.log(len(log_w))

# %% wrong · log · divided by log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) / math.log(len(log_w))

# %% wrong · numeric · a tiny number in the logarithm against −∞
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.mean(0) + 1e-30)

# %% wrong · numeric · the weights are clamped from below
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz).clamp(min=1e-300)
    return torch.log(w.mean(0))

# %% wrong · numeric · the log weights are clamped at −700
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).clamp(min=-700)
    return log_w.exp().mean(0).log()

# %% wrong · unfinished · eps added to the given snippet only
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w + 1e-20).mean(0)

# %% wrong · numeric · the maximum is taken out and not put back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    top = log_w.max(0)[0]
    return (log_w - top).exp().mean(0).log()

# %% wrong · sign · the maximum is subtracted a second time where it should be put back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    top = log_w.max(0)[0]
    return (log_w - top).exp().mean(0).log() - top

# %% wrong · numeric · one maximum for the whole table, so rows far below underflow
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    top = log_w.max()
    return (log_w - top).exp().mean(0).log() + top

# %% wrong · numeric · the mean taken out in place of the maximum and large weights overflow
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    middle = log_w.mean(0)
    return (log_w - middle).exp().clamp(max=1e3).mean(0).log() + middle

# %% wrong · sign · the prior is subtracted
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · sign · q is added
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz + log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · sign · prior and q change signs
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_qz - log_pz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · sign · the weight is upside down
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_qz - log_px_z - log_pz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · sign · returns the loss
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return math.log(len(log_w)) - log_w.logsumexp(0)

# %% wrong · term · the likelihood is left out
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · term · q is forgotten, as if z came from the prior and the prior counted
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · term · only the likelihood is averaged
def bound_k(log_px_z, log_pz, log_qz):
    return log_px_z.logsumexp(0) - math.log(log_px_z.shape[0])

# %% wrong · term · the prior is forgotten
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · concept · log mean of the likelihood minus an averaged KL
def bound_k(log_px_z, log_pz, log_qz):
    kl = (log_qz - log_pz).mean(0)
    return log_px_z.logsumexp(0) - math.log(len(log_px_z)) - kl

# %% wrong · concept · each density is averaged in log space on its own
def bound_k(log_px_z, log_pz, log_qz):
    def log_mean(t):
        return t.logsumexp(0) - math.log(len(t))
    return log_mean(log_px_z) + log_mean(log_pz) - log_mean(log_qz)

# %% wrong · concept · mean reconstruction plus log mean of p over q
def bound_k(log_px_z, log_pz, log_qz):
    ratio = log_pz - log_qz
    return log_px_z.mean(0) + ratio.logsumexp(0) - math.log(len(ratio))

# %% wrong · reduction · the best draw alone
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z + log_pz - log_qz).max(0)[0]

# %% wrong · reduction · the sum of the log weights
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z + log_pz - log_qz).sum(0)

# %% wrong · reduction · the median draw
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z + log_pz - log_qz).median(0)[0]

# %% wrong · reduction · averaged over the examples at the end
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.logsumexp(0) - math.log(len(log_w))).mean()

# %% wrong · reduction · logsumexp over draws and examples together
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp((0, 1)) - math.log(log_w.numel())

# %% wrong · weights · normalised weights average the log weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.softmax(0) * log_w).sum(0)

# %% wrong · weights · the weights are normalised before they are summed
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.log_softmax(0).logsumexp(0) - math.log(len(log_w))

# %% wrong · weights · the likelihood is averaged with self-normalised weights of p over q
def bound_k(log_px_z, log_pz, log_qz):
    log_r = (log_pz - log_qz).log_softmax(0)
    return (log_r + log_px_z).logsumexp(0)

# %% wrong · count · divided by k − 1
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w) - 1)

# %% wrong · count · divided by the number of all entries
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(log_w.numel())

# %% wrong · count · log k is subtracted twice
def bound_k(log_px_z, log_pz, log_qz):
    log_k = math.log(len(log_px_z))
    log_w = log_px_z + log_pz - log_qz - log_k
    return log_w.logsumexp(0) - log_k

# %% wrong · power · square root of k as for a standard error
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - 0.5 * math.log(len(log_w))

# %% wrong · term · the gap of formula 9.3 is added on top
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    k = len(log_w)
    l_k = log_w.logsumexp(0) - math.log(k)
    return l_k + (log_w - l_k).exp().var(0) / (2 * k)

# %% wrong · log · log base 2 of k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log2(len(log_w))

# %% wrong · log · base 10 for k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log10(len(log_w))

# %% wrong · unfinished · the mean weight without the logarithm
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w.logsumexp(0) - math.log(len(log_w))).exp()

# %% wrong · log · a second logarithm of the weights that are logs already
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.log(log_w.abs()).logsumexp(0) - math.log(len(log_w))

# %% wrong · log · logarithm of the mean of the log weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return -torch.log(log_w.mean(0).abs())

# %% wrong · form · keeps the axis of the draws
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0, keepdim=True) - math.log(len(log_w))

# %% wrong · form · returns bound and weights
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w)), log_w

# %% wrong · numeric · draws with an underflowed weight are thrown away
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    total = torch.where(w > 0, w, torch.ones_like(w)).mean(0)
    return torch.log(total)

# %% wrong · numeric · infinities are replaced by zeros at the end
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.nan_to_num(torch.log(w.mean(0)), neginf=0.0)

# %% wrong · numeric · infinities become the largest negative float
def bound_k(log_px_z, log_pz, log_qz):
    return torch.log(torch.exp(log_px_z + log_pz - log_qz).mean(0)).nan_to_num()

# %% wrong · factor · β of one half left on the KL
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + 0.5 * (log_pz - log_qz)
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · count · the number of pixels 784 in place of k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(784)

# %% wrong · concept · the averaged log of running means
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    counts = torch.arange(1, len(log_w) + 1).to(log_w)[:, None]
    return (log_w.logcumsumexp(0) - counts.log()).mean(0)

# %% wrong · count · the first draw is left out
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz)[1:]
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · two · wrong axis and no division
def bound_k(log_px_z, log_pz, log_qz):
    return (log_px_z + log_pz - log_qz).logsumexp(1)

# %% wrong · two · q added and log k forgotten
def bound_k(log_px_z, log_pz, log_qz):
    return torch.logsumexp(log_px_z + log_pz + log_qz, dim=0)

# %% wrong · two · prior forgotten and k for log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_qz
    return log_w.logsumexp(0) - len(log_w)

# %% wrong · two · exponentials underflow and they are summed, not averaged
def bound_k(log_px_z, log_pz, log_qz):
    w = torch.exp(log_px_z + log_pz - log_qz)
    return torch.log(w.sum(0))

# %% wrong · two · maximum per example taken along the wrong axis and no put back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    log_w = log_w - log_w.max(1, keepdim=True)[0]
    return log_w.exp().mean(0).log()

# %% wrong · two · loss sign and mean of the logs
def bound_k(log_px_z, log_pz, log_qz):
    return -(log_px_z + log_pz - log_qz).mean(0)

# %% wrong · two · the weight upside down, turned round again after the average
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_qz - log_pz - log_px_z
    return math.log(len(log_w)) - log_w.logsumexp(0)

# %% wrong · two · detached NumPy arrays and the sum along the examples
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).detach().numpy()
    return torch.tensor(special.logsumexp(log_w, axis=-1) - np.log(log_w.shape[-1]))

# %% wrong · raises · logsumexp without an axis
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp() - math.log(len(log_w))

# %% wrong · raises · torch.log of the Python number k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - torch.log(len(log_w))

# %% right · repaired · logsumexp minus log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return torch.logsumexp(log_w, 0) - math.log(log_w.shape[0])

# %% right · max · maximum taken out and put back
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    top = log_w.max(0)[0]
    return top + (log_w - top).exp().mean(0).log()

# %% right · inside · log k is taken from every weight first
def bound_k(log_px_z, log_pz, log_qz):
    log_k = math.log(log_pz.size(0))
    return (log_px_z + log_pz - log_qz - log_k).logsumexp(0)

# %% right · loop · logaddexp draw by draw
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    total = log_w[0]
    for row in log_w[1:]:
        total = torch.logaddexp(total, row)
    return total - math.log(len(log_w))

# %% right · cumulative · the last row of logcumsumexp
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z - log_qz + log_pz
    return log_w.logcumsumexp(0)[-1] - np.log(len(log_w))

# %% right · mixture · mean log weight plus log mean of what is left
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    m = log_w.amax(0, keepdim=True)
    w = torch.exp(log_w - m)
    return (torch.log(w.sum(0, keepdim=True) / len(w)) + m).squeeze(0)

# %% right · softmax · the log of the normaliser read off log_softmax
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return (log_w - log_w.log_softmax(0)).mean(0) - math.log(len(log_w))

# %% right · transposed · examples in front
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).T
    return torch.stack([row.logsumexp(-1) for row in log_w]) - math.log(log_w.shape[1])

# %% right · einsum · mean as a product with a vector of 1/k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    top = log_w.max(dim=0).values
    share = torch.full((len(log_w),), 1 / len(log_w), dtype=log_w.dtype)
    return torch.log(share @ torch.exp(log_w - top)) + top

# %% right · sorted · the largest row by sorting
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).sort(0, descending=True)[0]
    rest = torch.expm1(log_w - log_w[0]).mean(0)
    return log_w[0] + torch.log1p(rest)

# %% right · distribution · a mixture's logits give the normaliser
def bound_k(log_px_z, log_pz, log_qz):
    log_w = (log_px_z + log_pz - log_qz).T
    return log_w[:, 0] - Categorical(logits=log_w).logits[:, 0] - math.log(log_w.shape[1])

# %% right · helper · a helper log_mean_exp
def bound_k(log_px_z, log_pz, log_qz):
    def log_mean_exp(t, dim):
        return torch.logsumexp(t, dim) - torch.tensor(float(t.shape[dim]), dtype=t.dtype).log()
    return log_mean_exp((log_pz - log_qz).add(log_px_z), 0)

# %% right · where · infinity-safe sum over the draws with a list
def bound_k(log_px_z, log_pz, log_qz):
    log_w = torch.stack([log_px_z, log_pz, -log_qz]).sum(0)
    top = torch.max(log_w, dim=0, keepdim=True).values
    total = sum(torch.exp(row - top[0]) for row in log_w)
    return top[0] + total.log() - math.log(len(log_w))

# %% right · examples · one example at a time
def bound_k(log_px_z, log_pz, log_qz):
    k, n = log_px_z.shape
    log_w = log_px_z + log_pz - log_qz
    return torch.stack([torch.logsumexp(log_w[:, i], 0) for i in range(n)]) - math.log(k)

# %% right · uniform · a mixture with log weights −log k
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + (log_pz - log_qz)
    log_share = torch.zeros_like(log_w).log_softmax(0)
    return torch.logsumexp(log_share + log_w, dim=0)

# %% wrong · gradient · computed under no_grad as for a measurement
@torch.no_grad()
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz
    return log_w.logsumexp(0) - math.log(len(log_w))

# %% wrong · gradient · log q is detached to leave out the score term
def bound_k(log_px_z, log_pz, log_qz):
    log_w = log_px_z + log_pz - log_qz.detach()
    return log_w.logsumexp(0) - math.log(len(log_w))
