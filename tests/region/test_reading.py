"""Folders, zips and workbooks as users make them: what is read, what is forgiven and what is told."""

from __future__ import annotations

import csv
import datetime as dt
import errno
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from kapacitet.faults import Fault, FaultyInput
from kapacitet.region import TABLES, load_region, region_from_tables, validate_region
from kapacitet.region.reading import limits
from tests.region import small


def told(path: Path) -> list[str]:
    """The faults, warnings left out, of a region that can't be used."""
    region, faults = validate_region(path)
    assert region is None
    return [fault.text() for fault in faults if fault.severity == "fejl"]


def warned(path: Path) -> list[str]:
    return [fault.text() for fault in load_region(path).warnings]


def zipped(folder: Path, path: Path, inside: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in sorted(folder.iterdir()):
            archive.write(file, inside + file.name)
    return path


def test_the_same_region_from_everywhere(tmp_path: Path) -> None:
    in_memory = small.build()
    folder = small.write_folder(tmp_path / "proeve")
    assert load_region(folder) == in_memory
    assert load_region(zipped(folder, tmp_path / "flad.zip")) == in_memory
    assert load_region(zipped(folder, tmp_path / "mappe.zip", "proeve/")) == in_memory
    book = load_region(small.write_book(tmp_path / "proeve.xlsx"))
    assert book.outlines is None
    assert {name: frame.to_csv() for name, frame in book.tables.items()} == {
        name: frame.to_csv() for name, frame in in_memory.tables.items()
    }


def test_load_tells_every_fault_at_once(tmp_path: Path) -> None:
    content = small.tables()
    content["offers"][0]["places"] = -1
    content["demand"][0]["low"] = 99
    with pytest.raises(FaultyInput) as caught:
        load_region(small.write_folder(tmp_path, content))
    assert [fault.table for fault in caught.value.faults] == ["offers", "demand"]


# --- folders and CSV


def test_a_missing_required_table_is_told_with_its_columns(tmp_path: Path) -> None:
    content = small.tables()
    del content["residents"]
    assert told(small.write_folder(tmp_path, content)) == [
        "tabel residents: Tabellen mangler. Tilføj den med kolonnerne municipality, target_group, offer, count, "
        "as_of, source, evidence. Har den ingen rækker, så skriv kun overskriften."
    ]


def test_missing_optional_tables_are_empty_and_missing_figures_a_warning(tmp_path: Path) -> None:
    content = {name: rows for name, rows in small.tables().items() if not TABLES[name].optional and name != "figures"}
    region = load_region(small.write_folder(tmp_path, content))
    assert len(region.tables["keys"]) == 0
    assert [fault.table for fault in region.warnings] == ["figures"]


def test_tables_with_only_a_header_are_empty(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    for name in ("residents", "anlaegsramme", "keys"):
        header = ",".join(TABLES[name].by_name)
        (folder / f"{name}.csv").write_text(header + "\n", encoding="utf-8")
    assert len(load_region(folder).tables["residents"]) == 0


def test_a_file_without_a_header_and_an_empty_table_that_must_have_rows(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "keys.csv").write_text("\n\n", encoding="utf-8")
    (folder / "target_groups.csv").write_text(",".join(TABLES["target_groups"].by_name), encoding="utf-8")
    texts = told(folder)
    assert (
        "tabel keys: Tabellen er tom og har ingen overskrift. Skriv overskriften i række 1: key, municipality, "
        "weight, source, evidence." in texts
    )
    assert "tabel target_groups: Tabellen har ingen rækker. Tilføj mindst én række." in texts


def test_columns_may_stand_in_any_order_with_blanks_and_capitals(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_text(
        "Evidence, SOURCE ,index,year,\nillustrativ,prøve,100,2026,\n\n", encoding="utf-8-sig"
    )
    assert load_region(folder) == small.build()


@pytest.mark.parametrize(
    ("header", "text"),
    [
        ("year,indx,source,evidence", "række 1, kolonne indx: Kolonnen kendes ikke. Mente du index?"),
        (
            "year,index,kommentar,source,evidence",
            "række 1, kolonne kommentar: Kolonnen kendes ikke. Slet kolonnen; tabellen har year, index, source, "
            "evidence.",
        ),
        (
            "year,index,year,source,evidence",
            "række 1, kolonne year: Kolonnen står flere gange. Slet eller omdøb den ene.",
        ),
        ("year,source,evidence", "række 1, kolonne index: Kolonnen mangler. Tilføj kolonnen. Pris- og lønindeks."),
        ("year,index,,source,evidence", "række 1: Kolonne nummer 3 har værdier, men ingen overskrift."),
    ],
)
def test_headers(tmp_path: Path, header: str, text: str) -> None:
    folder = small.write_folder(tmp_path)
    values = {"year": "2026", "index": "100", "source": "prøve", "evidence": "illustrativ"}
    row = ",".join(values.get(name, "x") for name in header.split(","))
    (folder / "pl_index.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    assert any(text in each for each in told(folder))


def test_row_numbers_are_a_spreadsheets(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_text(
        'year,index,source,evidence\n2026,100,"to\nlinjer",illustrativ\n\n2027,x,prøve,illustrativ\n',
        encoding="utf-8",
    )
    assert told(folder) == [
        "tabel pl_index, række 4, kolonne index, værdi «x»: Værdien er ikke et tal. Skriv et tal i stedet for «x»."
    ]


def test_a_row_of_another_length_is_told_once(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_text(
        "year,index,source,evidence\n2026,100,prøve,illustrativ\n2027,103,5,prøve,illustrativ\n2028,106\n",
        encoding="utf-8",
    )
    assert told(folder) == [
        f"tabel pl_index, række {row}: Rækken har {count} felter, men overskriften har 4. Sæt tekst og tal med komma "
        "i anførselstegn; et tomt felt er to kommaer efter hinanden."
        for row, count in ((3, 5), (4, 2))
    ]


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (
            "year,index,source,evidence\n2026,100,prøve,illustrativ\n".encode("cp1252"),
            "Filen er ikke gemt som UTF-8: linje 2 kan ikke læses («2026,100,prøve,illustra»). Gem den som",
        ),
        ("year,index".encode("utf-16"), "Filen er ikke gemt som UTF-8 (den ligner UTF-16)."),
        (
            b"year;index;source;evidence\n2026;100;x;illustrativ\n",
            "Filen er delt med semikolon, som Excel gør på dansk.",
        ),
        (b"year\tindex\tsource\tevidence\n2026\t100\tx\tillustrativ\n", "Filen er delt med tabulator."),
        (b'year,index,source,evidence\n2026,100,"x,illustrativ\n', "Filens anførselstegn passer ikke sammen."),
        (b",".join([b"a"] * 300), "Tabellen har mere end 200 kolonner."),
    ],
)
def test_files_that_are_no_csv(tmp_path: Path, data: bytes, text: str) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_bytes(data)
    (each,) = told(folder)
    assert each.startswith(f"tabel pl_index: {text}")


def test_a_field_too_long(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_text("year,index,source,evidence\n2026,100," + "x" * 5_000 + ",faktisk\n")
    before = csv.field_size_limit(4_000)
    try:
        (each,) = told(folder)
    finally:
        csv.field_size_limit(before)
    assert each.startswith("tabel pl_index: Et felt er på over 4.000 tegn. Forkort feltet")


def test_too_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small.write_folder(tmp_path)
    book = small.write_book(tmp_path / "bog.xlsx")
    for module in ("csv_text", "workbook"):
        monkeypatch.setattr(f"kapacitet.region.reading.{module}.MOST_ROWS", 11)
    text = "tabel demand: Tabellen har mere end 11 rækker. Del den op."
    assert told(folder) == [text]
    assert told(book) == [text]


def test_danish_numbers_in_csv(tmp_path: Path) -> None:
    content = small.tables()
    content["municipalities"][0]["population"] = "1.238.406"
    content["candidates"][0]["construction_cost"] = "36,0 mio. kr."
    content["offers"][0]["budgeted_occupancy"] = "95 %"
    content["offers"][0]["top_up"] = "-"
    content["travel_times"][0]["minutes"] = "1.238"
    region = load_region(small.write_folder(tmp_path, content))
    assert region.tables["municipalities"].loc[0, "population"] == 1_238_406
    assert region.tables["candidates"].loc[0, "construction_cost"] == 36_000_000
    assert region.tables["offers"].loc[0, "budgeted_occupancy"] == 0.95
    assert region.tables["offers"]["top_up"].isna().all()
    assert region.tables["travel_times"].loc[0, "minutes"] == 1.238


def test_unclear_numbers_in_csv_are_told(tmp_path: Path) -> None:
    content = small.tables()
    content["candidates"][0]["construction_cost"] = "1.238 kr."
    content["travel_times"][0]["minutes"] = "1,238"
    mend = "Tallet kan læses på to måder. Skriv 1238, hvis det er tusinder, eller 1.2380, hvis det er decimaler."
    assert told(small.write_folder(tmp_path, content)) == [
        f"tabel candidates, række 2, kolonne construction_cost, værdi «1.238 kr.»: {mend}",
        f"tabel travel_times, række 2, kolonne minutes, værdi «1,238»: {mend}",
    ]


# --- datapackage.json


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        (
            {"price_year": None},
            "datapackage.json, nøgle price_year: Værdien mangler. Skriv prisåret, fx 2026.",
        ),
        (
            {"price_year": "i år"},
            "datapackage.json, nøgle price_year, værdi «i år»: Værdien er ikke et tal. Skriv prisåret",
        ),
        ({"name": "Syd/danmark"}, "nøgle id, værdi «Syd/danmark»: Regionens id mangler eller har andre tegn"),
        ({"title": "a\x07"}, "nøgle title, værdi «a\x07»: Teksten har usynlige styretegn."),
        ({"resources": "alle"}, "nøgle resources: resources er ikke en liste."),
        ({"resources": [{"name": "keys"}]}, "nøgle resources: En ressource mangler name eller path"),
        ({"resources": [{"name": "keys", "path": ["keys.csv"]}]}, "En ressource mangler name eller path"),
        ({"resources": [{"name": "keys", "data": []}]}, "En ressource mangler name eller path"),
        (
            {"resources": [{"name": "keys", "path": "../keys.csv"}]},
            "nøgle path, værdi «../keys.csv»: Stien til keys fører ud af regionens mappe og læses ikke. "
            "Skriv keys.csv.",
        ),
        ({"resources": [{"name": "keys", "path": "/etc/passwd"}]}, "Stien til keys fører ud af regionens mappe"),
        ({"resources": [{"name": "keys", "path": "C:\\keys.csv"}]}, "Stien til keys fører ud af regionens mappe"),
        ({"resources": [{"name": "keys", "path": "https://x.dk/a.csv"}]}, "Stien til keys fører ud af regionens"),
        ({"resources": [{"name": "keys", "path": "nej.csv"}]}, "tabel keys: Filen nej.csv findes ikke i mappen."),
        (
            {"resources": [{"name": "keys", "path": "keys.csv"}, {"name": "keys", "path": "pl_index.csv"}]},
            "værdi «keys»: Tabellen er nævnt to gange.",
        ),
        (
            {"resources": [{"name": "loan_pool", "path": "loan_pool.csv"}]},
            "værdi «loan_pool»: Tabellen kendes ikke. Mente du loan_pools?",
        ),
    ],
)
def test_descriptors(tmp_path: Path, fields: dict[str, object], text: str) -> None:
    assert any(text in each for each in told(small.write_folder(tmp_path, **fields)))


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"{", "datapackage.json: Filen er ikke gyldig JSON: linje 1, tegn 2. Ret filen."),
        (b"[]", "datapackage.json: Filen er ikke et JSON-objekt. Ret filen."),
        (b'{"title": "\xe6"}', "datapackage.json: Filen er ikke gemt som UTF-8."),
        (b"[" * 200_000, "datapackage.json: Filen er ikke gyldig JSON. Ret filen."),
        (None, "Der er ingen datapackage.json i mappen."),
    ],
)
def test_no_descriptor(tmp_path: Path, data: bytes | None, text: str) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "datapackage.json").unlink()
    if data is not None:
        (folder / "datapackage.json").write_bytes(data)
    (each,) = told(folder)
    assert each.startswith(text)


