"""What builds and checks the course; run as `python -m tools.NAME`."""
