# %% wrong · concept · six parameters as in the plane
answer = 6 * 0.5 * math.log(1000)

# %% wrong · count · the weight is not counted
answer = 9 * 0.5 * math.log(1000)

# %% wrong · count · all nine entries of the covariance
answer = 13 * 0.5 * math.log(1000)

# %% wrong · count · diagonal covariance
answer = 7 * 0.5 * math.log(1000)

# %% wrong · factor · the ½ is lost
answer = 10 * math.log(1000)

# %% wrong · reduction · per point and not in total
answer = 10 * 0.5 * math.log(1000) / 1000

# %% wrong · log · logarithm to base 10
answer = 10 * 0.5 * math.log10(1000)

# %% wrong · log · logarithm to base 2
answer = 10 * 0.5 * math.log2(1000)

# %% wrong · sign · with a minus sign, as it is subtracted
answer = -10 * 0.5 * math.log(1000)

# %% wrong · count · all nine entries of the covariance and no weight
answer = 12 * 0.5 * math.log(1000)

# %% wrong · factor · AIC's price doubled, two for each parameter
answer = 2 * 10

# %% wrong · concept · one nat for each parameter, as with AIC
answer = 10

# %% wrong · unfinished · log 1000 for one parameter, without the ½ and the ten
answer = math.log(1000)

# %% wrong · arguments · the 500 points of the lesson
answer = 10 * 0.5 * math.log(500)

# %% wrong · unfinished · the price of one parameter
answer = 0.5 * math.log(1000)

# %% wrong · factor · the ½ turned into a 2
answer = 2 * 10 * math.log(1000)

# %% right · product · ten parameters
answer = 10 * 0.5 * math.log(1000)

# %% right · difference · the difference of two BIC penalties
size = lambda K: K * (1 + 3 + 6) - 1
answer = (size(8) - size(7)) / 2 * np.log(1000)

# %% right · number · the rounded number
answer = 34.5

# %% right · number · rounded price of a parameter times ten
answer = 3.45 * 10
