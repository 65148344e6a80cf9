# %% wrong · power · the root is missing
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).amin(1)

# %% wrong · reduction · sum over the pixels instead of the mean
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().sum(2).sqrt().amin(1)

# %% wrong · factor · Euclidean distance divided by D instead of its root
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(1) / pictures.shape[1]

# %% wrong · factor · divides by 28 as the lesson does, whatever D
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(1) / 28

# %% wrong · axis · the smallest over the pictures, one number for each moon
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().amin(0)

# %% wrong · axis · averages over the moons and takes the smallest over the pixels
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(1).sqrt().amin(1)

# %% wrong · order · the nearest moon is chosen pixel by pixel before the mean
def nearest_rmse(pictures, moons):
    gaps = (pictures[:, None] - moons).square()
    return gaps.amin(1).mean(1).sqrt()

# %% wrong · concept · mean absolute error
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.abs().mean(2).amin(1)

# %% wrong · order · the mean before the square
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.mean(2).square().sqrt().amin(1)

# %% wrong · power · the root of the mean difference, neither squared nor absolute
def nearest_rmse(pictures, moons):
    gaps = (pictures[:, None] - moons).abs()
    return gaps.mean(dim=2).sqrt().min(dim=1).values

# %% wrong · reduction · the farthest moon
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().amax(1)

# %% wrong · reduction · the mean over all moons
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().mean(1)

# %% wrong · concept · distance to the mean moon
def nearest_rmse(pictures, moons):
    return (pictures - moons.mean(0)).square().mean(1).sqrt()

# %% wrong · reduction · the smallest of the whole table
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().min()

# %% wrong · reduction · averages the nearest distances over pictures
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().amin(1).mean()

# %% wrong · reduction · the whole table of distances, none chosen
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt()

# %% wrong · form · returns the index of the nearest moon
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().argmin(1)

# %% wrong · form · returns values and indices together
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return tuple(gaps.square().mean(2).sqrt().min(1))

# %% wrong · form · keeps the moons' axis
def nearest_rmse(pictures, moons):
    table = (pictures[:, None] - moons).square().mean(-1).sqrt()
    return table.amin(1, keepdim=True)

# %% wrong · form · the nearest moons themselves
def nearest_rmse(pictures, moons):
    table = (pictures[:, None] - moons).square().mean(-1)
    return moons[table.argmin(1)]

# %% wrong · broadcast · picture i is only compared with moon i
def nearest_rmse(pictures, moons):
    n = min(len(pictures), len(moons))
    return (pictures[:n] - moons[:n]).square().mean(1).sqrt()

# %% wrong · broadcast · only the first moon is compared
def nearest_rmse(pictures, moons):
    return (pictures - moons[0]).square().mean(1).sqrt()

# %% wrong · arguments · pictures against pictures, all zero
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - pictures
    return gaps.square().mean(2).sqrt().amin(1)

# %% wrong · arguments · pictures and moons exchanged, one number for each moon
def nearest_rmse(pictures, moons):
    table = torch.cdist(moons, pictures) / pictures.shape[1] ** 0.5
    return table.min(dim=1).values

# %% wrong · count · divides by the number of moons
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.square().sum(2) / len(moons)).sqrt().amin(1)

# %% wrong · count · divides by the number of pictures
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.square().sum(2) / len(pictures)).sqrt().amin(1)

# %% wrong · count · divides by D − 1
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    gaps = pictures[:, None] - moons
    return (gaps.square().sum(2) / (D - 1)).sqrt().amin(1)

# %% wrong · spread · the standard deviation of the gaps, without their mean
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.std(2, correction=0).amin(1)

# %% wrong · spread · standard deviation with n − 1 of the gaps
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).std(-1).min(1).values

# %% wrong · spread · the variance of the gaps
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).var(-1).amin(1)

# %% wrong · sign · adds the moon instead of subtracting it
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] + moons
    return gaps.square().mean(2).sqrt().amin(1)

# %% wrong · sign · the negative distance, as for a score
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return -gaps.square().mean(2).sqrt().amin(1)

# %% wrong · reduction · the smallest taken before the sign is dropped, without a square
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.amin(1).square().mean(1).sqrt()

# %% wrong · concept · largest pixel difference
def nearest_rmse(pictures, moons):
    gaps = (pictures[:, None] - moons).abs()
    return gaps.amax(2).amin(1)

# %% wrong · concept · distance by cosine
def nearest_rmse(pictures, moons):
    sim = F.cosine_similarity(pictures[:, None], moons[None], dim=2)
    return (1 - sim).amin(1)

# %% wrong · concept · the moon of the most similar mean brightness, then its RMSE
def nearest_rmse(pictures, moons):
    near = (pictures.mean(1)[:, None] - moons.mean(1)).abs().argmin(1)
    return (pictures - moons[near]).square().mean(1).sqrt()

