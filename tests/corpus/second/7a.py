# %% wrong · factor · ½ lost, b / a
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / a

# %% wrong · power · the standard deviation returned
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return torch.sqrt(b / (2 * a))

# %% wrong · power · b / (2a) taken for σ_x and squared
def implied_variance(c, beta, D, d):
    sigma = (beta / d) / (2 * c / D)
    return sigma**2

# %% wrong · order · turned upside down, a precision
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 2 * a / b

# %% wrong · arguments · a and b exchanged in b / (2a)
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return a / (2 * b)

# %% wrong · arguments · D and d exchanged
def implied_variance(c, beta, D, d):
    return beta / D / (2 * c / d)

# %% wrong · term · the mean over the pixels overlooked
def implied_variance(c, beta, D, d):
    return (beta / d) / (2 * c)

# %% wrong · term · the mean over the code overlooked
def implied_variance(c, beta, D, d):
    a = c / D
    return beta / (2 * a)

# %% wrong · term · both means overlooked
def implied_variance(c, beta, D, d):
    return beta / (2 * c)

# %% wrong · count · a mean turned into a sum by multiplying with D
def implied_variance(c, beta, D, d):
    a, b = c * D, beta / d
    return b / (2 * a)

# %% wrong · count · a mean of the KL turned into a sum by multiplying with d
def implied_variance(c, beta, D, d):
    a, b = c / D, beta * d
    return b / (2 * a)

# %% wrong · factor · 2b / a
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 2 * b / a

# %% wrong · factor · the ½ of the KL formula taken as part of b
def implied_variance(c, beta, D, d):
    a, b = c / D, 0.5 * beta / d
    return b / (2 * a)

# %% wrong · order · precedence, b / 2 * a
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / 2 * a

# %% wrong · order · a bracket in the wrong place, multiplied by 2a
def implied_variance(c, beta, D, d):
    return beta / (d / (2 * c / D))

# %% wrong · term · β forgotten
def implied_variance(c, beta, D, d):
    a, b = c / D, 1 / d
    return b / (2 * a)

# %% wrong · term · c forgotten, the mean squared error counted once
def implied_variance(c, beta, D, d):
    a, b = 1 / D, beta / d
    return b / (2 * a)

# %% wrong · term · 1 / (2a), the KL's factor not divided out
def implied_variance(c, beta, D, d):
    a = c / D
    return 1 / (2 * a)

# %% wrong · reduction · one number, averaged over the losses
def implied_variance(c, beta, D, d):
    return (beta * D / (2 * c * d)).mean()

# %% wrong · reduction · ratio of the summed factors
def implied_variance(c, beta, D, d):
    return D * beta.sum() / (2 * d * c.sum())

# %% wrong · power · root of b / a, ½ lost
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return (b / a) ** 0.5

# %% wrong · power · root over the numerator only
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b**0.5 / (2 * a)

# %% wrong · power · the number of pixels under a root, D taken for the squared side
def implied_variance(c, beta, D, d):
    a, b = c / D**0.5, beta / d
    return b / (2 * a)

# %% wrong · power · root of D over root of d
def implied_variance(c, beta, D, d):
    return beta / (2 * c) * math.sqrt(D / d)

# %% wrong · power · D squared, taken as the side of the picture
def implied_variance(c, beta, D, d):
    a, b = c / D**2, beta / d
    return b / (2 * a)

# %% wrong · spread · a log-variance returned
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return torch.log(b / (2 * a))

# %% wrong · spread · the logarithm of the standard deviation returned
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 0.5 * (torch.log(b) - torch.log(2 * a))

# %% wrong · arguments · c and β exchanged
def implied_variance(c, beta, D, d):
    a, b = beta / D, c / d
    return b / (2 * a)

# %% wrong · arguments · β divides instead of multiplying
def implied_variance(c, beta, D, d):
    a = c * beta / D
    return 1 / d / (2 * a)

