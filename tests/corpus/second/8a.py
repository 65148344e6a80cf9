# %% wrong · numeric · sigmoid first, then the logarithms of f and 1 minus f
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (x * f.log() + (1 - x) * (1 - f).log()).sum(-1)

# %% wrong · numeric · clamps f away from 0 and 1 by 1e-7
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits).clamp(1e-7, 1 - 1e-7)
    return (x * torch.log(f) + (1 - x) * torch.log(1 - f)).sum(-1)

# %% wrong · numeric · adds 1e-8 inside both logarithms
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (x * torch.log(f + 1e-8) + (1 - x) * torch.log(1 - f + 1e-8)).sum(-1)

# %% wrong · numeric · smallest positive number as the floor of both probabilities
def log_px_given_z(x, logits):
    tiny = torch.finfo(logits.dtype).tiny
    f = logits.sigmoid()
    return (x * f.clamp(min=tiny).log() + (1 - x) * (1 - f).clamp(min=tiny).log()).sum(-1)

# %% wrong · numeric · Bernoulli from probabilities
def log_px_given_z(x, logits):
    return Bernoulli(probs=torch.sigmoid(logits)).log_prob(x).sum(-1)

# %% wrong · numeric · binary_cross_entropy on the sigmoid, which cuts at minus 100
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return -F.binary_cross_entropy(f, x.expand_as(f), reduction="none").sum(-1)

# %% wrong · numeric · log of 1 plus exp, which overflows at some hundreds in float32 style code
def log_px_given_z(x, logits):
    a = logits.float()
    return (x * a - torch.log(1 + torch.exp(a))).sum(-1).to(logits.dtype)

# %% wrong · numeric · logits clipped to plus or minus 30
def log_px_given_z(x, logits):
    a = logits.clamp(-30, 30)
    return (x * a - softplus(a)).sum(-1)

# %% wrong · numeric · log of f by logsigmoid, log of 1 minus f from the probability
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (x * logsigmoid(logits) + (1 - x) * torch.log(1 - f)).sum(-1)

# %% wrong · numeric · nan and infinities replaced by 0
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    terms = x * f.log() + (1 - x) * (1 - f).log()
    return torch.nan_to_num(terms, nan=0.0, neginf=0.0).sum(-1)

# %% wrong · numeric · log of the probability of the seen pixel, floored
def log_px_given_z(x, logits):
    f = logits.sigmoid()
    p = torch.where(x == 1, f, 1 - f)
    return torch.log(p.clamp(min=1e-30)).sum(-1)

# %% wrong · numeric · xlogy on the rounded probabilities
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (torch.xlogy(x, f) + torch.xlogy(1 - x, 1 - f)).sum(-1)

# %% wrong · numeric · product of the pixel probabilities, then the logarithm
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return torch.log((f**x * (1 - f) ** (1 - x)).prod(-1))

# %% wrong · sign · the loss, not the log-likelihood
def log_px_given_z(x, logits):
    target = x.expand_as(logits)
    return F.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(-1)

# %% wrong · sign · softplus minus x times logits
def log_px_given_z(x, logits):
    return (softplus(logits) - x * logits).sum(-1)

# %% wrong · sign · softplus added
def log_px_given_z(x, logits):
    return (x * logits + softplus(logits)).sum(-1)

# %% wrong · sign · softplus of minus the logits beside x times the logits
def log_px_given_z(x, logits):
    return (x * logits - softplus(-logits)).sum(-1)

# %% wrong · sign · both logits with a minus, as if log-odds of off
def log_px_given_z(x, logits):
    return (-x * logits - softplus(-logits)).sum(-1)

# %% wrong · sign · the minus of the second softplus got lost
def log_px_given_z(x, logits):
    log_f = -softplus(-logits)
    log_1mf = softplus(logits)
    return (x * log_f + (1 - x) * log_1mf).sum(-1)

# %% wrong · sign · log f written as plus softplus of minus the logits
def log_px_given_z(x, logits):
    log_f = softplus(-logits)
    log_1mf = -softplus(logits)
    return (x * log_f + (1 - x) * log_1mf).sum(-1)

# %% wrong · arguments · log f and log of 1 minus f exchanged
def log_px_given_z(x, logits):
    log_on = logsigmoid(logits)
    log_off = logsigmoid(-logits)
    return ((1 - x) * log_on + x * log_off).sum(-1)

