# %% wrong · concept · the midpoint, as if both were equally frequent
answer = 0.4 / 2

# %% wrong · arguments · the distance to the first, frequent moon
answer = 0.25 * 0.4

# %% wrong · weights · three times as often read as a third, so two thirds of the way
answer = 0.4 * 2 / 3

# %% wrong · concept · the frequent moon itself is drawn
answer = 0.4

# %% wrong · power · weights by the root of the frequencies
answer = 0.4 * math.sqrt(3) / (1 + math.sqrt(3))

# %% wrong · power · squared distance times the share, and then the root
answer = math.sqrt(0.75 * 0.4**2)

# %% wrong · concept · the standard deviation of the two-point distribution
answer = math.sqrt(0.75 * 0.25) * 0.4

# %% wrong · factor · three quarters of the squared distance
answer = 0.75 * 0.4**2

# %% wrong · unfinished · the share instead of the distance
answer = 3 / 4

# %% wrong · weights · three parts added to the distance and not to the line
answer = 0.4 * 3

# %% wrong · power · the rare moon's squared error as it stands
answer = 0.3**2

# %% wrong · arguments · a third of the way from the rarer moon
answer = 0.4 / 3

# %% right · mean · three quarters of the way
answer = 0.75 * 0.4

# %% right · numpy · the weighted mean of two points on a line
answer = np.average([0.0, 0.4], weights=[1, 3])

# %% right · optimisation · least squares on a fine grid
a = np.linspace(0, 0.4, 4001)
cost = 3 * (a - 0.4) ** 2 + a**2
answer_1b = float(a[cost.argmin()])

# %% right · rounding · a fraction
answer = 3 / 10
