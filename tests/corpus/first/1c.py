# %% wrong · unfinished · as given
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, :d]
    return x @ directions @ directions.T

# %% wrong · unfinished · half repaired, the last directions but no mean
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return x @ directions @ directions.T

# %% wrong · unfinished · half repaired, centred but the smallest directions
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, :d]
    return mean + centred @ directions @ directions.T

# %% wrong · term · the mean is not added back
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return centred @ directions @ directions.T

# %% wrong · term · mean added at the end but never subtracted from the data projected
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = (x - mean).T @ (x - mean) / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + x @ directions @ directions.T

# %% wrong · term · covariance centred, but the raw data projected and no mean added
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return x @ directions @ directions.T

# %% wrong · arguments · centred data projected on the directions of the raw second moment
def copy_linearly(x, d):
    mean = x.mean(0)
    second = x.T @ x / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, -d:]
    return mean + (x - mean) @ directions @ directions.T

# %% wrong · axis · the mean over the pixels of each picture
def copy_linearly(x, d):
    mean = x.mean(1, keepdim=True)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + centred @ directions @ directions.T

# %% wrong · reduction · one number as the mean of the whole table
def copy_linearly(x, d):
    mean = x.mean()
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + centred @ directions @ directions.T

# %% wrong · sign · the mean is subtracted again at the end
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return centred @ directions @ directions.T - mean

# %% wrong · sign · the mean is added first and subtracted at the end
def copy_linearly(x, d):
    mean = x.mean(0)
    shifted = x + mean
    cov = (x - mean).T @ (x - mean) / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return shifted @ directions @ directions.T - mean

# %% wrong · term · the mean is added twice
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    V = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (centred @ V) @ V.T + mean

# %% wrong · axis · eigenvectors taken from the rows
def copy_linearly(x, d):
    mean = x.mean(0)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[-d:].T
    return mean + centred @ directions @ directions.T

# %% wrong · axis · first rows of the matrix of eigenvectors
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vals, vecs = torch.linalg.eigh(c.T @ c / len(x))
    W = vecs[:d]
    return mean + c @ W.T @ W

# %% wrong · axis · eigenvectors turned round along the rows instead of the columns
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vecs = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors.flip(0)
    return mean + c @ vecs[:, :d] @ vecs[:, :d].T

# %% wrong · count · drops the last d instead of keeping them
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, :-d]
    return mean + c @ V @ V.T

# %% wrong · count · skips the first d columns, keeping D − d of them
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, d:]
    return mean + c @ V @ V.T

# %% wrong · count · one direction too many
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -(d + 1):]
    return mean + c @ V @ V.T

# %% wrong · count · one direction too few, the largest is left out
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:-1]
    return mean + c @ V @ V.T

# %% wrong · count · shifted by one, the largest left out and one smaller taken in
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d - 1:-1]
    return mean + c @ V @ V.T

# %% wrong · count · only the single column −d
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, [-d]]
    return mean + c @ V @ V.T

# %% wrong · count · always two directions, as in the lesson
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(torch.cov(c.T)).eigenvectors[:, -2:]
    return mean + c @ V @ V.T

# %% wrong · unfinished · returns the codes
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return c @ V

# %% wrong · unfinished · the mean alone, no code at all
def copy_linearly(x, d):
    return x.mean(0).expand_as(x)

# %% wrong · concept · the residual and not the copy
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return c - c @ V @ V.T

# %% wrong · concept · the error of (1.2), the sum of the dropped eigenvalues
def copy_linearly(x, d):
    values = torch.linalg.eigvalsh(torch.cov(x.T, correction=0)).flip(0)
    return values[d:].sum()

# %% wrong · concept · keeps the first d coordinates and sets the rest to the mean
def copy_linearly(x, d):
    out = x.mean(0).expand_as(x).clone()
    out[:, :d] = x[:, :d]
    return out

# %% wrong · concept · keeps the d coordinates with the largest variance
def copy_linearly(x, d):
    keep = x.var(0).argsort(descending=True)[:d]
    out = x.mean(0).expand_as(x).clone()
    out[:, keep] = x[:, keep]
    return out

