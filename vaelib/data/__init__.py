"""The data sets of the course, each in a module of its own; origin and licence are in data/README.md."""
