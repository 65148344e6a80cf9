"""The data sets, a module each (origin and licence: data/README.md), and experiments' `tables`."""