# %% wrong · spread · standardised coordinates, the correlation matrix's directions, undone at the end
def copy_linearly(x, d):
    mean, std = x.mean(0), x.std(0)
    c = (x - mean) / std
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return mean + std * (c @ V @ V.T)

# %% wrong · spread · standardised and the standard deviation not put back
def copy_linearly(x, d):
    mean, std = x.mean(0), x.std(0)
    c = (x - mean) / std
    V = torch.linalg.eigh(torch.cov(c.T)).eigenvectors[:, -d:]
    return mean + c @ V @ V.T

# %% wrong · spread · directions of the correlation matrix, used on the unscaled data
def copy_linearly(x, d):
    mean = x.mean(0)
    V = torch.linalg.eigh(torch.corrcoef(x.T)).eigenvectors[:, -d:]
    return mean + (x - mean) @ V @ V.T

# %% wrong · factor · the code is divided by the standard deviation, whitened
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vals, vecs = torch.linalg.eigh(c.T @ c / len(x))
    V = vecs[:, -d:]
    z = c @ V / vals[-d:].sqrt()
    return mean + z @ V.T

# %% wrong · factor · the code is multiplied by the eigenvalues
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vals, vecs = torch.linalg.eigh(c.T @ c / len(x))
    V = vecs[:, -d:]
    return mean + (c @ V * vals[-d:]) @ V.T

# %% wrong · power · the code is multiplied by the singular values once more
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    U, S, Vt = torch.linalg.svd(c, full_matrices=False)
    return mean + (c @ Vt[:d].T * S[:d]) @ Vt[:d]

# %% wrong · term · singular values forgotten in the product
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vt = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + U[:, :d] @ Vt[:d]

# %% wrong · power · root of the singular values in the product
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vt = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + (U[:, :d] * S[:d].sqrt()) @ Vt[:d]

# %% wrong · term · truncated SVD without centring
def copy_linearly(x, d):
    U, S, Vt = torch.linalg.svd(x, full_matrices=False)
    return U[:, :d] * S[:d] @ Vt[:d]

# %% wrong · axis · Vh of the SVD taken for V
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    U, S, V = torch.linalg.svd(c, full_matrices=False)
    W = V[:, :d]
    return mean + c @ W @ W.T

# %% wrong · arguments · the mean direction removed along with the copy
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return mean - c @ V @ V.T

# %% wrong · spread · centred on the median
def copy_linearly(x, d):
    mean = x.median(0).values
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return mean + c @ V @ V.T

# %% wrong · order · by the absolute size of the components, not the eigenvalue
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vecs = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors
    order = vecs.abs().sum(0).argsort(descending=True)[:d]
    return mean + c @ vecs[:, order] @ vecs[:, order].T

# %% wrong · term · the covariance subtracts the mean's outer product twice
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) - 2 * torch.outer(mean, mean)
    V = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ V @ V.T

# %% wrong · factor · the second moment not divided by n before the mean's square is taken off
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x - torch.outer(mean, mean)
    V = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ V @ V.T

# %% wrong · sign · the outer product of the mean is added
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) + torch.outer(mean, mean)
    V = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + (x - mean) @ V @ V.T

# %% wrong · numeric · the pixels' copy clipped to the range of pictures
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return (mean + c @ V @ V.T).clamp(0, 1)

# %% wrong · numeric · a ridge put on the projection
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vals, vecs = torch.linalg.eigh(c.T @ c / len(x))
    V, lam = vecs[:, -d:], vals[-d:]
    return mean + (c @ V * (lam / (lam + 0.1))) @ V.T

# %% wrong · noise · random directions
def copy_linearly(x, d):
    mean = x.mean(0)
    V, _ = torch.linalg.qr(torch.randn(x.shape[1], d, dtype=x.dtype))
    return mean + (x - mean) @ V @ V.T

# %% wrong · unfinished · the alternation of the lesson stopped after one turn
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    back = torch.randn(x.shape[1], d, dtype=x.dtype)
    z = c @ back @ torch.linalg.inv(back.T @ back)
    back = c.T @ z @ torch.linalg.inv(z.T @ z)
    return mean + z @ back.T

# %% wrong · term · least squares forgotten for directions that are not orthonormal
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:] * 2
    return mean + c @ V @ V.T

# %% wrong · form · copy and codes together
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    z = c @ V
    return mean + z @ V.T, z

