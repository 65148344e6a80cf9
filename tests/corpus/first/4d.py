# %% wrong · unfinished · the shares are returned, no inverse taken
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return (left + right) / 2

# %% wrong · factor · the two shares are added and not halved
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left + right)

# %% wrong · concept · standardised with mean 0 and the mixture's own standard deviation
def g(z, centre, std):
    return z / (centre**2 + std**2) ** 0.5

# %% wrong · concept · each draw standardised by the hump that is nearer
def g(z, centre, std):
    return (z - torch.sign(z) * centre) / std

# %% wrong · term · only the right hump is used
def g(z, centre, std):
    return torch.special.ndtri(torch.special.ndtr((z - centre) / std))

# %% wrong · term · only the left hump is used
def g(z, centre, std):
    share = torch.special.ndtr((z + centre) / std)
    return torch.special.ndtri(share)

# %% wrong · reduction · the two normal values are averaged instead of the shares
def g(z, centre, std):
    left = torch.special.ndtri(torch.special.ndtr((z + centre) / std))
    right = torch.special.ndtri(torch.special.ndtr((z - centre) / std))
    return (left + right) / 2

# %% wrong · spread · divided by the variance
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**2)
    right = torch.special.ndtr((z - centre) / std**2)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · divided by the root of the standard deviation
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**0.5)
    right = torch.special.ndtr((z - centre) / std**0.5)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · the deviation is left out
def g(z, centre, std):
    left = torch.special.ndtr(z + centre)
    right = torch.special.ndtr(z - centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · multiplied by the deviation instead of divided
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) * std)
    right = torch.special.ndtr((z - centre) * std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · term · the division by std misses z for want of brackets
def g(z, centre, std):
    left = torch.special.ndtr(z + centre / std)
    right = torch.special.ndtr(z - centre / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · term · the centre is not divided by std
def g(z, centre, std):
    left = torch.special.ndtr(z / std + centre)
    right = torch.special.ndtr(z / std - centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · sign · both humps at +a
def g(z, centre, std):
    left = torch.special.ndtr((z - centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · sign · decreasing, the share to the right is used
def g(z, centre, std):
    left = torch.special.ndtr(-(z + centre) / std)
    right = torch.special.ndtr((centre - z) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · sign · the difference of the shares
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left - right) / 2)

# %% wrong · sign · the second hump is reflected
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((centre - z) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · arguments · the inverse function, from normal draws to humps, as a table by interpolation
def g(z, centre, std):
    grid = torch.linspace(-12, 12, 4001, dtype=z.dtype)
    share = (torch.special.ndtr((grid + centre) / std) + torch.special.ndtr((grid - centre) / std)) / 2
    return torch.from_numpy(np.interp(torch.special.ndtr(z).numpy(), share.numpy(), grid.numpy()))

# %% wrong · arguments · quantiles of the humps at the normal share of z are averaged
def g(z, centre, std):
    u = torch.special.ndtr(z)
    left = torch.special.ndtri(u) * std - centre
    right = torch.special.ndtri(u) * std + centre
    return (left + right) / 2

# %% wrong · arguments · centre and std exchanged
def g(z, centre, std):
    left = torch.special.ndtr((z + std) / centre)
    right = torch.special.ndtr((z - std) / centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · log · log_ndtr is averaged instead of the shares
def g(z, centre, std):
    left = torch.special.log_ndtr((z + centre) / std)
    right = torch.special.log_ndtr((z - centre) / std)
    return torch.special.ndtri(((left + right) / 2).exp())

# %% wrong · concept · the density of the mixture is returned
def g(z, centre, std):
    humps = Normal(torch.tensor([-1.0, 1.0], dtype=z.dtype) * centre, std)
    return humps.log_prob(z[:, None]).exp().mean(1)

# %% wrong · concept · densities for shares inside the inverse
def g(z, centre, std):
    left = Normal(-centre, std).log_prob(z).exp()
    right = Normal(centre, std).log_prob(z).exp()
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · the ratio of densities, mixture by normal, added up as a slope at z
def g(z, centre, std):
    p = (Normal(-centre, std).log_prob(z).exp() + Normal(centre, std).log_prob(z).exp()) / 2
    return p / Normal(0.0, 1.0).log_prob(z).exp()

# %% wrong · concept · z times the responsibility difference of the humps
def g(z, centre, std):
    r = torch.sigmoid(2 * z * centre / std**2)
    return (z - (2 * r - 1) * centre) / std

# %% wrong · concept · the share is stretched to (−1, 1) only
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return left + right - 1

# %% wrong · concept · logit instead of the normal quantile
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.logit((left + right) / 2)

# %% wrong · concept · erfinv without the factor √2
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.erfinv(left + right - 1)

# %% wrong · factor · erf without dividing by √2 inside
def g(z, centre, std):
    left = 0.5 * (1 + torch.erf((z + centre) / std))
    right = 0.5 * (1 + torch.erf((z - centre) / std))
    return torch.special.ndtri((left + right) / 2)

# %% wrong · factor · √2 divided instead of multiplied with erfinv
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.erfinv(left + right - 1) / math.sqrt(2)

# %% wrong · factor · half of each centre, as if the humps were a apart
def g(z, centre, std):
    left = torch.special.ndtr((z + centre / 2) / std)
    right = torch.special.ndtr((z - centre / 2) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · factor · the whole is scaled by std at the end
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return std * torch.special.ndtri((left + right) / 2)

# %% wrong · factor · only the right share is halved, brackets forgotten
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left + right / 2)

# %% wrong · factor · z scaled by √2 as in Hermite's rule
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / (math.sqrt(2) * std))
    right = torch.special.ndtr((z - centre) / (math.sqrt(2) * std))
    return torch.special.ndtri((left + right) / 2)

# %% wrong · power · geometric mean of the shares
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left * right).sqrt())

# %% wrong · power · product of the shares
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left * right)

# %% wrong · weights · weights one third and two thirds
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left / 3 + 2 * right / 3)

# %% wrong · weights · the responsibilities used as the humps' weights
def g(z, centre, std):
    r = torch.sigmoid(2 * z * centre / std**2)
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((1 - r) * left + r * right)

# %% wrong · numeric · shares clamped to 0.1 and 0.9
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share.clamp(0.1, 0.9))

