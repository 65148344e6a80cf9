# %% wrong · unfinished · share on the old codes returned
def earned_names(z, k, z_new, k_new):
    shares = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        shares.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    shares = torch.stack(shares)
    return shares.argmax(0), shares.max(0).values

# %% wrong · arguments · names chosen on the new codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        guess = means[k_new[:, t]]
        old.append(guess.var(0, correction=0) / z_new.var(0, correction=0))
        new.append(1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · name is the trait with the best share on the new codes
def earned_names(z, k, z_new, k_new):
    new = []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in range(int(k[:, t].max()) + 1)])
        error = ((z_new - means[k_new[:, t]]) ** 2).mean(0)
        new.append(1 - error / z_new.var(0, correction=0))
    share, name = torch.stack(new).max(0)
    return name, share

# %% wrong · concept · means of the levels learned again from the new codes
def earned_names(z, k, z_new, k_new):
    def explained(z, k):
        guess = torch.zeros_like(z)
        for level in k.unique():
            guess[k == level] = z[k == level].mean(0)
        return guess.var(0, correction=0) / z.var(0, correction=0)
    old = torch.stack([explained(z, k[:, t]) for t in range(k.shape[1])])
    new = torch.stack([explained(z_new, k_new[:, t]) for t in range(k.shape[1])])
    name = old.argmax(0)
    return name, new[name, torch.arange(len(name))]

# %% wrong · arguments · variance of the old codes below the error
def earned_names(z, k, z_new, k_new):
    total = z.var(0, correction=0)
    tables = [torch.stack([z[col == v].mean(0) for v in range(int(col.max()) + 1)]) for col in k.T]
    old = torch.stack([m[col].var(0, correction=0) / total for m, col in zip(tables, k.T)])
    new = torch.stack([1 - ((z_new - m[col]) ** 2).mean(0) / total for m, col in zip(tables, k_new.T)])
    name = old.argmax(0)
    return name, new[name, torch.arange(z.shape[1])]

# %% wrong · count · n - 1 in the variance of the new codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · term · 1 minus is missing
def earned_names(z, k, z_new, k_new):
    z, k, z_new, k_new = z.numpy(), k.numpy(), z_new.numpy(), k_new.numpy()
    name, share = [], []
    for j in range(z.shape[1]):
        guesses = []
        for t in range(k.shape[1]):
            means = np.array([z[k[:, t] == v, j].mean() for v in range(k[:, t].max() + 1)])
            guesses.append((means[k[:, t]].var(), t, means))
        _, t, means = max(guesses, key=lambda g: g[0])
        name.append(t)
        share.append(((z_new[:, j] - means[k_new[:, t]]) ** 2).mean() / z_new[:, j].var())
    return torch.tensor(name), torch.tensor(share)

# %% wrong · unfinished · mean squared error itself
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        best = (-1, None, None)
        for t in range(k.shape[1]):
            m = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
            s = (m[k[:, t]].var() / z[:, j].var()).item()
            if s > best[0]:
                best = (s, t, m)
        _, t, m = best
        name.append(t)
        share.append(mse_loss(m[k_new[:, t]], z_new[:, j]))
    return torch.tensor(name), torch.stack(share)

# %% wrong · term · variance missing below the error
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · spread · root of the error over the standard deviation
def earned_names(z, k, z_new, k_new):
    d = z.shape[1]
    means = [torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()]) for t in range(k.shape[1])]
    name = torch.stack([m[k[:, t]].std(0) / z.std(0) for t, m in enumerate(means)]).argmax(0)
    guess = torch.stack([means[name[j]][k_new[:, name[j]], j] for j in range(d)], 1)
    rmse = (z_new - guess).square().mean(0).sqrt()
    return name, 1 - rmse / z_new.std(0, correction=0)

