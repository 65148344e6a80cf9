# %% wrong · unfinished · returned exactly as given
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · unfinished · chance is subtracted but the line is not stretched to reach 1
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return share - chance

# %% wrong · factor · divided by chance in place of 1 − chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / chance

# %% wrong · arguments · chance is the held-out images' part of the pool
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(held_out) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · the ratio of the two sizes is taken for the chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(held_out) / len(train)
    return (share - chance) / (1 - chance)

# %% wrong · concept · the odds of training to held-out images used as a probability
def copy_score(samples, train, held_out):
    share = (torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]).double().mean()
    odds = len(train) / len(held_out)
    return (share - odds) / (1 - odds)

# %% wrong · factor · twice the distance from chance, as the snippet had a 2
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return 2 * (share - chance)

# %% wrong · count · the lesson's 80 per cent written as a constant
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return (share - 0.8) / 0.2

# %% wrong · arguments · the number of samples stands in the pool in place of the held-out images
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(samples))
    return (share - chance) / (1 - chance)

# %% wrong · count · the samples are counted into the pool
def copy_score(samples, train, held_out):
    n, m, k = len(samples), len(train), len(held_out)
    closer = torch.cdist(samples, train).amin(1) < torch.cdist(samples, held_out).amin(1)
    chance = m / (n + m + k)
    return (closer.double().mean() - chance) / (1 - chance)

# %% wrong · sign · divided by 1 + chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 + chance)

# %% wrong · concept · how many times more often than chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return share / (len(train) / (len(train) + len(held_out)))

# %% wrong · factor · the miss rate is divided by the training part and not by the held-out part
def copy_score(samples, train, held_out):
    d1 = torch.cdist(samples, train).min(dim=1).values
    d2 = torch.cdist(samples, held_out).min(dim=1).values
    miss = (d1 > d2).double().mean()
    return 1 - miss * (len(train) + len(held_out)) / len(train)

# %% wrong · sign · the comparison is turned round
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train > to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · sign · chance minus share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (chance - share) / (1 - chance)

# %% wrong · reduction · the farthest image in place of the nearest
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).max(1)[0]
    to_held_out = torch.cdist(samples, held_out).max(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · reduction · the mean distance in place of the smallest
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).mean(1)
    to_held_out = torch.cdist(samples, held_out).mean(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · compares the average nearest distances instead of counting samples
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0].mean()
    to_held_out = torch.cdist(samples, held_out).min(1)[0].mean()
    share = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · numeric · negative scores are clamped to 0
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return ((share - chance) / (1 - chance)).clamp(min=0)

# %% wrong · sign · the absolute value of the distance from chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance).abs() / (1 - chance)

# %% wrong · concept · mean relative distance in place of a count
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_held_out / (to_train + to_held_out)).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · equal sizes are made by dropping training images
def copy_score(samples, train, held_out):
    train = train[: len(held_out)]
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · weights · the distances are scaled by the set sizes and ½ stays the chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0] * len(train)
    to_held_out = torch.cdist(samples, held_out).min(1)[0] * len(held_out)
    share = (to_train < to_held_out).double().mean()
    return 2 * share - 1

# %% wrong · two · chance corrects the distances and then the share once more
def copy_score(samples, train, held_out):
    chance = len(train) / (len(train) + len(held_out))
    to_train = torch.cdist(samples, train).min(1)[0] * chance
    to_held_out = torch.cdist(samples, held_out).min(1)[0] * (1 - chance)
    share = (to_train < to_held_out).double().mean()
    return (share - chance) / (1 - chance)

# %% wrong · term · the snippet's 2 share − 1 is kept and corrected for chance on top
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    score = 2 * share - 1
    return (score - chance) / (1 - chance)

# %% wrong · term · brackets forgotten below the fraction line
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / 1 - chance

# %% wrong · term · no bracket around share − chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return share - chance / (1 - chance)

# %% wrong · count · brackets forgotten around the pool size
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / len(train) + len(held_out)
    return (share - chance) / (1 - chance)

# %% wrong · form · integer division makes the chance 0
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) // (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · a z score of the binomial count
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    p = len(train) / (len(train) + len(held_out))
    return (share - p) / math.sqrt(p * (1 - p) / len(samples))

# %% wrong · log · logarithm of share over chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return torch.log((share + 1e-9) / chance)

# %% wrong · count · one training image less, as if the sample were one of them
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = (len(train) - 1) / (len(train) + len(held_out) - 1)
    return (share - chance) / (1 - chance)

# %% wrong · count · Laplace smoothing of the chance
def copy_score(samples, train, held_out):
    m, k = len(train), len(held_out)
    share = (torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]).double().mean()
    chance = (m + 1) / (m + k + 2)
    return (share - chance) / (1 - chance)