# %% wrong · term · the cross term of the expanded square counts once
def nearest_rmse(pictures, moons):
    sq = pictures.square().sum(1)[:, None] + moons.square().sum(1) - pictures @ moons.T
    return (sq / pictures.shape[1]).sqrt().amin(1)

# %% wrong · term · the moons' square is forgotten in the expansion
def nearest_rmse(pictures, moons):
    sq = pictures.square().sum(1)[:, None] - 2 * pictures @ moons.T
    return (sq.abs() / pictures.shape[1]).sqrt().amin(1)

# %% wrong · factor · half of the squared error
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (0.5 * gaps.square().mean(2)).sqrt().amin(1)

# %% wrong · power · the root twice
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().sqrt().amin(1)

# %% wrong · power · norm and then root of the mean norm
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.norm(dim=2) / pictures.shape[1]).sqrt().amin(1)

# %% wrong · count · the loop misses the last moon
def nearest_rmse(pictures, moons):
    best = torch.full((len(pictures),), math.inf, dtype=pictures.dtype)
    for j in range(len(moons) - 1):
        far = (pictures - moons[j]).square().mean(1).sqrt()
        best = torch.minimum(best, far)
    return best

# %% wrong · unfinished · the loop keeps the last moon and not the nearest
def nearest_rmse(pictures, moons):
    for moon in moons:
        best = (pictures - moon).square().mean(1).sqrt()
    return best

# %% wrong · unfinished · returns after the first picture
def nearest_rmse(pictures, moons):
    out = []
    for p in pictures:
        out.append((p - moons).square().mean(1).sqrt().min())
        return torch.stack(out)

# %% wrong · unfinished · the table of squared gaps
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2)

# %% right · numeric · pixels are clipped to 0 and 1 first
def nearest_rmse(pictures, moons):
    gaps = pictures.clamp(0, 1)[:, None] - moons.clamp(0, 1)
    return gaps.square().mean(2).sqrt().amin(1)

# %% wrong · numeric · a large stabiliser under the root
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.square().mean(2) + 1e-2).sqrt().amin(1)

# %% wrong · numeric · rounded to bytes
def nearest_rmse(pictures, moons):
    p, m = (255 * pictures).round(), (255 * moons).round()
    return (p[:, None] - m).square().mean(2).sqrt().amin(1)

# %% wrong · concept · pictures scaled to length one
def nearest_rmse(pictures, moons):
    p, m = F.normalize(pictures, dim=1), F.normalize(moons, dim=1)
    return (p[:, None] - m).square().mean(2).sqrt().amin(1)

# %% wrong · concept · relative error, divided by the picture's own size
def nearest_rmse(pictures, moons):
    far = (pictures[:, None] - moons).square().mean(2).sqrt().amin(1)
    return far / pictures.square().mean(1).sqrt()

# %% wrong · reduction · the median moon
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().median(1).values

# %% wrong · order · sorted distances
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(2).sqrt().amin(1).sort().values

# %% wrong · count · the second nearest, the first being taken for the picture itself
def nearest_rmse(pictures, moons):
    table = (pictures[:, None] - moons).square().mean(2).sqrt()
    return table.sort(dim=1).values[:, 1]

# %% wrong · reduction · mse_loss over the whole of a picture and all moons
def nearest_rmse(pictures, moons):
    return torch.stack([mse_loss(p.expand_as(moons), moons).sqrt() for p in pictures])

# %% wrong · two · neither the root nor the mean
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().sum(2).amin(1)

# %% wrong · two · the wrong axis for the smallest and a sum over the pixels
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(0)

# %% wrong · two · the pixelwise smallest and no root
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().amin(1).mean(1)

# %% wrong · two · mean over moons of the squares, without the root
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(dim=(1, 2))

# %% wrong · two · summed absolute differences
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons, p=1).min(1).values

# %% wrong · raises · the two lists are subtracted as they are
def nearest_rmse(pictures, moons):
    return (pictures - moons).square().mean(1).sqrt()

# %% wrong · raises · the axis is put behind the pixels
def nearest_rmse(pictures, moons):
    gaps = pictures[:, :, None] - moons
    return gaps.square().mean(1).sqrt().amin(1)

# %% wrong · form · a float of the first picture
def nearest_rmse(pictures, moons):
    gaps = pictures[0] - moons
    return float(gaps.square().mean(1).sqrt().min())

# %% wrong · concept · the second smallest gap is averaged in, a mean of the two nearest
def nearest_rmse(pictures, moons):
    table = (pictures[:, None] - moons).square().mean(2).sqrt()
    return table.topk(2, largest=False).values.mean(1)

# %% wrong · count · the mean over pixels leaves out the last pixel
def nearest_rmse(pictures, moons):
    D = pictures.shape[1]
    table = torch.zeros(len(pictures), len(moons), dtype=pictures.dtype)
    for i in range(D - 1):
        table += (pictures[:, i, None] - moons[:, i]) ** 2
    return (table / D).sqrt().amin(1)

