"""Scenario versions."""
