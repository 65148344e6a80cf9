# %% wrong · numeric · log of q without care, NaN where q is 0
def lower_bound(q, log_joint):
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · numeric · the ratio of densities inside the log, as the formula reads
def lower_bound(q, log_joint):
    joint = log_joint.exp()
    return (q * (joint / q).log()).sum(1)

# %% wrong · numeric · xlogy for the entropy, but back to densities for the other term
def lower_bound(q, log_joint):
    return (q * log_joint.exp().log() - torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · densities clamped away from 0
def lower_bound(q, log_joint):
    p = log_joint.exp().clamp(min=1e-12)
    return (q * p.log() - torch.xlogy(q, q)).sum(1)

# %% wrong · numeric · eps inside the log of the densities
def lower_bound(q, log_joint):
    eps = 1e-10
    return (q * torch.log((log_joint.exp() + eps) / (q + eps))).sum(1)

# %% wrong · numeric · xlogy of q and the ratio, which underflows
def lower_bound(q, log_joint):
    return torch.xlogy(q, log_joint.exp() / q).sum(1)

# %% wrong · numeric · rows with a hard guess are replaced by 0
def lower_bound(q, log_joint):
    L = (q * (log_joint - q.log())).sum(1)
    return torch.where(torch.isnan(L), torch.zeros_like(L), L)

# %% wrong · term · the entropy is left out
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1)

# %% wrong · sign · the entropy is subtracted
def lower_bound(q, log_joint):
    return (q * log_joint + torch.xlogy(q, q)).sum(1)

# %% wrong · sign · minus L, as a loss
def lower_bound(q, log_joint):
    return -(q * log_joint - torch.xlogy(q, q)).sum(dim=1)

# %% wrong · concept · log p(x) itself
def lower_bound(q, log_joint):
    return torch.logsumexp(log_joint, dim=1)

# %% wrong · concept · the KL to the posterior
def lower_bound(q, log_joint):
    log_post = log_joint.log_softmax(1)
    return (torch.xlogy(q, q) - q * log_post).sum(1)

# %% wrong · concept · minus the KL to the posterior, the joint normalised
def lower_bound(q, log_joint):
    log_p = F.log_softmax(log_joint, dim=1)
    return (q * log_p - torch.xlogy(q, q)).sum(1)

# %% wrong · sign · log p(x) plus the KL
def lower_bound(q, log_joint):
    kl = (torch.xlogy(q, q) - q * log_joint.log_softmax(1)).sum(1)
    return log_joint.logsumexp(1) + kl

# %% wrong · arguments · log p(x) minus the KL the other way round
def lower_bound(q, log_joint):
    log_post = log_joint.log_softmax(1)
    post = log_post.exp()
    kl = (post * (log_post - q.clamp(min=1e-30).log())).sum(1)
    return log_joint.logsumexp(1) - kl

# %% wrong · term · the entropy of the posterior
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) + Categorical(logits=log_joint).entropy()

# %% wrong · arguments · weighted with the posterior and q in the logarithm
def lower_bound(q, log_joint):
    r = log_joint.softmax(1)
    return (r * log_joint - torch.xlogy(r, q.clamp(min=1e-9))).sum(1)

# %% wrong · arguments · the best bound for the posterior, q not used in the weights
def lower_bound(q, log_joint):
    r = log_joint.softmax(1)
    return (r * log_joint).sum(1) - torch.xlogy(q, q).sum(1)

# %% wrong · axis · summed over the points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(0)

# %% wrong · reduction · the mean over components
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).mean(1)

# %% wrong · reduction · one number for all points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum()

# %% wrong · reduction · the mean over the points
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1).mean()

# %% wrong · reduction · no sum at all
def lower_bound(q, log_joint):
    return q * log_joint - torch.xlogy(q, q)

# %% wrong · form · a column
def lower_bound(q, log_joint):
    return (q * log_joint - torch.xlogy(q, q)).sum(1, keepdim=True)

