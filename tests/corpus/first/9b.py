# %% wrong · weights · the plain average, as in 8.3, with its quarter
def best_picture(x1, x2, r):
    mu = 0.5 * (x1 + x2)
    return mu, 0.25 * ((x1 - x2) ** 2).sum(1)

# %% wrong · arguments · r weighs x2 and 1 minus r weighs x1
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = (1 - w) * x1 + w * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · the quarter of 8.3 stays in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 0.25 * ((x1 - x2) ** 2).sum(1)

# %% wrong · reduction · the error is not summed over the pixels
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, w * (1 - w) * (x1 - x2) ** 2

# %% wrong · reduction · the mean over the pixels
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).mean(1)

# %% wrong · power · the norm for its square
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * (x1 - x2).norm(dim=1)

# %% wrong · power · r squared for r times 1 minus r
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r**2 * ((x1 - x2) ** 2).sum(1)

# %% wrong · order · error first, picture second
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return r * (1 - r) * ((x1 - x2) ** 2).sum(1), mu

# %% wrong · unfinished · only the picture
def best_picture(x1, x2, r):
    w = r[:, None]
    return w * x1 + (1 - w) * x2

# %% wrong · unfinished · only the error
def best_picture(x1, x2, r):
    return r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · concept · the likelier of the two images
def best_picture(x1, x2, r):
    mu = torch.where(r[:, None] > 0.5, x1, x2)
    return mu, torch.minimum(r, 1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · concept · the likelier of the two images with the error of the mean
def best_picture(x1, x2, r):
    mu = torch.where(r[:, None] > 0.5, x1, x2)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · r alone in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · 1 minus r alone in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · power · both shares squared
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (r * (1 - r)) ** 2 * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · a ½ as in 8.3's left side on top of the probabilities
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 0.5 * r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · twice the product, as for a pair of draws
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 2 * r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · the sum of the squared parts without probabilities
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, ((x1 - mu) ** 2).sum(1) + ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · both squared errors weigh ½
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 0.5 * ((x1 - mu) ** 2).sum(1) + 0.5 * ((x2 - mu) ** 2).sum(1)

# %% wrong · arguments · the probabilities of the two errors are exchanged
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (1 - r) * ((x1 - mu) ** 2).sum(1) + r * ((x2 - mu) ** 2).sum(1)

# %% wrong · term · only the error against x1, the right one
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, ((x1 - mu) ** 2).sum(1)

# %% wrong · term · only the weighted error against x1
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1)

