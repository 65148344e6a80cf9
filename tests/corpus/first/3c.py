# %% wrong · count · the division by D is forgotten
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = second / count - (means**2).sum(1)
    return count / len(t), means, variances

# %% wrong · term · the squared mean is not taken off
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, second / count / means.shape[1]

# %% wrong · factor · only the second moment is divided by D
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    D = means.shape[1]
    variances = second / count / D - (means**2).sum(1)
    return count / len(t), means, variances

# %% wrong · factor · only the squared mean is divided by D
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = second / count - (means**2).mean(1)
    return count / len(t), means, variances

# %% wrong · spread · standard deviations returned
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances.sqrt()

# %% wrong · spread · log-variances returned
def round_m_step(t, resp):
    n, m = t.shape
    s = resp.T @ t
    mu = s[:, 1:-1] / s[:, -1:]
    var = (s[:, 0] / s[:, -1] - mu.pow(2).sum(1)) / (m - 2)
    return s[:, -1] / n, mu, var.log()

# %% wrong · spread · precisions returned
def round_m_step(t, resp):
    n, m = t.shape
    s = resp.T @ t
    mu = s[:, 1:-1] / s[:, -1:]
    var = (s[:, 0] / s[:, -1] - mu.pow(2).sum(1)) / (m - 2)
    return s[:, -1] / n, mu, 1 / var

# %% wrong · unfinished · counts instead of weights
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count, means, variances

# %% wrong · count · weights divided by the number of components
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(count), means, variances

# %% wrong · count · weights divided by the largest count
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / count.max(), means, variances

# %% wrong · concept · uniform weights 1/K
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return torch.full_like(count, 1 / len(count)), means, variances

# %% wrong · axis · weights as the mean over components
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return resp.mean(1), means, variances

# %% wrong · log · weights as a softmax of the counts
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count.softmax(0), means, variances

# %% wrong · log · logarithm of the weights
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return (count / len(t)).log(), means, variances

# %% wrong · count · means over all N
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / len(t)
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · the second moment over all N
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / len(t) - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · all three divided by N, one mean of the product
def round_m_step(t, resp):
    m = resp.T @ t / len(t)
    means = m[:, 1:-1]
    variances = (m[:, 0] - (means**2).sum(1)) / means.shape[1]
    return m[:, -1], means, variances

# %% wrong · unfinished · means left as sums, but the variances right
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    variances = (second / count - ((first / count[:, None]) ** 2).sum(1)) / first.shape[1]
    return count / len(t), first, variances

# %% wrong · unfinished · the sums of x are squared, not the means
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (first**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · unfinished · the second moment is not divided by the count
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · sum of the means squared instead of sum of squares
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - means.sum(1) ** 2) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · norm of the mean without the square
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - means.norm(dim=1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · the first column is squared once more
def round_m_step(t, resp):
    sums = resp.T @ t
    first, count = sums[:, 1:-1], sums[:, -1]
    second = resp.T @ t[:, 0] ** 2
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · square root of the norm column
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = (resp.T @ t[:, 0].sqrt()), sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)).abs() / means.shape[1]
    return count / len(t), means, variances

# %% wrong · sign · the squared mean is added
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count + (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · sign · mean squared minus second moment
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = ((means**2).sum(1) - second / count) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · term · the cross term of the square counted, minus twice the squared mean
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - 2 * (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · divides by D + 2, the columns of t
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / t.shape[1]
    return count / len(t), means, variances

# %% wrong · count · divides by D + 1
def round_m_step(t, resp):
    D = t.shape[1] - 1
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / D
    return count / len(t), means, variances

# %% wrong · count · divides by K instead of D, through len(means)
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / len(means)
    return count / len(t), means, variances

# %% wrong · count · always divides by two dimensions
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / 2
    return count / len(t), means, variances

# %% wrong · count · N_k - 1 for an unbiased variance
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second - count * (means**2).sum(1)) / (means.shape[1] * (count - 1))
    return count / len(t), means, variances

# %% wrong · order · columns read as 1, x, square norm
def round_m_step(t, resp):
    sums = resp.T @ t
    count, first, second = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · order · statistics read as x, square norm, 1
def round_m_step(t, resp):
    sums = resp.T @ t
    first, second, count = sums[:, :-2], sums[:, -2], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · order · means first, then variances, then weights
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return means, variances, count / len(t)

# %% wrong · order · variances and weights exchanged
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return variances, means, count / len(t)

# %% wrong · count · slice takes one column too many, the square norm with the means
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, :-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · slice takes the column of ones with the means
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · last coordinate lost by slicing to minus two
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-2], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · form · means transposed
def round_m_step(t, resp):
    sums = t.T @ resp
    second, first, count = sums[0], sums[1:-1], sums[-1]
    means = first / count
    variances = (second / count - (means**2).sum(0)) / means.shape[0]
    return count / len(t), means, variances

