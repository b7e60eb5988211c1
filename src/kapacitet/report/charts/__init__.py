"""Altair charts of a result. Each function gives one Vega-Lite specification; page and briefing draw the same."""
