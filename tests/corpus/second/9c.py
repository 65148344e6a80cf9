# %% wrong · unfinished · as given, only renamed
def copy_score(samples, train, held_out):
    d_train = torch.cdist(samples, train).min(1)[0]
    d_held_out = torch.cdist(samples, held_out).min(1)[0]
    return 2 * (d_train < d_held_out).double().mean() - 1

# %% wrong · unfinished · chance is subtracted, but nothing is stretched
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return share - chance

# %% wrong · factor · the factor 2 of the snippet stays before the difference to chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return 2 * (share - chance)

# %% wrong · concept · share relative to chance, minus one
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    m, k = train.shape[0], held_out.shape[0]
    return share / (m / (m + k)) - 1

# %% wrong · arguments · chance is the held-out images' part of the pool
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(held_out) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · count · chance is the ratio of training to held-out images, four to one
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / len(held_out)
    return (share - chance) / (1 - chance)

# %% wrong · count · one minus the ratio of held-out to training images as chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = 1 - len(held_out) / len(train)
    return (share - chance) / (1 - chance)

# %% wrong · weights · the lesson's 80 percent are written in
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return (share - 0.8) / 0.2

# %% wrong · weights · the innocents' 0.6 of this lesson are subtracted as a number
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1 - 0.6

# %% wrong · arguments · divided by chance and not by what is left above it
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    innocent = 2 * chance - 1
    return (2 * share - 1 - innocent) / chance

# %% wrong · sign · one plus chance below
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 + chance)

# %% wrong · sign · chance minus share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (chance - share) / (1 - chance)

# %% wrong · concept · the snippet's score is taken for the share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    score = 2 * share - 1
    chance = len(train) / (len(train) + len(held_out))
    return (score - chance) / (1 - chance)

# %% wrong · numeric · scores below chance are cut off at 0
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return ((share - chance) / (1 - chance)).clamp(min=0)

# %% wrong · concept · the absolute distance from chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance).abs() / (1 - chance)

# %% wrong · sign · the comparison is turned round
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train > to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · raises · the minimum is taken over the samples
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(0)[0]
    to_held_out = torch.cdist(samples, held_out).min(0)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · raises · a mean of truth values
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · count · the lengths are those of an image and not of the sets
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = train.shape[1] / (train.shape[1] + held_out.shape[1])
    return (share - chance) / (1 - chance)

# %% wrong · reduction · the number of samples in place of their share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().sum()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · reduction · a score for each sample, not averaged
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    hit = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    return (hit - chance) / (1 - chance)

# %% wrong · concept · only as many training images are used as there are held-out ones
def copy_score(samples, train, held_out):
    n = min(len(train), len(held_out))
    to_train = torch.cdist(samples, train[:n]).min(1)[0]
    to_held_out = torch.cdist(samples, held_out[:n]).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · noise · a random part of the training images, as large as the held-out set
def copy_score(samples, train, held_out):
    n = min(len(train), len(held_out))
    train = train[torch.randperm(len(train))[:n]]
    held_out = held_out[torch.randperm(len(held_out))[:n]]
    share = (torch.cdist(samples, train).amin(1) < torch.cdist(samples, held_out).amin(1)).double().mean()
    return 2 * share - 1

# %% wrong · weights · the distances are weighted by the sizes of the sets
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0] * len(train)
    to_held_out = torch.cdist(samples, held_out).min(1)[0] * len(held_out)
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · concept · each side's share is divided by its set's size, which is no straight line
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    a, b = share / len(train), (1 - share) / len(held_out)
    return 2 * a / (a + b) - 1

# %% wrong · log · the logarithm of share over chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return torch.log(share / chance)

# %% wrong · concept · a z statistic of the binomial
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / math.sqrt(chance * (1 - chance) / len(samples))

# %% wrong · spread · divided by the standard deviation of one toss
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    p = len(train) / (len(train) + len(held_out))
    return (share - p) / (p * (1 - p)) ** 0.5

# %% wrong · reduction · mean distances to the sets in place of nearest ones
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).mean(1)
    to_held_out = torch.cdist(samples, held_out).mean(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · reduction · the farthest image is taken
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).max(1)[0]
    to_held_out = torch.cdist(samples, held_out).max(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · order · distances are averaged before they are compared
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0].mean()
    to_held_out = torch.cdist(samples, held_out).min(1)[0].mean()
    share = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · chance is measured as the share of held-out images nearer to train than to one another
def copy_score(samples, train, held_out):
    def share(x, own):
        to_train = torch.cdist(x, train).min(1)[0]
        to_own = torch.cdist(x, held_out)
        if own:
            to_own = to_own + torch.eye(len(x), dtype=to_own.dtype) * 1e9
        return (to_train < to_own.min(1)[0]).double().mean()
    chance = share(held_out, True)
    return (share(samples, False) - chance) / (1 - chance)

