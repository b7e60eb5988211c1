"""Consent in the summary: who refuses and by how much, what is agreed, who gains, and refund told as it is."""

from __future__ import annotations

import pandas as pd
import pytest

from kapacitet.report.consent import agreements, consent_blocks, gains, refusals, verdict
from kapacitet.report.document import Bullets, Grid, Paragraph
from tests.report import payments, world

REFUSED = payments.acceptance(
    ("bygger_forventet", "630", "Vejle", 2028, 25.0, 20.0, 5.0),
    ("bygger_forventet", "630", "Vejle", 2029, 33.5, 20.0, 13.5),
    ("bygger_forventet", "630", "Vejle", 2030, 3.0, 20.0, 0.0),
    ("bygger_risiko", "630", "Vejle", 2028, 41.0, 40.0, 1.0),
    ("deltager", "575", "Vejen", None, 1_012.25, 1_000.0, 12.25),
    ("serviceramme", "563", "Fanø", 2027, 0.0, 0.0, 1_234.5),
)


def test_a_sentence_for_each_party_and_reason() -> None:
    assert refusals(REFUSED) == (
        "Vejle tør ikke bygge: det forventede tab på nye tilbud er op til 33,50 kr. pr. indbygger i 2028-2029; "
        "grænsen er 20,00 kr.",
        "Vejle tør ikke bygge: tabet på nye tilbud er i de værste 5 procent af tilfældene 41,00 kr. pr. indbygger i "
        "2028; grænsen er 40,00 kr.",
        "Vejen betaler i alt 12,25 kr. mere pr. indbygger, end den kan gå med til.",
        "Fanø bruger 1.234,50 kr. mere pr. indbygger, end servicerammen rækker til, i 2027.",
    )


def test_who_refuses_is_named_once() -> None:
    found = payments.result({"accepted": False}, acceptance=REFUSED)
    assert verdict(found) == (
        "Vejle, Vejen og Fanø har grund til at afvise planen. Scenariet kræver ikke tilslutning."
    )
    told, why, *_ = consent_blocks(found, world.NAMES)
    assert isinstance(told, Paragraph) and told.tone == "warning"
    assert why == Bullets(refusals(REFUSED))


def test_many_refusals_are_cut() -> None:
    many = payments.acceptance(*[("deltager", str(i), f"By {i}", None, 2.0, 1.0, 1.0) for i in range(10)])
    _, why, *_ = consent_blocks(payments.result(acceptance=many), world.NAMES)
    assert isinstance(why, Bullets)
    assert len(why.items) == 9 and why.items[-1] == "… og 2 til; se acceptance.csv."


def test_what_the_search_refused_is_told() -> None:
    told = verdict(payments.result({"enforced": True, "refused_plans": 1}))
    assert told.endswith("som scenariet kræver. Undervejs blev 1 anden plan afvist.")


def test_subscribers_with_most_first() -> None:
    found = agreements(payments.result(), world.NAMES)
    assert found is not None
    (row,) = found.rows
    assert [cell.text for cell in row] == [
        "Vejle: 12 pladser til autisme, §108",
        "Abonnement",
        "Vejle 7, Vejen 2",
        "2028",
    ]


def test_a_house_without_subscribers() -> None:
    bare = payments.agreements().iloc[:1].assign(scheme="takststyring", subscriber=None, subscribed=float("nan"))
    found = agreements(payments.result(agreements=bare), world.NAMES)
    assert found is not None and [cell.text for cell in found.rows[0]][1:3] == ["Takststyring", "–"]


def test_gain_burden_and_refund() -> None:
    assert gains(payments.result()) == (
        "1 af 2 kommuner bliver bedre stillet end uden planen, 1 dårligere. "
        "Størst er byrden i Vejle: 20 kr. mere pr. indbygger over planens år (nutidsværdi). "
        "Kommunerne sparer tilsammen 2,0 mio. kr. "
        "Det er efter statsrefusion af særligt dyre enkeltsager (SEL § 176, en tilnærmelse efter prisen pr. "
        "helårsplads), som falder 3,0 mio. kr. Med uændret statsrefusion ville kommunerne have sparet 5,0 mio. kr."
    )


def test_a_gain_that_is_the_states_money() -> None:
    more = payments.accounts().assign(baseline_discounted=lambda found: found["discounted"] - 3e6)
    told = gains(payments.result(accounts=more))
    assert "som stiger 3,0 mio. kr. Med uændret statsrefusion ville kommunerne have mistet 1,0 mio. kr." in told


def test_a_region_without_refund_hears_nothing_of_it() -> None:
    assert "statsrefusion" not in gains(payments.result(accounts=payments.accounts(refund=False)))


def test_one_municipality_that_gains() -> None:
    alone = payments.scheme_accounts().iloc[:1]
    told = gains(payments.result({"better_off": 1, "worse_off": 0}, scheme_accounts=alone))
    assert told.startswith(
        "1 af 1 kommune bliver bedre stillet end uden planen, ingen dårligere. Mindst får Vejen ud af den: "
        "100 kr. pr. indbygger over planens år (nutidsværdi)."
    )


@pytest.mark.parametrize("tried", [0, 4])
def test_a_plan_that_builds_nothing(tried: int) -> None:
    known = {"enforced": True, "refused_plans": tried}
    bare = payments.result(known, builds=world.builds(), agreements=payments.agreements().iloc[:0])
    found = consent_blocks(bare, world.NAMES)
    assert len(found) == (1 if tried else 0)


def test_a_real_plan_has_a_line_per_new_house() -> None:
    found = agreements(world.result(), world.NAMES)
    offers: pd.Series[str] = world.result().tables["agreements"]["offer"]
    assert isinstance(found, Grid) and len(found.rows) == offers.nunique()
