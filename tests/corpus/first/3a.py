# %% wrong · term · the entropy of q is left out
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1)

# %% wrong · sign · entropy subtracted
def lower_bound(q, log_joint):
    return (q * log_joint + torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · 0 log 0 is NaN for the hard guesses
def lower_bound(q, log_joint):
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · numeric · goes back to densities, which underflow
def lower_bound(q, log_joint):
    p = log_joint.exp()
    return torch.xlogy(q, p / q.clamp(min=1e-12)).sum(1)

# %% wrong · numeric · ratio of densities with a small constant in the logarithm
def lower_bound(q, log_joint):
    return (q * torch.log(log_joint.exp() / (q + 1e-12) + 1e-12)).sum(1)

# %% wrong · concept · returns log p(x), whatever the guess
def lower_bound(q, log_joint):
    return log_joint.logsumexp(1)

# %% wrong · concept · returns the KL from q to the posterior
def lower_bound(q, log_joint):
    log_post = log_joint.log_softmax(1)
    return (torch.xlogy(q, q) - q * log_post).sum(1)

# %% wrong · sign · minus the KL, with the posterior in place of the joint
def lower_bound(q, log_joint):
    log_post = log_joint.log_softmax(1)
    return (q * log_post - torch.xlogy(q, q)).sum(1)

# %% wrong · sign · everything negated, the loss to be minimised
def lower_bound(q, log_joint):
    return (torch.xlogy(q, q) - q * log_joint).sum(1)

# %% wrong · term · log p(x) plus the KL instead of minus
def lower_bound(q, log_joint):
    log_px = log_joint.logsumexp(1)
    kl = (torch.xlogy(q, q) - q * (log_joint - log_px[:, None])).sum(1)
    return log_px + kl

# %% wrong · arguments · KL the other way round taken off log p(x)
def lower_bound(q, log_joint):
    log_px = log_joint.logsumexp(1)
    log_post = log_joint - log_px[:, None]
    kl = (log_post.exp() * (log_post - q.clamp(min=1e-30).log())).sum(1)
    return log_px - kl

# %% wrong · axis · sum over the points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(0)

# %% wrong · reduction · one number, the sum over all points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum()

# %% wrong · reduction · the mean over the points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1).mean()

# %% wrong · reduction · the mean over the components
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).mean(1)

# %% wrong · unfinished · the terms (n, K) not summed
def lower_bound(q, log_joint):
    return q * log_joint - torch.xlogy(q, q)

# %% wrong · form · keeps the axis, shape (n, 1)
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1, keepdim=True)

# %% wrong · gradient · detaches log_joint
def lower_bound(q, log_joint):
    log_joint = log_joint.detach()
    return (q * log_joint - torch.xlogy(q, q)).sum(1)

# %% wrong · gradient · computed in NumPy
def lower_bound(q, log_joint):
    lj = log_joint.detach().numpy()
    Q = q.detach().numpy()
    return torch.from_numpy((Q * lj - special.xlogy(Q, Q)).sum(1))

# %% wrong · log · q's logarithm to base 2
def lower_bound(q, log_joint):
    logq = torch.where(q > 0, q, torch.ones_like(q)).log2()
    return (q * (log_joint - logq)).sum(1)

# %% wrong · log · the result in bits
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1) / math.log(2)

# %% wrong · log · q itself subtracted, not its logarithm
def lower_bound(q, log_joint):
    return (q * (log_joint - q)).sum(1)

# %% wrong · log · takes the logarithm of log_joint as if it were p
def lower_bound(q, log_joint):
    return (q * log_joint.abs().log() - torch.xlogy(q, q)).sum(1)

# %% wrong · log · treats q as log q
def lower_bound(q, log_joint):
    return (q.exp() * (log_joint - q)).sum(1)

# %% wrong · log · density instead of its logarithm in the first term
def lower_bound(q, log_joint):
    return (q * log_joint.exp() - torch.xlogy(q, q)).sum(1)

# %% wrong · weights · log q is not weighted by q
def lower_bound(q, log_joint):
    return (q * log_joint - q.clamp(min=1e-10).log()).sum(1)

# %% wrong · weights · the log joint is not weighted by q
def lower_bound(q, log_joint):
    return (log_joint - torch.xlogy(q, q)).sum(1)

# %% wrong · weights · averaged with the posterior, log q inside
def lower_bound(q, log_joint):
    r = log_joint.softmax(1)
    return (r * (log_joint - q.clamp(min=1e-10).log())).sum(1)

# %% wrong · weights · joint weighted by the posterior, entropy of q
def lower_bound(q, log_joint):
    return (log_joint.softmax(1) * log_joint - torch.xlogy(q, q)).sum(1)

# %% wrong · arguments · entropy of the posterior instead of q
def lower_bound(q, log_joint):
    r = log_joint.softmax(1)
    return (q * log_joint - torch.xlogy(r, r)).sum(1)

# %% wrong · numeric · one hundredth added to q everywhere and never taken off
def lower_bound(q, log_joint):
    q = q + 1e-2
    return (q * (log_joint - torch.log(q))).sum(1)

