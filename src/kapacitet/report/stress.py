"""A plan in many futures, in Danish: which new houses may stand empty, who goes unserved, what owners risk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from kapacitet.insight.acceptance_tables import PICKED
from kapacitet.insight.stress.economy import OWNER
from kapacitet.insight.stress.run import Stress
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Cell, Grid, Heading, Paragraph, Picture, grid
from kapacitet.report.notes import made_up, source
from kapacitet.report.occupancy import RISKY
from kapacitet.report.records import Row, records
from kapacitet.report.words import Names, counted, listed, sentence

NOTHING = 0.05


def stress_blocks(found: Stress, names: Names, pictures: Sequence[Picture] = ()) -> list[Block]:
    """Everything ``kapacitet stress`` prints."""
    summary, offers = found.summary, found.tables["stress_offers"]
    houses = _houses(offers)
    blocks: list[Block] = [
        Heading(f"Planen i {numbers.number(summary['futures'])} fremtider: {summary['name']}", 1),
        Paragraph(str(summary["region_title"]), "quiet"),
        Paragraph(_verdict(houses), "strong"),
    ]
    if note := made_up(summary):
        blocks.append(Paragraph(f"Svaret hviler på illustrative data: {note}", "warning"))
    if not found.complete:
        asked = numbers.number(summary["asked"])
        blocks.append(Paragraph(f"Standset før tid: kun de første af {asked} fremtider er regnet.", "warning"))
    if not houses.empty:
        blocks += [Heading("Nye tilbud"), _house_grid(houses), *pictures]
    blocks += [Heading("Regionen"), _region_grid(found.tables["stress_region"])]
    blocks.append(Bullets(_left(found.tables["stress_region"])))
    if not houses.empty:
        risks = _Risks.of(found)
        blocks += [Heading("Hvad ejerne risikerer"), _risk_grid(risks, names), Paragraph(_safest(risks))]
    took = (
        f"{numbers.seconds(summary['seconds'])}, {numbers.number(summary['futures_per_second'])} fremtider i sekundet"
    )
    blocks.append(Paragraph(f"{source(summary)} {_drawn(summary)} Beregnet på {took}.", "quiet"))
    return blocks


def _houses(offers: pd.DataFrame) -> pd.DataFrame:
    """A row per new house: opening year, places, belægning in its last year, and its risk of standing half empty."""
    new = offers[offers["new"]]
    if new.empty:
        return new
    worst = new.loc[new.groupby("offer")["probability_half_empty"].idxmax()].set_index("offer")
    last = new.groupby("offer").last()
    opened = new.groupby("offer")["year"].min()
    return last.assign(opened=opened, worst_year=worst["year"], worst=worst["probability_half_empty"]).sort_values(
        ["half_empty_some_year", "worst"], ascending=False, kind="stable"
    )


def _verdict(houses: pd.DataFrame) -> str:
    if houses.empty:
        return "Planen bygger intet nyt."
    risky = int((houses["half_empty_some_year"] >= RISKY).sum())
    every = counted(len(houses), "nyt tilbud", "nye tilbud")
    if not risky:
        return f"Ingen af planens {every} står halvtomt i noget år i mere end 5 % af fremtiderne."
    return f"{risky} af planens {every} står halvtomt i mindst ét år i 5 % af fremtiderne eller flere."


def _house_grid(houses: pd.DataFrame) -> Grid:
    rows: list[list[str | Cell]] = [
        [
            str(row["name"]),
            str(row["opened"]),
            numbers.places(row["places"]),
            " / ".join(numbers.percent(row[f"occupancy_{level}"], 0) for level in ("p5", "p50", "p95")),
            Cell(_chance(row["half_empty_some_year"]), marked=row["half_empty_some_year"] >= RISKY),
            f"{_chance(row['worst'])} i {row['worst_year']}" if row["worst"] > 0 else "–",
        ]
        for row in records(houses)
    ]
    note = (
        "Belægning i planens sidste år: i de 5 % tommeste fremtider højst, i midten, og i de 5 % fuldeste mindst. "
        "Halvtomt: færre end halvdelen af pladserne er i brug. * I 5 % af fremtiderne eller flere."
    )
    columns = ["Tilbud", "Åbner", "Pladser", "Belægning 5 / 50 / 95 %", "Halvtomt et år", "Værste år"]
    return grid(columns, rows, note=note)


def _chance(share: float) -> str:
    """A probability; one that is nearly nothing isn't nothing."""
    return (
        "under 0,1 %" if 0 < share < 0.001 else numbers.percent(share) if share < RISKY else numbers.percent(share, 0)
    )


def _region_grid(region: pd.DataFrame) -> Grid:
    by = {(row["what"], row["year"]): row for row in records(region[region["year"].notna()])}
    years = sorted({year for _, year in by})
    rows = [
        [
            str(year),
            *(_band(by[what, year], 1.0, 1) for what in ("behov", "offentlig", "privat_i_alt", "udaekket")),
            _band(by["omkostning", year], numbers.MILLION, 0),
        ]
        for year in years
    ]
    columns = ["År", "Behov", "I rammeaftalen", "Privat og køb", "Udækket", "Betalt, mio. kr."]
    note = "Personer (helårspladser): median, og i parentes fra 5 til 95 % af fremtiderne."
    return grid(columns, rows, note=note)


