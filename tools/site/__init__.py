"""The site and the book, made by Sphinx from the stored lessons: `make site`, `make pdf`.

`address` holds the one setting, the modules that docs/conf.py names are Sphinx extensions, `pages`
writes what is computed from the course, `audit` looks at what came out.
"""
