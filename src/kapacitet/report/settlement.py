"""A settled case in Danish: schemes side by side, then who pays what when under each, in a table and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction

from kapacitet.ledger.case import Case
from kapacitet.ledger.claims import KINDS, Entry
from kapacitet.ledger.futures import Settlement
from kapacitet.ledger.schemes import SCHEMES, Scheme
from kapacitet.report import numbers, words
from kapacitet.report.document import Block, Bullets, Cell, Heading, Paragraph, grid
from kapacitet.report.words import Names, listed, sentence

NEEDED = {
    "subscriptions": "abonnementer",
    "key": "en fordelingsnøgle",
    "startup_occupancy": "opstartsbelægning",
}
YEARS_ACROSS = 7
Wanted = Callable[[Entry], bool]


def money(amount: Fraction | None) -> str:
    """Kr. and øre; blank where nothing is paid."""
    return numbers.number(float(amount), 2) if amount else ""


def paid_by(payer: str, *, takst: bool = True) -> Wanted:
    """Entries of one payer, with or without takst."""
    return lambda entry: entry.payer == payer and (takst or entry.kind != "takst")


def own_result(entry: Entry) -> bool:
    """The owner's own result."""
    return entry.kind == "ejer"


def payers(settlements: Sequence[Settlement]) -> list[str]:
    """Everybody who pays anything under any of the schemes, by code."""
    return sorted({entry.payer for found in settlements for course in found.courses for entry in course.entries})


def settlement_blocks(case: Case, settlements: Sequence[Settlement], left_out: Sequence[str]) -> list[Block]:
    """Everything ``kapacitet settle`` prints.

    Args:
        case: the case.
        settlements: the case under each scheme shown.
        left_out: sentences on schemes that aren't shown.
    """
    names = Names(case.names)
    blocks: list[Block] = [Heading(f"Afregning af {case.name}", 1), Paragraph(_offer(case, names))]
    notes = (*case.notes, *left_out)
    if notes:
        blocks.append(Bullets(notes))
    if len(settlements) > 1:
        blocks += [Heading("Ordningerne ved siden af hinanden"), *_side_by_side(case, settlements, names)]
    for found in settlements:
        blocks += [Heading(found.scheme.title), Paragraph(found.scheme.sentence, "quiet")]
        blocks += [*_when(case, found, names), Bullets(_rules(found))]
        blocks.append(Paragraph(_in_words(case, found, names), "strong"))
        if len(case.futures) > 1:
            blocks.append(_risk(found, names))
    return blocks


def _offer(case: Case, names: Names) -> str:
    first, last = case.futures[0].years[0], case.futures[0].years[-1]
    span = str(first.year) if first is last else f"{first.year}-{last.year}"
    costs = [sum((year.cost for year in future.years), Fraction(0)) for future in case.futures]
    cost = sum((f.probability * each for f, each in zip(case.futures, costs, strict=True)), Fraction(0))
    expected = "forventet omkostning" if len(case.futures) > 1 else "omkostning"
    return (
        f"Ejer: {names.party(case.owner)}. {_places(first.places)}, "
        f"budgetteret belægning {numbers.percent(float(first.budgeted_occupancy))}. "
        f"{span}: {expected} {numbers.kroner(float(cost))}"
        + (f" i {len(case.futures)} fremtider." if len(case.futures) > 1 else "")
        + " Beløb er kr. i faste priser, ikke tilbagediskonteret; minus er penge tilbage."
    )


def _places(count: Fraction) -> str:
    return f"{numbers.places(float(count))} {'plads' if count == 1 else 'pladser'}"


def _side_by_side(case: Case, settlements: Sequence[Settlement], names: Names) -> list[Block]:
    rows: list[list[str | Cell]] = []
    for payer in payers(settlements):
        rows.append([names.party(payer), *(money(found.mean(paid_by(payer))) for found in settlements)])
    rows.append(["I alt", *(Cell(money(found.mean(lambda _: True))) for found in settlements)])
    rows.append(["Heraf ejerens resultat", *(money(found.mean(own_result)) or "0,00" for found in settlements)])
    last = case.futures[0].years[-1].year
    rows.append(
        [
            f"Heraf bogført efter {last}",
            *(money(found.mean(lambda entry: entry.booked_year > last)) or "0,00" for found in settlements),
        ]
    )
    columns = ["Betaler", *(found.scheme.title for found in settlements)]
    return [grid(columns, rows, note="Alle år, kr. Ejerens resultat er et underskud, ejeren selv bærer.")]


def _when(case: Case, found: Settlement, names: Names) -> list[Block]:
    """Payers and kinds by year booked; many years are shown in several tables, the last with the sums."""
    last = case.futures[0].years[-1].year
    years = sorted({entry.booked_year for entry in found.expected})
    parts = [years[start : start + YEARS_ACROSS] for start in range(0, len(years), YEARS_ACROSS)] or [[]]
    note = f"Kr. efter det år, beløbet bogføres. Modtager er {names.party(case.owner)}."
    if any(year > last for year in years):
        note += f" * Forfalder efter {last}, det sidste år i sagen, og skal stadig betales."
    if case.closes is not None and any(year >= case.closes for year in years):
        note += f" Botilbuddet lukker i {case.closes}; efterregulering derefter er et krav for sig."
    blocks: list[Block] = []
    for part in parts:
        whole = part is parts[-1]
        columns = ["Betaler", "Post", *(f"{year}{' *' if year > last else ''}" for year in part)]
        rows = [
            [names.party(payer), words.KINDS[kind], *_row(mine, part, whole)]
            for (payer, kind), mine in _by_post(found.expected).items()
        ]
        rows.append(["I alt", "", *_row(found.expected, part, whole)])
        blocks.append(grid([*columns, *["I alt"] * whole], rows, left=2, note=note if whole else ""))
    return blocks


