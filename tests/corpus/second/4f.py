# %% wrong · term · the points stay at the left ends of their cells
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · moved by a whole cell rather than half of one
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 1 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · moved by a half, not by half a cell
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u + 0.5)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · moved by a half and wrapped around into the cube
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = (u + 0.5) % 1
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · sign · half a cell to the left
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u - 0.5 / self.n_points)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · the half is divided by J minus one
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = u + 0.5 / (self.n_points - 1)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.full((self.n_points,), -math.log(self.n_points)).to(z)

# %% wrong · factor · points plus a half, all divided by J, as if they were whole numbers
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = (u + 0.5) / self.n_points
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · a quarter of a cell
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = u + 1 / (2 * self.n_points) / 2
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · power · half a cell of a grid with J to the power one over d cells in each dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        d = len(prior.mean)
        u = torch.quasirandom.SobolEngine(d).draw(self.n_points).to(prior.mean)
        u = (u + 0.5 / self.n_points ** (1 / d)).clamp(max=1 - 1e-9)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · spread · the variance scales the points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = u + 0.5 / self.n_points
        z = prior.mean + prior.variance * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · spread · the root of the standard deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = u + 0.5 / self.n_points
        z = prior.mean + torch.sqrt(prior.stddev) * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · unfinished · a standard normal, the prior's mean and deviation are not used
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · term · the prior's mean is not added
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · term · the prior's deviation is forgotten
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · broadcast · mean and deviation of the first dimension serve for all
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean[0] + prior.stddev[0] * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · arguments · mean and deviation exchanged
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.stddev + prior.mean * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · broadcast · the deviation multiplies the mean too
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.stddev * (prior.mean + torch.special.ndtri(u))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · sign · standardised, mean subtracted and divided by the deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = (torch.special.ndtri(u) - prior.mean) / prior.stddev
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · sign · log w is plus log J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), math.log(self.n_points))

# %% wrong · weights · log w is zero, so the weights sum to J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.zeros(self.n_points).to(z)

# %% wrong · log · the weights and not their logarithms
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.full((self.n_points,), 1 / self.n_points).to(z)

# %% wrong · log · logarithm to the base two, minus m
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.full((self.n_points,), -math.log2(self.n_points)).to(z)

# %% wrong · weights · the prior's density as weights, made to sum to 1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        log_w = prior.log_prob(z).reshape(self.n_points, -1).sum(1)
        return z, log_w - log_w.logsumexp(0)

# %% wrong · weights · the prior's density divided by J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, prior.log_prob(z).reshape(len(z), -1).sum(1) - math.log(len(z))

# %% wrong · count · log of J times d
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(z.numel()))

# %% wrong · power · d times log J, as for a grid with J points in each dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        d = prior.mean.shape[0]
        u = torch.quasirandom.SobolEngine(d).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -d * math.log(self.n_points))

# %% wrong · count · minus log d
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(z.shape[-1]))

# %% wrong · form · log w with one entry for each coordinate
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.full_like(z, -math.log(self.n_points))

# %% wrong · form · log w as a column
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points, 1), -math.log(self.n_points))

# %% wrong · form · log w is one number
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.tensor(-math.log(self.n_points))

# %% wrong · form · z transposed
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        eps = torch.special.ndtri(u.T + 0.5 / self.n_points)
        z = prior.mean[:, None] + prior.stddev[:, None] * eps
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · order · log w first
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        log_w = z.new_full((self.n_points,), -math.log(self.n_points))
        return log_w, z

# %% wrong · unfinished · only z is returned
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        return prior.mean + prior.stddev * torch.special.ndtri(u)