def _band(row: Row, unit: float, decimals: int) -> str:
    low, middle, high = (
        numbers.number(row[level] / unit, decimals).removesuffix(",0") for level in ("p5", "p50", "p95")
    )
    return middle if low == high else f"{middle} ({low}–{high})"


def _left(region: pd.DataFrame) -> tuple[str, ...]:
    """Unserved and private over all years, in the middle and in the worst 5 %."""
    years = [int(year) for year in region["year"].dropna()]
    span = f"{min(years)}–{max(years)}"
    total = {row["what"]: row for row in records(region[region["year"].isna()])}
    unmet, private = total["udaekket"], total["privat_i_alt"]
    said = []
    if unmet["max"] < NOTHING:
        said.append(f"Ingen står uden plads i nogen fremtid i {span}")
    else:
        said.append(
            f"Uden plads i {span}: {numbers.places(unmet['p50'])} helårspladser i medianen, "
            f"{numbers.places(unmet['cvar95'])} i gennemsnit af de værste 5 % af fremtiderne. Nogen mangler en plads "
            f"i {_chance(unmet['probability'])} af fremtiderne"
        )
    said.append(
        f"I private tilbud og køb i {span}: {numbers.places(private['p50'])} helårspladser i medianen, "
        f"{numbers.places(private['cvar95'])} i gennemsnit af de 5 % af fremtiderne med flest"
    )
    return tuple(sentence(text) for text in said)


@dataclass(frozen=True)
class _Risks:
    """Losses of owners on new houses over the whole horizon, kr.: by (scheme, owner) mean and worst 5 %."""

    schemes: tuple[str, ...]
    owners: tuple[str, ...]
    mean: Mapping[tuple[str, str], float]
    tail: Mapping[tuple[str, str], float]

    @classmethod
    def of(cls, found: Stress) -> _Risks:
        """Of all new houses; owners by what they risk at worst. What isn't in the table is 0 in every future."""
        table, schemes = found.tables["stress_parties"], tuple(found.summary["schemes"])
        rows = records(table[(table["kind"] == OWNER) & table["year"].isna() & table["scheme"].isin(schemes)])
        mean = {(str(row["scheme"]), str(row["party"])): float(row["mean"]) for row in rows}
        tail = {(str(row["scheme"]), str(row["party"])): float(row["cvar95"]) for row in rows}
        worst: dict[str, float] = {}
        for (_, owner), amount in tail.items():
            worst[owner] = max(worst.get(owner, 0.0), amount)
        return cls(schemes, tuple(sorted(worst, key=lambda owner: (-worst[owner], owner))), mean, tail)

    def text(self, scheme: str, owner: str) -> str:
        """Expected and worst, in millions."""
        parts = (self.mean.get((scheme, owner), 0.0), self.tail.get((scheme, owner), 0.0))
        return " / ".join(numbers.number(part / numbers.MILLION, 1) for part in parts) if any(parts) else "0"

    def total(self, scheme: str) -> float:
        """What all owners lose together, expected."""
        return sum(self.mean.get((scheme, owner), 0.0) for owner in self.owners)


def _risk_grid(risks: _Risks, names: Names) -> Grid:
    rows = [
        [words.scheme(scheme), *(risks.text(scheme, owner) for owner in risks.owners)] for scheme in risks.schemes
    ]
    note = (
        "Ejernes tab på deres nye tilbud over alle år, mio. kr. uden diskontering: forventet / i gennemsnit af de "
        "værste 5 % af fremtiderne. Overskud andre år eller i andre huse er ikke trukket fra."
    )
    return grid(["Alle nye tilbud under", *(names.party(owner) for owner in risks.owners)], rows, note=note)


def _safest(risks: _Risks) -> str:
    """Which schemes leave owners the least and the greatest expected loss together."""
    if not risks.owners:
        return "Ingen ejer taber noget på et nyt tilbud i nogen fremtid."
    pure = [scheme for scheme in risks.schemes if scheme != PICKED]
    if not pure:
        return "Scenariet tillader ingen ordning for alle nye tilbud."
    least, most = min(pure, key=risks.total), max(pure, key=risks.total)
    return (
        f"Ejernes forventede tab er i alt mindst under {words.scheme(least).lower()} "
        f"({numbers.money(risks.total(least))}) og størst under {words.scheme(most).lower()} "
        f"({numbers.money(risks.total(most))}). Det, ejerne slipper for, betaler andre; se stress_parties.csv."
    )


def _drawn(summary: Mapping[str, object]) -> str:
    if summary["source"] == "table":
        return "Fremtiderne er regionens egne (demand_futures)."
    return (
        f"Fremtiderne er trukket om fremskrivningen med startværdi {summary['seed']}; beløb i haler er nøjagtige til "
        f"{numbers.percent(float(str(summary['accuracy_money'])))}."
    )


def risky_houses(found: Stress) -> str:
    """The houses that stand out, for a picture's text."""
    houses = _houses(found.tables["stress_offers"])
    named = [f"{row['name']} ({_chance(row['half_empty_some_year'])})" for row in records(houses.head(3))]
    return sentence(f"Størst risiko for at stå halvtomt et år har {listed(named)}") if named else ""
