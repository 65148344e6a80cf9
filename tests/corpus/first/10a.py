# %% wrong · numeric · densities are exponentiated before the sum, so far points get −∞
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0)
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (pi * log_n.exp()).sum(1).log()

# %% wrong · numeric · a small number is added before the logarithm
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0)
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return ((pi * log_n.exp()).sum(1) + 1e-12).log()

# %% wrong · weights · the logits are used as log weights without normalising
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits + log_n).logsumexp(1)

# %% wrong · weights · the logarithm of the logits as if they were weights already
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.abs().log() + log_n).logsumexp(1)

# %% wrong · log · the softmax is added where its logarithm should be
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.softmax(0) + log_n).logsumexp(1)

# %% wrong · weights · no weights at all
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return log_n.logsumexp(1)

# %% wrong · weights · equal weights 1 over K
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return log_n.logsumexp(1) - math.log(len(logits))

# %% wrong · concept · the average of the log-densities in place of the log of the average
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return log_n @ logits.softmax(0)

# %% wrong · order · each dimension is mixed on its own and the logs are added
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi))
    return (logits.log_softmax(0)[:, None] + log_n).logsumexp(1).sum(-1)

# %% wrong · reduction · the dimensions are averaged
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).mean(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · logvar is taken for log σ
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, logvar.exp()).log_prob(z[:, None]).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · exp of logvar squared once more as the variance
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp() ** 2
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · divided by σ and not by σ²
def log_mixture(z, logits, mu, logvar):
    sigma = (0.5 * logvar).exp()
    square = (z[:, None] - mu) ** 2 / sigma
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · divided by the log-variance itself
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · multiplied by the variance as if it were a precision
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 * logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · term · 2π is forgotten
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · term · the log-variance term is forgotten
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · count · the constant is added once and not for each dimension
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * ((square + logvar).sum(-1) + math.log(2 * math.pi))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · count · the constant is taken K times and not d times
def log_mixture(z, logits, mu, logvar):
    K = len(mu)
    square = ((z[:, None] - mu) ** 2 / logvar.exp()).sum(-1)
    log_n = -0.5 * (square + logvar.sum(-1) + K * math.log(2 * math.pi))
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · the ½ is missing
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -(square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · the ½ holds for the square only
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -(0.5 * square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · ½ missing before the square
def log_mixture(z, logits, mu, logvar):
    log_n = -((z[:, None] - mu) ** 2 / logvar.exp() + 0.5 * logvar + 0.5 * math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(torch.log_softmax(logits, 0) + log_n, 1)

# %% wrong · sign · the log-variance has the wrong sign
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square - logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · the constant has the wrong sign
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar - math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · plus ½ in place of minus ½
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = 0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · returns the loss, minus log p
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return -(logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · sign · the log weights are subtracted
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (log_n - logits.log_softmax(0)).logsumexp(1)

# %% wrong · power · the distance is not squared
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu).abs() / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · reduction · the best component alone is taken
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).max(1)[0]

# %% wrong · reduction · the component logs are summed in place of logsumexp
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).sum(1)

# %% wrong · axis · logsumexp over the points
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(0)

# %% wrong · axis · the weights are normalised over the joint table along the components
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits + log_n).log_softmax(1).logsumexp(1)

# %% wrong · unfinished · the table for each component is returned
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return logits.log_softmax(0) + log_n

# %% wrong · reduction · averaged over the points to one number
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1).mean()

# %% wrong · form · a column in place of a vector
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1, keepdim=True)

# %% wrong · unfinished · the density and not its logarithm
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1).exp()

# %% wrong · gradient · the weights are detached
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.detach().log_softmax(0)
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (log_pi + log_n).logsumexp(1)

# %% wrong · gradient · everything happens under no_grad
@torch.no_grad()
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · gradient · NumPy and SciPy on detached arrays
def log_mixture(z, logits, mu, logvar):
    z, logits, mu, logvar = (a.detach().numpy() for a in (z, logits, mu, logvar))
    log_n = stats.norm.logpdf(z[:, None], mu, np.exp(logvar / 2)).sum(-1)
    return torch.tensor(special.logsumexp(special.log_softmax(logits) + log_n, axis=1))

# %% wrong · gradient · the distribution is rebuilt from new tensors
def log_mixture(z, logits, mu, logvar):
    scale = torch.tensor((0.5 * logvar).exp().tolist(), dtype=z.dtype)
    parts = Independent(Normal(mu, scale), 1)
    return MixtureSameFamily(Categorical(logits=logits), parts).log_prob(z)

# %% wrong · numeric · the logits go through softmax and are clamped before the log
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.softmax(0).clamp(min=0.05).log()
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (log_pi + log_n).logsumexp(1)

# %% wrong · numeric · log-densities are clamped at −700 against underflow
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    p = (logits.softmax(0) * log_n.clamp(min=-700).exp()).sum(1)
    return p.log()

