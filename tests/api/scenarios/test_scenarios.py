"""Scenarios: made, copied, saved without losing anybody's changes, checked and compared."""

from __future__ import annotations

import tomllib
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
import sqlalchemy as sa
from kapacitet_api.audit.tables import audit
from kapacitet_api.database import Database
from kapacitet_api.scenarios.repository import add_version
from kapacitet_api.scenarios.tables import scenario_versions
from starlette.testclient import TestClient

from kapacitet.scenario.diff import diff
from kapacitet.scenario.files import parse_scenario, scenario_document
from kapacitet.scenario.schema import scenario_schema
from tests.report.world import scenario

SCENARIOS = "/api/v1/scenarios"
TOML = "application/toml"
CONTENT: dict[str, Any] = {"name": "Nyt", "region": "proeve", "horizon": {"first": 2026, "last": 2030}}
TEXT = '# Min egen bemærkning\nname = "Nyt"\nregion = "proeve"\n[horizon]\nfirst = 2026\nlast = 2030\n'


def make(client: TestClient, id: str = "nyt", **more: Any) -> Any:
    return client.post(SCENARIOS, json={"id": id, "content": CONTENT, **more})


def save(client: TestClient, tag: str | None, content: Any = None, id: str = "nyt", **more: Any) -> Any:
    headers = {} if tag is None else {"If-Match": tag}
    body = {"content": CONTENT | (content or {}), **more}
    return client.post(f"{SCENARIOS}/{id}/versions", json=body, headers=headers)


def pointers(answer: Any, status: int = 422) -> dict[str, str]:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    return {
        one.get("pointer") or one.get("parameter") or one.get("table"): one["detail"]
        for one in answer.json()["errors"]
    }


def test_a_new_scenario(client: TestClient, database: Database) -> None:
    answer = make(client, note="Første")
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert (made["id"], made["version"], made["name"], made["preset"], made["note"]) == (
        "nyt",
        1,
        "Nyt",
        False,
        "Første",
    )
    assert made["content"] == CONTENT
    assert made["effective"] == scenario_document(parse_scenario(CONTENT)) and made["faults"] == []
    assert answer.headers["location"] == f"{SCENARIOS}/nyt/versions/1"
    read = client.get(f"{SCENARIOS}/nyt")
    assert read.json() == made | {"warnings": []}
    assert read.headers["etag"] == answer.headers["etag"] == client.get(answer.headers["location"]).headers["etag"]
    assert client.get(f"{SCENARIOS}/nyt", headers={"If-None-Match": read.headers["etag"]}).status_code == 304
    with database.read() as connection:
        row = connection.execute(sa.select(audit).where(audit.c.object == "nyt")).one()
    assert row.what == "scenario.create" and row.who == made["created_by"]
    assert make(client).status_code == 200  # the same again
    assert make(client, name="Et andet navn").status_code == 409
    assert client.post("/api/v1/runs", json={"scenario": "nyt"}).status_code == 202


def test_toml_is_kept_as_it_is_written(client: TestClient) -> None:
    made = client.post(SCENARIOS, content=TEXT, headers={"Content-Type": TOML}, params={"id": "tekst", "note": "Æ"})
    assert made.status_code == 201, made.text
    for answer in (
        client.get(f"{SCENARIOS}/tekst", headers={"Accept": TOML}),
        client.get(f"{SCENARIOS}/tekst?format=toml"),
    ):
        assert answer.text == TEXT and answer.headers["content-type"].startswith(TOML)
    whole = client.get(f"{SCENARIOS}/tekst?format=toml&effective=true")
    assert parse_scenario(tomllib.loads(whole.text)) == parse_scenario(tomllib.loads(TEXT))
    assert whole.headers["etag"] != answer.headers["etag"]
    changed = TEXT.replace("last = 2030", "last = 2029")
    headers = {"Content-Type": TOML, "If-Match": answer.headers["etag"]}
    saved = client.post(f"{SCENARIOS}/tekst/versions", content=changed, headers=headers, params={"note": "Kortere"})
    assert saved.status_code == 201 and saved.json()["version"] == 2 and saved.json()["note"] == "Kortere"
    assert client.get(f"{SCENARIOS}/tekst", headers={"Accept": "text/html"}).status_code == 406
    unnamed = client.post(SCENARIOS, content=TEXT, headers={"Content-Type": TOML})
    assert set(pointers(unnamed)) == {"id"}


