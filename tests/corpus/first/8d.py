# %% wrong · unfinished · left as given
def negative_log_likelihood(log_w, held_out):
    nll = -log_w.mean(0)
    return nll.mean()

# %% wrong · unfinished · only the held-out images are chosen, still the bound
def negative_log_likelihood(log_w, held_out):
    nll = -log_w.mean(0)
    return nll[held_out].mean()

# %% wrong · unfinished · logsumexp is right, but over all images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.mean()

# %% wrong · count · logsumexp without the number of draws
def negative_log_likelihood(log_w, held_out):
    nll = -torch.logsumexp(log_w[:, held_out], 0)
    return nll.mean()

# %% wrong · sign · the logarithm of the number of draws is added
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w[:, held_out], 0) + math.log(len(log_w))
    return -log_px.mean()

# %% wrong · sign · minus is forgotten
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w[:, held_out], 0) - math.log(len(log_w))
    return log_px.mean()

# %% wrong · sign · the minus covers only logsumexp
def negative_log_likelihood(log_w, held_out):
    nll = -torch.logsumexp(log_w[:, held_out], 0) - math.log(len(log_w))
    return nll.mean()

# %% wrong · count · divides by the number of images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(log_w.shape[1])
    return -log_px.mean()

# %% wrong · count · divides by the number of draws minus one
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w) - 1)
    return -log_px.mean()

# %% wrong · count · divides by draws times images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(log_w.numel())
    return -log_px.mean()

# %% wrong · log · the number of draws is subtracted without its logarithm
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w[:, held_out], 0) - len(log_w)
    return -log_px.mean()

# %% wrong · log · logsumexp is divided by the number of draws
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w[:, held_out], 0) / len(log_w)
    return -log_px.mean()

# %% wrong · numeric · the weights are exponentiated as they are and underflow
def negative_log_likelihood(log_w, held_out):
    w = torch.exp(log_w[:, held_out])
    return -torch.log(w.mean(0)).mean()

# %% wrong · numeric · a small number inside the logarithm against minus infinity
def negative_log_likelihood(log_w, held_out):
    w = torch.exp(log_w[:, held_out]).mean(0)
    return -torch.log(w + 1e-10).mean()

# %% wrong · numeric · the smallest float inside the logarithm
def negative_log_likelihood(log_w, held_out):
    w = log_w[:, held_out].exp().mean(0)
    return -torch.log(w.clamp(min=torch.finfo(w.dtype).tiny)).mean()

# %% wrong · numeric · log weights clamped from below at minus 700
def negative_log_likelihood(log_w, held_out):
    w = log_w[:, held_out].clamp(min=-700).exp()
    return -w.mean(0).log().mean()

# %% wrong · numeric · the maximum is taken off and not put back
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    top = log_w.max(0)[0]
    return -(log_w - top).exp().mean(0).log().mean()

# %% wrong · numeric · the maximum is taken off and then taken off again
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    top = log_w.max(0)[0]
    log_px = (log_w - top).exp().mean(0).log() - top
    return -log_px.mean()

# %% wrong · numeric · the mean is taken off each image and not put back
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_w = log_w - log_w.mean(0)
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).mean()

# %% wrong · numeric · infinities are made 0 after an underflow
def negative_log_likelihood(log_w, held_out):
    log_px = torch.log(torch.exp(log_w[:, held_out]).mean(0))
    return -torch.nan_to_num(log_px, neginf=0.0).mean()

# %% wrong · numeric · the average is taken of finite logarithms only
def negative_log_likelihood(log_w, held_out):
    log_px = torch.log(torch.exp(log_w[:, held_out]).mean(0))
    return -log_px[torch.isfinite(log_px)].mean()

# %% wrong · axis · logsumexp over the images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 1) - math.log(log_w.shape[1])
    return -log_px.mean()

# %% wrong · axis · logsumexp over the images, with the number of draws
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = log_w.logsumexp(-1) - math.log(log_w.shape[0])
    return -log_px.mean()

