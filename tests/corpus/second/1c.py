# %% wrong · unfinished · as given
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, :d]
    return x @ directions @ directions.T

# %% wrong · unfinished · centred, but the smallest directions are still kept
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, :d]
    return mean + centred @ directions @ directions.T

# %% wrong · unfinished · the last directions are taken, but nothing is centred
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return x @ directions @ directions.T

# %% wrong · term · the mean is not added back
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return centred @ directions @ directions.T

# %% wrong · arguments · the directions come from the covariance, but x itself is projected
def copy_linearly(x, d):
    centred = x - x.mean(0)
    second = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return x @ directions @ directions.T

# %% wrong · term · x is projected with its mean, and the mean is added once more
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = torch.cov(x.T)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + x @ directions @ directions.T

# %% wrong · arguments · the projection is centred, but the directions come from the second moments
def copy_linearly(x, d):
    mean = x.mean(0)
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return mean + (x - mean) @ directions @ directions.T

# %% wrong · axis · one mean over everything
def copy_linearly(x, d):
    mean = x.mean()
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + centred @ directions @ directions.T

# %% wrong · axis · each row's own mean is taken off
def copy_linearly(x, d):
    mean = x.mean(1, keepdim=True)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + centred @ directions @ directions.T

# %% wrong · axis · the eigenvectors are flipped along the coordinates
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors.flip(0)[:, :d]
    return mean + centred @ directions @ directions.T

# %% wrong · axis · rows of the eigenvector matrix are taken for eigenvectors
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(torch.cov(x.T, correction=0)).eigenvectors[-d:].T
    return mean + centred @ directions @ directions.T

# %% wrong · unfinished · the codes are returned and not the copies
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    return centred @ torch.linalg.eigh(cov).eigenvectors[:, -d:]

# %% wrong · count · all but the first d directions
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, d:]
    return mean + centred @ directions @ directions.T

# %% wrong · count · all but the last d directions
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, :-d]
    return mean + centred @ directions @ directions.T

# %% wrong · count · one direction too many
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(centred.T @ centred).eigenvectors[:, -d - 1 :]
    return mean + centred @ directions @ directions.T

# %% wrong · count · the last direction is cut off
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    directions = torch.linalg.eigh(centred.T @ centred).eigenvectors[:, -d:-1]
    return mean + centred @ directions @ directions.T

# %% wrong · count · only the d-th direction from the end
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d]
    return mean + torch.outer(centred @ v, v)

# %% wrong · count · only the largest direction whatever d is
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -1:]
    return mean + centred @ v @ v.T

# %% wrong · spread · directions of the correlation matrix
def copy_linearly(x, d):
    mean = x.mean(0)
    directions = torch.linalg.eigh(torch.corrcoef(x.T)).eigenvectors[:, -d:]
    return mean + (x - mean) @ directions @ directions.T

# %% wrong · concept · every coordinate is standardised first and scaled back in the end
def copy_linearly(x, d):
    mean, std = x.mean(0), x.std(0)
    z = (x - mean) / std
    v = torch.linalg.eigh(z.T @ z / len(x)).eigenvectors[:, -d:]
    return mean + std * (z @ v @ v.T)

# %% wrong · spread · standardised, and the scale is never given back
def copy_linearly(x, d):
    mean, std = x.mean(0), x.std(0)
    z = (x - mean) / std
    v = torch.linalg.eigh(z.T @ z / len(x)).eigenvectors[:, -d:]
    return mean + z @ v @ v.T

# %% wrong · axis · SVD returns the transposed matrix, and its columns are taken
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, V = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + (x - mean) @ V[:, :d] @ V[:, :d].T

# %% wrong · order · SVD has the largest first, but the last are taken as for eigh
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vh = torch.linalg.svd(x - mean, full_matrices=False)
    directions = Vh[-d:].T
    return mean + (x - mean) @ directions @ directions.T

# %% wrong · term · SVD of the data as they are
def copy_linearly(x, d):
    U, S, Vh = torch.linalg.svd(x, full_matrices=False)
    return U[:, :d] * S[:d] @ Vh[:d]

