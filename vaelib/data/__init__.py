"""The data sets of the course, a module each; origin and licence are in data/README.md."""