# %% wrong · form · a tuple of the two terms
def lower_bound(q, log_joint):
    expected = (q * log_joint).sum(1)
    entropy = -torch.xlogy(q, q).sum(1)
    return expected, entropy

# %% wrong · gradient · the joint is detached
def lower_bound(q, log_joint):
    lj = log_joint.detach()
    return (q * lj - torch.xlogy(q, q)).sum(1)

# %% wrong · gradient · computed in NumPy
def lower_bound(q, log_joint):
    q, lj = q.detach().numpy(), log_joint.detach().numpy()
    return torch.from_numpy((q * lj - special.xlogy(q, q)).sum(1))

# %% wrong · gradient · no_grad as for an evaluation
def lower_bound(q, log_joint):
    with torch.no_grad():
        expected = (q * log_joint).sum(1)
        entropy = -torch.xlogy(q, q).sum(1)
    return expected + entropy

# %% wrong · gradient · a loop over float values
def lower_bound(q, log_joint):
    out = []
    for qs, ls in zip(q.tolist(), log_joint.tolist()):
        out.append(sum(a * (b - math.log(a)) for a, b in zip(qs, ls) if a > 0))
    return torch.tensor(out, dtype=log_joint.dtype)

# %% wrong · gradient · wrapped anew in a tensor
def lower_bound(q, log_joint):
    L = [(qi * li).sum() - torch.xlogy(qi, qi).sum() for qi, li in zip(q, log_joint)]
    return torch.tensor([v.item() for v in L], dtype=q.dtype)

# %% wrong · gradient · through the KL with a detached likelihood
def lower_bound(q, log_joint):
    log_px = log_joint.logsumexp(1).detach()
    kl = (torch.xlogy(q, q) - q * log_joint.log_softmax(1)).sum(1)
    return log_px - kl

# %% wrong · gradient · the KL is detached, the likelihood not
def lower_bound(q, log_joint):
    log_px = torch.logsumexp(log_joint, 1)
    with torch.no_grad():
        kl = (torch.xlogy(q, q) - q * (log_joint - log_px[:, None])).sum(1)
    return log_px - kl

# %% wrong · log · xlogy of q and the log joint
def lower_bound(q, log_joint):
    return (torch.xlogy(q, log_joint) - torch.xlogy(q, q)).sum(1)

# %% wrong · log · the joint is exponentiated before the average
def lower_bound(q, log_joint):
    return (q * log_joint.exp() - torch.xlogy(q, q)).sum(1)

# %% wrong · log · log outside, Jensen undone
def lower_bound(q, log_joint):
    log_q = q.clamp(min=1e-300).log()
    return torch.logsumexp(log_q + log_joint, dim=1)

# %% wrong · log · the entropy in bits
def lower_bound(q, log_joint):
    entropy = -torch.xlogy(q, q).sum(1) / math.log(2)
    return (q * log_joint).sum(1) + entropy

# %% wrong · log · everything in bits
def lower_bound(q, log_joint):
    L = (q * log_joint - torch.xlogy(q, q)).sum(1)
    return L / np.log(2)

# %% wrong · term · minus q in place of minus q log q
def lower_bound(q, log_joint):
    return (q * (log_joint - q)).sum(1)

# %% wrong · weights · minus log q without the weight
def lower_bound(q, log_joint):
    log_q = q.clamp(min=1e-12).log()
    return (q * log_joint - log_q).sum(1)

# %% wrong · weights · the joint is not weighted
def lower_bound(q, log_joint):
    return (log_joint - torch.xlogy(q, q)).sum(1)

# %% wrong · power · q enters squared with the logarithm
def lower_bound(q, log_joint):
    return (q * (log_joint - torch.xlogy(q, q))).sum(1)

# %% wrong · factor · the entropy counted twice
def lower_bound(q, log_joint):
    H = Categorical(probs=q).entropy()
    return (q * log_joint - torch.xlogy(q, q)).sum(1) + H

# %% wrong · factor · half an entropy
def lower_bound(q, log_joint):
    return (q * log_joint).sum(1) + 0.5 * Categorical(q).entropy()

