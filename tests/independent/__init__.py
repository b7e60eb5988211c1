"""A second reading of the rules, written apart from the code it checks."""
