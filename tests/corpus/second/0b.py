# %% wrong · weights · the weights are not used at all
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · log · the weights themselves are added to the log-densities, without a logarithm
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights + log_px_k, dim=1)

# %% wrong · weights · the weights multiply the log-densities inside logsumexp
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights * log_px_k, dim=1)

# %% wrong · concept · the weighted average of the log-densities
def log_mixture(weights, log_px_k):
    return (weights * log_px_k).sum(1)

# %% wrong · numeric · the densities are formed, weighted, summed, and only then the logarithm
def log_mixture(weights, log_px_k):
    return (weights * log_px_k.exp()).sum(1).log()

# %% wrong · numeric · the same in NumPy with a small number under the logarithm
def log_mixture(weights, log_px_k):
    p = np.exp(np.asarray(log_px_k)) @ np.asarray(weights)
    return np.log(p + 1e-12)

# %% wrong · numeric · the log-densities are clamped to what exp can bear
def log_mixture(weights, log_px_k):
    safe = log_px_k.clamp(-700, 700)
    return torch.logsumexp(weights.log() + safe, dim=1)

# %% wrong · axis · the sum runs over the points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=0)

# %% wrong · reduction · points and components are summed together
def log_mixture(weights, log_px_k):
    return special.logsumexp(np.log(np.asarray(weights)) + np.asarray(log_px_k))

# %% wrong · concept · only the largest term is kept
def log_mixture(weights, log_px_k):
    return (weights.log() + log_px_k).max(dim=1).values

# %% wrong · term · the largest term is taken out and not put back
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max(dim=1, keepdim=True).values
    return (a - b).exp().sum(1).log()

# %% wrong · sign · the largest term is subtracted again instead of added
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max(dim=1).values
    return (a - b[:, None]).exp().sum(1).log() - b

# %% wrong · numeric · one largest term for all points together
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max()
    return b + (a - b).exp().sum(1).log()

# %% wrong · term · the largest term is taken from the log-densities and put back together with its weight
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = log_px_k.max(dim=1, keepdim=True).values
    return a.max(dim=1).values + (a - b).exp().sum(1).log()

# %% wrong · log · the result is in bits
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1) / math.log(2)

# %% wrong · log · the weights' logarithm is to base 2
def log_mixture(weights, log_px_k):
    return torch.logsumexp(torch.log2(weights) + log_px_k, dim=1)

# %% wrong · weights · all components are weighted alike by one over K
def log_mixture(weights, log_px_k):
    K = log_px_k.shape[1]
    return torch.logsumexp(log_px_k, dim=1) - math.log(K)

# %% wrong · count · weighted sum divided by K as well
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1) - math.log(len(weights))

# %% wrong · sign · the log-weights are subtracted
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k - weights.log(), dim=1)

# %% wrong · log · the density is returned and not its logarithm
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1).exp()

# %% wrong · sign · the negative log-likelihood, as a loss
def log_mixture(weights, log_px_k):
    return -torch.logsumexp(torch.log(weights) + log_px_k, dim=-1)

# %% wrong · reduction · summed over the points to the total log-likelihood
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1).sum()

# %% wrong · reduction · averaged over the points to a score
def log_mixture(weights, log_px_k):
    log_joint = torch.log(weights)[None, :] + log_px_k
    return torch.logsumexp(log_joint, dim=1).mean()

# %% wrong · concept · log-responsibilities instead of the log-density
def log_mixture(weights, log_px_k):
    return (weights.log() + log_px_k).log_softmax(dim=1)

# %% wrong · weights · the weights are taken for logits
def log_mixture(weights, log_px_k):
    return torch.logsumexp(F.log_softmax(weights, dim=0) + log_px_k, dim=1)

# %% wrong · log · exp for log at the weights
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.exp() + log_px_k, dim=1)

# %% wrong · form · the summed axis is kept
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1, keepdim=True)

# %% wrong · raises · the weights are set upright, along the points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log()[:, None] + log_px_k, dim=1)

# %% wrong · count · only the first two components are added
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    return torch.logaddexp(a[:, 0], a[:, 1])

# %% wrong · term · a running logaddexp that begins at zero and so adds a density of one
def log_mixture(weights, log_px_k):
    total = torch.zeros(len(log_px_k), dtype=torch.float64)
    for w, column in zip(weights, log_px_k.T):
        total = torch.logaddexp(total, w.log() + column)
    return total

# %% wrong · count · the loop over components stops one too early
def log_mixture(weights, log_px_k):
    K = len(weights)
    total = weights[0].log() + log_px_k[:, 0]
    for k in range(1, K - 1):
        total = torch.logaddexp(total, weights[k].log() + log_px_k[:, k])
    return total

# %% wrong · count · the first component is skipped
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights[1:].log() + log_px_k[:, 1:], dim=1)

# %% wrong · numeric · infinities are replaced by zeros
def log_mixture(weights, log_px_k):
    return torch.nan_to_num((log_px_k.exp() @ weights).log(), neginf=0.0, posinf=0.0)

