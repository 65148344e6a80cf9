# %% wrong · unfinished · as given
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return z + strength * a

# %% wrong · unfinished · direction repaired but everybody moves
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * a

# %% wrong · unfinished · only those without move but the direction is as given
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · unfinished · truth values for the first mean only
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[~k].mean(0)
    return z + (1 - k)[:, None] * strength * a

# %% wrong · unfinished · truth values for the second mean only
def grant(z, k, strength):
    a = z[k].mean(0) - z[k == 0].mean(0)
    return z + (1 - k)[:, None] * strength * a

# %% wrong · arguments · 1 - k as the index in place of a comparison
def grant(z, k, strength):
    a = z[k].mean(0) - z[1 - k].mean(0)
    return z + strength * a

# %% wrong · arguments · 1 - k as an index and only those without moved
def grant(z, k, strength):
    a = z[k].mean(0) - z[1 - k].mean(0)
    return z + strength * (k == 0)[:, None] * a

# %% wrong · arguments · those who have it are moved
def grant(z, k, strength):
    has = k.bool()
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * k[:, None] * a

# %% wrong · sign · direction from those with to those without
def grant(z, k, strength):
    has = k == 1
    a = z[~has].mean(0) - z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · sign · step subtracted
def grant(z, k, strength):
    has = k > 0
    a = z[has].mean(0) - z[~has].mean(0)
    return z - strength * (~has)[:, None] * a

# %% wrong · arguments · has and lacks exchanged throughout
def grant(z, k, strength):
    has = k == 0
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · arguments · who has it is moved against the direction
def grant(z, k, strength):
    has = k.bool()
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * torch.where(has, -1.0, 1.0)[:, None] * a

# %% wrong · unfinished · strength is not used
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + a)

# %% wrong · factor · strength enters twice
def grant(z, k, strength):
    has = k == 1
    a = strength * (z[has].mean(0) - z[~has].mean(0))
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · term · the codes are not kept, only the step returned
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return strength * (~has).double()[:, None] * a

# %% wrong · term · those who have it get zeros
def grant(z, k, strength):
    lacks = (k == 0).double()[:, None]
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return lacks * (z + strength * a)

# %% wrong · form · only those without are returned
def grant(z, k, strength):
    lacking, having = z[k == 0], z[k == 1]
    a = having.mean(0) - lacking.mean(0)
    return lacking + strength * a

# %% wrong · order · those with and those without put one after the other
def grant(z, k, strength):
    lacking, having = z[k == 0], z[k == 1]
    a = having.mean(0) - lacking.mean(0)
    return torch.cat([having, lacking + strength * a])

# %% wrong · order · moved ones first
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.cat([z[~has] + strength * a, z[has]], dim=0)

# %% wrong · form · a pair of two tables
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z[has], z[~has] + strength * a

