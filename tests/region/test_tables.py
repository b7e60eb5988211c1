"""The specification itself: complete, in the agreed order and without loose ends."""

import pandas as pd
import pytest

from kapacitet.region import TABLES, split_list
from kapacitet.region.columns import EVIDENCE, Table
from kapacitet.region.tables import shared_offers
from kapacitet.region.writing import package_descriptor, tables_markdown
from tests.region import small

AGREED = """
municipalities: code, name, population, seat, latitude, longitude, group*, expected_limit*, risk_limit*
target_groups: id, name, support_step, attrition, temporary_share, complex
demand: municipality, target_group, year, low, central, high, tier*
demand_futures*: future, probability*, municipality, target_group, year, place_years
demand_rates*: target_group, age_from, age_to, rate
population_projection*: municipality, age_from, age_to, year, persons
offers: id, name, municipality, owner_type, owner, legal_basis, target_groups, places, fixed_cost*, \
capital_charge*, variable_cost*, price*, top_up*, budgeted_occupancy, opened*, closes*, earliest_close*, \
closing_cost*, minimum_residents*, staff_per_place*, yearly_tilsyn*, latitude*, longitude*, in_rammeaftale, \
deficit_bearer*, as_of
residents: municipality, target_group, offer, count, as_of
candidates: id, project, name, municipality, owner_type, owner, legal_basis, target_groups, places, \
construction_cost, spend_profile, lead_time, earliest, latest, fixed_cost, variable_cost, housing_cost*, \
budgeted_occupancy, startup_occupancy*, minimum_residents*, staff_per_place*, approval_cost*, yearly_tilsyn*, \
requires*, latitude*, longitude*
conversions*: offer, from_groups, to_groups, cost, years, earliest
anlaegsramme: municipality, year, amount
joint_frame*: year, amount
region_liquidity*: year, amount
service_frame*: municipality, year, amount
staff_limits*: area, year, hires
loan_pools*: id, first_year, last_year, legal_basis, target_groups, amount, relieves
purchase_prices: target_group, year, price, available*
agreed_prices*: municipality, offer, target_group, price
support_step_price: year, price
pl_index*: year, index
refund_thresholds*: year, threshold, percent
keys*: key, municipality, weight
travel_links: from, to, kind, minutes, via*
travel_times*: municipality, offer_or_candidate, minutes
figures: id, figure, value*, unit*, period, scope, qualifier*, use*
"""
"""The contract; ``*`` optional. Offers' costs are required or not by how the offer is paid, see the checks."""


def written(table: Table) -> str:
    columns = [column.name + ("" if column.required else "*") for column in table.columns[:-2]]
    return f"{table.name}{'*' if table.optional else ''}: {', '.join(columns)}"


def test_tables_and_columns_are_as_agreed() -> None:
    assert "\n".join(map(written, TABLES.values())) == AGREED.strip()


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_every_table_is_sound(table: Table) -> None:
    assert [column.name for column in table.columns[-2:]] == ["source", "evidence"]
    assert all(column.required for column in table.columns[-2:])
    assert table.columns[-1].allowed == EVIDENCE
    assert len(table.by_name) == len(table.columns)
    assert set(table.key) <= set(table.by_name)
    assert table.title and table.description.endswith(".")
    for column in table.columns:
        assert column.description.endswith("."), column.name
        assert column.unit or column.kind not in ("number", "whole", "numbers"), column.name
        for target in (*column.references, *([column.prefixed] if column.prefixed else [])):
            name, _, other = target.partition(".")
            assert other in TABLES[name].by_name


def test_the_small_region_uses_every_table() -> None:
    content = small.tables()
    assert set(content) == set(TABLES)
    assert all(content.values())


def test_frames_have_all_columns_and_their_dtypes() -> None:
    for region in (
        small.build(),
        small.build(
            {
                name: small.tables()[name]
                for name in ("municipalities", "demand", "target_groups", "support_step_price")
            }
        ),
    ):
        assert list(region.tables) == list(TABLES)
        for name, frame in region.tables.items():
            assert {column: str(dtype) for column, dtype in frame.dtypes.items()} == {
                column.name: column.dtype for column in TABLES[name].columns
            }
    offers = small.build().tables["offers"]
    assert offers["closes"].isna().all()
    assert pd.isna(offers.loc[1, "fixed_cost"])
    assert offers.loc[0, "in_rammeaftale"]


def test_shared_offers() -> None:
    offers = pd.DataFrame(
        {
            "owner_type": ["kommune", "region", "privat", "selvejende", "selvejende"],
            "in_rammeaftale": [False, True, True, True, False],
        }
    )
    assert shared_offers(offers).tolist() == [True, True, False, True, False]
    assert shared_offers(offers[["owner_type"]].head(2)).tolist() == [True, True]


def test_split_list() -> None:
    assert split_list(" a ; b;") == ("a", "b")
    assert split_list(None) == split_list(float("nan")) == split_list("") == ()


def test_the_descriptor_says_what_the_specification_says() -> None:
    descriptor = package_descriptor("x", "X", 2026, outlines=True)
    by_name = {resource["name"]: resource for resource in descriptor["resources"]}
    assert set(by_name) == {*TABLES, "outlines"}
    fields = {field["name"]: field for field in by_name["offers"]["schema"]["fields"]}
    assert fields["budgeted_occupancy"]["constraints"] == {"required": True, "exclusiveMinimum": 0.0, "maximum": 1.0}
    assert fields["owner_type"]["constraints"]["enum"] == ["kommune", "region", "privat", "selvejende"]
    assert by_name["demand"]["schema"]["primaryKey"] == ["municipality", "target_group", "year"]
    assert {"fields": ["offer"], "reference": {"resource": "offers", "fields": ["id"]}} in by_name["conversions"][
        "schema"
    ]["foreignKeys"]


def test_the_documentation_has_every_column() -> None:
    text = tables_markdown()
    for table in TABLES.values():
        assert f"## `{table.name}`" in text
        assert all(f"| `{column}` |" in text for column in table.by_name)
