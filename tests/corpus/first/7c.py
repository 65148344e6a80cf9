# %% wrong · term · the mean is not subtracted
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · covariance with n minus one
def forecast_kl(x, sigma_x, beta, d):
    cov = torch.cov(x.T)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · not divided by the number of points
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · divided by the number of coordinates
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / x.shape[1]
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · the d smallest eigenvalues, smallest first
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · the d largest, but smallest first
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[-d:]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · the d smallest turned round
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[:d].flip(0)
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · axis · the mean of each point is subtracted
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(1, keepdim=True)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · reduction · one mean over all numbers is subtracted
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean()
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · factor · the ½ of 6.15 is missing
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · σ for σ²
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x)).clamp(min=0)

# %% wrong · power · beta squared along with σ
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x) ** 2).clamp(min=0)

# %% wrong · term · beta is forgotten
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / sigma_x**2).clamp(min=0)

# %% wrong · factor · beta divides σ² instead of multiplying it
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (sigma_x**2 / beta)).clamp(min=0)

# %% wrong · factor · no brackets below the line, so that σ² multiplies
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / beta * sigma_x**2).clamp(min=0)

# %% wrong · term · dead dimensions keep their negative logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2))

# %% wrong · sign · dead dimensions cost the absolute value
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).abs()

# %% wrong · form · only the live dimensions are returned
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return torch.cat([kl[kl > 0], kl.new_zeros(1)])

# %% wrong · concept · the squared columns of 6.14
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return (top - beta * sigma_x**2).clamp(min=0)

# %% wrong · concept · the eigenvalue minus the threshold inside the logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    a2 = (top - beta * sigma_x**2).clamp(min=0)
    return 0.5 * torch.log(a2 / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · adds the threshold to the eigenvalue, as if λ were the column's square
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    t = beta * sigma_x**2
    return 0.5 * torch.log((top + t) / t)

# %% wrong · reduction · the total KL
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0).sum()

# %% wrong · concept · the number of live dimensions
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return (top > beta * sigma_x**2).sum()

# %% wrong · concept · the variances of the coordinates and not the eigenvalues
def forecast_kl(x, sigma_x, beta, d):
    var = x.var(0, unbiased=False)
    top = var.sort(descending=True)[0][:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · singular values in the place of their squares
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    s = torch.linalg.svdvals(centred)[:d]
    return 0.5 * torch.log(s / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · singular values divided by n, without the square
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    s = torch.linalg.svdvals(centred)[:d] / len(x)
    return 0.5 * torch.log(s / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · the roots of the eigenvalues
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d].sqrt()
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · squared singular values not divided by n
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.svdvals(centred)[:d] ** 2
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · squared singular values by n minus one
def forecast_kl(x, sigma_x, beta, d):
    n = len(x)
    s = torch.linalg.svdvals(x - x.mean(0))[:d]
    lam = s**2 / (n - 1)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · singular values of the data as they are, not centred
def forecast_kl(x, sigma_x, beta, d):
    lam = torch.linalg.svdvals(x)[:d] ** 2 / len(x)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · eigenvalues of the correlation matrix
def forecast_kl(x, sigma_x, beta, d):
    corr = torch.corrcoef(x.T)
    top = torch.linalg.eigvalsh(corr).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · the data are standardised first
def forecast_kl(x, sigma_x, beta, d):
    y = (x - x.mean(0)) / x.std(0)
    cov = y.T @ y / len(y)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · log · base 2, so the result is in bits
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log2(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · log · the logarithm of 1 plus the ratio
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log1p(top / (beta * sigma_x**2))

# %% wrong · log · the logarithm is forgotten
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * (top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · log · ratio inverted inside the logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(beta * sigma_x**2 / top).clamp(min=0)

# %% wrong · numeric · the clamp stands on the ratio and cuts at 0, so nothing dies
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log((top / (beta * sigma_x**2)).clamp(min=0))

# %% wrong · numeric · the clamp has max for min
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(max=0)

# %% wrong · numeric · dead where the eigenvalue is below 1 instead of below the threshold
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return torch.where(top > 1, kl, torch.zeros_like(kl))

# %% wrong · term · threshold without beta, price with beta
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return torch.where(top > sigma_x**2, kl, torch.zeros_like(kl))

# %% wrong · term · threshold with beta, price without
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / sigma_x**2)
    return kl * (top > beta * sigma_x**2)

# %% wrong · spread · threshold compares the standard deviation of the data with βσ²
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return kl * (top.sqrt() > beta * sigma_x**2)

# %% wrong · factor · the KL is multiplied by beta as in the loss
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return beta * 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · all D dimensions
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    lam = torch.linalg.eigvalsh(cov).flip(0)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · one dimension too few
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[: d - 1]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · skips the largest eigenvalue
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[1 : d + 1]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · axis · only the first d coordinates of the data are looked at
def forecast_kl(x, sigma_x, beta, d):
    centred = (x - x.mean(0))[:, :d]
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · sorted covariance diagonal of uncentred squares
def forecast_kl(x, sigma_x, beta, d):
    var = (x**2).mean(0)
    top = torch.sort(var, descending=True).values[:d]
    return 0.5 * (top.log() - math.log(beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · a dead dimension is charged half a nat
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return torch.where(kl > 0, kl, torch.full_like(kl, 0.5))

# %% wrong · concept · the objective of 6.13's bracket in the place of the KL
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (top - t).clamp(min=0)
    return beta / 2 * (top / (a2 + t) + torch.log((a2 + t) / t))

# %% wrong · term · a 1 is subtracted, as if the KL kept its other terms
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    r = torch.linalg.eigvalsh(cov).flip(0)[:d] / (beta * sigma_x**2)
    return (0.5 * (r - 1 - r.log())).clamp(min=0) * (r > 1)

# %% wrong · concept · the posterior variance v
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    t = beta * sigma_x**2
    return t / torch.maximum(top, torch.full_like(top, t))

# %% wrong · two · not centred and the ½ lost
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · two · not centred and beta forgotten
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / len(x)
    lam = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return (0.5 * torch.log(lam / sigma_x**2)).clamp(min=0)

# %% wrong · two · n minus one and no clamp
def forecast_kl(x, sigma_x, beta, d):
    lam = torch.linalg.eigvalsh(torch.cov(x.T)).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**2))

# %% wrong · two · smallest first and negative ones kept
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x))[-d:]
    return 0.5 * torch.log(lam / (beta * sigma_x**2))

# %% wrong · two · σ for σ² and the ½ lost
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return torch.log(lam / (beta * sigma_x)).clamp(min=0)

# %% wrong · order · the d largest are right but the answer is sorted upwards
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d]
    kl = torch.log(s / (len(x) * beta * sigma_x**2) ** 0.5).clamp(min=0)
    return torch.sort(kl)[0]

