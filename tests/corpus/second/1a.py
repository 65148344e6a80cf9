# %% wrong · axis · every moon chooses its nearest picture
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().amin(0)

# %% wrong · reduction · squared differences are summed over the pixels
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().sum(2).sqrt().amin(1)

# %% wrong · factor · the Euclidean distance is divided by the number of pixels
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    return torch.cdist(pictures, moons).amin(1) / D

# %% wrong · factor · the distance is divided by 28 whatever the number of pixels
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(1) / 28

# %% wrong · power · the root is missing
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).amin(1)

# %% wrong · concept · mean absolute difference
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).abs().mean(dim=-1).min(dim=1).values

# %% wrong · order · each pixel chooses its own nearest moon
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().amin(1).mean(1).sqrt()

# %% wrong · reduction · averaged over the moons instead of the smallest
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().mean(1)

# %% wrong · reduction · the farthest moon
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().amax(1)

# %% wrong · reduction · one number, the average over the pictures
def nearest_rmse(pictures, moons):
    far = (pictures[:, None] - moons).square().mean(2).sqrt().amin(1)
    return far.mean()

# %% wrong · form · the index of the nearest moon
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().argmin(1)

# %% wrong · form · min returns values and indices, and both are handed on
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().min(dim=1)

# %% wrong · form · an axis of length one is left
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().amin(1, keepdim=True)

# %% wrong · unfinished · all distances, none chosen
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(-1).sqrt()

# %% wrong · axis · averaged over the moons, and the smallest over the pixels
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(1).sqrt().amin(1)

# %% wrong · axis · averaged over the pictures
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(0).sqrt().amin(1)

# %% wrong · axis · the moons get the new axis and the smallest is taken over the pictures
def nearest_rmse(pictures, moons):
    gaps = moons[:, None] - pictures
    return gaps.square().mean(2).sqrt().amin(1)

# %% wrong · concept · distance to the average moon
def nearest_rmse(pictures, moons):
    return (pictures - moons.mean(0)).square().mean(1).sqrt()

# %% wrong · arguments · each picture is compared with the first moon only
def nearest_rmse(pictures, moons):
    return (pictures - moons[0]).square().mean(1).sqrt()

# %% wrong · arguments · the n-th picture against the n-th moon alone
def nearest_rmse(pictures, moons):
    n = min(len(pictures), len(moons))
    return (pictures[:n] - moons[:n]).square().mean(-1).sqrt()

# %% wrong · raises · no new axis, so n and m do not fit
def nearest_rmse(pictures, moons):
    return (pictures - moons).square().mean(-1).sqrt().min()

# %% wrong · sign · plus for minus, so sums instead of differences
def nearest_rmse(pictures, moons):
    return (pictures[:, None] + moons).square().mean(2).sqrt().amin(1)

# %% wrong · sign · the smallest of the negated distances
def nearest_rmse(pictures, moons):
    score = -(pictures[:, None] - moons).square().mean(2).sqrt()
    return score.amin(1)

# %% wrong · sign · largest of the negated distances, sign left on
def nearest_rmse(pictures, moons):
    score = -(pictures[:, None] - moons).square().mean(2).sqrt()
    return score.max(1).values

# %% wrong · concept · standard deviation of the gap over pixels, which ignores a shift in brightness
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).std(2, correction=0).amin(1)

# %% wrong · spread · standard deviation of the gap with the n minus one correction
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).std(dim=-1).amin(dim=1)

# %% wrong · power · the square is missing under the root, absolute values save the sign
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).abs().mean(2).sqrt().amin(1)

# %% wrong · order · squared after the average
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.mean(2).square().sqrt().amin(1)

# %% wrong · count · pixels counted as one fewer
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    squares = ((pictures[:, None] - moons) ** 2).sum(2) / (D - 1)
    return squares.sqrt().amin(1)

# %% wrong · count · divided by the number of moons instead of pixels
def nearest_rmse(pictures, moons):
    m = len(moons)
    return (torch.cdist(pictures, moons) ** 2 / m).sqrt().amin(1)

# %% wrong · count · divided by the number of pictures
def nearest_rmse(pictures, moons):
    squares = (pictures[:, None] - moons).square().sum(2)
    return (squares / len(pictures)).sqrt().amin(1)

# %% wrong · numeric · a constant of one hundredth under the root
def nearest_rmse(pictures, moons):
    return ((pictures[:, None] - moons).square().mean(2) + 0.01).sqrt().amin(1)

# %% wrong · term · the cross term of the binomial has no factor of two
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    d2 = pictures.square().sum(1)[:, None] + moons.square().sum(1) - pictures @ moons.T
    return (d2 / D).clamp(min=0).sqrt().amin(1)

# %% wrong · term · the picture's own square is left out as constant
def nearest_rmse(pictures, moons):
    d2 = moons.square().sum(1) - 2 * pictures @ moons.T
    return (d2.abs() / pictures.shape[1]).sqrt().amin(1)