# %% wrong · form · one variance for each dimension, all alike
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances[:, None].expand_as(means)

# %% wrong · form · covariance matrices instead of variances
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    D = means.shape[1]
    variances = (second / count - (means**2).sum(1)) / D
    return count / len(t), means, variances[:, None, None] * torch.eye(D, dtype=t.dtype)

# %% wrong · form · weights and variances keep a second axis
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, :1], sums[:, 1:-1], sums[:, -1:]
    means = first / count
    variances = (second / count - (means**2).sum(1, keepdim=True)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · broadcast · the square norm of each is broadcast to D columns, means squared not summed
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, :1], sums[:, 1:-1], sums[:, -1:]
    means = first / count
    variances = (second / count - means**2).mean(1) / means.shape[1]
    return count[:, 0] / len(t), means, variances

# %% wrong · broadcast · the variance of the j-th dimension from the whole norm, (K, D)
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1:]
    means = sums[:, 1:-1] / count
    return count[:, 0] / len(t), means, sums[:, :1] / count - means**2

# %% wrong · concept · one shared variance for all components
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    var = (second - count * (means**2).sum(1)).sum() / (len(t) * means.shape[1])
    return count / len(t), means, var.expand_as(count)

# %% wrong · concept · overall mean taken off in place of the component's
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    overall = t[:, 1:-1].mean(0)
    variances = (second / count - (overall**2).sum()) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · concept · the variance of the squared norms
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    m1 = sums[:, 0] / count
    variances = (resp * (t[:, :1] - m1) ** 2).sum(0) / count / means.shape[1]
    return count / len(t), means, variances

# %% wrong · concept · distances to the mean without the responsibilities
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    variances = ((x[:, None] - means) ** 2).mean((0, 2))
    return count / len(t), means, variances

# %% wrong · concept · hard assignment first
def round_m_step(t, resp):
    hard = one_hot(resp.argmax(1), resp.shape[1]).to(t)
    sums = hard.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · weights · responsibilities squared in the variance
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    gaps = resp[:, :, None] * (x[:, None] - means)
    return count / len(t), means, (gaps**2).sum((0, 2)) / count / x.shape[1]

# %% wrong · weights · softmax of the responsibilities
def round_m_step(t, resp):
    sums = resp.softmax(1).T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · weights · the variances multiplied by the weights
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    pi = count / len(t)
    means = first / count[:, None]
    variances = pi * (second / count - (means**2).sum(1)) / means.shape[1]
    return pi, means, variances

# %% wrong · factor · the weight of the component in front of the squared mean
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    pi = count / len(t)
    means = first / count[:, None]
    variances = (second / count - pi * (means**2).sum(1)) / means.shape[1]
    return pi, means, variances

# %% wrong · factor · half, as in the exponent
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = 0.5 * (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · divides by the square root of D
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1] ** 0.5
    return count / len(t), means, variances

# %% wrong · power · multiplied by D
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    D = means.shape[1]
    return count / len(t), means, D * (second / count - (means**2).sum(1))

# %% wrong · term · a ridge of a hundredth added
def round_m_step(t, resp, ridge=1e-2):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1] + ridge
    return count / len(t), means, variances

