"""A reader's own function, changed in one place at a time until it is right: where the mistake is.

`watched` runs it with such a change, `edits` are the changes, `repair` searches them.
"""