# %% wrong · spread · error over the standard deviation
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.std(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · variance of the guess over the variance of the new codes
def earned_names(z, k, z_new, k_new):
    def explained(guess, z):
        return guess.var(0, correction=0) / z.var(0, correction=0)
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([explained(m[c], z) for m, c in zip(means, k.T)])
    new = torch.stack([explained(m[c], z_new) for m, c in zip(means, k_new.T)])
    name = old.argmax(0)
    return name, new.gather(0, name[None]).squeeze(0)

# %% wrong · concept · variance of the residuals in place of their mean square
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        rest = z_new - means[k_new[:, t]]
        new.append(1 - rest.var(0, correction=0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · distance of the new codes to the old mean below
def earned_names(z, k, z_new, k_new):
    d = z.shape[1]
    name, share = torch.zeros(d, dtype=torch.long), torch.zeros(d, dtype=z.dtype)
    tables = []
    for t in range(k.shape[1]):
        tables.append(torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()]))
    for j in range(d):
        old = [tables[t][k[:, t], j].var() for t in range(k.shape[1])]
        name[j] = int(np.argmax(old))
        guess = tables[name[j]][k_new[:, name[j]], j]
        share[j] = 1 - ((z_new[:, j] - guess) ** 2).mean() / ((z_new[:, j] - z[:, j].mean()) ** 2).mean()
    return name, share

# %% wrong · term · mean square of the new codes below without subtracting their mean
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).double()
        means = (hot.T @ z) / hot.sum(0).unsqueeze(1)
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / (z_new**2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · numeric · shares held at 0 or above
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        error = (z_new[:, j] - tables[t][k_new[:, t]]).pow(2).mean()
        name.append(t)
        share.append(max(0.0, float(1 - error / z_new[:, j].var(correction=0))))
    return torch.tensor(name), torch.tensor(share)

# %% wrong · axis · best dimension for each trait
def earned_names(z, k, z_new, k_new):
    T, d = k.shape[1], z.shape[1]
    old, new = torch.zeros(d, T, dtype=z.dtype), torch.zeros(d, T, dtype=z.dtype)
    for j in range(d):
        for t in range(T):
            m = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
            old[j, t] = m[k[:, t]].var(correction=0) / z[:, j].var(correction=0)
            new[j, t] = 1 - ((z_new[:, j] - m[k_new[:, t]]) ** 2).mean() / z_new[:, j].var(correction=0)
    name = old.argmax(0)
    return name, new[name, torch.arange(T)]

# %% wrong · order · share first
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = max(range(k.shape[1]), key=lambda t: tables[t][k[:, t]].var().item())
        error = (z_new[:, j] - tables[t][k_new[:, t]]).pow(2).mean()
        name.append(t)
        share.append(1 - error / z_new[:, j].var(unbiased=False))
    return torch.stack(share), torch.tensor(name)

# %% wrong · arguments · smallest share gives the name
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmin(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · weights · name by level means that all count the same
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means.var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · name by correlation with the number of the level
def earned_names(z, k, z_new, k_new):
    d = z.shape[1]
    r = torch.corrcoef(torch.cat([z, k.to(z)], 1).T)[:d, d:]
    name = r.abs().argmax(1)
    share = []
    for j, t in enumerate(name.tolist()):
        means = torch.stack([z[k[:, t] == v, j].mean() for v in range(k[:, t].max() + 1)])
        error = ((z_new[:, j] - means[k_new[:, t]]) ** 2).mean()
        share.append(1 - error / z_new[:, j].var(correction=0))
    return name, torch.stack(share)

# %% wrong · count · traits counted from 1
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name + 1, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · first trait left out so that the columns shift
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(1, k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · last trait left out
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1] - 1):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · count · sums of the levels divided by n instead of their own count
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / len(z)
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · guess by the levels of the first trait for all dimensions
def earned_names(z, k, z_new, k_new):
    old, means = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t], int(k.max()) + 1).to(z)
        means.append(hot.T @ z / hot.sum(0).clamp(min=1)[:, None])
        old.append(means[-1][k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    share = []
    for j in range(z.shape[1]):
        guess = means[name[j]][k_new[:, 0], j]
        share.append(1 - ((z_new[:, j] - guess) ** 2).mean() / z_new[:, j].var(correction=0))
    return name, torch.stack(share)

# %% wrong · arguments · share of the last trait of the loop for all dimensions
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    error = ((z_new - means[k_new[:, t]]) ** 2).mean(0)
    return name, 1 - error / z_new.var(0, correction=0)

# %% wrong · reduction · largest new share of each dimension beside the old name
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(old).argmax(0), torch.stack(new).amax(0)

# %% wrong · form · whole table of new shares
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(old).argmax(0), torch.stack(new)

# %% wrong · form · rows of the table picked so that shares are d by d
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name]

# %% wrong · form · only the names
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    return torch.stack(old).argmax(0)

# %% wrong · form · only the shares
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    return torch.stack(new).gather(0, torch.stack(old).argmax(0)[None])[0]

# %% wrong · form · names as a one-hot table
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    pick = one_hot(name, k.shape[1])
    return pick, (pick * torch.stack(new).T).sum(1)

# %% wrong · form · gather leaves an axis of length 1
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0, keepdim=True)
    return name, torch.stack(new).gather(0, name)

