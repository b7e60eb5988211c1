"""Benders decomposition: a master over the first stage, and a recourse that splits by future, year and component."""