# %% wrong · concept · nearest by the largest scalar product
def nearest_rmse(pictures, moons):
    k = (pictures @ moons.T).argmax(1)
    return (pictures - moons[k]).square().mean(1).sqrt()

# %% wrong · concept · nearest by sum of pixels, then the RMSE to that one
def nearest_rmse(pictures, moons):
    k = (pictures.sum(1)[:, None] - moons.sum(1)).abs().argmin(1)
    return (pictures - moons[k]).square().mean(1).sqrt()

# %% wrong · concept · nearest by absolute difference, then the RMSE to that one
def nearest_rmse(pictures, moons):
    k = torch.cdist(pictures, moons, p=1).argmin(1)
    return (pictures - moons[k]).square().mean(1).sqrt()

# %% wrong · concept · nearest by the largest difference of a pixel
def nearest_rmse(pictures, moons):
    worst = (pictures[:, None] - moons).abs().amax(2)
    return worst.amin(1)

# %% wrong · count · the second nearest, as one would skip a copy of oneself
def nearest_rmse(pictures, moons):
    far = (pictures[:, None] - moons).square().mean(2).sqrt()
    return far.sort(dim=1).values[:, 1]

# %% wrong · count · a loop over moons that leaves the first out
def nearest_rmse(pictures, moons):
    best = torch.full((len(pictures),), math.inf, dtype=pictures.dtype)
    for j in range(1, len(moons)):
        best = torch.minimum(best, (pictures - moons[j]).square().mean(1).sqrt())
    return best

# %% wrong · count · a loop over moons that stops one too early
def nearest_rmse(pictures, moons):
    every = [(pictures - moons[j]).square().mean(1).sqrt() for j in range(len(moons) - 1)]
    return torch.stack(every).amin(0)

# %% wrong · unfinished · the loop keeps the last moon and not the best
def nearest_rmse(pictures, moons):
    best = torch.zeros(len(pictures), dtype=torch.float64)
    for moon in moons:
        best = (pictures - moon).square().mean(1).sqrt()
    return best

# %% wrong · numeric · the running minimum begins at zero
def nearest_rmse(pictures, moons):
    best = torch.zeros(len(pictures), dtype=torch.float64)
    for moon in moons:
        best = torch.minimum(best, (pictures - moon).square().mean(1).sqrt())
    return best

# %% wrong · unfinished · the return stands inside the loop over pictures
def nearest_rmse(pictures, moons):
    out = []
    for picture in pictures:
        out.append((picture - moons).square().mean(1).sqrt().min())
        return torch.stack(out)

# %% wrong · numeric · differences rounded to whole grey levels
def nearest_rmse(pictures, moons):
    a = (pictures * 255).round().to(torch.uint8)
    b = (moons * 255).round().to(torch.uint8)
    return ((a[:, None] - b).double() / 255).square().mean(2).sqrt().amin(1)

# %% wrong · reduction · the norm over pixels, smallest over moons, root of the mean at the end over pictures
def nearest_rmse(pictures, moons):
    nearest = torch.cdist(pictures, moons).amin(1) ** 2
    return (nearest / pictures.shape[1]).mean().sqrt()

# %% wrong · concept · both sides are normalised to length one first
def nearest_rmse(pictures, moons):
    a, b = F.normalize(pictures, dim=1), F.normalize(moons, dim=1)
    return (a[:, None] - b).square().mean(2).sqrt().amin(1)

# %% wrong · form · a list of floats
def nearest_rmse(pictures, moons):
    return [min(float((p - q).square().mean().sqrt()) for q in moons) for p in pictures]

# %% wrong · power · the fourth root, as the root is taken of the distance too
def nearest_rmse(pictures, moons):
    return (torch.cdist(pictures, moons) / pictures.shape[1] ** 0.5).sqrt().amin(1)

# %% wrong · raises · the built-in mse_loss on lists of unequal length
def nearest_rmse(pictures, moons):
    return mse_loss(pictures, moons, reduction="none").mean(1).sqrt()

# %% wrong · two · summed squares without a root
def nearest_rmse(pictures, moons):
    return ((pictures[:, None] - moons) ** 2).sum(-1).min(-1).values

# %% wrong · two · each moon chooses its picture, and the root is missing
def nearest_rmse(pictures, moons):
    return ((pictures[:, None] - moons) ** 2).mean(-1).amin(0)

# %% wrong · two · absolute differences, and their sum
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons, p=1).amin(1)

# %% wrong · two · Euclidean distance averaged over the moons
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).mean(1)

# %% wrong · two · farthest moon in mean absolute difference
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).abs().mean(2).max(1).values

# %% wrong · two · squared distance divided by the number of moons, no root
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().sum(2).amin(1) / len(moons)

# %% wrong · two · root of the sum, and one number for all pictures
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().sum(2).sqrt().amin(1).mean()

# %% wrong · factor · a half in front of the squared error as in a loss
def nearest_rmse(pictures, moons):
    return (0.5 * (pictures[:, None] - moons).square().mean(2)).sqrt().amin(1)

