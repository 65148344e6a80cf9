# %% wrong · factor · the division by D is forgotten
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = second / count - (means**2).sum(1)
    return count / len(t), means, variances

# %% wrong · count · divided by D + 2, the columns of t
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / t.shape[1]
    return count / len(t), means, variances

# %% wrong · count · divided by D + 1
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    D = t.shape[1] - 1
    variances = (sums[:, 0] / count - (means**2).sum(1)) / D
    return count / len(t), means, variances

# %% wrong · count · divided by K for D
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    var = (sums[:, 0] / count - means.square().sum(1)) / means.shape[0]
    return count / len(t), means, var

# %% wrong · term · the square of the mean is not taken off
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, second / count / means.shape[1]

# %% wrong · sign · the square of the mean is added, as (3.9) has it on the right
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count + (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · spread · standard deviations are returned
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    sigma = ((second / count - (means**2).sum(1)) / means.shape[1]).sqrt()
    return count / len(t), means, sigma

# %% wrong · order · variances before the means
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), variances, means

# %% wrong · form · counts for the weights
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count, means, variances

# %% wrong · count · the weights are divided by K
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(count), means, variances

# %% wrong · count · the weights are divided by the number of columns
def round_m_step(t, resp):
    s = resp.T @ t
    n = t.shape[-1]
    count = s[:, -1]
    means = s[:, 1:-1] / count[:, None]
    variances = (s[:, 0] / count - (means**2).sum(1)) / (n - 2)
    return count / n, means, variances

# %% wrong · count · the means are divided by N
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / len(t)
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · the second moment is divided by N
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / len(t) - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · unfinished · the second moment is not divided by the count
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · the sum of the mean's entries, not of their squares
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - means.sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · the norm of the mean without the square
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - means.norm(dim=1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · the square of the sum for the sum of the squares
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - means.sum(1) ** 2) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · power · the first column is squared once more
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    second = resp.T @ t[:, 0] ** 2 / count
    return count / len(t), means, (second - (means**2).sum(1)) / x.shape[1]

# %% wrong · reduction · the mean over the coordinates of the squared mean, and the division by D besides
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).mean(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · order · the brackets are missing, D divides the squared mean only
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    D = means.shape[1]
    variances = second / count - (means**2).sum(1) / D
    return count / len(t), means, variances

# %% wrong · order · D divides the second moment only
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    D = first.shape[1]
    variances = second / (D * count) - (means**2).sum(1)
    return count / len(t), means, variances

# %% wrong · term · the mean of the sum is squared without division by the count
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second - (first**2).sum(1)) / count / means.shape[1]
    return count / len(t), means, variances

# %% wrong · factor · the squared mean is taken off twice
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - 2 * (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · factor · a half as in the log-density
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = 0.5 * (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · arguments · columns read in the lesson's order, x first
def round_m_step(t, resp):
    D = t.shape[1] - 2
    sums = resp.T @ t
    first, second, count = sums[:, :D], sums[:, D], sums[:, D + 1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / D
    return count / len(t), means, variances

# %% wrong · arguments · the first column read as the counts
def round_m_step(t, resp):
    sums = resp.T @ t
    count, first, second = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · the slice takes in the column of ones
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · the slice stops one coordinate too early
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-2], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · arguments · two coordinates written into the slices, as in from_moments
def round_m_step(t, resp):
    sums = resp.T @ t
    count, first, second = sums[:, -1:], sums[:, 1:3], sums[:, 0]
    means = first / count
    variances = (second / count[:, 0] - (means**2).sum(1)) / 2
    return count[:, 0] / count.sum(), means, variances

# %% wrong · spread · a variance for each coordinate
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    variances = resp.T @ x**2 / count[:, None] - means**2
    return count / len(t), means, variances

# %% wrong · form · covariance matrices for the variances
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    v = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, v[:, None, None] * torch.eye(means.shape[1], dtype=t.dtype)

# %% wrong · form · variances as a column
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1:]
    means = sums[:, 1:-1] / count
    variances = (sums[:, :1] / count - (means**2).sum(1, keepdim=True)) / means.shape[1]
    return count[:, 0] / len(t), means, variances

# %% wrong · broadcast · a column against a row gives a table of variances
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1:]
    means = sums[:, 1:-1] / count
    variances = (sums[:, :1] / count - (means**2).sum(1)) / means.shape[1]
    return count.squeeze() / len(t), means, variances

# %% wrong · broadcast · one squared mean for all components
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum()) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · concept · one shared variance, repeated
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    scatter = sums[:, 0] - count * (means**2).sum(1)
    s2 = scatter.sum() / (len(t) * means.shape[1])
    return count / len(t), means, s2.expand(len(count))

