"""What readers are told about hidden counts, in Danish."""

from __future__ import annotations

from kapacitet.report.numbers import number
from kapacitet.report.small_numbers.counts import Rule
from kapacitet.report.small_numbers.protected import Reason

TOTAL = "I alt"
HIDDEN = "skjult for at beskytte"


def mark(reason: Reason | None, rule: Rule) -> str:
    """The mark of one cell; blank where it is shown.

    All hidden cells have the same mark unless the rule is ``labelled``: who can tell which are small learns more of
    all of them.
    """
    if reason is None:
        return ""
    return under(rule) if rule.labelled and reason is Reason.PRIMARY else HIDDEN


def under(rule: Rule) -> str:
    """ "under 5"."""
    return f"under {number(rule.threshold, 0 if rule.threshold % 1 == 0 else 1)}"


def footnote(rule: Rule, *, rounded: bool) -> str:
    """The note below a table with hidden counts.

    Args:
        rounded: whether figures with decimals were rounded.
    """
    zeros = "Nul vises." if rule.zeros == "vises" else "Nul skjules også."
    note = f"Antal {under(rule)} er skjult, og så få andre, at de små ikke kan regnes ud. {zeros}"
    return note + (" Tallene er afrundet hver for sig, så summer kan afvige lidt." if rounded else "")
