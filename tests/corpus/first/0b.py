# %% wrong · weights · the weights are left out
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k, dim=1)

# %% wrong · weights · the weights are added without their logarithm
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights + log_px_k, dim=1)

# %% wrong · weights · the log density is multiplied by the weight inside logsumexp
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights * log_px_k, dim=1)

# %% wrong · concept · weighted mean of the log densities, the logarithm inside
def log_mixture(weights, log_px_k):
    return (weights * log_px_k).sum(1)

# %% wrong · numeric · exponentiates, sums and takes the logarithm, which underflows
def log_mixture(weights, log_px_k):
    return torch.log((weights * torch.exp(log_px_k)).sum(dim=1))

# %% wrong · numeric · adds a small number before the logarithm
def log_mixture(weights, log_px_k):
    p = (weights * log_px_k.exp()).sum(1)
    return torch.log(p + 1e-12)

# %% wrong · numeric · clamps the density from below before the logarithm
def log_mixture(weights, log_px_k):
    p = log_px_k.exp() @ weights
    return p.clamp(min=1e-300).log()

# %% wrong · numeric · clamps the log densities to a range that can be exponentiated
def log_mixture(weights, log_px_k):
    safe = log_px_k.clamp(-700, 700)
    return ((safe + weights.log()).exp().sum(1)).log()

# %% wrong · numeric · clamps from below only, so that +900 overflows
def log_mixture(weights, log_px_k):
    log_px_k = torch.clamp(log_px_k, min=-500)
    return torch.log(torch.sum(weights * torch.exp(log_px_k), dim=-1))

# %% wrong · numeric · replaces infinities after the fact by zero
def log_mixture(weights, log_px_k):
    out = torch.log((weights * log_px_k.exp()).sum(1))
    return torch.nan_to_num(out, neginf=0.0, posinf=0.0)

# %% wrong · numeric · one maximum over the whole table is taken out
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max()
    return b + (a - b).exp().sum(1).log()

# %% wrong · numeric · the mean instead of the maximum is taken out
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.mean()
    return b + torch.log(torch.exp(a - b).sum(1))

# %% wrong · term · the maximum is not added back
def log_mixture(weights, log_px_k):
    a = torch.log(weights) + log_px_k
    b = a.max(1, keepdim=True).values
    return (a - b).exp().sum(1).log()

# %% wrong · sign · the maximum is subtracted at the end
def log_mixture(weights, log_px_k):
    a = torch.log(weights) + log_px_k
    b = a.amax(1)
    return torch.log(torch.exp(a - b[:, None]).sum(1)) - b

# %% wrong · log · the shifted sum is added without its logarithm
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.amax(1)
    return b + (a - b[:, None]).exp().sum(1)

# %% wrong · concept · only the largest term counts
def log_mixture(weights, log_px_k):
    return (weights.log() + log_px_k).max(dim=1).values

# %% wrong · concept · the best component's log density, without weights
def log_mixture(weights, log_px_k):
    return log_px_k.amax(dim=1)

# %% wrong · axis · sums over the points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=0)

# %% wrong · axis · one number for the whole table, over both axes
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=(0, 1))

# %% wrong · form · keeps the axis of the components
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1, keepdim=True)

# %% wrong · reduction · averages the log density over the points, as the lesson prints it
def log_mixture(weights, log_px_k):
    return torch.logsumexp(torch.log(weights) + log_px_k, dim=1).mean()

# %% wrong · reduction · sums the log density over the points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(torch.log(weights) + log_px_k, dim=1).sum()

# %% wrong · reduction · returns the terms without adding them up
def log_mixture(weights, log_px_k):
    return weights.log() + log_px_k

# %% wrong · reduction · the mean over the components instead of the sum
def log_mixture(weights, log_px_k):
    K = len(weights)
    return torch.logsumexp(weights.log() + log_px_k, dim=1) - math.log(K)

# %% wrong · weights · equal weights 1/K
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k, dim=1) - math.log(log_px_k.shape[1])

