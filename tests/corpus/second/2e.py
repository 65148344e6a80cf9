# %% wrong · factor · the half is forgotten
answer = 10 * math.log(1000)

# %% wrong · arguments · six parameters as in the plane
answer = 6 * 0.5 * math.log(1000)

# %% wrong · count · the covariance counted with nine numbers
answer = 0.5 * (1 + 3 + 9) * np.log(1000)

# %% wrong · count · the weight is not counted
answer = (3 + 6) / 2 * math.log(1000)

# %% wrong · reduction · per point and not summed
answer = 10 * math.log(1000) / (2 * 1000)

# %% wrong · log · the base-ten logarithm
answer = 0.5 * 10 * math.log10(1000)

# %% wrong · log · bits for nats
answer = 5 * math.log2(1000)

# %% wrong · arguments · the 500 points of the lesson
answer = 5 * math.log(500)

# %% wrong · spread · a diagonal covariance counted
answer = 7 / 2 * math.log(1000)

# %% wrong · unfinished · the cost of a single parameter
answer = 0.5 * math.log(1000)

# %% wrong · concept · the AIC price, one nat for each parameter
answer = 10

# %% wrong · two · nine numbers in the covariance and no half
answer = 13 * math.log(1000)

# %% right · plain · the number itself
answer = 34.5

# %% right · numpy · computed from the counts
D = 3
answer = (1 + D + D * (D + 1) / 2) * np.log(1000) / 2

# %% right · other · difference of the cost for K plus 1 and K components
answer = ((10 * 8 - 1) - (10 * 7 - 1)) * 0.5 * math.log(1000)

# %% right · rounded · rounded parameter price times ten
answer = 3.45 * 10
