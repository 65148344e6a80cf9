# %% wrong · power · the root of the signal factor is forgotten
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept, 1 - kept

# %% wrong · power · a without the root and b² from its square
def jump(c):
    a = torch.cumprod(1 - c, 1)
    return a, 1 - a**2

# %% wrong · spread · the standard deviation b in place of b²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), (1 - kept).sqrt()

# %% wrong · spread · a² and b² are returned
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), 1)
    return a**2, 1 - a**2

# %% wrong · power · b is 1 − a and then squared
def jump(c):
    a = torch.cumprod(1 - c, 1).sqrt()
    return a, (1 - a) ** 2

# %% wrong · power · the variance is 1 − a
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    return a, 1 - a

# %% wrong · axis · product over the chains and not over time
def jump(c):
    kept = torch.cumprod(1 - c, 0)
    return kept.sqrt(), 1 - kept

# %% wrong · reduction · only the last step, by a plain product
def jump(c):
    kept = torch.prod(1 - c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · unfinished · the factors of each single step, no product
def jump(c):
    return torch.sqrt(1 - c), c

# %% wrong · concept · the signal is accumulated but the noise is that of the last step
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), c

# %% wrong · concept · the noise variances are simply added up
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), torch.cumsum(c, 1)

# %% wrong · concept · the noise variances are multiplied
def jump(c):
    return torch.cumprod(1 - c, 1).sqrt(), torch.cumprod(c, 1)

# %% wrong · concept · sum in place of product for what is kept
def jump(c):
    kept = 1 - torch.cumsum(c, 1)
    return kept.clamp(min=0).sqrt(), 1 - kept

# %% wrong · order · b² first and a second
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return 1 - kept, kept.sqrt()