# %% wrong · form · transposed
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return (mean + c @ V @ V.T).T

# %% wrong · two · centred without adding back and the smallest directions
def copy_linearly(x, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, :d]
    return centred @ directions @ directions.T

# %% wrong · two · mean over the wrong axis and not undone
def copy_linearly(x, d):
    centred = x - x.mean(1, keepdim=True)
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return centred @ directions @ directions.T

# %% wrong · two · rows of the eigenvectors and the mean forgotten
def copy_linearly(x, d):
    c = x - x.mean(0)
    V = torch.linalg.eigh(torch.cov(x.T)).eigenvectors[:d].T
    return c @ V @ V.T

# %% wrong · two · one direction too many and no centring
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    V = torch.linalg.eigh(second).eigenvectors[:, -d - 1:]
    return x @ V @ V.T

# %% wrong · two · centred twice elsewhere, smallest directions, mean added to raw
def copy_linearly(x, d):
    mean = x.mean(0)
    second = (x - mean).T @ (x - mean) / len(x)
    directions = torch.linalg.eigh(second).eigenvectors[:, :d]
    return x @ directions @ directions.T + mean

# %% wrong · two · complement of the smallest directions of the raw second moment, one too few
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    V = torch.linalg.eigh(second).eigenvectors[:, :d]
    return x - x @ V @ V.T

# %% wrong · raises · a call of the mean as a method of the covariance's wrong shape
def copy_linearly(x, d):
    mean = x.mean(1)
    centred = x - mean
    cov = centred.T @ centred / len(x)
    directions = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return mean + centred @ directions @ directions.T

# %% wrong · raises · the last product not transposed
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return mean + c @ V @ V

# %% wrong · arguments · the covariance of the pictures' differences from the first picture
def copy_linearly(x, d):
    first = x[0]
    c = x - first
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return first + c @ V @ V.T

# %% wrong · concept · projects the mean away along the first direction and calls it centred
def copy_linearly(x, d):
    second = x.T @ x / len(x)
    V = torch.linalg.eigh(second).eigenvectors[:, -d - 1:-1]
    return x @ V @ V.T

# %% wrong · factor · the projected part is halved
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    return mean + c @ V @ V.T / 2

# %% wrong · order · the code is turned round between encoder and decoder
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:]
    z = c @ V
    return mean + z @ V.flip(1).T

# %% wrong · sign · the absolute value of the directions
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d:].abs()
    return mean + c @ V @ V.T

# %% wrong · concept · the mean takes one of the d numbers
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    cov = c.T @ c / len(x)
    V = torch.linalg.eigh(cov).eigenvectors[:, x.shape[1] - d + 1:]
    return mean + c @ V @ V.T

# %% wrong · numeric · eigenvectors by eig, which does not sort, and the last ones taken
def copy_linearly(x, d):
    m = x.mean(0).numpy()
    c = x.numpy() - m
    vals, vecs = np.linalg.eig(c.T @ c / len(c))
    V = vecs[:, -d:].real
    return m + c @ V @ V.T

# %% wrong · reduction · the variance in place of the covariance, so that the directions are the axes
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(torch.diag(c.square().mean(0))).eigenvectors[:, :d]
    return mean + c @ V @ V.T

# %% wrong · two · standardised, and the mean not added back
def copy_linearly(x, d):
    z = (x - x.mean(0)) / x.std(0)
    V = torch.linalg.eigh(torch.cov(z.T)).eigenvectors[:, -d:]
    return z @ V @ V.T

# %% wrong · two · the last columns but one too many, and the mean of the whole table
def copy_linearly(x, d):
    mean = x.mean()
    c = x - mean
    V = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors[:, -d - 1:]
    return mean + c @ V @ V.T

# %% wrong · two · the smallest directions, and the raw data projected
def copy_linearly(x, d):
    cov = torch.cov(x.T)
    V = torch.linalg.eigh(cov).eigenvectors[:, :d]
    return x @ V @ V.T

# %% right · solution style · centred, the last d columns
def copy_linearly(x, d):
    mu = x.mean(dim=0, keepdim=True)
    c = x - mu
    V = torch.linalg.eigh(c.T @ c / x.shape[0])[1][:, -d:]
    return mu + (c @ V) @ V.T

