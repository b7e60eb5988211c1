"""Text that no spreadsheet takes for a formula."""

from __future__ import annotations

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a formula may begin with (OWASP, CSV injection)."""


def inert[Value](value: Value) -> Value | str:
    """Text as it is, but with an apostrophe before what a spreadsheet would compute; all else untouched."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
