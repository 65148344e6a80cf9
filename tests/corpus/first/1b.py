# %% wrong · concept · the distance to the first, frequent moon
answer = 0.1

# %% wrong · weights · half-way, as in (1.4) with equal moons
answer = 0.2

# %% wrong · concept · draws the frequent moon itself, at the whole distance
answer = 0.4

# %% wrong · weights · three times as often read as one third
answer = 0.4 / 3

# %% wrong · weights · two thirds of the way
answer = 2 / 3 * 0.4

# %% wrong · power · the square of the distance
answer = 0.3**2

# %% wrong · concept · draws the rare moon, distance 0
answer = 0.0

# %% wrong · power · the root of three quarters of the distance
answer = 0.4 * math.sqrt(0.75)

# %% wrong · concept · the smallest mean squared error, ¾ times ¼ times 0.4²
answer = 0.75 * 0.25 * 0.4**2

# %% wrong · power · the root of the smallest mean squared error
answer = math.sqrt(0.75 * 0.25) * 0.4

# %% wrong · form · the share of the way and not the distance
answer = 0.75

# %% wrong · power · three quarters of the squared distance
answer = 0.75 * 0.4**2

# %% wrong · weights · weighted by the squares 9 and 1
answer = 0.4 * 9 / 10

# %% wrong · factor · ¼ ‖x − x′‖² of (1.4) as the answer
answer = 0.4**2 / 4

# %% right · product · ¾ of 0.4
answer = 0.75 * 0.4

# %% right · numpy · minimum on a grid
t = np.linspace(0, 0.4, 4001)
answer = float(t[np.argmin(0.75 * (0.4 - t) ** 2 + 0.25 * t**2)])

# %% right · number · the rounded number
answer = 0.3

# %% right · difference · the whole distance less a quarter of it
answer = 0.4 - 0.4 / 4
