# %% wrong · term · negative logarithms are kept
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2))

# %% wrong · factor · the half is missing
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · torch.cov with n minus 1
def forecast_kl(x, sigma_x, beta, d):
    cov = torch.cov(x.T)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · divides by n minus 1 by hand
def forecast_kl(x, sigma_x, beta, d):
    n = x.shape[0]
    xc = x - x.mean(0, keepdim=True)
    lam = torch.linalg.eigvalsh(xc.T @ xc / (n - 1)).flip(0)[:d]
    return torch.relu(0.5 * torch.log(lam / (beta * sigma_x**2)))

# %% wrong · term · data not centred
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · scatter matrix not divided by n
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · takes the d smallest eigenvalues
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · the d largest, but from small to large
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[-d:]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · order · cuts the smallest d and then turns them round
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    lam = torch.linalg.eigvalsh(xc.T @ xc / len(x))
    top = lam[:d].flip(0)
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · the noise is not squared
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x)).clamp(min=0)

# %% wrong · term · beta forgotten
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / sigma_x**2).clamp(min=0)

# %% wrong · term · the noise forgotten
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / beta).clamp(min=0)

# %% wrong · power · beta squared together with the noise
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x) ** 2).clamp(min=0)

# %% wrong · arguments · a missing bracket multiplies with the noise
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / beta * sigma_x**2).clamp(min=0)

# %% wrong · arguments · noise divided by beta
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    threshold = sigma_x**2 / beta
    return 0.5 * torch.log(top / threshold).clamp(min=0)

# %% wrong · arguments · beta is squared and not the noise
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return 0.5 * torch.log(top / (sigma_x * beta**2)).clamp(min=0)

# %% wrong · log · logarithm to base 2
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log2(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · log · logarithm to base 10
def forecast_kl(x, sigma_x, beta, d):
    xc = (x - x.mean(0)).numpy()
    lam = np.linalg.eigvalsh(xc.T @ xc / len(xc))[::-1][:d]
    return torch.as_tensor(np.maximum(0.5 * np.log10(lam / (beta * sigma_x**2)), 0))

# %% wrong · log · one is added inside the logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log1p(top / (beta * sigma_x**2))

# %% wrong · log · quotient of logarithms
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return (0.5 * torch.log(top) / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · concept · the squared columns of the decoder, not the KL
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return (top - beta * sigma_x**2).clamp(min=0)

# %% wrong · concept · half the logarithm of signal over noise, with the decoder's column as the signal
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (top - t).clamp(min=1e-12)
    return (0.5 * torch.log(a2 / t)).clamp(min=0)

# %% wrong · term · KL from the variance of (6.9) alone, as if the means were 0
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (top - t).clamp(min=0)
    v = t / (t + a2)
    return 0.5 * (v - 1 - v.log())

# %% wrong · concept · the objective of (7.3) with its best a
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (top - t).clamp(min=0)
    return beta / 2 * (top / (a2 + t) + torch.log((a2 + t) / t))

# %% wrong · factor · multiplied with beta, the KL's share in the loss
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return beta / 2 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · factor · a 2 in front of the noise, as in the Gaussian's exponent
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (2 * beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · the variances per pixel in place of the eigenvalues
def forecast_kl(x, sigma_x, beta, d):
    variance = x.var(0, unbiased=False)
    top = variance.sort(descending=True).values[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · eigenvalues of the correlation
def forecast_kl(x, sigma_x, beta, d):
    top = torch.linalg.eigvalsh(torch.corrcoef(x.T)).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · spread · data standardised first
def forecast_kl(x, sigma_x, beta, d):
    z = (x - x.mean(0)) / x.std(0)
    cov = z.T @ z / len(z)
    lam = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * (lam / (beta * sigma_x**2)).log().clamp(min=0)

# %% wrong · power · singular values not squared
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d]
    return 0.5 * torch.log(s / len(x) / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · power · standard deviations of the directions in place of variances
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d] / math.sqrt(len(x))
    return 0.5 * torch.log(s / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · squared singular values not divided by n
def forecast_kl(x, sigma_x, beta, d):
    U, S, Vt = torch.linalg.svd(x - x.mean(0), full_matrices=False)
    return 0.5 * torch.log(S[:d] ** 2 / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · term · svd of data that were not centred
def forecast_kl(x, sigma_x, beta, d):
    S = torch.linalg.svdvals(x)
    lam = S[:d] ** 2 / x.shape[0]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · axis · each example's own mean is subtracted
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

# %% wrong · count · divided by the number of features
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / x.shape[1]
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · axis · np.cov takes the rows as variables
def forecast_kl(x, sigma_x, beta, d):
    cov = np.cov(x.numpy())
    lam = np.sort(np.linalg.eigvalsh(cov))[::-1][:d]
    return torch.tensor(np.maximum(0, 0.5 * np.log(np.maximum(lam, 1e-12) / (beta * sigma_x**2))))

# %% wrong · count · np.cov with its default
def forecast_kl(x, sigma_x, beta, d):
    cov = np.cov(x.numpy(), rowvar=False)
    lam = np.linalg.eigvalsh(cov)[::-1][:d].copy()
    return torch.from_numpy(np.clip(0.5 * np.log(lam / (beta * sigma_x**2)), 0, None))

# %% wrong · weights · threshold without beta, price with it
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    price = 0.5 * torch.log(top / (beta * sigma_x**2))
    return torch.where(top > sigma_x**2, price, torch.zeros_like(top))

# %% wrong · weights · threshold right, price without beta
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    live = top > beta * sigma_x**2
    return torch.where(live, 0.5 * torch.log(top / sigma_x**2), 0.0)

# %% wrong · weights · a dimension lives if its variance exceeds 1
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return (top > 1) * 0.5 * torch.log(top / (beta * sigma_x**2))

# %% wrong · sign · clamped from the wrong side
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(max=0)

# %% wrong · sign · absolute value keeps the KL positive
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).abs()

# %% wrong · sign · noise over variance inside the logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(beta * sigma_x**2 / top).clamp(min=0)

# %% wrong · form · only the live dimensions are returned
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return kl[kl > 0]

# %% wrong · form · all D eigenvalues, not cut to d
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    lam = torch.linalg.eigvalsh(cov).flip(0)
    return 0.5 * torch.log(lam.clamp(min=1e-12) / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · reduction · the total KL
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0).sum()

# %% wrong · concept · how many dimensions live
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return (top > beta * sigma_x**2).sum()

# %% wrong · concept · 1 for a live dimension and 0 for a dead one
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return (top > beta * sigma_x**2).double()

# %% wrong · form · KL and eigenvalues as a tuple
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0), top

# %% wrong · count · starts from the second largest
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x))
    top = lam[-d - 1 : -1].flip(0)
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · count · one direction too few
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    lam = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[: d - 1]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · weights · a dead dimension costs a half, half of 1 minus log 1
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    return torch.where(top > t, 0.5 * torch.log(top / t), torch.full_like(top, 0.5))

# %% wrong · weights · a dead dimension costs the lesson's 0.05 nats
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    top = torch.linalg.eigvalsh(xc.T @ xc / len(xc)).flip(0)[:d]
    kl = 0.5 * torch.log(top / (beta * sigma_x**2))
    return kl.clamp(min=0.05)

# %% wrong · weights · dead dimensions are nan
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    top = torch.linalg.eigvalsh(xc.T @ xc / len(xc)).flip(0)[:d]
    t = beta * sigma_x**2
    top[top <= t] = float("nan")
    return 0.5 * torch.log(top / t)

# %% wrong · spread · root of the eigenvalue over root of the noise variance, half kept
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    std = torch.linalg.eigvalsh(xc.T @ xc / len(xc)).flip(0)[:d].sqrt()
    return 0.5 * torch.log(std / (beta**0.5 * sigma_x)).clamp(min=0)

# %% wrong · concept · capacity of a channel with noise
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    lam = torch.linalg.eigvalsh(xc.T @ xc / len(xc)).flip(0)[:d]
    snr = (lam - beta * sigma_x**2).clamp(min=0) / sigma_x**2
    return 0.5 * torch.log(1 + snr)

# %% wrong · two · not centred and no half
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · two · noise not squared and negative values kept
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x))