# %% wrong · reduction · sums instead of means
def grant(z, k, strength):
    has = k == 1
    a = z[has].sum(0) - z[~has].sum(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · count · both sums divided by n
def grant(z, k, strength):
    w = k.double()[:, None]
    a = (w * z).mean(0) - ((1 - w) * z).mean(0)
    return z + strength * (1 - w) * a

# %% wrong · axis · one mean over all dimensions
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean() - z[~has].mean()
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · covariance without the variance of k
def grant(z, k, strength):
    y = k.double()
    a = ((y - y.mean())[:, None] * z).mean(0)
    return z + strength * (1 - y)[:, None] * a

# %% wrong · spread · covariance divided by the standard deviation of k
def grant(z, k, strength):
    y = k.double()
    a = ((y - y.mean())[:, None] * z).mean(0) / y.std(correction=0)
    return z + strength * (1 - y)[:, None] * a

# %% wrong · count · covariance with n and variance with n - 1
def grant(z, k, strength):
    y = k.double()
    a = ((y - y.mean())[:, None] * (z - z.mean(0))).mean(0) / y.var()
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · concept · mean with minus mean of all
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z.mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · mean of all minus mean without
def grant(z, k, strength):
    has = k == 1
    a = z.mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · term · mean of those without is not subtracted
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · direction brought to length 1
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    a = a / a.norm()
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · spread · direction divided by the spread of the codes
def grant(z, k, strength):
    has = k == 1
    a = (z[has].mean(0) - z[~has].mean(0)) / z.std(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · each one moves towards the mean of those with
def grant(z, k, strength):
    has = k == 1
    goal = z[has].mean(0)
    return torch.where(has[:, None], z, z + strength * (goal - z))

# %% wrong · concept · those without are replaced by the mean of those with
def grant(z, k, strength):
    has = k == 1
    out = z.clone()
    out[~has] = strength * z[has].mean(0)
    return out

# %% wrong · concept · those without start from their mean and lose what is their own
def grant(z, k, strength):
    has = k == 1
    m0, m1 = z[~has].mean(0), z[has].mean(0)
    return torch.where(has[:, None], z, m0 + strength * (m1 - m0))

# %% wrong · concept · weighted mean of the code and the other group's mean
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, (1 - strength) * z + strength * a)

# %% wrong · concept · medians in place of means
def grant(z, k, strength):
    has = k == 1
    a = z[has].median(0).values - z[~has].median(0).values
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · factor · half of the way for each side
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + 0.5 * strength * torch.where(has, -1.0, 1.0)[:, None] * a

# %% wrong · numeric · k is below 0 for nobody so a mean of nothing is taken
def grant(z, k, strength):
    a = z[k > 0].mean(0) - z[k < 0].mean(0)
    return torch.where((k > 0)[:, None], z, z + strength * a)

# %% wrong · count · everyone counts as having it since 0 passes
def grant(z, k, strength):
    has = k >= 0
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · arguments · tilde on the row numbers counts from the end
def grant(z, k, strength):
    rows = k.nonzero().flatten()
    a = z[rows].mean(0) - z[~rows].mean(0)
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · arguments · tilde on whole numbers as the mask of the step
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * (~k)[:, None] * a

# %% wrong · form · one axis too many from nonzero
def grant(z, k, strength):
    yes, no = (k == 1).nonzero(), (k == 0).nonzero()
    a = z[yes].mean(0) - z[no].mean(0)
    return (z + strength * a)[no]

# %% wrong · form · the given z is changed in place and returned
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    z[~has] += strength * a
    return z

# %% wrong · count · loop moves each of those without before the mean is taken anew
def grant(z, k, strength):
    out = z.clone()
    for i in range(len(z)):
        if k[i] == 0:
            a = out[k == 1].mean(0) - out[k == 0].mean(0)
            out[i] += strength * a
    return out

# %% wrong · unfinished · loop stops after the first without
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    out = z.clone()
    for i in range(len(z)):
        if not has[i]:
            out[i] = z[i] + strength * a
            break
    return out

# %% wrong · count · loop leaves out the last row
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    out = z.clone()
    for i in range(len(z) - 1):
        if k[i] == 0:
            out[i] += strength * a
    return out

# %% wrong · form · whole-number table for the result
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    out = torch.zeros(z.shape, dtype=torch.long)
    out[has] = z[has].long()
    out[~has] = (z[~has] + strength * a).long()
    return out

# %% wrong · numeric · strength cut to whole numbers
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    step = (1 - k) * int(strength)
    return z + step[:, None] * a

# %% wrong · numeric · strength held between 0 and 1
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    s = min(max(strength, 0.0), 1.0)
    return torch.where(has[:, None], z, z + s * a)

# %% wrong · concept · direction of a linear discriminant
def grant(z, k, strength):
    has = k == 1
    a = torch.linalg.solve(torch.cov(z.T), z[has].mean(0) - z[~has].mean(0))
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · correlation of each dimension with the trait as the direction
def grant(z, k, strength):
    a = torch.corrcoef(torch.cat([z, k[:, None].to(z)], 1).T)[-1, :-1]
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · concept · first of those with minus first of those without
def grant(z, k, strength):
    has = k == 1
    a = z[has][0] - z[~has][0]
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · broadcast · the step is scaled by the share of those without
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + strength * (1 - k.double().mean()) * a

# %% wrong · sign · absolute value of the direction
def grant(z, k, strength):
    has = k == 1
    a = (z[has].mean(0) - z[~has].mean(0)).abs()
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · power · strength as an exponent of the step
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + a.abs() ** strength * a.sign())

