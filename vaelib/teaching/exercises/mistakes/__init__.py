"""The course's error model: what is done wrong to a formula, and where.

An operator takes a `Place` of a reference and yields `Change`s of it: another expression, and a
sentence that says what was done, in the reader's terms and without the repair. `making` makes
mutants of them, and `search` finds the one that has an answer's values.
"""
