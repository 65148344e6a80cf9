# %% wrong · concept · the share is judged on the data that chose the name
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
    share, name = torch.stack(old).max(0)
    return name, share

# %% wrong · arguments · names are chosen by the new data
def earned_names(z, k, z_new, k_new):
    new = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    share, name = torch.stack(new).max(0)
    return name, share

# %% wrong · arguments · the guesses are the means of the new codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot, hot_new = one_hot(k[:, t]).to(z), one_hot(k_new[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        means_new = hot_new.T @ z_new / hot_new.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means_new[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · the error is divided by the variance of the old codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · the variance of the new codes divides by n − 1
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · reduction · the squared errors are summed
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).sum(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · compared with the guess of the old overall mean
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / ((z_new - z.mean(0)) ** 2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · order · share first and name second
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return torch.stack(new)[name, torch.arange(len(name))], name

# %% wrong · numeric · shares below 0 are clamped to 0
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))].clamp(0, 1)

# %% wrong · unfinished · error over variance without 1 minus
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · variance of the guesses over the variance of the new codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(means[k_new[:, t]].var(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · squared correlation of guess and new code
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    c = z_new - z_new.mean(0)
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        g = means[k_new[:, t]] - means[k_new[:, t]].mean(0)
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append((c * g).sum(0) ** 2 / ((c**2).sum(0) * (g**2).sum(0)))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · the error's variance, so a shifted guess costs nothing
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - (z_new - means[k_new[:, t]]).var(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · axis · for each trait the dimension that it explains best
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(1)
    return name, torch.stack(new)[torch.arange(len(name)), name]

# %% wrong · sign · the trait that explains least
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmin(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · the largest new share beside the name from the old data
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(old).argmax(0), torch.stack(new).max(0)[0]

# %% wrong · form · the whole table of new shares, traits by dimensions
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(old).argmax(0), torch.stack(new)

# %% wrong · form · the rows of the table are picked without the columns, d by d
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name]

# %% wrong · count · columns are numbered from 1
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name + 1, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · the last trait is never tried
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1] - 1):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · the first trait is skipped and the numbers are shifted
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(1, k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · spread · root mean squared error over the standard deviation
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0).sqrt() / z_new.std(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · spread · mean squared error over the standard deviation
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.std(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · power · absolute errors over the variance
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - (z_new - means[k_new[:, t]]).abs().mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · power · the mean error is squared and not the mean of the squares
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - (z_new - means[k_new[:, t]]).mean(0) ** 2 / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · term · the new codes' second moment in place of their variance
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / (z_new**2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · axis · one variance over all new numbers
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · reduction · one error over all dimensions
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - mse_loss(means[k_new[:, t]], z_new) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · one name for the whole code, by the average share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    best = int(torch.stack(old).mean(1).argmax())
    return torch.full((z.shape[1],), best), new[best]

# %% wrong · concept · every trait may name one dimension only
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    table, name = torch.stack(old).clone(), torch.zeros(z.shape[1], dtype=torch.long)
    for j in range(z.shape[1]):
        name[j] = table[:, j].argmax()
        if j < k.shape[1] - 1:
            table[name[j]] = -1
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · names by the F statistic, which counts the levels
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        groups = [z[k[:, t] == v] for v in k[:, t].unique()]
        means = torch.stack([g.mean(0) for g in groups])
        old.append(torch.as_tensor(stats.f_oneway(*[g.numpy() for g in groups]).statistic))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · names by the correlation with the level's number
def earned_names(z, k, z_new, k_new):
    d = z.shape[1]
    r = np.corrcoef(z.numpy().T, k.numpy().T)[:d, d:] ** 2
    name, share = torch.tensor(r.argmax(1)), []
    for j, t in enumerate(name.tolist()):
        means = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
        error = ((z_new[:, j] - means[k_new[:, t]]) ** 2).mean()
        share.append(1 - error / z_new[:, j].var(correction=0))
    return name, torch.stack(share)

# %% wrong · weights · names by the variance of the level means without their frequencies
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means.var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · weights · squared deviations of the level means are summed for the name
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in range(int(k[:, t].max()) + 1)])
        old.append(((means - z.mean(0)) ** 2).sum(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · weights · means divided by the number of all creatures
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = one_hot(k[:, t]).to(z).T @ z / len(z)
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · reduction · the level's median is the guess
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        centre = torch.stack([z[k[:, t] == v].median(0)[0] for v in k[:, t].unique()])
        old.append(centre[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - centre[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · old and new data exchanged throughout
def earned_names(z, k, z_new, k_new):
    z, k, z_new, k_new = z_new, k_new, z, k
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t], int(k_new[:, t].max()) + 1).to(z)
        means = hot.T @ z / hot.sum(0).clamp(min=1)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · the means are learned on old and new creatures together
def earned_names(z, k, z_new, k_new):
    old, new, both, kb = [], [], torch.cat([z, z_new]), torch.cat([k, k_new])
    for t in range(k.shape[1]):
        hot = one_hot(kb[:, t]).to(z)
        means = hot.T @ both / hot.sum(0)[:, None]
        old.append(means[kb[:, t]].var(0) / both.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · after the loop the last trait's means guess all dimensions
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
    name = torch.stack(old).argmax(0)
    error = ((z_new - means[k_new[:, t]]) ** 2).mean(0)
    return name, 1 - error / z_new.var(0, correction=0)

# %% wrong · concept · the guess is the overall mean of the old codes
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
    error = ((z_new - z.mean(0)) ** 2).mean(0)
    return torch.stack(old).argmax(0), 1 - error / z_new.var(0, correction=0)

# %% wrong · concept · new codes and means are centred each by their own data
def earned_names(z, k, z_new, k_new):
    z, z_new = z - z.mean(0), z_new - z_new.mean(0)
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / (z_new**2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · both sets are standardised apart
def earned_names(z, k, z_new, k_new):
    z, z_new = ((v - v.mean(0)) / v.std(0, correction=0) for v in (z, z_new))
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · how much the share falls from old to new data
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    best, name = torch.stack(old).max(0)
    return name, best - torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · the average of old and new share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    best, name = torch.stack(old).max(0)
    return name, (best + torch.stack(new)[name, torch.arange(len(name))]) / 2

# %% wrong · concept · named by the smallest error left within levels, averaged evenly over them
def earned_names(z, k, z_new, k_new):
    left, new = [], []
    for t in range(k.shape[1]):
        groups = [z[k[:, t] == v] for v in k[:, t].unique()]
        means = torch.stack([g.mean(0) for g in groups])
        left.append(torch.stack([g.var(0, correction=0) for g in groups]).mean(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(left).argmin(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · numeric · one table for all traits, whose empty levels make nan in the shares
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t], int(k.max()) + 2).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(hot.mean(0) @ (means - z.mean(0)) ** 2 / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · numeric · one is added to every count
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / (hot.sum(0)[:, None] + 1)
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · form · one share for the whole code
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))].mean()

# %% wrong · form · only the shares are returned
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(new).gather(0, torch.stack(old).argmax(0)[None])[0]

# %% wrong · form · per cent
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(100 * (1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0)))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · form · gather leaves a row axis on the shares
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new).gather(0, name[None])

# %% wrong · order · the dimensions are sorted by their share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    share = torch.stack(new)[name, torch.arange(len(name))]
    order = share.argsort(descending=True)
    return name[order], share[order]

# %% wrong · term · both variances in the denominator are added
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        guess = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])[k_new[:, t]]
        old.append(1 - sum(((k[:, t] == v).to(z).mean() * z[k[:, t] == v].var(0, correction=0)) for v in k[:, t].unique()) / z.var(0, correction=0))
        error = ((z_new - guess) ** 2).mean(0)
        new.append(1 - error / (error + guess.var(0, correction=0)))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · factor · half the squared error, as in a Gaussian loss
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - 0.5 * ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · log · nats gained, half the log of variance over error
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        error = ((z_new - means[k_new[:, t]]) ** 2).mean(0)
        new.append(0.5 * torch.log(z_new.var(0, correction=0) / error))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · each new code is guessed by the nearest level mean
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        error = ((z_new[:, None] - means) ** 2).min(1)[0].mean(0)
        new.append(1 - error / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · a straight line in the level's number makes the guesses
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        X, Xn = (torch.stack([torch.ones(len(c)), c[:, t]], 1).to(z) for c in (k, k_new))
        w = torch.linalg.lstsq(X, z).solution
        old.append((X @ w).var(0) / z.var(0))
        new.append(1 - ((z_new - Xn @ w) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · levels are taken to start at 1
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t] - 1].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t] - 1]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · judged on the old data and divided by the new variance with n − 1
def earned_names(z, k, z_new, k_new):
    old, error = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        error.append(((z - means[k[:, t]]) ** 2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, 1 - torch.stack(error)[name, torch.arange(len(name))] / z_new.var(0)

# %% wrong · two · order exchanged and shares without 1 minus
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return torch.stack(new)[name, torch.arange(len(name))], name

# %% wrong · two · named by the new data and divided by the old variance
def earned_names(z, k, z_new, k_new):
    new = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z.var(0))
    share, name = torch.stack(new).max(0)
    return name, share

# %% wrong · two · argmax over the dimensions and shares of the old data
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
    share, name = torch.stack(old).max(1)
    return name, share

# %% wrong · two · frequencies left out of the name and n − 1 in the new variance
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old.append(means.var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · means of the new codes and standard deviations for variances
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old.append(means[k[:, t]].std(0) / z.std(0))
        new.append(means[k_new[:, t]].std(0) / z_new.std(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · names from 1 and shares clamped at 0
def earned_names(z, k, z_new, k_new):
    names, shares = [], []
    for j in range(z.shape[1]):
        best, kept = -1.0, None
        for t in range(k.shape[1]):
            means = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
            old = float(means[k[:, t]].var() / z[:, j].var())
            if old > best:
                error = ((z_new[:, j] - means[k_new[:, t]]) ** 2).mean()
                best, kept = old, (t + 1, max(0.0, float(1 - error / z_new[:, j].var(correction=0))))
        names.append(kept[0]), shares.append(kept[1])
    return torch.tensor(names), torch.tensor(shares, dtype=z.dtype)

# %% wrong · unfinished · the first trait with more than nothing keeps the name, the best is never renewed
def earned_names(z, k, z_new, k_new):
    names, shares = [], []
    for j in range(z.shape[1]):
        best = 0.0
        for t in range(k.shape[1]):
            means = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
            old = float(means[k[:, t]].var() / z[:, j].var())
            if old > best:
                name, table = t, means
        names.append(name)
        shares.append(1 - ((z_new[:, j] - table[k_new[:, name]]) ** 2).mean() / z_new[:, j].var(correction=0))
    return torch.tensor(names), torch.stack(shares)

# %% wrong · raises · the guesses for the new codes are indexed with the old levels
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · raises · all traits are turned to one table at once
def earned_names(z, k, z_new, k_new):
    hot = one_hot(k).to(z)
    means = hot.T @ z / hot.sum(0)[:, None]
    name = (means[k].var(0) / z.var(0)).argmax(0)
    return name, 1 - ((z_new - means[k_new[:, name]]) ** 2).mean(0) / z_new.var(0, correction=0)

# %% right · loops · dimension by dimension
def earned_names(z, k, z_new, k_new):
    names, shares = [], []
    for j in range(z.shape[1]):
        best = -1.0
        for t in range(k.shape[1]):
            means = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
            old = float(means[k[:, t]].var() / z[:, j].var())
            if old > best:
                best, name, table = old, t, means
        names.append(name)
        shares.append(1 - ((z_new[:, j] - table[k_new[:, name]]) ** 2).mean() / z_new[:, j].var(correction=0))
    return torch.tensor(names), torch.stack(shares)

# %% right · left over · named by the smallest error left
def earned_names(z, k, z_new, k_new):
    left, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        left.append(((z - means[k[:, t]]) ** 2).mean(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(left).argmin(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · gather · gather in place of two indices
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in range(int(k[:, t].max()) + 1)])
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new).gather(0, name[None]).squeeze(0)

# %% right · numpy · NumPy throughout
def earned_names(z, k, z_new, k_new):
    a, b, c, d = (v.numpy() for v in (z, k, z_new, k_new))
    old, new = [], []
    for t in range(b.shape[1]):
        m = np.array([a[b[:, t] == v].mean(0) for v in range(b[:, t].max() + 1)])
        old.append(m[b[:, t]].var(0) / a.var(0))
        new.append(1 - ((c - m[d[:, t]]) ** 2).mean(0) / c.var(0))
    name = np.argmax(old, axis=0)
    return torch.tensor(name), torch.tensor(np.array(new)[name, np.arange(len(name))])

# %% right · chosen only · the error is computed for the named trait alone
def earned_names(z, k, z_new, k_new):
    tables, old = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        tables.append(hot.T @ z / hot.sum(0)[:, None])
        old.append(tables[t][k[:, t]].var(0, correction=0))
    name = torch.stack(old).argmax(0)
    guess = torch.stack([tables[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% right · sums · sums of squares over sums of squares
def earned_names(z, k, z_new, k_new):
    total, old, new = ((z_new - z_new.mean(0)) ** 2).sum(0), [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old.append(((means[k[:, t]] - z.mean(0)) ** 2).sum(0) / ((z - z.mean(0)) ** 2).sum(0))
        new.append((total - ((z_new - means[k_new[:, t]]) ** 2).sum(0)) / total)
    name = torch.stack(old, 1).argmax(1)
    return name, torch.stack(new, 1)[torch.arange(len(name)), name]

# %% right · formula · frequencies times squared deviations
def earned_names(z, k, z_new, k_new):
    old, new, centred = [], [], z - z.mean(0)
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ centred / hot.sum(0)[:, None]
        old.append(hot.mean(0) @ means**2 / z.var(0, correction=0))
        error = ((z_new - z.mean(0) - means[k_new[:, t]]) ** 2).mean(0)
        new.append(1 - error / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, range(len(name))]

# %% right · helper · two helpers
def earned_names(z, k, z_new, k_new):
    def table(t):
        return torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
    def share(t):
        return 1 - (z - table(t)[k[:, t]]).square().mean(0) / z.var(0, correction=0)
    name = torch.stack([share(t) for t in range(k.shape[1])]).argmax(0)
    error = [(z_new[:, j] - table(t)[k_new[:, t], j]).square().mean() for j, t in enumerate(name)]
    return name, 1 - torch.stack(error) / z_new.var(0, correction=0)

# %% right · spread · named by the guesses' standard deviation, which has the same order
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].std(0))
        new.append(((z_new - means[k_new[:, t]]) ** 2).mean(0))
    name = torch.stack(old).argmax(0)
    error = torch.stack(new)[name, torch.arange(len(name))]
    return name, 1 - error / z_new.var(0, correction=0)

# %% right · einsum · einsum for the means
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = torch.einsum("nk,nd->kd", hot / hot.sum(0), z)
        old.append((hot @ means).var(0) / z.var(0))
        guess = one_hot(k_new[:, t], len(means)).to(z) @ means
        new.append(1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0))
    share, table = torch.stack(old), torch.stack(new)
    return share.argmax(0), table[share.argmax(0), torch.arange(z.shape[1])]

# %% right · regression · least squares on dummies
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        K = int(k[:, t].max()) + 1
        X, X_new = one_hot(k[:, t], K).to(z), one_hot(k_new[:, t], K).to(z)
        w = torch.linalg.lstsq(X, z).solution
        old.append((X @ w).var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - X_new @ w) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).max(0).indices
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · index_add · sums by index_add and counts by bincount
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for a, b in zip(k.T, k_new.T):
        n = torch.bincount(a)
        means = torch.zeros(len(n), z.shape[1], dtype=z.dtype).index_add(0, a, z) / n[:, None]
        old.append(means[a].var(0) / z.var(0))
        new.append(1 - (z_new - means[b]).pow(2).mean(0) / z_new.var(0, unbiased=False))
    name = torch.argmax(torch.stack(old), dim=0)
    return name, torch.stack([new[t][j] for j, t in enumerate(name)])

# %% right · running · the best share so far is kept in a tensor
def earned_names(z, k, z_new, k_new):
    d = z.shape[1]
    best, name, share = torch.full((d,), -1.0).to(z), torch.zeros(d).long(), torch.zeros(d).to(z)
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old = means[k[:, t]].var(0) / z.var(0)
        new = 1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0)
        better = old > best
        best, share = torch.where(better, old, best), torch.where(better, new, share)
        name[better] = t
    return name, share

# %% right · moments · variance as mean of squares minus squared mean
def earned_names(z, k, z_new, k_new):
    def var(v):
        return (v * v).mean(0) - v.mean(0) ** 2
    old, new = [], []
    for t in range(k.shape[1]):
        m = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        old.append(var(m[k[:, t]]) / var(z))
        r = z_new - m[k_new[:, t]]
        new.append(1 - (var(r) + r.mean(0) ** 2) / var(z_new))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · dictionary · dictionaries of means
def earned_names(z, k, z_new, k_new):
    old, new = {}, {}
    for t in range(k.shape[1]):
        mean = {int(v): z[k[:, t] == v].mean(0) for v in k[:, t].unique()}
        guess = torch.stack([mean[int(v)] for v in k_new[:, t]])
        old[t] = torch.stack([mean[int(v)] for v in k[:, t]]).var(0)
        new[t] = 1 - ((guess - z_new) ** 2).mean(0) / z_new.var(0, correction=0)
    name = [max(old, key=lambda t: float(old[t][j])) for j in range(z.shape[1])]
    return torch.tensor(name), torch.stack([new[t][j] for j, t in enumerate(name)])
