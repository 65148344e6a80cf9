# %% wrong · reduction · the squared error is averaged over the pixels
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).mean(1)

# %% wrong · term · the factor 1 − r is missing in the error
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r)[:, None] * x2
    return mu, r * ((x1 - x2) ** 2).sum(1)

# %% wrong · concept · the error is that of the guess x1, which is wrong with probability 1 − r
def best_picture(x1, x2, r):
    w = r.unsqueeze(1)
    mu = w * x1 + (1 - w) * x2
    return mu, (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · power · r squared stands for r times 1 − r
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    error = r**2 * ((x1 - x2) ** 2).sum(1)
    return mu, error

# %% wrong · arguments · x1 gets the weight 1 − r and x2 the weight r
def best_picture(x1, x2, r):
    mu = torch.lerp(x1, x2, r[:, None])
    return mu, r * (1 - r) * (x1 - x2).pow(2).sum(1)

# %% wrong · arguments · the weights of the mean are exchanged and the error is computed from that mean
def best_picture(x1, x2, r):
    mu = x1 + r[:, None] * (x2 - x1)
    error = r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)
    return mu, error

# %% wrong · factor · the quarter of (9.3) is kept for the error
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, ((x1 - x2) ** 2).sum(1) / 4

# %% wrong · factor · an extra one half, as in half the squared error
def best_picture(x1, x2, r):
    p = r[:, None]
    mu = p * x1 + (1 - p) * x2
    return mu, 0.5 * r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · unfinished · the picture is the plain average as in (9.3), only the error knows r
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(-1)

# %% wrong · concept · everything is as for the fair coin, r only weighs the two errors of the plain average
def best_picture(x1, x2, r):
    mu = 0.5 * (x1 + x2)
    e1 = ((x1 - mu) ** 2).sum(1)
    e2 = ((x2 - mu) ** 2).sum(1)
    return mu, r * e1 + (1 - r) * e2

# %% wrong · power · the norm is not squared
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * (x1 - x2).norm(dim=1)

# %% wrong · power · the root of the expected squared error is given
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, torch.sqrt(r * (1 - r) * ((x1 - x2) ** 2).sum(1))

# %% wrong · raises · r has no axis for the pixels
def best_picture(x1, x2, r):
    mu = r * x1 + (1 - r) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · raises · the squares are summed over the pairs and not over the pixels
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(0)

# %% wrong · reduction · the squared distance is summed over all pairs too
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum()

# %% wrong · reduction · the errors of all pairs are averaged into one number
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, (r * (1 - r) * ((x1 - x2) ** 2).sum(1)).mean()

# %% wrong · order · error first, picture second
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    error = r * (1 - r) * ((x1 - x2) ** 2).sum(1)
    return error, mu

# %% wrong · unfinished · only the picture is returned
def best_picture(x1, x2, r):
    return r[:, None] * x1 + (1 - r[:, None]) * x2

# %% wrong · unfinished · only the error is returned
def best_picture(x1, x2, r):
    mu = torch.einsum("n,nd->nd", r, x1) + torch.einsum("n,nd->nd", 1 - r, x2)
    e = r[:, None] * (x1 - mu) ** 2 + (1 - r[:, None]) * (x2 - mu) ** 2
    return e.sum(1)

# %% wrong · form · the error keeps an axis of length one
def best_picture(x1, x2, r):
    r = r[:, None]
    mu = r * x1 + (1 - r) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1, keepdim=True)

# %% wrong · form · the error is given for each pixel and not summed
def best_picture(x1, x2, r):
    r = r[:, None]
    mu = r * x1 + (1 - r) * x2
    return mu, r * (x1 - mu) ** 2 + (1 - r) * (x2 - mu) ** 2

# %% wrong · concept · the more probable of the two images is chosen
def best_picture(x1, x2, r):
    mu = torch.where(r[:, None] > 0.5, x1, x2)
    d2 = ((x1 - x2) ** 2).sum(1)
    return mu, torch.minimum(r, 1 - r) * d2

# %% wrong · concept · the mean is weighted but the error is that of the likelier image
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    if_x1 = (1 - r) * ((x1 - x2) ** 2).sum(1)
    if_x2 = r * ((x1 - x2) ** 2).sum(1)
    return mu, torch.minimum(if_x1, if_x2)

