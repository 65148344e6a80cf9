# %% wrong · reduction · plain average of the K covariances
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs.mean(0)

# %% wrong · form · returns the K separate covariances of the lesson
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs

# %% wrong · reduction · the K covariances are summed instead of averaged with the weights
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs.sum(0)

# %% wrong · concept · covariance of all the data about the overall mean
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    return means, torch.cov(x.T, correction=0)

# %% wrong · concept · covariance of all the data about the overall mean with n - 1
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    return means, torch.cov(x.T)

# %% wrong · weights · the responsibilities are missing from the covariance
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nki,nkj->ij", gaps, gaps) / len(x)
    return means, cov

# %% wrong · weights · unweighted gaps, averaged over all N K pairs
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = (x[:, None] - means).reshape(-1, x.shape[1])
    return means, gaps.T @ gaps / len(gaps)

# %% wrong · count · divides by N K, the number of pairs
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps)
    return means, cov / resp.numel()

# %% wrong · count · divides by N - 1
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (len(x) - 1)
    return means, cov

# %% wrong · count · divides by N - K
def shared_m_step(x, resp):
    n, K = resp.shape
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = 0
    for k in range(K):
        g = x - means[k]
        cov = cov + (resp[:, k, None] * g).T @ g
    return means, cov / (n - K)

# %% wrong · count · divides by K
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.shape[1]
    return means, cov

# %% wrong · unfinished · the sum for the covariance is not divided at all
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps)
    return means, cov

# %% wrong · count · means over all N instead of N_k
def shared_m_step(x, resp):
    means = resp.T @ x / len(x)
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · unfinished · weighted sums returned as means, never divided
def shared_m_step(x, resp):
    means = resp.T @ x
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.sum()
    return means, cov

# %% wrong · power · responsibilities squared within the covariance
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = resp[:, :, None] * (x[:, None] - means)
    cov = torch.einsum("nki,nkj->ij", gaps, gaps) / len(x)
    return means, cov

# %% wrong · power · square root of the responsibilities as the weight
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp.sqrt(), gaps, gaps) / len(x)
    return means, cov

# %% wrong · concept · gaps to the expected mean of each point instead of each component
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - resp @ means
    return means, gaps.T @ gaps / len(x)

# %% wrong · concept · gaps to the unweighted average of the component means
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means.mean(0)
    return means, gaps.T @ gaps / len(x)

# %% wrong · concept · hard assignment, each point counts only for its likeliest component
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means[resp.argmax(1)]
    return means, gaps.T @ gaps / len(x)

# %% wrong · concept · hard responsibilities everywhere, as in k-means
def shared_m_step(x, resp):
    hard = one_hot(resp.argmax(1), resp.shape[1]).to(x)
    means = hard.T @ x / hard.sum(0).clamp(min=1)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", hard, gaps, gaps) / len(x)

# %% wrong · spread · only variances, off-diagonal elements set to zero
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    var = (resp[:, :, None] * gaps**2).sum((0, 1)) / len(x)
    return means, torch.diag(var)

# %% wrong · form · the diagonal returned as a vector
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    var = torch.einsum("nk,nki->i", resp, gaps**2) / len(x)
    return means, var

# %% wrong · spread · a single round variance times the identity
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    s2 = (resp * (gaps**2).sum(2)).sum() / (len(x) * x.shape[1])
    return means, s2 * torch.eye(x.shape[1], dtype=x.dtype)

# %% wrong · term · the ridge of the lesson's M-step is kept, large
def shared_m_step(x, resp, ridge=1e-2):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov + ridge * torch.eye(x.shape[1], dtype=x.dtype)

# %% wrong · term · second moment without the means taken off
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = torch.einsum("nk,ni,nj->ij", resp, x, x) / len(x)
    return means, cov

# %% wrong · weights · mean of the outer products of the means is not weighted by component size
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = x.T @ x / len(x) - means.T @ means / len(means)
    return means, cov

# %% wrong · term · sum of the outer products of the means taken off without weights
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = x.T @ x / len(x) - means.T @ means
    return means, cov

# %% wrong · sign · outer products of the means added instead of taken off
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    pi = counts / len(x)
    cov = x.T @ x / len(x) + (pi[:, None] * means).T @ means
    return means, cov

# %% wrong · term · between-component scatter instead of within
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    d = means - x.mean(0)
    cov = (counts[:, None] * d).T @ d / len(x)
    return means, cov

# %% wrong · weights · covariances of (2.5) weighted by π squared
def shared_m_step(x, resp):
    counts = resp.sum(0)
    pi = counts / len(x)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, torch.einsum("k,kij->ij", pi**2, covs)