# %% wrong · power · singular values forgotten in the truncated product
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vh = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + U[:, :d] @ Vh[:d]

# %% wrong · power · singular values squared as if they were needed as variances
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vh = np.linalg.svd((x - mean).numpy(), full_matrices=False)
    return mean + torch.from_numpy(U[:, :d] * S[:d] ** 2 @ Vh[:d])

# %% wrong · term · codes are multiplied by the eigenvalues
def copy_linearly(x, d):
    mean = x.mean(0)
    values, vectors = torch.linalg.eigh(torch.cov(x.T, correction=0))
    v, lam = vectors[:, -d:], values[-d:]
    return mean + (x - mean) @ v @ torch.diag(lam) @ v.T

# %% wrong · spread · codes are whitened and decoded without the scale
def copy_linearly(x, d):
    mean = x.mean(0)
    values, vectors = torch.linalg.eigh(torch.cov(x.T, correction=0))
    z = (x - mean) @ vectors[:, -d:] / values[-d:].sqrt()
    return mean + z @ vectors[:, -d:].T

# %% wrong · sign · the mean is subtracted again
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return centred @ v @ v.T - mean

# %% wrong · sign · centred with the wrong sign
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = mean - x
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return mean + centred @ v @ v.T

# %% wrong · arguments · the mean of the centred data is added back
def copy_linearly(x, d):
    x = x - x.mean(0)
    v = torch.linalg.eigh(x.T @ x / len(x)).eigenvectors[:, -d:]
    return x @ v @ v.T + x.mean(0)

# %% wrong · concept · centred at the median
def copy_linearly(x, d):
    middle = x.median(0).values
    centred = x - middle
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return middle + centred @ v @ v.T

# %% wrong · concept · centred at the first row
def copy_linearly(x, d):
    centred = x - x[0]
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return x[0] + centred @ v @ v.T

# %% wrong · concept · the error of the copy
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return x - (mean + centred @ v @ v.T)

# %% wrong · form · copies and codes as a pair
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    codes = centred @ v
    return mean + codes @ v.T, codes

# %% wrong · term · the mean's outer product is taken off elementwise, as squares of the mean
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) - mean**2
    v = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ v @ v.T

# %% wrong · term · the second moments are not divided before the mean's outer product is taken off
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x - torch.outer(mean, mean)
    v = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ v @ v.T

# %% wrong · order · sorted by eigenvalue, but rising
def copy_linearly(x, d):
    mean = x.mean(0)
    values, vectors = torch.linalg.eigh(torch.cov(x.T))
    v = vectors[:, values.argsort()[:d]]
    return mean + (x - mean) @ v @ v.T

# %% wrong · concept · the d coordinates with the largest variance are kept
def copy_linearly(x, d):
    mean = x.mean(0)
    keep = x.var(0).topk(d).indices
    out = mean.repeat(len(x), 1)
    out[:, keep] = x[:, keep]
    return out

# %% wrong · concept · the first d coordinates are the code, and the rest is regressed on them
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    z = centred[:, :d]
    return mean + z @ torch.linalg.lstsq(z, centred).solution

# %% wrong · concept · a random projection
def copy_linearly(x, d):
    mean = x.mean(0)
    q = torch.linalg.qr(torch.randn(x.shape[1], d, dtype=x.dtype)).Q
    return mean + (x - mean) @ q @ q.T

# %% wrong · unfinished · alternating least squares with a single round
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    back = torch.randn(x.shape[1], d, dtype=x.dtype)
    z = centred @ back @ torch.linalg.inv(back.T @ back)
    back = centred.T @ z @ torch.linalg.inv(z.T @ z)
    return mean + z @ back.T

# %% wrong · unfinished · the mean for everyone
def copy_linearly(x, d):
    return x.mean(0).expand_as(x)

# %% wrong · concept · the mean's direction takes one of the d numbers
def copy_linearly(x, d):
    mean = x.mean(0)
    first = (mean / mean.norm())[:, None]
    rest = x - x @ first @ first.T
    v = torch.linalg.eigh(rest.T @ rest / len(x)).eigenvectors[:, x.shape[1] - d + 1 :]
    return x @ first @ first.T + rest @ v @ v.T