# %% wrong · power · absolute differences are summed
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * (x1 - x2).abs().sum(1)

# %% wrong · weights · the two squared errors get each other's probability
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    return mu, (1 - r) * ((x1 - mu) ** 2).sum(1) + r * ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · the two squared errors are added without their probabilities
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    return mu, ((x1 - mu) ** 2).sum(1) + ((x2 - mu) ** 2).sum(1)

# %% wrong · weights · the halves of (9.3) are left before the two errors
def best_picture(x1, x2, r):
    mu = r.view(-1, 1) * x1 + (1 - r).view(-1, 1) * x2
    left = ((x1 - mu) ** 2).sum(1) / 2
    right = ((x2 - mu) ** 2).sum(1) / 2
    return mu, left + right

# %% wrong · power · the probabilities are squared with the errors
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    e = (s * (x1 - mu)) ** 2 + ((1 - s) * (x2 - mu)) ** 2
    return mu, e.sum(1)

# %% wrong · power · the bracket is simplified to the square of r times 1 − r
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r**2 * (1 - r) ** 2 * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · only the error to x1 is counted, the term of x2 is missing
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1)

# %% wrong · power · parts r and 1 − r are not squared in the bracket
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    bracket = r * (1 - r) + (1 - r) * r
    return mu, bracket * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · r of the first pair is used for all pairs
def best_picture(x1, x2, r):
    share = r[0]
    mu = share * x1 + (1 - share) * x2
    return mu, share * (1 - share) * ((x1 - x2) ** 2).sum(1)

# %% wrong · concept · the entropy of the coin stands in place of its variance
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    h = Bernoulli(r).entropy()
    return mu, h * ((x1 - x2) ** 2).sum(1)

# %% wrong · spread · the coin's standard deviation is used for its variance
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, Bernoulli(r).stddev * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · from the middle it goes r halves of the difference, as with b in (9.4)
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2 + r[:, None] / 2 * (x1 - x2)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · factor · the weighted mean is divided by two once more
def best_picture(x1, x2, r):
    mu = (r[:, None] * x1 + (1 - r[:, None]) * x2) / 2
    error = r * (1 - r) * ((x1 - x2) ** 2).sum(1)
    return mu, error

# %% wrong · weights · both images get the weight r
def best_picture(x1, x2, r):
    mu = r[:, None] * (x1 + x2)
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · term · the squared mean is not subtracted from the mean square
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    second = r[:, None] * x1**2 + (1 - r[:, None]) * x2**2
    return mu, second.sum(1)

# %% wrong · sign · mean square and squared mean are subtracted the wrong way round
def best_picture(x1, x2, r):
    p = r[:, None]
    mu = p * x1 + (1 - p) * x2
    return mu, (mu**2 - p * x1**2 - (1 - p) * x2**2).sum(1)

# %% wrong · power · the mean is subtracted from the mean square without being squared
def best_picture(x1, x2, r):
    p = r[:, None]
    mu = p * x1 + (1 - p) * x2
    return mu, (p * x1**2 + (1 - p) * x2**2 - mu).sum(1)

# %% wrong · concept · the square of the expected deviation, which is zero
def best_picture(x1, x2, r):
    p = r[:, None]
    mu = p * x1 + (1 - p) * x2
    deviation = p * (x1 - mu) + (1 - p) * (x2 - mu)
    return mu, (deviation**2).sum(1)

# %% wrong · numeric · the picture is made black and white again
def best_picture(x1, x2, r):
    mu = (r[:, None] * x1 + (1 - r[:, None]) * x2 > 0.5).to(x1.dtype)
    error = r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)
    return mu, error

# %% wrong · weights · the two probabilities are sent through a softmax
def best_picture(x1, x2, r):
    w = torch.stack([r, 1 - r]).softmax(0)  # (2, n)
    mu = w[0][:, None] * x1 + w[1][:, None] * x2
    return mu, w[0] * w[1] * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · one average r for all pairs
def best_picture(x1, x2, r):
    share = r.mean()
    mu = share * x1 + (1 - share) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · broadcast · two axes are added to r, so that every pair is mixed with every r
def best_picture(x1, x2, r):
    s = r[:, None, None]
    mu = s * x1 + (1 - s) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · broadcast · distances of all x1 to all x2
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * torch.cdist(x1, x2) ** 2

