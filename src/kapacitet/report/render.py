"""From a Vega-Lite specification to a picture, and to a page that needs nothing from elsewhere."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import vl_convert as vlc

VEGA_LITE = "6.4"
SCALE = 2.0
NUMBERS = {"decimal": ",", "thousands": ".", "grouping": [3], "currency": ["", " kr."]}
POLICY = "default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:"
"""The browser itself refuses whatever a page should try to fetch."""

STYLE = """
:root { color-scheme: light; }
body { margin: 0; background: #fff; color: #1d2733; font: 16px/1.5 "DejaVu Sans", "Segoe UI", Arial, sans-serif; }
main { max-width: 940px; margin: 0 auto; padding: 24px 20px 48px; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 .3em; }
h2 { font-size: 1.15rem; margin: 2em 0 .5em; }
p, li { max-width: 46em; }
.quiet { color: #5b6770; }
figure { margin: 1em 0; overflow-x: auto; }
.vega-embed { display: flex; flex-direction: column-reverse; }
.vega-bind { font-size: 1rem; padding: 0 0 4px 16px; }
.vega-bind input { width: 260px; vertical-align: middle; accent-color: #08306b; min-height: 24px; }
#vg-tooltip-element { position: fixed; visibility: hidden; padding: 8px 10px; background: #fff; color: #1d2733;
  border: 1px solid #5b6770; border-radius: 3px; font-size: .85rem; pointer-events: none; z-index: 10; }
#vg-tooltip-element.visible { visibility: visible; }
#vg-tooltip-element td.key { color: #5b6770; padding-right: 8px; text-align: right; }
@media print { .vega-embed { display: flex; flex-direction: column-reverse; }
.vega-bind { display: none; } main { padding: 0; } h2 { break-after: avoid; } }
"""
START = """
const charts = JSON.parse(document.getElementById("charts").textContent);
for (const [id, spec] of Object.entries(charts)) {
  vegaEmbed("#" + id, spec, {ast: true, actions: false, defaultStyle: false, renderer: "svg",
    tooltip: {disableDefaultStyle: true}, formatLocale: NUMBERS});
}
"""


def png(spec: Mapping[str, Any]) -> bytes:
    """The chart as a PNG, twice as fine as a screen."""
    return bytes(vlc.vegalite_to_png(dict(spec), vl_version=VEGA_LITE, scale=SCALE, format_locale=NUMBERS))


@cache
def script() -> str:
    """Vega, Vega-Lite and vega-embed as one script."""
    return str(vlc.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE))


def page(
    title: str, lead: str, charts: Mapping[str, Mapping[str, Any]], parts: Sequence[tuple[str, Sequence[str]]]
) -> str:
    """A page that stands alone: heading, charts, then text.

    Args:
        title, lead: heading and the line below it.
        charts: specification by element id; its ``description`` is the alternative text.
        parts: heading and lines of each part below the charts; a single line is a paragraph.
    """
    figures = "".join(
        f'<figure role="group" aria-label="{html.escape(str(spec["description"]), quote=True)}">'
        f'<div id="{html.escape(name, quote=True)}"></div></figure>'
        for name, spec in charts.items()
    )
    texts = "".join(f"<h2>{html.escape(heading)}</h2>{_lines(lines)}" for heading, lines in parts if lines)
    data = json.dumps(charts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    numbers = json.dumps(NUMBERS)
    return (
        f'<!DOCTYPE html>\n<html lang="da">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
        f'<h1>{html.escape(title)}</h1>\n<p class="quiet">{html.escape(lead)}</p>\n{figures}\n{texts}\n</main>\n'
        f'<script type="application/json" id="charts">{data}</script>\n'
        f"<script>{script().replace('</script', '<\\/script')}</script>\n"
        f"<script>{START.replace('NUMBERS', numbers)}</script>\n</body>\n</html>\n"
    )


def _lines(lines: Sequence[str]) -> str:
    if len(lines) == 1:
        return f"<p>{html.escape(lines[0])}</p>"
    return f"<ul>{''.join(f'<li>{html.escape(line)}</li>' for line in lines)}</ul>"