def test_nobodys_changes_are_lost(client: TestClient) -> None:
    first = make(client).headers["etag"]
    assert save(client, None).status_code == 428 and save(client, "*").status_code == 428
    mine = save(client, first, {"description": "min"})
    assert mine.status_code == 201 and mine.json()["version"] == 2
    theirs = save(client, first, {"description": "din"})
    assert theirs.status_code == 412 and theirs.json()["newest"] == 2
    assert save(client, '"noget andet", W/' + mine.headers["etag"], {"description": "din"}).status_code == 412
    again = save(client, first, {"description": "min"})  # the answer got lost; the same is asked again
    assert again.status_code == 200 and again.json()["version"] == 2
    assert save(client, f'"x", {mine.headers["etag"]}', {"description": "din"}).json()["version"] == 3
    page = client.get(f"{SCENARIOS}/nyt/versions?limit=2").json()
    assert [one["version"] for one in page["items"]] == [3, 2]
    rest = client.get(f"{SCENARIOS}/nyt/versions?limit=2&after={page['next']}").json()
    assert [one["version"] for one in rest["items"]] == [1] and rest["next"] is None
    assert page["items"][1]["etag"] == mine.headers["etag"]
    assert client.get(f"{SCENARIOS}/nyt/versions/1").json()["content"] == CONTENT


def test_many_save_at_the_same_time(client: TestClient, database: Database) -> None:
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda number: make(client, name=f"Navn {number % 2}"), range(8)))
        assert {answer.status_code for answer in made} <= {200, 201, 409}
        assert [answer.status_code for answer in made].count(201) == 1
        tag = client.get(f"{SCENARIOS}/nyt").headers["etag"]
        saved = list(pool.map(lambda number: save(client, tag, {"description": str(number)}), range(8)))
    assert sorted(answer.status_code for answer in saved) == [201] + [412] * 7
    with database.read() as connection:
        query = sa.select(scenario_versions.c.version).where(scenario_versions.c.scenario_id == "nyt")
        assert sorted(connection.execute(query).scalars()) == [1, 2]


def test_a_preset_is_copied_not_changed(client: TestClient, database: Database) -> None:
    with database.write() as connection:
        add_version(connection, "fast", TEXT, name="Fast", region="proeve", by="system", preset=True)
    tag = client.get(f"{SCENARIOS}/fast").headers["etag"]
    refused = save(client, tag, id="fast")
    assert refused.status_code == 409 and "kopi" in refused.json()["detail"]
    assert make(client, "fast").status_code == 409
    copy = client.post(SCENARIOS, json={"id": "kopi", "base": "fast"})
    assert copy.status_code == 201 and copy.json()["content"] == tomllib.loads(TEXT)
    changes = {"limits": {"reserve_min": 0.05}}
    other = client.post(SCENARIOS, json={"id": "kopi2", "base": "fast", "name": "Med reserve", "content": changes})
    assert other.status_code == 201, other.text
    assert other.json()["content"] == tomllib.loads(TEXT) | {"name": "Med reserve"} | changes
    names = [one["id"] for one in client.get(f"{SCENARIOS}?preset=true").json()["items"]]
    assert names == ["fast"]
    unknown = client.post(SCENARIOS, json={"id": "kopi3", "base": "findes-ikke"})
    assert set(pointers(unknown)) == {"#/base"}


def test_all_faults_with_pointers(client: TestClient) -> None:
    content = CONTENT | {
        "horizon": {"first": "2026", "last": 2030},
        "limits": {"reserve": 7, "findes_ikke": 1},
        "levers": {"takst_cap": {"autisme": -1}},
        "projects": {"committed": [{"candidate": "nyt-8", "start": 2026}, {"candidate": 3, "start": 2026}]},
    }
    found = pointers(client.post(SCENARIOS, json={"id": "fejl2", "content": content}))
    assert set(found) == {
        "#/content/horizon/first",
        "#/content/limits/reserve",
        "#/content/limits/findes_ikke",
        "#/content/levers/takst_cap/autisme",
        "#/content/projects/committed/1/candidate",
    }
    toml = client.post(
        f"{SCENARIOS}?id=fejl2", content=TEXT + "[limits]\nreserve = 7\n", headers={"Content-Type": TOML}
    )
    assert set(pointers(toml)) == {"#/limits/reserve"}
    assert client.get(f"{SCENARIOS}/fejl2").status_code == 404