# %% wrong · reduction · mse_loss averages over pairs and pixels
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * mse_loss(x1, x2)

# %% wrong · power · the differences are summed and then squared
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * (x1 - x2).sum(1) ** 2

# %% wrong · count · the variance of two values with n − 1, which knows nothing of r
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, torch.stack([x1, x2]).var(0).sum(1)

# %% wrong · count · the summed error is divided by the number of pairs
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1) / len(x1)

# %% wrong · noise · the coin is tossed and its image returned
def best_picture(x1, x2, r):
    coin = torch.bernoulli(r)[:, None]
    mu = coin * x1 + (1 - coin) * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · noise · the expected error is estimated by a hundred tosses
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    coin = torch.rand(100, len(r)) < r
    to1, to2 = ((x1 - mu) ** 2).sum(1), ((x2 - mu) ** 2).sum(1)
    return mu, torch.where(coin, to1, to2).mean(0)

# %% wrong · reduction · the matrix product sums over the pairs
def best_picture(x1, x2, r):
    mu = r @ x1 + (1 - r) @ x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · weights · responsibilities are divided by their sum over the pairs as in the M-step
def best_picture(x1, x2, r):
    w1, w2 = r / r.sum(), (1 - r) / (1 - r).sum()
    mu = w1[:, None] * x1 + w2[:, None] * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).sum(1)

# %% wrong · sign · the images are added and not subtracted in the error
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, r * (1 - r) * ((x1 + x2) ** 2).sum(1)

# %% wrong · two · the coin's standard deviation for its variance and a mean over the pixels
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, (r * (1 - r)).sqrt() * ((x1 - x2) ** 2).mean(1)

# %% wrong · two · exchanged weights in the picture and r squared in the error
def best_picture(x1, x2, r):
    mu = (1 - r.view(-1, 1)) * x1 + r.view(-1, 1) * x2
    return mu, r**2 * torch.sum((x1 - x2) ** 2, dim=1)

# %% wrong · unfinished · twenty small steps of gradient descent from the middle
def best_picture(x1, x2, r):
    mu = (x1 + x2) / 2
    for _ in range(20):
        mu = mu - 0.05 * (r[:, None] * (mu - x1) + (1 - r[:, None]) * (mu - x2))
    return mu, r * ((mu - x1) ** 2).sum(1) + (1 - r) * ((mu - x2) ** 2).sum(1)

# %% wrong · two · weights exchanged and the error averaged over the pixels
def best_picture(x1, x2, r):
    mu = (1 - r)[:, None] * x1 + r[:, None] * x2
    return mu, r * (1 - r) * ((x1 - x2) ** 2).mean(1)

# %% wrong · two · the plain average as the picture and the norm not squared
def best_picture(x1, x2, r):
    return (x1 + x2) / 2, r * (1 - r) * torch.linalg.norm(x1 - x2, dim=1)

# %% wrong · two · error first, and with the quarter of the fair coin
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return 0.25 * ((x1 - x2) ** 2).sum(1), mu

# %% wrong · two · a half too many and an average over the pixels
def best_picture(x1, x2, r):
    s = r.reshape(-1, 1)
    mu = s * x1 + (1 - s) * x2
    e = 0.5 * s * (x1 - mu) ** 2 + 0.5 * (1 - s) * (x2 - mu) ** 2
    return mu, e.mean(1)

# %% wrong · two · the likelier image is chosen and its error is not weighted
def best_picture(x1, x2, r):
    mu = torch.where((r >= 0.5)[:, None], x1, x2)
    return mu, ((x1 - x2) ** 2).sum(1)

