# %% wrong · term · the old contribution is not taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + new.T @ t[rows]

# %% wrong · sign · the old share is added, the new one taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (q[rows] - new).T @ t[rows]

# %% wrong · term · only the old share is taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    return sums - q[rows].T @ t[rows]

# %% wrong · sign · both shares added
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new + q[rows]).T @ t[rows]

# %% wrong · unfinished · returns only the correction
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return (new - q[rows]).T @ t[rows]

# %% wrong · unfinished · returns only the block's new contribution
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return new.T @ t[rows]

# %% wrong · concept · full E-step for all points
def correct_the_sums(sums, q, log_joint, t, rows):
    return log_joint.softmax(1).T @ t

# %% wrong · concept · all other points updated, the rows left alone
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(1)
    new[rows] = q[rows]
    return new.T @ t

# %% wrong · axis · softmax over the points of the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(0)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · axis · softmax over all points, then the rows
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(0)[rows]
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · axis · posterior divided by the total of the block
def correct_the_sums(sums, q, log_joint, t, rows):
    lj = log_joint[rows]
    new = (lj - lj.flatten().logsumexp(0)).exp()
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · joint densities in place of the posterior
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].exp()
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · log joint itself as the new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows]
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · log-posterior as the new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].log_softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · softmax of the densities
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].exp().softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · log joint divided by its sum
def correct_the_sums(sums, q, log_joint, t, rows):
    lj = log_joint[rows]
    new = lj / lj.sum(1, keepdim=True)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · softmax taken twice
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · weights · new guess multiplied by the old and normalised, q as a prior
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (log_joint[rows] + q[rows].log()).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · weights · old guess as an additional factor, not normalised
def correct_the_sums(sums, q, log_joint, t, rows):
    new = q[rows] * log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · hard assignment for the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = one_hot(log_joint[rows].argmax(1), q.shape[1]).to(q)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · half-way step instead of the posterior
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (0.5 * q[rows].log() + 0.5 * log_joint[rows].log_softmax(1)).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · factor · half of the change
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + 0.5 * (new - q[rows]).T @ t[rows]

# %% wrong · arguments · the first rows of t, not those of the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[: len(rows)]

# %% wrong · arguments · the first rows of q
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[: len(rows)]).T @ t[rows]

# %% wrong · arguments · the first rows of the log joint
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[: len(rows)].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · arguments · a block from the first to the last row is taken
def correct_the_sums(sums, q, log_joint, t, rows):
    block = slice(int(rows.min()), int(rows.max()) + 1)
    new = log_joint[block].softmax(1)
    return sums + (new - q[block]).T @ t[block]

# %% wrong · order · rows sorted for t alone
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows.sort().values.flip(0)]

# %% wrong · count · rows counted from one
def correct_the_sums(sums, q, log_joint, t, rows):
    rows = rows - 1
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · count · the last of the rows is skipped
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for n in rows[:-1]:
        out = out + torch.outer(log_joint[n].softmax(0) - q[n], t[n])
    return out

# %% wrong · unfinished · only the first row is corrected, return inside the loop
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for n in rows:
        new = log_joint[n].softmax(0)
        out += torch.outer(new - q[n], t[n])
        return out

# %% wrong · unfinished · each turn starts from the old sums, so only the last row counts
def correct_the_sums(sums, q, log_joint, t, rows):
    for n in rows:
        new = log_joint[n].softmax(0)
        out = sums + torch.outer(new - q[n], t[n])
    return out

# %% wrong · reduction · mean over the block instead of the sum
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows] / len(rows)

# %% wrong · reduction · the whole result divided by n
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return (sums + (new - q[rows]).T @ t[rows]) / len(t)

# %% wrong · factor · correction scaled up from the block to all points
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + len(t) / len(rows) * (new - q[rows]).T @ t[rows]

# %% wrong · concept · block's new sum scaled up as an estimate of all
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return new.T @ t[rows] * (len(t) / len(rows))

# %% wrong · concept · a moving average as in stochastic EM
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    rho = len(rows) / len(t)
    return (1 - rho) * sums + rho * new.T @ t[rows]

# %% wrong · term · old share scaled down evenly instead of taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums * (1 - len(rows) / len(t)) + new.T @ t[rows]

# %% wrong · form · sums changed in place
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    sums += (new - q[rows]).T @ t[rows]
    return sums

# %% wrong · form · guess changed in place before the whole product
def correct_the_sums(sums, q, log_joint, t, rows):
    q[rows] = log_joint[rows].softmax(1)
    return q.T @ t

# %% wrong · form · normalises log_joint in place
def correct_the_sums(sums, q, log_joint, t, rows):
    log_joint -= log_joint.logsumexp(1, keepdim=True)
    return sums + (log_joint[rows].exp() - q[rows]).T @ t[rows]

# %% wrong · form · result transposed
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums.T + t[rows].T @ (new - q[rows])

# %% wrong · form · tuple with the new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    q_new = q.clone()
    q_new[rows] = log_joint[rows].softmax(1)
    return sums + (q_new[rows] - q[rows]).T @ t[rows], q_new

