# %% wrong · concept · only the nine in ten codes are asked, the log-odds of 0.01
answer = math.log(0.01 / 0.99)

# %% wrong · log · the logarithms of the two fractions are averaged
answer = 0.9 * math.log(0.01 / 0.99) + 0.1 * math.log(0.5 / 0.5)

# %% wrong · sign · the fraction of the change back, so a positive number
answer = 2.216

# %% wrong · log · base ten instead of nats
answer = math.log10(0.9 * 0.01 / 0.99 + 0.1)

# %% wrong · log · in bits
answer = np.log2(0.9 * 0.01 / 0.99 + 0.1 * 1)

# %% wrong · term · the probability that the pixel is on, without the division by the probability that it is off
answer = math.log(0.9 * 0.01 + 0.1 * 0.5)

# %% wrong · concept · the average probability first and then its log-odds
f = 0.9 * 0.01 + 0.1 * 0.5
answer = math.log(f / (1 - f))

# %% wrong · unfinished · the expectation without the logarithm
answer = 0.9 * 0.01 / 0.99 + 0.1 * 0.5 / 0.5

# %% wrong · arguments · the fraction upside down, as for a pixel that was on
answer = math.log(0.9 * 0.99 / 0.01 + 0.1)

# %% wrong · weights · the 90 and the 10 percent exchanged
answer = math.log(0.1 * 0.01 / 0.99 + 0.9 * 1)

# %% wrong · term · the nine in ten codes are left out as if they gave nothing
answer = math.log(0.1)

# %% wrong · weights · both kinds of codes with weight one half
answer = math.log((0.01 / 0.99 + 1) / 2)

# %% wrong · log · the logarithm of a sum is taken as a sum of logarithms
answer = math.log(0.9 * 0.01 / 0.99) + math.log(0.1 * 0.5 / 0.5)

# %% right · form · written out with NumPy
share, f = np.array([0.9, 0.1]), np.array([0.01, 0.5])
answer = float(np.log(share @ (f / (1 - f))))

# %% right · logsumexp · by log weights and log-odds
log_odds = torch.logit(torch.tensor([0.01, 0.5]))
answer = float(torch.logsumexp(torch.tensor([0.9, 0.1]).log() + log_odds, 0))

# %% right · rounded · to one digit after the point
answer = -2.2

# %% right · rounded · to two digits, by hand
answer = -2.22