# %% wrong · weights · covariances weighted by the inverse of the component sizes
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    w = (1 / counts) / (1 / counts).sum()
    return means, (w[:, None, None] * covs).sum(0)

# %% wrong · spread · averages the precisions and inverts
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    precision = torch.einsum("k,kij->ij", counts / len(x), torch.linalg.inv(covs))
    return means, torch.linalg.inv(precision)

# %% wrong · spread · returns the precision matrix
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, torch.linalg.inv(cov)

# %% wrong · spread · returns the Cholesky factor for the Gaussian
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, torch.linalg.cholesky(cov)

# %% wrong · spread · square root of every element, to have standard deviations
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov.abs().sqrt()

# %% wrong · form · correlation matrix instead of covariance
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    s = cov.diagonal().sqrt()
    return means, cov / s[:, None] / s

# %% wrong · order · covariance first, means second
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return cov, means

# %% wrong · form · returns weights too, as the lesson's m_step does
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return counts / len(x), means, cov

# %% wrong · form · one covariance repeated K times
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov.expand(resp.shape[1], -1, -1)

# %% wrong · unfinished · returns only the covariance
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    return torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)

# %% wrong · form · means transposed
def shared_m_step(x, resp):
    means = x.T @ resp / resp.sum(0)
    gaps = x[:, :, None] - means
    cov = torch.einsum("nk,nik,njk->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · unfinished · the last component's covariance, as the loop overwrites
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    for k in range(len(counts)):
        g = x - means[k]
        cov = (resp[:, k, None] * g).T @ g / counts[k]
    return means, cov

# %% wrong · count · the loop starts at component 1
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = torch.zeros(x.shape[1], x.shape[1], dtype=x.dtype)
    for k in range(1, resp.shape[1]):
        g = x - means[k]
        cov += (resp[:, k, None] * g).T @ g
    return means, cov / len(x)

# %% wrong · concept · covariance of the biggest component for all
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    k = counts.argmax()
    g = x - means[k]
    return means, (resp[:, k, None] * g).T @ g / counts[k]

# %% wrong · count · np.cov without bias=True, then weighted correctly
def shared_m_step(x, resp):
    X, R = x.numpy(), resp.numpy()
    means = R.T @ X / R.sum(0)[:, None]
    covs = [np.cov(X.T, aweights=r) for r in R.T]
    cov = sum(p * c for p, c in zip(R.mean(0), covs))
    return torch.from_numpy(means), torch.from_numpy(cov)

# %% wrong · count · each component's scatter over N_k - 1, then weighted
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / (counts - 1)[:, None, None]
    return means, torch.einsum("k,kij->ij", counts / len(x), covs)

# %% wrong · arguments · means from normalised rows of x, dividing by column sums of x
def shared_m_step(x, resp):
    means = resp.T @ x / x.sum(0)
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · axis · einsum sums the dimensions instead of keeping two indices
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nli->kl", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · axis · einsum lets the second gap belong to another component
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nlj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · weights · softmax over the responsibilities once more
def shared_m_step(x, resp):
    r = resp.softmax(1)
    means = r.T @ x / r.sum(0)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", r, gaps, gaps) / len(x)

# %% wrong · weights · responsibilities normalised over the points for the covariance, summing to K
def shared_m_step(x, resp):
    w = resp / resp.sum(0)
    means = w.T @ x
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", w, gaps, gaps) / len(x)
    return means, cov

# %% wrong · factor · halved, from the derivative of the quadratic form
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (2 * len(x))
    return means, cov

# %% wrong · count · divided by the number of dimensions too
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / x.numel()
    return means, cov

# %% wrong · numeric · counts clamped to at least one hundred so as not to divide by zero
def shared_m_step(x, resp):
    counts = resp.sum(0).clamp(min=100)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · arguments · gaps to the means of the plain data points of the first K rows
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - x[: resp.shape[1]]
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · two · plain average of covariances with N_k - 1
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / (counts[:, None, None] - 1)
    return means, covs.mean(0)

# %% wrong · two · means over N, and the sum not divided
def shared_m_step(x, resp):
    means = resp.T @ x / len(x)
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps)

# %% wrong · two · diagonal only and divided by N K
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    var = (resp[..., None] * gaps.pow(2)).mean((0, 1))
    return means, torch.diag(var)

# %% wrong · two · unweighted gaps and divided by N - 1
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nki,nkj->ij", gaps, gaps) / (len(x) - 1)

# %% wrong · two · swapped order and the weights missing
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = (x[:, None] - means).flatten(0, 1)
    return gaps.T @ gaps / len(gaps), means

