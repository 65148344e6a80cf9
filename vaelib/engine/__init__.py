"""What a reader need not open: EM made fast, several processes, a long training run."""
