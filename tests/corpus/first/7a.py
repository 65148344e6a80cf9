# %% wrong · factor · the 2 in b over 2a is missing
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / a

# %% wrong · spread · takes the root and gives back the standard deviation
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return torch.sqrt(b / (2 * a))

# %% wrong · power · takes b over 2a for the standard deviation and squares it
def implied_variance(c, beta, D, d):
    sigma = (beta / d) / (2 * c / D)
    return sigma**2

# %% wrong · factor · multiplies by the numbers of dimensions to undo the means
def implied_variance(c, beta, D, d):
    a = c * D
    b = beta * d
    return b / (2 * a)

# %% wrong · arguments · a and b are exchanged in the quotient
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return a / (2 * b)

# %% wrong · unfinished · only the KL is turned into a sum and the error keeps its mean
def implied_variance(c, beta, D, d):
    b = beta / d
    return b / (2 * c)

# %% wrong · unfinished · only the error is turned into a sum and the KL keeps its mean
def implied_variance(c, beta, D, d):
    a = c / D
    return beta / (2 * a)

# %% wrong · unfinished · puts c and beta straight into the formula as if they stood on sums
def implied_variance(c, beta, D, d):
    return beta / (2 * c)

# %% wrong · spread · returns the precision
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 2 * a / b

# %% wrong · arguments · D and d are exchanged
def implied_variance(c, beta, D, d):
    a = c / d
    b = beta / D
    return b / (2 * a)

# %% wrong · factor · the 2 stands above instead of below
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 2 * b / a

# %% wrong · factor · multiplies by a where it should divide, for want of brackets
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / 2 * a

# %% wrong · factor · brackets are missing, so that the last division goes below
def implied_variance(c, beta, D, d):
    return (beta / d) / 2 * c / D

# %% wrong · term · beta is forgotten
def implied_variance(c, beta, D, d):
    a, b = c / D, 1 / d
    return b / (2 * a)

# %% wrong · term · c is forgotten
def implied_variance(c, beta, D, d):
    a, b = 1 / D, beta / d
    return b / (2 * a)

# %% wrong · log · returns the logarithm of the variance
def implied_variance(c, beta, D, d):
    return torch.log(beta * D / (2 * c * d))

# %% wrong · spread · returns the log of the standard deviation
def implied_variance(c, beta, D, d):
    return 0.5 * torch.log(beta / d / (2 * c / D))

# %% wrong · reduction · averages over the losses
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return (b / (2 * a)).mean()

# %% wrong · reduction · sums over the losses
def implied_variance(c, beta, D, d):
    return (beta * D / (2 * c * d)).sum()

# %% wrong · numeric · divides by whole numbers only
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b // (2 * a)

# %% wrong · factor · thinks that the squared error counts twice, for x and for the mean
def implied_variance(c, beta, D, d):
    a = 2 * c / D
    b = beta / d
    return b / (4 * a)

# %% wrong · two · loses the 2 and takes the root
def implied_variance(c, beta, D, d):
    a = c / D
    b = beta / d
    return (b / a) ** 0.5

# %% wrong · form · returns the two factors and not their quotient
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return a, b

# %% wrong · form · returns both variance and standard deviation
def implied_variance(c, beta, D, d):
    var = (beta / d) / (2 * (c / D))
    return var, var.sqrt()

# %% wrong · numeric · clamps the variance to at most 1 since pixels lie between 0 and 1
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return (b / (2 * a)).clamp(max=1)

# %% wrong · count · divides by D minus one as in a sample variance
def implied_variance(c, beta, D, d):
    a = c / (D - 1)
    b = beta / d
    return b / (2 * a)

# %% wrong · count · divides by d minus one
def implied_variance(c, beta, D, d):
    a = c / D
    b = beta / (d - 1)
    return b / (2 * a)

# %% wrong · factor · d stands above instead of below
def implied_variance(c, beta, D, d):
    a = c / D
    b = beta * d
    return b / (2 * a)

# %% wrong · factor · D stands below instead of above
def implied_variance(c, beta, D, d):
    return beta / d / (2 * c * D)

# %% wrong · term · sets the KL's factor to 1 and forgets to divide by it
def implied_variance(c, beta, D, d):
    a = c / D
    return 1 / (2 * a)

