"""The second stage as arrays: one template per year, of which every future is the right-hand sides alone."""