# %% wrong · numeric · eps of 0.01 squeezes the share away from 0 and 1
def g(z, centre, std):
    eps = 1e-2
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(eps + (1 - 2 * eps) * share)

# %% wrong · numeric · the result clamped to ±1.5
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share).clamp(-1.5, 1.5)

# %% wrong · noise · empirical shares by the ranks of the given draws
def g(z, centre, std):
    rank = z.argsort().argsort()
    return torch.special.ndtri((rank + 0.5).to(z) / len(z))

# %% wrong · noise · shares counted among ten thousand draws of the humps
def g(z, centre, std):
    torch.manual_seed(0)
    side = torch.randint(2, (10000,)).to(z) * 2 - 1
    draws = side * centre + std * torch.randn(10000, dtype=z.dtype)
    share = (draws < z[:, None]).to(z).mean(1)
    return torch.special.ndtri(share.clamp(1e-4, 1 - 1e-4))

# %% wrong · noise · fresh normal draws, sorted into the order of z
def g(z, centre, std):
    fresh = torch.randn(len(z), dtype=z.dtype).sort().values
    return fresh[z.argsort().argsort()]

# %% wrong · concept · centred and divided by the standard deviation of the batch
def g(z, centre, std):
    return (z - z.mean()) / z.std()

# %% wrong · concept · the absolute value folded onto one hump
def g(z, centre, std):
    return (z.abs() - centre) / std