# %% wrong · two · n minus 1 and smallest first
def forecast_kl(x, sigma_x, beta, d):
    top = torch.linalg.eigvalsh(torch.cov(x.T))[-d:]
    return torch.clamp(0.5 * torch.log(top / (beta * sigma_x**2)), min=0)

# %% wrong · two · n minus 1 and beta forgotten
def forecast_kl(x, sigma_x, beta, d):
    top = torch.linalg.eigvalsh(torch.cov(x.T)).flip(0)[:d]
    return (0.5 * torch.log(top / sigma_x**2)).clamp(min=0)

# %% wrong · two · scatter matrix not divided by n and the smallest directions
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    lam = torch.linalg.eigvalsh(xc.T @ xc)[:d]
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · two · n minus 1 and the half missing
def forecast_kl(x, sigma_x, beta, d):
    lam, _ = torch.sort(torch.linalg.eigvalsh(torch.cov(x.T)), descending=True)
    return torch.relu(torch.log(lam[:d] / (beta * sigma_x**2)))

# %% wrong · raises · cov of torch is asked for rowvar
def forecast_kl(x, sigma_x, beta, d):
    cov = torch.cov(x, rowvar=False)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% wrong · raises · negative step in a torch slice
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov)[::-1][:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% right · spread · squared singular values over n
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svdvals(x - x.mean(0))[:d]
    lam = s**2 / x.shape[0]
    return torch.relu(0.5 * torch.log(lam / (beta * sigma_x**2)))

# %% right · spread · torch.cov with correction 0
def forecast_kl(x, sigma_x, beta, d):
    lam = torch.linalg.eigvalsh(torch.cov(x.T, correction=0))
    lam = torch.sort(lam, descending=True).values[:d]
    return (0.5 * (torch.log(lam) - math.log(beta) - 2 * math.log(sigma_x))).clamp(min=0)

# %% right · form · NumPy with bias
def forecast_kl(x, sigma_x, beta, d):
    cov = np.cov(np.asarray(x), rowvar=False, bias=True)
    lam = np.sort(np.linalg.eigvalsh(cov))[::-1][:d]
    return torch.tensor(np.maximum(0.5 * np.log(lam / (beta * sigma_x**2)), 0.0))

# %% right · log · the quotient clamped at 1 before the logarithm
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    cov = centred.T @ centred / len(x)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log((top / (beta * sigma_x**2)).clamp(min=1))

# %% right · concept · from the decoder's columns of (7.4), a2 plus threshold over threshold
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (top - t).clamp(min=0)
    return 0.5 * torch.log1p(a2 / t)

# %% right · concept · full KL from m and v of the best encoder
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    lam = torch.linalg.eigvalsh(xc.T @ xc / len(x)).flip(0)[:d]
    t = beta * sigma_x**2
    a2 = (lam - t).clamp(min=0)
    share2 = a2 / (a2 + t) ** 2
    v = t / (t + a2)
    return 0.5 * (share2 * lam + v - 1 - v.log())

# %% right · form · loop with max
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(dim=0)
    lam = sorted(torch.linalg.eigvalsh(xc.T @ xc / len(xc)).tolist(), reverse=True)
    out = []
    for j in range(d):
        t = beta * sigma_x**2
        out.append(0.5 * math.log(lam[j] / t) if lam[j] > t else 0.0)
    return torch.tensor(out, dtype=x.dtype)

# %% right · term · second moment minus outer product of the mean
def forecast_kl(x, sigma_x, beta, d):
    mean = x.mean(0)
    cov = x.T @ x / len(x) - torch.outer(mean, mean)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return 0.5 * torch.log(top / (beta * sigma_x**2)).clamp(min=0)

# %% right · spread · logarithm of standard deviation over threshold's root
def forecast_kl(x, sigma_x, beta, d):
    s = torch.linalg.svd(x - x.mean(0), full_matrices=False).S / len(x) ** 0.5
    return torch.log(s[:d] / (beta**0.5 * sigma_x)).clamp(min=0)

# %% right · form · topk and where
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    cov = torch.einsum("ni,nj->ij", xc, xc) / xc.shape[0]
    top = torch.topk(torch.linalg.eigvalsh(cov), d).values
    t = beta * sigma_x**2
    return torch.where(top > t, 0.5 * torch.log(top / t), torch.zeros_like(top))

# %% right · form · eigh with vectors, variance of the projections
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    _, vectors = torch.linalg.eigh(xc.T @ xc)
    directions = vectors[:, -d:].flip(1)
    lam = (xc @ directions).pow(2).mean(0)
    return 0.5 * torch.log(lam / (beta * sigma_x**2)).clamp(min=0)

# %% right · form · scipy's eigh for a subset
def forecast_kl(x, sigma_x, beta, d):
    from scipy.linalg import eigh
    xc = x.numpy() - x.numpy().mean(0)
    D = xc.shape[1]
    lam = eigh(xc.T @ xc / len(xc), eigvals_only=True, subset_by_index=[D - d, D - 1])
    return torch.from_numpy(np.clip(np.log(lam[::-1] / (beta * sigma_x**2)) / 2, 0, None))

# %% right · count · n minus 1 undone
def forecast_kl(x, sigma_x, beta, d):
    n = len(x)
    cov = torch.cov(x.T) * (n - 1) / n
    lam = torch.linalg.eigvalsh(cov).flip(0)[:d]
    kl = 0.5 * torch.log(lam / (beta * sigma_x**2))
    kl[kl < 0] = 0
    return kl

# %% right · order · sorted at the very end
def forecast_kl(x, sigma_x, beta, d):
    xc = x - x.mean(0)
    lam = torch.linalg.eigvalsh(xc.T @ xc / len(x)).clamp(min=1e-12)
    kl = F.relu(lam.log() - math.log(beta * sigma_x**2)) / 2
    return kl.sort(descending=True)[0][:d]

# %% right · form · data divided by the noise first
def forecast_kl(x, sigma_x, beta, d):
    scaled = (x - x.mean(0)) / (math.sqrt(beta) * sigma_x)
    lam = torch.linalg.eigvalsh(scaled.T @ scaled / len(x)).flip(0)[:d]
    return torch.maximum(lam.log() / 2, torch.zeros_like(lam))

# %% wrong · two · noise not squared and no half
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return torch.log(top / (beta * sigma_x)).clamp(min=0)

# %% wrong · two · beta forgotten and negative values kept
def forecast_kl(x, sigma_x, beta, d):
    centred = x - x.mean(0)
    top = torch.linalg.eigvalsh(centred.T @ centred / len(x)).flip(0)[:d]
    return 0.5 * torch.log(top / sigma_x**2)

# %% wrong · two · not centred and divided by n minus 1
def forecast_kl(x, sigma_x, beta, d):
    cov = x.T @ x / (len(x) - 1)
    top = torch.linalg.eigvalsh(cov).flip(0)[:d]
    return torch.relu(0.5 * torch.log(top / (beta * sigma_x**2)))
