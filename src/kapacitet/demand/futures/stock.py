"""The stock process: whole persons who stay or leave each year, and whole persons who arrive."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from scipy.special import ndtri

from kapacitet.demand.futures.course import Course
from kapacitet.demand.futures.inverse import arrivals, binomial
from kapacitet.demand.futures.uniforms import keys_of, uniforms
from kapacitet.demand.terms import Array
from kapacitet.scenario.section_technical import Futures

_ROWS_AT_ONCE = 256
"""Rows whose numbers are drawn together: enough to be quick, and little memory."""


class Stock:
    """Draws the years after the first in blocks of futures (see :mod:`kapacitet.demand.futures.uniforms`)."""

    def __init__(self, course: Course, futures: Futures) -> None:
        self._course, self._levers = course, futures
        self._groups = sorted({group for _, group, _ in course.cells})
        self._walks = keys_of(futures.seed, "walk", [(group,) for group in self._groups])
        self._arriving = keys_of(futures.seed, "inflow", course.cells)
        self._staying = keys_of(futures.seed, "free", course.cells)
        self._living = keys_of(futures.seed, "resident", course.homes)

    def move(self, living: Array, free: Array, block: int, lanes: slice) -> tuple[Array, Array]:
        """Residents by home (N, T, S) and demand by cell (C, T, S), from those of the base year.

        Args:
            living: residents of the base year, whole persons, shape (N, S).
            free: those of each cell who live in no listed home, shape (C, S).
        """
        course = self._course
        T, own = len(course.years), len(course.cell_of)
        residents = self._thinned(living, block, lanes)
        demand = np.zeros((len(course.cells), T, free.shape[1]))
        demand[:, 0] = free
        demand[:, 1:] = self._inflow(block, lanes)
        for home in np.flatnonzero(course.closes[:own] < T):  # a home that closes: the need stays in its cell
            demand[course.cell_of[home], course.closes[home]] += residents[home, course.closes[home]]
        for home in np.flatnonzero(course.closes < T):
            residents[home, course.closes[home] :] = 0
        stay = (1 - course.attrition)[:, None]
        for rows, u in self._numbers(self._staying, block, lanes):
            for t in range(1, T):
                demand[rows, t] += binomial(u[:, t - 1], demand[rows, t - 1], stay[rows])
        if own:
            starts = np.flatnonzero(np.diff(course.cell_of, prepend=-1))
            demand[course.cell_of[starts]] += np.add.reduceat(residents[:own], starts, axis=0)
        return residents, demand

    def _thinned(self, living: Array, block: int, lanes: slice) -> Array:
        """Residents as if no home closed, shape (N, T, S)."""
        residents = np.empty((len(living), len(self._course.years), living.shape[1]))
        residents[:, 0] = living
        for rows, u in self._numbers(self._living, block, lanes):
            for t in range(1, residents.shape[1]):
                stay = self._course.stay[rows, t, None]
                residents[rows, t] = binomial(u[:, t - 1], residents[rows, t - 1], stay)
        return residents

    def _inflow(self, block: int, lanes: slice) -> Array:
        """Whole persons arriving by cell and year after the first, shape (C, T − 1, S)."""
        mean = np.maximum(self._course.mean_inflow(self._walk(block, lanes)), 0.0)
        for rows, u in self._numbers(self._arriving, block, lanes):
            mean[rows] = arrivals(u, mean[rows], self._levers.dispersion)
        return mean

    def _walk(self, block: int, lanes: slice) -> Array:
        """The growth walk of each cell's group, 1 in the first year and 1 in the mean, shape (C, T, S)."""
        sd = self._levers.growth_sd
        steps = sd * ndtri(uniforms(self._walks, block, self._course.years[1:], lanes)) - sd**2 / 2
        walk = np.exp(np.cumsum(np.pad(steps, ((0, 0), (1, 0), (0, 0))), axis=1))
        position = {group: index for index, group in enumerate(self._groups)}
        return np.asarray(walk[[position[group] for _, group, _ in self._course.cells]])

    def _numbers(self, keys: Sequence[int], block: int, lanes: slice) -> Iterator[tuple[slice, Array]]:
        """Rows a part at a time with their numbers from the second year on, shape (rows, T − 1, S)."""
        for start in range(0, len(keys), _ROWS_AT_ONCE):
            rows = slice(start, start + _ROWS_AT_ONCE)
            yield rows, uniforms(keys[rows], block, self._course.years[1:], lanes)