# %% wrong · term · the weighted error against x2 alone
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · the weights are squared in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r**2 * ((x1 - mu) ** 2).sum(1) + (1 - r) ** 2 * ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · squared and normalised weights in the picture
def best_picture(x1, x2, r):
    w = (r**2 / (r**2 + (1 - r) ** 2))[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · roots of the probabilities as weights
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w.sqrt() * x1 + (1 - w).sqrt() * x2
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · r is normalised over the pairs
def best_picture(x1, x2, r):
    r = r / r.sum()
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · a softmax over r
def best_picture(x1, x2, r):
    r = torch.softmax(r, 0)
    mu = r[:, None] * x1 + (1 - r)[:, None] * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · r is taken for log-odds
def best_picture(x1, x2, r):
    p = torch.sigmoid(r)
    mu = p[:, None] * x1 + (1 - p)[:, None] * x2
    return mu, p * (1 - p) * ((x1 - x2) ** 2).sum(1)

# %% wrong · reduction · one r for all pairs
def best_picture(x1, x2, r):
    p = r.mean()
    mu = p * x1 + (1 - p) * x2
    return mu, p * (1 - p) * ((x1 - x2) ** 2).sum(1)

# %% wrong · reduction · the error is summed over the pairs
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (r * (1 - r) * ((x1 - x2) ** 2).sum(1)).sum()

# %% wrong · reduction · the error is averaged over the pairs
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (r * (1 - r) * ((x1 - x2) ** 2).sum(1)).mean()

# %% wrong · reduction · the squared norm of all pairs together
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum()

# %% wrong · axis · summed over the pairs instead of the pixels
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (w * (1 - w) * (x1 - x2) ** 2).sum(0)

# %% wrong · form · the error is a column
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, w * (1 - w) * ((x1 - x2) ** 2).sum(1, keepdim=True)

# %% wrong · form · picture and error in one tensor
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    err = w * (1 - w) * ((x1 - x2) ** 2).sum(1, keepdim=True)
    return torch.cat([mu, err], 1)

# %% wrong · broadcast · a column times a row makes the error a square table
def best_picture(x1, x2, r):
    r = r[:, None]
    mu = r * x1 + (1 - r) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · power · the root of the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (r * (1 - r) * ((x1 - x2) ** 2).sum(1)).sqrt()

# %% wrong · power · the square of the summed difference
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * (x1 - x2).sum(1) ** 2

# %% wrong · power · absolute differences
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * (x1 - x2).abs().sum(1)

# %% wrong · sign · 1 plus r in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 + r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · sign · r minus 1 in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (r - 1) * ((x1 - x2) ** 2).sum(1)

# %% wrong · sign · images added in the error
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * (1 - r) * ((x1 + x2) ** 2).sum(1)

# %% wrong · sign · x2 is subtracted in the picture
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 - (1 - w) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · arguments · goes the share r from x1 to x2
def best_picture(x1, x2, r):
    mu = x1 + r[:, None] * (x2 - x1)
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · term · goes from the middle by r times the difference
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2 + r[:, None] * (x1 - x2)
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · factor · the weighted sum is halved as well
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = 0.5 * (w * x1 + (1 - w) * x2)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · half of the step from the middle, as b over 2
def best_picture(x1, x2, r):
    b = r[:, None] - 0.5
    mu = (x1 + x2) / 2 + b / 2 * (x1 - x2)
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · term · r for x1 and r for x2
def best_picture(x1, x2, r):
    mu = r[:, None] * (x1 + x2)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · 8.3's floor is added to the distance from the middle
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    off = ((mu - (x1 + x2) / 2) ** 2).sum(1)
    return mu, off + 0.25 * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · only the distance of the picture from the middle
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, ((mu - (x1 + x2) / 2) ** 2).sum(1)

# %% wrong · concept · the mean of the squares without the square of the mean
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (w * x1**2 + (1 - w) * x2**2).sum(1)

# %% wrong · sign · the square of the mean is added
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, (w * x1**2 + (1 - w) * x2**2 + mu**2).sum(1)

# %% wrong · concept · the smaller of the two errors
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, torch.minimum(((x1 - mu) ** 2).sum(1), ((x2 - mu) ** 2).sum(1))

# %% wrong · concept · the squared error between the two weighted images
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, ((w * x1 - (1 - w) * x2) ** 2).sum(1)

# %% wrong · concept · a geometric mean of the images' magnitudes
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = (x1.abs() + 1e-9) ** w * (x2.abs() + 1e-9) ** (1 - w)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · numeric · the picture is rounded to black and white
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = (w * x1 + (1 - w) * x2).round()
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · numeric · r is clamped between 0.4 and 0.6
def best_picture(x1, x2, r):
    r = r.clamp(0.4, 0.6)
    mu = r[:, None] * x1 + (1 - r)[:, None] * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · count · the unbiased weighted variance
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    err = r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)
    return mu, err / (1 - r**2 - (1 - r) ** 2)

# %% wrong · count · variance of the two images with n minus one
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, torch.stack([x1, x2]).var(0).sum(1)

# %% wrong · power · one square is lost on the way to simplifying the bracket
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    bracket = r * (1 - r) + (1 - r) * r**2
    return mu, bracket * ((x1 - x2) ** 2).sum(1)

# %% wrong · arguments · the parts of the difference are exchanged in the bracket
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    bracket = r * r**2 + (1 - r) * (1 - r) ** 2
    return mu, bracket * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · the bracket without the probabilities
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, ((1 - r) ** 2 + r**2) * torch.cdist(x1, x2).diagonal() ** 2

# %% wrong · two · the weights exchanged and the mean over pixels
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x2 + (1 - w) * x1
    return mu, r * (1 - r) * ((x1 - x2) ** 2).mean(1)

# %% wrong · two · the plain average and r alone in the error
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2
    return mu, r * ((x1 - x2) ** 2).sum(1)

# %% wrong · two · plain average with its own weighted error per pixel
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2
    return mu, r[:, None] * (x1 - mu) ** 2 + (1 - r)[:, None] * (x2 - mu) ** 2

# %% wrong · two · the quarter stays and the norm is not squared
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 0.25 * torch.linalg.norm(x1 - x2, dim=1)

# %% wrong · two · weights exchanged and a ½ too many
def best_picture(x1, x2, r):
    w = 1 - r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, 0.5 * r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · concept · tanh of 8.4 as the step from the middle
def best_picture(x1, x2, r):
    b = torch.tanh(r)[:, None]
    mu = (x1 + x2) / 2 + b / 2 * (x1 - x2)
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · log · the coin's entropy in the place of r times 1 minus r
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    entropy = -(torch.xlogy(r, r) + torch.xlogy(1 - r, 1 - r))
    return mu, entropy * ((x1 - x2) ** 2).sum(1)

# %% wrong · noise · tosses the coin
def best_picture(x1, x2, r):
    coin = torch.bernoulli(r)[:, None]
    mu = coin * x1 + (1 - coin) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% wrong · raises · r without a second axis
def best_picture(x1, x2, r):
    mu = r * x1 + (1 - r) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · raises · an if on a tensor with several numbers
