"""The look that all charts share: colours told apart by lightness too, one font, and notes below."""

from __future__ import annotations

from typing import Any

import altair as alt

INK = "#1d2733"
QUIET = "#5b6770"
PAPER = "#ffffff"
NO_DATA = "#e9ecee"
BUILD = "#08306b"
OLD = "#3f4a54"
SHARE_STEPS = ("#fff4e3", "#fdd49e", "#fc9f5b", "#d9552b", "#8f1d0c")
USE_STEPS = ("#eef4fa", "#c3d9ec", "#7fb2d9", "#2f77b4", "#0b3c73")
OVER = "#8f1d0c"
"""Steps run from light to dark: they keep their order in a grey print and for the colour-blind."""
SERVED = {
    "Kommunale tilbud": "#0b3c73",
    "Regionale tilbud": "#3f83bd",
    "Selvejende tilbud": "#a9cbe6",
    "Private tilbud": "#fdb462",
    "Købt uden for de kendte tilbud": "#d9772b",
    "Udækket": "#5a0f06",
}

CONFIG: dict[str, Any] = {
    "font": "DejaVu Sans, Segoe UI, Helvetica, Arial, sans-serif",
    "background": PAPER,
    "padding": 16,
    "view": {"stroke": None},
    "title": {
        "anchor": "start",
        "color": INK,
        "fontSize": 17,
        "subtitleColor": QUIET,
        "subtitleFontSize": 12,
        "subtitlePadding": 6,
        "offset": 12,
    },
    "axis": {
        "labelColor": INK,
        "labelFontSize": 11,
        "titleColor": QUIET,
        "titleFontSize": 11,
        "titleFontWeight": "normal",
        "gridColor": NO_DATA,
        "domainColor": QUIET,
        "tickColor": QUIET,
    },
    "legend": {"labelColor": INK, "titleColor": INK, "labelFontSize": 11, "titleFontSize": 11},
    "header": {"labelColor": INK, "labelFontSize": 13, "labelFontWeight": "bold", "labelAnchor": "start"},
}


def finished(chart: alt.TopLevelMixin, description: str) -> dict[str, Any]:
    """The Vega-Lite specification of ``chart`` with the shared look and an alternative text."""
    spec: dict[str, Any] = chart.to_dict()
    return {**spec, "description": description, "config": CONFIG}