# %% wrong · numeric · q clamped from below in both factors
def lower_bound(q, log_joint):
    q = q.clamp(min=1e-3)
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · numeric · the log joint is clamped at -100 from below
def lower_bound(q, log_joint):
    lj = log_joint.clamp(min=-100)
    return (q * lj - torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · NaN rows replaced by zero at the end
def lower_bound(q, log_joint):
    L = (q * (log_joint - q.log())).sum(1)
    return torch.nan_to_num(L)

# %% wrong · numeric · eps added after underflow to the joint
def lower_bound(q, log_joint):
    lj = (log_joint.exp() + 1e-10).log()
    return (q * lj - torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · float32 half way and joint clipped to its smallest
def lower_bound(q, log_joint):
    p = log_joint.exp().clamp(min=1e-38)
    return (q * p.log() - torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · where guards q at 0, but the densities still underflow
def lower_bound(q, log_joint):
    terms = q * torch.log(log_joint.exp() / q)
    return torch.where(q > 0, terms, torch.zeros_like(q)).sum(1)

# %% wrong · factor · half of the entropy
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) - 0.5 * torch.xlogy(q, q).sum(1)

# %% wrong · term · entropy counted twice
def lower_bound(q, log_joint):
    H = -torch.xlogy(q, q).sum(1)
    return (q * (log_joint - torch.xlogy(q, q))).sum(1) + H

# %% wrong · term · entropy doubled by adding it to a finished bound
def lower_bound(q, log_joint):
    L = (q * log_joint - torch.xlogy(q, q)).sum(1)
    entropy = Categorical(probs=q).entropy()
    return L + entropy

# %% wrong · weights · q multiplied in twice, p log q with xlogy inside the bracket
def lower_bound(q, log_joint):
    return (q * (log_joint - torch.xlogy(q, q))).sum(1)

# %% wrong · weights · q renormalised by a softmax
def lower_bound(q, log_joint):
    q = q.softmax(1)
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · concept · logsumexp of the weighted terms
def lower_bound(q, log_joint):
    return torch.logsumexp(q * log_joint, dim=1)

# %% wrong · log · logarithm outside the sum, of q-weighted densities
def lower_bound(q, log_joint):
    logq = torch.where(q > 0, q, torch.full_like(q, 1e-300)).log()
    return torch.logsumexp(logq + log_joint, 1)

# %% wrong · concept · only the most probable component of the guess
def lower_bound(q, log_joint):
    k = q.argmax(1, keepdim=True)
    return log_joint.gather(1, k)[:, 0]

# %% wrong · concept · best component of the joint
def lower_bound(q, log_joint):
    return log_joint.max(1).values

# %% wrong · concept · entropy replaced by the binary entropy of each q
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q) - torch.xlogy(1 - q, 1 - q)).sum(1)

# %% wrong · term · cross term with log of 1 - q instead of log q
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, 1 - q + 1e-9)).sum(1)

# %% wrong · broadcast · entropy of every point added to every point, shape (n, n)
def lower_bound(q, log_joint):
    H = -torch.xlogy(q, q).sum(1, keepdim=True)
    return (q * log_joint).sum(1) + H

# %% wrong · broadcast · matrix product of all with all, shape (n, n)
def lower_bound(q, log_joint):
    return q @ log_joint.T - torch.xlogy(q, q).sum(1)

# %% wrong · reduction · entropy summed over everything
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) - torch.xlogy(q, q).sum()

# %% wrong · reduction · entropy averaged over the points
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) + Categorical(probs=q).entropy().mean()

# %% wrong · reduction · entropy averaged over the components
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) - torch.xlogy(q, q).mean(1)

# %% wrong · axis · softmax over the points to build the posterior, and L as log p minus KL
def lower_bound(q, log_joint):
    post = log_joint.softmax(0)
    kl = (torch.xlogy(q, q) - q * post.clamp(min=1e-300).log()).sum(1)
    return log_joint.logsumexp(1) - kl

# %% wrong · term · log K subtracted as a prior on the components
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1) - math.log(q.shape[1])

# %% wrong · form · tuple of the two terms of (3.4)
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1), -torch.xlogy(q, q).sum(1)

# %% wrong · concept · the form b - 1 - log b of (3.2) used on the joint
def lower_bound(q, log_joint):
    qc = q.clamp(min=1e-12)
    log_ratio = log_joint - qc.log()
    return (qc * (log_ratio.exp() - 1 - log_ratio)).sum(1)

# %% wrong · term · minus q plus p as in the KL of unnormalised measures
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q) + q - log_joint.exp()).sum(1)

# %% wrong · unfinished · F.kl_div with its default reduction
def lower_bound(q, log_joint):
    return -F.kl_div(log_joint, q)

# %% wrong · two · entropy subtracted and mean over the components
def lower_bound(q, log_joint):
    return (q * log_joint + torch.xlogy(q, q)).mean(1)

# %% wrong · two · entropy left out and gradient cut
def lower_bound(q, log_joint):
    return (q * log_joint.detach()).sum(1)

