"""Laws of drawn futures: whole persons, residents inside demand and places, and common random numbers."""

from __future__ import annotations

import numpy as np
import pytest

from kapacitet.demand.cells import cell_demand
from kapacitet.demand.futures import DemandFutures
from kapacitet.demand.futures.model import as_one_future

from ..worlds import CODES, group, level, living, municipality, need, offer, world
from .worlds import GROUPS, YEARS, asked, drawn, growing, in_offer, living_in_cells, rebuilt, same

BASE = asked()


@pytest.fixture(scope="module")
def futures() -> DemandFutures:
    return drawn(growing(), BASE)


def test_everybody_is_a_whole_person_and_all_futures_weigh_alike(futures: DemandFutures) -> None:
    for values in (futures.demand, futures.residents, futures.external):
        assert values.dtype == np.float64 and (values >= 0).all()
        assert np.array_equal(values, np.rint(values))
    assert futures.probability.sum() == pytest.approx(1) and np.ptp(futures.probability) == 0
    assert futures.demand.shape == (300, len(futures.demand_keys), len(YEARS))


def test_keys_are_sorted_and_those_of_the_projection(futures: DemandFutures) -> None:
    projection = as_one_future(cell_demand(growing(), BASE), YEARS)

    assert list(futures.demand_keys) == sorted(futures.demand_keys) == list(projection.demand_keys)
    assert list(futures.resident_keys) == sorted(futures.resident_keys) == list(projection.resident_keys)
    assert list(futures.external_keys) == sorted(futures.external_keys) == list(projection.external_keys)


def test_residents_are_inside_demand_and_never_grow(futures: DemandFutures) -> None:
    assert (living_in_cells(futures) <= futures.demand).all()
    assert (np.diff(futures.residents) <= 0).all() and (np.diff(futures.external) <= 0).all()
    assert futures.residents[:, :, -1].any() and futures.residents[:, :, 0].all(axis=0).any()


def test_base_year_is_the_projection_rounded(futures: DemandFutures) -> None:
    """As of the year before: 2 · 0.9 residents a home, so they are rounded too; four standard errors."""
    projection = as_one_future(cell_demand(growing(), BASE), YEARS)
    for name in ("demand", "residents", "external"):
        mean, drawn_mean = getattr(projection, name)[0, :, 0], getattr(futures, name)[:, :, 0]
        error = drawn_mean.std(axis=0) / np.sqrt(300) + 1e-12
        assert (np.abs(drawn_mean.mean(axis=0) - mean) < 4 * error + 0.02).all(), name
        if name != "demand":
            assert (np.abs(drawn_mean - mean) < 1).all()
    for code in CODES:
        for name in GROUPS:
            cells = [row for row, key in enumerate(futures.demand_keys) if key[:2] == (code, name)]
            total = futures.demand[:, cells, 0].sum(axis=1)
            need = projection.demand[0, cells, 0].sum()
            assert (np.abs(total - need) < 1).all()


def test_whole_figures_of_the_base_year_are_not_rounded() -> None:
    homes = [living("410", "long", 3, as_of="2026-01-01"), living("410", "temp", 1, as_of="2026-01-01")]
    futures = drawn(world(level(8, YEARS), homes, [group("autisme", 0.1, 0.25)]), asked(50))

    assert (np.ptp(futures.demand[:, :, 0], axis=0) == 0).all()
    assert futures.demand[0, :, 0].tolist() == [6, 2, 6, 2]
    assert futures.residents[0, :, 0].tolist() == [3, 1]


def test_persons_in_homes_of_both_terms_are_whole_together() -> None:
    homes = [living(code, "flex", count, as_of="2026-01-01") for code, count in (("410", 1), ("561", 2))]
    futures = drawn(world(level(5, YEARS), homes, [group("autisme", 0.0, 0.35)]), asked(200))

    by_town = [
        sum(futures.residents[:, n, 0] for n, key in enumerate(futures.resident_keys) if key[0] == code)
        for code in CODES
    ]
    assert (by_town[0] == 1).all() and (by_town[1] == 2).all()
    assert np.ptp(futures.residents[:, :, 0], axis=0).all()


@pytest.mark.parametrize(("places", "over"), [(9, 0.0), (9, 0.06), (12, 0.0)])
def test_an_offer_holds_its_residents_in_every_year(places: int, over: float) -> None:
    homes = [living(code, "flex", 2, name) for code in CODES for name in GROUPS] + [living("udenbys", "flex", 1)]
    names = ";".join(GROUPS)
    full = [offer(name, names, places=places if name == "flex" else 50) for name in ("flex", "long", "temp")]
    groups = [group(name, 0.01, 0.35) for name in GROUPS]
    futures = drawn(growing(homes, groups, offers=full), asked(400, limits={"over_occupancy": over}))

    assert in_offer(futures, "flex").max() == 9  # 8.91 residents on average
    assert in_offer(futures, "flex")[:, 0].min() == 8