# %% wrong · concept · hard assignments
def round_m_step(t, resp):
    r = one_hot(resp.argmax(1), resp.shape[1]).to(t.dtype)
    sums = r.T @ t
    count = sums[:, -1].clamp(min=1e-9)
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · concept · gaps to the overall mean
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    centre = t[:, 1:-1].mean(0)
    gaps = ((t[:, 1:-1] - centre) ** 2).sum(1)
    return count / len(t), means, resp.T @ gaps / count / means.shape[1]

# %% wrong · weights · the variance over all points, not weighted
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (t[:, 0].mean() - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · N_k minus one
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second - count * (means**2).sum(1)) / (count - 1) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · count · N_k minus one at the second moment only
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / (count - 1) - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · spread · precisions are returned
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    beta = means.shape[1] / (second / count - (means**2).sum(1))
    return count / len(t), means, beta

# %% wrong · spread · log-variances are returned
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    logvar = ((second / count - (means**2).sum(1)) / means.shape[1]).log()
    return count / len(t), means, logvar

# %% wrong · log · log-weights are returned
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return (count / len(t)).log(), means, variances

# %% wrong · form · the weighted sums are returned for the means
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), first, variances

# %% wrong · form · the weights are left out
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return means, (second / count - (means**2).sum(1)) / means.shape[1]

# %% wrong · form · means as columns
def round_m_step(t, resp):
    sums = t.T @ resp
    second, first, count = sums[0], sums[1:-1], sums[-1]
    means = first / count
    variances = (second / count - (means**2).sum(0)) / means.shape[0]
    return count / len(t), means, variances

# %% wrong · axis · the weights are a mean over the components
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return resp.mean(1), means, variances

