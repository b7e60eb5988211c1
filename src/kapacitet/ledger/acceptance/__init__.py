"""Acceptance: a plan nobody has reason to refuse (MODEL, section 7)."""
