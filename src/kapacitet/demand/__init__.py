"""Demand: projections, residents and the demand cells the plan must serve."""
