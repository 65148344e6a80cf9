"""The server of one lecture room: a deck asks, phones answer, the slide shows what they guessed.

`python -m classroom` starts it. From the ground up: `store` keeps, `rooms` tells who listens,
`questions` knows the predictions, `guards` refuses, `students` and `lecturer` answer requests.
"""
