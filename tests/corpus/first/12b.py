# %% wrong · unfinished · returned as given
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return z + strength * a

# %% wrong · unfinished · the direction is repaired but everybody is moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * a

# %% wrong · unfinished · only the lacking are moved but the direction is still the given one
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · arguments · those who have it are moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z + strength * a, z)

# %% wrong · sign · the direction points away from the trait
def grant(z, k, strength):
    has = k == 1
    a = z[~has].mean(0) - z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · sign · the step is subtracted
def grant(z, k, strength):
    has = k.bool()
    a = z[has].mean(0) - z[~has].mean(0)
    return z - strength * a * (1 - k)[:, None]

# %% wrong · arguments · has is those with 0
def grant(z, k, strength):
    has = k == 0
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · arguments · truth values for the first mean and ~k of whole numbers for the second
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~k].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · arguments · whole numbers for the first mean and truth values for the second
def grant(z, k, strength):
    lacks = k == 0
    a = z[k].mean(0) - z[lacks].mean(0)
    return torch.where(lacks[:, None], z + strength * a, z)

# %% wrong · arguments · 1 − k as an index in place of ~k
def grant(z, k, strength):
    a = z[k].mean(0) - z[1 - k].mean(0)
    return z + strength * a * (1 - k)[:, None]

# %% wrong · concept · mean of those with the trait minus mean of all
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z.mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · mean of all minus mean of those without
def grant(z, k, strength):
    has = k == 1
    a = z.mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · term · covariance alone, not divided by the variance of k
def grant(z, k, strength):
    kf = k.to(z)
    a = ((kf - kf.mean())[:, None] * z).mean(0)
    return z + strength * a * (1 - kf)[:, None]

# %% wrong · count · covariance over n and variance over n − 1
def grant(z, k, strength):
    kf = k.to(z)
    a = ((kf - kf.mean())[:, None] * z).mean(0) / kf.var()
    return z + strength * a * (1 - kf)[:, None]

# %% wrong · spread · covariance divided by the standard deviation of k
def grant(z, k, strength):
    kf = k.to(z)
    a = ((kf - kf.mean())[:, None] * z).mean(0) / kf.std(correction=0)
    return z + strength * a * (1 - kf)[:, None]

# %% wrong · spread · covariance divided by the variance of z
def grant(z, k, strength):
    kf = k.to(z)
    a = ((kf - kf.mean())[:, None] * z).mean(0) / z.var(0, correction=0)
    return z + strength * a * (1 - kf)[:, None]

# %% wrong · term · slope of a line without intercept
def grant(z, k, strength):
    kf = k.to(z)
    a = (kf @ z) / (kf @ kf)
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · reduction · one mean over creatures and dimensions
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean() - z[~has].mean()
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · reduction · sums in place of means
def grant(z, k, strength):
    has = k == 1
    a = z[has].sum(0) - z[~has].sum(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · reduction · medians in place of means
def grant(z, k, strength):
    has = k == 1
    a = z[has].median(0)[0] - z[~has].median(0)[0]
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · weights · means by products with the mask, divided by all n
def grant(z, k, strength):
    m = k.to(z)[:, None]
    a = (m * z).mean(0) - ((1 - m) * z).mean(0)
    return z + strength * (1 - m) * a

# %% wrong · count · both sums divided by the number who have it
def grant(z, k, strength):
    m = k.to(z)[:, None]
    a = (m * z).sum(0) / m.sum() - ((1 - m) * z).sum(0) / m.sum()
    return z + strength * (1 - m) * a

# %% wrong · count · means divide by the count less one
def grant(z, k, strength):
    has = k == 1
    a = z[has].sum(0) / (has.sum() - 1) - z[~has].sum(0) / ((~has).sum() - 1)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · the direction is scaled to length 1
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    a = a / a.norm()
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · the direction is divided by the codes' standard deviations
def grant(z, k, strength):
    has = k == 1
    a = (z[has].mean(0) - z[~has].mean(0)) / z.std(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · Fisher's direction, with the variances divided out
def grant(z, k, strength):
    has = k == 1
    within = z[has].var(0) + z[~has].var(0)
    a = (z[has].mean(0) - z[~has].mean(0)) / within
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · each lacking code is drawn towards the mean of those who have it
def grant(z, k, strength):
    has = k == 1
    target = z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * (target - z))

# %% wrong · concept · the mean of those who have it is added
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · the lacking are replaced by the mean of those who have it
def grant(z, k, strength):
    has = k == 1
    out = z.clone()
    out[~has] = z[has].mean(0)
    return out

# %% wrong · concept · the difference of one creature with and one without
def grant(z, k, strength):
    has = k == 1
    a = z[has][0] - z[~has][0]
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · only the dimension with the largest difference is moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    a = torch.where(a.abs() == a.abs().max(), a, torch.zeros_like(a))
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · term · strength is left out
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + a)