# %% wrong · reduction · one name for all dimensions by the mean share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    t = torch.stack(old).mean(1).argmax()
    return t.expand(z.shape[1]), new[t]

# %% wrong · reduction · one mean share at the end
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))].mean()

# %% wrong · axis · argmax without an axis
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    best = torch.stack(old).argmax()
    return best // z.shape[1], torch.stack(new).flatten()[best]

# %% wrong · axis · variance of all new codes together
def earned_names(z, k, z_new, k_new):
    K = int(k.max()) + 1
    hot = one_hot(k, K).double()
    means = torch.einsum("ntk,nd->tkd", hot, z) / hot.sum(0).clamp(min=1)[:, :, None]
    name = torch.einsum("tk,tkd->td", hot.mean(0), (means - z.mean(0)) ** 2).argmax(0)
    guess = torch.einsum("mtk,tkd->mtd", one_hot(k_new, K).double(), means)
    guess = guess[:, name, torch.arange(len(name))]
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(correction=0)

# %% wrong · axis · error averaged over the dimensions too
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - mse_loss(means[k_new[:, t]], z_new) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · reduction · sum of squared errors over a variance
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).sum(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · power · absolute error over the variance
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - (z_new - means[k_new[:, t]]).abs().mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · power · mean error squared instead of mean squared error
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - (z_new - means[k_new[:, t]]).mean(0) ** 2 / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · squared correlation of guess and new code
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        g, y = means[k_new[:, t]], z_new
        g, y = g - g.mean(0), y - y.mean(0)
        new.append((g * y).sum(0) ** 2 / ((g**2).sum(0) * (y**2).sum(0)))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · both sets thrown together for names and means
def earned_names(z, k, z_new, k_new):
    z_all, k_all = torch.cat([z, z_new]), torch.cat([k, k_new])
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k_all[:, t]).to(z)
        means = hot.T @ z_all / hot.sum(0)[:, None]
        old.append(means[k_all[:, t]].var(0, correction=0) / z_all.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · old and new exchanged
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        levels = max(int(k[:, t].max()), int(k_new[:, t].max())) + 1
        hot = one_hot(k_new[:, t], levels).to(z)
        means = hot.T @ z_new / hot.sum(0).clamp(min=1)[:, None]
        old.append(means[k_new[:, t]].var(0, correction=0) / z_new.var(0, correction=0))
        new.append(1 - ((z - means[k[:, t]]) ** 2).mean(0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · error of the old codes over the variance of the new
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z - means[k[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · sign · error minus 1 as if a penalty
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        name.append(t)
        error = ((z_new[:, j] - tables[t][k_new[:, t]]) ** 2).mean()
        share.append((error - z_new[:, j].var(correction=0)) / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% wrong · concept · every trait may name one dimension only
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    old, new = torch.stack(old), torch.stack(new)
    t, j = scipy.optimize.linear_sum_assignment(old.numpy(), maximize=True)
    name, share = torch.full((z.shape[1],), -1), torch.zeros(z.shape[1]).to(z)
    name[j], share[j] = torch.tensor(t), new[t, j]
    return name, share

# %% wrong · concept · a trait once given away is not given again
def earned_names(z, k, z_new, k_new):
    free, name, share = set(range(k.shape[1])), [], []
    for j in range(z.shape[1]):
        tables = {t: torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()]) for t in range(k.shape[1])}
        t = max(free or tables, key=lambda t: tables[t][k[:, t]].var())
        free.discard(t)
        name.append(t)
        share.append(1 - ((z_new[:, j] - tables[t][k_new[:, t]]) ** 2).mean() / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% wrong · concept · straight line in the level as the guess
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        x = k[:, t].double()
        slope = ((x - x.mean())[:, None] * z).mean(0) / x.var(correction=0)
        guess = z.mean(0) + slope * (k_new[:, t] - x.mean())[:, None]
        new.append(1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · concept · medians of the levels as guesses
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        n = int(k[:, t].max()) + 1
        means = torch.stack([z[k[:, t] == v].median(0).values for v in range(n)])
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · term · guess is only the distance of the level to the mean of all
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ (z - z.mean(0)) / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · term · both sets centred by their own means before guessing
def earned_names(z, k, z_new, k_new):
    zc, zn = z - z.mean(0), z_new - z_new.mean(0)
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ zc / hot.sum(0)[:, None]
        old.append((means[k[:, t]] ** 2).mean(0) / (zc**2).mean(0))
        new.append(1 - ((zn - means[k_new[:, t]]) ** 2).mean(0) / (zn**2).mean(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · r2 with truth and guess exchanged, so the guess's variance is below
def earned_names(z, k, z_new, k_new):
    def r2(guess, truth):
        return 1 - ((truth - guess) ** 2).mean(0) / guess.var(0, correction=0)
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m[c].var(0) / z.var(0) for m, c in zip(means, k.T)])
    new = torch.stack([r2(m[c], z_new) for m, c in zip(means, k_new.T)])
    name = old.argmax(0)
    return name, new[name, range(len(name))]

# %% wrong · concept · name by the F statistic which knows the number of levels
def earned_names(z, k, z_new, k_new):
    f = np.stack([stats.f_oneway(*[z[c == v].numpy() for v in c.unique()]).statistic for c in k.T])
    name = torch.from_numpy(f.argmax(0))
    share = []
    for j, t in enumerate(name.tolist()):
        m = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
        share.append(1 - ((z_new[:, j] - m[k_new[:, t]]) ** 2).mean() / z_new[:, j].var(correction=0))
    return name, torch.stack(share)

# %% wrong · concept · name by the distance of highest and lowest level mean
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    name = torch.stack([m.max(0).values - m.min(0).values for m in means]).argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · form · value of the maximum in place of its position
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m[c].var(0, correction=0) / z.var(0, correction=0) for m, c in zip(means, k.T)])
    name, at = old.max(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(at.tolist())], 1)
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · form · names and shares stacked into one table
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m[c].var(0, correction=0) for m, c in zip(means, k.T)])
    name = old.argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    share = 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)
    return torch.stack([name.double(), share])

