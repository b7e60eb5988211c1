"""Sweeps: one scenario over a grid of lever values, or a front."""
