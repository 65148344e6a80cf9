# %% wrong · unfinished · the new share is added, the old one not subtracted
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + new.T @ t[rows]

# %% wrong · sign · old minus new
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (q[rows] - new).T @ t[rows]

# %% wrong · sign · the change is subtracted
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums - (new - q[rows]).T @ t[rows]

# %% wrong · sign · the old share is added as well
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new + q[rows]).T @ t[rows]

# %% wrong · unfinished · the old share is subtracted, nothing added
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums - q[rows].T @ t[rows]

# %% wrong · concept · a full E-step for all points
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(1)
    return new.T @ t

# %% wrong · term · the sums of the block alone
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return new.T @ t[rows]

# %% wrong · term · the change alone, without the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return (new - q[rows]).T @ t[rows]

# %% wrong · axis · the softmax runs over the points of the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(0)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · axis · the softmax runs over all points before the rows are taken
def correct_the_sums(sums, q, log_joint, t, rows):
    new = torch.softmax(log_joint, dim=0)[rows]
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · numeric · densities are exponentiated and normalised naively
def correct_the_sums(sums, q, log_joint, t, rows):
    p = log_joint[rows].exp()
    new = p / p.sum(1)[:, None]
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · unfinished · the joint densities are not normalised
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].exp()
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · log_softmax for softmax
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].log_softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · the log joint itself is taken for the guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows]
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · the softmax is taken of a softmax
def correct_the_sums(sums, q, log_joint, t, rows):
    post = F.softmax(log_joint, dim=1)
    new = F.softmax(post[rows], dim=1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · hard guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = one_hot(log_joint[rows].argmax(1), q.shape[1]).to(t.dtype)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · half-way to the posterior
def correct_the_sums(sums, q, log_joint, t, rows):
    new = 0.5 * (q[rows] + log_joint[rows].softmax(1))
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · q is taken as the prior for the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (log_joint[rows] + q[rows].clamp(min=1e-12).log()).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · arguments · the softmax of q and not of the joint
def correct_the_sums(sums, q, log_joint, t, rows):
    new = q[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · arguments · a block of the first points, as many as there are rows
def correct_the_sums(sums, q, log_joint, t, rows):
    m = len(rows)
    new = log_joint[:m].softmax(1)
    return sums + (new - q[:m]).T @ t[:m]

# %% wrong · unfinished · the sums come back unchanged
def correct_the_sums(sums, q, log_joint, t, rows):
    new_q = q.clone()
    new_q[rows] = log_joint[rows].softmax(1)
    return sums

# %% wrong · arguments · the first points are taken for the chosen ones in t
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[: len(rows)]

# %% wrong · arguments · the first points of q
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[: len(rows)]).T @ t[rows]

# %% wrong · count · the rows are counted from 1
def correct_the_sums(sums, q, log_joint, t, rows):
    rows = rows - 1
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · count · the last of the rows is left out
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for i in range(len(rows) - 1):
        n = rows[i]
        out += torch.outer(log_joint[n].softmax(0) - q[n], t[n])
    return out

# %% wrong · order · a mask for t, so that its rows come sorted while the changes do not
def correct_the_sums(sums, q, log_joint, t, rows):
    mask = torch.zeros(len(t), dtype=torch.bool)
    mask[rows] = True
    change = log_joint[rows].softmax(1) - q[rows]
    return sums + change.T @ t[mask]

# %% wrong · concept · the other points get the E-step and the block keeps its guess
def correct_the_sums(sums, q, log_joint, t, rows):
    others = torch.ones(len(q), dtype=torch.bool)
    others[rows] = False
    new = log_joint[others].softmax(1)
    return sums + (new - q[others]).T @ t[others]

# %% wrong · form · returned transposed
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return (sums + (new - q[rows]).T @ t[rows]).T

# %% wrong · form · the new guess is returned beside the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new_q = q.clone()
    new_q[rows] = log_joint[rows].softmax(1)
    return sums + (new_q - q).T @ t, new_q

# %% wrong · form · the new guess is returned in place of the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new_q = q.clone()
    new_q[rows] = torch.softmax(log_joint[rows], dim=1)
    return new_q

# %% wrong · form · parameters of the next M-step rather than the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    sums = sums + (new - q[rows]).T @ t[rows]
    return sums / sums[:, -1:]

# %% wrong · reduction · the change is averaged over the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows] / len(rows)

# %% wrong · reduction · divided by all N
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows] / len(t)

# %% wrong · factor · the block's change is scaled up to all the data
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    scale = len(t) / len(rows)
    return sums + scale * (new - q[rows]).T @ t[rows]

