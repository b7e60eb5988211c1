"""Why there is no plan: alike requirements in one line, and parties that can't agree told as such."""

from __future__ import annotations

from kapacitet.insight.result import Conflict, Relaxation
from kapacitet.report.contradiction import contradiction_blocks
from kapacitet.report.document import Bullets, Heading, Paragraph
from kapacitet.report.folding import worst_told
from tests.report import world


def reserve(number: int, group: str, year: int, amount: float | None) -> Relaxation:
    sentence = f"mindst 40 % ledige pladser til {group} i {year}"
    return Relaxation(number, sentence, "reserve", "politik", amount, "pladser")


def frame(number: int, year: int, amount: float | None) -> Relaxation:
    sentence = f"Vejle bygger inden for sin anlægsramme i {year}"
    return Relaxation(number, sentence, "anlaegsramme", "aftale", amount, "mio. kr.")


def told(*requirements: Relaxation, warnings: tuple[str, ...] = ()) -> list[str]:
    blocks = contradiction_blocks(Conflict(world.scenario(), requirements, warnings))
    found: list[str] = []
    for block in blocks:
        found += block.items if isinstance(block, Bullets) else [block.text] if hasattr(block, "text") else []
    return found


def test_requirements_that_hold_in_no_case_are_one_line() -> None:
    assert told(
        reserve(1, "autisme (langvarig)", 2028, 4.0),
        reserve(2, "autisme (langvarig)", 2026, 1.5),
        reserve(3, "dom (midlertidig)", 2027, 2.0),
        reserve(4, "autisme (langvarig)", 2027, 3.0),
    ) == [
        "Kravene strider mod hinanden",
        "Ingen plan kan opfylde alle krav.",
        "Det kan ikke lade sig gøre, uanset de andre krav; lemp det nok:",
        "mindst 40 % ledige pladser til autisme (langvarig) i 2026-2028 og dom (midlertidig) i 2027 (politik); "
        "lemp dem alle, mest for autisme (langvarig) i 2028: mindst 4 pladser",
    ]


def test_one_contradiction_names_the_least_that_is_enough() -> None:
    forced = Relaxation(1, "nyt-12 skal bygges", "projects", "politik", 1.0, "")
    *_, first, second = told(forced, frame(1, 2027, 3.25), frame(1, 2026, 2.0), frame(1, 2029, None))
    assert first == "nyt-12 skal bygges (politik); fjern kravet"
    assert second == (
        "Vejle bygger inden for sin anlægsramme i 2026-2027, 2029 (aftale); "
        "lemp ét af dem, mindst er det for 2026: 2 mio. kr."
    )


def test_where_one_alone_is_never_enough() -> None:
    forced = Relaxation(1, "nyt-12 skal bygges", "projects", "politik", 1.0, "")
    assert told(forced, frame(1, 2026, None), frame(1, 2027, None))[-1] == (
        "Vejle bygger inden for sin anlægsramme i 2026-2027 (aftale); det er ikke nok at lempe ét af disse krav alene"
    )


def test_several_contradictions_are_counted() -> None:
    forced = [Relaxation(n, f"p{n} skal bygges", "projects", "politik", 1.0, "") for n in (1, 2)]
    found = told(forced[0], frame(1, 2026, 1.0), forced[1], frame(2, 2027, 2.0), warnings=("Pas på.",))
    assert "Der er 2 modsigelser; lemp mindst ét krav i hver af dem:" in found
    assert [line for line in found if line.startswith("Modsigelse")] == ["Modsigelse 1", "Modsigelse 2"]
    assert found[-2:] == ["Advarsler", "Pas på."]


def refusal(year: int, amount: float) -> Relaxation:
    sentence = f"Vejle tør ikke bygge: tabet i {year} er {amount + 20:.2f} kr.".replace(".", ",", 1)
    return Relaxation(1, sentence, "acceptance", "aftale", amount, "kr. pr. indbygger")


def test_nobody_consents() -> None:
    other = Relaxation(1, "Vejen betaler i alt 9,00 kr. mere", "acceptance", "aftale", 9.0, "kr. pr. indbygger")
    blocks = contradiction_blocks(
        Conflict(world.scenario(), (refusal(2028, 1.0), refusal(2030, 5.0), refusal(2029, 2.0), other), ("Ingen.",))
    )
    assert blocks[0] == Heading("Parterne kan ikke blive enige") and blocks[1] == Paragraph("Ingen.")
    assert blocks[2] == Bullets(
        (
            "Vejle tør ikke bygge: tabet i 2030 er 25,00 kr. (mangler 5,00 kr. pr. indbygger; også i 2028-2029)",
            "Vejen betaler i alt 9,00 kr. mere (mangler 9,00 kr. pr. indbygger)",
        )
    )


def test_of_warnings_alike_the_worst_is_told() -> None:
    texts = [
        f"{year}: behovet er {need:.1f}; mindst {need - 9:.1f} mangler.".replace(".", ",", 2)
        for year, need in ((2026, 10), (2027, 12), (2028, 11))
    ]
    assert worst_told([*texts, "Noget andet."]) == (
        "2027: behovet er 12,0; mindst 3,0 mangler. Også i 2026, 2028.",
        "Noget andet.",
    )