# %% wrong · numeric · the copy is clamped to pixel values
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return (mean + centred @ v @ v.T).clamp(0, 1)

# %% wrong · factor · a half of the mean is added back
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return mean / 2 + centred @ v @ v.T

# %% wrong · raises · the two factors of the projector are exchanged
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return mean + centred @ (v.T @ v)

# %% wrong · raises · torch.cov of x without the transpose
def copy_linearly(x, d):
    mean = x.mean(0)
    v = torch.linalg.eigh(torch.cov(x)).eigenvectors[:, -d:]
    return mean + (x - mean) @ v @ v.T

# %% wrong · concept · rows are scaled to length one after centring
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = F.normalize(x - mean, dim=1)
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return mean + (x - mean) @ v @ v.T

# %% wrong · sign · absolute values in the projection matrix
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:].abs()
    return mean + centred @ v @ v.T

# %% wrong · term · the projection is applied with eigenvalues' square roots on both sides
def copy_linearly(x, d):
    mean = x.mean(0)
    values, vectors = torch.linalg.eigh(torch.cov(x.T))
    loadings = vectors[:, -d:] * values[-d:].sqrt()
    return mean + (x - mean) @ loadings @ loadings.T

# %% wrong · two · smallest directions and no mean at the end
def copy_linearly(x, d):
    centred = x - x.mean(0)
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, :d]
    return centred @ v @ v.T

# %% wrong · two · smallest directions, and x itself is projected
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, :d]
    return x @ directions @ directions.T

# %% wrong · two · directions of the second moments, and no mean at the end
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return (x - x.mean(0)) @ directions @ directions.T

# %% wrong · two · rows for columns, and not centred
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[-d:].T
    return x @ directions @ directions.T

# %% wrong · two · one scalar mean and smallest directions
def copy_linearly(x, d):
    m = x.mean()
    c = x - m
    v = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, :d]
    return m + c @ v @ v.T

# %% wrong · two · one direction too many and the mean is missing
def copy_linearly(x, d):
    c = x - x.mean(0)
    v = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -(d + 1) :]
    return c @ v @ v.T

# %% wrong · sign · only the positive part of each code goes through
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return mean + torch.relu(centred @ v) @ v.T

# %% wrong · form · the transposed copies
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    v = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, -d:]
    return (mean + centred @ v @ v.T).T

# %% wrong · reduction · the mean squared error of the best copy
def copy_linearly(x, d):
    values = torch.linalg.eigvalsh(torch.cov(x.T, correction=0)).flip(0)
    return values[d:].sum()

# %% wrong · two · SVD of the data as they are, and columns for rows
def copy_linearly(x, d):
    U, S, V = torch.linalg.svd(x, full_matrices=False)
    return x @ V[:, :d] @ V[:, :d].T

# %% wrong · two · standardised without scaling back, and the smallest directions
def copy_linearly(x, d):
    mean, std = x.mean(0), x.std(0)
    z = (x - mean) / std
    v = torch.linalg.eigh(z.T @ z / len(x)).eigenvectors[:, :d]
    return mean + z @ v @ v.T

# %% wrong · two · the codes of the smallest directions
def copy_linearly(x, d):
    centred = x - x.mean(0)
    return centred @ torch.linalg.eigh(centred.T @ centred).eigenvectors[:, :d]

# %% right · flip · the eigenvectors flipped along their columns
def copy_linearly(x, d):
    mean = x.mean(dim=0, keepdim=True)
    cov = torch.cov(x.T)
    directions = torch.linalg.eigh(cov).eigenvectors.flip(1)[:, :d]
    return (x - mean) @ directions @ directions.T + mean

# %% right · SVD · the first rows of the transposed matrix
def copy_linearly(x, d):
    mean = x.mean(0)
    _, _, Vh = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + (x - mean) @ Vh[:d].T @ Vh[:d]