# %% right · svd · truncated SVD of the centred data
def copy_linearly(x, d):
    mean = x.mean(0)
    U, S, Vh = torch.linalg.svd(x - mean, full_matrices=False)
    return mean + U[:, :d] * S[:d] @ Vh[:d]

# %% right · svd · projection on the first right singular vectors
def copy_linearly(x, d):
    mean = x.mean(0)
    Vh = torch.linalg.svd(x - mean)[2]
    return mean + (x - mean) @ Vh[:d].mT @ Vh[:d]

# %% right · numpy · np.linalg.eigh and flipped columns
def copy_linearly(x, d):
    a = x.numpy()
    m = a.mean(axis=0)
    V = np.linalg.eigh(np.cov(a, rowvar=False))[1][:, ::-1][:, :d]
    return m + (a - m) @ V @ V.T

# %% right · torch.cov · covariance with n − 1, whose directions are the same
def copy_linearly(x, d):
    mean = x.mean(0)
    vals, vecs = torch.linalg.eigh(torch.cov(x.T))
    top = vals.topk(d).indices
    V = vecs[:, top]
    return mean + (x - mean) @ V @ V.T

# %% right · algebra · takes the smallest directions out of the centred data
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    D = x.shape[1]
    W = torch.linalg.eigh(c.T @ c).eigenvectors[:, : D - d]
    return x - c @ W @ W.T

# %% right · algebra · covariance as second moment minus the mean's outer product
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) - torch.outer(mean, mean)
    V = torch.linalg.eigh(cov).eigenvectors[:, -d:]
    return x @ V @ V.T + mean - mean @ V @ V.T

# %% right · order · eigenvectors of minus the covariance, the first d
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(-c.T @ c / len(x)).eigenvectors[:, :d]
    return mean + c @ V @ V.T

# %% right · loop · one direction after the other
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vecs = torch.linalg.eigh(c.T @ c / len(x)).eigenvectors
    out = mean.expand_as(x).clone()
    for j in range(1, d + 1):
        v = vecs[:, -j]
        out = out + torch.outer(c @ v, v)
    return out

# %% right · gram · left directions of the n by n matrix
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    U = torch.linalg.svd(c, full_matrices=False)[0][:, :d]
    return mean + U @ (U.T @ c)

# %% right · einsum · einsum for both products
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    cov = torch.einsum("ni,nj->ij", c, c)
    V = torch.linalg.eigh(cov)[1][:, -d:]
    z = torch.einsum("ni,ik->nk", c, V)
    return mean + torch.einsum("nk,ik->ni", z, V)

# %% right · scipy · scipy.linalg.eigh with a subset of indices
def copy_linearly(x, d):
    import scipy.linalg
    a = np.asarray(x)
    m = a.mean(0)
    D = a.shape[1]
    _, V = scipy.linalg.eigh((a - m).T @ (a - m), subset_by_index=[D - d, D - 1])
    return torch.from_numpy(m + (a - m) @ V @ V.T)

# %% right · sklearn · PCA of scikit-learn
def copy_linearly(x, d):
    from sklearn.decomposition import PCA
    pca = PCA(d, svd_solver="full").fit(x.numpy())
    return pca.inverse_transform(pca.transform(x.numpy()))

# %% right · sort · eigenvectors sorted by falling eigenvalue
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    vals, vecs = torch.linalg.eigh(c.T @ c / (len(x) - 1))
    order = torch.argsort(vals, descending=True)
    W = vecs[:, order][:, :d]
    return (c @ W) @ W.T + mean

# %% right · least squares · codes by lstsq in the directions
def copy_linearly(x, d):
    mean = x.mean(0)
    c = x - mean
    V = torch.linalg.eigh(c.T @ c).eigenvectors[:, -d:]
    z = torch.linalg.lstsq(V, c.T).solution
    return mean + (V @ z).T

# %% right · helper · encoder and decoder as two functions
def copy_linearly(x, d):
    mean = x.mean(0)
    cov = torch.cov(x.T, correction=0)
    A = torch.linalg.eigh(cov).eigenvectors.flip(1)[:, :d]
    encode = lambda x: (x - mean) @ A
    decode = lambda z: mean + z @ A.T
    return decode(encode(x))
