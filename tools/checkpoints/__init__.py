"""One file for each small model behind an explorer; `python -m tools.checkpoints` runs them."""