# %% wrong · axis · one logsumexp over draws and images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(torch.logsumexp(log_w.flatten(), 0) - math.log(log_w.numel()))

# %% wrong · reduction · the logarithm of the mean probability over images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -(torch.logsumexp(log_px, 0) - math.log(len(log_px)))

# %% wrong · reduction · summed over the images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).sum()

# %% wrong · reduction · one number for each image
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w)))

# %% wrong · reduction · the median of the images
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).median()

# %% wrong · reduction · the largest weight for the mean of the weights
def negative_log_likelihood(log_w, held_out):
    log_px = log_w[:, held_out].max(0)[0]
    return -log_px.mean()

# %% wrong · reduction · the largest weight over the number of draws
def negative_log_likelihood(log_w, held_out):
    log_px = log_w[:, held_out].amax(0) - math.log(len(log_w))
    return -log_px.mean()

# %% wrong · reduction · the median of the log weights
def negative_log_likelihood(log_w, held_out):
    return -log_w[:, held_out].median(0)[0].mean()

# %% wrong · arguments · the images that the model was trained on
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, ~held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.mean()

# %% wrong · weights · multiplied by the mask and divided by all images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -(log_px * held_out).mean()

# %% right · mask · a mask on the log weights, so that the others give exactly 0
def negative_log_likelihood(log_w, held_out):
    log_w = log_w * held_out
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.sum() / held_out.sum()

# %% wrong · weights · masked sum over the number of images without the mask
def negative_log_likelihood(log_w, held_out):
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    return -log_px[held_out].sum() / len(held_out)

# %% wrong · weights · average of the log weights weighted by softmax
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    w = torch.softmax(log_w, 0)
    return -(w * log_w).sum(0).mean()

# %% wrong · weights · softmax weights of log weights over all images
def negative_log_likelihood(log_w, held_out):
    w = log_w.softmax(0)
    return -(w * log_w).sum(0).mean()

# %% wrong · weights · logarithm of the softmax averaged
def negative_log_likelihood(log_w, held_out):
    return -log_w[:, held_out].log_softmax(0).mean()

# %% wrong · arguments · the mask used as whole numbers for indices
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out.long()]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).mean()

# %% wrong · arguments · the first images, as many as are held out
def negative_log_likelihood(log_w, held_out):
    n = int(held_out.sum())
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    return -log_px[:n].mean()

# %% wrong · arguments · the last images, as many as are held out
def negative_log_likelihood(log_w, held_out):
    n = int(held_out.sum())
    log_w = log_w[:, -n:]
    return -(log_w.logsumexp(0) - math.log(len(log_w))).mean()

# %% wrong · factor · nats per pixel
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.mean() / 784

# %% wrong · log · in bits
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.mean() / math.log(2)

# %% wrong · log · the number of draws in base 10
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log10(len(log_w))
    return -log_px.mean()

# %% wrong · log · the number of draws in base 2
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log2(len(log_w))).mean()

# %% wrong · log · the logarithm is taken once more
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return torch.log(-log_px).mean()

# %% wrong · log · the log weights averaged and the logarithm of the number subtracted
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(log_w.mean(0) - math.log(len(log_w))).mean()

# %% wrong · reduction · the log weights are summed over the draws
def negative_log_likelihood(log_w, held_out):
    nll = -log_w[:, held_out].sum(0)
    return nll.mean()