def test_faults_against_the_region(client: TestClient) -> None:
    wrong = CONTENT | {"projects": {"forced": ["findes-ikke"], "forbidden": ["heller-ikke"]}}
    found = pointers(client.post(SCENARIOS, json={"id": "x", "content": wrong}))
    assert all(pointer.startswith("#/content/projects/") for pointer in found) and len(found) == 2
    years = CONTENT | {"horizon": {"first": 2026, "last": 2040}}
    assert "demand" in pointers(client.post(SCENARIOS, json={"id": "x", "content": years}))
    region = pointers(client.post(SCENARIOS, json={"id": "x", "content": CONTENT | {"region": "../../etc"}}))
    assert set(region) == {"#/content/region"}
    dataset = client.post(f"{SCENARIOS}?dataset=proeve-9", json={"id": "x", "content": CONTENT})
    assert set(pointers(dataset)) == {"dataset"}
    assert client.post(f"{SCENARIOS}?dataset=proeve-1", json={"id": "x", "content": CONTENT}).status_code == 201


def test_checking_keeps_nothing(client: TestClient) -> None:
    before = client.get(SCENARIOS).json()
    wrong = CONTENT | {"projects": {"forced": ["findes-ikke"]}}
    told = client.post(f"{SCENARIOS}/check", json={"content": wrong}).json()
    assert not told["usable"] and told["faults"][0]["pointer"] == "#/content/projects/forced"
    assert told["dataset"] == "proeve-1" and told["effective"]["projects"]["forced"] == ["findes-ikke"]
    warned = client.post(f"{SCENARIOS}/check", json={"content": CONTENT | {"limits": {"conversions": True}}}).json()
    assert warned["usable"] and any(one["pointer"] == "#/content/limits/conversions" for one in warned["warnings"])
    broken = client.post(f"{SCENARIOS}/check", json={"content": {"name": "x"}}).json()
    assert not broken["usable"] and broken["faults"][0]["pointer"] == "#/content/region" and not broken["effective"]
    text = client.post(f"{SCENARIOS}/check", content=TEXT, headers={"Content-Type": TOML}).json()
    assert text["usable"] and client.get(SCENARIOS).json() == before


def test_what_differs(client: TestClient) -> None:
    tag = make(client).headers["etag"]
    content = {"limits": {"reserve_min": 0.05}, "levers": {"takst_cap": {"autisme": 0.1}}, "name": "Et andet"}
    save(client, tag, content)
    found = client.get(f"{SCENARIOS}/nyt/versions/2/diff").json()
    wanted = diff(parse_scenario(CONTENT), parse_scenario(CONTENT | content))
    assert [(one["key"], one["text"]) for one in found["changes"]] == [(one.key, one.text()) for one in wanted]
    assert len(wanted) == 2 and (found["from"]["version"], found["to"]["version"]) == (1, 2)
    assert client.get(f"{SCENARIOS}/nyt/versions/1/diff?from=2").json()["changes"][0]["new"] == 0
    other = client.get(f"{SCENARIOS}/nyt/versions/1/diff?other=umulig").json()
    old = scenario(projects={"forced": ["nyt-12"]}, levers={"construction_overrun": 1.0})
    assert [one["key"] for one in other["changes"]] == [one.key for one in diff(old, parse_scenario(CONTENT))]
    assert client.get(f"{SCENARIOS}/nyt/versions/2/diff?from=9").status_code == 404
    assert client.get(f"{SCENARIOS}/nyt/versions/2/diff?other=findes-ikke").status_code == 404


def test_pages_and_filters(client: TestClient) -> None:
    found: list[str] = []
    after: dict[str, str] = {}
    while True:
        page = client.get(SCENARIOS, params={"limit": 4, **after}).json()
        found += [one["id"] for one in page["items"]]
        if page["next"] is None:
            break
        after = {"after": page["next"]}
    assert len(found) == len(set(found)) == 11
    assert client.get(f"{SCENARIOS}?region=andet").json() == {"items": [], "next": None}
    assert len(client.get(f"{SCENARIOS}?region=proeve&preset=false").json()["items"]) == 11


