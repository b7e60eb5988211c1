"""Scenarios: levers as Pydantic models, presets, and checks against a region."""
