# %% wrong · term · only the right hump is used
def g(z, centre, std):
    u = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(u)

# %% wrong · term · only the left hump is used
def g(z, centre, std):
    return torch.special.ndtri(torch.special.ndtr((z + centre) / std))

# %% wrong · factor · the two shares are added, not averaged
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left + right)

# %% wrong · concept · the average is taken after ndtri
def g(z, centre, std):
    left = torch.special.ndtri(torch.special.ndtr((z + centre) / std))
    right = torch.special.ndtri(torch.special.ndtr((z - centre) / std))
    return (left + right) / 2

# %% wrong · unfinished · the share is returned, uniform and not normal
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return (left + right) / 2

# %% wrong · spread · divided by the variance
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**2)
    right = torch.special.ndtr((z - centre) / std**2)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · divided by the root of std
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**0.5)
    right = torch.special.ndtr((z - centre) / std**0.5)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · std is forgotten
def g(z, centre, std):
    left = torch.special.ndtr(z + centre)
    right = torch.special.ndtr(z - centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · spread · multiplied by std
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) * std)
    right = torch.special.ndtr((z - centre) * std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · broadcast · the centre is not within the bracket that std divides
def g(z, centre, std):
    left = torch.special.ndtr(z / std + centre)
    right = torch.special.ndtr(z / std - centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · standardised by the mixture's own deviation
def g(z, centre, std):
    return z / (centre**2 + std**2) ** 0.5

# %% wrong · concept · standardised by the sample's mean and deviation
def g(z, centre, std):
    return (z - z.mean()) / z.std()

# %% wrong · sign · the share to the right of z, so g falls
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(1 - (left + right) / 2)

# %% wrong · concept · each draw is standardised by the hump on its side
def g(z, centre, std):
    return torch.where(z < 0, (z + centre) / std, (z - centre) / std)

# %% wrong · concept · each half of the line gets its own hump's share, without the other's tail
def g(z, centre, std):
    left = 0.5 * torch.special.ndtr((z + centre) / std)
    right = 0.5 + 0.5 * torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(torch.where(z < 0, left, right))

# %% wrong · concept · the two shares are multiplied
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left * right)

# %% wrong · concept · the geometric mean of the shares
def g(z, centre, std):
    left = torch.special.log_ndtr((z + centre) / std)
    right = torch.special.log_ndtr((z - centre) / std)
    return torch.special.ndtri(((left + right) / 2).exp())

# %% wrong · order · ndtri and ndtr exchanged
def g(z, centre, std):
    left = torch.special.ndtri((z + centre) / std)
    right = torch.special.ndtri((z - centre) / std)
    return torch.special.ndtr((left + right) / 2)

# %% wrong · concept · the density of the humps in place of their share
def g(z, centre, std):
    left = Normal(-centre, std).log_prob(z).exp()
    right = Normal(centre, std).log_prob(z).exp()
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · the inverse function, from a normal draw to the humps
def g(z, centre, std):
    u = torch.special.ndtr(z)
    q = torch.where(u < 0.5, 2 * u, 2 * u - 1)
    hump = torch.where(u < 0.5, -1.0, 1.0) * centre
    return hump + std * torch.special.ndtri(q)

# %% wrong · concept · the share of normal draws is turned back by the normal's quantiles
def g(z, centre, std):
    u = torch.special.ndtr(z)
    return torch.special.ndtri(u)

# %% wrong · concept · the ranks of the draws stand for the shares
def g(z, centre, std):
    rank = z.argsort().argsort()
    u = (rank + 0.5) / len(z)
    return torch.special.ndtri(u.to(z))

# %% wrong · count · ranks over n plus one
def g(z, centre, std):
    rank = z.argsort().argsort() + 1
    return torch.special.ndtri(rank.to(z) / (len(z) + 1))

# %% wrong · numeric · the share is rounded to two decimals as in a printed table
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    u = torch.round((left + right) / 2, decimals=2)
    return torch.special.ndtri(u)

# %% wrong · numeric · the share is squeezed away from 0 and 1
def g(z, centre, std):
    eps = 1e-3
    u = (torch.special.ndtr((z + centre) / std) + torch.special.ndtr((z - centre) / std)) / 2
    return torch.special.ndtri(eps + (1 - 2 * eps) * u)

# %% wrong · factor · erf without the root of two
def g(z, centre, std):
    left = 0.5 * (1 + torch.erf((z + centre) / std))
    right = 0.5 * (1 + torch.erf((z - centre) / std))
    return torch.special.ndtri((left + right) / 2)

# %% wrong · factor · erfinv without the root of two at the end
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    u = (left + right) / 2
    return torch.erfinv(2 * u - 1)

# %% wrong · factor · erf taken for the share itself
def g(z, centre, std):
    left = torch.erf((z + centre) / (std * math.sqrt(2)))
    right = torch.erf((z - centre) / (std * math.sqrt(2)))
    return torch.special.ndtri((left + right) / 2)

# %% wrong · term · std is multiplied back at the end
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return std * torch.special.ndtri((left + right) / 2)

# %% wrong · term · carried to a normal with the centre and std of the right hump
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return centre + std * torch.special.ndtri((left + right) / 2)

# %% wrong · concept · a logistic function for the normal share
def g(z, centre, std):
    left = torch.sigmoid((z + centre) / std)
    right = torch.sigmoid((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · logit in place of ndtri
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.logit((left + right) / 2)

# %% wrong · concept · both are logistic
def g(z, centre, std):
    left = torch.sigmoid(1.702 * (z + centre) / std)
    right = torch.sigmoid(1.702 * (z - centre) / std)
    return torch.logit((left + right) / 2) / 1.702

# %% wrong · concept · responsibilities blend the two standardised values
def g(z, centre, std):
    a, b = (z + centre) / std, (z - centre) / std
    r = torch.sigmoid(2 * centre * z / std**2)
    return (1 - r) * a + r * b

# %% wrong · weights · the whole left share and half of the right one
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left + right / 2)

# %% wrong · weights · only the right share is halved by operator precedence, in the other order
def g(z, centre, std):
    right = torch.special.ndtr((z - centre) / std)
    left = torch.special.ndtr((z + centre) / std)
    return torch.special.ndtri(right + left / 2)

# %% wrong · arguments · centre and std exchanged
def g(z, centre, std):
    left = torch.special.ndtr((z + std) / centre)
    right = torch.special.ndtr((z - std) / centre)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · term · the right hump has lost its centre
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr(z / std)
    return torch.special.ndtri(0.5 * left + 0.5 * right)

# %% wrong · sign · the left hump with its sign turned twice
def g(z, centre, std):
    left = torch.special.ndtr((-centre - z) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · sign · the absolute value of z, as the humps are symmetric
def g(z, centre, std):
    left = torch.special.ndtr((z.abs() + centre) / std)
    right = torch.special.ndtr((z.abs() - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · the rule for one event or the other, the product subtracted
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri(left + right - left * right)

# %% wrong · reduction · averaged over the draws as well
def g(z, centre, std):
    humps = torch.tensor([-1.0, 1.0]).to(z) * centre
    share = torch.special.ndtr((z[:, None] - humps) / std).mean()
    return torch.special.ndtri(share)

# %% wrong · axis · averaged over draws rather than over the humps
def g(z, centre, std):
    humps = torch.tensor([-1.0, 1.0]).to(z) * centre
    share = torch.special.ndtr((z[:, None] - humps) / std)
    return torch.special.ndtri(share.mean(0))

# %% wrong · noise · random ties, a normal draw for each z in the order of z
def g(z, centre, std):
    e = torch.randn(len(z)).to(z).sort().values
    return e[z.argsort().argsort()]

# %% wrong · noise · a hump is drawn at random for each z
def g(z, centre, std):
    sign = torch.where(torch.rand_like(z) < 0.5, -1.0, 1.0)
    return (z - sign * centre) / std

# %% wrong · noise · the share is counted among drawn values of the humps
def g(z, centre, std):
    sign = torch.where(torch.rand(20000) < 0.5, -1.0, 1.0).to(z)
    drawn = sign * centre + std * torch.randn(20000).to(z)
    u = (drawn[None] < z[:, None]).to(z).mean(1).clamp(1e-4, 1 - 1e-4)
    return torch.special.ndtri(u)

# %% wrong · form · one column
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)[:, None]

# %% wrong · form · sorted values
def g(z, centre, std):
    z = z.sort().values
    left = torch.special.ndtr((z + centre) / std)
    right = torch.special.ndtr((z - centre) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · concept · humps shifted to the origin with their gap cut out
def g(z, centre, std):
    return z - torch.sign(z) * centre

# %% wrong · concept · draws are scaled by the slope, the quotient of densities
def g(z, centre, std):
    p = 0.5 * (Normal(-centre, std).log_prob(z).exp() + Normal(centre, std).log_prob(z).exp())
    return z * p / Normal(0.0, 1.0).log_prob(z).exp()

# %% wrong · concept · the share by a numerical integral, stretched to −1 … 1 and not made normal
def g(z, centre, std):
    grid = torch.linspace(-8, 8, 4001).to(z)
    p = 0.5 * (Normal(-centre, std).log_prob(grid).exp() + Normal(centre, std).log_prob(grid).exp())
    u = p.cumsum(0) * (grid[1] - grid[0])
    at = torch.searchsorted(grid, z.contiguous()).clamp(0, 4000)
    return 2 * u[at] - 1

# %% wrong · power · the centre is squared
def g(z, centre, std):
    left = torch.special.ndtr((z + centre**2) / std)
    right = torch.special.ndtr((z - centre**2) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · factor · half the distance between the humps is taken as the centre
def g(z, centre, std):
    left = torch.special.ndtr((z + centre / 2) / std)
    right = torch.special.ndtr((z - centre / 2) / std)
    return torch.special.ndtri((left + right) / 2)

# %% wrong · two · shares added and std forgotten
def g(z, centre, std):
    left = torch.special.ndtr(z + centre)
    right = torch.special.ndtr(z - centre)
    return torch.special.ndtri((left + right).clamp(1e-6, 1 - 1e-6))

# %% wrong · two · variance for deviation and no ndtri
def g(z, centre, std):
    left = torch.special.ndtr((z + centre) / std**2)
    right = torch.special.ndtr((z - centre) / std**2)
    return 0.5 * (left + right)

# %% wrong · two · one hump and the share to the right
def g(z, centre, std):
    return torch.special.ndtri(1 - torch.special.ndtr((z - centre) / std))

# %% wrong · two · the centre outside of the bracket and the shares multiplied
def g(z, centre, std):
    left = torch.special.ndtr(z / std + centre)
    right = torch.special.ndtr(z / std - centre)
    return torch.special.ndtri(left * right)

# %% wrong · two · erf without the root of two, erfinv without it too, and the shares as they come
def g(z, centre, std):
    left = torch.erf((z + centre) / std)
    right = torch.erf((z - centre) / std)
    return torch.erfinv((left + right) / 2)

# %% wrong · raises · the standard library's normal distribution on a whole tensor
def g(z, centre, std):
    u = [0.5 * (math.erf((z + centre) / std) + math.erf((z - centre) / std))]
    return torch.special.ndtri(torch.tensor(u))

# %% wrong · raises · PyTorch's mixture has no icdf
def g(z, centre, std):
    mix = MixtureSameFamily(Categorical(torch.ones(2)), Normal(torch.tensor([-1.0, 1.0]) * centre, std))
    return mix.icdf(Normal(0.0, 1.0).cdf(z))

# %% right · distributions · cdf and icdf of Normal
def g(z, centre, std):
    u = 0.5 * Normal(-centre, std).cdf(z) + 0.5 * Normal(centre, std).cdf(z)
    return Normal(torch.zeros_like(z), 1.0).icdf(u)

# %% right · distributions · the mixture's own cdf
def g(z, centre, std):
    c = torch.as_tensor(centre).to(z)
    humps = Normal(torch.stack([-c, c]), torch.as_tensor(std).to(z).expand(2))
    mix = MixtureSameFamily(Categorical(torch.ones(2, dtype=z.dtype)), humps)
    return torch.special.ndtri(mix.cdf(z))

# %% right · scipy · stats.norm on arrays
def g(z, centre, std):
    a, c, s = np.asarray(z), float(centre), float(std)
    u = (stats.norm.cdf(a, -c, s) + stats.norm.cdf(a, c, s)) / 2
    return torch.from_numpy(stats.norm.ppf(u))

# %% right · algebra · error functions with their root of two
def g(z, centre, std):
    k = 1 / (std * math.sqrt(2))
    mean_erf = (torch.erf((z + centre) * k) + torch.erf((z - centre) * k)) / 2
    return math.sqrt(2) * torch.erfinv(mean_erf)

# %% right · algebra · the left half and the symmetric right half apart
def g(z, centre, std):
    a = -z.abs()
    u = (torch.special.ndtr((a + centre) / std) + torch.special.ndtr((a - centre) / std)) / 2
    return -torch.sign(z) * torch.special.ndtri(u)

# %% right · log · logaddexp of two log shares
def g(z, centre, std):
    left = torch.special.log_ndtr((z + centre) / std)
    right = torch.special.log_ndtr((z - centre) / std)
    return torch.special.ndtri(torch.exp(torch.logaddexp(left, right) - math.log(2)))

# %% right · broadcast · both humps on an axis of their own
def g(z, centre, std):
    where = torch.stack([-torch.as_tensor(centre), torch.as_tensor(centre)]).to(z)
    return torch.special.ndtri(torch.special.ndtr((z[:, None] - where) / std).mean(1))

# %% right · loop · the standard library, number by number
from statistics import NormalDist

def g(z, centre, std):
    left, right, to = NormalDist(-float(centre), float(std)), NormalDist(float(centre), float(std)), NormalDist()
    return torch.tensor([to.inv_cdf((left.cdf(v) + right.cdf(v)) / 2) for v in z.tolist()], dtype=z.dtype)

# %% right · algebra · one less the average share to the right
def g(z, centre, std):
    above = torch.special.ndtr((-z + centre) / std) + torch.special.ndtr((-z - centre) / std)
    return -torch.special.ndtri(above / 2)

# %% right · algebra · a loop over the signs
def g(z, centre, std):
    share = 0
    for sign in (-1, 1):
        share = share + 0.5 * torch.special.ndtr((z - sign * centre) / std)
    return torch.special.ndtri(share)

# %% right · einsum · weights of a half by a matrix product
def g(z, centre, std):
    t = torch.stack([(z + centre) / std, (z - centre) / std])
    half = torch.tensor([0.5, 0.5]).to(z)
    return torch.special.ndtri(torch.einsum("k,ks->s", half, torch.special.ndtr(t)))

# %% right · numeric · SciPy's root finder solves for g
def g(z, centre, std):
    from scipy.optimize import brentq
    a, s = float(centre), float(std)
    def share(v):
        return (special.ndtr((v + a) / s) + special.ndtr((v - a) / s)) / 2
    return torch.tensor([brentq(lambda t: special.ndtr(t) - share(v), -12, 12, xtol=1e-13) for v in z.tolist()], dtype=z.dtype)

# %% right · stabiliser · the share kept within tiny bounds
def g(z, centre, std):
    u = torch.lerp(torch.special.ndtr((z + centre) / std), torch.special.ndtr((z - centre) / std), 0.5)
    return torch.special.ndtri(u.clamp(1e-300, 1 - 1e-16))

# %% right · helper · a helper for the distribution function
def share_left(z, m, s):
    return 0.5 * torch.erfc(-(z - m) / (s * math.sqrt(2)))

def g(z, centre, std):
    return torch.special.ndtri((share_left(z, -centre, std) + share_left(z, centre, std)) / 2)
