"""The web service of kapacitet."""