# %% wrong · axis · chance from the number of pixels and not of images
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = train.shape[0] / (train.shape[0] + held_out.shape[1])
    return (share - chance) / (1 - chance)

# %% wrong · weights · below chance it is divided by chance so that the lower end is −1
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    room = 1 - chance if share >= chance else chance
    return (share - chance) / room

# %% wrong · reduction · sum of hits in place of the share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().sum()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · reduction · one score for each sample, the mean is missing
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · form · returns the chance beside the score
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance), chance

# %% wrong · form · keepdim leaves a vector with one entry
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean(0, keepdim=True)
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · reduction · one minimum over the whole table for both sets
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min()
    to_held_out = torch.cdist(samples, held_out).min()
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · order · the pool is stacked the other way round
def copy_score(samples, train, held_out):
    pool = torch.cat([held_out, train])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · arguments · the index is compared with the size of the held-out set
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    nearest = torch.cdist(samples, pool).argmin(1)
    share = (nearest < len(held_out)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · arguments · compares the places of the nearest images and not their distances
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[1]
    to_held_out = torch.cdist(samples, held_out).min(1)[1]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · share of training images among the five nearest
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    nearest = torch.cdist(samples, pool).topk(5, 1, largest=False)[1]
    share = (nearest < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · concept · the distance test of the lesson, samples against held-out images
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    usual = torch.cdist(held_out, train).min(1)[0].median()
    share = (to_train < usual).double().mean()
    return 2 * share - 1

# %% wrong · arguments · asks of each held-out image which of the others is nearest
def copy_score(samples, train, held_out):
    to_train = torch.cdist(held_out, train).min(1)[0]
    to_samples = torch.cdist(held_out, samples).min(1)[0]
    share = (to_train < to_samples).double().mean()
    chance = len(train) / (len(train) + len(samples))
    return (share - chance) / (1 - chance)

# %% wrong · arguments · training and held-out images exchanged throughout
def copy_score(samples, train, held_out):
    train, held_out = held_out, train
    share = (torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · factor · multiplied by 1 − chance where it should be divided
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) * (1 - chance)

# %% wrong · arguments · divided by 1 − share
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - share + 1e-12)

# %% wrong · two · held-out part as chance and no stretching
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    return share - len(held_out) / (len(train) + len(held_out))

# %% wrong · two · comparison turned round and divided by chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_held_out < to_train).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / chance

# %% wrong · two · Manhattan distance and chance not corrected
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train, p=1).min(1)[0]
    to_held_out = torch.cdist(samples, held_out, p=1).min(1)[0]
    return 2 * (to_train < to_held_out).double().mean() - 1

# %% wrong · concept · sums of absolute differences in place of Euclidean distances
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train, p=1).min(1)[0]
    to_held_out = torch.cdist(samples, held_out, p=1).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · concept · cosine similarity decides which image is nearest
def copy_score(samples, train, held_out):
    pool = F.normalize(torch.cat([train, held_out]), dim=1)
    nearest = (F.normalize(samples, dim=1) @ pool.T).argmax(1)
    share = (nearest < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% wrong · axis · for each pool image the nearest sample, compared by medians
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(0)[0]
    to_held_out = torch.cdist(samples, held_out).min(0)[0]
    share = (to_train < to_held_out.median()).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · raises · minimum over the samples, so the two vectors have different lengths
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(0)[0]
    to_held_out = torch.cdist(samples, held_out).min(0)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · raises · the mean of truth values is asked for
def copy_score(samples, train, held_out):
    closer = torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]
    chance = len(train) / (len(train) + len(held_out))
    return (closer.mean() - chance) / (1 - chance)

# %% wrong · raises · the pair of min is compared, values and places together
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)
    to_held_out = torch.cdist(samples, held_out).min(1)
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% wrong · unfinished · the share is returned without any scale
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    return (to_train < to_held_out).double().mean()

# %% wrong · power · the stretched share is squared to make small scores smaller
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return ((share - chance) / (1 - chance)) ** 2

# %% wrong · weights · hits weighted by the inverse set sizes and normalised
def copy_score(samples, train, held_out):
    hit = (torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]).double().mean()
    a, b = hit / len(train), (1 - hit) / len(held_out)
    return (a - b) / (a + b)

# %% wrong · two · chance from the ratio of sizes and the doubled score kept
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    ratio = len(held_out) / len(train)
    return 2 * share * ratio - 1

# %% wrong · two · skips the nearest image and leaves ½ as the chance
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    second = torch.cdist(samples, pool).argsort(1)[:, 1]
    share = (second < len(train)).double().mean()
    return 2 * share - 1

