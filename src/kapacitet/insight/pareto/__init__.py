"""Fronts between cost and other goals: plans that can't get better in one without getting worse in another."""