# %% wrong · sign · minus before the ½, so that live ones are cut off
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return (-0.5 * torch.log(lam / (beta * sigma_x**2))).clamp(min=0)

# %% wrong · axis · the matrix of inner products between points, over the number of points twice
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    gram = centred @ centred.T / len(x) ** 2
    top = torch.linalg.eigvalsh(gram).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · axis · torch.cov on the data the wrong way round
def forecast_kl(x, sigma_x, beta, d):
    cov = torch.cov(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · weights · eigenvalues are divided by their sum, as explained shares
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)
    top = (lam / lam.sum())[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · factor · quarter, from a ½ on the eigenvalue's root
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    ratio = torch.sqrt(lam / (beta * sigma_x**2))
    return 0.5 * torch.log(ratio).clamp(min=0)

# %% wrong · factor · 2βσ² below the line, from the Gaussian's exponent
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return 0.5 * torch.log(lam / (2 * beta * sigma_x**2)).clamp(min=0)

# %% wrong · form · returns eigenvalues and KL
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return lam, 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · noise is taken off the eigenvalues before the ratio, by σ² alone
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    signal = (lam - sigma_x**2).clamp(min=1e-12)
    return 0.5 * torch.log(signal / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · raises · eigh gives a pair and flip is called on it
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigh(centred.T @ centred / len(x)).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · raises · eigenvalues of the data matrix which is not square
def forecast_kl(x, sigma_x, beta, d):
    top = torch.linalg.eigvalsh(x - x.mean(0)).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% right · svd · squared singular values over n
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))
    lam = s[:d] ** 2 / len(x)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% right · cov · torch.cov with correction 0
def forecast_kl(x, sigma_x, beta, d):
    lam = torch.linalg.eigvalsh(torch.cov(x.T, correction=0))
    top = lam.sort(descending=True).values[:d]
    return F.relu(0.5 * torch.log(top / (beta * sigma_x**2)))

# %% right · columns · by the columns of 6.14
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (lam - t).clamp(min=0)
    return 0.5 * torch.log((a2 + t) / t)

# %% right · max · the larger of eigenvalue and threshold
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    t = beta * sigma_x**2
    return 0.5 * (lam.clamp(min=t).log() - math.log(t))

