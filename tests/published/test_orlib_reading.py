"""Reading files of the OR-Library: layout means nothing, and what is wrong is told with its line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from kapacitet.cli.main import app
from kapacitet.faults import FaultyInput
from kapacitet.region.orlib import LocationProblem, parse_orlib, read_orlib
from kapacitet.region.orlib_region import orlib_region, orlib_scenario

from .problems import SMALL

GOOD = "2 1\n10 5\n10 6.5\n4\n8 12\n"


def faults(text: str, capacity: int | None = None) -> list[str]:
    with pytest.raises(FaultyInput) as caught:
        parse_orlib(text, "opgave", capacity=capacity)
    return [fault.text() for fault in caught.value.faults]


@settings(derandomize=True, deadline=None, max_examples=30, database=None)
@given(st.integers(1, 40), st.sampled_from(("\n", "\r\n", "\n\n \t")))
def test_line_ends_mean_nothing(width: int, line: str) -> None:
    expected = parse_orlib(SMALL.text(), "opgave")
    assert parse_orlib(SMALL.text(width=width).replace("\n", line), "opgave") == expected


def test_what_is_read() -> None:
    found = parse_orlib("2 1  10 5. 1e1 6.5 +4 8.000 .5\n", "opgave")
    cost = ((Decimal("8.000"), Decimal(".5")),)
    assert found == LocationProblem("opgave", (10, 10), (Decimal(5), Decimal("6.5")), (Decimal(4),), cost)


def test_the_word_needs_a_number_and_only_the_word_does() -> None:
    word = GOOD.replace("10 ", "capacity ")
    assert parse_orlib(word, "opgave", capacity=10) == parse_orlib(GOOD, "opgave")
    assert parse_orlib(GOOD.replace("10 5", "Capacity 5"), "opgave", capacity=3).capacity == (3, 10)
    assert "Angiv kapaciteten med --capacity" in faults(word)[0]
    assert "Filen har selv stedernes kapacitet" in faults(GOOD, capacity=10)[0]
    assert "fra 1 til 1.000.000.000" in faults(word, capacity=0)[0]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", ["tom eller har kun ét tal"]),
        ("3", ["tom eller har kun ét tal"]),
        ("0 1\n", ["linje 1, værdi «0»: Antallet af steder er ikke et helt tal på mindst 1"]),
        ("2.5 x", ["Antallet af steder", "Antallet af kunder"]),
        ("500000 500000", ["flere par end 200.000"]),
        ("999999999 1", ["flere par end 200.000"]),
        (GOOD[:-4], ["for få tal: 8, men 2 steder og 1 kunder kræver 9"]),
        (GOOD + "7", ["linje 6: opgave har for mange tal: 10"]),
        (GOOD.replace("12", "tolv"), ["linje 5, værdi «tolv»: Værdien er ikke et tal"]),
        (GOOD.replace("8 12", "8,5 nan"), ["værdi «8,5»", "værdi «nan»"]),
        (GOOD.replace("8 12", "1_0 ٣"), ["værdi «1_0»", "værdi «٣»"]),
        (GOOD.replace("12", "capacity"), ["værdi «capacity»: Værdien er ikke et tal"]),
        (GOOD.replace("12", "inf").replace("10 5", "10 -5"), ["linje 2, værdi «-5»: Tallet er negativt", "«inf»"]),
        (GOOD.replace("12", "1e99"), ["urimeligt stort"]),
        (GOOD.replace("12", "1e999999999"), ["ikke et tal"]),
        (GOOD.replace("10 5", "10.5 5"), ["linje 2, værdi «10.5»: Et steds kapacitet skal være et helt tal"]),
        (GOOD.replace("10 5", "0 5"), ["Et steds kapacitet skal være et helt tal fra 1"]),
        (GOOD.replace("\n4\n", "\n0\n"), ["linje 4, værdi «0»: Kunden har intet behov, men en pris"]),
        (GOOD.replace("\n4\n", "\n0.00001\n"), ["flere end fire decimaler"]),
        (GOOD.replace("\n4\n", "\n21\n"), ["Kundernes behov er 21 i alt, men stederne kan tilsammen kun levere 20"]),
        ("1 1 5 5 0 0", ["intet at løse"]),
    ],
)
def test_malformed_files(text: str, told: list[str]) -> None:
    found = faults(text)
    assert len(found) == len(told)
    for fault, part in zip(found, told, strict=True):
        assert part in fault


def test_many_faults_are_counted() -> None:
    found = faults("1 50 9999 1 " + "1 x " * 50)
    assert len(found) == 21 and "Der er 30 fejl mere." in found[-1]


@settings(derandomize=True, deadline=None, max_examples=200, database=None)
@given(st.lists(st.sampled_from(("1", "2", "0", "-1", "x", "capacity", "9" * 30, "1.5", "\n")), max_size=14))
def test_anything_is_a_problem_or_faults(words: list[str]) -> None:
    try:
        problem = parse_orlib(" ".join(words), "opgave")
    except FaultyInput as error:
        assert error.faults
    else:
        assert len(orlib_region(problem).tables["candidates"]) == len(problem.fixed)
        assert orlib_scenario(problem, ".")["costs"]["unmet_penalty"] > 0


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    (tmp_path / "billede").write_bytes(b"\xff\xfe\x00")
    for name, told in (
        ("væk", "findes ikke"),
        (".", "er en mappe"),
        ("billede", "ikke en tekstfil"),
        ("\0", "læses"),
    ):
        with pytest.raises(FaultyInput, match=told):
            read_orlib(tmp_path / name)


def test_the_command_tells_faults_and_writes_nothing(tmp_path: Path) -> None:
    runner, file, out = CliRunner(), tmp_path / "opgave.txt", tmp_path / "ud"
    file.write_text("1 1 5 5 x 3", encoding="utf-8")
    told = runner.invoke(app, ["orlib", str(file), "--out", str(out)])
    assert told.exit_code == 2 and "1 fejl" in told.stderr and "«x»" in told.stderr
    assert not out.exists()
    file.write_text(GOOD, encoding="utf-8")
    out.mkdir()
    (out / "brev.txt").write_text("x")
    refused = runner.invoke(app, ["orlib", str(file), "--out", str(out)])
    assert refused.exit_code == 2 and "overskrives ikke" in refused.stderr
    help_text = runner.invoke(app, ["orlib", "--help"]).stdout
    assert "Brug: " in help_text and "--capacity" in help_text


def test_the_region_is_as_the_specification_says() -> None:
    problem = parse_orlib(SMALL.text(), "Cap 41!")
    region, scenario = orlib_region(problem), orlib_scenario(problem, ".")
    assert region.id == "cap-41"
    sites = region.tables["candidates"]
    assert set(sites["owner_type"]) == {"region"}
    for column in ("construction_cost", "lead_time"):
        assert (sites[column] == 0).all()
    for column in ("approval_cost", "yearly_tilsyn"):
        assert sites[column].isna().all()
    assert set(region.tables["target_groups"]["support_step"]) == {0.5}
    minutes = region.tables["travel_times"].set_index(["municipality", "offer_or_candidate"])["minutes"]
    assert minutes["k1", "s2"] == pytest.approx(50 / 5)
    assert scenario["costs"]["travel_cost_per_minute"] == 1.0 and scenario["costs"]["discount_rate"] == 0.0
    assert set(scenario["limits"].values()) == {"off"}