# %% wrong · log · the logarithm once more after logsumexp
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1).log()

# %% wrong · log · returns the density and not its logarithm
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1).exp()

# %% wrong · log · answers in bits
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, dim=1) / math.log(2)

# %% wrong · log · the logarithm of the weight to base 2
def log_mixture(weights, log_px_k):
    return torch.logsumexp(torch.log2(weights) + log_px_k, dim=1)

# %% wrong · log · the logarithm of the weight to base 10
def log_mixture(weights, log_px_k):
    a = np.log10(weights.numpy()) + log_px_k.numpy()
    return special.logsumexp(a, axis=1)

# %% wrong · log · takes the log densities for densities
def log_mixture(weights, log_px_k):
    return torch.log((weights * log_px_k).sum(1).abs())

# %% wrong · log · logarithm of the log densities first
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k.abs().log(), dim=1)

# %% wrong · sign · the log weight is subtracted
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k - weights.log(), dim=1)

# %% wrong · sign · the negative log likelihood
def log_mixture(weights, log_px_k):
    return -torch.logsumexp(weights.log() + log_px_k, dim=1)

# %% wrong · sign · exponentiates the negative log density, as an energy
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() - log_px_k, dim=1)

# %% wrong · log · softmax taken of the weights as if they were logits
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log_softmax(0) + log_px_k, dim=1)

# %% wrong · weights · the weight's logarithm is multiplied on
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() * log_px_k, dim=1)

# %% wrong · weights · the log weight counts twice
def log_mixture(weights, log_px_k):
    return torch.logsumexp(2 * weights.log() + log_px_k, dim=1)

# %% wrong · weights · the sum of log weights is added outside the logarithm
def log_mixture(weights, log_px_k):
    return weights.log().sum() + torch.logsumexp(log_px_k, dim=1)

# %% wrong · concept · responsibilities in logarithms are returned
def log_mixture(weights, log_px_k):
    return torch.log_softmax(weights.log() + log_px_k, dim=1)

# %% wrong · concept · responsibilities average the log densities
def log_mixture(weights, log_px_k):
    r = torch.softmax(weights.log() + log_px_k, dim=1)
    return (r * log_px_k).sum(1)

# %% wrong · concept · responsibilities average the log joint, as in EM's objective
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    r = torch.softmax(a, dim=1)
    return torch.einsum("nk,nk->n", r, a)

# %% wrong · noise · draws the component and averages thirty draws
def log_mixture(weights, log_px_k):
    k = torch.multinomial(weights, 30, replacement=True)
    return torch.logsumexp(log_px_k[:, k], dim=1) - math.log(30)

# %% wrong · noise · draws one component for all and takes its log density
def log_mixture(weights, log_px_k):
    k = torch.multinomial(weights, 1)
    return log_px_k[:, k].squeeze(1)

# %% wrong · noise · draws components but does not divide by their number
def log_mixture(weights, log_px_k):
    k = torch.multinomial(weights, 500, replacement=True)
    return torch.logsumexp(log_px_k[:, k], dim=1)

# %% wrong · concept · the log density of the likeliest component of the prior
def log_mixture(weights, log_px_k):
    return log_px_k[:, weights.argmax()]

# %% wrong · concept · the sum of the joint logarithms, a product over components
def log_mixture(weights, log_px_k):
    return (weights.log() + log_px_k).sum(1)

# %% wrong · concept · plain average of the log densities
def log_mixture(weights, log_px_k):
    return log_px_k.mean(dim=1)

# %% wrong · count · the loop leaves out the last component
def log_mixture(weights, log_px_k):
    total = torch.full((len(log_px_k),), -math.inf, dtype=log_px_k.dtype)
    for k in range(len(weights) - 1):
        total = torch.logaddexp(total, weights[k].log() + log_px_k[:, k])
    return total

# %% wrong · count · the loop starts at component 1 and forgets component 0
def log_mixture(weights, log_px_k):
    out = weights[1].log() + log_px_k[:, 1]
    for k in range(2, len(weights)):
        out = torch.logaddexp(out, weights[k].log() + log_px_k[:, k])
    return out

