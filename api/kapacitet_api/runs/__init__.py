"""Solve runs: queue, workers, progress."""