# %% wrong · factor · multiplies the error's factor by the KL's instead of dividing
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 1 / (2 * a * b)

# %% wrong · sign · has a minus, from minus b L
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return -b / (2 * a)

# %% wrong · broadcast · returns a column
def implied_variance(c, beta, D, d):
    a, b = c[:, None] / D, beta[:, None] / d
    return b / (2 * a)

# %% wrong · broadcast · pairs every c with every beta
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b[:, None] / (2 * a[None, :])

# %% wrong · form · returns only the first loss's number
def implied_variance(c, beta, D, d):
    out = []
    for ci, bi in zip(c, beta):
        out.append(bi / d / (2 * ci / D))
        return torch.stack(out)

# %% wrong · arguments · takes the length of c for the number of pixels
def implied_variance(c, beta, D, d):
    a, b = c / len(c), beta / d
    return b / (2 * a)

# %% wrong · arguments · takes the length of beta for the dimensions of the code
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / len(beta)
    return b / (2 * a)

# %% wrong · numeric · makes an integer of the result
def implied_variance(c, beta, D, d):
    return (beta * D / (2 * c * d)).long()

# %% wrong · form · returns a list of tensors
def implied_variance(c, beta, D, d):
    return [bi / d / (2 * ci / D) for ci, bi in zip(c, beta)]

# %% wrong · power · takes the root of the dimensions as in a standard error
def implied_variance(c, beta, D, d):
    a = c / D**0.5
    b = beta / d**0.5
    return b / (2 * a)

# %% wrong · factor · a π comes in from the Gaussian's constant
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * math.pi * a)

# %% wrong · concept · gives the share of the KL's factor in the whole
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a + b)

# %% wrong · concept · gives the best v of a code dimension as in 6.9
def implied_variance(c, beta, D, d):
    sx2 = (beta / d) / (2 * c / D)
    return beta * sx2 / (beta * sx2 + 1)

# %% wrong · concept · gives the product of beta and the variance
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return beta * b / (2 * a)

# %% wrong · concept · gives the variance over beta, as if beta stayed apart
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a) / beta

# %% wrong · two · D and d exchanged and the 2 lost
def implied_variance(c, beta, D, d):
    return (beta / D) / (c / d)

# %% wrong · two · factors multiplied and the 2 lost
def implied_variance(c, beta, D, d):
    a, b = c * D, beta * d
    return b / a

# %% wrong · spread · returns one over the standard deviation
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return (2 * a / b).rsqrt().reciprocal()

# %% wrong · power · c is squared as if it stood inside the square
def implied_variance(c, beta, D, d):
    a = c**2 / D
    b = beta / d
    return b / (2 * a)

# %% wrong · power · c gets a root since it multiplies a square
def implied_variance(c, beta, D, d):
    a = c.sqrt() / D
    return (beta / d) / (2 * a)

# %% wrong · factor · no brackets below the line, so that D and c change sides
def implied_variance(c, beta, D, d):
    return beta / d / 2 / c / D

# %% wrong · term · subtracts the two factors
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b - 2 * a

# %% wrong · two · takes D over 2 from the text and puts c above
def implied_variance(c, beta, D, d):
    return (D / 2) * beta * c

# %% wrong · concept · gives D over 2 whatever the factors are
def implied_variance(c, beta, D, d):
    return torch.full_like(c, D / 2)

# %% wrong · arguments · c and beta are exchanged, D and d stay
def implied_variance(c, beta, D, d):
    a = beta / D
    b = c / d
    return b / (2 * a)

# %% wrong · two · minus sign and standard deviation taken for the variance
def implied_variance(c, beta, D, d):
    return -torch.sqrt(beta * D / (2 * c * d))

# %% wrong · reduction · normalises the results so that they sum to 1
def implied_variance(c, beta, D, d):
    v = (beta / d) / (2 * c / D)
    return v / v.sum()

# %% wrong · order · returns the variances from large to small
def implied_variance(c, beta, D, d):
    v = (beta / d) / (2 * c / D)
    return torch.sort(v, descending=True)[0]

# %% wrong · order · turns the order of the losses round
def implied_variance(c, beta, D, d):
    return (beta * D / (2 * c * d)).flip(0)

# %% wrong · log · takes a logarithm of D as in the constant
def implied_variance(c, beta, D, d):
    a = c / math.log(D)
    b = beta / d
    return b / (2 * a)