# %% wrong · form · a list of pairs, one for each dimension
def earned_names(z, k, z_new, k_new):
    out = []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        error = ((z_new[:, j] - tables[t][k_new[:, t]]) ** 2).mean()
        out.append([t, float(1 - error / z_new[:, j].var(correction=0))])
    return out

# %% wrong · concept · level guessed as the nearest mean to the new code
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        level = (z_new[:, j, None] - tables[t]).abs().argmin(1)
        error = ((z_new[:, j] - tables[t][level]) ** 2).mean()
        name.append(t)
        share.append(1 - error / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% wrong · concept · share of new creatures whose nearest level is the true one
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        level = (z_new[:, j, None] - tables[t]).abs().argmin(1)
        name.append(t)
        share.append((level == k_new[:, t]).double().mean())
    return torch.tensor(name), torch.stack(share)

# %% wrong · count · level numbers thought to begin at 1
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m[c - 1].var(0, correction=0) / z.var(0, correction=0) for m, c in zip(means, k.T)])
    name = old.argmax(0)
    new = [1 - ((z_new - m[c - 1]) ** 2).mean(0) / z_new.var(0, correction=0) for m, c in zip(means, k_new.T)]
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · guesses of the first old creatures laid beside the new ones
def earned_names(z, k, z_new, k_new):
    n = min(len(z), len(z_new))
    old, new = [], []
    for t in range(k.shape[1]):
        guess = torch.zeros_like(z)
        for v in k[:, t].unique():
            guess[k[:, t] == v] = z[k[:, t] == v].mean(0)
        old.append(guess.var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new[:n] - guess[:n]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · term · codes of both sets standardised by their own mean and spread
def earned_names(z, k, z_new, k_new):
    z = (z - z.mean(0)) / z.std(0, correction=0)
    z_new = (z_new - z_new.mean(0)) / z_new.std(0, correction=0)
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    name = torch.stack([m[c].var(0) for m, c in zip(means, k.T)]).argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name, 1 - (z_new - guess).square().mean(0)

# %% wrong · concept · mean of the old and the new share
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    def r2(z, k):
        return torch.stack([1 - ((z - m[c]) ** 2).mean(0) / z.var(0, correction=0) for m, c in zip(means, k.T)])
    old, new = r2(z, k), r2(z_new, k_new)
    name = old.argmax(0)
    return name, ((old + new) / 2)[name, torch.arange(len(name))]

# %% wrong · concept · all traits added up for the guess
def earned_names(z, k, z_new, k_new):
    centre = z.mean(0)
    guess, old = centre.expand_as(z_new).clone(), []
    for t in range(k.shape[1]):
        m = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()]) - centre
        old.append((m[k[:, t]] ** 2).mean(0))
        guess += m[k_new[:, t]]
    return torch.stack(old).argmax(0), 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · reduction · share of every trait averaged for each dimension
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m[c].var(0) / z.var(0) for m, c in zip(means, k.T)])
    new = torch.stack([1 - ((z_new - m[c]) ** 2).mean(0) / z_new.var(0, correction=0) for m, c in zip(means, k_new.T)])
    return old.argmax(0), new.mean(0)