def _by_post(entries: Sequence[Entry]) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in sorted(entries, key=lambda entry: (entry.payer, KINDS.index(entry.kind))):
        found.setdefault((entry.payer, entry.kind), []).append(entry)
    return found


def _row(entries: Sequence[Entry], years: Sequence[int], whole: bool) -> list[str]:
    amounts = [sum(entry.ore for entry in entries if entry.booked_year == year) for year in years]
    return [money(Fraction(ore, 100)) for ore in (*amounts, *[sum(entry.ore for entry in entries)] * whole)]


def _rules(found: Settlement) -> tuple[str, ...]:
    """The rules that made the entries, once each."""
    rules = {(entry.kind, entry.rule): None for course in found.courses for entry in course.entries}
    order = sorted(rules, key=lambda each: (KINDS.index(each[0]), each[1]))
    return tuple(f"{words.KINDS[kind].capitalize()}: {rule}" for kind, rule in order)


def _in_words(case: Case, found: Settlement, names: Names) -> str:
    result = found.mean(own_result)
    owner = names.party(case.owner)
    spread = len(case.futures) > 1
    parts = [_owner_said(owner, result, "forventet " if spread else "")]
    others = [(payer, found.mean(paid_by(payer, takst=False))) for payer in payers([found])]
    extra = [(p, amount - (result if p == case.owner else 0)) for p, amount in others]
    paying = sorted(((p, amount) for p, amount in extra if amount), key=lambda each: (-each[1], each[0]))
    for verb, mine in (("betaler", [p for p in paying if p[1] > 0]), ("får", [p for p in paying if p[1] < 0])):
        if mine:
            said = listed(f"{names.party(p)} {money(abs(amount))} kr." for p, amount in mine)
            parts.append(f"Ud over taksten {verb} {said}" if verb == "betaler" else f"Tilbage {verb} {said}")
    if not paying:
        parts.append("Ingen betaler andet end taksten")
    worst = found.worst_year(own_result)
    if worst is not None and worst[1] > 0:
        parts.append(
            f"Ejerens værste år er {worst[0]} med {money(worst[1])} kr." + (" (95 %-tilfældet)" if spread else "")
        )
    if spread:
        parts.append(f"I de værste 5 % af tilfældene koster det ejeren {money(found.tail(own_result)) or '0,00'} kr.")
    parts.append(_break_even(found))
    return " ".join(sentence(part) for part in parts)


def _owner_said(owner: str, result: Fraction, expected: str) -> str:
    if not result:
        return f"{owner} hverken taber eller tjener som ejer"
    verb = "dækker" if result > 0 else "beholder"
    return f"{owner} {verb} {expected}{money(abs(result))} kr. som ejer"


def _break_even(found: Settlement) -> str:
    income = "takst og abonnement" if "subscriptions" in found.scheme.needs else "taksten"
    if found.break_even is None:
        return f"I mindst ét år kan {income} ikke dække omkostningen ved nogen belægning"
    low, high = (numbers.percent(float(level)) for level in found.break_even)
    level = low if low == high else f"{low} til {high} efter år"
    return f"Belægning, hvor {income} dækker omkostningen: {level}"


def _risk(found: Settlement, names: Names) -> Block:
    rows = []
    for payer in payers([found]):
        extra = paid_by(payer, takst=False)
        worst = found.worst_year(extra)
        rows.append(
            [
                names.party(payer),
                money(found.mean(extra)) or "0,00",
                money(found.tail(extra)) or "0,00",
                money(found.mean(paid_by(payer))) or "0,00",
                money(found.tail(paid_by(payer))) or "0,00",
                "" if worst is None or worst[1] <= 0 else f"{worst[0]}: {money(worst[1])}",
            ]
        )
    columns = [
        "Betaler",
        "Ud over takst, forventet",
        "95 %-tilfælde",
        "I alt, forventet",
        "95 %-tilfælde",
        "Værste år",
    ]
    note = (
        "95 %-tilfældet er gennemsnittet af de værste 5 % (CVaR). Værste år: det år, hvor 95 %-tilfældet ud over "
        "taksten er højest. Ejerens eget resultat er talt med hos ejeren."
    )
    return grid(columns, rows, note=note)


def left_out_sentence(title: str, lacking: Sequence[str]) -> str:
    """Why a scheme isn't shown beside the others."""
    return f"{title} er ikke vist: sagen mangler {listed(NEEDED[need] for need in lacking)}."


def same_as_standard(title: str, lacking: Sequence[str]) -> str:
    """That a scheme asked for has nothing to work with."""
    return f"{title} uden {listed(NEEDED[need] for need in lacking)} ændrer intet ved afregningen."


def schemes_shown(case: Case, one: Scheme | None, chosen: Scheme | None) -> tuple[list[Scheme], list[str]]:
    """The schemes to show: the one asked for, and those that have what they need; and why others aren't.

    Args:
        one: the only scheme to show; all if None.
        chosen: shown also where it lacks something, since it was asked for.
    """
    shown, notes = [], []
    for scheme in SCHEMES.values() if one is None else [one]:
        lacking = sorted(scheme.needs & case.missing)
        if not lacking:
            shown.append(scheme)
        elif scheme is chosen:
            shown.append(scheme)
            notes.append(same_as_standard(scheme.title, lacking))
        else:
            notes.append(left_out_sentence(scheme.title, lacking))
    return shown, notes


def explanation(case: Case, found: Settlement) -> tuple[str, ...]:
    """A settlement in Danish sentences: the scheme's rule, the rules of its entries, and who pays in the end."""
    return (found.scheme.sentence, *_rules(found), _in_words(case, found, Names(case.names)))