# %% wrong · numeric · the variance is kept above one tenth
def log_mixture(z, logits, mu, logvar):
    var = logvar.exp() + 0.1
    square = (z[:, None] - mu) ** 2 / var
    log_n = -0.5 * (square + var.log() + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · concept · one Gaussian with the mixture's mean and mean variance
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0)
    m, v = pi @ mu, pi @ logvar.exp()
    return Normal(m, v.sqrt()).log_prob(z).sum(-1)

# %% wrong · concept · the moment-matched single Gaussian
def log_mixture(z, logits, mu, logvar):
    pi = logits.softmax(0)
    m = pi @ mu
    v = pi @ (logvar.exp() + mu**2) - m**2
    return Normal(m, v.sqrt()).log_prob(z).sum(-1)

# %% wrong · weights · sigmoid of each logit in place of the softmax
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logsigmoid(logits) + log_n).logsumexp(1)

# %% wrong · weights · logits divided by their sum
def log_mixture(z, logits, mu, logvar):
    pi = logits / logits.sum()
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (pi.clamp(min=1e-9).log() + log_n).logsumexp(1)

# %% wrong · weights · the normaliser of the logits is subtracted twice
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1) - logits.logsumexp(0)

# %% wrong · count · the sum over components is divided by K on top of the weights
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1) - math.log(len(logits))

# %% wrong · broadcast · the log weights are added before the sum over dimensions
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    table = logits.log_softmax(0)[:, None] - 0.5 * (square + logvar + math.log(2 * math.pi))
    return table.sum(-1).logsumexp(1)

# %% wrong · log · log base 2
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1) / math.log(2)

# %% wrong · log · 2π without its logarithm
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + 2 * math.pi).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · log · log of π where log of 2π belongs
def log_mixture(z, logits, mu, logvar):
    square = (z[:, None] - mu) ** 2 / logvar.exp()
    log_n = -0.5 * (square + logvar + math.log(math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · the variance itself is added where its log belongs
def log_mixture(z, logits, mu, logvar):
    var = logvar.exp()
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / var + var + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · all components share their mean variance
def log_mixture(z, logits, mu, logvar):
    shared = logvar.exp().mean(0).sqrt()
    log_n = Normal(mu, shared).log_prob(z[:, None]).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · spread · σ is the root of the log-variance
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, logvar.abs().sqrt()).log_prob(z[:, None]).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · factor · halved once more after σ was made
def log_mixture(z, logits, mu, logvar):
    std = (0.5 * logvar).exp()
    log_n = (-0.5 * ((z[:, None] - mu) / std) ** 2 - 0.5 * std.log() - 0.5 * math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · two · softmax for log_softmax and no 2π
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / logvar.exp() + logvar).sum(-1)
    return (torch.softmax(logits, 0) + log_n).logsumexp(1)

# %% wrong · two · raw logits as weights and logvar as log σ
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, logvar.exp()).log_prob(z[:, None]).sum(-1)
    return (logits + log_n).logsumexp(1)

# %% wrong · two · dimensions mixed apart and raw logits
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None])
    return (logits[:, None] + log_n).logsumexp(1).sum(1)

# %% wrong · two · underflow in exp and weights forgotten
def log_mixture(z, logits, mu, logvar):
    p = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None]).sum(-1).exp()
    return p.mean(1).log()

# %% wrong · two · 2π missing and mean over the dimensions
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / logvar.exp() + logvar).mean(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · two · wrong sign of the log-variance and the constant once
def log_mixture(z, logits, mu, logvar):
    quad = ((z[:, None] - mu) ** 2 * torch.exp(-logvar)).sum(-1)
    log_n = -0.5 * quad + 0.5 * logvar.sum(-1) - 0.5 * math.log(2 * math.pi)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · raises · z has no axis for the components
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · raises · math.exp of a tensor
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / math.exp(logvar) + logvar + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1)

# %% wrong · term · the standard normal of the old prior is added as well
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None]).sum(-1)
    return (logits.log_softmax(0) + log_n).logsumexp(1) + Normal(0.0, 1.0).log_prob(z).sum(1)

# %% wrong · arguments · mean and log-variance exchanged in the call
def log_mixture(z, logits, mu, logvar):
    def log_normal(x, lv, m):
        return -0.5 * ((x - m) ** 2 / lv.exp() + lv + math.log(2 * math.pi)).sum(-1)
    return (logits.log_softmax(0) + log_normal(z[:, None], mu, logvar)).logsumexp(1)

# %% wrong · concept · the entropy-like bound with responsibilities in place of the weights
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None]).sum(-1)
    joint = logits.log_softmax(0) + log_n
    r = joint.softmax(1)
    return (r * joint).sum(1)

# %% right · distributions · MixtureSameFamily
def log_mixture(z, logits, mu, logvar):
    parts = Independent(Normal(mu, (0.5 * logvar).exp()), 1)
    return MixtureSameFamily(Categorical(logits=logits), parts).log_prob(z)