# %% wrong · noise · a bit of noise is added so that not all move alike
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a + 0.1 * torch.randn_like(z))

# %% wrong · factor · strength multiplies the code too
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, strength * (z + a))

# %% wrong · reduction · differences of all pairs summed without dividing by one of the groups
def grant(z, k, strength):
    yes, no = z[k == 1], z[k == 0]
    a = (yes[:, None] - no[None]).sum(0).mean(0)
    return torch.where((k == 1)[:, None], z, z + strength * a)

# %% wrong · term · two codes of the group without the own one added
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has[:, None], z, z + z + strength * a)

# %% wrong · sign · means are added
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) + z[~has].mean(0)
    return torch.where(has[:, None], z, z + strength * a)

# %% wrong · concept · only the dimension with the largest difference is moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    only = torch.zeros_like(a)
    only[a.abs().argmax()] = a[a.abs().argmax()]
    return torch.where(has.unsqueeze(1), z, z + strength * only)

# %% wrong · raises · column of truth values forgotten in where
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return torch.where(has, z, z + strength * a)

# %% wrong · raises · mask times direction without a column
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return z + strength * (1 - k) * a

# %% wrong · raises · truth of a whole tensor asked
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    if k == 1:
        return z
    return z + strength * a

# %% wrong · two · direction reversed and everybody moves
def grant(z, k, strength):
    has = k == 1
    a = z[~has].mean(0) - z[has].mean(0)
    return z + strength * a

# %% wrong · two · sums and those with it moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].sum(0) - z[~has].sum(0)
    return z + strength * has[:, None] * a

# %% wrong · two · no strength and everybody moves
def grant(z, k, strength):
    lacks = k == 0
    a = z[~lacks].mean(0) - z[lacks].mean(0)
    return z + a

# %% wrong · two · direction as given and those with it moved
def grant(z, k, strength):
    a = z[k].mean(0) - z[~k].mean(0)
    return z + strength * k[:, None] * a

# %% wrong · two · direction from 1 - k and those with it moved
def grant(z, k, strength):
    a = z[k].mean(0) - z[1 - k].mean(0)
    return torch.where((k == 0)[:, None], z, z + strength * a)

# %% wrong · two · only those without are returned and the direction is reversed
def grant(z, k, strength):
    lacking = z[k == 0]
    a = lacking.mean(0) - z[k == 1].mean(0)
    return lacking + strength * a

# %% wrong · two · covariance alone and everybody moves
def grant(z, k, strength):
    y = k - k.double().mean()
    a = (y[:, None] * z).mean(0)
    return z + strength * a

# %% wrong · two · strength not used and those with it moved
def grant(z, k, strength):
    has = k == 1
    a = z[has].mean(0) - z[~has].mean(0)
    return z + has[:, None] * a

# %% wrong · two · one mean over all dimensions and everybody moves
def grant(z, k, strength):
    has = k.bool()
    a = z[has].mean() - z[~has].mean()
    return z + strength * a

# %% right · form · column of ones and zeros
def grant(z, k, strength):
    a = z[k == 1].mean(0) - z[k == 0].mean(0)
    return z + strength * (1 - k)[:, None] * a