# %% wrong · two · hard assignment and the sum is divided by N - K
def shared_m_step(x, resp):
    k = resp.argmax(1)
    means = torch.stack([x[k == c].mean(0) for c in range(resp.shape[1])])
    gaps = x - means[k]
    return means, gaps.T @ gaps / (len(x) - resp.shape[1])

# %% wrong · two · gaps to the overall mean and the diagonal only
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    return means, torch.diag(x.var(0, correction=0))

# %% wrong · two · means over N and a plain average of the covariances
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / len(x)
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs.mean(0)

# %% wrong · raises · counts without a second axis
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(1)
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)

# %% wrong · raises · gaps without the axis for the components
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)

# %% right · einsum · divides by the sum of all responsibilities
def shared_m_step(x, resp):
    means = torch.einsum("nk,nd->kd", resp, x) / resp.sum(0).unsqueeze(1)
    gaps = x.unsqueeze(1) - means.unsqueeze(0)
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.sum()

# %% right · algebra · π-weighted covariances of (2.5)
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, torch.tensordot(counts / len(x), covs, 1)

# %% right · algebra · second moment less the weighted outer products of the means
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    return means, (x.T @ x - means.T @ (counts[:, None] * means)) / len(x)

# %% right · algebra · total covariance less the between scatter
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    d = means - x.mean(0)
    return means, torch.cov(x.T, correction=0) - (counts[:, None] * d).T @ d / len(x)

# %% right · loop · loop over the components
def shared_m_step(x, resp):
    means, cov = [], 0
    for r in resp.T:
        m = r @ x / r.sum()
        means.append(m)
        cov = cov + (r[:, None] * (x - m)).T @ (x - m)
    return torch.stack(means), cov / len(x)

# %% right · loop · double loop over points and components
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = torch.zeros(x.shape[1], x.shape[1], dtype=x.dtype)
    for n in range(len(x)):
        for k in range(len(means)):
            cov += resp[n, k] * torch.outer(x[n] - means[k], x[n] - means[k])
    return means, cov / len(x)

# %% right · numpy · np.average and np.cov with bias
def shared_m_step(x, resp):
    X, R = x.numpy(), resp.numpy()
    means = np.array([np.average(X, axis=0, weights=r) for r in R.T])
    cov = sum(r.sum() * np.cov(X.T, aweights=r, bias=True) for r in R.T) / len(X)
    return torch.from_numpy(means), torch.from_numpy(cov)

# %% right · numpy · everything in NumPy and returned as arrays
def shared_m_step(x, resp):
    X, R = np.asarray(x), np.asarray(resp)
    means = (R.T @ X) / R.sum(0, keepdims=True).T
    G = X[:, None] - means
    return means, np.einsum("nk,nki,nkj->ij", R, G, G) / R.sum()

# %% right · algebra · gaps scaled by the roots of the weights, then one product
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = (resp.sqrt()[:, :, None] * (x[:, None] - means)).flatten(0, 1)
    return means, gaps.T @ gaps / len(x)

# %% right · matmul · sums over k, mean over n by the mean method
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    outer = gaps[..., :, None] @ gaps[..., None, :]
    return means, (resp[..., None, None] * outer).sum(1).mean(0)

# %% right · normalised · responsibilities normalised over points first
def shared_m_step(x, resp):
    w = resp / resp.sum(0, keepdim=True)
    means = w.T @ x
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp / len(x), gaps, gaps)

# %% right · torch · torch.cov with aweights for each component
def shared_m_step(x, resp):
    means = torch.stack([(r[:, None] * x).sum(0) / r.sum() for r in resp.T])
    covs = torch.stack([torch.cov(x.T, correction=0, aweights=r) for r in resp.T])
    return means, (resp.mean(0)[:, None, None] * covs).sum(0)

# %% right · stabiliser · a tiny constant in the denominator
def shared_m_step(x, resp):
    counts = resp.sum(0) + 1e-10
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (counts.sum() + 1e-10)

# %% right · elementwise · matrix built element by element
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    D = x.shape[1]
    rows = [[(resp * gaps[..., i] * gaps[..., j]).sum() for j in range(D)] for i in range(D)]
    return means, torch.stack([torch.stack(r) for r in rows]) / len(x)

# %% right · form · returned as a list
def shared_m_step(x, resp):
    m = (resp.t() @ x).div(resp.sum(0).view(-1, 1))
    g = x[None] - m[:, None]
    S = (g.mT * resp.T[:, None]) @ g
    return [m, S.sum(0) / x.shape[0]]
