# %% wrong · reduction · a covariance for each component, then their plain average
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs.mean(0)

# %% wrong · count · divided by the number of pairs n K
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.numel()
    return means, cov

# %% wrong · reduction · the covariances of the components are summed
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs.sum(dim=0)

# %% wrong · concept · gaps to the overall mean
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - x.mean(0)
    cov = torch.einsum("nk,ni,nj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · weights · gaps unweighted, averaged over all pairs
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nki,nkj->ij", gaps, gaps) / (x.shape[0] * resp.shape[1])
    return means, cov

# %% wrong · weights · gaps unweighted, divided by N
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    g = (x[:, None] - means).reshape(-1, x.shape[1])
    return means, g.T @ g / len(x)

# %% wrong · form · one covariance for each component is returned
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, covs

# %% wrong · count · divided by N minus 1
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (len(x) - 1)
    return means, cov

# %% wrong · count · the pooled estimate with N minus K degrees of freedom
def shared_m_step(x, resp):
    n, K = resp.shape
    means = resp.T @ x / resp.sum(0).unsqueeze(1)
    S = 0
    for k in range(K):
        d = x - means[k]
        S = S + (resp[:, k, None] * d).T @ d
    return means, S / (n - K)

# %% wrong · unfinished · the scatter matrix is not divided
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps)

# %% wrong · count · the means are divided by N
def shared_m_step(x, resp):
    means = resp.T @ x / len(x)
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · unfinished · the means are left as weighted sums
def shared_m_step(x, resp):
    means = resp.T @ x
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.sum()
    return means, cov

# %% wrong · power · the responsibilities enter squared
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = resp[..., None] * (x[:, None] - means)
    cov = torch.einsum("nki,nkj->ij", gaps, gaps) / len(x)
    return means, cov

# %% wrong · power · each gap is weighted with the root on one side only
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    w = resp.sqrt()[:, :, None] * gaps
    return means, torch.einsum("nki,nkj->ij", w, gaps) / len(x)

# %% wrong · concept · hard assignments
def shared_m_step(x, resp):
    k = resp.argmax(1)
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means[k]
    return means, gaps.T @ gaps / len(x)

# %% wrong · concept · the covariance of all points, as one Gaussian would have it
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    return means, torch.cov(x.T, correction=0)

# %% wrong · two · the covariance of all points, and with N minus 1
def shared_m_step(x, resp):
    Nk = resp.sum(0)
    means = (resp.T @ x) / Nk[:, None]
    return means, torch.cov(x.T)

# %% wrong · concept · the mean of each point's expected component is taken away
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - resp @ means
    return means, gaps.T @ gaps / len(x)

# %% wrong · concept · the scatter between the means
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    d = means - x.mean(0)
    cov = torch.einsum("k,ki,kj->ij", counts / len(x), d, d)
    return means, cov

# %% wrong · term · within plus between scatter
def shared_m_step(x, resp):
    pi = resp.mean(0)
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    within = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    d = means - pi @ means
    return means, within + (pi[:, None] * d).T @ d

# %% wrong · order · the covariance first
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return cov, means

# %% wrong · form · the weights are returned too, as in the lesson
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return counts / len(x), means, cov

# %% wrong · form · means as columns
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means.T, cov

# %% wrong · spread · only variances on the diagonal
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    var = (resp[..., None] * gaps**2).sum((0, 1)) / len(x)
    return means, torch.diag(var)

# %% wrong · form · a vector of variances for a matrix
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    return means, (resp[..., None] * gaps.pow(2)).sum(dim=(0, 1)) / resp.sum()

# %% wrong · spread · one variance for all dimensions
def shared_m_step(x, resp):
    n, D = x.shape
    means = resp.T @ x / resp.sum(0)[:, None]
    sq = torch.cdist(x, means) ** 2
    s2 = (resp * sq).sum() / (n * D)
    return means, s2 * torch.eye(D, dtype=x.dtype)

# %% wrong · spread · the inverse is returned
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, torch.linalg.inv(cov)

# %% wrong · spread · the Cholesky factor is returned
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, torch.linalg.cholesky(cov)

# %% wrong · term · second moments without the means taken off
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = torch.einsum("nk,ni,nj->ij", resp, x, x) / len(x)
    return means, cov

# %% wrong · weights · the outer products of the means are averaged without weights
def shared_m_step(x, resp):
    K = resp.shape[1]
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = x.T @ x / len(x) - means.T @ means / K
    return means, cov

# %% wrong · count · the counts for the shares at the means' outer products
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    cov = x.T @ x / len(x) - (counts[:, None] * means).T @ means
    return means, cov

# %% wrong · sign · the means' outer products are added
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    cov = (x.T @ x + (counts[:, None] * means).T @ means) / len(x)
    return means, cov

# %% wrong · weights · the component covariances are weighted twice with their counts
def shared_m_step(x, resp):
    pi = resp.mean(0)
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / len(x)
    return means, torch.einsum("k,kij->ij", pi, covs)

# %% wrong · weights · the component covariances are averaged with normalised square roots of the counts
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts.sqrt()[:, None, None]
    return means, covs.sum(0) / counts.sqrt().sum()