# %% wrong · unfinished · returns the new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    q_new = q.clone()
    q_new[rows] = log_joint[rows].softmax(1)
    return q_new

# %% wrong · unfinished · nothing is corrected, a copy is returned
def correct_the_sums(sums, q, log_joint, t, rows):
    q_new = q.clone()
    q_new[rows] = log_joint[rows].softmax(1)
    return sums.clone()

# %% wrong · term · the block removed and all new posteriors added
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint.softmax(1)
    return sums - q[rows].T @ t[rows] + new.T @ t

# %% wrong · term · whole old contribution added to the sums which hold it
def correct_the_sums(sums, q, log_joint, t, rows):
    q_new = q.clone()
    q_new[rows] = log_joint[rows].softmax(1)
    return sums + q_new.T @ t

# %% wrong · factor · correction applied twice, once for old and once for new
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    change = (new - q[rows]).T @ t[rows]
    return sums + change + change

# %% wrong · weights · statistics not weighted, a count of change times the sum of t
def correct_the_sums(sums, q, log_joint, t, rows):
    change = log_joint[rows].softmax(1) - q[rows]
    return sums + torch.outer(change.sum(0), t[rows].sum(0))

# %% wrong · weights · statistics averaged over the block first
def correct_the_sums(sums, q, log_joint, t, rows):
    change = log_joint[rows].softmax(1) - q[rows]
    return sums + torch.outer(change.sum(0), t[rows].mean(0))

# %% wrong · power · square of the change
def correct_the_sums(sums, q, log_joint, t, rows):
    change = log_joint[rows].softmax(1) - q[rows]
    return sums + (change**2).T @ t[rows]

# %% wrong · numeric · log joint clamped at -5 from below before it is normalised
def correct_the_sums(sums, q, log_joint, t, rows):
    p = log_joint[rows].clamp(min=-5).exp()
    new = p / p.sum(1, keepdim=True)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · numeric · a large eps in the denominator of the posterior
def correct_the_sums(sums, q, log_joint, t, rows):
    p = log_joint[rows].exp()
    new = p / (p.sum(1, keepdim=True) + 1e-2)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · numeric · change clamped at zero, shares can only grow
def correct_the_sums(sums, q, log_joint, t, rows):
    change = (log_joint[rows].softmax(1) - q[rows]).clamp(min=0)
    return sums + change.T @ t[rows]

# %% wrong · sign · absolute change
def correct_the_sums(sums, q, log_joint, t, rows):
    change = (log_joint[rows].softmax(1) - q[rows]).abs()
    return sums + change.T @ t[rows]

# %% wrong · sign · softmax of the negative logarithm
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (-log_joint[rows]).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · log · base 2 in the exponential
def correct_the_sums(sums, q, log_joint, t, rows):
    p = 2 ** log_joint[rows]
    new = p / p.sum(1, keepdim=True)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · q's own softmax as the new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = q[rows].softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · uniform new guess
def correct_the_sums(sums, q, log_joint, t, rows):
    new = torch.full_like(q[rows], 1 / q.shape[1])
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · the sums replaced by their posterior-weighted version of the old
def correct_the_sums(sums, q, log_joint, t, rows):
    ratio = log_joint[rows].softmax(1).sum(0) / q[rows].sum(0)
    return sums * ratio[:, None]

# %% wrong · concept · posterior computed from the product of t and the sums
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (t[rows] @ sums.T).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · concept · weights taken out of the joint before the softmax
def correct_the_sums(sums, q, log_joint, t, rows):
    log_pi = q.mean(0).log()
    new = (log_joint[rows] - log_pi).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · weights · weights put into the joint a second time
def correct_the_sums(sums, q, log_joint, t, rows):
    new = (log_joint[rows] + q.mean(0).log()).softmax(1)
    return sums + (new - q[rows]).T @ t[rows]

# %% wrong · noise · components sampled from the posterior instead of shared
def correct_the_sums(sums, q, log_joint, t, rows):
    k = Categorical(logits=log_joint[rows]).sample()
    return sums + (one_hot(k, q.shape[1]).to(q) - q[rows]).T @ t[rows]

# %% wrong · two · old share kept and the softmax over the points
def correct_the_sums(sums, q, log_joint, t, rows):
    return sums + log_joint[rows].softmax(0).T @ t[rows]

# %% wrong · two · densities not normalised and sums changed in place
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].exp()
    sums += (new - q[rows]).T @ t[rows]
    return sums

# %% wrong · two · sign turned and result divided by n
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return (sums + (q[rows] - new).T @ t[rows]) / len(t)

# %% wrong · two · all points and the old not taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    return sums + log_joint.softmax(1).T @ t

# %% wrong · two · hard guess and mean over the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = one_hot(log_joint[rows].argmax(1), q.shape[1]).to(q)
    return sums + (new - q[rows]).T @ t[rows] / len(rows)

# %% wrong · two · softmax over the points and the mean over the block
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(0)
    return sums + (new - q[rows]).T @ t[rows] / len(rows)