# %% wrong · numeric · densities are kept above the smallest float before the logarithm
def log_mixture(weights, log_px_k):
    p = (weights * torch.exp(log_px_k)).sum(dim=1)
    return torch.log(p.clamp(min=1e-300, max=1e300))

# %% wrong · log · the log-weights are in, but the logarithm at the end is left out after the shift
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.amax(1)
    return b + (a - b[:, None]).exp().sum(1)

# %% wrong · weights · the sum of all log-weights is added outside
def log_mixture(weights, log_px_k):
    return weights.log().sum() + torch.logsumexp(log_px_k, dim=1)

# %% wrong · term · the weights are counted twice, in the exponent and in front of it
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max(1, keepdim=True).values
    return b[:, 0] + (weights * (a - b).exp()).sum(1).log()

# %% wrong · weights · the weight of the nearest component stands for all
def log_mixture(weights, log_px_k):
    best = log_px_k.argmax(1)
    return weights[best].log() + torch.logsumexp(log_px_k, dim=1)

# %% wrong · form · the log-density together with the responsibilities
def log_mixture(weights, log_px_k):
    log_terms = weights.log() + log_px_k
    log_px = torch.logsumexp(log_terms, dim=1)
    return log_px, (log_terms - log_px[:, None]).exp()

# %% wrong · order · the weights in reversed order
def log_mixture(weights, log_px_k):
    total = -math.inf
    for k in range(len(weights)):
        total = np.logaddexp(total, np.log(weights[-k - 1].item()) + log_px_k[:, k].numpy())
    return total

# %% wrong · concept · only the component with the largest weight
def log_mixture(weights, log_px_k):
    k = weights.argmax()
    return weights[k].log() + log_px_k[:, k]

# %% wrong · concept · average of logarithms, with the weights' logarithm in it too
def log_mixture(weights, log_px_k):
    return (weights * (weights.log() + log_px_k)).sum(-1)

# %% wrong · reduction · the terms' logarithms are added up as if a product were asked for
def log_mixture(weights, log_px_k):
    return (weights.log() + log_px_k).sum(1)

# %% wrong · log · SciPy's scaling argument is given the logarithm of the weights
def log_mixture(weights, log_px_k):
    a, w = np.asarray(log_px_k), np.asarray(weights)
    return special.logsumexp(a, axis=1, b=np.log(w))

# %% wrong · numeric · where the naive sum fails, the best component stands in without its weight
def log_mixture(weights, log_px_k):
    naive = (log_px_k.exp() * weights).sum(1).log()
    return torch.where(naive.isfinite(), naive, log_px_k.amax(1))

# %% wrong · noise · a component is drawn for every point
def log_mixture(weights, log_px_k):
    k = torch.multinomial(weights, len(log_px_k), replacement=True)
    return log_px_k.gather(1, k[:, None])[:, 0]

# %% wrong · form · running sums over the components
def log_mixture(weights, log_px_k):
    return torch.logcumsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · numeric · the largest term is taken out per component, along the wrong axis
def log_mixture(weights, log_px_k):
    a = np.log(weights.numpy()) + log_px_k.numpy()
    b = a.max(axis=0)
    return np.log(np.exp(a - b).sum(axis=1)) + b.max()

# %% wrong · log · log1p of the weights
def log_mixture(weights, log_px_k):
    return torch.logsumexp(torch.log1p(weights) + log_px_k, dim=1)

# %% wrong · power · the square root of each weight
def log_mixture(weights, log_px_k):
    return torch.logsumexp(0.5 * weights.log() + log_px_k, dim=1)

# %% wrong · two · no weights, and the sum runs over the points
def log_mixture(weights, log_px_k):
    return log_px_k.logsumexp(0)

# %% wrong · two · the weights' logarithm is missing and the result is averaged over the points
def log_mixture(weights, log_px_k):
    return (weights + log_px_k).logsumexp(1).mean()

# %% wrong · two · densities formed naively, and divided by K as if weights were not normalised
def log_mixture(weights, log_px_k):
    return (weights * log_px_k.exp()).mean(1).log()

# %% wrong · two · largest term not put back, and the weights left out
def log_mixture(weights, log_px_k):
    b = log_px_k.max(1, keepdim=True)[0]
    return torch.log(torch.exp(log_px_k - b).sum(1))

# %% wrong · two · bits, and negative
def log_mixture(weights, log_px_k):
    return -torch.logsumexp(weights.log() + log_px_k, 1) / np.log(2)

# %% wrong · two · log-weights subtracted, and the total over all points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k - weights.log(), dim=1).sum()

# %% wrong · two · equal weights, and no logarithm at the end
def log_mixture(weights, log_px_k):
    K = log_px_k.size(1)
    return (log_px_k - math.log(K)).logsumexp(dim=1).exp()

# %% wrong · unfinished · the log-joint is returned before the sum over components
def log_mixture(weights, log_px_k):
    log_joint = weights.log() + log_px_k
    return log_joint