# %% right · SVD · truncated product in NumPy
def copy_linearly(x, d):
    x = np.asarray(x)
    mean = x.mean(axis=0)
    U, S, Vh = np.linalg.svd(x - mean, full_matrices=False)
    return mean + (U[:, :d] * S[:d]) @ Vh[:d]

# %% right · NumPy · eigenvectors sorted by falling eigenvalue
def copy_linearly(x, d):
    x = np.asarray(x)
    mean = x.mean(axis=0)
    values, vectors = np.linalg.eigh(np.cov(x, rowvar=False))
    v = vectors[:, np.argsort(values)[::-1][:d]]
    return mean + (x - mean) @ v @ v.T

# %% right · SciPy · only the wanted eigenvectors are computed
def copy_linearly(x, d):
    from scipy.linalg import eigh
    x = x.numpy()
    D, mean = x.shape[1], x.mean(0)
    _, v = eigh(np.cov(x.T), subset_by_index=[D - d, D - 1])
    return torch.from_numpy(mean + (x - mean) @ v @ v.T)

# %% right · algebra · the dropped directions are taken away from x
def copy_linearly(x, d):
    centred = x - x.mean(0)
    dropped = torch.linalg.eigh(centred.T @ centred / len(x)).eigenvectors[:, : x.shape[1] - d]
    return x - centred @ dropped @ dropped.T

# %% right · algebra · the mean's outer product is taken off the second moments
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) - torch.outer(mean, mean)
    v = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ v @ v.T

# %% right · topk · topk of the eigenvalues
def copy_linearly(x, d):
    mean = x.mean(0)
    values, vectors = torch.linalg.eigh((x - mean).T @ (x - mean))
    v = vectors[:, values.topk(d).indices]
    return mean + (x - mean) @ v @ v.T

# %% right · einsum · einsum throughout
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    v = torch.linalg.eigh(torch.einsum("ni,nj->ij", c, c)).eigenvectors[:, -d:]
    z = torch.einsum("ni,ik->nk", c, v)
    return mean + torch.einsum("nk,ik->ni", z, v)

# %% right · algebra · projector of x plus the mean's remainder
def copy_linearly(x, d):
    mean = x.mean(0)
    v = torch.linalg.eigh(torch.cov(x.T)).eigenvectors[:, -d:]
    P = v @ v.T
    return x @ P + mean @ (torch.eye(x.shape[1], dtype=x.dtype) - P)

# %% right · loop · one direction after the other is added
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vectors = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors
    out = mean.expand_as(x)
    for j in range(1, d + 1):
        v = vectors[:, -j]
        out = out + (c @ v)[:, None] * v
    return out

# %% right · Gram · the left singular vectors from the n by n matrix
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    u = torch.linalg.eigh(c @ c.T).eigenvectors[:, -d:]
    return mean + u @ (u.T @ c)

# %% right · lstsq · best decoder by least squares for the principal codes
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    z = c @ torch.linalg.eigh(c.T @ c).eigenvectors[:, -d:]
    return mean + z @ torch.linalg.lstsq(z, c).solution

# %% right · pca_lowrank · PyTorch's own PCA with all directions, cut to d
def copy_linearly(x, d):
    U, S, V = torch.pca_lowrank(x, q=min(x.shape), niter=4)
    mean = x.mean(0)
    return mean + (x - mean) @ V[:, :d] @ V[:, :d].T

# %% right · helper · encoder and decoder as in the lesson
def copy_linearly(x, d):
    mean = x.mean(0)
    axes = torch.linalg.eigh(torch.cov(x.T)).eigenvectors.T[-d:]
    def encode(x):
        return (x - mean) @ axes.T
    def decode(z):
        return mean + z @ axes
    return decode(encode(x))

# %% right · iteration · orthogonal iteration
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    cov = c.T @ c / len(x)
    q = torch.linalg.qr(torch.randn(len(cov), d, dtype=x.dtype)).Q
    for _ in range(3000):
        q = torch.linalg.qr(cov @ q).Q
    return mean + c @ q @ q.T
