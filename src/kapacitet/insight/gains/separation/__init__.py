"""Separation: the group that a division of the cost treats worst, by one MIP with membership binaries."""
