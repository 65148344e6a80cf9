# %% wrong · reduction · one dimension only
answer = 0.8069

# %% wrong · factor · ½ missing in the KL
answer = 20 * (4 - 1 - math.log(4))

# %% wrong · spread · v = 2, twice the standard deviation taken for twice the variance
answer = 20 * 0.5 * (2 - 1 - math.log(2))

# %% wrong · concept · the KL from the posterior to q
answer = 20 * 0.5 * (1 / 4 - 1 + math.log(4))

# %% wrong · sign · the logarithm added
answer = 20 * 0.5 * (4 - 1 + math.log(4))

# %% wrong · sign · given as a change of L, negative
answer = -16.14

# %% wrong · term · the minus one forgotten
answer = 20 * 0.5 * (4 - math.log(4))

# %% wrong · spread · v = 4 in the first term but log 2 of the standard deviation
answer = 10 * (4 - 1 - math.log(2))

# %% wrong · log · only the entropy gained, 20 log 2
answer = 20 * math.log(2)

# %% wrong · term · the logarithm forgotten
answer = 20 * 0.5 * (4 - 1)

# %% wrong · log · in bits
answer = 10 * (4 - 1 - math.log(4)) / math.log(2)

# %% wrong · log · logarithm to base ten
answer = 10 * (4 - 1 - math.log10(4))

# %% wrong · count · minus one once instead of twenty times
answer = 0.5 * (20 * 4 - 1 - 20 * math.log(4))

# %% wrong · power · the variance 4 squared once more
answer = 0.5 * 20 * (4**2 - 1 - math.log(4**2))

# %% wrong · two · variance doubled and ½ missing
answer = 20 * (2 - 1 - math.log(2))

# %% right · concept · by hand as in (5.6)
answer = 20 * 0.5 * (4 + 0 - 1 - math.log(4))

# %% right · concept · torch.distributions
answer = float(20 * kl_divergence(Normal(0.0, 2.0), Normal(0.0, 1.0)))

# %% right · numeric · rounded to one place
answer = 16.1

# %% right · form · log 2 with the factor drawn out
answer = 30 - 20 * np.log(2)