# %% wrong · concept · folded shares by the absolute value
def g(z, centre, std):
    left = torch.special.ndtr((z.abs() + centre) / std)
    right = torch.special.ndtr((z.abs() - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · one Gaussian with the mixture's variance, through shares
def g(z, centre, std):
    wide = math.sqrt(float(centre) ** 2 + float(std) ** 2)
    return torch.special.ndtri(torch.special.ndtr(z / wide))

# %% wrong · unfinished · both shares are returned as a pair of quantiles
def g(z, centre, std):
    left = torch.special.ndtri(torch.special.ndtr((z + centre) / std))
    right = torch.special.ndtri(torch.special.ndtr((z - centre) / std))
    return left, right

# %% wrong · form · a column is returned
def g(z, centre, std):
    humps = torch.stack([z + centre, z - centre], -1) / std
    return torch.special.ndtri(torch.special.ndtr(humps).mean(-1, keepdim=True))

# %% wrong · reduction · the mean runs over the draws as well, a single number
def g(z, centre, std):
    humps = torch.stack([z + centre, z - centre]) / std
    return torch.special.ndtri(torch.special.ndtr(humps).mean())

# %% wrong · reduction · the humps are averaged before the share is taken
def g(z, centre, std):
    humps = torch.stack([z + centre, z - centre]) / std
    return torch.special.ndtri(torch.special.ndtr(humps.mean(0)))

# %% wrong · axis · mean over the draws, two numbers left
def g(z, centre, std):
    humps = torch.stack([z + centre, z - centre]) / std
    return torch.special.ndtri(torch.special.ndtr(humps).mean(1))

# %% wrong · order · the values are returned sorted
def g(z, centre, std):
    z = z.sort().values
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · two · shares added without a half and std squared
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**2)
    right = torch.special.ndtr((z - centre) / std**2)
    return torch.special.ndtri(left + right)

# %% wrong · two · std forgotten and only the shares returned
def g(z, centre, std):
    return (torch.special.ndtr(z + centre) + torch.special.ndtr(z - centre)) / 2

# %% wrong · two · erf and erfinv without √2 and the result scaled by std
def g(z, centre, std):
    share = torch.erf((z + centre) / std) + torch.erf((z - centre) / std)
    return torch.erfinv(share / 2) * std

# %% wrong · two · decreasing and the centre not divided by std
def g(z, centre, std):
    left = torch.special.ndtr(z / std + centre)
    right = torch.special.ndtr(z / std - centre)
    return -torch.special.ndtri((left + right) / 2)

# %% wrong · two · z first standardised by its total deviation, then pushed through the unscaled humps
def g(z, centre, std):
    z = z / (centre**2 + std**2) ** 0.5
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · raises · erfinv of a number that is no tensor, by math.erf on a tensor of many
def g(z, centre, std):
    share = 0.5 + 0.25 * (math.erf((z + centre) / std) + math.erf((z - centre) / std))
    return torch.special.ndtri(share)

# %% wrong · raises · a name of SciPy looked for in torch
def g(z, centre, std):
    share = (torch.stats.norm.cdf((z + centre) / std) + torch.stats.norm.cdf((z - centre) / std)) / 2
    return torch.special.ndtri(share)

# %% wrong · term · the share of the middle is counted twice by adding the normal itself
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right + torch.special.ndtr(z)) / 3)

# %% right · torch · one line
def g(z, centre, std):
    return torch.special.ndtri(0.5 * torch.special.ndtr((z + centre) / std) + 0.5 * torch.special.ndtr((z - centre) / std))

# %% right · erf · share and quantile written with erf and erfinv
def g(z, centre, std):
    r2 = math.sqrt(2)
    e = (torch.erf((z + centre) / std / r2) + torch.erf((z - centre) / std / r2)) / 2
    return r2 * torch.erfinv(e)

# %% right · distributions · cdf and icdf of Normal
def g(z, centre, std):
    zero, one = torch.zeros((), dtype=z.dtype), torch.ones((), dtype=z.dtype)
    share = (Normal(zero - centre, one * std).cdf(z) + Normal(zero + centre, one * std).cdf(z)) / 2
    return Normal(zero, one).icdf(share)

# %% right · distributions · cdf of a MixtureSameFamily
def g(z, centre, std):
    loc = torch.tensor([-1.0, 1.0], dtype=z.dtype) * centre
    mix = MixtureSameFamily(Categorical(torch.ones(2, dtype=z.dtype)), Normal(loc, torch.ones_like(loc) * std))
    return torch.special.ndtri(mix.cdf(z))

# %% right · SciPy · stats.norm cdf and ppf
def g(z, centre, std):
    a, b = float(centre), float(std)
    x = z.numpy()
    share = (stats.norm.cdf(x, -a, b) + stats.norm.cdf(x, a, b)) / 2
    return torch.from_numpy(stats.norm.ppf(share))