# %% wrong · concept · a running average of old sums and the block's
def correct_the_sums(sums, q, log_joint, t, rows):
    share = len(rows) / len(t)
    new = log_joint[rows].softmax(1).T @ t[rows]
    return (1 - share) * sums + share * new

# %% wrong · term · the old share is taken as a fraction of the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    left = sums * (1 - len(rows) / len(t))
    return left + new.T @ t[rows]

# %% wrong · order · q is overwritten before the difference is taken
def correct_the_sums(sums, q, log_joint, t, rows):
    q[rows] = log_joint[rows].softmax(1)
    return sums + (log_joint[rows].softmax(1) - q[rows]).T @ t[rows]

# %% wrong · form · the argument q is overwritten, the sums formed anew from it
def correct_the_sums(sums, q, log_joint, t, rows):
    q[rows] = log_joint[rows].softmax(1)
    return q.T @ t

# %% wrong · form · the sums are corrected in place
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    sums += (new - q[rows]).T @ t[rows]
    return sums

# %% wrong · order · an alias taken for a copy of the old guess
def correct_the_sums(sums, q, log_joint, t, rows):
    old = q
    q[rows] = log_joint[rows].softmax(1)
    return sums - old[rows].T @ t[rows] + q[rows].T @ t[rows]

# %% wrong · form · the sums are corrected in place and nothing is returned
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    sums.add_((new - q[rows]).T @ t[rows])

# %% wrong · weights · the change is weighted once more with the old guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (q[rows] * (new - q[rows])).T @ t[rows]

# %% wrong · arguments · normalised with the evidence of all points
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (log_joint[rows] - log_joint.logsumexp((0, 1))).exp()
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · term · the largest joint is subtracted and nothing divided
def correct_the_sums(sums, q, log_joint, t, rows):
    a = log_joint[rows]
    new = (a - a.max(1, keepdim=True).values).exp()
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · numeric · an eps in the denominator of the shares
def correct_the_sums(sums, q, log_joint, t, rows):
    joint = log_joint[rows].exp()
    new = joint / (joint.sum(1, keepdim=True) + 1e-8)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · numeric · a loop with an eps that kills the far points
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for n in rows:
        p = log_joint[n].exp().clamp(min=1e-12)
        out += torch.outer(p / p.sum() - q[n], t[n])
    return out

# %% wrong · term · the old guess is subtracted twice
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    minus = sums - q[rows].T @ t[rows]
    return minus + (new - q[rows]).T @ t[rows]

# %% wrong · term · the whole old guess is subtracted, the block's new one added
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums - q.T @ t + new.T @ t[rows]

# %% wrong · term · all points' new guess added, the block's old one subtracted
def correct_the_sums(sums, q, log_joint, t, rows):
    r = log_joint.softmax(dim=1)
    return sums - q[rows].T @ t[rows] + r.T @ t

# %% wrong · raises · the rows of t are not taken
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t

# %% wrong · raises · the change is not transposed
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]) @ t[rows]

# %% wrong · concept · a small step size, as in gradient descent
def correct_the_sums(sums, q, log_joint, t, rows, rate=0.1):
    new = log_joint[rows].softmax(1)
    return sums + rate * (new - q[rows]).T @ t[rows]

# %% wrong · term · the ratio inside the bound is normalised, the joint over the old guess
def correct_the_sums(sums, q, log_joint, t, rows):
    ratio = log_joint[rows] - q[rows].clamp(min=1e-12).log()
    new = ratio.softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · reduction · the block's mean of t stands for its points
def correct_the_sums(sums, q, log_joint, t, rows):
    change = (log_joint[rows].softmax(1) - q[rows]).sum(0)
    return sums + torch.outer(change, t[rows].mean(0))

# %% wrong · two · old minus new, and a softmax over the points
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(0)
    return sums + (q[rows] - new).T @ t[rows]

# %% wrong · two · nothing subtracted and not normalised
def correct_the_sums(sums, q, log_joint, t, rows):
    return sums + log_joint[rows].exp().T @ t[rows]

# %% wrong · two · the block alone, with a hard guess
def correct_the_sums(sums, q, log_joint, t, rows):
    r = one_hot(log_joint[rows].argmax(1), q.shape[1]).double()
    return r.T @ t[rows]

# %% wrong · two · a full E-step added to the old sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(1)
    return sums + new.T @ t

# %% wrong · two · the change of all points, averaged
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(1)
    return sums + (new - q).T @ t / len(t)

# %% wrong · concept · the change of all points
def correct_the_sums(sums, q, log_joint, t, rows):
    new = torch.softmax(log_joint, dim=1)
    delta = new - q
    return sums + delta.T @ t

# %% wrong · two · the first points of t, and the old share forgotten
def correct_the_sums(sums, q, log_joint, t, rows):
    r = torch.softmax(log_joint[rows], -1)
    return sums + r.T @ t[:len(rows)]