# %% wrong · two · log-posterior as the guess and the old share not taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    return sums + log_joint[rows].log_softmax(1).T @ t[rows]

# %% wrong · two · all points corrected with hard guesses
def correct_the_sums(sums, q, log_joint, t, rows):
    new = one_hot(log_joint.argmax(1), q.shape[1]).to(q)
    return sums + (new - q).T @ t

# %% wrong · raises · no transpose
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q[rows]) @ t[rows]

# %% wrong · raises · the block's posterior minus the whole q
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    return sums + (new - q).T @ t[rows]

# %% right · algebra · new share added and old taken off
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(-1)
    return sums - q[rows].T @ t[rows] + new.T @ t[rows]

# %% right · algebra · whole product from a copied guess
def correct_the_sums(sums, q, log_joint, t, rows):
    q_new = q.clone()
    q_new[rows] = log_joint[rows].softmax(1)
    return q_new.T @ t

# %% right · algebra · logsumexp by hand
def correct_the_sums(sums, q, log_joint, t, rows):
    lj = log_joint[rows]
    r = torch.exp(lj - lj.logsumexp(1, keepdim=True))
    return sums + (r - q[rows]).T @ t[rows]

# %% right · einsum · einsum over the block
def correct_the_sums(sums, q, log_joint, t, rows):
    delta = torch.softmax(log_joint[rows], dim=1) - q[rows]
    return sums + torch.einsum("bk,bp->kp", delta, t[rows])

# %% right · loop · one point after the other
def correct_the_sums(sums, q, log_joint, t, rows):
    out = sums.clone()
    for n in rows.tolist():
        out += torch.outer(log_joint[n].softmax(0) - q[n], t[n])
    return out

# %% right · loop · loop over components
def correct_the_sums(sums, q, log_joint, t, rows):
    new = log_joint[rows].softmax(1)
    lines = []
    for k in range(len(sums)):
        lines.append(sums[k] + ((new[:, k] - q[rows, k])[:, None] * t[rows]).sum(0))
    return torch.stack(lines)

# %% right · numpy · SciPy's softmax and back
def correct_the_sums(sums, q, log_joint, t, rows):
    i = rows.numpy()
    new = special.softmax(log_joint.numpy()[i], axis=1)
    return torch.from_numpy(sums.numpy() + (new - q.numpy()[i]).T @ t.numpy()[i])

# %% right · numpy · arrays returned
def correct_the_sums(sums, q, log_joint, t, rows):
    S, Q, L, T = (np.array(a) for a in (sums, q, log_joint, t))
    i = np.asarray(rows)
    L = L[i] - L[i].max(1, keepdims=True)
    R = np.exp(L) / np.exp(L).sum(1, keepdims=True)
    S += np.einsum("nk,np->kp", R - Q[i], T[i])
    return S

# %% right · distributions · Categorical's probabilities
def correct_the_sums(sums, q, log_joint, t, rows):
    new = Categorical(logits=log_joint[rows]).probs
    return sums.add((new - q[rows]).T @ t[rows])

# %% right · mask · where with a mask of the points
def correct_the_sums(sums, q, log_joint, t, rows):
    mask = torch.zeros(len(q), dtype=torch.bool)
    mask[rows] = True
    q_new = torch.where(mask[:, None], log_joint.softmax(1), q)
    return sums + (q_new - q).T @ t

# %% right · index · index_select and addmm
def correct_the_sums(sums, q, log_joint, t, rows):
    pick = lambda a: a.index_select(0, rows)
    return torch.addmm(sums, (pick(log_joint).softmax(1) - pick(q)).T, pick(t))

# %% right · algebra · softmax of everything, then the rows
def correct_the_sums(sums, q, log_joint, t, rows):
    post = F.softmax(log_joint, dim=1)
    return sums + (post[rows] - q[rows]).mT @ t[rows]

# %% right · torch · works on clones in place
def correct_the_sums(sums, q, log_joint, t, rows):
    result = sums.clone()
    result -= q[rows].T @ t[rows]
    result += log_joint[rows].softmax(1).T @ t[rows]
    return result

# %% right · torch · index_copy out of place
def correct_the_sums(sums, q, log_joint, t, rows):
    q2 = q.index_copy(0, rows, log_joint[rows].softmax(1))
    return sums + torch.tensordot(q2 - q, t, dims=([0], [0]))

# %% right · helper · helper function for a block's contribution
def contribution(guess, t):
    return (guess[:, :, None] * t[:, None, :]).sum(0)

def correct_the_sums(sums, q, log_joint, t, rows):
    before = contribution(q[rows], t[rows])
    after = contribution(log_joint[rows].softmax(1), t[rows])
    return sums - before + after

# %% right · stabiliser · tiny eps in the normalisation
def correct_the_sums(sums, q, log_joint, t, rows):
    lj = log_joint[rows]
    p = (lj - lj.max(1, keepdim=True).values).exp()
    new = p / (p.sum(1, keepdim=True) + 1e-12)
    return sums + (new - q[rows]).T @ t[rows]