# %% wrong · spread · name by the smallest spread inside the levels, levels all counting the same
def earned_names(z, k, z_new, k_new):
    inside = [torch.stack([z[c == v].var(0, correction=0) for v in c.unique()]).mean(0) for c in k.T]
    name = torch.stack(inside).argmin(0)
    share = []
    for j, t in enumerate(name.tolist()):
        m = torch.stack([z[k[:, t] == v, j].mean() for v in k[:, t].unique()])
        share.append(1 - ((z_new[:, j] - m[k_new[:, t]]) ** 2).mean() / z_new[:, j].var(correction=0))
    return name, torch.stack(share)

# %% wrong · weights · sum over levels of the squared distance gives the name, frequencies forgotten
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    name = torch.stack([((m - z.mean(0)) ** 2).sum(0) for m in means]).argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · unfinished · return inside the loop over dimensions
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        t = int(np.argmax([float(m[c].var()) for m, c in zip(tables, k.T)]))
        error = ((z_new[:, j] - tables[t][k_new[:, t]]) ** 2).mean()
        name.append(t)
        share.append(1 - error / z_new[:, j].var(correction=0))
        return torch.tensor(name), torch.stack(share)

# %% wrong · unfinished · running variable of the best share never reset, so later dimensions keep old names
def earned_names(z, k, z_new, k_new):
    name, share, best, at = [], [], -1.0, 0
    for j in range(z.shape[1]):
        tables = [torch.stack([z[c == v, j].mean() for v in c.unique()]) for c in k.T]
        for t, m in enumerate(tables):
            s = float(m[k[:, t]].var() / z[:, j].var())
            if s > best:
                best, at = s, t
        error = ((z_new[:, j] - tables[at][k_new[:, at]]) ** 2).mean()
        name.append(at)
        share.append(1 - error / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% wrong · raises · last level left out of the table
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in range(int(c.max()))]) for c in k.T]
    old = torch.stack([m[c].var(0) / z.var(0) for m, c in zip(means, k.T)])
    name = old.argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · two · error over the guess's variance and share first
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    name = torch.stack([m[c].var(0) for m, c in zip(means, k.T)]).argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return 1 - ((z_new - guess) ** 2).mean(0) / guess.var(0, correction=0), name