# %% wrong · arguments · q is read as logits
def lower_bound(q, log_joint):
    entropy = Categorical(logits=q).entropy()
    return (q * log_joint).sum(1) + entropy

# %% wrong · concept · q is softmaxed once more
def lower_bound(q, log_joint):
    q = q.softmax(1)
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · concept · the guess is made hard first
def lower_bound(q, log_joint):
    k = q.argmax(1, keepdim=True)
    return log_joint.gather(1, k).squeeze(1)

# %% wrong · reduction · the largest entry in place of the average
def lower_bound(q, log_joint):
    H = -torch.xlogy(q, q).sum(1)
    return log_joint.max(1).values + H

# %% wrong · concept · the penalty term of the tangent for the logarithm
def lower_bound(q, log_joint):
    ratio = log_joint - q.clamp(min=1e-8).log()
    return (q * (ratio.exp() - 1 - ratio)).sum(1)

# %% wrong · numeric · q clamped at 1e-3 in both terms
def lower_bound(q, log_joint):
    q = q.clamp(min=1e-3)
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · numeric · the guess is smoothed with a hundredth and normalised again
def lower_bound(q, log_joint):
    q = q + 0.01
    q = q / q.sum(1, keepdim=True)
    return (q * (log_joint - q.log())).sum(1)

# %% wrong · numeric · clamped log joint against infinities
def lower_bound(q, log_joint):
    lj = log_joint.clamp(min=-100.0)
    return (q * lj - torch.xlogy(q, q)).sum(1)

# %% wrong · arguments · F.kl_div with its first argument a probability
def lower_bound(q, log_joint):
    return -F.kl_div(log_joint.exp(), q, reduction="none").sum(1)

# %% wrong · reduction · F.kl_div with batchmean
def lower_bound(q, log_joint):
    return -F.kl_div(log_joint, q, reduction="batchmean")

# %% wrong · sign · F.kl_div without the minus
def lower_bound(q, log_joint):
    return F.kl_div(log_joint, q, reduction="none").sum(1)

# %% wrong · broadcast · the entropy is added to each component before the sum
def lower_bound(q, log_joint):
    H = -torch.xlogy(q, q).sum(1, keepdim=True)
    return (q * log_joint + H).sum(1)

# %% wrong · raises · a vector of entropies plus a table
def lower_bound(q, log_joint):
    H = Categorical(probs=q).entropy()
    return (q * log_joint + H).sum(1)

# %% wrong · raises · NumPy's xlogy on a tensor that wants gradients
def lower_bound(q, log_joint):
    return np.sum(np.multiply(q.numpy(), log_joint.numpy()) - special.xlogy(q, q), axis=1)

# %% wrong · two · the entropy subtracted and the mean taken
def lower_bound(q, log_joint):
    return (q * log_joint + torch.xlogy(q, q)).sum(1).mean()

# %% wrong · two · no entropy, and the average over components
def lower_bound(q, log_joint):
    return torch.mean(q * log_joint, dim=1)

# %% wrong · two · the entropy left out and the joint detached
def lower_bound(q, log_joint):
    return torch.einsum("nk,nk->n", q, log_joint.data)

# %% wrong · two · densities with an eps and a minus lost
def lower_bound(q, log_joint):
    p = log_joint.exp() + 1e-8
    return (q * p.log() + q * (q + 1e-8).log()).sum(1)

# %% wrong · two · summed over the points, with NaN entropies set to 0 after the sum
def lower_bound(q, log_joint):
    H = torch.nan_to_num(-(q * q.log()).sum(0))
    return (q * log_joint).sum(0) + H

# %% wrong · two · the loss as a single mean, the joint in densities
def lower_bound(q, log_joint):
    p = log_joint.exp()
    return -(q * (p / q.clamp(min=1e-8)).log()).sum(1).mean()

# %% wrong · two · the entropy subtracted and the gradient lost
def lower_bound(q, log_joint):
    with torch.no_grad():
        H = Categorical(probs=q).entropy()
        return (q * log_joint).sum(1) - H

