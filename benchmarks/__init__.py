"""Benchmarks: a case is registered once and goes through every phase, so that no phase slows down unseen."""