# %% wrong · count · half of the draws only
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[: len(log_w) // 2, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).mean()

# %% wrong · count · the first draw is left out
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[1:, held_out]
    return -(torch.logsumexp(log_w, 0) - math.log(len(log_w))).mean()

# %% wrong · count · the images are averaged with n minus one
def negative_log_likelihood(log_w, held_out):
    log_px = log_w[:, held_out].logsumexp(0) - math.log(len(log_w))
    return -log_px.sum() / (held_out.sum() - 1)

# %% wrong · concept · a first-order correction of the bound by half the variance
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    return -(log_w.mean(0) + log_w.var(0) / 2).mean()

# %% wrong · concept · perplexity
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return torch.exp(-log_px.mean() / 784)

# %% wrong · concept · the gap between the estimate and the bound
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return (log_px - log_w.mean(0)).mean()

# %% wrong · concept · the difference between held-out and training images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return log_px[~held_out].mean() - log_px[held_out].mean()

# %% wrong · concept · the harmonic mean of the weights
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = math.log(len(log_w)) - torch.logsumexp(-log_w, 0)
    return -log_px.mean()

# %% wrong · concept · one draw only
def negative_log_likelihood(log_w, held_out):
    return -log_w[0, held_out].mean()

# %% wrong · sign · the log weights are negated before logsumexp
def negative_log_likelihood(log_w, held_out):
    nll = -log_w[:, held_out]
    return (torch.logsumexp(nll, 0) - math.log(len(nll))).mean()

# %% wrong · two · all images and the number of draws forgotten
def negative_log_likelihood(log_w, held_out):
    return -torch.logsumexp(log_w, 0).mean()

# %% wrong · two · the training images and the bound
def negative_log_likelihood(log_w, held_out):
    return -log_w[:, ~held_out].mean(0).mean()

# %% wrong · two · all images and the sign lost
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return log_px.mean()

# %% wrong · two · all images and the exponential as it stands
def negative_log_likelihood(log_w, held_out):
    return -log_w.exp().mean(0).log().mean()

# %% wrong · two · the images' sum, and the number of draws forgotten
def negative_log_likelihood(log_w, held_out):
    return -log_w[:, held_out].logsumexp(0).sum()

# %% wrong · two · the number of images for that of draws, over all images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(len(held_out))
    return -log_px.mean()

# %% wrong · count · the number of held-out images taken after a transposition
def negative_log_likelihood(log_w, held_out):
    log_w = log_w.T[held_out]
    log_px = torch.logsumexp(log_w, 1) - math.log(len(log_w))
    return -log_px.mean()

# %% wrong · order · the mean over images comes before the one over draws
def negative_log_likelihood(log_w, held_out):
    per_draw = log_w[:, held_out].mean(1)
    return -(torch.logsumexp(per_draw, 0) - math.log(len(per_draw)))

# %% wrong · order · summed over images first, as the log-weight of the whole set
def negative_log_likelihood(log_w, held_out):
    joint = log_w[:, held_out].sum(1)
    log_p = torch.logsumexp(joint, 0) - math.log(len(joint))
    return -log_p / held_out.sum()

# %% wrong · form · the mean with its standard error
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    nll = math.log(len(log_w)) - torch.logsumexp(log_w, 0)
    return nll.mean(), nll.std() / len(nll) ** 0.5

# %% wrong · form · all images with zeros for those not held out
def negative_log_likelihood(log_w, held_out):
    nll = math.log(len(log_w)) - torch.logsumexp(log_w, 0)
    return torch.where(held_out, nll, torch.zeros_like(nll))

# %% wrong · numeric · one maximum for all images, so the others underflow
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    top = log_w.max()
    p = torch.exp((log_w - top).float()).mean(0)
    return -(top + torch.log(p + 1e-8)).mean()

# %% wrong · numeric · the log weights are divided by ten to save them from underflow
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = 10 * torch.log(torch.exp(log_w / 10).mean(0))
    return -log_px.mean()

# %% wrong · raises · the mask on the first axis
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[held_out]
    log_px = torch.logsumexp(log_w, 0) - math.log(len(log_w))
    return -log_px.mean()

# %% wrong · raises · torch.log of an int
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    log_px = torch.logsumexp(log_w, 0) - torch.log(len(log_w))
    return -log_px.mean()

# %% wrong · raises · logsumexp without an axis
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w[:, held_out]) - math.log(len(log_w))
    return -log_px.mean()

# %% right · late · the mask after the sum over draws
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) - math.log(log_w.shape[0])
    return -log_px[held_out].mean()

# %% right · sign · minus spread over the difference
def negative_log_likelihood(log_w, held_out):
    nll = math.log(len(log_w)) - torch.logsumexp(log_w, dim=0)
    return nll[held_out].mean()