# %% wrong · two · names by unweighted means and share on the old codes
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    old = torch.stack([m.var(0, correction=0) / z.var(0, correction=0) for m in means])
    share, name = old.max(0)
    return name, share

# %% wrong · two · names counted from 1 and old variance below
def earned_names(z, k, z_new, k_new):
    means = [torch.stack([z[c == v].mean(0) for v in c.unique()]) for c in k.T]
    name = torch.stack([m[c].var(0) for m, c in zip(means, k.T)]).argmax(0)
    guess = torch.stack([means[t][k_new[:, t], j] for j, t in enumerate(name.tolist())], 1)
    return name + 1, 1 - ((z_new - guess) ** 2).mean(0) / z.var(0, correction=0)

# %% wrong · broadcast · means of the level taken over all dimensions
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        guess = means.mean(1)[k_new[:, t]][:, None]
        new.append(1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · weights · mean over levels of the error in each level
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        errors = [((z_new[k_new[:, t] == v] - means[v]) ** 2).mean(0) for v in k_new[:, t].unique()]
        new.append(1 - torch.stack(errors).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · arguments · levels of the new creatures paired with the wrong trait's column
def earned_names(z, k, z_new, k_new):
    K = int(k.max()) + 1
    hot = one_hot(k, K).to(z)
    means = torch.einsum("ntk,nd->tkd", hot, z) / hot.sum(0).clamp(min=1)[..., None]
    pi = hot.mean(0)
    old = torch.einsum("tk,tkd->td", pi, (means - z.mean(0)) ** 2) / z.var(0, correction=0)
    name = old.argmax(0)
    d = torch.arange(len(name))
    guess = means[name, k_new[:, d % k.shape[1]], d]
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% wrong · unfinished · mean of all old codes as the guess
def earned_names(z, k, z_new, k_new):
    old = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    error = ((z_new - z.mean(0)) ** 2).mean(0)
    return name, 1 - error / z_new.var(0, correction=0)

# %% wrong · concept · new share minus old share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    old, new = torch.stack(old), torch.stack(new)
    name = old.argmax(0)
    return name, (new - old)[name, torch.arange(len(name))]

# %% wrong · concept · names whose share falls below 0 are taken back
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    share = torch.stack(new)[name, torch.arange(len(name))]
    return torch.where(share > 0, name, -1), share

# %% wrong · factor · share in per cent
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(100 - 100 * ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · order · sorted by share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    share, order = torch.stack(new)[name, torch.arange(len(name))].sort(descending=True)
    return name[order], share

# %% wrong · raises · old levels index guesses for the new codes
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · raises · lists are not stacked
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = old.argmax(0)
    return name, new[name]

# %% wrong · two · names and means from the new codes and old variance below
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k_new[:, t]).to(z)
        means = hot.T @ z_new / hot.sum(0).clamp(min=1)[:, None]
        guess = means[k_new[:, t]]
        old.append(guess.var(0, correction=0))
        new.append(1 - ((z_new - guess) ** 2).mean(0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · share first and 1 minus missing
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return torch.stack(new)[name, torch.arange(len(name))], name

# %% wrong · two · unweighted level means for the name and n - 1 below the error
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means.var(0) / z.var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · names from 1 and shares held at 0
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append((1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0)).relu())
    name = torch.stack(old).argmax(0)
    return name + 1, torch.stack(new)[name, torch.arange(len(name))]

# %% wrong · two · best dimension for each trait and its share on the old codes
def earned_names(z, k, z_new, k_new):
    shares = []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        shares.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
    share, name = torch.stack(shares).max(1)
    return name, share

# %% wrong · two · correlation for the name and a straight line for the guess
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        fits = [stats.linregress(k[:, t].numpy(), z[:, j].numpy()) for t in range(k.shape[1])]
        t = int(np.argmax([f.rvalue**2 for f in fits]))
        guess = fits[t].intercept + fits[t].slope * k_new[:, t]
        name.append(t)
        share.append(1 - ((z_new[:, j] - guess) ** 2).mean() / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% wrong · two · residual variance with the old variance below
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - (z_new - means[k_new[:, t]]).var(0, correction=0) / z.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · term · name by the mean square of the guesses, whose missing mean is the same for all traits
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(hot.mean(0) @ means**2 / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · form · loop over dimensions and levels
def earned_names(z, k, z_new, k_new):
    name, share = [], []
    for j in range(z.shape[1]):
        best, best_t, best_means = -1.0, None, None
        for t in range(k.shape[1]):
            means = [z[k[:, t] == v, j].mean() for v in range(int(k[:, t].max()) + 1)]
            guess = torch.stack([means[v] for v in k[:, t]])
            s = float(guess.var(correction=0) / z[:, j].var(correction=0))
            if s > best:
                best, best_t, best_means = s, t, means
        guess = torch.stack([best_means[v] for v in k_new[:, best_t]])
        name.append(best_t)
        share.append(1 - ((z_new[:, j] - guess) ** 2).mean() / z_new[:, j].var(correction=0))
    return torch.tensor(name), torch.stack(share)

# %% right · form · einsum over all traits at once
def earned_names(z, k, z_new, k_new):
    hot = one_hot(k).to(z)
    means = torch.einsum("ntk,nd->tkd", hot, z) / hot.sum(0).clamp(min=1)[..., None]
    old = torch.einsum("tk,tkd->td", hot.mean(0), (means - z.mean(0)) ** 2)
    name = (old / z.var(0, correction=0)).argmax(0)
    guess = means[name, k_new[:, name], torch.arange(len(name))]
    return name, 1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0, correction=0)

# %% right · term · name by the explained variance itself, since the whole is the same for all traits
def earned_names(z, k, z_new, k_new):
    between, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        between.append(means[k[:, t]].var(0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(between).argmax(0)
    return name, torch.stack(new).gather(0, name[None])[0]

# %% right · concept · name by the smallest left-over error
def earned_names(z, k, z_new, k_new):
    left, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in k[:, t].unique()])
        left.append((z - means[k[:, t]]).square().mean(0))
        new.append((z_new - means[k_new[:, t]]).square().mean(0))
    name = torch.stack(left).argmin(0)
    error = torch.stack(new)[name, range(len(name))]
    return name, 1 - error / z_new.var(0, correction=0)

# %% right · form · NumPy
def earned_names(z, k, z_new, k_new):
    z, k, z_new, k_new = (a.numpy() for a in (z, k, z_new, k_new))
    tables = [np.stack([z[k[:, t] == v].mean(0) for v in range(k[:, t].max() + 1)]) for t in range(k.shape[1])]
    old = np.stack([m[k[:, t]].var(0) for t, m in enumerate(tables)]) / z.var(0)
    name = old.argmax(0)
    guess = np.stack([tables[t][k_new[:, t], j] for j, t in enumerate(name)], 1)
    return torch.from_numpy(name), torch.from_numpy(1 - ((z_new - guess) ** 2).mean(0) / z_new.var(0))

# %% right · concept · least squares on the one-hot levels
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        n = int(k[:, t].max()) + 1
        X, X_new = one_hot(k[:, t], n).to(z), one_hot(k_new[:, t], n).to(z)
        coef = torch.linalg.lstsq(X, z).solution
        old.append(1 - (z - X @ coef).square().sum(0) / (z - z.mean(0)).square().sum(0))
        new.append(1 - (z_new - X_new @ coef).square().sum(0) / (z_new - z_new.mean(0)).square().sum(0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · form · helper functions for shares and means
def earned_names(z, k, z_new, k_new):
    def level_means(z, k):
        return torch.stack([z[k == v].mean(0) for v in range(int(k.max()) + 1)])
    def explained(z, k):
        return level_means(z, k)[k].var(0, correction=0) / z.var(0, correction=0)
    table = torch.stack([explained(z, k[:, t]) for t in range(k.shape[1])], dim=1)
    name = table.argmax(1)
    share = torch.empty(z.shape[1], dtype=z.dtype)
    for j, t in enumerate(name):
        guess = level_means(z, k[:, t])[k_new[:, t], j]
        share[j] = 1 - mse_loss(guess, z_new[:, j]) / z_new[:, j].var(correction=0)
    return name, share

# %% right · form · dictionaries of means
def earned_names(z, k, z_new, k_new):
    T, d = k.shape[1], z.shape[1]
    means = {(t, v): z[k[:, t] == v].mean(0) for t in range(T) for v in k[:, t].unique().tolist()}
    def guess(levels, t):
        return torch.stack([means[t, v] for v in levels[:, t].tolist()])
    old = torch.stack([guess(k, t).var(0, unbiased=False) / z.var(0, unbiased=False) for t in range(T)])
    name = torch.max(old, dim=0).indices
    new = torch.stack([((z_new - guess(k_new, t)) ** 2).mean(0) for t in range(T)])
    return name, 1 - new[name, torch.arange(d)] / z_new.var(0, unbiased=False)

# %% right · form · index_add and bincount
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        counts = torch.bincount(k[:, t])
        means = torch.zeros(len(counts), z.shape[1]).to(z).index_add(0, k[:, t], z) / counts[:, None]
        old.append((counts[:, None] * (means - z.mean(0)) ** 2).sum(0))
        new.append(((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, 1 - torch.stack(new)[name, torch.arange(len(name))]

# %% right · form · names and shares as lists of numbers made into tensors
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        means = torch.stack([z[k[:, t] == v].mean(0) for v in range(int(k[:, t].max()) + 1)])
        old.append((means[k[:, t]].var(0) / z.var(0)).tolist())
        new.append((1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0)).tolist())
    name = [max(range(len(old)), key=lambda t: old[t][j]) for j in range(z.shape[1])]
    return torch.tensor(name), torch.tensor([new[t][j] for j, t in enumerate(name)], dtype=z.dtype)

# %% right · form · best trait so far kept in the loop
def earned_names(z, k, z_new, k_new):
    name = torch.zeros(z.shape[1], dtype=torch.long)
    best = torch.full((z.shape[1],), -1.0, dtype=z.dtype)
    share = torch.zeros_like(best)
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old = means[k[:, t]].var(0, correction=0) / z.var(0, correction=0)
        new = 1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0)
        better = old > best
        name[better], best[better], share[better] = t, old[better], new[better]
    return name, share

# %% right · concept · square of spread and bias of the residuals added
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).double()
        means = (hot / hot.sum(0)).T @ z
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        rest = z_new - means[k_new[:, t]]
        new.append(1 - (rest.var(0, correction=0) + rest.mean(0) ** 2) / z_new.var(0, correction=0))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · numeric · small stabilisers in both divisions
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / (hot.sum(0)[:, None] + 1e-9)
        old.append(means[k[:, t]].var(0, correction=0) / (z.var(0, correction=0) + 1e-9))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / (z_new.var(0, correction=0) + 1e-9))
    name = torch.stack(old).argmax(0)
    return name, torch.stack(new)[name, torch.arange(len(name))]

# %% right · form · one-hot of the name picks the share
def earned_names(z, k, z_new, k_new):
    old, new = [], []
    for t in range(k.shape[1]):
        hot = one_hot(k[:, t]).to(z)
        means = hot.T @ z / hot.sum(0)[:, None]
        old.append(means[k[:, t]].var(0, correction=0) / z.var(0, correction=0))
        new.append(1 - ((z_new - means[k_new[:, t]]) ** 2).mean(0) / z_new.var(0, correction=0))
    old, new = torch.stack(old, 1), torch.stack(new, 1)
    name = old.max(1).indices
    return name, (one_hot(name, k.shape[1]) * new).sum(1)
