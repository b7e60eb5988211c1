"""``kapacitet settle``: what it prints, the files it writes, and how it refuses."""

from __future__ import annotations

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner

from kapacitet.cli.main import app
from kapacitet.ledger import SCHEMES, Entry
from kapacitet.report.safe_csv import entries_csv

runner = CliRunner()
EXAMPLE = Path(__file__).parents[2] / "docs" / "eksempler" / "settle.toml"
HEADER = "booked_year,concerns_year,payer,payee,offer,kind,amount"
CASE = """
[offer]
name = "Huset"
owner = "A"
places = 10
fixed_cost = 9_000_000
variable_cost = 100_000.0
budgeted_occupancy = 0.9
[[use]]
year = 2026
municipality = "B"
place_years = 6
[scheme]
name = "standard"
"""


def write(folder: Path, text: str) -> str:
    path = folder / "sag.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_the_example_shows_all_schemes_and_writes_its_own(tmp_path: Path) -> None:
    out = tmp_path / "poster.csv"
    told = runner.invoke(app, ["settle", str(EXAMPLE), "--out", str(out)])
    assert told.exit_code == 0, told.stderr
    assert all(f"\n{scheme.title}\n---" in told.stdout for scheme in SCHEMES.values())
    assert "Ordningerne ved siden af hinanden" in told.stdout and "145.263.157,89" in told.stdout
    assert "Tilbage får Varde 41.551,25 kr." in told.stdout and "2030 *" in told.stdout
    lines = out.read_text(encoding="utf-8").splitlines()
    assert lines[0] == HEADER
    assert "2026,2026,561,573,Nyt botilbud i Varde,abonnement,5263157.89" in lines
    assert "2028,2028,573,573,Nyt botilbud i Varde,ejer,-2500000.00" in lines
    assert "2030,2028,561,573,Nyt botilbud i Varde,efterregulering,-62326.87" in lines
    assert sum(Decimal(row["amount"]) for row in csv.DictReader(lines)) == Decimal("145263157.89")


@pytest.mark.parametrize("scheme", SCHEMES)
def test_one_scheme(tmp_path: Path, scheme: str) -> None:
    out = tmp_path / "poster.csv"
    told = runner.invoke(app, ["settle", str(EXAMPLE), "--scheme", scheme, "--out", str(out)])
    assert told.exit_code == 0, told.stderr
    assert "Ordningerne ved siden af hinanden" not in told.stdout
    rows = list(csv.DictReader(out.read_text(encoding="utf-8").splitlines()))
    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("145263157.89")


def test_schemes_without_their_terms_are_left_out(tmp_path: Path) -> None:
    told = runner.invoke(app, ["settle", write(tmp_path, CASE), "--scheme", "alle"])
    assert told.exit_code == 0
    assert "Abonnement er ikke vist: sagen mangler abonnementer." in told.stdout
    assert "Underskudsgaranti er ikke vist: sagen mangler en fordelingsnøgle." in told.stdout
    assert "A dækker 495.000,00 kr. som ejer. Ud over taksten betaler B 2.505.000,00 kr." in told.stdout


def test_a_scheme_without_its_terms_is_said_to_change_nothing(tmp_path: Path) -> None:
    told = runner.invoke(app, ["settle", write(tmp_path, CASE), "--scheme", "abonnement"])
    assert told.exit_code == 0
    assert "Abonnement uden abonnementer ændrer intet ved afregningen." in told.stdout