# %% wrong · two · the entropy in bits and with the wrong sign
def lower_bound(q, log_joint):
    neg = torch.special.xlogy(q, q).div(math.log(2)).sum(1)
    return (q * log_joint).sum(1) + neg

# %% right · algebra · log p(x) minus the KL
def lower_bound(q, log_joint):
    log_px = torch.logsumexp(log_joint, dim=1)
    log_post = log_joint - log_px[:, None]
    kl = (torch.xlogy(q, q) - q * log_post).sum(1)
    return log_px - kl

# %% right · distributions · the entropy of a Categorical
def lower_bound(q, log_joint):
    return (q * log_joint).sum(-1) + Categorical(probs=q).entropy()

# %% right · einsum · einsum and special.entr
def lower_bound(q, log_joint):
    return torch.einsum("nk,nk->n", q, log_joint) + torch.special.entr(q).sum(1)

# %% right · other · torch.where with a safe q inside
def lower_bound(q, log_joint):
    safe = torch.where(q > 0, q, torch.ones_like(q))
    return (q * (log_joint - safe.log())).sum(1)

# %% right · stabiliser · q clamped in the logarithm only
def lower_bound(q, log_joint):
    return (q * (log_joint - q.clamp(min=1e-30).log())).sum(1)

# %% right · loop · point by point, zeros skipped
def lower_bound(q, log_joint):
    values = []
    for a, b in zip(q, log_joint):
        on = a > 0
        values.append((a[on] * (b[on] - torch.log(a[on]))).sum())
    return torch.stack(values)

# %% right · other · F.kl_div without its normalisation
def lower_bound(q, log_joint):
    return -F.kl_div(log_joint, q, reduction="none").sum(dim=1)

# %% right · matmul · diagonals of batched products
def lower_bound(q, log_joint):
    first = (q[:, None, :] @ log_joint[:, :, None]).squeeze(-1).squeeze(-1)
    return first - torch.xlogy(q, q) @ torch.ones(q.shape[1], dtype=q.dtype)

# %% right · stabiliser · a small eps inside the log of q
def lower_bound(q, log_joint):
    return (q * log_joint - q * torch.log(q + 1e-12)).sum(1)

# %% right · other · nan_to_num for the entropy terms
def lower_bound(q, log_joint):
    entropy = torch.nan_to_num(-q * q.log(), nan=0.0).sum(1)
    return (q * log_joint).sum(1) + entropy

# %% right · scipy · the entropy by SciPy, the joint in torch
def lower_bound(q, log_joint):
    H = stats.entropy(q.detach().numpy(), axis=1)
    return (q * log_joint).sum(1) + torch.from_numpy(H)

# %% right · distributions · expectation as a mixture of log-values, KL from a uniform guess
def lower_bound(q, log_joint):
    K = q.shape[1]
    kl_uniform = (torch.xlogy(q, q) + q * math.log(K)).sum(1)
    return (q * log_joint).sum(1) - kl_uniform + math.log(K)

# %% right · numeric · shifted by the row's maximum and back
def lower_bound(q, log_joint):
    b = log_joint.max(1, keepdim=True).values
    rest = (q * (log_joint - b)).sum(1) - torch.xlogy(q, q).sum(1)
    return b[:, 0] + rest

# %% right · other · masked assignment of the entropy terms
def lower_bound(q, log_joint):
    terms = q * log_joint
    ent = torch.zeros_like(q)
    mask = q != 0
    ent[mask] = q[mask] * q[mask].log()
    return (terms - ent).sum(1)

# %% right · loop · column after column
def lower_bound(q, log_joint):
    L = 0
    for k in range(q.shape[1]):
        L = L + q[:, k] * log_joint[:, k] - torch.xlogy(q[:, k], q[:, k])
    return L

# %% right · other · nansum drops the terms with a zero guess
def lower_bound(q, log_joint):
    return torch.nansum(q * (log_joint - q.log()), dim=1)
