# %% wrong · concept · average of the logarithms
answer = 0.9 * math.log(0.01 / 0.99) + 0.1 * math.log(1)

# %% wrong · concept · only the nine in ten codes
answer = math.log(0.01 / 0.99)

# %% wrong · term · the mean probability without dividing by 1 minus f
answer = math.log(0.9 * 0.01 + 0.1 * 0.5)

# %% wrong · order · odds of the mean probability
answer = math.log(0.059 / (1 - 0.059))

# %% wrong · sign · the fraction's logarithm with plus
answer = 2.22

# %% wrong · log · the logarithm is forgotten
answer = 0.9 * 0.01 / 0.99 + 0.1 * 1

# %% wrong · log · base 10
answer = math.log10(0.9 * 0.01 / 0.99 + 0.1)

# %% wrong · log · in bits
answer = math.log2(0.9 * 0.01 / 0.99 + 0.1)

# %% wrong · power · the fraction upside down, as for a pixel that was on
answer = math.log(0.9 * 0.99 / 0.01 + 0.1 * 0.5 / 0.5)

# %% wrong · weights · 90 and 10 per cent exchanged
answer = math.log(0.1 * 0.01 / 0.99 + 0.9)

# %% wrong · term · only the one in ten codes
answer = math.log(0.1)

# %% wrong · weights · not weighted at all
answer = math.log(0.5 * 0.01 / 0.99 + 0.5 * 1)

# %% wrong · term · the second fraction taken as ½
answer = math.log(0.9 * 0.01 / 0.99 + 0.1 * 0.5)

# %% wrong · concept · average of the log-probabilities
answer = 0.9 * math.log(0.01) + 0.1 * math.log(0.5)

# %% wrong · reduction · sum of the fractions without the shares
answer = math.log(0.01 / 0.99 + 1)

# %% wrong · two · average of logs in base 10
answer = 0.9 * math.log10(0.01 / 0.99)

# %% right · exact · by the formula
answer = math.log(0.9 * 0.01 / 0.99 + 0.1 * 0.5 / 0.5)

# %% right · rounded · two decimals
answer = -2.22

# %% right · logsumexp · in logarithms
answer = float(special.logsumexp([math.log(0.01 / 0.99), 0.0], b=[0.9, 0.1]))

# %% right · approximate · drops the 0.99
answer = math.log(0.109)