def test_the_schema(client: TestClient) -> None:
    answer = client.get("/api/v1/schemas/scenario")
    assert answer.json() == scenario_schema()
    assert (
        client.get("/api/v1/schemas/scenario", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    )


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ({}, {"#/id"}),
        ({"id": "x"}, {"#/content"}),
        ({"id": "../x", "content": CONTENT}, {"#/id"}),
        ({"id": "X", "content": CONTENT}, {"#/id"}),
        ({"id": "a" * 81, "content": CONTENT}, {"#/id"}),
        ({"id": "a\u0000", "content": CONTENT}, {"#/id"}),
        ({"id": "x", "content": CONTENT | {"name": "a\u0000b"}}, {"#/content/name"}),
        ({"id": "x", "content": CONTENT | {"name": "a" * 201}}, {"#/content/name"}),
        (
            {"id": "x", "content": CONTENT | {"name": "", "description": 3}},
            {"#/content/name", "#/content/description"},
        ),
        ({"id": "x", "content": [], "y": 1}, {"#/content", "#/y"}),
        ({"id": "x", "content": CONTENT | {"base": "/etc/passwd.toml"}}, {"#/content/base"}),
        ({"id": "x", "content": CONTENT | {"base": "findes_ikke"}}, {"#/content/base"}),
        ({"id": "x", "base": "proeve", "content": {"base": "kort"}}, {"#/content/base"}),
        ({"id": "x", "content": CONTENT | {"region": "x" * 300}}, {"#/content/region"}),
        ({"id": "x", "content": CONTENT | {"projects": {"forced": [None]}}}, {"#/content"}),
        ({"id": "x", "content": CONTENT, "note": "\n"}, {"#/note"}),
    ],
)
@pytest.mark.parametrize("template", ["postgresql"], indirect=True)
def test_wrong_bodies(client: TestClient, body: Any, wrong: set[str]) -> None:
    assert set(pointers(client.post(SCENARIOS, json=body))) == wrong


@pytest.mark.parametrize(
    ("content", "kind", "status"),
    [
        (b"{", "application/json", 400),
        (b"\xff\xfe", "application/json", 400),
        (b"[]", "application/json", 400),
        (b"[" * 100_000, "application/json", 400),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "application/json", 422),
        (b'{"id": "x", "id": "y"}', "application/json", 400),
        (b'{"id": "\\ud800"}', "application/json", 422),
        (b'{"id": ' + b"9" * 5000 + b"}", "application/json", 400),
        (b'{"id": NaN}', "application/json", 422),
        (b"name = \n", TOML, 400),
        (b"a = [" + b"[" * 5000, TOML, 400),
        (b"# " + b"x" * 300_000, TOML, 413),
        (b"{}", "text/plain", 415),
        (b"{}", "", 415),
    ],
)
@pytest.mark.parametrize("template", ["sqlite"], indirect=True)
def test_bodies_that_cannot_be_read(client: TestClient, content: bytes, kind: str, status: int) -> None:
    for path in (SCENARIOS, f"{SCENARIOS}/check", f"{SCENARIOS}/proeve/versions", "/api/v1/settlements"):
        answer = client.post(path, content=content, headers={"Content-Type": kind}, params={"id": "x"})
        if path.endswith("settlements") and status == 422:
            assert answer.status_code == 422
        assert answer.status_code == status, (path, answer.text)
        assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("id", ["%00", "a%0Ab", "-a", "a" * 101, "%ED%A0%80", "æ", ".."])
def test_wrong_ids(client: TestClient, id: str) -> None:
    for path in (f"{SCENARIOS}/{id}x", f"{SCENARIOS}/{id}x/versions", f"{SCENARIOS}/{id}x/versions/1"):
        assert client.get(path).status_code in (404, 422), path
    assert client.get(f"{SCENARIOS}/proeve/versions/0").status_code == 422
    assert client.get(f"{SCENARIOS}/proeve/versions/99").status_code == 404
    assert client.get(f"{SCENARIOS}?region=%00").status_code == 422
    for mark in ("x", "MDoA", "MDphCmI"):  # the last two are 0 with NUL and with a line break
        assert client.get(f"{SCENARIOS}?after={mark}").status_code == 422


def test_null_is_the_default(client: TestClient) -> None:
    content = CONTENT | {"projects": {"only_owner_types": None, "forced": []}}
    made = make(client, content=content).json()
    assert made["effective"]["projects"]["only_owner_types"] is None
    assert made["content"]["projects"] == {"forced": []}