# %% wrong · count · starts at t = 0 with a factor of 1 and drops the last
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    kept = torch.cat([torch.ones_like(kept[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), 1 - kept

# %% wrong · count · t = 0 is returned as well
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    kept = torch.cat([torch.ones_like(kept[:, :1]), kept], 1)
    return kept.sqrt(), 1 - kept

# %% wrong · count · the first step is left out of the product
def jump(c):
    step = 1 - c
    step = torch.cat([torch.ones_like(step[:, :1]), step[:, 1:]], 1)
    kept = step.cumprod(1)
    return kept.sqrt(), 1 - kept

# %% wrong · count · the loop starts with t = 2 and appends T − 1 columns
def jump(c):
    kept, out = 1 - c[:, 0], []
    for t in range(1, c.shape[1]):
        kept = kept * (1 - c[:, t])
        out.append(kept)
    kept = torch.stack(out, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · order · time runs backwards
def jump(c):
    kept = torch.cumprod((1 - c).flip(1), 1).flip(1)
    return kept.sqrt(), 1 - kept

# %% wrong · order · the reversed product is not turned back
def jump(c):
    kept = torch.cumprod((1 - c).flip(1), 1)
    return kept.sqrt(), 1 - kept

# %% wrong · arguments · c and 1 − c exchanged
def jump(c):
    kept = torch.cumprod(c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · arguments · the share of noise and of signal exchanged in the result
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return (1 - kept).sqrt(), kept

# %% wrong · sign · 1 + c in the product
def jump(c):
    grown = torch.cumprod(1 + c, 1)
    return 1 / grown.sqrt(), 1 - 1 / grown

# %% wrong · spread · c is taken for a standard deviation
def jump(c):
    kept = torch.cumprod(1 - c**2, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · spread · the signal is shrunk by 1 − √c
def jump(c):
    a = torch.cumprod(1 - c.sqrt(), 1)
    return a, 1 - a**2

# %% wrong · power · the root is taken of each factor and of the product
def jump(c):
    kept = torch.cumprod(torch.sqrt(1 - c), 1)
    return kept.sqrt(), 1 - kept

# %% wrong · power · rooted factors taken for the kept variance in b² only
def jump(c):
    a = torch.sqrt(1 - c).cumprod(1)
    return a, 1 - a.sqrt()

# %% wrong · log · the logs are summed but not exponentiated
def jump(c):
    log_kept = torch.log(1 - c).cumsum(1)
    return 0.5 * log_kept, torch.log1p(-log_kept.exp())

# %% wrong · factor · the ½ of the root stands outside the exponential
def jump(c):
    log_kept = torch.log1p(-c).cumsum(1)
    return 0.5 * log_kept.exp(), 1 - log_kept.exp()

# %% wrong · concept · continuous-time formula exp(−½ Σ c)
def jump(c):
    total = c.cumsum(1)
    return torch.exp(-0.5 * total), 1 - torch.exp(-total)

# %% wrong · reduction · the mean factor raised to the power t
def jump(c):
    t = torch.arange(1, c.shape[1] + 1)
    kept = (1 - c).mean(1, keepdim=True) ** t
    return kept.sqrt(), 1 - kept

# %% wrong · concept · the factor of the present step is raised to the power t
def jump(c):
    t = torch.arange(1, c.shape[1] + 1)
    kept = (1 - c) ** t
    return kept.sqrt(), 1 - kept

# %% wrong · concept · the schedule of the lesson in place of c
def jump(c):
    k, T = c.shape
    t = torch.arange(1, T + 1).to(c)
    ratio = 10 ** (2 * (t - 1) / (T - 1) - 1)
    a = (1 / torch.sqrt(1 + ratio**2)).expand(k, T)
    return a, 1 - a**2

# %% wrong · term · the old noise is not shrunk
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    b2, out = torch.zeros_like(c[:, 0]), []
    for t in range(c.shape[1]):
        b2 = b2 + c[:, t]
        out.append(b2)
    return a, torch.stack(out, 1)

# %% wrong · power · the old noise variance is shrunk by the root of 1 − c
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    b2, out = torch.zeros_like(c[:, 0]), []
    for t in range(c.shape[1]):
        b2 = (1 - c[:, t]).sqrt() * b2 + c[:, t]
        out.append(b2)
    return a, torch.stack(out, 1)

# %% wrong · power · the old noise variance is shrunk by (1 − c)²
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    b2, out = torch.zeros_like(c[:, 0]), []
    for col in c.T:
        b2 = (1 - col) ** 2 * b2 + col
        out.append(b2)
    return a, torch.stack(out, 1)

# %% wrong · spread · standard deviations are added along the chain
def jump(c):
    a, b = torch.ones_like(c[:, 0]), torch.zeros_like(c[:, 0])
    aa, bb = [], []
    for t in range(c.shape[1]):
        a = (1 - c[:, t]).sqrt() * a
        b = (1 - c[:, t]).sqrt() * b + c[:, t].sqrt()
        aa.append(a), bb.append(b**2)
    return torch.stack(aa, 1), torch.stack(bb, 1)

# %% wrong · term · the first noise starts at 1 as if z₀ were noise
def jump(c):
    a, b2 = torch.ones_like(c[:, 0]), torch.ones_like(c[:, 0])
    aa, bb = [], []
    for t in range(c.shape[1]):
        a, b2 = (1 - c[:, t]).sqrt() * a, (1 - c[:, t]) * b2 + c[:, t]
        aa.append(a), bb.append(b2)
    return torch.stack(aa, 1), torch.stack(bb, 1)

# %% wrong · term · all noise is shrunk by the factors of all steps, its own included
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), torch.cumsum(kept * c, 1)

# %% wrong · concept · each noise counts with the signal kept before its step
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    before = torch.cat([torch.ones_like(kept[:, :1]), kept[:, :-1]], 1)
    return before.sqrt(), torch.cumsum(before * c, 1)

# %% wrong · concept · the variance of the step back, formula 9.6
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    before = torch.cat([torch.ones_like(kept[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), c * (1 - before) / (1 - kept)

# %% wrong · concept · the signal-to-noise ratio in place of b²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), kept / (1 - kept)

# %% wrong · concept · the ratio of noise to signal in place of b²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), (1 - kept) / kept

# %% wrong · concept · c read as 1 − a_t² / a_{t−1}² of scales, the ratio b over a returned
def jump(c):
    a = torch.cumprod(1 - c, 1).sqrt()
    return a, (1 - a**2).sqrt() / a

# %% wrong · form · a stacked tensor in place of a pair
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return torch.stack([kept.sqrt(), 1 - kept])

# %% wrong · form · transposed, steps in rows
def jump(c):
    kept = torch.cumprod(1 - c, 1).T
    return kept.sqrt(), 1 - kept

# %% wrong · form · only a is returned
def jump(c):
    return torch.cumprod(1 - c, 1).sqrt()

# %% wrong · form · the log-variance for the second value
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), (1 - kept).log()

# %% wrong · axis · the whole table as one long chain
def jump(c):
    kept = torch.cumprod((1 - c).flatten(), 0).view_as(c)
    return kept.sqrt(), 1 - kept

# %% wrong · broadcast · all rows use the first chain
def jump(c):
    kept = torch.cumprod(1 - c[0], 0).expand_as(c)
    return kept.sqrt(), 1 - kept

# %% wrong · broadcast · the loop multiplies by the whole matrix of the earlier step
def jump(c):
    kept = torch.ones_like(c)
    for t in range(c.shape[1]):
        kept = kept * (1 - c[:, t : t + 1])
    return kept.sqrt(), 1 - kept

# %% wrong · noise · b² is estimated from draws
def jump(c):
    z, out = torch.zeros(1000, *c[:, 0].shape).to(c), []
    for t in range(c.shape[1]):
        z = (1 - c[:, t]).sqrt() * z + c[:, t].sqrt() * torch.randn_like(z)
        out.append(z.var(0))
    return torch.cumprod(1 - c, 1).sqrt(), torch.stack(out, 1)

# %% wrong · noise · a noised value in place of its mean factor
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt() + (1 - kept).sqrt() * torch.randn_like(c), 1 - kept

# %% wrong · sign · b² has the wrong sign
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), kept - 1

# %% wrong · term · b² is one plus a²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), 1 + kept

# %% wrong · two · no roots and only the noise of the last step
def jump(c):
    return torch.cumprod(1 - c, 1), c

# %% wrong · two · c accumulated instead of 1 − c and order exchanged
def jump(c):
    kept = torch.cumprod(c, 1)
    return 1 - kept, kept.sqrt()

# %% wrong · two · off by one step and b for b²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    kept = torch.cat([torch.ones_like(kept[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), torch.sqrt(1 - kept)

# %% wrong · two · product over chains and root forgotten
def jump(c):
    kept = torch.cumprod(1 - c, 0)
    return kept, 1 - kept

# %% wrong · two · root forgotten in a and b for b²
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept, torch.sqrt(1 - kept)

# %% wrong · two · cumulated sum of c and no root
def jump(c):
    total = torch.cumsum(c, 1)
    return 1 - total, total

# %% wrong · two · c as a standard deviation and a without its root
def jump(c):
    a = torch.cumprod(1 - c**2, 1)
    return a, 1 - a

# %% wrong · raises · product without an axis
def jump(c):
    kept = torch.cumprod(1 - c)
    return kept.sqrt(), 1 - kept

# %% wrong · raises · math.sqrt of a tensor
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return math.sqrt(kept), 1 - kept

# %% wrong · unfinished · only two steps are written out and the second is used for the rest
def jump(c):
    a1 = (1 - c[:, :1]).sqrt()
    a2 = a1 * (1 - c[:, 1:]).sqrt()
    a = torch.cat([a1, a2], 1)
    return a, 1 - a**2

# %% wrong · concept · the step's shrinking of lesson 9.5 divided by the earlier kept share
def jump(c):
    a = torch.sqrt(1 - c)
    shrink = torch.cat([a[:, :1], a[:, 1:] / a[:, :-1]], 1)
    return shrink, 1 - shrink**2

# %% right · roots · product of roots
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), dim=1)
    return a, 1 - a**2

# %% right · loop · recursion for both
def jump(c):
    a, b2 = torch.ones_like(c[:, 0]), torch.zeros_like(c[:, 0])
    aa, bb = [], []
    for t in range(c.shape[1]):
        a = (1 - c[:, t]).sqrt() * a
        b2 = (1 - c[:, t]) * b2 + c[:, t]
        aa.append(a), bb.append(b2)
    return torch.stack(aa, 1), torch.stack(bb, 1)

# %% right · logs · sums of log1p and expm1
def jump(c):
    log_kept = torch.log1p(-c).cumsum(1)
    return (log_kept / 2).exp(), -torch.expm1(log_kept)

# %% right · numpy · NumPy cumprod
def jump(c):
    kept = np.cumprod(1 - c.detach().numpy(), axis=1)
    return torch.from_numpy(np.sqrt(kept)), torch.from_numpy(1 - kept)

# %% right · columns · product of the first t columns for every t
def jump(c):
    kept = torch.stack([(1 - c[:, : t + 1]).prod(1) for t in range(c.shape[1])], -1)
    return kept**0.5, 1 - kept

# %% right · telescope · noise as the sum of what each step took away
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    before = torch.cat([torch.ones_like(kept[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), torch.cumsum(before * c, 1)

# %% right · ratio · each noise shrunk by the steps after it
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    out = []
    for t in range(c.shape[1]):
        out.append((c[:, : t + 1] * kept[:, t : t + 1] / kept[:, : t + 1]).sum(1))
    return kept.sqrt(), torch.stack(out, 1)

# %% right · accumulate · itertools over columns
def jump(c):
    from itertools import accumulate
    kept = torch.stack(list(accumulate((1 - c).T, lambda p, q: p * q))).T
    return kept.sqrt(), 1 - kept

# %% right · triangular · a triangular matrix sums the logs
def jump(c):
    T = c.shape[1]
    kept = torch.exp(torch.log(1 - c) @ torch.triu(torch.ones(T, T, dtype=c.dtype)))
    return torch.sqrt(kept), 1 - kept

# %% right · rows · one chain at a time
def jump(c):
    rows = [torch.cumprod(1 - row, 0) for row in c]
    kept = torch.stack(rows)
    return kept.sqrt(), torch.ones_like(kept) - kept

# %% right · trigonometry · angle whose cosine is a
def jump(c):
    angle = torch.acos(torch.cumprod(1 - c, 1).sqrt())
    return angle.cos(), angle.sin() ** 2

# %% right · names · alpha and alpha bar as in the DDPM paper
def jump(c):
    alpha = 1.0 - c
    alpha_bar = alpha.cumprod(dim=-1)
    return alpha_bar.sqrt(), 1.0 - alpha_bar

# %% right · factor · (1 − a)(1 + a)
def jump(c):
    a = (1 - c).sqrt().cumprod(1)
    return a, (1 - a) * (1 + a)

# %% right · accumulate · numpy ufunc on the transposed table
def jump(c):
    kept = np.multiply.accumulate((1 - c).numpy().T).T
    return torch.tensor(kept).sqrt(), torch.tensor(1 - kept)

# %% right · list · Python numbers and lists
def jump(c):
    a, b2 = [], []
    for row in c.tolist():
        kept = [math.prod(1 - v for v in row[:t]) for t in range(1, len(row) + 1)]
        a.append([math.sqrt(v) for v in kept])
        b2.append([1 - v for v in kept])
    return torch.tensor(a, dtype=c.dtype), torch.tensor(b2, dtype=c.dtype)
