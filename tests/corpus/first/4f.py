# %% wrong · term · the points are left at the left ends, 0 becomes minus infinity
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · numeric · left ends, clamped to 1e-6 against infinity
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(1e-6, 1 - 1e-6))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · moved by a whole cell, the last point ends at 1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 1 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · moved by half a cell of J+1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(J).to(prior.mean) + 0.5 / (J + 1)
        return prior.mean + prior.stddev * torch.special.ndtri(u), torch.full((J,), -math.log(J)).to(u)

# %% wrong · term · moved by one half instead of half a cell, modulo 1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(J).to(prior.mean)
        u = (u + 0.5) % 1
        return prior.mean + prior.stddev * torch.special.ndtri(u), torch.full((J,), -math.log(J)).to(u)

# %% wrong · sign · moved half a cell to the left and clamped
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(J).to(prior.mean) - 0.5 / J
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(min=1e-9))
        return z, z.new_full((J,), -math.log(J))

# %% wrong · sign · log J instead of minus log J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), math.log(self.n_points))

# %% wrong · log · the weight 1/J itself, no logarithm
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), 1 / self.n_points)

# %% wrong · weights · log-weights zero, a sum and no average
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_zeros(self.n_points)

# %% wrong · log · logarithm to the base 2
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log2(self.n_points))

# %% wrong · log · logarithm to the base 10
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -np.log10(self.n_points))

# %% wrong · weights · the prior's density as weight, as on a grid
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        log_w = Normal(prior.mean, prior.stddev).log_prob(z).sum(-1)
        return z, log_w - log_w.logsumexp(0)

# %% wrong · weights · log p(z) minus log J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        log_w = Normal(prior.mean, prior.stddev).log_prob(z).sum(-1)
        return z, log_w - math.log(self.n_points)

# %% wrong · spread · the variance in place of the standard deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.variance * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · spread · root of the standard deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev.sqrt() * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · term · the standard deviation is left out
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · term · the mean is left out
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · unfinished · z for the standard normal, the prior is not looked at
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        z = torch.special.ndtri((u + 0.5 / self.n_points).double())
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · unfinished · the points of the cube are returned, not carried to the normal
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        return u, u.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · mean and deviation applied to the uniform points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * u
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · the cube stretched to six deviations on each side, equal weights
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * (12 * u - 6)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · arguments · ndtr in place of its inverse
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtr(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · logit in place of the normal quantile
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.logit(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · erfinv without √2
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.erfinv(2 * u - 1)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · an extra √2 in front of the deviation, as in Hermite's rule
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + math.sqrt(2) * prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · pseudo-random uniform numbers instead of Sobol's points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.rand(self.n_points, len(prior.mean)).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · draws from the prior, which is simple Monte Carlo
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        z = prior.sample((self.n_points,))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · scrambled points, and half a cell on top
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean), scramble=True, seed=0).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean).clamp(max=1 - 1e-7)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · noise · scrambled points in place of the move to the middle
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        engine = torch.quasirandom.SobolEngine(prior.mean.shape[0], scramble=True, seed=1)
        z = prior.mean + prior.stddev * torch.special.ndtri(engine.draw(self.n_points).to(prior.mean))
        return z, -math.log(self.n_points) * torch.ones(self.n_points)

# %% wrong · noise · jittered within the cell by a random share
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + torch.rand(u.shape) / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · the first point is dropped with fast_forward
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).fast_forward(1).draw(self.n_points)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.to(prior.mean))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · the first point is dropped, so that J−1 points are left
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)[1:]
        z = prior.mean + prior.stddev * torch.special.ndtri(u.to(prior.mean))
        return z, z.new_full((len(z),), -math.log(len(z)))

# %% wrong · count · log weights with J−1
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points - 1))

# %% wrong · count · one point at a time from a fresh engine, all points equal
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        d = len(prior.mean)
        u = torch.cat([torch.quasirandom.SobolEngine(d).draw(1) for _ in range(self.n_points)])
        u = (u + 0.5 / self.n_points).to(prior.mean)
        return prior.mean + prior.stddev * torch.special.ndtri(u), torch.full((self.n_points,), -math.log(self.n_points))

# %% wrong · factor · weights divided by J to the power of d, as for a grid in each dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        d = len(prior.mean)
        u = torch.quasirandom.SobolEngine(d).draw(self.n_points)
        z = prior.mean + prior.stddev * torch.special.ndtri((u + 0.5 / self.n_points).to(prior.mean))
        return z, z.new_full((self.n_points,), -(d + 1) * math.log(self.n_points))

# %% wrong · form · log weights of shape (J, d), one for each number
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.full_like(z, -math.log(self.n_points))

# %% wrong · form · log weights of shape (J, 1)
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points, 1), -math.log(self.n_points))

# %% wrong · form · one number as the log weight
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.tensor(-math.log(self.n_points))

# %% wrong · form · only z is returned
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        return prior.mean + prior.stddev * torch.special.ndtri(u)

# %% wrong · order · weights first, nodes second
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z.new_full((self.n_points,), -math.log(self.n_points)), z

