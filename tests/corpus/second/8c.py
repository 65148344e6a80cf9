# %% wrong · unfinished · the information, log N, is given as the mismatch
answer = math.log(1000)

# %% wrong · concept · all of the KL taken for the mismatch
answer = 23

# %% wrong · sign · the information is added
answer = 23 + math.log(1000)

# %% wrong · log · logarithm of N to base 2
answer = 23 - math.log2(1000)

# %% wrong · log · logarithm of N to base 10
answer = 23 - math.log10(1000)

# %% wrong · concept · no overlap taken as no mismatch
answer = 0

# %% wrong · factor · half of log N as information
answer = 23 - 0.5 * math.log(1000)

# %% wrong · count · the KL is shared among the 20 dimensions
answer = (23 - math.log(1000)) / 20

# %% wrong · arguments · log of the number of dimensions
answer = 23 - math.log(20)

# %% wrong · count · log N counted for each of the 20 dimensions
answer = 23 - 20 * math.log(1000)

# %% wrong · sign · information minus the KL
answer = math.log(1000) - 23

# %% wrong · count · divided by N
answer = 23 / 1000

# %% right · log · by formula
answer = 23 - math.log(1000)

# %% right · numeric · rounded to one digit
answer = 16.1

# %% right · form · NumPy number
answer = np.float64(23.0) - np.log(1e3)

# %% right · log · bits changed back to nats
answer = 23 - math.log2(1000) * math.log(2)
