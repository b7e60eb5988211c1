"""The shipped region Syddanmark: built again byte for byte, and its totals as the sources say."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from kapacitet.region import load_region
from kapacitet.region.model import Region
from kapacitet.region.tables import TABLES, shared_offers
from kapacitet.scenario.check import check_against_region
from kapacitet.scenario.files import load_scenario
from kapacitet.scenario.presets import list_presets

FOLDER = Path(__file__).resolve().parents[2] / "data" / "regions" / "syddanmark"
PRESETS = sorted(path.stem for path in (FOLDER / "scenarios").glob("*.toml"))
GROWTH = {
    "autisme": {"low": 0.01, "central": 0.035, "high": 0.076},
    "dom": {"low": 0.01, "central": 0.02, "high": 0.05},
    "dobbeltdiagnose": {"low": 0.01, "central": 0.025, "high": 0.05},
}
BASE = {"autisme": 210, "dom": 110, "dobbeltdiagnose": 150}
ANNUITY = 0.02 / (1 - 1.02**-30)


@pytest.fixture(scope="module")
def region() -> Region:
    return load_region(FOLDER)


def step_cost(region: Region) -> pd.Series[float]:
    """Y by target group (kr. a year)."""
    groups = region.tables["target_groups"].set_index("id")
    return (groups["support_step"] - 0.5) * 377 * 365


def test_built_again_every_file_is_the_same(tmp_path: Path) -> None:
    subprocess.run([sys.executable, FOLDER / "build" / "make_region.py", "--out", tmp_path], check=True)
    built = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert {f"{name}.csv" for name in TABLES} | {"municipalities.geojson", "datapackage.json"} == set(built)
    for name, content in built.items():
        assert content == (FOLDER / name).read_bytes(), name


def test_headers_follow_the_specification() -> None:
    for name, table in TABLES.items():
        header = (FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.split(",") == [column.name for column in table.columns], name


def test_loads_with_outlines_of_all_municipalities(region: Region) -> None:
    assert (region.id, region.price_year) == ("syddanmark", 2024)
    codes = set(region.tables["municipalities"]["code"])
    assert len(codes) == 22
    assert region.outlines is not None
    assert set(region.outlines["kommunekode"]) == codes
    assert region.tables["municipalities"]["population"].sum() == 1_238_406


@pytest.mark.parametrize("projection", ["low", "central", "high"])
def test_demand_starts_and_grows_as_the_sources_say(region: Region, projection: str) -> None:
    totals = region.tables["demand"].groupby(["target_group", "year"])[projection].sum()
    for group, base in BASE.items():
        for year in (2026, 2037):
            expected = base * (1 + GROWTH[group][projection]) ** (year - 2026)
            assert totals[group, year] == pytest.approx(expected, abs=0.01)


def test_residents_fit_demand_and_places(region: Region) -> None:
    residents, offers = region.tables["residents"], region.tables["offers"]
    demand = region.tables["demand"].query("year == 2026").set_index(["municipality", "target_group"])["central"]
    own = residents[residents["municipality"] != "udenbys"]
    counts = own.groupby(["municipality", "target_group"])["count"].sum()
    assert (counts <= demand.loc[counts.index]).all()
    assert counts.sum() < 0.1 * 28_000 * 1_238_406 / 5_961_000
    used = residents.groupby("offer")["count"].sum().reindex(offers["id"]).fillna(0)
    assert (used.to_numpy() <= offers["places"].to_numpy()).all()
    assert residents["offer"].str.startswith("udenfor:").any()
    assert (residents["municipality"] == "udenbys").any()
    assert (residents["as_of"] == "2026-01-01").all()


def test_public_offers_are_nearly_full_and_cover_about_four_fifths(region: Region) -> None:
    offers, residents = region.tables["offers"], region.tables["residents"]
    public = offers[offers["owner_type"].isin(["kommune", "region"])]
    inside = residents[residents["offer"].isin(public["id"])]
    assert 0.92 <= inside["count"].sum() / public["places"].sum() <= 0.98
    own = inside[inside["municipality"] != "udenbys"]["count"].sum()
    assert own / sum(BASE.values()) == pytest.approx(0.8, abs=0.05)
    assert len(offers) >= 60


def test_only_offers_with_printed_places_are_facts(region: Region) -> None:
    facts = region.tables["offers"].query("evidence == 'faktisk'")
    assert dict(zip(facts["name"], facts["places"], strict=True)) == {"Nymarksvej": 21, "Teglgårdsparken": 11}


@pytest.mark.parametrize(
    ("offer", "base_rate"),
    [("reg-nymarksvej", 1570.0), ("reg-bihuset-107", 888.0), ("reg-oestruplund", 995 * 100 / 92.3)],
)
def test_cost_of_published_offers_follows_the_basistakst(region: Region, offer: str, base_rate: float) -> None:
    row = region.tables["offers"].set_index("id").loc[offer]
    support = step_cost(region)[row["target_groups"].split(";")].mean()
    price = 365 * base_rate + support
    assert row["variable_cost"] + 0.2 * support == pytest.approx(0.2 * price, abs=1)
    assert row["fixed_cost"] + row["yearly_tilsyn"] == pytest.approx(0.8 * price * 0.95 * row["places"], abs=1)


def test_offers_paid_by_price_are_dearer_than_shared_ones(region: Region) -> None:
    offers = region.tables["offers"]
    shared = shared_offers(offers)
    assert offers.loc[~shared, "price"].between(2_000_000, 3_200_000).all()
    assert offers.loc[shared, "price"].isna().all()
    takst = offers["fixed_cost"] / (offers["budgeted_occupancy"] * offers["places"]) + offers["variable_cost"]
    assert takst[shared].max() + 0.2 * step_cost(region).max() < offers.loc[~shared, "price"].mean()


def test_candidates_cost_what_the_paper_says(region: Region) -> None:
    candidates = region.tables["candidates"]
    assert len(candidates) >= 60
    assert candidates["project"].nunique() >= 30
    sel = candidates[~candidates["legal_basis"].str.contains("abl105")]
    assert (sel["construction_cost"] == 1_800_000 * sel["places"]).all()
    fixed = (
        candidates["fixed_cost"]
        + candidates["construction_cost"] * ANNUITY
        + candidates["yearly_tilsyn"]
        + candidates["housing_cost"].fillna(0)
    )
    assert fixed[candidates["places"] == 20].to_list() == pytest.approx([40e6] * (candidates["places"] == 20).sum())
    support = [step_cost(region)[text.split(";")].mean() for text in candidates["target_groups"]]
    assert (candidates["variable_cost"] + 0.2 * pd.Series(support)).to_list() == pytest.approx([5e5] * len(support))
    per_place = (fixed / candidates["places"]).groupby(candidates["places"]).mean()
    assert per_place.is_monotonic_decreasing


def test_small_municipalities_cannot_pay_for_twenty_places_in_two_years(region: Region) -> None:
    frames = region.tables["anlaegsramme"].pivot(index="year", columns="municipality", values="amount")
    two_years = frames.rolling(2).sum().max()
    assert (two_years < 36_000_000).sum() >= 15
    assert two_years["461"] > 72_000_000


def test_population_gives_demand_near_the_table(region: Region) -> None:
    rates, people = region.tables["demand_rates"], region.tables["population_projection"]
    assert people["age_from"].min() == 18
    assert people["age_to"].max() == 120
    both = people.merge(rates, on=["age_from", "age_to"])
    built = (both["persons"] * both["rate"]).groupby(both["target_group"]).sum()
    table = region.tables["demand"].groupby("target_group")["central"].sum()
    assert (built / table).between(0.9, 1.1).all()


def test_every_preset_fits_the_region_and_says_what_it_shows(region: Region) -> None:
    presets = list_presets("syddanmark")
    assert {preset.id for preset in presets} == set(PRESETS)
    assert all(preset.description.endswith(".") for preset in presets)


@pytest.mark.parametrize("preset", PRESETS)
def test_preset_has_no_fault(region: Region, preset: str) -> None:
    assert check_against_region(load_scenario(preset, "syddanmark"), region) == ()


def test_forbidding_everything_names_every_project(region: Region) -> None:
    forbidden = load_scenario("ingen_nye_pladser", "syddanmark").projects.forbidden
    assert set(forbidden) == set(region.tables["candidates"]["project"])


def test_ceiling_leaves_out_the_smallest_houses_alone(region: Region) -> None:
    caps = load_scenario("takstloft", "syddanmark").levers.takst_cap
    support = step_cost(region)
    for row in region.tables["candidates"].to_dict("records"):
        groups = row["target_groups"].split(";")
        mean = support[groups].mean()
        fixed = row["fixed_cost"] + row["construction_cost"] * ANNUITY + row["yearly_tilsyn"]
        price = fixed / (0.95 * row["places"]) + row["variable_cost"] + 0.2 * mean
        highest = max(price + support[group] - mean - caps[group] for group in groups)
        assert (highest > 0) == (row["places"] == 8), row["id"]