# %% right · normal · Normal.log_prob and logsumexp
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, torch.exp(logvar / 2)).log_prob(z.unsqueeze(1)).sum(-1)
    return torch.logsumexp(F.log_softmax(logits, dim=0) + log_n, dim=1)

# %% right · late · normaliser of the logits subtracted at the end
def log_mixture(z, logits, mu, logvar):
    log_n = -0.5 * ((z[:, None] - mu) ** 2 / logvar.exp() + logvar + math.log(2 * math.pi)).sum(-1)
    return torch.logsumexp(logits + log_n, 1) - torch.logsumexp(logits, 0)

# %% right · loop · a loop over the components
def log_mixture(z, logits, mu, logvar):
    log_pi = logits - logits.logsumexp(0)
    rows = []
    for k in range(len(logits)):
        rows.append(log_pi[k] + Normal(mu[k], (logvar[k] / 2).exp()).log_prob(z).sum(1))
    return torch.stack(rows).logsumexp(0)

# %% right · logaddexp · components added one after the other
def log_mixture(z, logits, mu, logvar):
    log_pi = logits.log_softmax(0)
    total = None
    for lp, m, lv in zip(log_pi, mu, logvar):
        part = lp - 0.5 * ((z - m) ** 2 * (-lv).exp() + lv + math.log(2 * math.pi)).sum(1)
        total = part if total is None else torch.logaddexp(total, part)
    return total

# %% right · max · log-sum-exp by hand with the largest term taken out
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None]).sum(-1)
    joint = logits.log_softmax(0) + log_n
    top = joint.max(1, keepdim=True)[0].detach()
    return top[:, 0] + (joint - top).exp().sum(1).log()

# %% right · multivariate · full covariance matrices that are diagonal
def log_mixture(z, logits, mu, logvar):
    parts = MultivariateNormal(mu, torch.diag_embed(logvar.exp()))
    return (logits.log_softmax(0) + parts.log_prob(z[:, None])).logsumexp(1)

# %% right · einsum · the sum over dimensions by einsum
def log_mixture(z, logits, mu, logvar):
    precision = torch.exp(-logvar)
    quad = torch.einsum("nkd,kd->nk", (z[:, None] - mu) ** 2, precision)
    const = (logvar + math.log(2 * math.pi)).sum(1)
    return (logits.log_softmax(0) - 0.5 * (quad + const)).logsumexp(1)

# %% right · axes · components in front
def log_mixture(z, logits, mu, logvar):
    diff = (z - mu[:, None]) / (logvar[:, None] / 2).exp()
    log_n = -0.5 * diff.square().sum(-1) - 0.5 * logvar.sum(-1)[:, None] - z.shape[1] / 2 * math.log(2 * math.pi)
    return (logits.log_softmax(0)[:, None] + log_n).logsumexp(0)

# %% right · responsibilities · joint minus log responsibility of the first component
def log_mixture(z, logits, mu, logvar):
    log_n = Normal(mu, (logvar / 2).exp()).log_prob(z[:, None]).sum(-1)
    joint = logits.log_softmax(0) + log_n
    r = joint.softmax(1)
    return (r * (joint - joint.log_softmax(1))).sum(1)

# %% right · categorical · normalised logits from Categorical
def log_mixture(z, logits, mu, logvar):
    log_pi = Categorical(logits=logits).logits
    log_n = Independent(Normal(mu, logvar.exp().sqrt()), 1).log_prob(z[:, None])
    return (log_pi[None] + log_n).logsumexp(-1)

# %% right · helper · a helper for one Gaussian
def log_mixture(z, logits, mu, logvar):
    def log_normal(x, m, lv):
        return -0.5 * (((x - m) / (lv / 2).exp()) ** 2 + lv + math.log(2 * math.pi))
    table = log_normal(z[:, None, :], mu[None], logvar[None]).sum(2)
    return (table + torch.log_softmax(logits, -1)).logsumexp(1)

# %% right · weighted · the weights' log as a difference and sums as products with ones
def log_mixture(z, logits, mu, logvar):
    ones = torch.ones(z.shape[1], dtype=z.dtype)
    table = (z[:, None] - mu) ** 2 * torch.exp(-logvar) + logvar + math.log(2 * math.pi)
    return (logits - torch.log(torch.exp(logits - logits.max()).sum()) - logits.max() - 0.5 * table @ ones).logsumexp(1)

# %% right · vmap · one point at a time, stacked
def log_mixture(z, logits, mu, logvar):
    log_pi, std = logits.log_softmax(0), (0.5 * logvar).exp()
    return torch.stack([(log_pi + Normal(mu, std).log_prob(row).sum(1)).logsumexp(0) for row in z])

# %% right · gaussians · the course's own log density
def log_mixture(z, logits, mu, logvar):
    from vaelib.gaussians import log_normal_diag
    return (logits.log_softmax(0) + log_normal_diag(z[:, None], mu, logvar)).logsumexp(1)