# %% wrong · count · skips the nearest image as if it were the sample itself
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    second = torch.cdist(samples, pool).argsort(1)[:, 1]
    share = (second < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% right · pool · argmin over the pool
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out])
    share = (torch.cdist(samples, pool).argmin(1) < len(train)).double().mean()
    chance = len(train) / len(pool)
    return (share - chance) / (1 - chance)

# %% right · algebra · one minus the held-out rate over its chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    missed = (to_held_out < to_train).double().mean()
    return 1 - missed * (len(train) + len(held_out)) / len(held_out)

# %% right · algebra · sizes multiplied through
def copy_score(samples, train, held_out):
    m, k = len(train), len(held_out)
    share = (torch.cdist(samples, train).amin(1) < torch.cdist(samples, held_out).amin(1)).double().mean()
    return ((m + k) * share - m) / k

# %% right · repaired · the snippet's line corrected by its own value at chance
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train < to_held_out).double().mean()
    innocent = 2 * len(train) / (len(train) + len(held_out)) - 1
    return (2 * share - 1 - innocent) / (1 - innocent)

# %% right · numpy · broadcast differences in NumPy
def copy_score(samples, train, held_out):
    s, t, h = (a.numpy() for a in (samples, train, held_out))
    d = lambda a, b: ((a[:, None] - b[None]) ** 2).sum(-1).min(1)
    share = np.mean(d(s, t) < d(s, h))
    chance = len(t) / (len(t) + len(h))
    return torch.tensor((share - chance) / (1 - chance))

# %% right · scipy · distances from scipy.spatial
def copy_score(samples, train, held_out):
    from scipy.spatial.distance import cdist
    near = cdist(samples.numpy(), torch.cat([train, held_out]).numpy()).argmin(1)
    chance = len(train) / (len(train) + len(held_out))
    return torch.as_tensor((np.mean(near < len(train)) - chance) / (1 - chance))

# %% right · loop · one sample at a time
def copy_score(samples, train, held_out):
    hits = 0
    for s in samples:
        hits += bool((train - s).norm(dim=1).min() < (held_out - s).norm(dim=1).min())
    chance = len(train) / (len(train) + len(held_out))
    return torch.tensor((hits / len(samples) - chance) / (1 - chance))

# %% right · ties · less or equal, which never matters here
def copy_score(samples, train, held_out):
    to_train = torch.cdist(samples, train).min(1)[0]
    to_held_out = torch.cdist(samples, held_out).min(1)[0]
    share = (to_train <= to_held_out).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return (share - chance) / (1 - chance)

# %% right · mean · each sample's own score, averaged
def copy_score(samples, train, held_out):
    closer = torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]
    m, k = len(train), len(held_out)
    return torch.where(closer, 1.0, -m / k).double().mean()

# %% right · einsum · squared distances written out with products
def copy_score(samples, train, held_out):
    pool = torch.cat([train, held_out]).double()
    s = samples.double()
    d2 = (s**2).sum(1)[:, None] + (pool**2).sum(1) - 2 * torch.einsum("nd,md->nm", s, pool)
    share = (d2.min(1).indices < len(train)).double().mean()
    chance = train.shape[0] / pool.shape[0]
    return (share - chance) / (1 - chance)

# %% right · flags · chance as the mean of a column of flags
def copy_score(samples, train, held_out):
    flag = torch.cat([torch.ones(len(train)), torch.zeros(len(held_out))]).double()
    share = flag[torch.cdist(samples, torch.cat([train, held_out])).argmin(1)].mean()
    return (share - flag.mean()) / (1 - flag.mean())

# %% right · helper · a helper for the nearest distance
def copy_score(samples, train, held_out):
    def nearest(images):
        return torch.cdist(samples, images).min(1)[0]
    share = (nearest(train) < nearest(held_out)).double().mean()
    rest = len(held_out) / (len(train) + len(held_out))
    return (share - (1 - rest)) / rest

# %% right · topk · smallest by topk
def copy_score(samples, train, held_out):
    d = -torch.cdist(samples, torch.cat([train, held_out]))
    first = d.topk(1, dim=1).indices[:, 0]
    share = (first < len(train)).double().mean()
    c = len(train) / d.shape[1]
    return share / (1 - c) - c / (1 - c)

# %% right · interp · a straight line through two points
def copy_score(samples, train, held_out):
    share = (torch.cdist(samples, train).min(1)[0] < torch.cdist(samples, held_out).min(1)[0]).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    slope = 1 / (1 - chance)
    return 1 + slope * (share - 1)

# %% right · squared · squared distances and a sign
def copy_score(samples, train, held_out):
    a = torch.cdist(samples, train).square().amin(1)
    b = torch.cdist(samples, held_out).square().amin(1)
    share = ((torch.sign(b - a) + 1) / 2).double().mean()
    chance = len(train) / (len(train) + len(held_out))
    return torch.lerp(torch.tensor(0.0).double(), share - chance, 1 / (1 - chance))
