"""The named models and their mathematics say what the code does."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import get_args

from kapacitet.ledger import SCHEMES
from kapacitet.ledger.acceptance.demands import Role
from kapacitet.ledger.mathematics import mathematics as of_settlement
from kapacitet.planning.constraints import MASTER, RECOURSE, STRENGTHENING
from kapacitet.planning.mathematics import mathematics

MODELS = Path(__file__).parents[2] / "models"


def test_the_plan_names_every_family_in_its_stage() -> None:
    named = tomllib.loads((MODELS / "plan.toml").read_text(encoding="utf-8"))
    for stage, families in (("master", MASTER), ("recourse", RECOURSE), ("strengthening", STRENGTHENING)):
        assert named[stage] == [family.FAMILY for family in families]


def test_the_mathematics_is_that_of_the_code() -> None:
    assert (MODELS / "plan.md").read_text(encoding="utf-8") == mathematics()


def test_every_family_states_its_inequality() -> None:
    for family in (*MASTER, *RECOURSE, *STRENGTHENING):
        doc = family.rows.__doc__ or ""
        assert any(sign in doc for sign in ("≤", "≥", "=")), family.FAMILY


def test_the_accepted_plan_names_every_demand_and_scheme() -> None:
    named = tomllib.loads((MODELS / "samlet.toml").read_text(encoding="utf-8"))
    assert named["demands"] == list(get_args(Role))
    assert named["schemes"] == list(SCHEMES)


def test_the_mathematics_of_settlement_is_that_of_the_code() -> None:
    assert (MODELS / "samlet.md").read_text(encoding="utf-8") == of_settlement()