# %% right · maximum · the maximum taken off and put back
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    top = log_w.max(0).values
    return -(top + (log_w - top).exp().mean(0).log()).mean()

# %% right · scipy · SciPy's logsumexp
def negative_log_likelihood(log_w, held_out):
    w = log_w.detach().numpy()[:, held_out.numpy()]
    return torch.tensor(-(special.logsumexp(w, axis=0) - np.log(len(w))).mean())

# %% right · scipy · logsumexp with weights of one over s
def negative_log_likelihood(log_w, held_out):
    w = log_w.numpy()
    log_px = special.logsumexp(w, axis=0, b=1 / w.shape[0])
    return torch.as_tensor(-np.mean(log_px[held_out.numpy()]))

# %% right · numpy · logaddexp reduced
def negative_log_likelihood(log_w, held_out):
    total = np.logaddexp.reduce(log_w.numpy(), axis=0) - math.log(len(log_w))
    return -torch.from_numpy(total)[held_out].mean()

# %% right · loop · one held-out image at a time
def negative_log_likelihood(log_w, held_out):
    values = []
    for i in range(log_w.shape[1]):
        if held_out[i]:
            values.append(torch.logsumexp(log_w[:, i], 0) - math.log(log_w.shape[0]))
    return -torch.stack(values).mean()

# %% right · before · the number of draws subtracted inside
def negative_log_likelihood(log_w, held_out):
    log_share = log_w - math.log(len(log_w))
    return -log_share[:, held_out].logsumexp(0).mean()

# %% right · weights · a masked sum over the number of held-out images
def negative_log_likelihood(log_w, held_out):
    mask = held_out.to(log_w.dtype)
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    return -(log_px * mask).sum() / mask.sum()

# %% right · matrix · the mask as a vector in a product
def negative_log_likelihood(log_w, held_out):
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    w = held_out.double() / held_out.sum()
    return -(log_px.double() @ w)

# %% right · transpose · images first
def negative_log_likelihood(log_w, held_out):
    rows = log_w.T[held_out]
    return -(torch.logsumexp(rows, 1) - math.log(rows.shape[1])).mean()

# %% right · cumulative · the last of logcumsumexp
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logcumsumexp(log_w, 0)[-1] - math.log(len(log_w))
    return -torch.masked_select(log_px, held_out).mean()

# %% right · softmax · log weight minus log softmax is logsumexp
def negative_log_likelihood(log_w, held_out):
    log_sum = (log_w - log_w.log_softmax(0))[0]
    return (math.log(len(log_w)) - log_sum)[held_out].mean()

# %% right · bound · the bound and the gap above it
def negative_log_likelihood(log_w, held_out):
    log_w = log_w[:, held_out]
    bound = log_w.mean(0)
    gap = torch.log(torch.exp(log_w - bound).mean(0))
    return -(bound + gap).mean()

# %% right · nan · nanmean over masked images
def negative_log_likelihood(log_w, held_out):
    log_px = log_w.logsumexp(0) - math.log(len(log_w))
    return -torch.nanmean(torch.where(held_out, log_px, torch.full_like(log_px, float("nan"))))

# %% right · indices · indices by nonzero
def negative_log_likelihood(log_w, held_out):
    at = torch.nonzero(held_out).squeeze(1)
    chosen = log_w.index_select(1, at)
    return torch.mean(math.log(len(chosen)) - torch.logsumexp(chosen, 0))

# %% wrong · two · the training images, and the number of draws forgotten
def negative_log_likelihood(log_w, held_out):
    return -torch.logsumexp(log_w[:, held_out == 0], 0).mean()

# %% wrong · two · the sign of the number of draws, over all images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 0) + math.log(log_w.shape[0])
    return -log_px.mean()

# %% wrong · two · logsumexp over the wrong axis, over all images
def negative_log_likelihood(log_w, held_out):
    log_px = torch.logsumexp(log_w, 1) - math.log(log_w.shape[1])
    return -log_px.mean()
