"""Dataset versions of regions."""
