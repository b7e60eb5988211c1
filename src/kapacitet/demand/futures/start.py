"""The first year of the futures: residents and cells in whole persons, names by names."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import numpy.typing as npt

from kapacitet.demand.futures.base_year import PairRounding, pair_rounding, systematic, within_room
from kapacitet.demand.futures.course import Course
from kapacitet.demand.futures.uniforms import keys_of, uniforms
from kapacitet.demand.terms import TERMS, Array
from kapacitet.region.columns import UDENFOR
from kapacitet.region.model import Region
from kapacitet.scenario.models import Scenario

type _Index = npt.NDArray[np.int64]


class BaseYear:
    """Rounds the base year of a course; the guarantees are those of :func:`draw_futures`."""

    def __init__(self, region: Region, scenario: Scenario, course: Course) -> None:
        self._course, seed = course, scenario.futures.seed
        offers = region.tables["offers"]
        over = 1 + scenario.limits.over_occupancy
        room = {offer: places * over for offer, places in zip(offers["id"], offers["places"], strict=True)}
        houses = _houses(course)
        means = course.living.copy()
        for name, rows in houses.items():
            means[rows] = within_room(means[rows], room.get(name[0], np.inf))
        self._means, self._houses = means, list(houses.values())
        self._house_keys = keys_of(seed, "house", list(houses))
        pairs = _pairs(course)
        self._cells = list(pairs.values())
        self._roundings = _roundings(course, pairs, means)
        self._pair_keys = keys_of(seed, "need", list(pairs))

    def draw(self, block: int, lanes: slice) -> tuple[Array, Array]:
        """Residents by home (N, S), and those of each cell who live in none of them (C, S)."""
        course, first = self._course, self._course.years[:1]
        S = lanes.stop - lanes.start
        living, need = np.zeros((len(course.homes), S)), np.zeros((len(course.cells), S))
        for rows, u in zip(self._houses, uniforms(self._house_keys, block, first, lanes)[:, 0], strict=True):
            living[rows] = systematic(self._means[rows], u)
        own = np.zeros_like(need)
        np.add.at(own, course.cell_of, living[: len(course.cell_of)])
        numbers = uniforms(self._pair_keys, block, first, lanes)[:, 0]
        for cells, rounding, u in zip(self._cells, self._roundings, numbers, strict=True):
            settled = [own[cell] if cell is not None else np.zeros(S) for cell in cells]
            for cell, drawn in zip(cells, rounding.draw(settled[0], settled[1], u), strict=True):
                if cell is not None:
                    need[cell] = drawn
        return living, need - own


def _houses(course: Course) -> dict[tuple[str, ...], _Index]:
    """The homes that are rounded together, in the order of their keys: an offer, or those of a pair elsewhere."""
    houses: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for index, (code, group, _, offer) in enumerate(course.homes):
        houses[(offer, code, group) if offer.startswith(UDENFOR) else (offer,)].append(index)
    return {name: np.array(rows, dtype=np.int64) for name, rows in sorted(houses.items())}


def _pairs(course: Course) -> dict[tuple[str, str], tuple[int | None, int | None]]:
    """The cells of each municipality and group by sorted term, the order in which homes are rounded."""
    position = {key: index for index, key in enumerate(course.cells)}
    first, second = sorted(TERMS)
    pairs = sorted({(code, group) for code, group, _ in course.cells})
    return {pair: (position.get((*pair, first)), position.get((*pair, second))) for pair in pairs}


def _roundings(
    course: Course, pairs: dict[tuple[str, str], tuple[int | None, int | None]], means: Array
) -> list[PairRounding]:
    terms = sorted(TERMS)
    homes: dict[tuple[str, str], dict[str, Array]] = defaultdict(lambda: defaultdict(lambda: np.zeros(2)))
    for row in range(len(course.cell_of)):
        code, group, term, offer = course.homes[row]
        homes[code, group][offer][terms.index(term)] = means[row]
    need = course.need[:, 0]
    result = []
    for pair, (first, second) in pairs.items():
        wanted = (0.0 if first is None else float(need[first]), 0.0 if second is None else float(need[second]))
        living = homes[pair]
        result.append(pair_rounding(wanted, np.array([living[offer] for offer in sorted(living)]).reshape(-1, 2)))
    return result
