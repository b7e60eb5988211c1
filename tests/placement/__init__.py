"""Tests of who lives where in a fixed plan."""