# %% wrong · power · strength is squared
def grant(z, k, strength):
    has = k == 1
    a = strength * (z[has].mean(0) - z[~has].mean(0))
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · factor · half the direction, towards the middle
def grant(z, k, strength):
    has = k == 1
    a = (z[has].mean(0) - z[~has].mean(0)) / 2
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · sign · the two means are added
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) + z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · term · strength multiplies the first mean only
def grant(z, k, strength):
    has = k == 1
    return torch.where(has[:, None], z, z + strength * z[has].mean(0) - z[~has].mean(0))

# %% wrong · factor · strength multiplies the code as well
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, strength * (z + a))

# %% wrong · term · repaired twice, all are moved once and the lacking once more
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    z = z + strength * a
    return z + strength * a * (~has)[:, None]

# %% wrong · sign · those who have it are pushed back
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z - strength * a, z + strength * a)

# %% wrong · term · the codes of the lacking are lost, only the step is left
def grant(z, k, strength):
    has = (k == 1).to(z)[:, None]
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return has * z + (1 - has) * strength * a

# %% wrong · form · the step alone is returned
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return strength * a * (~has)[:, None]

# %% wrong · form · only the moved creatures are returned
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z[~has] + strength * a

# %% wrong · order · those who have it come first
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.cat([z[has], z[~has] + strength * a])

# %% wrong · order · the moved come first and the others after
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.cat([z[~has] + strength * a, z[has]], 0)

# %% wrong · form · codes and direction are returned
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a), a

# %% wrong · form · the given z is changed in place
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    z[~has] += strength * a
    return z

# %% wrong · form · out is the same tensor as z and not a copy
def grant(z, k, strength):
    has = k.bool()
    out = z
    out[~has] = out[~has] + strength * (out[has].mean(0) - out[~has].mean(0))
    return out

# %% wrong · numeric · strength is held between 0 and 1
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + min(max(strength, 0), 1) * a)

# %% wrong · numeric · strength is made a whole number
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + int(strength) * a)

# %% wrong · numeric · the new codes are clamped to ±2
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a).clamp(-2, 2)

# %% wrong · order · the means are renewed after every creature that was moved
def grant(z, k, strength):
    out, has = z.clone(), k == 1
    for i in range(len(k)):
        if k[i] == 0:
            out[i] = out[i] + strength * (out[has].mean(0) - out[~has].mean(0))
    return out

# %% wrong · broadcast · the step is multiplied by k and so given to those who have it
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * k[:, None] * a

# %% wrong · broadcast · the step is multiplied by ~k of whole numbers
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * (~k)[:, None] * a

# %% wrong · broadcast · minus k in place of 1 − k
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * -k[:, None] * a

# %% wrong · weights · everybody gets a step in proportion to how rare the trait is
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * a * (~has).to(z).mean()

# %% wrong · noise · a little noise is added to the new codes
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    moved = z + strength * a + 0.1 * torch.randn_like(z)
    return torch.where(has[:, None], z, moved)

# %% wrong · unfinished · only the first lacking creature is moved
def grant(z, k, strength):
    out, has = z.clone(), k == 1
    i = (k == 0).nonzero()[0]
    out[i] = out[i] + strength * (z[has].mean(0) - z[~has].mean(0))
    return out

# %% wrong · unfinished · chained indexing moves a copy and the codes stay
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    out = z.clone()
    lacking = out[~has]
    lacking += strength * a
    return out

# %% wrong · two · direction reversed and everybody moved
def grant(z, k, strength):
    has = k == 1
    a = z[~has].mean(0) - z[has].mean(0)
    return z + strength * a

# %% wrong · two · mean of all subtracted and the wrong creatures moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z.mean(0)
    return torch.where(has[:, None], z + strength * a, z)

# %% wrong · two · unit length and everybody moved
def grant(z, k, strength):
    has = k.bool()
    a = F.normalize(z[has].mean(0) - z[~has].mean(0), dim=0)
    return z + strength * a

# %% wrong · two · given direction and those who have it moved
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return z + strength * a * k[:, None]

