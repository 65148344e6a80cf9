# %% wrong · power · root of the product forgotten, a squared returned
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept, 1 - kept

# %% wrong · spread · b instead of b squared returned
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), (1 - kept).sqrt()

# %% wrong · axis · product taken along the chains instead of along the steps
def jump(c):
    kept = torch.cumprod(1 - c, 0)
    return kept.sqrt(), 1 - kept

# %% wrong · order · the variance comes first
def jump(c):
    keep = torch.cumprod(1 - c, dim=1)
    return 1 - keep, torch.sqrt(keep)

# %% wrong · reduction · product over all steps instead of the running one
def jump(c):
    kept = torch.prod(1 - c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · reduction · product over all steps kept as a column
def jump(c):
    kept = (1 - c).prod(1, keepdim=True)
    return kept.sqrt().expand_as(c), (1 - kept).expand_as(c)

# %% wrong · unfinished · only the single step is described and nothing is accumulated
def jump(c):
    return torch.sqrt(1 - c), c

# %% wrong · concept · noise variances of the steps added up
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), dim=1)
    return a, torch.cumsum(c, dim=1)

# %% wrong · concept · noise variances of the steps multiplied up
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), dim=1)
    b2 = torch.cumprod(c, dim=1)
    return a, b2

# %% wrong · unfinished · noise is that of the last step alone
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    return a, c

# %% wrong · power · b squared taken as one minus a
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), 1)
    return a, 1 - a