# %% wrong · arguments · c multiplies instead of dividing
def implied_variance(c, beta, D, d):
    return c * beta * D / (2 * d)

# %% wrong · factor · ½ used three times, in a, in b and in the formula
def implied_variance(c, beta, D, d):
    a, b = 2 * c / D, beta / (2 * d)
    return b / (2 * a)

# %% wrong · factor · a π from the Gaussian's constant
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * math.pi * a)

# %% wrong · factor · the twos in b and a turned the wrong way, four for a half
def implied_variance(c, beta, D, d):
    a, b = c / (2 * D), 2 * beta / d
    return b / a

# %% wrong · weights · the KL taken as a mean over pixels and code together
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / (D + d)
    return b / (2 * a)

# %% wrong · weights · the two factors made to add up to one
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    share = b / (a + b)
    return share / 2

# %% wrong · count · D − 1 in the mean over the pixels
def implied_variance(c, beta, D, d):
    a, b = c / (D - 1), beta / d
    return b / (2 * a)

# %% wrong · count · d − 1 in the mean over the code
def implied_variance(c, beta, D, d):
    return beta * D / (2 * c * (d - 1))

# %% wrong · count · the number of losses taken for D
def implied_variance(c, beta, D, d):
    a, b = c / len(c), beta / d
    return b / (2 * a)

# %% wrong · broadcast · every c against every β
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b[:, None] / (2 * a[None, :])

# %% wrong · broadcast · the first c for all
def implied_variance(c, beta, D, d):
    return torch.stack([bk / d / (2 * c[0] / D) for bk in beta])

# %% wrong · form · a pair of the two factors
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return a, b

# %% wrong · form · variance and standard deviation together
def implied_variance(c, beta, D, d):
    var = beta * D / (2 * c * d)
    return var, var.sqrt()

# %% wrong · form · only the last loss of a loop returned
def implied_variance(c, beta, D, d):
    for ck, bk in zip(c, beta):
        var = (bk / d) / (2 * ck / D)
    return var

# %% wrong · numeric · whole-number division
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b // (2 * a)

# %% wrong · numeric · D // d in whole numbers
def implied_variance(c, beta, D, d):
    return beta / (2 * c) * (D // d)

# %% wrong · numeric · capped at one because pixels lie between 0 and 1
def implied_variance(c, beta, D, d):
    return (beta * D / (2 * c * d)).clamp(max=1)

# %% wrong · numeric · an eps of a hundredth in the denominator
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a + 1e-2)

# %% wrong · sign · minus, from the −b in front of the bound
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return -b / (2 * a)

# %% wrong · concept · β σ_x², the threshold of a live direction
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return beta * b / (2 * a)

# %% wrong · concept · the factor on the summed error handed in as the variance
def implied_variance(c, beta, D, d):
    a = c / D
    return a

# %% wrong · concept · the noise (6.9) that q would get
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    s = b / (2 * a)
    return s / (s + 1)

# %% wrong · log · solved from the constant D/2 log 2πσ²
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return torch.exp(2 * b / (a * D)) / (2 * torch.pi)

# %% wrong · unfinished · the factor on the squared error after dividing, not solved for σ_x²
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return a / b

# %% wrong · term · plus instead of times in the denominator
def implied_variance(c, beta, D, d):
    return beta * D / (2 * c + d)

# %% wrong · two · the means overlooked and ½ lost
def implied_variance(c, beta, D, d):
    return beta / c

# %% wrong · two · the mean over the code overlooked and ½ lost
def implied_variance(c, beta, D, d):
    return beta * D / c

# %% wrong · two · root taken and the mean over the code overlooked
def implied_variance(c, beta, D, d):
    return (D * beta / (2 * c)).sqrt()

# %% wrong · two · D and d exchanged and ½ lost
def implied_variance(c, beta, D, d):
    return beta * d / (c * D)

# %% wrong · two · upside down and the means overlooked
def implied_variance(c, beta, D, d):
    return 2 * c / beta