# %% wrong · concept · the points of the cube are scaled without the quantiles
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * u
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · uniform over six deviations to each side, as Grid's interval
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * (12 * u - 6)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · order · ndtr in place of its inverse
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtr(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · logit in place of ndtri
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.logit(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · erfinv without the root of two
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.erfinv(2 * u - 1)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · erfinv of the share, not stretched to −1 … 1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * math.sqrt(2) * torch.erfinv(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · scrambled points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        engine = torch.quasirandom.SobolEngine(len(prior.mean), scramble=True, seed=0)
        u = (engine.draw(self.n_points) + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(1e-9, 1 - 1e-9))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · uniform random numbers rather than Sobol's points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.rand(self.n_points, len(prior.mean)).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(1e-6, 1 - 1e-6))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · draws of the prior, as MonteCarlo
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        z = prior.sample((self.n_points,))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · a random place within each cell
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = u + torch.rand_like(u) / self.n_points
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · the same one-dimensional points in every dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(1).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · evenly spaced shares on a diagonal and no Sobol points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = ((torch.arange(self.n_points) + 0.5) / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)[:, None]
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · the first point, at the origin, is skipped
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points + 1)[1:]
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · the point at the origin is dropped in place of moving the others
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)[1:].to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((len(z),), -math.log(len(z)))

# %% wrong · numeric · clamped away from 0 and not moved
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(1e-6, 1 - 1e-6))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · numeric · an infinite node is replaced by zero
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        eps = torch.special.ndtri(u)
        eps[eps.isinf()] = 0
        z = prior.mean + prior.stddev * eps
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · reduction · the plain average is taken at once and one z is returned
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z.mean(0, keepdim=True), torch.zeros(1).to(z)

# %% wrong · sign · shares to the right of z
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (1 - u - 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · J minus one in the average
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points - 1))

# %% wrong · concept · the half cell is added after the quantiles
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        eps = torch.special.ndtri(u) + 0.5 / self.n_points
        z = prior.mean + prior.stddev * eps
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · n_points is taken for the exponent m
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        m = int(math.log2(self.n_points))
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(m)
        u = (u + 0.5 / m).to(prior.mean).clamp(max=1 - 1e-9)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((m,), -math.log(m))

# %% wrong · two · neither moved nor scaled to the prior
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        return torch.special.ndtri(u), torch.full((self.n_points,), -math.log(self.n_points))

# %% wrong · two · a whole cell and weights without logarithm
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        u = (u + 1 / self.n_points).clamp(max=1 - 1e-6)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.ones(self.n_points) / self.n_points

# %% wrong · two · variance for deviation and plus log J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev**2 * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), np.log(self.n_points))

# %% wrong · two · no quantiles and the prior's density as weights
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * (2 * u - 1)
        log_w = prior.log_prob(z).reshape(self.n_points, -1).sum(1)
        return z, log_w.log_softmax(0)

# %% wrong · two · scrambled and not moved
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        engine = torch.quasirandom.SobolEngine(len(prior.mean), scramble=True)
        u = engine.draw(self.n_points).to(prior.mean).clamp(1e-6, 1 - 1e-6)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · two · mean not added and log J to the base ten
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log10(self.n_points))

# %% wrong · raises · torch.log of a Python int
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, -torch.log(self.n_points).expand(self.n_points)

# %% wrong · raises · the engine is given the mean instead of the number of dimensions
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(prior.mean).draw(self.n_points)
        z = prior.mean + prior.stddev * torch.special.ndtri(u + 0.5 / self.n_points)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · raises · J and d exchanged in the engine
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(self.n_points).draw(len(prior.mean))
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% right · distributions · icdf of a Normal with the prior's mean and deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        normal = Normal(prior.mean, prior.stddev)
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points, dtype=prior.mean.dtype)
        z = normal.icdf(u + 1 / (2 * self.n_points))
        return z, torch.full((self.n_points,), 1 / self.n_points, dtype=z.dtype).log()

# %% right · algebra · erfinv with its root of two
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        J, d = self.n_points, prior.mean.numel()
        u = torch.quasirandom.SobolEngine(d).draw(J).double() + 0.5 / J
        z = prior.mean + prior.stddev * math.sqrt(2) * torch.erfinv(2 * u - 1)
        return z, -math.log(J) * torch.ones(J).to(z)

# %% right · scipy · norm.ppf on an array
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).double().numpy()
        z = stats.norm.ppf(u + 0.5 / self.n_points, loc=prior.mean.numpy(), scale=prior.stddev.numpy())
        return torch.from_numpy(z), torch.from_numpy(np.full(self.n_points, -np.log(self.n_points)))

