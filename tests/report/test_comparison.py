"""Plans side by side: differences marked, projects in all, remarks, and files no spreadsheet computes."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report.comparison import Comparison, compare
from kapacitet.report.markdown import to_markdown
from tests.report import payments, world


def other(name: str = "Anden", **summary: object) -> Result:
    """The same plan with the house of 8 places a year later."""
    found = world.result()
    builds = found.tables["builds"].assign(places=8.0, opening_year=2029, construction_cost=14.4e6)
    return replace(
        found, summary={**found.summary, "name": name, **summary}, tables={**found.tables, "builds": builds}
    )


def side(*results: Result) -> Comparison:
    return compare(results, [f"mappe{i}" for i in range(len(results))])


def values(found: Comparison, title: str) -> tuple[object, ...]:
    (line,) = [line for line in found.lines if line.title == title]
    return line.texts


def test_values_side_by_side() -> None:
    found = side(world.result(), other())
    assert found.columns == ("Prøve", "Anden")
    assert values(found, "Nye pladser") == ("12", "8")
    assert values(found, "Anlægssum") == ("21,6 mio. kr.", "14,4 mio. kr.")
    assert values(found, "Nyt hus (i alle)") == ("12 pl., 2028", "8 pl., 2029")


def test_differences_from_the_first_are_marked() -> None:
    text = to_markdown(side(world.result(), other()).blocks())
    assert "| Nye pladser | 12 | **8** |" in text
    assert "| Nye tilbud | 1 | 1 |" in text


def test_a_project_in_one_plan_alone() -> None:
    bare = replace(world.result(), tables={**world.result().tables, "builds": world.builds()})
    assert values(side(world.result(), bare), "Nyt hus") == ("12 pl., 2028", "–")


def test_plans_of_the_same_name_are_told_apart() -> None:
    assert side(world.result(), world.result()).columns == ("Prøve (mappe0)", "Prøve (mappe1)")
    twice = compare([world.result()] * 2, ["a", "a"])
    assert len(set(twice.columns)) == 2


def test_remarks_on_what_cannot_be_compared() -> None:
    longer = world.result().scenario.model_copy(
        update={"horizon": world.result().scenario.horizon.model_copy(update={"last": 2031})}
    )
    far = other(price_year=2024, region="x", objective=1_002e6, bound=1_000e6)
    text = " ".join(side(world.result(), replace(far, scenario=longer)).remarks)
    for part in (
        "forskellige regioner",
        "forskellige prisår",
        "forskellige år",
        "op til 2,0 mio. kr. fra den bedste",
        "illustrative",
    ):
        assert part in text


def test_the_table_has_numbers_and_inert_text() -> None:
    table = side(world.result(), other(name="=HYPERLINK(1)")).table()
    assert list(table.columns) == ["del", "emne", "Prøve", "'=HYPERLINK(1)"]
    row = table[table["emne"] == "Nye pladser"].iloc[0]
    assert row["Prøve"] == 12.0
    assert pd.read_csv(pd.io.common.StringIO(table.to_csv(index=False)))["emne"].tolist() == table["emne"].tolist()


def test_one_result_alone() -> None:
    assert values(side(world.result()), "Nyt hus") == ("12 pl., 2028",)


def paid(*results: Result) -> dict[tuple[str, str], tuple[str, ...]]:
    return {(line.part, line.title): line.texts for line in side(*results).lines}


def test_who_accepts_and_who_refuses() -> None:
    refused = payments.acceptance(
        ("deltager", "575", "Vejen", None, 3.0, 2.0, 1.0), ("deltager", "630", "Vejle", None, 3.0, 2.0, 1.0)
    )
    found = paid(payments.result({"enforced": True}), payments.result({"gain": -4e6}, acceptance=refused))
    part = "Tilslutning"
    assert found[part, "Kræves af scenariet"] == ("ja", "nej")
    assert found[part, "Afvises af"] == ("ingen", "Vejen og Vejle")
    assert found[part, "Kommunernes gevinst"] == ("2,0 mio. kr.", "-4,0 mio. kr.")
    assert found[part, "Største byrde (kr. pr. indbygger)"] == ("+20", "+20")
    assert found[part, "Ændring i statsrefusion (SEL § 176, tilnærmet)"] == ("-3,0 mio. kr.", "-3,0 mio. kr.")


def test_what_is_agreed_in_places() -> None:
    steered = payments.agreements().iloc[:1].assign(scheme="takststyring", subscribed=float("nan"))
    found = paid(payments.result(), payments.result(agreements=steered))
    part = "Aftaler om nye tilbud (pladser)"
    assert {title: texts for (mine, title), texts in found.items() if mine == part} == {
        "Abonnement": ("12", "0"),
        "Takststyring": ("0", "12"),
        "– heraf tegnet i abonnement": ("9", "0"),
    }


def test_accounts_of_all_parties_side_by_side() -> None:
    found = paid(payments.result(), payments.result(accounts=payments.accounts().iloc[:2]))
    part = "Regnskab (nutidsværdi)"
    assert found[part, "Vejen"] == ("20,0 mio. kr.", "20,0 mio. kr.")
    assert found[part, "Vejle"] == ("50,0 mio. kr.", "–")
    assert found[part, "Kommunerne i alt"] == ("70,0 mio. kr.", "20,0 mio. kr.")
    assert found[part, "Staten"] == ("5,0 mio. kr.", "0,0 mio. kr.")
    assert found["Mod ikke at bygge nyt, kr. pr. indbygger", "Vejle"] == ("+20", "–")


def test_payments_of_municipalities_by_kind() -> None:
    other = payments.accounts().assign(privat=[1e6, 2e6, 0.0, 0.0, 9e6, 9e6])
    found = paid(payments.result(), payments.result(accounts=other))
    part = "Kommunernes betalinger (nutidsværdi)"
    assert found[part, "Takst"] == ("70,0 mio. kr.", "70,0 mio. kr.")
    assert found[part, "Private tilbud"] == ("0,0 mio. kr.", "2,0 mio. kr.")


def test_different_worlds_without_building_are_remarked() -> None:
    found = payments.result()
    dearer = replace(found, summary={**found.summary, "baseline": {**found.summary["baseline"], "objective": 1.0}})
    assert any("egne håndtag" in remark for remark in side(found, dearer).remarks)
    assert not any("egne håndtag" in remark for remark in side(found, found).remarks)