# %% wrong · arguments · each moon's distance among the moons, the pictures unused
def nearest_rmse(pictures, moons):
    table = torch.cdist(moons, moons) + torch.diag(torch.full((len(moons),), math.inf, dtype=moons.dtype))
    return (table / moons.shape[1] ** 0.5).amin(1)[: len(pictures)]

# %% wrong · form · one number for each pixel of the nearest moon, the mean forgotten
def nearest_rmse(pictures, moons):
    gaps = (pictures[:, None] - moons).square()
    near = gaps.mean(2).argmin(1)
    return gaps[torch.arange(len(pictures)), near].sqrt()

# %% wrong · two · absolute differences and the farthest moon
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).abs().mean(2).amax(1)

# %% wrong · two · the mean moon and no root
def nearest_rmse(pictures, moons):
    return (pictures - moons.mean(0)).square().mean(1)

# %% wrong · two · divides by 28 and averages over the pictures
def nearest_rmse(pictures, moons):
    return (torch.cdist(pictures, moons).amin(1) / 28).mean()

# %% wrong · two · the smallest over the pictures and the root missing
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return gaps.square().mean(-1).min(0).values

# %% right · loop · over the moons, keeping the smallest
def nearest_rmse(pictures, moons):
    best = torch.full((len(pictures),), math.inf, dtype=pictures.dtype)
    for moon in moons:
        best = torch.minimum(best, (pictures - moon).square().mean(1).sqrt())
    return best

# %% right · stack · over the pictures, scalars stacked
def nearest_rmse(pictures, moons):
    return torch.stack([(p - moons).square().mean(1).sqrt().min() for p in pictures])

# %% right · cdist · Euclidean distance over the root of D
def nearest_rmse(pictures, moons):
    return torch.cdist(pictures, moons).amin(1) / math.sqrt(pictures.shape[1])

# %% right · scipy · scipy's cdist of squares
def nearest_rmse(pictures, moons):
    from scipy.spatial.distance import cdist
    sq = cdist(np.asarray(pictures), np.asarray(moons), "sqeuclidean")
    return np.sqrt(sq.min(axis=1) / pictures.shape[1])

# %% right · scipy · a k-d tree
def nearest_rmse(pictures, moons):
    from scipy.spatial import cKDTree
    far, _ = cKDTree(moons.numpy()).query(pictures.numpy(), k=1)
    return torch.from_numpy(far) / pictures.shape[1] ** 0.5

# %% right · numpy · broadcast and norm
def nearest_rmse(pictures, moons):
    p, m = pictures.numpy(), moons.numpy()
    return np.linalg.norm(p[:, None, :] - m[None], axis=2).min(axis=1) / np.sqrt(p.shape[1])

# %% right · algebra · the expanded square by matrix product
def nearest_rmse(pictures, moons):
    sq = pictures.square().sum(1)[:, None] + moons.square().sum(1) - 2 * pictures @ moons.T
    return (sq.clamp(min=0) / pictures.shape[1]).sqrt().amin(1)

# %% right · order · the smallest first and then the root
def nearest_rmse(pictures, moons):
    return (pictures[:, None] - moons).square().mean(2).amin(1).sqrt()

# %% right · index · argmin, then the distance to that moon
def nearest_rmse(pictures, moons):
    near = torch.cdist(pictures, moons).argmin(1)
    return (pictures - moons[near]).pow(2).mean(1).sqrt()

# %% right · einsum · squares summed by einsum
def nearest_rmse(pictures, moons):
    gaps = pictures.unsqueeze(1) - moons.unsqueeze(0)
    return (torch.einsum("nmd,nmd->nm", gaps, gaps) / gaps.shape[2]).sqrt().min(1).values

# %% right · loops · plain Python
def nearest_rmse(pictures, moons):
    out = []
    for p in pictures.tolist():
        out.append(min(math.sqrt(sum((a - b) ** 2 for a, b in zip(p, m)) / len(p)) for m in moons.tolist()))
    return np.array(out)

# %% right · stabiliser · a tiny number under the root
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.square().mean(2) + 1e-12).sqrt().amin(1)

# %% right · algebra · variance plus squared mean of the gaps
def nearest_rmse(pictures, moons):
    gaps = pictures[:, None] - moons
    return (gaps.var(2, correction=0) + gaps.mean(2) ** 2).sqrt().amin(1)

# %% right · axis · moons first, so the smallest is over axis 0
def nearest_rmse(pictures, moons):
    gaps = moons[:, None] - pictures
    return gaps.square().mean(2).sqrt().amin(0)

# %% right · helper · mse_loss for each pair
def nearest_rmse(pictures, moons):
    def rmse(a, b):
        return mse_loss(a, b).item() ** 0.5
    return torch.tensor([min(rmse(p, m) for m in moons) for p in pictures], dtype=torch.float64)

# %% right · numeric · sort and take the first, in two steps
def nearest_rmse(pictures, moons):
    table = (pictures[:, None, :] - moons[None, :, :]).norm(dim=-1)
    return table.sort(dim=1).values[:, 0] / pictures.size(-1) ** 0.5