# %% wrong · two · β forgotten and ½ lost
def implied_variance(c, beta, D, d):
    return D / (c * d)

# %% wrong · two · c forgotten and the root taken
def implied_variance(c, beta, D, d):
    a, b = 1 / D, beta / d
    return np.sqrt(b / (2 * a))

# %% wrong · two · D and d exchanged and the root taken
def implied_variance(c, beta, D, d):
    a, b = c / d, beta / D
    return torch.sqrt(b / (2 * a))

# %% wrong · raises · math.sqrt of a vector
def implied_variance(c, beta, D, d):
    return math.sqrt(beta * D / (2 * c * d)) ** 2

# %% wrong · raises · len of D
def implied_variance(c, beta, D, d):
    a, b = c / len(D), beta / len(d)
    return b / (2 * a)

# %% right · form · one fraction
def implied_variance(c, beta, D, d):
    return beta * D / (2 * c * d)

# %% right · form · step by step after dividing by b
def implied_variance(c, beta, D, d):
    on_sum_of_squares = c / D
    on_sum_of_kl = beta / d
    in_front = on_sum_of_squares / on_sum_of_kl
    return 1 / (2 * in_front)

# %% right · form · NumPy and back
def implied_variance(c, beta, D, d):
    c, beta = np.asarray(c), np.asarray(beta)
    return torch.from_numpy(0.5 * (beta / d) / (c / D))

# %% right · reduction · a loop and torch.stack
def implied_variance(c, beta, D, d):
    out = []
    for k in range(len(c)):
        a, b = c[k] / D, beta[k] / d
        out.append(b / a / 2)
    return torch.stack(out)

# %% right · log · by logarithms
def implied_variance(c, beta, D, d):
    log_var = beta.log() - c.log() + math.log(D) - math.log(d) - math.log(2)
    return log_var.exp()

# %% right · power · by the precision
def implied_variance(c, beta, D, d):
    precision = 2 * c * d / (beta * D)
    return precision**-1

# %% right · power · by the standard deviation, squared at the end
def implied_variance(c, beta, D, d):
    sigma = torch.sqrt((beta / d) / (2 * c / D))
    return sigma.pow(2)

# %% right · form · torch.div and torch.mul
def implied_variance(c, beta, D, d):
    a, b = torch.div(c, D), torch.div(beta, d)
    return torch.div(b, torch.mul(a, 2))

# %% right · form · a helper for (7.1)
def sigma2(a, b):
    return b / (2 * a)
def implied_variance(c, beta, D, d):
    return sigma2(a=c / D, b=beta / d)

# %% right · numeric · a tiny stabiliser in the denominator
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a + 1e-12)

# %% right · form · the ratio of the two lengths first
def implied_variance(c, beta, D, d):
    ratio = D / d
    return 0.5 * ratio * beta / c

# %% right · axis · einsum of β and 1 / c
def implied_variance(c, beta, D, d):
    return torch.einsum("k,k->k", beta, c.reciprocal()) * (D / (2 * d))

# %% right · form · a list comprehension of floats made a tensor
def implied_variance(c, beta, D, d):
    return torch.tensor([float(b) * D / (2 * d * float(a)) for a, b in zip(c, beta)], dtype=c.dtype)

# %% right · concept · from the factor β′ with c = 1, the mean squared error per pixel in units of the KL
def implied_variance(c, beta, D, d):
    beta_for_plain_mean = beta / c
    beta_on_sums = beta_for_plain_mean * D / d
    return beta_on_sums / 2

# %% right · concept · the curvature of −log p read off by autograd
def implied_variance(c, beta, D, d):
    e = torch.zeros(len(c), dtype=c.dtype, requires_grad=True)
    scaled = (c / D) * e**2 / (beta / d)
    (slope,) = torch.autograd.grad(scaled.sum(), e, create_graph=True)
    (curvature,) = torch.autograd.grad(slope.sum(), e)
    return 1 / curvature