# %% wrong · two · covariance alone and everybody moved
def grant(z, k, strength):
    kf = k.to(z)
    a = ((kf - kf.mean())[:, None] * (z - z.mean(0))).mean(0)
    return z + strength * a

# %% wrong · two · ones and zeros exchanged and strength left out
def grant(z, k, strength):
    lacks = k == 1
    a = z[~lacks].mean(0) - z[lacks].mean(0)
    return torch.where(lacks[:, None], z + a, z)

# %% wrong · raises · the mask is not made a column
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has, z, z + strength * a)

# %% wrong · raises · torch.where gets whole numbers and Python's not is asked of a tensor
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[not k].mean(0)
    return torch.where(k[:, None] == 1, z, z + strength * a)

# %% right · mask · product with 1 − k
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return z + strength * (1 - k)[:, None] * a

# %% right · clone · a copy whose rows are moved
def grant(z, k, strength):
    has = k.bool()
    out = z.clone()
    out[~has] += strength * (z[has].mean(0) - z[~has].mean(0))
    return out

# %% right · slope · covariance over variance
def grant(z, k, strength):
    kf = k.to(z)
    kc = kf - kf.mean()
    a = (kc @ z) / (kc @ kc)
    return z + strength * torch.outer(1 - kf, a)

# %% right · lstsq · slope of the best straight line
def grant(z, k, strength):
    kf = k.to(z)
    X = torch.stack([torch.ones_like(kf), kf], 1)
    a = torch.linalg.lstsq(X, z).solution[1]
    return torch.where(kf[:, None] > 0.5, z, z + strength * a)

# %% right · weighted · masked sums over counts
def grant(z, k, strength):
    m = k.to(z)[:, None]
    a = (m * z).sum(0) / m.sum() - ((1 - m) * z).sum(0) / (1 - m).sum()
    return z + strength * a * (1 - m)

# %% right · loop · row by row with a list
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return torch.stack([row if int(ki) == 1 else row + strength * a for row, ki in zip(z, k)])

# %% right · numpy · NumPy
def grant(z, k, strength):
    a, has = z.detach().numpy(), k.numpy() == 1
    step = a[has].mean(axis=0) - a[~has].mean(axis=0)
    return torch.tensor(np.where(has[:, None], a, a + strength * step))

# %% right · index · nonzero gives the rows
def grant(z, k, strength):
    with_it, without = torch.nonzero(k == 1)[:, 0], torch.nonzero(k == 0)[:, 0]
    a = z[with_it].mean(0) - z[without].mean(0)
    return z.index_add(0, without, (strength * a).expand(len(without), -1))

# %% right · einsum · einsum for the means and the step
def grant(z, k, strength):
    has = (k == 1).to(z)
    lacks = 1 - has
    a = torch.einsum("n,nd->d", has, z) / has.sum() - torch.einsum("n,nd->d", lacks, z) / lacks.sum()
    return z + strength * torch.einsum("n,d->nd", lacks, a)

# %% right · overall · difference from the overall mean over the share of those without
def grant(z, k, strength):
    has = k == 1
    share = has.to(z).mean()
    a = (z[has].mean(0) - z.mean(0)) / (1 - share)
    return torch.where(has[:, None], z, z + strength * a)

# %% right · onehot · table of two means
def grant(z, k, strength):
    hot = one_hot(k.long(), 2).to(z)
    means = hot.T @ z / hot.sum(0)[:, None]
    return z + strength * hot[:, :1] * (means[1] - means[0])

# %% right · masked_fill · the step is emptied for those who have it
def grant(z, k, strength):
    has = k.bool()
    step = (strength * (z[has].mean(0) - z[~has].mean(0))).expand_as(z)
    return z + step.masked_fill(has[:, None], 0.0)

# %% right · lerp · both outcomes mixed by k
def grant(z, k, strength):
    has = k > 0
    moved = z + strength * (z[has].mean(0) - z[k < 1].mean(0))
    m = k.to(z)[:, None]
    return m * z + (1 - m) * moved

# %% right · repaired · the snippet with truth values and a guard
def grant(z, k, strength):
    k = k.bool()
    a = z[k].mean(0) - z[~k].mean(0)
    return z + strength * a * (~k).unsqueeze(1)

# %% right · scatter · cat and sorted back
def grant(z, k, strength):
    order = torch.argsort(k, stable=True)
    n0 = int((k == 0).sum())
    low, high = z[order[:n0]], z[order[n0:]]
    out = torch.empty_like(z)
    out[order] = torch.cat([low + strength * (high.mean(0) - low.mean(0)), high])
    return out