# %% wrong · term · adds the two sides instead of comparing them
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return 1 / (2 * a) + b

# %% wrong · factor · doubles d because the encoder gives m and logvar
def implied_variance(c, beta, D, d):
    a = c / D
    b = beta / (2 * d)
    return b / (2 * a)

# %% wrong · two · gives the ½ to the error on top of a root of d
def implied_variance(c, beta, D, d):
    a = 0.5 * c / D
    b = beta / d**0.5
    return b / (2 * a)

# %% wrong · numeric · adds a small number of 0.01 below the line
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a + 0.01)

# %% wrong · raises · the root of the math module on a tensor
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return math.sqrt(b / (2 * a)) ** 2

# %% wrong · raises · takes a mean over an axis that does not exist
def implied_variance(c, beta, D, d):
    a, b = c.sum(1) / D, beta.sum(1) / d
    return b / (2 * a)

# %% wrong · raises · the name sigma_x is not known
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a * sigma_x**2)

# %% right · algebra · one fraction
def implied_variance(c, beta, D, d):
    return beta * D / (2 * c * d)

# %% right · steps · divides the loss by its factor on the KL first
def implied_variance(c, beta, D, d):
    c_sum = c / D
    beta_sum = beta / d
    weight = c_sum / beta_sum
    return 0.5 / weight

# %% right · spread · the precision first and then one over it
def implied_variance(c, beta, D, d):
    precision = 2 * (c / D) / (beta / d)
    return 1 / precision

# %% right · log · in logarithms
def implied_variance(c, beta, D, d):
    log_var = torch.log(beta) - torch.log(c) + math.log(D) - math.log(2 * d)
    return log_var.exp()

# %% right · numpy · through NumPy and back
def implied_variance(c, beta, D, d):
    c, beta = np.asarray(c), np.asarray(beta)
    return torch.from_numpy(beta / d / (2 * c / D))

# %% right · loop · one loss at a time
def implied_variance(c, beta, D, d):
    out = torch.zeros_like(c)
    for i in range(len(c)):
        out[i] = (beta[i] / d) / (2 * c[i] / D)
    return out

# %% right · list · scalars stacked
def implied_variance(c, beta, D, d):
    return torch.stack([b * D / (2 * a * d) for a, b in zip(c, beta)])

# %% right · spread · the standard deviation squared at the end
def implied_variance(c, beta, D, d):
    sigma = torch.sqrt(0.5 * (beta / d) * (D / c))
    return sigma**2

# %% right · ratio · two ratios multiplied
def implied_variance(c, beta, D, d):
    return 0.5 * (beta / c) * (D / d)

# %% right · torch · functions instead of operators
def implied_variance(c, beta, D, d):
    return torch.div(torch.mul(beta, D), torch.mul(c, 2 * d))

# %% right · helper · 6.11 as a function of its own
def rule(a, b):
    return b / (2 * a)
def implied_variance(c, beta, D, d):
    return rule(c / D, beta / d)

# %% right · numeric · a tiny number below the line
def implied_variance(c, beta, D, d):
    a, b = c / D, beta / d
    return b / (2 * a + 1e-12)

# %% right · float32 · in float32 and back
def implied_variance(c, beta, D, d):
    a, b = c.float() / D, beta.float() / d
    return (b / (2 * a)).double()

# %% right · einsum · the product as an einsum
def implied_variance(c, beta, D, d):
    return torch.einsum("i,i->i", beta, 1 / c) * D / (2 * d)

# %% right · power · the inverse as a power
def implied_variance(c, beta, D, d):
    a = c * D**-1
    b = beta * d**-1
    return b * (a + a) ** -1

# %% right · tensor · a list of floats made a tensor
def implied_variance(c, beta, D, d):
    values = [float(b) / d / (float(a) * 2 / D) for a, b in zip(c, beta)]
    return torch.tensor(values, dtype=c.dtype)

# %% wrong · two · D forgotten and the root taken
def implied_variance(c, beta, D, d):
    a, b = c, beta / d
    return (b / (2 * a)).sqrt()

# %% wrong · two · the quotient upside down and d forgotten
def implied_variance(c, beta, D, d):
    a, b = c / D, beta
    return a / (2 * b)
