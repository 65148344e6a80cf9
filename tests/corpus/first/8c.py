# %% wrong · concept · the information log N instead of the mismatch
answer = 6.9

# %% wrong · concept · the whole KL
answer = 23

# %% wrong · sign · log N is added
answer = 23 + math.log(1000)

# %% wrong · log · base 10
answer = 23 - math.log10(1000)

# %% wrong · log · base 2
answer = 23 - math.log2(1000)

# %% wrong · concept · thinks that no overlap means no mismatch
answer = 0.0

# %% wrong · arguments · log of the number of dimensions
answer = 23 - math.log(20)

# %% wrong · sign · information minus the KL
answer = math.log(1000) - 23

# %% wrong · term · subtracts 1 over N instead of log N
answer = 23 - 1 / 1000

# %% wrong · factor · divides by log N
answer = 23 / math.log(1000)

# %% wrong · factor · half of log N
answer = 23 - 0.5 * math.log(1000)

# %% wrong · concept · divides the KL among the dimensions
answer = 23 / 20

# %% wrong · log · mixes nats and bits, the difference in bits
answer = (23 - math.log(1000)) / math.log(2)

# %% wrong · count · log of N squared, for pairs of images
answer = 23 - 2 * math.log(1000)

# %% wrong · two · base 10 and added
answer = 23 + 3

# %% right · exact · the difference
answer = 23 - math.log(1000)

# %% right · rounded · one decimal
answer = 16.1

# %% right · rounded · log of 1000 by head as 7 less a tenth
answer = 23 - 6.91

# %% right · tensor · by torch
answer = float(23 - torch.log(torch.tensor(1000.0)))
