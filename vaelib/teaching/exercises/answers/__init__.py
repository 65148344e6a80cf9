"""A reader's own function, changed in one place at a time until it is right: where the mistake is.

`source` and `watched` run it with changes, `values` and `operations` are the changes, `places` and
`replacing` where they are made, `repair` searches them, and `two` looks for a second mistake.
"""