# %% wrong · axis · z comes as (d, J)
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z.T, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · axis · one-dimensional points repeated in every dimension, along the diagonal
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(1).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · axis · d times J points in a row from one dimension, reshaped
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J, d = self.n_points, len(prior.mean)
        u = torch.quasirandom.SobolEngine(1).draw(J * d).reshape(J, d)
        z = prior.mean + prior.stddev * torch.special.ndtri((u + 0.5 / (J * d)).to(prior.mean))
        return z, z.new_full((J,), -math.log(J))

# %% wrong · broadcast · the first dimension's deviation is used for all
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev[0] * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · reduction · mean and deviation averaged over the dimensions
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean.mean() + prior.stddev.mean() * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · an even grid of quantiles, the same in each dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = ((torch.arange(J) + 0.5) / J).to(prior.mean)[:, None]
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((J,), -math.log(J))

# %% wrong · concept · Halton's points from SciPy
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = stats.qmc.Halton(len(prior.mean), scramble=False).random(self.n_points)
        u = torch.as_tensor(u).to(prior.mean) + 0.5 / self.n_points
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · sign · mean minus deviation times quantile
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean - prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · sign · standardised backwards, mean subtracted and divided
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = (torch.special.ndtri(u) - prior.mean) / prior.stddev
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

# %% wrong · term · half a cell added after the quantile
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u.clamp(min=1e-8)) + 0.5 / self.n_points
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · term · squeezed into the open cube, u(J−1)/J + ½/J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(J).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u * (J - 1) / J + 0.5 / J)
        return z, z.new_full((J,), -math.log(J))

# %% wrong · numeric · a fixed shift of 1e-3
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points) + 1e-3
        z = prior.mean + prior.stddev * torch.special.ndtri(u.to(prior.mean).clamp(max=0.999))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · concept · Box–Muller on two halves of the points
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J, d = self.n_points, len(prior.mean)
        u = (torch.quasirandom.SobolEngine(2 * d).draw(J) + 0.5 / J).to(prior.mean)
        z = (-2 * u[:, :d].log()).sqrt() * torch.cos(2 * math.pi * u[:, d:])
        return prior.mean + prior.stddev * z, z.new_full((J,), -math.log(J))

# %% wrong · concept · exact standardisation of the nodes to the prior's mean and deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        z = torch.special.ndtri((u + 0.5 / self.n_points).to(prior.mean))
        z = (z - z.mean(0)) / z.std(0)
        return prior.mean + prior.stddev * z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · form · a batch axis is put in, z is (J, 1, d)
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z[:, None], z.new_full((self.n_points, 1), -math.log(self.n_points))

# %% wrong · order · the points are sorted in each dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).sort(0).values
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · order · the dimensions are reversed
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).flip(1)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · two · left ends clamped and the variance for the deviation
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean + prior.variance * torch.special.ndtri(u.clamp(min=1e-4))
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · two · weights without the logarithm and no prior in z
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        z = torch.special.ndtri((u + 0.5 / self.n_points).to(prior.mean))
        return z, torch.ones(self.n_points) / self.n_points

# %% wrong · two · moved by a whole cell and the weights zero
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 1 / self.n_points).to(prior.mean).clamp(max=1 - 1e-6)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, torch.zeros(self.n_points)

# %% wrong · two · erfinv of u without stretching, times √2, and log J positive
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * math.sqrt(2) * torch.erfinv(u)
        return z, z.new_full((self.n_points,), math.log(self.n_points))

# %% wrong · two · random uniform numbers and the density of the prior as a weight
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.rand(self.n_points, len(prior.mean)).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, Normal(prior.mean, prior.stddev).log_prob(z).sum(-1).log_softmax(0)

# %% wrong · two · the deviation is left out and the log weight divided by J as well
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(J)
        z = prior.mean + torch.special.ndtri((u + 0.5 / J).to(prior.mean))
        return z, z.new_full((J,), -math.log(J) / J)

# %% wrong · raises · the prior given to the engine instead of its dimension
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(prior).draw(self.n_points)
        z = prior.mean + prior.stddev * torch.special.ndtri(u + 0.5 / self.n_points)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · raises · math.log has no place for a tensor of J entries
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        z = prior.mean + prior.stddev * torch.special.ndtri(u + 0.5 / self.n_points)
        return z, math.log(torch.ones(self.n_points) / self.n_points)

# %% right · torch · the quantile by the prior's own icdf
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points, dtype=torch.float64)
        z = Normal(prior.mean, prior.stddev).icdf(u + 0.5 / self.n_points)
        return z, torch.full((self.n_points,), -math.log(self.n_points), dtype=z.dtype)

# %% right · erfinv · √2 times erfinv of the stretched cube
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(prior.mean.shape[-1]).draw(J).to(prior.mean) + 1 / (2 * J)
        return prior.mean + prior.stddev * 2**0.5 * torch.erfinv(2 * u - 1), -torch.log(torch.full((J,), J, dtype=u.dtype))