# %% right · algebra · the index of the cell first, then its middle
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        cell = torch.round(u * self.n_points).to(prior.mean)
        z = torch.special.ndtri((cell + 0.5) / self.n_points) * prior.stddev + prior.mean
        return z, torch.zeros_like(z[:, 0]).log_softmax(0)

# %% right · loop · dimension by dimension, columns stacked
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        d = prior.mean.shape[0]
        u = torch.quasirandom.SobolEngine(d).draw(self.n_points).to(prior.mean) + 0.5 / self.n_points
        columns = [prior.mean[i] + prior.stddev[i] * torch.special.ndtri(u[:, i]) for i in range(d)]
        z = torch.stack(columns, 1)
        return z, z.new_tensor([-math.log(self.n_points)] * self.n_points)

# %% right · loop · the standard library, number by number
from statistics import NormalDist

class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).tolist()
        parts = [NormalDist(m, s) for m, s in zip(prior.mean.tolist(), prior.stddev.tolist())]
        z = [[p.inv_cdf(v + 0.5 / self.n_points) for p, v in zip(parts, row)] for row in u]
        return torch.tensor(z).to(prior.mean), torch.tensor([math.log(1 / self.n_points)] * self.n_points).to(prior.mean)

# %% right · distributions · an affine transform after the quantiles
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        eps = torch.special.ndtri(u.add(0.5 / self.n_points))
        z = AffineTransform(prior.mean, prior.stddev)(eps)
        return z, z.new_zeros(len(z)) - math.log(len(z))

# %% right · class · the shift and the log weight are made in the constructor
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
        self.half_cell = 0.5 / n_points
        self.log_w = -math.log(n_points)

    def nodes(self, prior):
        mean, std = prior.mean, prior.stddev
        engine = torch.quasirandom.SobolEngine(dimension=mean.shape[-1], scramble=False)
        u = engine.draw(self.n_points).to(mean) + self.half_cell
        return torch.addcmul(mean, std, torch.special.ndtri(u)), torch.full_like(u[:, 0], self.log_w)

# %% right · class · a method for the unit cube
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def middles(self, d):
        left = torch.quasirandom.SobolEngine(d).draw(self.n_points, dtype=torch.float64)
        return left + 0.5 / self.n_points

    def nodes(self, prior):
        z = prior.mean + prior.stddev * torch.special.ndtri(self.middles(len(prior.mean)))
        return z, torch.log(torch.ones(len(z), dtype=z.dtype) / len(z))

# %% right · helper · the quantile function outside of the class
def quantile(u, mean, std):
    return mean + std * torch.special.ndtri(u)

class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        z = quantile(u.to(prior.mean) + 0.5 / self.n_points, prior.mean, prior.stddev)
        return z, Categorical(logits=z.new_zeros(len(z))).logits

# %% right · scipy · SciPy's ndtri on a NumPy array of shares
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        cells = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).numpy().astype(float)
        z = torch.from_numpy(special.ndtri(cells + 0.5 / self.n_points)).to(prior.mean)
        z = prior.mean + z * prior.stddev
        return z, torch.full((self.n_points,), -np.log(self.n_points), dtype=z.dtype)

# %% right · algebra · midpoint of the left end and the right end
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        left = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        right = left + 1 / self.n_points
        z = prior.mean + prior.variance.sqrt() * torch.special.ndtri((left + right) / 2)
        return z, -torch.tensor(float(self.n_points)).log().to(z).expand(self.n_points)

# %% right · einsum · a diagonal matrix of deviations
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        eps = torch.special.ndtri(u + 0.5 / self.n_points)
        z = eps @ torch.diag(prior.stddev) + prior.mean
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% right · stabiliser · the share kept within tiny bounds
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points

    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).double()
        u = (u + 0.5 / self.n_points).clamp(1e-12, 1 - 1e-12)
        z = torch.distributions.Normal(0.0, 1.0).icdf(u) * prior.stddev + prior.mean
        return z, z.new_full((self.n_points,), -math.log(self.n_points))