def test_tables_not_named_in_the_descriptor_are_read_with_a_warning(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"] = [each for each in descriptor["resources"] if each["name"] != "keys"]
    descriptor["resources"].append({"name": "notater", "path": "notater.csv"})
    descriptor["resources"].append({"name": "kort", "path": "kort.geojson"})
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    region = load_region(folder)
    assert len(region.tables["keys"]) == 3
    assert [fault.message for fault in region.warnings] == [
        "Tabellen notater kendes ikke og er ikke læst.",
        "kort.geojson er ikke læst.",
        "keys.csv ligger i mappen, men står ikke i datapackage.json. Den er læst med.",
    ]


def test_a_descriptor_may_leave_out_the_files_and_the_name(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path / "Min region", resources=[], name=None)
    region = load_region(folder)
    assert region.id == "min-region"
    assert [fault.message for fault in region.warnings] == ["Pakken har intet name; regionen kaldes min-region."]


def test_tables_may_lie_in_a_folder_below(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "data").mkdir()
    descriptor = json.loads((folder / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        (folder / resource["path"]).rename(folder / "data" / resource["path"])
        resource["path"] = f"data/{resource['path']}"
    (folder / "datapackage.json").write_text(json.dumps(descriptor))
    assert load_region(folder) == small.build()


def test_links_out_of_the_folder_are_not_followed(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path / "region")
    (tmp_path / "hemmelig.csv").write_text("key,municipality,weight,source,evidence\n")
    (folder / "keys.csv").unlink()
    (folder / "keys.csv").symlink_to(tmp_path / "hemmelig.csv")
    assert told(folder) == [
        "tabel keys: Filen keys.csv findes ikke i mappen. Læg den der, eller ret datapackage.json."
    ]


def test_files_without_access(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small.write_book(tmp_path / "bog.xlsx")

    def refuse(*_: object) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refuse)
    assert told(path) == [
        "«bog.xlsx» kan ikke læses: der mangler adgang til den. Kontrollér filen og dens rettigheder."
    ]


def test_a_table_without_access_does_not_hide_the_faults_of_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = small.write_folder(tmp_path)
    (folder / "pl_index.csv").write_text("year;index", encoding="utf-8")
    read = Path.read_bytes

    def refuse_one(path: Path) -> bytes:
        if path.name == "keys.csv":
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return read(path)

    monkeypatch.setattr(Path, "read_bytes", refuse_one)
    texts = told(folder)
    assert len(texts) == 2
    assert any(each.startswith("keys.csv: Filen kan ikke læses. Der mangler adgang til") for each in texts)


@pytest.mark.parametrize("name", ["findes-ikke", "region.txt", "region.xls", "region.xlsm"])
def test_other_paths(tmp_path: Path, name: str) -> None:
    if name != "findes-ikke":
        (tmp_path / name).write_text("x")
    (each,) = told(tmp_path / name)
    assert each.startswith(f"{tmp_path / name if name == 'findes-ikke' else name}: ")


def test_the_descriptor_itself_is_not_the_region(tmp_path: Path) -> None:
    (each,) = told(small.write_folder(tmp_path) / "datapackage.json")
    assert "Angiv den mappe, filen ligger i." in each


# --- outlines


@pytest.mark.parametrize(
    ("spoil", "text"),
    [
        (lambda _: "[]", "Filen er ikke GeoJSON i UTF-8."),
        (lambda data: {**data, "features": []}, "Filen har ingen omrids."),
        (lambda data: {**data, "features": 3}, "Filen er ikke GeoJSON i UTF-8."),
        (
            lambda data: {**data, "crs": {"type": "name", "properties": {"name": "EPSG:25832"}}},
            "Omridsene er i et andet koordinatsystem.",
        ),
        (lambda data: {**data, "features": [{}]}, "Omrids nummer 1: mangler kommunekode, navn eller geometri."),
        (lambda data: data["features"][0].update(geometry=None) or data, "Omrids nummer 1: mangler kommunekode"),
        (
            lambda data: data["features"][0].update(geometry={"type": "Point", "coordinates": [9, 55]}) or data,
            "Omridset af 410 Middelfart er ikke en flade.",
        ),
        (
            lambda data: (
                data["features"][0]["geometry"].update(coordinates=[[[6e5, 6e6], [7e5, 6e6], [7e5, 7e6], [6e5, 6e6]]])
                or data
            ),
            "Omridset af 410 Middelfart har koordinater, der ikke er længde- og breddegrader.",
        ),
        (
            lambda data: (
                data["features"][0]["geometry"].update(coordinates=[[[9, 55], [10, 56], [10, 55], [9, 56], [9, 55]]])
                or data
            ),
            "Omridset af 410 Middelfart er ikke en gyldig flade.",
        ),
        (
            lambda data: data["features"][1]["properties"].update(kommunekode="410") or data,
            "Koden har to omrids.",
        ),
    ],
)
def test_outlines(tmp_path: Path, spoil: Callable[[dict[str, object]], object], text: str) -> None:
    folder = small.write_folder(tmp_path)
    data = json.loads((folder / "municipalities.geojson").read_text())
    (folder / "municipalities.geojson").write_text(json.dumps(spoil(data)))
    assert any("municipalities.geojson" in each and text in each for each in told(folder))


def test_integer_codes_in_outlines_are_text(tmp_path: Path) -> None:
    folder = small.write_folder(tmp_path)
    file = folder / "municipalities.geojson"
    file.write_text(file.read_text().replace('"410"', "410"))
    assert load_region(folder) == small.build()


# --- workbooks


def edited(path: Path, edit: Callable[[openpyxl.Workbook], object]) -> Path:
    small.write_book(path)
    book = openpyxl.load_workbook(path)
    edit(book)
    book.save(path)
    return path


def cell(sheet: str, place: str, value: object) -> Callable[[openpyxl.Workbook], object]:
    def edit(book: openpyxl.Workbook) -> None:
        book[sheet][place] = value

    return edit


def with_outlines(*rows: list[object]) -> Callable[[openpyxl.Workbook], object]:
    def edit(book: openpyxl.Workbook) -> None:
        sheet = book.create_sheet("outlines")
        for row in rows:
            sheet.append(row)

    return edit


def test_danish_text_numbers_dates_and_booleans_in_workbooks(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        headers = {
            name: [each.value for each in book[name][1]] for name in ("offers", "municipalities", "candidates")
        }
        book["municipalities"].cell(2, headers["municipalities"].index("population") + 1).value = "40.158"
        book["municipalities"].cell(2, 1).value = 410
        book["candidates"].cell(2, headers["candidates"].index("construction_cost") + 1).value = "21,6 mio. kr."
        book["candidates"].cell(2, headers["candidates"].index("spend_profile") + 1).value = "0,5;0,5"
        book["candidates"].cell(3, headers["candidates"].index("spend_profile") + 1).value = 1
        book["offers"].cell(2, headers["offers"].index("in_rammeaftale") + 1).value = "Sand"
        book["offers"].cell(2, headers["offers"].index("as_of") + 1).value = dt.datetime(2026, 1, 1)
        book["offers"].cell(3, headers["offers"].index("as_of") + 1).value = "01-01-2026"

    region = load_region(edited(tmp_path / "bog.xlsx", edit))
    assert region.tables["municipalities"].loc[0, "population"] == 40_158
    assert region.tables["municipalities"].loc[0, "code"] == "410"
    assert region.tables["candidates"].loc[0, "construction_cost"] == 21_600_000
    assert region.tables["candidates"]["spend_profile"].tolist() == ["0.5;0.5", "1"]
    assert region.tables["offers"]["as_of"].tolist() == ["2026-01-01", "2026-01-01"]
    assert region.tables["offers"].loc[0, "in_rammeaftale"]


@pytest.mark.parametrize(
    ("edit", "text"),
    [
        (cell("pl_index", "B2", "=50+50"), "tabel pl_index, række 2: Formlen i B2 har ingen gemt værdi."),
        (
            cell("pl_index", "B2", "#DIV/0!"),
            "tabel pl_index, række 2, kolonne index, værdi «#DIV/0!»: Cellen er en",
        ),
        (
            cell("pl_index", "B1", "indeks"),
            "tabel pl_index, række 1, kolonne indeks: Kolonnen kendes ikke. Mente du index?",
        ),
        (
            cell("pl_index", "F2", "kommentar"),
            "tabel pl_index, række 2: Rækken har 6 felter, men overskriften har 4.",
        ),
        (cell("region", "C2", None), "tabel region, kolonne price_year: Værdien mangler. Skriv prisåret, fx 2026."),
        (lambda book: book.remove(book["region"]), "tabel region: Arket region mangler."),
        (lambda book: book.remove(book["demand"]), "tabel demand: Tabellen mangler."),
        (
            lambda book: setattr(book["loan_pools"], "title", "loan pool"),
            "værdi «loan pool»: Arkets navn kendes ikke. Mente du loan_pools? Omdøb arket.",
        ),
        (
            lambda book: setattr(book["keys"], "title", " KEYS ") or book.create_sheet("keys"),
            "tabel keys: Arket findes to",
        ),
        (with_outlines(["x"]), "tabel outlines: Arket kan ikke læses."),
        (
            with_outlines(["kommunekode", "navn", "part", "wkt"], ["410", "Middelfart", 1, "POLYG"]),
            "tabel outlines: Arket kan ikke læses.",
        ),
        (
            with_outlines(["kommunekode", "navn", "part", "wkt"], ["410", "Middelfart", "a", "POLYGON EMPTY"]),
            "tabel outlines: Arket kan ikke læses.",
        ),
        (
            with_outlines(["kommunekode", "navn", "part", "wkt"]),
            "municipalities.geojson: Filen har ingen omrids.",
        ),
    ],
)
def test_workbooks(tmp_path: Path, edit: Callable[[openpyxl.Workbook], object], text: str) -> None:
    assert any(each.startswith(text) for each in told(edited(tmp_path / "bog.xlsx", edit)))


def test_sheets_that_are_no_tables_are_left_with_a_warning(tmp_path: Path) -> None:
    path = edited(tmp_path / "bog.xlsx", lambda book: [book.create_sheet(name) for name in ("Vejledning", "Noter")])
    assert "Arket Noter kendes ikke og er ikke læst." in warned(path)
    assert not any("Vejledning" in each for each in warned(path))


def test_the_region_sheet_may_stand_on_its_side(tmp_path: Path) -> None:
    def edit(book: openpyxl.Workbook) -> None:
        book["region"].delete_rows(1, 2)
        for row in (["id", "proeve"], ["title", "Prøve"], ["price_year", 2026]):
            book["region"].append(row)

    assert load_region(edited(tmp_path / "bog.xlsx", edit)).title == "Prøve"


def test_rows_far_down_and_columns_far_out_are_no_burden(tmp_path: Path) -> None:
    path = edited(tmp_path / "bog.xlsx", cell("pl_index", "B1048576", None))
    assert load_region(path)
    assert any(
        "Tabellen har mere end 200 kolonner." in each
        for each in told(edited(tmp_path / "bred.xlsx", cell("pl_index", "XFD2", 1)))
    )
    assert any(
        "Tabellen har mere end 200.000 rækker." in each
        for each in told(edited(tmp_path / "lang.xlsx", cell("pl_index", "A1048576", 1)))
    )


# --- memory


def test_tables_in_memory_may_hold_lists_frames_and_missing_values() -> None:
    content = dict(small.tables())
    content["offers"][0]["legal_basis"] = ["sel107", "sel108"]
    content["candidates"][0]["spend_profile"] = (0.5, 0.5)
    content["offers"][1]["fixed_cost"] = float("nan")
    region = small.build(content)
    assert region == small.build()
    again = region_from_tables("proeve", 2026, region.tables, title="Prøve", outlines=small.outlines())
    assert again == region


def test_unknown_tables_in_memory_are_told() -> None:
    with pytest.raises(FaultyInput) as caught:
        small.build({**small.tables(), "offer": [{"id": "x"}], "vejr": [{"x": 1}]})
    assert [fault.mend[:14] for fault in caught.value.faults] == ["Mente du offer", "Tabellerne er "]


def test_source_and_evidence_are_not_made_up() -> None:
    with pytest.raises(FaultyInput) as caught:
        region_from_tables("proeve", 2026, {"pl_index": [{"year": 2026, "index": 1.0}]})
    columns = {fault.column for fault in caught.value.faults if fault.table == "pl_index"}
    assert columns == {"source", "evidence"}


def test_given_sources_are_kept() -> None:
    content = small.tables()
    content["pl_index"] = [{"year": 2026, "index": 1.0, "source": "KL"}]
    assert small.build(content).tables["pl_index"].loc[0, "source"] == "KL"


def test_limits_are_as_promised() -> None:
    assert limits.MOST_COMPRESSED == 50 * 2**20
    assert limits.MOST_UNCOMPRESSED == 300 * 2**20


def test_very_many_faults_are_counted() -> None:
    rows = [{"key": "k", "municipality": "410", "weight": "x"} for _ in range(3_000)]
    with pytest.raises(FaultyInput) as caught:
        small.build({**small.tables(), "keys": rows})
    messages = [fault.message for fault in caught.value.faults]
    assert "Der er 1000 fejl mere i tabellen." in messages
    assert "Der er flere end 2000 fejl af samme slags." in messages
    assert all(isinstance(fault, Fault) for fault in caught.value.faults)