# %% wrong · arguments · product of the c instead of the 1 - c
def jump(c):
    kept = torch.cumprod(c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · arguments · product of c is taken as the noise and the rest as the signal
def jump(c):
    noise = c.cumprod(1)
    return (1 - noise).sqrt(), noise

# %% wrong · sign · 1 + c in place of 1 - c
def jump(c):
    kept = torch.cumprod(1 + c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · concept · cumulative sum in place of the product
def jump(c):
    kept = torch.cumsum(1 - c, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · concept · one minus the sum of the noises is taken as the share that is left
def jump(c):
    kept = (1 - torch.cumsum(c, 1)).clamp(min=0)
    return kept.sqrt(), 1 - kept

# %% wrong · count · begins at t = 0 with a = 1 so everything is one step late
def jump(c):
    k, T = c.shape
    kept = torch.ones_like(c)
    for t in range(1, T):
        kept[:, t] = kept[:, t - 1] * (1 - c[:, t - 1])
    return kept.sqrt(), 1 - kept

# %% wrong · form · z_0 is put in front so there are T + 1 columns
def jump(c):
    one = torch.ones(len(c), 1, dtype=c.dtype)
    kept = torch.cat([one, torch.cumprod(1 - c, 1)], 1)
    return kept.sqrt(), 1 - kept

# %% wrong · count · first factor of the loop left out
def jump(c):
    a = torch.ones_like(c)
    for t in range(1, c.shape[1]):
        a[:, t] = a[:, t - 1] * (1 - c[:, t]).sqrt()
    return a, 1 - a**2

# %% wrong · order · multiplied up from the last step backwards
def jump(c):
    kept = (1 - c).flip(1).cumprod(1).flip(1)
    return kept.sqrt(), 1 - kept

# %% wrong · power · root drawn twice for a, once for the share
def jump(c):
    kept = torch.cumprod((1 - c).sqrt(), 1)
    return kept.sqrt(), 1 - kept**2

# %% wrong · power · roots inside the product and another root outside
def jump(c):
    a = torch.sqrt(torch.cumprod(torch.sqrt(1 - c), 1))
    return a, 1 - a**2

# %% wrong · spread · c taken as a standard deviation
def jump(c):
    kept = torch.cumprod(1 - c**2, 1)
    return kept.sqrt(), 1 - kept

# %% wrong · power · old noise variance is shrunk by the root
def jump(c):
    a, b2 = torch.ones(len(c)), torch.zeros(len(c))
    out_a, out_b = [], []
    for t in range(c.shape[1]):
        a = torch.sqrt(1 - c[:, t]) * a
        b2 = torch.sqrt(1 - c[:, t]) * b2 + c[:, t]
        out_a.append(a)
        out_b.append(b2)
    return torch.stack(out_a, 1), torch.stack(out_b, 1)

# %% wrong · spread · root of c added to the old variance
def jump(c):
    a, v = 1.0, 0.0
    A, V = [], []
    for t in range(c.shape[1]):
        a = a * (1 - c[:, t]) ** 0.5
        v = (1 - c[:, t]) * v + c[:, t] ** 0.5
        A.append(a); V.append(v)
    return torch.stack(A, 1), torch.stack(V, 1)

# %% wrong · spread · standard deviations are added along the chain as if they were variances
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    b = torch.zeros_like(c)
    b[:, 0] = c[:, 0].sqrt()
    for t in range(1, c.shape[1]):
        b[:, t] = (1 - c[:, t]).sqrt() * b[:, t - 1] + c[:, t].sqrt()
    return a, b**2

# %% wrong · term · new noise of the step is forgotten in the recursion
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    b2 = c.clone()
    for t in range(1, c.shape[1]):
        b2[:, t] = (1 - c[:, t]) * b2[:, t - 1]
    return a, b2

# %% wrong · term · each noise is shrunk by its own step as well
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    b2 = torch.zeros_like(c)
    v = torch.zeros_like(c[:, 0])
    for t in range(c.shape[1]):
        v = (1 - c[:, t]) * (v + c[:, t])
        b2[:, t] = v
    return kept.sqrt(), b2

# %% wrong · count · signal with the product up to t and noise with that up to t - 1
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    before = torch.cat([torch.ones_like(c[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), 1 - before

# %% wrong · concept · variance of the step back from DDPM instead of the forward one
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    before = torch.cat([torch.ones_like(c[:, :1]), kept[:, :-1]], 1)
    return kept.sqrt(), c * (1 - before) / (1 - kept)

# %% wrong · concept · the lesson's schedule for a and b is used and c is ignored
def jump(c):
    T = c.shape[1]
    t = torch.arange(1, T + 1).to(c)
    ratio = 10 ** (2 * (t - 1) / (T - 1) - 1)
    a = 1 / torch.sqrt(1 + ratio**2)
    return a.expand_as(c), ((ratio * a) ** 2).expand_as(c)

# %% wrong · concept · ratio of noise to signal returned as second value
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), (1 - kept) / kept

# %% wrong · spread · inverse of the variance returned
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return torch.sqrt(kept), 1 / (1 - kept)

# %% wrong · log · sum of logarithms without going back to numbers
def jump(c):
    log_a = 0.5 * torch.cumsum(torch.log1p(-c), 1)
    return log_a, torch.log(1 - torch.exp(2 * log_a))

# %% wrong · factor · half forgotten in log space
def jump(c):
    log_a = torch.log(1 - c).cumsum(1)
    a = log_a.exp()
    return a, 1 - a**2

# %% wrong · log · log of 1 - c replaced by minus c
def jump(c):
    kept = torch.exp(-torch.cumsum(c, 1))
    return kept.sqrt(), 1 - kept

# %% wrong · power · power t of the current factor instead of the product
def jump(c):
    t = torch.arange(1, c.shape[1] + 1).to(c)
    kept = (1 - c) ** t
    return kept.sqrt(), 1 - kept

# %% wrong · reduction · mean of c in a chain used for all steps
def jump(c):
    t = torch.arange(1, c.shape[1] + 1)
    kept = (1 - c.mean(1, keepdim=True)) ** t
    return kept.sqrt(), 1 - kept

# %% wrong · form · the two results stacked into one tensor with the chains last
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return torch.stack([kept.sqrt(), 1 - kept], -1)

# %% wrong · form · loop with steps stacked along the first axis
def jump(c):
    kept, out = torch.ones(c.shape[0]), []
    for t in range(c.shape[1]):
        kept = kept * (1 - c[:, t])
        out.append(kept)
    out = torch.stack(out)
    return out.sqrt(), 1 - out

# %% wrong · unfinished · only a is returned
def jump(c):
    return torch.cumprod(torch.sqrt(1 - c), dim=1)

# %% wrong · form · only the first chain is returned
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt()[0], (1 - kept)[0]

# %% wrong · raises · cumprod without an axis
def jump(c):
    kept = torch.cumprod(1 - c)
    return kept.sqrt(), 1 - kept

# %% wrong · raises · loop over the chains with a list that has no root
def jump(c):
    kept = [torch.cumprod(1 - row, 0) for row in c]
    return kept.sqrt(), 1 - kept

# %% wrong · arguments · loop multiplies by the first column instead of the previous one
def jump(c):
    kept = (1 - c).double()
    for t in range(1, c.shape[1]):
        kept[:, t] *= kept[:, 0]
    return kept.sqrt(), 1 - kept

# %% wrong · two · wrong axis and root forgotten
def jump(c):
    kept = torch.cumprod(1 - c, dim=0)
    return kept, 1 - kept

# %% wrong · two · a squared and b instead of a and b squared
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept, torch.sqrt(1 - kept)

# %% wrong · two · c taken for a standard deviation and noises summed
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c**2), 1)
    return a, torch.cumsum(c**2, 1)

# %% wrong · two · variance first and the root forgotten
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return 1 - kept, kept

# %% wrong · two · one step late and b for b squared
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    kept = torch.cat([torch.ones(c.shape[0], 1), kept[:, :-1]], dim=1)
    return kept.sqrt(), (1 - kept).sqrt()

# %% wrong · two · single step only and a without root
def jump(c):
    return 1 - c, c

# %% wrong · numeric · running product rounded through half precision
def jump(c):
    kept = torch.cumprod((1 - c).half().float(), 1).half().double()
    return kept.sqrt(), 1 - kept

# %% wrong · axis · NumPy cumprod without an axis runs through all chains
def jump(c):
    kept = np.cumprod(1 - c.numpy()).reshape(c.shape)
    return torch.tensor(kept**0.5), torch.tensor(1 - kept)

# %% wrong · noise · the moments are estimated from draws of the chain
def jump(c):
    x = 1.0
    z = torch.full((2000, *c.shape[:1]), x, dtype=c.dtype)
    m, v = [], []
    for t in range(c.shape[1]):
        z = (1 - c[:, t]).sqrt() * z + c[:, t].sqrt() * torch.randn_like(z)
        m.append(z.mean(0)); v.append(z.var(0))
    return torch.stack(m, 1), torch.stack(v, 1)

# %% wrong · term · the sum of the shrunk noises shrinks with the product up to t for every noise
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), torch.cumsum(c * kept, 1)

# %% wrong · sign · variance is the kept share minus one
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), kept - 1

# %% wrong · factor · share of noise doubled as if x had its variance in it too
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    return kept.sqrt(), 2 * (1 - kept)

# %% wrong · concept · variance of z itself for x of variance 1
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    return a, a**2 + (1 - a**2)

# %% wrong · power · variance squared once more
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    a, b2 = kept.sqrt(), 1 - kept
    return a, b2**2

# %% wrong · concept · a is the root of the noise share
def jump(c):
    kept = torch.cumprod(1 - c, 1)
    a = (1 - kept).sqrt()
    return a, kept

# %% wrong · two · product of c in place of 1 - c and no root
def jump(c):
    kept = torch.cumprod(c, dim=1)
    return kept, 1 - kept

# %% wrong · two · wrong axis and b for b squared
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), dim=0)
    return a, (1 - a**2).sqrt()

