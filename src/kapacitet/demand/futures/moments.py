"""Mean and variance of the stock process by theory, where the inflow isn't floored."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from kapacitet.demand.terms import Array


def stock_moments(
    need: npt.ArrayLike, attrition: float, *, growth_sd: float, dispersion: float, base_variance: float = 0.0
) -> tuple[Array, Array]:
    """Mean and variance of d_t of one cell, shape (T,) each.

    Let s = 1 − attrition and m_t = λ_t·w_t with w the walk. Given the walk, E[d_t] = s·E[d_{t−1}] + m_t − s·m_{t−1},
    so E[d_t] = m_t by induction from E[d_0] = λ_0, and

        Var[d_t | w] = s²·Var[d_{t−1} | w] + s(1 − s)·m_{t−1} + φ·(m_t − s·m_{t−1}):

    the stock before, who leaves, and who arrives. It is linear in w and E[w_t] = 1, so its mean V_t follows the
    same recursion with λ for m. The walk adds Var[m_t] = λ_t²·Var[w_t] = λ_t²·(exp(t·sd²) − 1), as ln w_t is
    normal with variance t·sd²:

        Var[d_t] = V_t + λ_t²·(exp(t·sd²) − 1).

    Args:
        need: λ by year, shape (T,).
        base_variance: Var[d_0], from rounding; f(1 − f) where λ_0 has the fraction f and is rounded down or up.
    """
    mean = np.asarray(need, dtype=np.float64)
    s = 1 - attrition
    given = np.empty(len(mean))
    given[0] = base_variance
    for t in range(1, len(mean)):
        inflow = mean[t] - s * mean[t - 1]
        given[t] = s**2 * given[t - 1] + s * (1 - s) * mean[t - 1] + dispersion * inflow
    return mean, given + mean**2 * np.expm1(np.arange(len(mean)) * growth_sd**2)
