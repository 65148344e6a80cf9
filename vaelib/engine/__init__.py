"""What no reader needs to open: EM made fast, several processes, a long training run."""