# %% right · term · product of roots
def jump(c):
    a = torch.cumprod(torch.sqrt(1 - c), dim=1)
    return a, 1 - a**2

# %% right · log · sum of logarithms with log1p and expm1
def jump(c):
    log_kept = torch.log1p(-c).cumsum(1)
    return (log_kept / 2).exp(), -torch.expm1(log_kept)

# %% right · concept · recursion for the mean's factor and the variance
def jump(c):
    a, v = torch.ones_like(c[:, 0]), torch.zeros_like(c[:, 0])
    A, V = [], []
    for step in c.T:
        a = (1 - step).sqrt() * a
        v = (1 - step) * v + step
        A.append(a)
        V.append(v)
    return torch.stack(A, 1), torch.stack(V, 1)

# %% right · form · NumPy
def jump(c):
    kept = np.cumprod(1 - c.numpy(), axis=1)
    return torch.from_numpy(np.sqrt(kept)), torch.from_numpy(1 - kept)

# %% right · form · double Python loop with math
def jump(c):
    a, b2 = torch.zeros_like(c), torch.zeros_like(c)
    for i in range(c.shape[0]):
        kept = 1.0
        for t in range(c.shape[1]):
            kept *= 1 - float(c[i, t])
            a[i, t] = math.sqrt(kept)
            b2[i, t] = 1 - kept
    return a, b2

