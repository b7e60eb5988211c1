"""The planning model: sets and arrays, constraint families, objective, solving."""
