"""The decks of slides, `make slides`: build/slides/NN.html from notebooks/slides/NN.md.

`read` reads what an author wrote, `taken` takes the named figures, equations, code, explorers and
predictions out of the executed lesson, `page` puts both together, `check` says what is wrong with
a deck, `handout` prints it.
"""
