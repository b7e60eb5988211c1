"""Numbers in Danish sentences about data and results; what reports show is in ``report/numbers``."""

from __future__ import annotations

MILLION = 1e6


def danish(number: float, decimals: int = 1, *, trimmed: bool = True, grouped: bool = True) -> str:
    """A number with decimal comma.

    Args:
        decimals: at most so many, or exactly so many where it isn't ``trimmed`` of needless zeros.
        grouped: with thousands points.
    """
    text = f"{number:{',' if grouped else ''}.{decimals}f}"
    if trimmed and "." in text:
        text = text.rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,"))


def fixed(number: float) -> str:
    """A number with one decimal, without thousands points."""
    return danish(number, trimmed=False, grouped=False)


def millions(kr: float) -> str:
    """Kr. in millions: ``36e6`` as "36,0 mio. kr."."""
    return f"{fixed(kr / MILLION)} mio. kr."