# %% wrong · log · the weights' logarithm to base ten
def log_mixture(weights, log_px_k):
    w = np.log10(np.asarray(weights))
    return special.logsumexp(w + np.asarray(log_px_k), axis=1)

# %% wrong · raises · logsumexp is called without an axis
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k)

# %% wrong · numeric · a fixed shift of a thousand nats
def log_mixture(weights, log_px_k):
    shifted = log_px_k + 1000
    return (weights * shifted.exp()).sum(1).log() - 1000

# %% wrong · reduction · the average log-weight is added to every component
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log().mean() + log_px_k, dim=1)

# %% wrong · two · the largest term alone, and without its weight
def log_mixture(weights, log_px_k):
    return np.asarray(log_px_k).max(axis=1)

# %% right · logsumexp · log-weights and logsumexp over the last axis
def log_mixture(weights, log_px_k):
    log_joint = torch.log(weights).unsqueeze(0) + log_px_k
    return log_joint.logsumexp(-1)

# %% right · numeric · the largest term taken out by hand in NumPy
def log_mixture(weights, log_px_k):
    a = np.log(np.asarray(weights)) + np.asarray(log_px_k)
    b = a.max(axis=1)
    return b + np.log(np.exp(a - b[:, None]).sum(axis=1))

# %% right · weights · SciPy's logsumexp with its scaling argument
def log_mixture(weights, log_px_k):
    return special.logsumexp(log_px_k.numpy(), axis=1, b=weights.numpy())

# %% right · form · a running logaddexp that begins at minus infinity
def log_mixture(weights, log_px_k):
    total = torch.full((len(log_px_k),), -math.inf, dtype=torch.float64)
    for k in range(len(weights)):
        total = torch.logaddexp(total, weights[k].log() + log_px_k[:, k])
    return total

# %% right · form · NumPy's logaddexp as a reduction
def log_mixture(weights, log_px_k):
    return np.logaddexp.reduce(np.log(np.asarray(weights)) + np.asarray(log_px_k), axis=1)

# %% right · weights · shift by the largest log-density and then a matrix product with the weights
def log_mixture(weights, log_px_k):
    b = log_px_k.amax(dim=1, keepdim=True)
    return ((log_px_k - b).exp() @ weights).log() + b.squeeze(1)

# %% right · concept · joint minus log-responsibility of the largest term
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    k = a.argmax(1, keepdim=True)
    return (a - a.log_softmax(1)).gather(1, k)[:, 0]

# %% right · form · a loop over points in plain Python
def log_mixture(weights, log_px_k):
    out = []
    for row in log_px_k.tolist():
        a = [math.log(w) + v for w, v in zip(weights.tolist(), row)]
        b = max(a)
        out.append(b + math.log(math.fsum(math.exp(t - b) for t in a)))
    return np.array(out)

# %% right · form · the last of the running sums
def log_mixture(weights, log_px_k):
    return torch.logcumsumexp(weights.log() + log_px_k, dim=1)[:, -1]

# %% right · form · the log-weights from Categorical
def log_mixture(weights, log_px_k):
    return torch.logsumexp(Categorical(probs=weights).logits + log_px_k, dim=1)

# %% right · concept · expected log-joint plus entropy under the exact responsibilities
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    log_r = a.log_softmax(dim=1)
    return (log_r.exp() * (a - log_r)).sum(1)

# %% right · form · softplus of the difference, one component after the other
def log_mixture(weights, log_px_k):
    def add(a, b):
        return torch.maximum(a, b) + torch.log1p(torch.exp(-(a - b).abs()))
    columns = (weights.log() + log_px_k).unbind(1)
    total = columns[0]
    for column in columns[1:]:
        total = add(total, column)
    return total

# %% right · numeric · decimal numbers with a huge exponent range
def log_mixture(weights, log_px_k):
    from decimal import Decimal
    out = []
    for row in log_px_k.tolist():
        p = sum(Decimal(w) * Decimal(v).exp() for w, v in zip(weights.tolist(), row))
        out.append(float(p.ln()))
    return torch.tensor(out, dtype=torch.float64)

# %% right · form · the cross-entropy loss gives the normaliser
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    target = a.argmax(dim=1)
    return F.cross_entropy(a, target, reduction="none") + a.max(dim=1).values

# %% right · axis · transposed first, then summed over the first axis
def log_mixture(weights, log_px_k):
    terms = log_px_k.T + weights.log()[:, None]
    return torch.logsumexp(terms, dim=0)

# %% right · numeric · a tiny number under the weights' logarithm
def log_mixture(weights, log_px_k):
    return torch.stack([torch.logsumexp(torch.log(weights + 1e-12) + row, 0) for row in log_px_k])

# %% right · weights · einsum after the shift
def log_mixture(weights, log_px_k):
    shift = log_px_k.max(1).values
    p = torch.einsum("k,nk->n", weights, torch.exp(log_px_k - shift[:, None]))
    return shift + p.log()
