"""What the plan meets in its futures: cost, need and service from good to bad, and houses that may stand empty."""

from __future__ import annotations

import pandas as pd

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Paragraph, grid
from kapacitet.report.occupancy import RISKY

MEASURES = {
    "behov": "Behov, helårspladser",
    "offentlig": "Offentlige pladser brugt",
    "privat": "Private pladser brugt",
    "koeb": "Købt uden for tilbuddene",
    "udaekket": "Udækket behov",
}
SHOWN = {"p05": "5 %", "p50": "Median", "mean": "Middel", "p95": "95 %"}


def uncertainty_blocks(result: Result) -> tuple[Block, ...]:
    """Cost and its tail, the last year's spread, and the risk of new houses; nothing with a single future."""
    known = result.summary.get("futures")
    if not known:
        return ()
    blocks: list[Block] = [Paragraph(_cost(known))]
    region = result.tables["futures_region"]
    last = int(region["year"].max())
    final = region[region["year"] == last].set_index("measure")
    rows = [
        (title, *(numbers.number(float(final[column][name]), 1) for column in SHOWN))
        for name, title in MEASURES.items()
    ]
    blocks.append(grid((f"{last}", *SHOWN.values()), rows))
    risks = _half_empty(result.tables["futures_offers"])
    blocks.append(Bullets(tuple(risks)) if risks else Paragraph("Intet nyt tilbud risikerer at stå halvtomt."))
    blocks.append(
        Paragraph(
            "Planens øvrige tabeller viser fremskrivningen selv; spredningen ligger i tabellerne futures_*.",
            "quiet",
        )
    )
    return tuple(blocks)


def _cost(known: dict[str, float]) -> str:
    weight = (
        f" Planen vægter de dyreste fremtider med {numbers.percent(known['cvar_weight'], 0)}."
        if known["cvar_weight"]
        else ""
    )
    return (
        f"I {numbers.number(known['count'])} fremtider koster planen i middel {numbers.millions(known['expected'])}, "
        f"i ni af ti mellem {numbers.millions(known['p05'])} og {numbers.millions(known['p95'])}; i de "
        f"{numbers.percent(1 - known['cvar_level'], 0)} dyreste er middel {numbers.millions(known['cvar'])}.{weight}"
    )


def _half_empty(offers: pd.DataFrame) -> list[str]:
    new = offers[(offers["measure"] == "belaegning") & ~offers["existing"].astype(bool)]
    said = []
    for _, mine in new.groupby("offer"):
        worst = mine.sort_values("half_empty").iloc[-1]
        if worst["half_empty"] >= RISKY:
            said.append(
                words.sentence(
                    f"{worst['name']} står halvtomt i {int(worst['year'])} i "
                    f"{numbers.percent(float(worst['half_empty']), 0)} af fremtiderne"
                )
            )
    return said