# %% wrong · two · log_softmax, and old minus new
def correct_the_sums(sums, q, log_joint, t, rows):
    r = F.log_softmax(log_joint[rows], dim=1)
    return sums + (q[rows] - r).T @ t[rows]

# %% wrong · two · the average change of the block, not transposed back
def correct_the_sums(sums, q, log_joint, t, rows):
    r = log_joint[rows].softmax(1)
    change = t[rows].T @ (r - q[rows]) / len(rows)
    return sums.T + change

# %% right · algebra · subtract the old share, add the new one
def correct_the_sums(sums, q, log_joint, t, rows):
    old = q[rows].T @ t[rows]
    new = torch.softmax(log_joint[rows], dim=-1).T @ t[rows]
    return sums - old + new

# %% right · loop · outer products, one for each chosen point
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for n in rows:
        r = torch.softmax(log_joint[n], dim=0)
        out += torch.outer(r - q[n], t[n])
    return out

# %% right · einsum · einsum over the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = F.softmax(log_joint, dim=1)
    return sums + torch.einsum("nk,np->kp", new[rows] - q[rows], t[rows])

# %% right · distributions · probabilities of a Categorical
def correct_the_sums(sums, q, log_joint, t, rows):
    new = Categorical(logits=log_joint[rows]).probs
    return sums + (new - q[rows]).mT.matmul(t[rows])

# %% right · numpy · SciPy's softmax and NumPy
def correct_the_sums(sums, q, log_joint, t, rows):
    s, q, lj, t, rows = (np.asarray(v) for v in (sums, q, log_joint, t, rows))
    new = special.softmax(lj[rows], axis=1)
    return s + (new - q[rows]).T @ t[rows]

# %% right · other · a changed copy of q, zero change elsewhere
def correct_the_sums(sums, q, log_joint, t, rows):
    new_q = q.clone()
    new_q[rows] = log_joint[rows].softmax(1)
    return sums + (new_q - q).T @ t

# %% right · other · a mask of the chosen points
def correct_the_sums(sums, q, log_joint, t, rows):
    chosen = torch.zeros(len(q), 1, dtype=t.dtype)
    chosen[rows] = 1.0
    change = chosen * (log_joint.softmax(1) - q)
    return sums + change.T @ t

# %% right · other · index_select and addmm
def correct_the_sums(sums, q, log_joint, t, rows):
    a = log_joint[rows]
    r = torch.exp(a - torch.logsumexp(a, dim=1, keepdim=True))
    return torch.addmm(sums, (r - q[rows]).T, t[rows])

# %% right · other · the whole sum from the changed guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new_q = q.detach().clone()
    new_q[rows] = log_joint[rows].log_softmax(1).exp()
    return new_q.T @ t

# %% right · numeric · the largest joint is taken off before the exponential
def correct_the_sums(sums, q, log_joint, t, rows):
    a = log_joint[rows] - log_joint[rows].max(1, keepdim=True).values
    e = a.exp()
    new = e / e.sum(1, keepdim=True)
    return sums + (new - q[rows]).T @ t[rows]

# %% right · helper · two calls of a helper
def share(weights, stats_):
    return (weights[:, :, None] * stats_[:, None, :]).sum(0)

def correct_the_sums(sums, q, log_joint, t, rows):
    r = log_joint[rows].softmax(1)
    return sums + share(r, t[rows]) - share(q[rows], t[rows])

# %% right · loop · component by component
def correct_the_sums(sums, q, log_joint, t, rows):
    r = log_joint.softmax(1)
    return torch.stack([s + ((r[rows, k] - q[rows, k])[:, None] * t[rows]).sum(0) for k, s in enumerate(sums)])

# %% right · algebra · torch.where chooses old or new for each point
def correct_the_sums(sums, q, log_joint, t, rows):
    is_in = torch.isin(torch.arange(len(q)), torch.as_tensor(rows))
    mixed = torch.where(is_in[:, None], log_joint.softmax(1), q)
    return sums + (mixed - q).T @ t

# %% right · algebra · pairwise log-odds for the posterior
def correct_the_sums(sums, q, log_joint, t, rows):
    a = log_joint[rows]
    new = 1 / (a[:, None, :] - a[:, :, None]).exp().sum(-1)
    return sums + (new - q[rows]).T @ t[rows]

# %% right · form · rows of the result as a list, stacked
def correct_the_sums(sums, q, log_joint, t, rows):
    delta = nn.Softmax(dim=1)(log_joint[rows]) - q[rows]
    result = []
    for k in range(sums.shape[0]):
        result.append(sums[k] + delta[:, k] @ t[rows])
    return torch.stack(result)