def test_room_that_is_no_whole_person_is_rounded_down() -> None:
    """11 residents of 10 places and a tenth: 10.45 of them a year later, so the mean is within 10.5."""
    names = ";".join(GROUPS)
    homes = [living("410", "flex", 6), living("561", "flex", 3), living("udenbys", "flex", 2)]
    full = [offer("flex", names, places=10) | {"source": "x", "evidence": "illustrativ"}]
    region = growing([], [group(name, 0.05, 0.35) for name in GROUPS])
    sourced = [row | {"source": "x", "evidence": "illustrativ"} for row in homes]
    over = rebuilt(region, over_occupancy=0.1, offers=full, residents=sourced)
    futures = drawn(over, asked(200, limits={"over_occupancy": 0.045}))

    assert in_offer(futures, "flex")[:, 0].tolist() == [10] * 200
    assert in_offer(drawn(over, asked(200, limits={"over_occupancy": 0.1})), "flex")[:, 0].max() == 11


def test_a_closing_home_leaves_its_citizens_in_their_cell() -> None:
    homes = [living("410", "long", 6), living("udenbys", "long", 4), living("410", "udenfor:autisme", 1)]
    still, closing = (
        drawn(growing(homes, [group("autisme", 0.1)], closes=closes), BASE) for closes in ({}, {"long": 2029})
    )

    assert np.array_equal(still.demand[:, :, :4], closing.demand[:, :, :4])
    row = closing.resident_keys.index(("410", "autisme", "langvarig", "long"))
    assert closing.residents[:, row, :3].any() and not closing.residents[:, row, 3:].any()
    assert not closing.external[:, :, 3:].any()
    gap = (still.demand - closing.demand).mean(axis=0)
    assert np.abs(gap).max() < 0.2


def test_a_home_that_closes_in_the_first_year_has_nobody() -> None:
    futures = drawn(growing([living("410", "long", 6)], closes={"long": 2026}), asked(20))

    assert futures.resident_keys == () and futures.residents.shape == (20, 0, len(YEARS))
    assert futures.demand[:, 0, 0].min() >= 5


@pytest.mark.parametrize(("attrition", "left"), [(0.0, 1.0), (1.0, 0.0)])
def test_nobody_leaves_or_everybody_does(attrition: float, left: float) -> None:
    homes = [living("410", "long", 3, as_of="2026-01-01")]
    futures = drawn(growing(homes, [group("autisme", attrition)]), BASE)

    assert (futures.residents[:, 0, 1:] == 3 * left).all()
    if not attrition:
        assert (np.diff(futures.demand) >= 0).all()


def test_residents_stay_until_the_year_they_were_counted() -> None:
    homes = [living("410", "long", 5, as_of="2029-06-01")]
    futures = drawn(growing(homes, [group("autisme", 0.5)]), asked(2000, growth_sd=0.0))
    projection = as_one_future(cell_demand(growing(homes, [group("autisme", 0.5)]), BASE), YEARS)

    assert (futures.residents[:, 0, :4] == 5).all() and futures.residents[:, 0, 4].mean() < 3
    error = futures.demand.std(axis=0) / np.sqrt(2000) + 1e-9
    assert (np.abs(futures.demand.mean(axis=0) - projection.demand[0])[:, 1:] < 4.5 * error[:, 1:]).all()


def test_one_municipality_and_one_year_and_no_need() -> None:
    rows = [need("410", year, 0, 0, 0, name) for year in YEARS for name in GROUPS[:1]]
    rows += [need("410", year, 2, 3, 4, "dom") for year in YEARS]
    region = world(
        rows,
        groups=[group(name, 0.1) for name in GROUPS],
        municipalities=[municipality("410")],
        travel_links=[],
    )
    futures = drawn(region, asked(30))

    assert {key[1] for key in futures.demand_keys} == {"dom"}
    assert futures.external.shape == (30, 0, len(YEARS))
    single = asked(30).model_copy(update={"horizon": asked().horizon.model_copy(update={"last": 2026})})
    assert drawn(region, single).demand.shape == (30, 2, 1)