# %% right · form · a copy changed in place
def grant(z, k, strength):
    has = k.bool()
    a = z[has].mean(0) - z[~has].mean(0)
    out = z.clone()
    out[~has] += strength * a
    return out

# %% right · concept · covariance over variance
def grant(z, k, strength):
    y = k.to(z.dtype)
    a = ((y - y.mean())[:, None] * z).mean(0) / y.var(correction=0)
    return z + strength * (1 - y)[:, None] * a

# %% right · concept · least squares with an intercept
def grant(z, k, strength):
    y = k.to(z)
    X = torch.stack([torch.ones_like(y), y], 1)
    a = torch.linalg.lstsq(X, z).solution[1]
    return torch.where(k[:, None] > 0, z, z + strength * a)

# %% right · form · outer product
def grant(z, k, strength):
    w = k.to(z)
    a = (w @ z) / w.sum() - ((1 - w) @ z) / (1 - w).sum()
    return z + strength * torch.outer(1 - w, a)

# %% right · form · loop over rows
def grant(z, k, strength):
    yes = torch.stack([row for row, has in zip(z, k) if has]).mean(0)
    no = torch.stack([row for row, has in zip(z, k) if not has]).mean(0)
    return torch.stack([row if has else row + strength * (yes - no) for row, has in zip(z, k)])

# %% right · form · NumPy
def grant(z, k, strength):
    Z, has = z.numpy(), k.numpy().astype(bool)
    a = Z[has].mean(axis=0) - Z[~has].mean(axis=0)
    return torch.from_numpy(np.where(has[:, None], Z, Z + strength * a))

# %% right · form · one-hot weights
def grant(z, k, strength):
    hot = one_hot(k, 2).to(z)
    m = (hot / hot.sum(0)).T @ z
    return z + strength * hot[:, :1] * (m[1] - m[0])

# %% right · form · row numbers by nonzero
def grant(z, k, strength):
    yes, no = torch.nonzero(k == 1)[:, 0], torch.nonzero(k == 0)[:, 0]
    a = z[yes].mean(0) - z[no].mean(0)
    return z.index_add(0, no, (strength * a).expand(len(no), -1))

# %% right · concept · everybody is moved and those with it are set back
def grant(z, k, strength):
    has = k == 1
    moved = z + strength * (z[has].mean(0) - z[~has].mean(0))
    moved[has] = z[has]
    return moved

# %% right · concept · weighted place between the two means plus the deviation
def grant(z, k, strength):
    yes, no = z[k == 1].mean(0), z[k != 1].mean(0)
    goal = (1 - strength) * no + strength * yes
    return torch.where((k == 1).unsqueeze(-1), z, z - no + goal)

# %% right · form · einsum
def grant(z, k, strength):
    w = k.double()
    signs = w / w.sum() - (1 - w) / (1 - w).sum()
    return z + strength * torch.einsum("n,m,md->nd", 1 - w, signs, z)

# %% right · form · masked_fill of the step
def grant(z, k, strength):
    has = k != 0
    a = z[has].mean(0) - z[torch.logical_not(has)].mean(0)
    step = (strength * a).repeat(len(z), 1).masked_fill(has[:, None], 0.0)
    return z + step

# %% right · concept · mean of all differences between pairs
def grant(z, k, strength):
    yes, no = z[k == 1], z[k == 0]
    a = (yes[:, None] - no[None, :]).mean((0, 1))
    return torch.where((k == 0)[:, None], z + strength * a, z)

# %% right · numeric · float32 inside and cast back
def grant(z, k, strength):
    f = z.float()
    has = (k > 0.5)
    a = f[has].mean(0) - f[~has].mean(0)
    return (f + strength * (~has).float()[:, None] * a).to(z.dtype)

# %% right · concept · from the mean of all with the share of those without
def grant(z, k, strength):
    has = k == 1
    share = k.double().mean()
    a = (z[has].mean(0) - z.mean(0)) / (1 - share)
    return torch.where(has[:, None], z, z + strength * a)