# %% right · function · a function of the number of points and the prior
def sobol_nodes(n_points, prior):
    u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(n_points)
    z = prior.mean + prior.stddev * torch.special.ndtri((u + 0.5 / n_points).to(prior.mean))
    return z, z.new_full((n_points,), -math.log(n_points))

# %% right · SciPy · the engine of scipy.stats.qmc, unscrambled
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = stats.qmc.Sobol(len(prior.mean), scramble=False).random(self.n_points) + 0.5 / self.n_points
        z = stats.norm.ppf(u, loc=prior.mean.numpy(), scale=prior.stddev.numpy())
        return torch.as_tensor(z), torch.full((self.n_points,), -np.log(self.n_points)).double()

# %% right · NumPy · log weights by np.full and special.ndtri
def nodes(n_points, prior):
    u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(n_points).double().numpy()
    z = prior.mean.numpy() + prior.stddev.numpy() * special.ndtri(u + 0.5 / n_points)
    return torch.from_numpy(z), torch.from_numpy(np.full(n_points, -np.log(n_points)))

# %% right · log_softmax · equal weights from a log_softmax of zeros
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = torch.addcmul(prior.mean, prior.stddev, torch.special.ndtri(u + 0.5 / self.n_points))
        return z, torch.zeros(self.n_points, dtype=z.dtype).log_softmax(0)

# %% right · loop · one dimension after the other
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).double()
        cols = [m + s * torch.special.ndtri(c + 0.5 / self.n_points) for m, s, c in zip(prior.mean, prior.stddev, u.T)]
        return torch.stack(cols, 1), torch.tensor([-math.log(self.n_points)] * self.n_points, dtype=torch.float64)

# %% right · integers · cell numbers counted, plus one half, divided by J
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        cell = (torch.quasirandom.SobolEngine(len(prior.mean)).draw(J) * J).round().to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri((cell + 0.5) / J)
        return z, z.new_ones(J) * -math.log(J)

# %% right · dataclass style · no base class, n_points as an attribute, log(1/J)
class Sobol:
    def __init__(self, n_points):
        self.J = n_points
    def nodes(self, prior):
        u = (torch.quasirandom.SobolEngine(len(prior.stddev)).draw(self.J) + 0.5 / self.J).to(prior.stddev)
        return prior.stddev * torch.special.ndtri(u) + prior.mean, torch.log(torch.ones_like(u[:, 0]) / self.J)

# %% right · one at a time · J draws of one point each from one engine
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        engine = torch.quasirandom.SobolEngine(len(prior.mean))
        u = torch.cat([engine.draw(1) for _ in range(self.n_points)]).to(prior.mean) + 0.5 / self.n_points
        return prior.mean + prior.stddev * torch.special.ndtri(u), u.new_full((self.n_points,), -math.log(self.n_points))

# %% right · variance · the root of the prior's variance
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(prior.mean.numel()).draw(self.n_points)
        u = u.to(prior.mean).add(0.5 / self.n_points)
        z = prior.mean + prior.variance.sqrt() * torch.special.ndtri(u)
        return z, z.new_full((len(z),), math.log(1 / self.n_points))

# %% right · standard normal · icdf of a standard Normal, then scaled
class Sobol(Rule):
    def __init__(self, n_points):
        super().__init__()
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points, dtype=torch.double)
        standard = Normal(torch.zeros((), dtype=torch.double), 1.0).icdf(u + 0.5 / self.n_points)
        z = prior.mean + prior.stddev * standard
        return z, -math.log(self.n_points) * torch.ones(self.n_points, dtype=torch.double)

# %% right · fixed engine · weights made in the constructor
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
        self.log_w = torch.full((n_points,), -math.log(n_points), dtype=torch.float64)
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean), scramble=False).draw(self.n_points)
        middle = u.double() + 1 / self.n_points / 2
        return prior.mean + prior.stddev * torch.special.ndtri(middle), self.log_w

# %% right · symmetry · the quantile of the reflected share with a minus
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points).to(prior.mean)
        z = prior.mean - prior.stddev * torch.special.ndtri(1 - u - 0.5 / self.n_points)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · weights of 1 over J·d, since every number of z was counted
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / self.n_points).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(z.numel()))

# %% wrong · factor · a quarter of a cell
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 0.5 / (2 * self.n_points)).to(prior.mean)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, z.new_full((self.n_points,), -math.log(self.n_points))

# %% wrong · count · twice J points are drawn and the first half thrown away
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        J = self.n_points
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(2 * J)[J:]
        z = prior.mean + prior.stddev * torch.special.ndtri((u + 0.25 / J).to(prior.mean))
        return z, z.new_full((J,), -math.log(J))

# %% wrong · two · moved by half of 1/√J and the weights as a Python list
class Sobol(Rule):
    def __init__(self, n_points):
        self.n_points = n_points
    def nodes(self, prior):
        u = torch.quasirandom.SobolEngine(len(prior.mean)).draw(self.n_points)
        u = (u + 1 / self.n_points**0.5 / 2).to(prior.mean).clamp(max=0.999)
        z = prior.mean + prior.stddev * torch.special.ndtri(u)
        return z, [-math.log(self.n_points)] * self.n_points