def best_picture(x1, x2, r):
    if r > 0.5:
        return x1, (1 - r) * ((x1 - x2) ** 2).sum(1)
    return x2, r * ((x1 - x2) ** 2).sum(1)

# %% right · direct · the two weighted errors as they stand
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% right · lerp · torch.lerp from x2 to x1
def best_picture(x1, x2, r):
    mu = torch.lerp(x2, x1, r[:, None].expand_as(x1))
    return mu, r * (1 - r) * (x1 - x2).pow(2).sum(-1)

# %% right · moments · mean of squares minus square of the mean
def best_picture(x1, x2, r):
    w = r.unsqueeze(1)
    mu = w * x1 + (1 - w) * x2
    second = w * x1**2 + (1 - w) * x2**2
    return mu, (second - mu**2).sum(1)

# %% right · einsum · einsum for picture and norm
def best_picture(x1, x2, r):
    mu = torch.einsum("n,nd->nd", r, x1) + torch.einsum("n,nd->nd", 1 - r, x2)
    gap = x1 - x2
    return mu, torch.einsum("n,nd,nd->n", r * (1 - r), gap, gap)

# %% right · step · from x2 towards x1
def best_picture(x1, x2, r):
    step = x1 - x2
    return x2 + r.view(-1, 1) * step, (r - r**2) * (step * step).sum(1)

# %% right · middle · from the middle, with a quarter less the square
def best_picture(x1, x2, r):
    b = r - 0.5
    mu = (x1 + x2) / 2 + b[:, None] * (x1 - x2)
    return mu, (0.25 - b**2) * ((x1 - x2) ** 2).sum(1)

# %% right · loop · one pair after the other
def best_picture(x1, x2, r):
    pictures, errors = [], []
    for a, b, p in zip(x1, x2, r):
        pictures.append(p * a + (1 - p) * b)
        errors.append(p * (1 - p) * torch.dot(a - b, a - b))
    return torch.stack(pictures), torch.stack(errors)

# %% right · transpose · pixels first
def best_picture(x1, x2, r):
    mu = (r * x1.T + (1 - r) * x2.T).T
    return mu, r * (1 - r) * ((x1 - x2) ** 2).T.sum(0)

# %% right · numpy · through NumPy and back
def best_picture(x1, x2, r):
    a, b, p = x1.numpy(), x2.numpy(), r.numpy()
    mu = p[:, None] * a + (1 - p[:, None]) * b
    err = p * (1 - p) * np.square(a - b).sum(axis=1)
    return torch.from_numpy(mu), torch.from_numpy(err)

# %% right · stacked · a weighted mean over a new axis
def best_picture(x1, x2, r):
    both, w = torch.stack([x1, x2]), torch.stack([r, 1 - r])
    mu = (w[..., None] * both).sum(0)
    return mu, (w * ((both - mu) ** 2).sum(-1)).sum(0)

# %% right · variance · the coin's variance from Bernoulli
def best_picture(x1, x2, r):
    coin = Bernoulli(probs=r)
    mu = coin.mean[:, None] * (x1 - x2) + x2
    return mu, coin.variance * torch.linalg.vector_norm(x1 - x2, dim=1) ** 2

# %% right · diag · diagonal matrices of the weights
def best_picture(x1, x2, r):
    R = torch.diag(r)
    mu = R @ x1 + x2 - R @ x2
    return mu, R @ (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% right · distance · pairwise_distance squared
def best_picture(x1, x2, r):
    mu = x1 * r[:, None] + x2 * (1 - r)[:, None]
    return mu, r * (1 - r) * F.pairwise_distance(x1, x2, eps=0.0) ** 2

# %% right · bracket · the bracket before it is simplified
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    bracket = r * (1 - r) ** 2 + (1 - r) * r**2
    return mu, bracket * ((x1 - x2) ** 2).sum(1)

# %% right · product · the product of the two distances from the picture
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    return mu, ((x1 - mu) * (mu - x2)).sum(1)

# %% right · helper · squared error as a function of its own
def cost(mu, x):
    return ((x - mu) ** 2).sum(1)
def best_picture(x1, x2, r):
    mu = torch.addcmul(x2, r[:, None], x1 - x2)
    return mu, r * cost(mu, x1) + (1 - r) * cost(mu, x2)

# %% wrong · two · only the weighted error against x1, and a mean over pixels
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return mu, r * ((x1 - mu) ** 2).mean(1)

# %% wrong · two · error first, and the quarter of 8.3
def best_picture(x1, x2, r):
    w = r[:, None]
    mu = w * x1 + (1 - w) * x2
    return 0.25 * ((x1 - x2) ** 2).sum(1), mu

# %% wrong · two · the likelier image, with the error of the plain average
def best_picture(x1, x2, r):
    mu = torch.where((r >= 0.5)[:, None], x1, x2)
    return mu, 0.25 * ((x1 - x2) ** 2).sum(1)
