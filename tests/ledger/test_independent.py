"""The ledger against a second settlement written from the rules alone: within one øre, entry by entry."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from kapacitet.ledger import SCHEMES
from tests.ledger.independent_settlement import settle
from tests.ledger.worlds import WORKED, documents, floats, settled

NOISE = 2e-5
"""Floats carry about 16 digits; amounts here go up to some 10^10 kr."""


def agree(document: dict[str, Any], scheme: str) -> None:
    """Both settlements of a case have the same entries, each within one øre."""
    ours = {
        (entry.booked_year, entry.concerns_year, entry.payer, entry.kind): float(entry.amount)
        for entry in settled(document, scheme)
    }
    theirs = settle(floats(document), scheme)
    for key in ours.keys() | theirs.keys():
        assert abs(ours.get(key, 0.0) - theirs.get(key, 0.0)) <= 0.01 + NOISE, (key, ours.get(key), theirs.get(key))


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_worked_example(scheme: str) -> None:
    agree(WORKED, scheme)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(document=documents())
def test_random_cases(document: dict[str, Any]) -> None:
    for scheme in SCHEMES:
        agree(document, scheme)