# %% wrong · concept · the first test of the lesson, samples against the median distance of held-out images
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    usual = torch.cdist(held_out, train).min(1)[0].median()
    share = (to_train < usual).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · count · one training image fewer in the pool
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = (len(train) - 1) / (len(train) + len(held_out) - 1)
    return (share - chance) / (1 - chance)

# %% wrong · term · brackets around the difference are missing
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return share - chance / (1 - chance)

# %% wrong · term · brackets below the line are missing
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / 1 - chance

# %% wrong · count · chance lacks the brackets around the size of the pool
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / len(train) + len(held_out)
    return (share - chance) / (1 - chance)

# %% wrong · unfinished · the bare share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    return (to_train < to_held_out).double().mean()

# %% wrong · form · the score with its standard error, as the lesson's function gives them
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    score = (share - chance) / (1 - chance)
    return score.mean(), score.std() / len(score) ** 0.5

# %% wrong · form · a vector of length one
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean(0, keepdim=True)
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · raises · min without its first part gives pairs, which are compared
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)
    to_held_out = torch.cdist(samples, held_out).min(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · arguments · the places of the minima are compared and not the distances
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[1]
    to_held_out = torch.cdist(samples, held_out).min(1)[1]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · order · in the pool the held-out images come first, but the first places count as train
def copy_score(samples, train, held_out):
    pool = torch.cat([held_out, train])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · arguments · the place in the pool is compared with the number of held-out images
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(held_out)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · concept · the five nearest of the pool vote
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    near = torch.cdist(samples, pool).topk(5, largest=False)[1]
    share = (near < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · unfinished · one half is still subtracted, only the stretch knows chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - 0.5) / (1 - chance)

# %% wrong · unfinished · chance replaces the 1 but the 2 stays
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return 2 * share - chance

# %% wrong · arguments · the 1 below is replaced by the share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - share + 1e-12)

# %% wrong · concept · difference over sum, a contrast
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (share + chance)

# %% wrong · concept · distances are corrected for the sizes by the law of nearest neighbours in D dimensions
def copy_score(samples, train, held_out):
    D = samples.shape[1]
    to_train = torch.cdist(samples, train).min(1)[0] * len(train) ** (1 / D)
    to_held_out = torch.cdist(samples, held_out).min(1)[0] * len(held_out) ** (1 / D)
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · order · the stretch is turned round, chance gives 1 and always gives 0
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (1 - share) / (1 - chance)

# %% wrong · concept · below chance the stretch is another one, so that never gives −1
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance if share > chance else chance)

# %% wrong · concept · how much nearer train is, as a part of both distances
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_held_out / (to_train + to_held_out)).mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · power · the largest difference of a pixel as the distance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train, p=float("inf")).min(1)[0]
    to_held_out = torch.cdist(samples, held_out, p=float("inf")).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · power · sums of absolute differences as the distance
def copy_score(samples, train, held_out):
    to_train = (samples[:, None] - train).abs().sum(-1).amin(1)
    to_held_out = (samples[:, None] - held_out).abs().sum(-1).amin(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · the lesson's pixel count for black and white images is used as the distance
def copy_score(samples, train, held_out):
    def distances(a, b):
        return a.sum(1)[:, None] + b.sum(1) - 2 * a @ b.T
    apart = distances(samples, torch.cat([train, held_out]))
    share = (apart.argmin(1) < len(train)).double().mean()
    chance = len(train) / apart.shape[1]
    return (share - chance) / (1 - chance)

# %% wrong · term · the squared length of the pool's images is missing in the squared distance
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    apart = (samples**2).sum(1)[:, None] - 2 * samples @ pool.T
    share = (apart.argmin(1) < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · numeric · distances are rounded to whole numbers before ties are counted in part
def copy_score(samples, train, held_out):
    apart = torch.cdist(samples, torch.cat([train, held_out])).round()
    nearest = (apart == apart.min(1, keepdim=True)[0]).double()
    share = (nearest[:, : len(train)].sum(1) / nearest.sum(1)).mean()
    chance = len(train) / apart.shape[1]
    return (share - chance) / (1 - chance)

# %% wrong · count · the samples are counted into the pool
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(samples) + len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · arguments · the samples stand in the pool in the place of the training images
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    n, k = len(samples), len(held_out)
    chance = n / (n + k)
    return (share - chance) / (1 - chance)

# %% wrong · arguments · the distances start from the held-out images, one to a held-out image
def copy_score(samples, train, held_out):
    to_train = torch.cdist(held_out, train).min(1)[0]
    to_samples = torch.cdist(held_out, samples).min(1)[0]
    share = (to_train < to_samples).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · two · the held-out part as chance and no stretch
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return share - len(held_out) / (len(train) + len(held_out))

# %% wrong · two · comparison turned round and the snippet's line kept
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_held_out < to_train).double().mean()
    return 2 * share - 1

# %% wrong · two · absolute value and divided by chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return torch.abs(share - chance) / chance

# %% wrong · two · mean distances and chance of one half
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).mean(1)
    to_held_out = torch.cdist(samples, held_out).mean(1)
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · two · no mean over the samples and the factor 2 kept
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    return 2 * (share - chance)