def test_several_futures(tmp_path: Path) -> None:
    text = CASE.replace(
        "[scheme]", '[[use]]\nyear = 2027\nmunicipality = "B"\nplace_years = 8\nfuture = "god"\n[scheme]'
    )
    text = text.replace(
        "[scheme]", '[[use]]\nyear = 2027\nmunicipality = "B"\nplace_years = 2\nfuture = "ringe"\n[scheme]'
    )
    out = tmp_path / "poster.csv"
    told = runner.invoke(app, ["settle", write(tmp_path, text), "--out", str(out)])
    assert told.exit_code == 0, told.stderr
    assert "i 2 fremtider" in told.stdout and "95 %-tilfælde" in told.stdout
    assert "Fremtiderne vejer lige meget" in told.stdout and "De forventede poster" in told.stdout
    assert "2027,2027,B,A,Huset,takst,5500000.00" in out.read_text(encoding="utf-8")  # (8.8 + 2.2) / 2


def test_many_years_are_shown_in_several_tables(tmp_path: Path) -> None:
    """Ten years and two of efterregulering: seven in the first table, five and the sums in the second."""
    rows = "".join(f'[[use]]\nyear = {year}\nmunicipality = "B"\nplace_years = 6\n' for year in range(2027, 2036))
    told = runner.invoke(app, ["settle", write(tmp_path, CASE.replace("[scheme]", rows + "[scheme]"))])
    assert told.exit_code == 0, told.stderr
    assert told.stdout.count("Betaler   Post") == 2
    assert "25.050.000,00" in told.stdout and "96.000.000,00" in told.stdout


def test_the_figure(tmp_path: Path) -> None:
    plot = tmp_path / "figur.png"
    told = runner.invoke(app, ["settle", str(EXAMPLE), "--plot", str(plot)])
    assert told.exit_code == 0, told.stderr
    assert plot.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "Filen er tom."),
        ("# intet\n", "Filen er tom."),
        (CASE.replace("0.9", "0,9"), "linje 8"),
        (CASE.replace("0.9", "nan"), "Skal være et endeligt tal."),
        (CASE.replace('"A"', "3"), "Skal være tekst."),
        (CASE.replace("[scheme]", "[skema]"), "nøgle scheme: Afsnittet mangler."),
        (CASE.replace("standard", "standart"), "Mente du «standard»?"),
        (CASE + "lag = -1\nalpha = 2\n", "2 fejl"),
    ],
)
def test_faulty_cases(tmp_path: Path, text: str, said: str) -> None:
    out = tmp_path / "poster.csv"
    told = runner.invoke(app, ["settle", write(tmp_path, text), "--out", str(out)])
    assert told.exit_code == 2
    assert said in told.stderr and "Traceback" not in told.stderr
    assert told.stdout == "" and not out.exists()


def test_other_refusals(tmp_path: Path) -> None:
    case = write(tmp_path, CASE.replace('name = "standard"', ""))
    for words, said in (
        ([str(tmp_path / "findes_ikke.toml")], "Filen findes ikke."),
        ([str(tmp_path)], "Det er ikke en fil."),
        ([case, "--scheme", "objektivt"], "Mente du «objektiv»?"),
        ([case, "--scheme", "objektiv"], "kræver en fordelingsnøgle"),
        ([case, "--scheme", "alle", "--out", str(tmp_path / "x.csv")], "Vælg ordningen med --scheme."),
        ([case, "--scheme", "standard", "--out", str(tmp_path / "a" / "x.csv")], "Mappen findes ikke."),
        ([case, "--out", "x.txt"], "--out: Filen skal ende på .csv."),
        ([case, "--plot", "x.svg"], "--plot: Filen skal ende på .png."),
    ):
        told = runner.invoke(app, ["settle", *words])
        assert told.exit_code == 2 and said in told.stderr, (words, told.stderr)


def test_text_from_the_case_is_no_formula() -> None:
    entry = Entry(2026, 2026, "=1+1", "A", "@huset", "takst", 100, "")
    assert entries_csv([entry]) == f"{HEADER}\n2026,2026,'=1+1,A,'@huset,takst,1.00\n"


def test_help_is_danish() -> None:
    told = runner.invoke(app, ["settle", "--help"])
    assert told.exit_code == 0 and "SAG" in told.stdout and "ORDNING" in told.stdout