# %% wrong · term · the running total begins at 0, one extra term of e⁰
def log_mixture(weights, log_px_k):
    out = torch.zeros(len(log_px_k), dtype=log_px_k.dtype)
    for k in range(len(weights)):
        out = torch.logaddexp(out, torch.log(weights[k]) + log_px_k[:, k])
    return out

# %% wrong · term · log1p in place of log of the shifted sum
def log_mixture(weights, log_px_k):
    a = (weights.log() + log_px_k).numpy()
    b = a.max(axis=1)
    return b + np.log1p(np.exp(a - b[:, None]).sum(axis=1))

# %% wrong · term · the maximum is of the densities alone and the weights come in only there
def log_mixture(weights, log_px_k):
    best = log_px_k.max(1)
    return best.values + weights[best.indices].log() + torch.logsumexp(log_px_k - best.values[:, None], 1)

# %% wrong · two · no weights and summed over the points
def log_mixture(weights, log_px_k):
    return torch.logsumexp(log_px_k, dim=0)

# %% wrong · two · weights added without logarithm and over the points' axis
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights + log_px_k, 0)

# %% wrong · two · mean of the logarithms without the weights and over all points
def log_mixture(weights, log_px_k):
    return log_px_k.mean()

# %% wrong · two · naive exponential and no weights
def log_mixture(weights, log_px_k):
    return log_px_k.exp().sum(1).log()

# %% wrong · two · negative and averaged, a loss
def log_mixture(weights, log_px_k):
    return -torch.logsumexp(weights.log() + log_px_k, dim=1).mean()

# %% wrong · two · maximum without the weights and only added back half
def log_mixture(weights, log_px_k):
    b = log_px_k.amax(1, keepdim=True)
    return (log_px_k - b).exp().sum(1).log() + b[:, 0] / 2

# %% wrong · numeric · everything in float16
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.half().log() + log_px_k.half(), dim=1).double()

# %% wrong · broadcast · the log weights as a column, made to fit by cutting the table to a square
def log_mixture(weights, log_px_k):
    K = len(weights)
    square = log_px_k[:K]
    return torch.logsumexp(weights.log()[:, None] + square, dim=1)

# %% wrong · broadcast · weights gets two extra axes, so the result has a leading one
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log()[None, None, :] + log_px_k, dim=2)

# %% wrong · factor · the weights are normalised by their maximum
def log_mixture(weights, log_px_k):
    w = weights / weights.max()
    return torch.logsumexp(w.log() + log_px_k, dim=1)

# %% wrong · concept · divides the density by the sum of the unweighted ones
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k, 1) - torch.logsumexp(log_px_k, 1)

# %% wrong · raises · the weights as a column meet the wrong axis
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log()[:, None] + log_px_k, dim=1)

# %% wrong · raises · logsumexp without an axis
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.log() + log_px_k)

# %% wrong · unfinished · the result is not returned
def log_mixture(weights, log_px_k):
    log_terms = weights.log() + log_px_k
    log_px = torch.logsumexp(log_terms, dim=1)
    return None

# %% wrong · unfinished · returns the joint densities of the first component only
def log_mixture(weights, log_px_k):
    log_terms = weights.log() + log_px_k
    return log_terms[:, 0]

# %% wrong · order · the weights are in reversed order
def log_mixture(weights, log_px_k):
    return torch.logsumexp(weights.flip(0).log() + log_px_k, dim=1)

# %% wrong · order · the weights are sorted first
def log_mixture(weights, log_px_k):
    w, _ = weights.sort(descending=True)
    return torch.logsumexp(w.log() + log_px_k, dim=-1)

# %% wrong · two · log-softmax of the weights as logits and the maximum in place of the sum
def log_mixture(weights, log_px_k):
    return (weights.log_softmax(0) + log_px_k).amax(1)

# %% wrong · two · weighted mean of the logarithms, and its negative
def log_mixture(weights, log_px_k):
    return -(weights * log_px_k).sum(1)