# %% wrong · count · numpy cov with responsibilities as weights, unbiased by default
def shared_m_step(x, resp):
    X, R = x.numpy(), resp.numpy()
    means = R.T @ X / R.sum(0)[:, None]
    pi = R.mean(0)
    cov = sum(p * np.cov(X.T, aweights=r) for p, r in zip(pi, R.T))
    return torch.from_numpy(means), torch.from_numpy(cov)

# %% wrong · unfinished · the loop keeps the last component's scatter only
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    for k in range(resp.shape[1]):
        d = x - means[k]
        cov = (resp[:, k, None] * d).T @ d / len(x)
    return means, cov

# %% wrong · count · the loop leaves out the first component
def shared_m_step(x, resp):
    n, K = resp.shape
    means = resp.T @ x / resp.sum(0)[:, None]
    cov = torch.zeros(x.shape[1], x.shape[1], dtype=x.dtype)
    for k in range(1, K):
        d = x - means[k]
        cov = cov + (resp[:, k, None] * d).T @ d / n
    return means, cov

# %% wrong · arguments · the covariance of the component with the most points
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    k = counts.argmax()
    d = x - means[k]
    return means, (resp[:, k, None] * d).T @ d / counts[k]

# %% wrong · arguments · every gap is taken to the first component's mean
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means[0]
    cov = torch.einsum("nk,ni,nj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · concept · gaps of different components are multiplied with each other
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nlj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · order · weighted gaps are summed over the components before the outer product
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    g = (resp[..., None] * (x[:, None] - means)).sum(1)
    return means, g.T @ g / resp.sum()

# %% wrong · reduction · the means are plain means of all points
def shared_m_step(x, resp):
    means = x.mean(0).expand(resp.shape[1], -1)
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · count · divided by the dimension as well
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (len(x) * x.shape[1])
    return means, cov

# %% wrong · axis · the counts are the means over the points
def shared_m_step(x, resp):
    means = resp.T @ x / resp.mean(0)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)

# %% wrong · axis · weighted by a softmax over the points
def shared_m_step(x, resp):
    w = resp.softmax(0)
    means = w.T @ x
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · numeric · counts are kept at least 10
def shared_m_step(x, resp):
    counts = resp.sum(0).clamp(min=10)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)

# %% wrong · numeric · a ridge of a hundredth on the diagonal
def shared_m_step(x, resp, ridge=1e-2):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov + ridge * torch.eye(x.shape[1], dtype=x.dtype)

# %% wrong · factor · a half from the log-density is kept
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    cov = 0.5 * torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / resp.sum()
    return means, cov

# %% wrong · unfinished · only the means
def shared_m_step(x, resp):
    counts = resp.sum(0)
    return resp.T @ x / counts[:, None]

# %% wrong · raises · the counts lack an axis
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)
    gaps = x[:, None] - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · raises · x has no axis for the components
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x - means
    cov = torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / len(x)
    return means, cov

# %% wrong · two · unweighted gaps and the plain average of the covariances
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nki,nkj->kij", gaps, gaps) / resp.sum(0)[:, None, None]
    return means, covs.mean(0)

# %% wrong · two · means over N, and pairs counted as n K
def shared_m_step(x, resp):
    n, K = resp.shape
    means = resp.T @ x / n
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", resp, gaps, gaps) / (n * K)

# %% wrong · two · diagonal only and the root taken
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    var = torch.einsum("nk,nki->i", resp, (x[:, None] - means) ** 2) / len(x)
    return means, torch.diag(var.sqrt())

# %% wrong · two · overall mean, and divided by n K
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    g = (x - x.mean(0))[:, None].expand(-1, resp.shape[1], -1)
    return means, torch.einsum("nk,nki,nkj->ij", resp, g, g) / resp.numel()

