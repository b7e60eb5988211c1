"""Money in the summary: key figures beside the world without new places, the difference, and frames near full."""

from __future__ import annotations

from collections.abc import Callable

from kapacitet.insight.result import Result
from kapacitet.report import numbers, words
from kapacitet.report.charts.frames import frame_use
from kapacitet.report.document import Cell, Grid, Paragraph, grid
from kapacitet.report.records import records
from kapacitet.report.words import Names

KRONE = 1.0
NEAR_FULL = 0.8
FULL = 1.0 + 1e-9

Format = Callable[[float | None], str]
KEY_FIGURES: dict[str, tuple[str, Format]] = {
    "nye_pladser": ("Nye pladser", numbers.places),
    "nye_pladser_kommune": ("– kommunale", numbers.places),
    "nye_pladser_region": ("– regionale", numbers.places),
    "anlaegssum": ("Anlægssum", numbers.millions),
    "omkostning_tilbagediskonteret": ("Omkostning i alt (nutidsværdi)", numbers.millions),
    "omkostning_foerste_aar": ("Omkostning første år", numbers.millions),
    "omkostning_sidste_aar": ("Omkostning sidste år", numbers.millions),
    "offentlig_andel": ("Dækket af kommuner og region", numbers.percent),
    "privat_andel": ("Dækket af private og køb", numbers.percent),
    "koebt_helaarspladser": ("Købt uden for de kendte tilbud (helårspladser)", numbers.places),
    "udaekket_helaarspladser": ("Udækket (helårspladser)", numbers.places),
    "belaegning_ikke_private": ("Belægning i ikke-private tilbud", numbers.percent),
    "rejsetid_minutter": ("Rejsetid hver vej (minutter, gennemsnit)", numbers.places),
    "kritisk_masse_mangler": ("Mangler til kritisk masse (helårspladser)", numbers.places),
}


def key_figures(result: Result) -> Grid:
    """Key figures of the plan and of building nothing new; of the plan alone where they are the same."""
    now, bare = result.summary["kpis"], result.summary["baseline"]["kpis"]
    rows = [[title, show(now[key]), show(bare[key])] for key, (title, show) in KEY_FIGURES.items()]
    if all(plan == without for _, plan, without in rows):
        return grid(["Nøgletal", "Planen"], [row[:2] for row in rows])
    return grid(["Nøgletal", "Planen", "Uden nyt byggeri"], rows)


def delta(result: Result) -> Grid | None:
    """Change in cost from building nothing new, by group and way of being served, in volume and unit cost.

    None where nothing changes.
    """
    table = result.tables["baseline_delta"]
    if (table[["volume", "unit_cost"]].abs() < KRONE).all(axis=None):
        return None
    order = list(words.SERVED)
    rows = [
        [
            words.groups(row["target_group"]),
            words.SERVED[row["served"]],
            *(numbers.millions(row[column], signed=True) for column in ("volume", "unit_cost", "change")),
        ]
        for row in sorted(records(table), key=lambda row: (row["target_group"], order.index(row["served"])))
    ]
    totals = [numbers.millions(table[column].sum(), signed=True) for column in ("volume", "unit_cost", "change")]
    rows.append(["I alt", "", *totals])
    return grid(
        ["Målgruppe", "Dækkes af", "Mængde", "Enhedspris", "I alt"],
        rows,
        left=2,
        note="Nutidsværdi. Mængde: flere eller færre helårspladser til den gamle pris. Enhedspris: ny pris pr. "
        "helårsplads. Engangsudgifter og straffe for rammer og kritisk masse er ikke med.",
    )


def frames(result: Result, names: Names) -> Grid | Paragraph | None:
    """Frames used for more than 80 per cent, and those exceeded (marked); None where nothing draws on any."""
    use = frame_use(result.tables["frames"], names)
    if not (use["draw"] > 0).any():
        return None
    near = use[use["share"] > NEAR_FULL].sort_values(["who", "year"])
    if near.empty:
        return Paragraph("Ingen ramme er brugt over 80 %.")
    rows = [
        [
            row["who"],
            str(row["year"]),
            numbers.millions(row["draw"]),
            numbers.millions(row["limit"]),
            Cell(numbers.percent(row["share"], 0), marked=row["share"] > FULL),
        ]
        for row in records(near)
    ]
    return grid(["Ramme", "År", "Forbrug", "Ramme (kr.)", "Brugt"], rows)