# %% wrong · arguments · logsigmoid of the same sign in both terms
def log_px_given_z(x, logits):
    return (x * logsigmoid(logits) + (1 - x) * logsigmoid(logits)).sum(-1)

# %% wrong · term · only the pixels that are on count
def log_px_given_z(x, logits):
    return (x * logsigmoid(logits)).sum(-1)

# %% wrong · term · only the pixels that are off count
def log_px_given_z(x, logits):
    return ((1 - x) * logsigmoid(-logits)).sum(-1)

# %% wrong · term · softplus multiplied with 1 minus x
def log_px_given_z(x, logits):
    return (x * logits - (1 - x) * softplus(logits)).sum(-1)

# %% wrong · term · softplus left out
def log_px_given_z(x, logits):
    return (x * logits).sum(-1)

# %% wrong · term · log f and its difference to log of 1 minus f both beside x
def log_px_given_z(x, logits):
    return (x * (logits - softplus(logits)) + logsigmoid(-logits)).sum(-1)

# %% wrong · term · minus softplus in place of log f, so x times the logits is missing
def log_px_given_z(x, logits):
    return (-softplus(logits)).sum(-1)

# %% wrong · numeric · softplus replaced by the positive part
def log_px_given_z(x, logits):
    return (x * logits - logits.clamp(min=0)).sum(-1)

# %% wrong · numeric · stable formula without the absolute value
def log_px_given_z(x, logits):
    return (x * logits - logits.clamp(min=0) - torch.log1p(torch.exp(-logits))).sum(-1)

# %% wrong · reduction · mean over the pixels
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).mean(-1)

# %% wrong · reduction · cross-entropy with its default mean, one number
def log_px_given_z(x, logits):
    return -F.binary_cross_entropy_with_logits(logits, x.expand_as(logits))

# %% wrong · reduction · everything summed to one number
def log_px_given_z(x, logits):
    return -F.binary_cross_entropy_with_logits(logits, x.expand_as(logits), reduction="sum")

# %% wrong · reduction · the sum over the pixels is missing
def log_px_given_z(x, logits):
    return Bernoulli(logits=logits).log_prob(x)

# %% wrong · axis · summed over the images
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(1)

# %% wrong · axis · summed over the draws
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(0)

# %% wrong · reduction · also averaged over the draws
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(-1).mean(0)

# %% wrong · reduction · log of the average probability over the draws
def log_px_given_z(x, logits):
    log_p = (x * logits - softplus(logits)).sum(-1)
    return torch.logsumexp(log_p, 0) - math.log(len(logits))

# %% wrong · order · the axes of the result exchanged
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(-1).T

# %% wrong · reduction · logits averaged over the draws first
def log_px_given_z(x, logits):
    a = logits.mean(0)
    return (x * a - softplus(a)).sum(-1)

# %% wrong · reduction · softplus averaged over the pixels, the other term summed
def log_px_given_z(x, logits):
    return (x * logits).sum(-1) - softplus(logits).mean(-1)

# %% wrong · concept · the squared error between x and f
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return -((x - f) ** 2).sum(-1)

# %% wrong · concept · Gaussian with variance 1 around f
def log_px_given_z(x, logits):
    return Independent(Normal(torch.sigmoid(logits), 1.0), 1).log_prob(x)

# %% wrong · concept · softmax over the pixels
def log_px_given_z(x, logits):
    return (x * logits.log_softmax(-1)).sum(-1)

# %% wrong · concept · the logits taken for log f
def log_px_given_z(x, logits):
    log_f = logits
    return (x * log_f + (1 - x) * torch.log1p(-log_f.exp().clamp(max=1 - 1e-12))).sum(-1)

# %% wrong · concept · sigmoid put in where logits are wanted
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return Bernoulli(logits=f).log_prob(x).sum(-1)

# %% wrong · concept · probabilities back, not logarithms
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(-1).exp()

# %% wrong · concept · expected log-likelihood, with f in place of x
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (f * logits - softplus(logits)).sum(-1)

# %% wrong · log · in bits
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits)).sum(-1) / math.log(2)

# %% wrong · log · log-odds divided by the logarithm of 2 beforehand
def log_px_given_z(x, logits):
    a = logits / math.log(2)
    return (x * a - softplus(a)).sum(-1)

# %% wrong · factor · logits halved, as for a log of a standard deviation
def log_px_given_z(x, logits):
    a = logits / 2
    return (x * a - softplus(a)).sum(-1)