# %% wrong · numeric · counts clamped to at least 100
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1].clamp(min=100)
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · arguments · the variance about the neighbouring row through a wrong flip of components
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means.flip(0) ** 2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · axis · squares of the means summed over the components
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum()) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · arguments · variances only along the first coordinate
def round_m_step(t, resp):
    x = t[:, 1]
    count = resp.sum(0)
    means = resp.T @ t[:, 1:-1] / count[:, None]
    variances = resp.T @ x**2 / count - means[:, 0] ** 2
    return count / len(t), means, variances

# %% wrong · unfinished · raw moments returned
def round_m_step(t, resp):
    sums = resp.T @ t
    return sums[:, -1], sums[:, 1:-1], sums[:, 0]

# %% wrong · unfinished · averages of the statistics, nothing solved
def round_m_step(t, resp):
    s = resp.T @ t
    count = s[:, -1]
    return count / len(t), s[:, 1:-1] / count[:, None], s[:, 0] / count

# %% wrong · unfinished · weights not returned
def round_m_step(t, resp):
    s = resp.T @ t
    mu = s[:, 1:-1] / s[:, -1:]
    return mu, (s[:, 0] / s[:, -1] - mu.pow(2).sum(1)) / mu.shape[1]

# %% wrong · two · no division by D and the square root taken
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, (second / count - (means**2).sum(1)).sqrt()

# %% wrong · two · no division by D and the counts as weights
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count, means, second / count - (means**2).sum(1)

# %% wrong · two · every sum over N instead of N_k, and the root taken
def round_m_step(t, resp):
    sums = resp.T @ t
    pi = sums[:, -1] / len(t)
    means = sums[:, 1:-1] / len(t)
    variances = (sums[:, 0] / len(t) - (means**2).sum(1)) / means.shape[1]
    return pi, means, variances.sqrt()

# %% wrong · two · sign of the squared mean and D + 2 for D
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count + (means**2).sum(1)) / t.shape[1]
    return count / len(t), means, variances

# %% wrong · two · N_k - 1 and no division by D
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] - count * (means**2).sum(1)) / (count - 1)
    return count / len(t), means, variances

# %% wrong · two · weights over K, means over N
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / len(t)
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / resp.shape[1], means, variances

# %% wrong · two · columns reversed and no division by D
def round_m_step(t, resp):
    sums = resp.T @ t
    count, first, second = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, second / count - (means**2).sum(1)

# %% wrong · two · squared mean forgotten and the counts as weights
def round_m_step(t, resp):
    s = resp.T @ t
    mu = s[:, 1:-1] / s[:, -1:]
    return s[:, -1], mu, s[:, 0] / s[:, -1] / mu.shape[1]

# %% wrong · raises · sums divided by the counts without an axis
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / resp.sum(1)
    return count / len(t), means, (second / count - (means**2).sum(1)) / means.shape[1]

# %% wrong · raises · the product without the transpose
def round_m_step(t, resp):
    sums = resp @ t
    means = sums[:, 1:-1] / sums[:, -1:]
    return sums[:, -1] / len(t), means, (sums[:, 0] / sums[:, -1] - (means**2).sum(1)) / means.shape[1]

# %% right · einsum · weighted averages by einsum
def round_m_step(t, resp):
    sums = torch.einsum("nk,np->kp", resp, t)
    avg = sums / sums[:, -1:]
    mu = avg[:, 1:-1]
    return sums[:, -1] / resp.sum(), mu, (avg[:, 0] - torch.einsum("kd,kd->k", mu, mu)) / mu.shape[1]

# %% right · algebra · D from the width of t and mean of squares
def round_m_step(t, resp):
    D = t.shape[1] - 2
    sums = resp.T @ t
    N = sums[:, -1]
    mu = sums[:, 1 : 1 + D] / N[:, None]
    return N / N.sum(), mu, sums[:, 0] / (D * N) - (mu**2).mean(1)