def test_need_that_comes_later_starts_with_nobody() -> None:
    rows = [need(code, year, 0, 2.0 * (year > 2028), 4) for code in CODES for year in YEARS]
    futures = drawn(world(rows, groups=[group("autisme", 0.1)]), BASE)

    assert not futures.demand[:, :, :3].any() and futures.demand[:, :, 3].any()


def test_projection_that_falls_faster_than_people_leave_is_told_once() -> None:
    rows = [need(code, year, 1, 20 if year < 2030 else 4, 40) for code in CODES for year in YEARS]
    futures = drawn(world(rows, groups=[group("autisme", 0.1)]), asked(20))

    (warning,) = futures.warnings
    assert warning.severity == "advarsel" and warning.table == "demand"
    assert "autisme, langvarig: 410 (2030), 561 (2030); autisme, midlertidig: 410 (2030)" in warning.message
    assert drawn(growing(), asked(20)).warnings == ()


def test_nobody_arrives_where_the_projection_falls_faster_than_people_leave() -> None:
    rows = [need(code, year, 1, 20 if year < 2030 else 4, 40) for code in CODES for year in YEARS]
    futures = drawn(world(rows, groups=[group("autisme", 0.1)]), asked(growth_sd=0.0))

    assert (np.diff(futures.demand[:, :, 3:5]) <= 0).all()
    assert (np.diff(futures.demand[:, :, 1:3]) > 0).any() and (np.diff(futures.demand[:, :, 5:7]) > 0).any()


def test_growth_is_common_to_a_group_and_to_no_other() -> None:
    rows = [need(code, year, 0, 400, 999, name) for code in CODES for year in YEARS for name in GROUPS]
    region = world(rows, groups=[group(name, 0.5, 0.5) for name in GROUPS])
    futures = drawn(region, asked(400, growth_sd=0.1))
    together = np.corrcoef(futures.demand[:, :, -1].T)
    groups = [key[1] for key in futures.demand_keys]

    for one, first in enumerate(groups):
        for other, second in enumerate(groups):
            if first == second:
                assert together[one, other] > 0.9
            else:
                assert abs(together[one, other]) < 4.5 / np.sqrt(400)


def test_the_first_of_many_are_the_few_and_batches_fit(futures: DemandFutures) -> None:
    region = growing()
    few = drawn(region, asked(10))
    late = drawn(region, BASE, first=250, count=20)

    assert np.array_equal(few.demand, futures.demand[:10])
    assert np.array_equal(few.residents, futures.residents[:10])
    assert np.array_equal(late.demand, futures.demand[250:270])
    assert np.array_equal(late.external, futures.external[250:270])
    assert drawn(region, BASE, first=299).demand.shape[0] == 1


def test_seed_decides(futures: DemandFutures) -> None:
    assert same(drawn(growing(), asked()), futures)
    assert not same(drawn(growing(), asked(seed=2)), futures)


def test_order_of_rows_changes_nothing(futures: DemandFutures) -> None:
    turned = rebuilt(growing())

    assert turned.tables["residents"]["offer"].tolist() != growing().tables["residents"]["offer"].tolist()
    assert same(drawn(turned, BASE), futures)


def test_other_municipalities_change_nothing_where_they_share_no_offer() -> None:
    homes = [living("410", "long", 3, as_of="2026-01-01"), living("410", "udenfor:autisme", 2)]
    both = drawn(growing(homes, [group("autisme", 0.1)]), BASE)
    alone = drawn(
        growing(
            homes,
            [group("autisme", 0.1)],
            codes=("410",),
            municipalities=[municipality("410")],
            travel_links=[],
        ),
        BASE,
    )

    assert np.array_equal(both.demand[:, :2], alone.demand)
    assert np.array_equal(both.residents, alone.residents)


def test_a_higher_projection_is_never_fewer_in_any_future() -> None:
    region = growing(groups=[group("autisme", 0.1), group("dom", 0.1)])
    low, high = (drawn(region, asked(demand={"projection": name}, growth_sd=0.0)) for name in ("low", "high"))

    assert np.array_equal(low.residents, high.residents)
    assert (high.demand >= low.demand).all() and (high.demand > low.demand).any()


def test_a_horizon_that_begins_later_has_the_same_arrivals() -> None:
    """Attrition 1: what is there in a year came in it, so it shows the draws of that year alone."""
    region = growing([], [group("autisme", 1.0)])
    late = asked(growth_sd=0.0)
    late = late.model_copy(update={"horizon": late.horizon.model_copy(update={"first": 2029})})

    assert np.array_equal(drawn(region, late).demand[:, :, 1:], drawn(region, asked(growth_sd=0.0)).demand[:, :, 4:])