# %% wrong · two · exchanged weights and only one term of the error
def best_picture(x1, x2, r):
    mu = x1 * (1 - r[:, None]) + x2 * r[:, None]
    return mu, (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% right · definition · the expected error written out
def best_picture(x1, x2, r):
    s = r[:, None]
    mu = s * x1 + (1 - s) * x2
    return mu, r * ((x1 - mu) ** 2).sum(1) + (1 - r) * ((x2 - mu) ** 2).sum(1)

# %% right · moments · mean square minus squared mean
def best_picture(x1, x2, r):
    p = r.unsqueeze(-1)
    mu = p * x1 + (1 - p) * x2
    return mu, (p * x1**2 + (1 - p) * x2**2 - mu**2).sum(-1)

# %% right · bracket · the unsimplified bracket
def best_picture(x1, x2, r):
    d2 = (x1 - x2).square().sum(1)
    mu = x2 + r[:, None] * (x1 - x2)
    return mu, (r * (1 - r) ** 2 + (1 - r) * r**2) * d2

# %% right · lerp · torch.lerp from x2 to x1
def best_picture(x1, x2, r):
    mu = torch.lerp(x2, x1, r[:, None])
    return mu, (r - r * r) * (x1 - x2).norm(dim=1) ** 2

# %% right · middle · from the middle by r minus a half, as in (9.3)
def best_picture(x1, x2, r):
    b = 2 * r - 1
    mu = (x1 + x2) / 2 + b[:, None] / 2 * (x1 - x2)
    return mu, (1 - b**2) / 4 * ((x1 - x2) ** 2).sum(1)

# %% right · einsum · everything by einsum
def best_picture(x1, x2, r):
    mu = torch.einsum("n,nd->nd", r, x1) + torch.einsum("n,nd->nd", 1 - r, x2)
    d = x1 - x2
    return mu, torch.einsum("n,n,nd,nd->n", r, 1 - r, d, d)

# %% right · loop · a loop over the pairs and a stack at the end
def best_picture(x1, x2, r):
    mus, errors = [], []
    for a, b, p in zip(x1, x2, r):
        m = p * a + (1 - p) * b
        mus.append(m)
        errors.append(p * (a - m) @ (a - m) + (1 - p) * (b - m) @ (b - m))
    return torch.stack(mus), torch.stack(errors)

# %% right · distributions · the coin's variance from Bernoulli
def best_picture(x1, x2, r):
    coin = Bernoulli(probs=r)
    mu = coin.mean[:, None] * x1 + (1 - coin.mean)[:, None] * x2
    return mu, coin.variance * mse_loss(x1, x2, reduction="none").sum(1)

# %% right · transposed · the pixels first, so that r broadcasts by itself
def best_picture(x1, x2, r):
    mu = (r * x1.T + (1 - r) * x2.T).T
    return mu, ((x1 - x2).T ** 2).sum(0) * r * (1 - r)

# %% right · stack · weights and images stacked along a new axis
def best_picture(x1, x2, r):
    w = torch.stack([r, 1 - r])[..., None]
    x = torch.stack([x1, x2])
    mu = (w * x).sum(0)
    return mu, (w * (x - mu) ** 2).sum((0, 2))

# %% right · bmm · the mean by a batched matrix product
def best_picture(x1, x2, r):
    w = torch.stack([r, 1 - r], 1)[:, None]
    mu = torch.bmm(w, torch.stack([x1, x2], 1))[:, 0]
    return mu, torch.addcmul(torch.zeros_like(r), r * (1 - r), (x1 - x2).pow(2).sum(1))

# %% right · pairwise · the expected squared distance of two independent tosses, halved
def best_picture(x1, x2, r):
    q = 1 - r
    mu = r[:, None] * x1 + q[:, None] * x2
    both_ways = r * q + q * r
    return mu, both_ways * F.pairwise_distance(x1, x2, eps=0.0) ** 2 / 2

# %% right · newton · one Newton step from zero on the quadratic cost
def best_picture(x1, x2, r):
    cost = lambda m: r * ((x1 - m) ** 2).sum(1) + (1 - r) * ((x2 - m) ** 2).sum(1)
    mu = torch.zeros_like(x1)
    gradient = 2 * r[:, None] * (mu - x1) + 2 * (1 - r[:, None]) * (mu - x2)
    mu = mu - gradient / 2
    return mu, cost(mu)

# %% right · floor · the cost of x1 less what the move to the mean saves
def best_picture(x1, x2, r):
    mu = r[:, None] * x1 + (1 - r[:, None]) * x2
    return mu, (1 - r) * ((x1 - x2) ** 2).sum(1) - ((mu - x1) ** 2).sum(1)

# %% right · ones · the sum over pixels as a product with ones
def best_picture(x1, x2, r):
    d = x1 - x2
    mu = x1 - (1 - r)[:, None] * d
    return mu, (1 - r) * r * (d * d @ torch.ones(d.shape[1], dtype=d.dtype))
