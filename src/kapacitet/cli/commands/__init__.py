"""A file for each command: its arguments, options and help; the work is done by the module of its name in ``cli``."""