# %% wrong · reduction · the median over the moons
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).sqrt().median(1).values

# %% wrong · concept · a soft minimum over the moons
def nearest_rmse(pictures, moons):
    far = (pictures[:, None] - moons).square().mean(2).sqrt()
    return -torch.logsumexp(-far, dim=1)

# %% wrong · broadcast · each moon is reduced to its mean brightness
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons.mean(1, keepdim=True)
    return gaps.square().mean(-1).sqrt().amin(-1)

# %% wrong · count · the loop over pixels begins at the second one
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    total = 0
    for i in range(1, D):
        total = total + (pictures[:, i, None] - moons[:, i]) ** 2
    return (total / D).sqrt().amin(1)

# %% wrong · two · divided by 784 in any case, and without a root
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().sum(2).amin(1) / 784

# %% wrong · two · each pixel chooses its own moon, and absolute differences are averaged
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).abs().amin(1).mean(1)

# %% right · cdist · Euclidean distance over the root of the number of pixels
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(1) / pictures.shape[1] ** 0.5

# %% right · NumPy · broadcasting with None on both sides
def nearest_rmse(pictures, moons):
    a, b = np.asarray(pictures), np.asarray(moons)
    return np.sqrt(((a[:, None, :] - b[None, :, :]) ** 2).mean(axis=2)).min(axis=1)

# %% right · loop · a running minimum over the moons
def nearest_rmse(pictures, moons):
    best = torch.full((len(pictures),), math.inf, dtype=torch.float64)
    for moon in moons:
        best = torch.minimum(best, (pictures - moon).pow(2).mean(1))
    return best.sqrt()

# %% right · order · smallest mean square first and the root at the end
def nearest_rmse(pictures, moons):
    return (moons - pictures.unsqueeze(1)).square().mean(-1).min(-1).values.sqrt()

# %% right · SciPy · a KD tree
def nearest_rmse(pictures, moons):
    from scipy.spatial import cKDTree
    distance, _ = cKDTree(np.asarray(moons)).query(np.asarray(pictures))
    return distance / np.sqrt(pictures.shape[1])

# %% right · SciPy · squared distances of scipy.spatial
def nearest_rmse(pictures, moons):
    from scipy.spatial.distance import cdist
    return np.sqrt(cdist(pictures.numpy(), moons.numpy(), "sqeuclidean").min(1) / moons.shape[1])

# %% right · algebra · the binomial with a clamp
def nearest_rmse(pictures, moons):
    d2 = (pictures**2).sum(1)[:, None] - 2 * pictures @ moons.T + (moons**2).sum(1)[None]
    return (d2.clamp(min=0) / pictures.shape[1]).sqrt().amin(1)

# %% right · einsum · einsum of the gaps with themselves
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    squares = torch.einsum("nmd,nmd->nm", gaps, gaps)
    return (squares / gaps.shape[-1]).sqrt().min(dim=1)[0]

# %% right · index · argmin first and then the distance to that moon
def nearest_rmse(pictures, moons):
    k = torch.cdist(pictures, moons).argmin(1)
    return (pictures - moons[k]).square().mean(1).sqrt()

# %% right · helper · the lesson's rmse for each picture, stacked
def nearest_rmse(pictures, moons):
    def rmse(a, b):
        return (a - b).square().mean(-1).sqrt()
    return torch.stack([rmse(picture, moons).min() for picture in pictures])

# %% right · plain Python · nested lists and math.sqrt
def nearest_rmse(pictures, moons):
    out = []
    for p in pictures.tolist():
        squares = [sum((a - b) ** 2 for a, b in zip(p, q)) / len(p) for q in moons.tolist()]
        out.append(math.sqrt(min(squares)))
    return np.array(out)

# %% right · axis · the moons along the first axis and the smallest over it
def nearest_rmse(pictures, moons):
    gaps = moons[:, None] - pictures[None]
    return gaps.square().mean(2).sqrt().amin(0)

# %% right · norm · vector norm over the root of D
def nearest_rmse(pictures, moons):
    D = moons.shape[-1]
    return torch.linalg.vector_norm(pictures[:, None] - moons, dim=-1).amin(1) / math.sqrt(D)

# %% right · sign · the largest of the negated distances, negated again
def nearest_rmse(pictures, moons):
    far = -(pictures[:, None] - moons).square().mean(2).sqrt()
    return -far.amax(1)

# %% right · topk · the smallest one by topk
def nearest_rmse(pictures, moons):
    far = (pictures[:, None] - moons).square().mean(2).sqrt()
    return far.topk(1, dim=1, largest=False).values.squeeze(1)

# %% right · vmap · mse_loss for every pair by vmap
def nearest_rmse(pictures, moons):
    one = lambda p: torch.vmap(lambda q: ((p - q) ** 2).mean())(moons).min()
    return torch.vmap(one)(pictures).sqrt()