# %% wrong · two · comparison turned round and divided by chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train > to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / chance

# %% wrong · two · the held-out part as chance and the 2 kept before the fraction
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = held_out.shape[0] / (train.shape[0] + held_out.shape[0])
    return 2 * (share - chance) / (1 - chance)

# %% wrong · two · the pool in the wrong order and no stretch
def copy_score(samples, train, held_out):
    pool = torch.cat([held_out, train])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(train)).double().mean()
    return share - len(train) / len(pool)

# %% right · pool · nearest image in one pool
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% right · complement · one minus the held-out share over its chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).amin(1)
    to_held_out = torch.cdist(samples, held_out).amin(1)
    foreign = (to_held_out < to_train).double().mean()
    return 1 - foreign * (len(train) + len(held_out)) / len(held_out)

# %% right · score · the snippet's score, shifted by the innocents' score and stretched
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    score = 2 * (to_train < to_held_out).double().mean() - 1
    m, k = len(train), len(held_out)
    innocent = (m - k) / (m + k)
    return (score - innocent) / (1 - innocent)

# %% right · ties · ties count in part, as in the lesson
def copy_score(samples, train, held_out):
    apart = torch.cdist(samples, torch.cat([train, held_out]))
    nearest = (apart == apart.min(1, keepdim=True)[0]).double()
    share = nearest[:, : len(train)].sum(1) / nearest.sum(1)
    chance = len(train) / apart.shape[1]
    return ((share - chance) / (1 - chance)).mean()

# %% right · squared · squared distances by the binomial formula
def copy_score(samples, train, held_out):
    def d2(a, b):
        return (a**2).sum(1)[:, None] + (b**2).sum(1) - 2 * a @ b.T
    share = (d2(samples, train).amin(1) < d2(samples, held_out).amin(1)).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% right · broadcast · distances by broadcasting
def copy_score(samples, train, held_out):
    to_train = ((samples[:, None] - train[None]) ** 2).sum(2).amin(1)
    to_held_out = ((samples[:, None] - held_out[None]) ** 2).sum(2).amin(1)
    m, k = len(train), len(held_out)
    share = (to_train <= to_held_out).double().mean()
    return ((m + k) * share - m) / k

# %% right · loop · a loop over the samples that counts
def copy_score(samples, train, held_out):
    hits = 0
    for s in samples:
        if (train - s).norm(dim=1).min() < (held_out - s).norm(dim=1).min():
            hits += 1
    chance = len(train) / (len(train) + len(held_out))
    return torch.tensor((hits / len(samples) - chance) / (1 - chance)).double()

# %% right · SciPy · a tree for the nearest image
def copy_score(samples, train, held_out):
    from scipy.spatial import cKDTree
    a, _ = cKDTree(train.numpy()).query(samples.numpy())
    b, _ = cKDTree(held_out.numpy()).query(samples.numpy())
    chance = len(train) / (len(train) + len(held_out))
    return torch.as_tensor((np.mean(a < b) - chance) / (1 - chance))

# %% right · line · the line through two points by np.interp-like algebra
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    slope = 1 / (1 - chance)
    return slope * share + (1 - slope)

# %% right · each · each sample gives 1 or minus the odds, then the mean
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    odds = len(train) / len(held_out)
    each = torch.where(to_train < to_held_out, 1.0, -odds).double()
    return each.mean()

# %% right · labels · chance as the mean of labels in the pool
def copy_score(samples, train, held_out):
    label = torch.cat([torch.ones(len(train)), torch.zeros(len(held_out))]).double()
    nearest = torch.cdist(samples, torch.cat([train, held_out])).min(dim=1).indices
    return (label[nearest].mean() - label.mean()) / (1 - label.mean())

# %% right · odds · both counts over their sets' sizes, the difference of shares
def copy_score(samples, train, held_out):
    near = torch.cdist(samples, torch.cat([train, held_out])).argmin(1)
    own = (near < len(train)).sum().double()
    other = len(samples) - own
    return (own - other * len(train) / len(held_out)) / len(samples)

# %% right · transposed · distances from the images to the samples
def copy_score(samples, train, held_out):
    to_train = torch.cdist(train, samples).min(0).values
    to_held_out = torch.cdist(held_out, samples).min(0).values
    share = torch.lt(to_train, to_held_out).to(torch.float64).mean()
    rest = len(held_out) / (len(held_out) + len(train))
    return (share - (1 - rest)) / rest

# %% right · NumPy · NumPy inside, a tensor at the end
def copy_score(samples, train, held_out):
    s, t, h = (np.asarray(x, dtype=float) for x in (samples, train, held_out))
    near = lambda a, b: np.sqrt(((a[:, None] - b) ** 2).sum(-1)).min(1)
    share = np.mean(near(s, t) < near(s, h))
    chance = t.shape[0] / (t.shape[0] + h.shape[0])
    return torch.tensor((share - chance) / (1 - chance), dtype=torch.float64)