# %% wrong · two · negative loss and averaged over the points
def lower_bound(q, log_joint):
    return -(q * log_joint - torch.xlogy(q, q)).sum(1).mean()

# %% wrong · two · densities that underflow, and base 2
def lower_bound(q, log_joint):
    p = log_joint.exp() + 1e-8
    return (q * torch.log2(p / (q + 1e-8))).sum(1)

# %% wrong · two · summed over the points, entropy missing
def lower_bound(q, log_joint):
    return torch.einsum("nk,nk->k", q, log_joint)

# %% wrong · two · KL instead of the bound and NaN for hard guesses
def lower_bound(q, log_joint):
    return (q * (q.log() - log_joint.log_softmax(1))).sum(1)

# %% wrong · two · log joint clamped and the entropy left out
def lower_bound(q, log_joint):
    return (q * log_joint.clamp(min=-50)).sum(1)

# %% wrong · two · entropy in bits and subtracted
def lower_bound(q, log_joint):
    H = -torch.xlogy(q, q).sum(1) / math.log(2)
    return (q * log_joint).sum(1) - H

# %% wrong · raises · Categorical with the transposed guess
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) + Categorical(probs=q.T).entropy()

# %% wrong · raises · NumPy on a tensor that requires gradients
def lower_bound(q, log_joint):
    return (q.numpy() * log_joint.numpy()).sum(1) + stats.entropy(q.numpy(), axis=1)

# %% right · distributions · entropy by Categorical
def lower_bound(q, log_joint):
    return (q * log_joint).sum(-1) + Categorical(probs=q).entropy()

# %% right · special · torch.special.entr
def lower_bound(q, log_joint):
    return (q * log_joint + torch.special.entr(q)).sum(1)

# %% right · algebra · log p(x) less the KL
def lower_bound(q, log_joint):
    log_px = log_joint.logsumexp(1)
    kl = (torch.xlogy(q, q) - q * log_joint.log_softmax(1)).sum(1)
    return log_px - kl

# %% right · numeric · a tiny eps within the logarithm of q only
def lower_bound(q, log_joint):
    return (q * (log_joint - torch.log(q + 1e-12))).sum(1)

# %% right · numeric · clamp within the logarithm only
def lower_bound(q, log_joint):
    return (q * (log_joint - q.clamp(min=1e-300).log())).sum(dim=1)

# %% right · where · safe where: ones put in before the logarithm
def lower_bound(q, log_joint):
    safe = torch.where(q > 0, q, torch.ones_like(q))
    return (q * (log_joint - safe.log())).sum(1)

# %% right · einsum · einsum for the first term
def lower_bound(q, log_joint):
    expected = torch.einsum("nk,nk->n", q, log_joint)
    return expected - torch.einsum("nk->n", torch.xlogy(q, q))

# %% right · loop · loop over the components, skipping zeros
def lower_bound(q, log_joint):
    total = torch.zeros(len(q), dtype=q.dtype)
    for k in range(q.shape[1]):
        total = total + q[:, k] * log_joint[:, k] - torch.xlogy(q[:, k], q[:, k])
    return total

# %% right · loop · point by point and stacked
def lower_bound(q, log_joint):
    out = []
    for qn, ln in zip(q, log_joint):
        on = qn > 0
        out.append((qn[on] * (ln[on] - qn[on].log())).sum())
    return torch.stack(out)

# %% right · numpy · entropy of q by SciPy as only the joint needs gradients
def lower_bound(q, log_joint):
    H = torch.from_numpy(stats.entropy(q.detach().numpy(), axis=1))
    return (q * log_joint).sum(1) + H

# %% right · matmul · batched dot product
def lower_bound(q, log_joint):
    dot = (q[:, None, :] @ log_joint[:, :, None])[:, 0, 0]
    return dot - torch.xlogy(q, q) @ torch.ones(q.shape[1], dtype=q.dtype)

# %% right · torch · F.kl_div without reduction, negated
def lower_bound(q, log_joint):
    return -F.kl_div(log_joint, q, reduction="none").sum(1)

# %% right · mask · masked_fill on the logarithm
def lower_bound(q, log_joint):
    log_q = q.log().masked_fill(q == 0, 0.0)
    return (q * log_joint - q * log_q).sum(1)

# %% right · numeric · nan_to_num on the entropy's terms only
def lower_bound(q, log_joint):
    plogp = torch.nan_to_num(q * torch.log(q), nan=0.0)
    return (q * log_joint).sum(1) - plogp.sum(1)

# %% right · helper · helper function for x log x
def xlogx(a):
    return torch.where(a == 0, torch.zeros_like(a), a * (a + (a == 0)).log())

def lower_bound(q, log_joint):
    return torch.sum(q.mul(log_joint).sub(xlogx(q)), dim=-1)

# %% right · distributions · weighted mean by the MixtureSameFamily idea: vmap of dot products
def lower_bound(q, log_joint):
    return torch.func.vmap(torch.dot)(q, log_joint) + torch.distributions.Categorical(q).entropy()
