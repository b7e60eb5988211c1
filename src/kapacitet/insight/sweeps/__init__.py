"""Sweeps: one scenario answered for every combination of values of some of its levers."""