# %% right · loop · loop over the components
def round_m_step(t, resp):
    w, m, v = [], [], []
    for r in resp.T:
        s = r @ t
        mu = s[1:-1] / s[-1]
        w.append(s[-1] / len(t)), m.append(mu), v.append((s[0] / s[-1] - mu @ mu) / len(mu))
    return torch.stack(w), torch.stack(m), torch.stack(v)

# %% right · numpy · NumPy and back
def round_m_step(t, resp):
    T, R = t.numpy(), resp.numpy()
    S = R.T @ T
    mu = S[:, 1:-1] / S[:, [-1]]
    var = (S[:, 0] / S[:, -1] - np.square(mu).sum(1)) / mu.shape[1]
    return torch.tensor(S[:, -1] / len(T)), torch.tensor(mu), torch.tensor(var)

# %% right · algebra · squared gaps instead of moments
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    dist = ((x[:, None] - means) ** 2).sum(2)
    return resp.mean(0), means, (resp * dist).sum(0) / count / x.shape[1]

# %% right · algebra · cdist for the distances
def round_m_step(t, resp):
    x, n_k = t[:, 1:-1], resp.sum(0)
    w = resp / n_k
    mu = w.T @ x
    d2 = torch.cdist(x, mu, compute_mode="donot_use_mm_for_euclid_dist") ** 2
    return n_k / len(t), mu, (w * d2).sum(0) / x.shape[1]

# %% right · normalised · responsibilities normalised over points
def round_m_step(t, resp):
    pi = resp.mean(0)
    avg = (resp / resp.sum(0)).T @ t
    second, mu, _ = avg.split([1, t.shape[1] - 2, 1], dim=1)
    return pi, mu, (second[:, 0] - mu.square().sum(1)) / mu.shape[1]

# %% right · algebra · norm of the mean squared
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count.unsqueeze(1)
    var = (sums[:, 0] / count - means.norm(dim=1) ** 2) / means.size(1)
    return count / t.size(0), means, var

# %% right · stabiliser · counts with a tiny constant and the variance clamped at zero
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1] + 1e-12
    means = sums[:, 1:-1] / count[:, None]
    var = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, var.clamp(min=1e-12)

# %% right · algebra · subtracts the products of sums before dividing
def round_m_step(t, resp):
    S = t.T @ resp
    a, b, c = S[0], S[1:-1], S[-1]
    var = (a * c - (b * b).sum(0)) / (c * c * len(b))
    return c / c.sum(), (b / c).T, var

# %% right · algebra · full covariances and their trace
def round_m_step(t, resp):
    x, n_k = t[:, 1:-1], resp.sum(0)
    mu = resp.T @ x / n_k[:, None]
    g = x[:, None] - mu
    covs = torch.einsum("nk,nki,nkj->kij", resp, g, g) / n_k[:, None, None]
    return n_k / len(x), mu, covs.diagonal(dim1=1, dim2=2).mean(1)

# %% right · numpy · weighted averages by np.average, returned as arrays
def round_m_step(t, resp):
    T, R = np.asarray(t), np.asarray(resp)
    avg = np.array([np.average(T, axis=0, weights=r) for r in R.T])
    mu = avg[:, 1:-1]
    return R.mean(0), mu, (avg[:, 0] - (mu * mu).sum(1)) / mu.shape[1]

# %% right · form · list returned
def round_m_step(t, resp):
    s = torch.matmul(resp.transpose(0, 1), t)
    s = torch.cat([s[:, :-1] / s[:, -1:], s[:, -1:] / len(t)], 1)
    m = s[:, 1:-1]
    return [s[:, -1], m, (s[:, 0] - (m @ m.T).diagonal()) / m.shape[1]]

# %% right · helper · helper for the average of a column
def average(column, r):
    return (r * column[:, None]).sum(0) / r.sum(0)

def round_m_step(t, resp):
    columns = [average(c, resp) for c in t.T]
    mu = torch.stack(columns[1:-1], 1)
    return resp.sum(0) / len(t), mu, (columns[0] - sum(m**2 for m in columns[1:-1])) / mu.shape[1]
