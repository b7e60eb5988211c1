"""Stress: a fixed plan put through thousands of demand futures in whole persons."""