# %% wrong · raises · the squared means are summed over the components
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    variances = (second / count - (means**2).sum(0)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · raises · the responsibilities are not transposed
def round_m_step(t, resp):
    sums = resp @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, (second / count - (means**2).sum(1)) / means.shape[1]

# %% wrong · raises · the counts lack an axis under the means
def round_m_step(t, resp):
    sums = resp.T @ t
    means = sums[:, 1:-1] / sums[:, -1]
    return sums[:, -1] / len(t), means, (sums[:, 0] / sums[:, -1] - (means**2).sum(1)) / means.shape[1]

# %% wrong · numeric · variances kept at least 1
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances.clamp(min=1.0)

# %% wrong · numeric · a ridge of a hundredth on the variances
def round_m_step(t, resp, ridge=1e-2):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances + ridge

# %% wrong · arguments · responsibilities normalised over the points for the sums, counts lost
def round_m_step(t, resp):
    sums = (resp / resp.sum(0)).T @ t
    second, means, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    variances = (second - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · weights · responsibilities enter squared
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    gaps = resp[..., None] * (x[:, None] - means)
    variances = (gaps**2).sum((0, 2)) / count / x.shape[1]
    return count / len(t), means, variances

# %% wrong · two · no D, and standard deviations
def round_m_step(t, resp):
    sums = resp.T @ t
    second, first, count = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    means = first / count[:, None]
    return count / len(t), means, torch.sqrt(second / count - (means**2).sum(1))

# %% wrong · two · no D, and counts for the weights
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    return count, means, sums[:, 0] / count - (means**2).sum(1)

# %% wrong · two · all divided by N, nothing by N_k
def round_m_step(t, resp):
    sums = resp.T @ t / len(t)
    second, means, pi = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    variances = (second - (means**2).sum(1)) / means.shape[1]
    return pi, means, variances

# %% wrong · two · the squared mean forgotten and the root taken
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    D = means.shape[1]
    return count / len(t), means, (sums[:, 0] / (count * D)) ** 0.5

# %% wrong · two · sign turned in the variance, and divided by N
def round_m_step(t, resp):
    s = resp.T @ t
    count = s[:, -1]
    means = s[:, 1:-1] / count[:, None]
    variances = ((means**2).sum(1) - s[:, 0] / len(t)) / means.shape[1]
    return count / len(t), means, variances

# %% wrong · two · variances and means exchanged, and D forgotten
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1]
    means = sums[:, 1:-1] / count[:, None]
    return count / len(t), sums[:, 0] / count - (means**2).sum(1), means

# %% wrong · two · D + 2 for D, and counts over K
def round_m_step(t, resp):
    n, D = t.shape
    S = resp.T @ t
    N = S[:, -1]
    mu = S[:, 1:-1] / N[:, None]
    return N / resp.shape[1], mu, (S[:, 0] / N - (mu * mu).sum(1)) / D

# %% wrong · two · precisions, and the squared mean forgotten
def round_m_step(t, resp):
    second, first, count = (resp.T @ t)[:, 0], (resp.T @ t)[:, 1:-1], resp.sum(0)
    return count / len(t), first / count[:, None], first.shape[1] * count / second

# %% right · algebra · the sums divided at once by their last column
def round_m_step(t, resp):
    sums = resp.T @ t
    avg = sums / sums[:, -1:]
    means = avg[:, 1:-1]
    variances = (avg[:, 0] - means.pow(2).sum(-1)) / (t.shape[1] - 2)
    return sums[:, -1] / sums[:, -1].sum(), means, variances

# %% right · einsum · everything by einsum
def round_m_step(t, resp):
    s = torch.einsum("nk,np->kp", resp, t)
    N = s[:, -1]
    mu = s[:, 1:-1] / N.unsqueeze(1)
    v = (s[:, 0] / N - torch.einsum("kd,kd->k", mu, mu)) / mu.shape[1]
    return N / t.shape[0], mu, v

# %% right · loop · component by component
def round_m_step(t, resp):
    pi, mu, var = [], [], []
    D = t.shape[1] - 2
    for r in resp.T:
        s = r @ t
        m = s[1:-1] / s[-1]
        pi.append(r.mean())
        mu.append(m)
        var.append((s[0] / s[-1] - m @ m) / D)
    return torch.stack(pi), torch.stack(mu), torch.stack(var)

# %% right · algebra · deviations from the mean, point by point
def round_m_step(t, resp):
    x = t[:, 1:-1]
    count = resp.sum(0)
    means = resp.T @ x / count[:, None]
    sq = ((x[:, None] - means) ** 2).sum(-1)
    variances = (resp * sq).sum(0) / (count * x.shape[1])
    return resp.mean(0), means, variances

# %% right · numpy · NumPy in and out
def round_m_step(t, resp):
    t, resp = np.asarray(t), np.asarray(resp)
    s = np.matmul(resp.T, t)
    mu = s[:, 1:-1] / s[:, [-1]]
    var = (s[:, 0] / s[:, -1] - np.sum(mu**2, axis=1)) / mu.shape[1]
    return s[:, -1] / t.shape[0], mu, var

# %% right · algebra · with the sums instead of the means
def round_m_step(t, resp):
    sums = resp.T @ t
    q, s, N = sums[:, 0], sums[:, 1:-1], sums[:, -1]
    D = s.shape[1]
    return N / N.sum(), s / N[:, None], (q - (s * s).sum(1) / N) / (N * D)

# %% right · other · the squared norm by torch.linalg
def round_m_step(t, resp):
    K, D = resp.shape[1], t.shape[1] - 2
    second, first, count = (resp.T @ t).split([1, D, 1], dim=1)
    means = first / count
    variances = (second.view(K) / count.view(K) - torch.linalg.vector_norm(means, dim=1) ** 2) / D
    return count.view(K) / len(t), means, variances

# %% right · stabiliser · a tiny number at the counts
def round_m_step(t, resp):
    sums = resp.T @ t
    count = sums[:, -1] + 1e-10
    means = sums[:, 1:-1] / count[:, None]
    variances = (sums[:, 0] / count - (means**2).sum(1)) / means.shape[1]
    return count / len(t), means, variances

# %% right · algebra · sums transposed, rows unpacked with a star
def round_m_step(t, resp):
    second, *first, count = t.T @ resp
    means = torch.stack([f / count for f in first], dim=1)
    spread = second / count - sum((f / count) ** 2 for f in first)
    return count / len(t), means, spread / len(first)

# %% right · algebra · mean of the coordinatewise variances
def round_m_step(t, resp):
    x = t[:, 1:-1]
    w = resp / resp.sum(0)
    means = w.T @ x
    per_dim = w.T @ x**2 - means**2
    return resp.sum(0) / len(resp), means, per_dim.mean(1)

# %% right · form · a list, and the counts from the responsibilities
def round_m_step(t, resp):
    s = torch.matmul(resp.t(), t)
    n_k = resp.sum(dim=0)
    mu = torch.div(s[:, 1:-1], n_k[:, None])
    return [n_k / resp.sum(), mu, (s[:, 0] / n_k - torch.sum(mu * mu, dim=1)) / mu.size(1)]

# %% right · helper · average under each component as a helper
def round_m_step(t, resp):
    def average(values):
        return resp.T @ values / resp.sum(0).reshape(-1, *[1] * (values.ndim - 1))
    means = average(t[:, 1:-1])
    variances = (average(t[:, 0]) - (means**2).sum(1)) / means.shape[1]
    return resp.mean(0), means, variances

# %% right · other · a trace of full covariances divided by D
def round_m_step(t, resp):
    x = t[:, 1:-1]
    pi = resp.mean(0)
    means = torch.stack([(r[:, None] * x).sum(0) / r.sum() for r in resp.T])
    covs = [torch.cov(x.T, correction=0, aweights=r) for r in resp.T]
    return pi, means, torch.stack([torch.trace(torch.atleast_2d(c)) / x.shape[1] for c in covs])

# %% right · numeric · the centre of all points taken off first
def round_m_step(t, resp):
    c = t[:, 1:-1].mean(0)
    y = t[:, 1:-1] - c
    N = resp.sum(0)
    m = resp.T @ y / N[:, None]
    v = (resp.T @ (y**2).sum(1) / N - (m**2).sum(1)) / y.shape[1]
    return N / len(t), m + c, v