# %% wrong · two · the maximum over the wrong axis and not added back
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.amax(0)
    return torch.logsumexp(a - b, dim=1)

# %% right · loop · logaddexp over the components
def log_mixture(weights, log_px_k):
    out = weights[0].log() + log_px_k[:, 0]
    for k in range(1, len(weights)):
        out = torch.logaddexp(out, weights[k].log() + log_px_k[:, k])
    return out

# %% right · algebra · own log-sum-exp with the row's maximum
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    b = a.max(1, keepdim=True).values
    return b[:, 0] + (a - b).exp().sum(1).log()

# %% right · algebra · maximum of the densities alone, weights by matrix product
def log_mixture(weights, log_px_k):
    b = log_px_k.amax(1)
    return b + torch.log(torch.exp(log_px_k - b[:, None]) @ weights)

# %% right · scipy · logsumexp with b for the weights
def log_mixture(weights, log_px_k):
    return special.logsumexp(np.asarray(log_px_k), axis=1, b=np.asarray(weights))

# %% right · scipy · logsumexp of the sum of logs, back to torch
def log_mixture(weights, log_px_k):
    a = np.log(weights.numpy()) + log_px_k.numpy()
    return torch.from_numpy(special.logsumexp(a, axis=-1))

# %% right · numpy · logaddexp.reduce
def log_mixture(weights, log_px_k):
    return np.logaddexp.reduce(np.log(weights.numpy()) + log_px_k.numpy(), axis=1)

# %% right · loops · Python numbers, one point at a time
def log_mixture(weights, log_px_k):
    out = []
    for row in log_px_k.tolist():
        a = [math.log(w) + l for w, l in zip(weights.tolist(), row)]
        b = max(a)
        out.append(b + math.log(sum(math.exp(v - b) for v in a)))
    return torch.tensor(out, dtype=torch.float64)

# %% right · distributions · normalised log probabilities of a Categorical
def log_mixture(weights, log_px_k):
    return (Categorical(weights).logits + log_px_k).logsumexp(-1)

# %% right · algebra · any term minus its log responsibility
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    return a[:, 0] - a.log_softmax(1)[:, 0]

# %% right · algebra · the lower bound with the exact posterior
def log_mixture(weights, log_px_k):
    a = weights.log() + log_px_k
    log_r = a.log_softmax(1)
    return (log_r.exp() * (a - log_r)).sum(1)

# %% right · einsum · shifted densities summed by einsum
def log_mixture(weights, log_px_k):
    b = log_px_k.max(dim=1).values
    shifted = torch.exp(log_px_k - b.unsqueeze(1))
    return b + torch.einsum("k,nk->n", weights, shifted).log()

# %% right · stabiliser · a tiny number in the log of the weights
def log_mixture(weights, log_px_k):
    return torch.logsumexp((weights + 1e-12).log() + log_px_k, dim=1)

# %% right · stack · a list of scalars stacked
def log_mixture(weights, log_px_k):
    log_w = torch.log(weights)
    return torch.stack([torch.logsumexp(log_w + row, 0) for row in log_px_k])

# %% right · numpy · weights normalised again, transposed table
def log_mixture(weights, log_px_k):
    w = np.asarray(weights) / np.asarray(weights).sum()
    a = np.asarray(log_px_k).T + np.log(w)[:, None]
    top = a.max(axis=0)
    return top + np.log(np.sum(np.exp(a - top), axis=0))

# %% right · helper · a helper function that adds two logs, by softplus
def log_mixture(weights, log_px_k):
    def add(a, b):
        return torch.maximum(a, b) + softplus(-(a - b).abs())
    terms = (weights.log() + log_px_k).unbind(1)
    total = terms[0]
    for t in terms[1:]:
        total = add(total, t)
    return total

# %% right · algebra · log weights subtracted as minus the log of the inverse
def log_mixture(weights, log_px_k):
    return (log_px_k - (1 / weights).log()).logsumexp(dim=-1)