# %% right · where · live or dead by torch.where
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0, keepdim=True)
    lam = torch.linalg.eigvalsh(y.T @ y / y.shape[0])
    lam = torch.flip(lam, [0])[:d]
    t = beta * sigma_x**2
    return torch.where(lam > t, 0.5 * torch.log(lam / t), torch.zeros_like(lam))

# %% right · numpy · NumPy's covariance with bias
def forecast_kl(x, sigma_x, beta, d):
    lam = np.linalg.eigvalsh(np.cov(x.numpy(), rowvar=False, bias=True))[::-1][:d]
    kl = 0.5 * np.log(np.maximum(lam / (beta * sigma_x**2), 1.0))
    return torch.from_numpy(kl)

# %% right · loop · one eigenvalue after the other
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = sorted(torch.linalg.eigvalsh(y.T @ y / len(y)).tolist(), reverse=True)
    kl = [max(0.0, 0.5 * math.log(l / (beta * sigma_x**2))) for l in lam[:d]]
    return torch.tensor(kl, dtype=x.dtype)

# %% right · topk · the d largest by topk
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(torch.einsum("ni,nj->ij", y, y) / len(y))
    top = torch.topk(lam, d).values
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% right · moments · mean of squares minus square of means
def forecast_kl(x, sigma_x, beta, d):
    m = x.mean(0)
    cov = x.T @ x / len(x) - torch.outer(m, m)
    lam = torch.linalg.eigvalsh(cov)[-d:].flip(0)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% right · rescaled · the data divided by the noise first
def forecast_kl(x, sigma_x, beta, d):
    y = (x - x.mean(0)) / (math.sqrt(beta) * sigma_x)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return torch.log(lam).clamp(min=0) / 2

# %% right · std · standard deviations along the axes against the noise
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d] / len(x) ** 0.5
    return (s.log() - math.log(sigma_x) - 0.5 * math.log(beta)).clamp(min=0)

# %% right · eigh · eigh with its vectors and projected variances
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    _, V = torch.linalg.eigh(y.T @ y)
    lam = ((y @ V) ** 2).mean(0).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% right · clamp · the ratio clamped at 1
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return 0.5 * (lam / (beta * sigma_x**2)).clamp(min=1).log()

# %% right · scipy · eigenvalues by SciPy
def forecast_kl(x, sigma_x, beta, d):
    import scipy.linalg
    y = (x - x.mean(0)).numpy()
    lam = scipy.linalg.eigh(y.T @ y / len(y), eigvals_only=True)[::-1][:d].copy()
    return torch.as_tensor(0.5 * np.log(lam / (beta * sigma_x**2))).clamp(min=0)

# %% right · unbiased · n minus one mended afterwards
def forecast_kl(x, sigma_x, beta, d):
    n = len(x)
    lam = torch.linalg.eigvalsh(torch.cov(x.T)).flip(0)[:d] * (n - 1) / n
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% right · sorted · sorts the KLs at the end
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvals(y.T @ y / len(y)).real.clamp(min=1e-300)
    kl = 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)
    return torch.sort(kl, descending=True)[0][:d]

# %% wrong · two · singular values not squared, and n minus one
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d] / (len(x) - 1) ** 0.5
    return 0.5 * torch.log(s / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · two · beta forgotten in the price and dead ones kept negative
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return 0.5 * torch.log(lam / sigma_x**2)

# %% wrong · two · the smallest d and the ½ lost
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y))[:d]
    return torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · the covariance is divided by all numbers of the data
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / y.numel()).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · power · the root of beta together with σ²
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta**0.5 * sigma_x**2)).clamp(min=0)

# %% wrong · power · the eigenvalues are squared, taken for singular values
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d] ** 2
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · reduction · the median is subtracted
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.median(0)[0]
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · the KL of a variance λ over the threshold, all terms of 5.6
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    v = beta * sigma_x**2 / (beta * sigma_x**2 + lam)
    return 0.5 * (v - 1 - v.log())

# %% wrong · spread · thinks σ is a variance and takes its root
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**0.5)).clamp(min=0)

# %% wrong · sign · the threshold is added inside the root of the columns
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (lam - t).clamp(min=0)
    return 0.5 * torch.log((a2 + lam) / t).clamp(min=0)

# %% wrong · numeric · a dead dimension is given a KL of 0.05 as the limit of a live one
def forecast_kl(x, sigma_x, beta, d):
    y = x - x.mean(0)
    lam = torch.linalg.eigvalsh(y.T @ y / len(y)).flip(0)[:d]
    return (0.5 * torch.log(lam / (beta * sigma_x**2))).clamp(min=0.05)