# %% wrong · factor · a half in front, as in the Gaussian case
def log_px_given_z(x, logits):
    return 0.5 * (x * logits - softplus(logits)).sum(-1)

# %% wrong · factor · 2x minus 1 beside the logits but softplus unchanged
def log_px_given_z(x, logits):
    return ((2 * x - 1) * logits - softplus(logits)).sum(-1)

# %% wrong · sign · plus in the exponent of the folded form
def log_px_given_z(x, logits):
    sign = 2 * x - 1
    return -softplus(sign * logits).sum(-1)

# %% wrong · gradient · softplus part detached
def log_px_given_z(x, logits):
    return (x * logits - softplus(logits).detach()).sum(-1)

# %% wrong · gradient · NumPy's logaddexp on detached logits
def log_px_given_z(x, logits):
    a, t = logits.detach().numpy(), x.numpy()
    return torch.from_numpy((t * a - np.logaddexp(0, a)).sum(-1))

# %% wrong · gradient · right values, computed without a graph
def log_px_given_z(x, logits):
    with torch.no_grad():
        return Independent(Bernoulli(logits=logits), 1).log_prob(x)

# %% wrong · broadcast · x of the first image for all images
def log_px_given_z(x, logits):
    return (x[0] * logits - softplus(logits)).sum(-1)

# %% wrong · broadcast · every image with the logits of every other
def log_px_given_z(x, logits):
    return torch.einsum("nd,smd->snm", x, logits) - softplus(logits).sum(-1)[:, None]

# %% wrong · broadcast · all pairs summed over the images before the softplus is taken off
def log_px_given_z(x, logits):
    return torch.einsum("nd,smd->sn", x, logits) - softplus(logits).sum(-1)

# %% wrong · two · mean over pixels and the sign of a loss
def log_px_given_z(x, logits):
    target = x.expand_as(logits)
    return F.binary_cross_entropy_with_logits(logits, target, reduction="none").mean(-1)

# %% wrong · two · clamped probabilities and a mean over the pixels
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits).clamp(1e-6, 1 - 1e-6)
    return (x * f.log() + (1 - x) * (1 - f).log()).mean(-1)

# %% wrong · two · sigmoid with an eps in one logarithm only, and the sign of the loss
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return -(x * (f + 1e-10).log() + (1 - x) * (1 - f + 1e-10).log()).sum(-1)

# %% wrong · two · only pixels that are on, from a rounded probability
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    return (x * torch.log(f + 1e-12)).sum(-1)

# %% wrong · two · roles of x exchanged and a mean over the pixels
def log_px_given_z(x, logits):
    return ((1 - x) * logits - softplus(logits)).mean(-1)

# %% wrong · arguments · 1 minus x beside the logits
def log_px_given_z(x, logits):
    return ((1 - x) * logits - softplus(logits)).sum(-1)

# %% wrong · numeric · tempered logits, rescaled so that none exceeds 30 in size
def log_px_given_z(x, logits):
    a = logits * (30 / logits.abs().max()).clamp(max=1)
    return (x * a - softplus(a)).sum(-1)

# %% wrong · raises · the built-in loss without expanding x
def log_px_given_z(x, logits):
    return -F.binary_cross_entropy_with_logits(logits, x, reduction="none").sum(-1)

# %% wrong · raises · logits handed over as probabilities
def log_px_given_z(x, logits):
    return Bernoulli(logits).log_prob(x).sum(-1)

# %% right · concept · Bernoulli with logits, made independent
def log_px_given_z(x, logits):
    return Independent(Bernoulli(logits=logits), 1).log_prob(x)

# %% right · concept · the built-in loss with a minus
def log_px_given_z(x, logits):
    target = x.unsqueeze(0).expand(logits.shape)
    return -F.binary_cross_entropy_with_logits(logits, target, reduction="none").sum(dim=2)

# %% right · sign · logsigmoid of both signs
def log_px_given_z(x, logits):
    return (x * logsigmoid(logits) + (1 - x) * logsigmoid(-logits)).sum(-1)

# %% right · sign · folded sign
def log_px_given_z(x, logits):
    sign = 2 * x - 1
    return -softplus(-sign * logits).sum(-1)

# %% right · numeric · logaddexp with zero
def log_px_given_z(x, logits):
    norm = torch.logaddexp(logits, torch.zeros_like(logits))
    return (x * logits - norm).sum(dim=-1)