# %% right · term · noise of each step shrunk by all later ones and added
def jump(c):
    a = torch.cumprod((1 - c).sqrt(), 1)
    share = c / a**2
    return a, a**2 * share.cumsum(1)

# %% right · form · transposed and back
def jump(c):
    kept = (1 - c).T.cumprod(0).T
    return kept**0.5, 1 - kept

# %% right · form · prefix products
def jump(c):
    kept = torch.stack([(1 - c[:, : t + 1]).prod(1) for t in range(c.shape[1])], dim=1)
    return kept.sqrt(), 1 - kept

# %% right · log · logarithms times a lower triangle
def jump(c):
    T = c.shape[1]
    lower = torch.tril(torch.ones(T, T, dtype=c.dtype))
    log_a = 0.5 * torch.log(1 - c) @ lower.T
    a = torch.exp(log_a)
    return a, 1 - a * a

# %% right · numeric · float32 inside
def jump(c):
    kept = torch.cumprod(1 - c.float(), -1)
    return kept.sqrt().double(), (1 - kept).double()

# %% right · form · rows one by one and stacked
def jump(c):
    kept = torch.stack([torch.cumprod(1 - row, 0) for row in c])
    return torch.sqrt(kept), 1 - kept

# %% right · numeric · stabilised root
def jump(c):
    alpha = 1.0 - c
    alpha_bar = torch.cumprod(alpha, dim=-1)
    return torch.sqrt(alpha_bar + 1e-10), 1.0 - alpha_bar

# %% right · form · a list of both
def jump(c):
    kept = torch.exp(torch.cumsum(torch.log(1 - c), -1))
    return [kept.pow(0.5), 1 - kept]

# %% right · form · itertools accumulate over the columns
def jump(c):
    from itertools import accumulate
    kept = torch.stack(list(accumulate((1 - c).unbind(1), torch.mul)), 1)
    return kept.sqrt(), 1 - kept

# %% right · concept · slope of the chain's mean in x, then the difference of two squares
def jump(c):
    def mean(x):
        z, out = torch.full_like(c[:, 0], x), []
        for t in range(c.shape[1]):
            z = torch.sqrt(1 - c[:, t]) * z
            out.append(z)
        return torch.stack(out, 1)
    a = mean(1.0) - mean(0.0)
    return a, (1 - a) * (1 + a)

# %% right · log · log of the kept share by softplus of the logit of c
def jump(c):
    logit = torch.log(c) - torch.log1p(-c)
    log_kept = -softplus(logit).cumsum(1)
    return torch.exp(0.5 * log_kept), 1 - torch.exp(log_kept)