# %% right · SciPy · special.ndtr on NumPy arrays
def g(z, centre, std):
    x = np.asarray(z)
    a, b = float(centre), float(std)
    return torch.as_tensor(special.ndtri(np.mean([special.ndtr((x + s * a) / b) for s in (1, -1)], axis=0)))

# %% right · loop · math.erf and statistics for each draw
def g(z, centre, std):
    import statistics
    humps = [statistics.NormalDist(s * float(centre), float(std)) for s in (-1, 1)]
    out = [statistics.NormalDist().inv_cdf(sum(h.cdf(v) for h in humps) / 2) for v in z.tolist()]
    return torch.tensor(out, dtype=z.dtype)

# %% right · stacking · mean over a stacked axis
def g(z, centre, std):
    humps = torch.stack([(z + centre) / std, (z - centre) / std])
    return torch.special.ndtri(torch.special.ndtr(humps).mean(0))

# %% right · symmetry · the negative half by reflection
def g(z, centre, std):
    y = -z.abs()
    share = (torch.special.ndtr((y + centre) / std) + torch.special.ndtr((y - centre) / std)) / 2
    return -torch.sign(z) * torch.special.ndtri(share)

# %% right · logs · the share from log_ndtr by logaddexp
def g(z, centre, std):
    log_share = torch.logaddexp(torch.special.log_ndtr((z + centre) / std), torch.special.log_ndtr((z - centre) / std))
    return torch.special.ndtri((log_share - math.log(2)).exp())

# %% right · clamp · shares kept away from 0 and 1 by a hair
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share.clamp(1e-300, 1 - 1e-16))

# %% right · complement · minus the quantile of the share to the right
def g(z, centre, std):
    above = (torch.special.ndtr((centre - z) / std) + torch.special.ndtr((-centre - z) / std)) / 2
    return -torch.special.ndtri(above)

# %% right · helper · a nested function for a hump's share
def g(z, centre, std):
    def share(c):
        return 0.5 * torch.special.erfc(-(z - c) / (std * 2**0.5))
    return torch.special.ndtri((share(centre) + share(-centre)) / 2)

# %% right · broadcasting · both centres as a vector and a product with weights
def g(z, centre, std):
    centres = centre * torch.tensor([-1.0, 1.0], dtype=z.dtype)
    shares = torch.special.ndtr((z[:, None] - centres) / std)
    return torch.special.ndtri(shares @ torch.full((2,), 0.5, dtype=z.dtype))

# %% right · standardised units · everything divided by std first
def g(z, centre, std):
    u, c = z / std, centre / std
    return torch.special.ndtri(torch.lerp(torch.special.ndtr(u + c), torch.special.ndtr(u - c), 0.5))

# %% wrong · spread · each hump is given b² from Normal's scale
def g(z, centre, std):
    left = Normal(-centre, std**2).cdf(z)
    right = Normal(centre, std**2).cdf(z)
    return Normal(0.0, 1.0).icdf(0.5 * (left + right))

# %% wrong · arguments · the inverse is scaled to a hump, icdf of N(a, b²)
def g(z, centre, std):
    share = (Normal(-centre, std).cdf(z) + Normal(centre, std).cdf(z)) / 2
    return Normal(centre, std).icdf(share)

# %% wrong · term · the mixture's deviation divides the normal value at the end
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share) / (centre**2 + std**2) ** 0.5

# %% wrong · concept · logistic functions in place of the normal shares
def g(z, centre, std):
    left = torch.sigmoid((z + centre) / std)
    right = torch.sigmoid((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · numeric · float16 shares, coarse in the tails
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share.half().to(z.dtype).clamp(1e-3, 1 - 1e-3))

# %% wrong · numeric · the share is rounded to two digits
def g(z, centre, std):
    share = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(share.round(decimals=2).clamp(0.005, 0.995))

# %% wrong · two · right hump only and divided by the variance
def g(z, centre, std):
    return torch.special.ndtri(torch.special.ndtr((z - centre) / std**2))

# %% wrong · two · both shares halved but multiplied, and 1 − share
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(1 - left * right)

# %% wrong · two · sigmoid for the share and logit for the quantile
def g(z, centre, std):
    share = (torch.sigmoid((z + centre) / std) + torch.sigmoid((z - centre) / std)) / 2
    return torch.logit(share)
