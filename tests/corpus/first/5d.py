# %% wrong · count · one dimension only
answer = 0.5 * (4 - 1 - math.log(4))

# %% wrong · factor · the ½ lost
answer = 20 * (4 - 1 - math.log(4))

# %% wrong · spread · v = 2, the ratio of deviations taken as that of variances
answer = 20 * 0.5 * (2 - 1 - math.log(2))

# %% wrong · concept · KL in the other direction, v = ¼
answer = 20 * 0.5 * (0.25 - 1 - math.log(0.25))

# %% wrong · sign · plus the logarithm
answer = 10 * (4 - 1 + math.log(4))

# %% wrong · term · the logarithm left out
answer = 10 * (4 - 1)

# %% wrong · term · −1 left out
answer = 10 * (4 - math.log(4))

# %% wrong · spread · log of 2 for the log of 4
answer = 10 * (4 - 1 - math.log(2))

# %% wrong · concept · the difference of the entropies only
answer = 20 * math.log(2)

# %% wrong · log · logarithm to the base 2
answer = 10 * (4 - 1 - math.log2(4))

# %% wrong · log · in bits
answer = 10 * (3 - math.log(4)) / math.log(2)

# %% wrong · sign · as a negative number
answer = -16.14

# %% wrong · power · the variance squared, v = 16 with log 4
answer = 10 * (16 - 1 - math.log(4))

# %% wrong · count · v = 4 and the sum of 20 dimensions under one logarithm
answer = 0.5 * (80 - 20 - math.log(80))

# %% wrong · term · a mean of one posterior deviation is added
answer = 10 * (4 + 1 - 1 - math.log(4))

# %% wrong · unfinished · one dimension rounded before the multiplication
answer = 20 * 0.8

# %% right · formula · twenty times (5.6)
answer = 20 * 0.5 * (4 - 1 - math.log(4))

# %% right · rounded · by hand to one decimal
answer = 16.1

# %% right · torch · kl_divergence of 20 normals, summed
answer = kl_divergence(Normal(torch.zeros(20), 2.0), Normal(torch.zeros(20), 1.0)).sum().item()

# %% right · algebra · 30 minus 20 log 2
answer = 30 - 20 * math.log(2)