# %% right · broadcast · einsum for the linear part
def log_px_given_z(x, logits):
    return torch.einsum("nd,snd->sn", x, logits) - softplus(logits).sum(-1)

# %% right · numeric · positive part and log1p of exp of minus the absolute value
def log_px_given_z(x, logits):
    soft = logits.clamp(min=0) + torch.log1p(torch.exp(-logits.abs()))
    return (x * logits - soft).sum(-1)

# %% right · form · logsumexp of two classes
def log_px_given_z(x, logits):
    pair = torch.stack([torch.zeros_like(logits), logits], -1)
    log_p = pair - pair.logsumexp(-1, keepdim=True)
    return (log_p[..., 1] * x + log_p[..., 0] * (1 - x)).sum(-1)

# %% right · form · log_softmax and gather
def log_px_given_z(x, logits):
    log_p = torch.stack([0 * logits, logits], -1).log_softmax(-1)
    index = x.long().expand(logits.shape)[..., None]
    return log_p.gather(-1, index)[..., 0].sum(-1)

# %% right · form · loop over the draws
def log_px_given_z(x, logits):
    out = []
    for a in logits:
        out.append(-F.binary_cross_entropy_with_logits(a, x, reduction="none").sum(1))
    return torch.stack(out)

# %% right · weights · where on the pixel
def log_px_given_z(x, logits):
    return torch.where(x > 0.5, logsigmoid(logits), logsigmoid(-logits)).sum(-1)

# %% right · form · the module BCEWithLogitsLoss
def log_px_given_z(x, logits):
    loss = nn.BCEWithLogitsLoss(reduction="none")
    return loss(logits, x[None].repeat(len(logits), 1, 1)).sum(-1).neg()

# %% right · reduction · products with a vector of ones
def log_px_given_z(x, logits):
    ones = torch.ones(x.shape[1], dtype=logits.dtype)
    return (logits * x) @ ones - softplus(logits) @ ones

# %% right · term · log f minus what off pixels lack
def log_px_given_z(x, logits):
    log_f = -softplus(-logits)
    return (log_f - (1 - x) * logits).sum(-1)

# %% right · reduction · loop over the pixels
def log_px_given_z(x, logits):
    total = 0
    for i in range(x.shape[-1]):
        a = logits[..., i]
        total = total + x[:, i] * a + F.logsigmoid(-a)
    return total

# %% right · concept · Binomial with one trial
def log_px_given_z(x, logits):
    return Bernoulli(logits=logits.reshape(-1, x.shape[1])).log_prob(
        x.repeat(len(logits), 1)).sum(1).view(logits.shape[:2])

# %% wrong · gradient · float32 exp overflows in the branch that where does not take
def log_px_given_z(x, logits):
    a = logits.float()
    soft = torch.where(a > 20, a, torch.log1p(torch.exp(a)))
    return (x * a - soft).sum(-1).double()

# %% wrong · numeric · logarithms cut at minus 100 as the built-in loss does
def log_px_given_z(x, logits):
    log_f = logsigmoid(logits).clamp(min=-100)
    log_1mf = logsigmoid(-logits).clamp(min=-100)
    return (x * log_f + (1 - x) * log_1mf).sum(-1)

# %% wrong · concept · continuous Bernoulli of the last lesson
def log_px_given_z(x, logits):
    return ContinuousBernoulli(logits=logits).log_prob(x).sum(-1)

# %% wrong · two · softplus of minus the logits and the sign of a loss
def log_px_given_z(x, logits):
    return -(x * logits - softplus(-logits)).sum(-1)

# %% wrong · two · summed over images and rounded probabilities
def log_px_given_z(x, logits):
    f = torch.sigmoid(logits)
    eps = 1e-7
    return (x * torch.log(f + eps) + (1 - x) * torch.log(1 - f + eps)).sum(1)

# %% wrong · two · mean over the pixels and over the draws
def log_px_given_z(x, logits):
    return Bernoulli(logits=logits).log_prob(x).mean(-1).mean(0)

# %% wrong · two · cross-entropy on clamped probabilities, minus lost
def log_px_given_z(x, logits):
    f = logits.sigmoid().clamp(1e-6, 1 - 1e-6)
    return F.binary_cross_entropy(f, x.expand_as(f), reduction="none").sum(-1)