# %% wrong · two · responsibilities squared and the weights summed as squares
def shared_m_step(x, resp):
    w = resp**2
    means = w.T @ x / w.sum(0)[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", w, gaps, gaps) / w.sum()

# %% wrong · concept · means and covariance of points drawn into groups by argmax
def shared_m_step(x, resp):
    r = one_hot(resp.argmax(1), resp.shape[1]).to(x.dtype)
    counts = r.sum(0).clamp(min=1)
    means = r.T @ x / counts[:, None]
    gaps = x[:, None] - means
    return means, torch.einsum("nk,nki,nkj->ij", r, gaps, gaps) / len(x)

# %% wrong · concept · the precisions are averaged
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    precision = torch.einsum("k,kij->ij", counts / counts.sum(), torch.linalg.inv(covs))
    return means, torch.linalg.inv(precision)

# %% wrong · term · the square of the mean is taken off once for all points
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    m = x.mean(0)
    return means, x.T @ x / len(x) - torch.outer(m, m)

# %% wrong · two · the covariance first, and divided by the number of pairs
def shared_m_step(x, resp):
    n, K = resp.shape
    mu = (resp.T @ x) / resp.sum(0).reshape(K, 1)
    S = sum((resp[:, [k]] * (x - mu[k])).T @ (x - mu[k]) for k in range(K))
    return S / (n * K), mu

# %% right · algebra · second moments minus the weighted outer products of the means
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    cov = (x.T @ x - (counts[:, None] * means).T @ means) / len(x)
    return means, cov

# %% right · algebra · the component covariances weighted with the shares
def shared_m_step(x, resp):
    counts = resp.sum(0)
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    covs = torch.einsum("nk,nki,nkj->kij", resp, gaps, gaps) / counts[:, None, None]
    return means, torch.tensordot(counts / len(x), covs, dims=1)

# %% right · loop · scatter added component by component
def shared_m_step(x, resp):
    means, S = [], 0
    for r in resp.T:
        m = (r[:, None] * x).sum(0) / r.sum()
        d = x - m
        S = S + d.T @ torch.diag(r) @ d
        means.append(m)
    return torch.stack(means), S / resp.sum()

# %% right · numpy · average with weights and np.cov with bias
def shared_m_step(x, resp):
    X, R = x.numpy(), resp.numpy()
    means = np.array([np.average(X, axis=0, weights=r) for r in R.T])
    pi = R.mean(0)
    cov = sum(p * np.cov(X.T, aweights=r, ddof=0) for p, r in zip(pi, R.T))
    return torch.from_numpy(means), torch.from_numpy(cov)

# %% right · loop · every pair by itself
def shared_m_step(x, resp):
    n, K = resp.shape
    D = x.shape[1]
    means = torch.stack([(resp[:, k:k + 1] * x).sum(0) / resp[:, k].sum() for k in range(K)])
    cov = torch.zeros(D, D, dtype=x.dtype)
    for i in range(n):
        for k in range(K):
            cov += resp[i, k] * torch.outer(x[i] - means[k], x[i] - means[k])
    return means, cov / n

# %% right · algebra · gaps times the root of the responsibility, one matrix product
def shared_m_step(x, resp):
    means = resp.T @ x / resp.sum(0)[:, None]
    g = (resp.sqrt()[..., None] * (x[:, None] - means)).flatten(0, 1)
    return means, g.T @ g / len(x)

# %% right · algebra · total scatter minus the scatter between the means
def shared_m_step(x, resp):
    pi = resp.mean(0)
    means = (resp / resp.sum(0)).T @ x
    d = means - x.mean(0)
    total = torch.cov(x.T, correction=0)
    return means, total - d.T @ (pi[:, None] * d)

# %% right · other · torch.cov with the responsibilities as weights
def shared_m_step(x, resp):
    means = torch.stack([(r @ x) / r.sum() for r in resp.T])
    cov = sum(r.sum() * torch.cov(x.T, correction=0, aweights=r) for r in resp.T) / len(x)
    return means, cov

# %% right · einsum · all by einsum
def shared_m_step(x, resp):
    Nk = torch.einsum("nk->k", resp)
    means = torch.einsum("nk,nd,k->kd", resp, x, 1 / Nk)
    d = x[:, None] - means[None]
    return means, torch.einsum("nk,nki,nkj->ij", resp, d, d).div(Nk.sum())

# %% right · form · a list of the two
def shared_m_step(x, resp):
    counts = resp.sum(0, keepdim=True).T
    means = resp.T @ x / counts
    gaps = (x.unsqueeze(1) - means.unsqueeze(0)).reshape(-1, x.shape[1])
    w = resp.reshape(-1, 1)
    return [means, (w * gaps).T @ gaps / w.sum()]

# %% right · other · the lesson's full M-step from the library, then weighted
from vaelib.mixture import m_step
def shared_m_step(x, resp):
    pi, means, covs = m_step(x, resp)
    return means, (pi[:, None, None] * covs).sum(0)

# %% right · stabiliser · a tiny number at the counts
def shared_m_step(x, resp):
    counts = resp.sum(0) + 1e-10
    means = resp.T @ x / counts[:, None]
    gaps = x[:, None] - means
    cov = (resp[:, :, None, None] * gaps[..., :, None] * gaps[..., None, :]).sum((0, 1)) / len(x)
    return means, cov

# %% right · numpy · batched matmul in NumPy
def shared_m_step(x, resp):
    x, resp = np.asarray(x), np.asarray(resp)
    means = (resp.T @ x) / resp.sum(axis=0)[:, np.newaxis]
    g = x[None] - means[:, None]
    S = np.transpose(g, (0, 2, 1)) @ (resp.T[:, :, None] * g)
    return means, S.sum(axis=0) / x.shape[0]

# %% right · algebra · centred first, then moments
def shared_m_step(x, resp):
    shift = x.mean(0)
    y = x - shift
    counts = resp.sum(0)
    m = resp.T @ y / counts[:, None]
    cov = y.T @ y / len(y) - torch.einsum("k,ki,kj->ij", counts / len(y), m, m)
    return m + shift, cov

# %% right · loop · entries of the matrix one by one
def shared_m_step(x, resp):
    D = x.shape[1]
    means = resp.T @ x / resp.sum(0)[:, None]
    g = x[:, None] - means
    rows = [torch.stack([(resp * g[..., i] * g[..., j]).sum() / len(x) for j in range(D)]) for i in range(D)]
    return means, torch.stack(rows)
