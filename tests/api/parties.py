"""Other parties than those of the small world, and things that belong to somebody."""

from __future__ import annotations

from collections.abc import Mapping

from kapacitet_api.access.keys import create_key, principal_of
from kapacitet_api.access.principal import Scope
from kapacitet_api.access.tables import api_keys, users
from kapacitet_api.columns import now
from kapacitet_api.database import Database
from kapacitet_api.runs.repository import add_run
from kapacitet_api.runs.states import State

RUN = "00000000-0000-4000-8000-00000000000a"
KEY = "00000000-0000-4000-8000-00000000000b"
USER = "00000000-0000-4000-8000-00000000000c"
OWN, OTHER = "630", "563"
"""The municipality that things belong to, and the one of another reader."""


def add_parties(database: Database, keys: Mapping[Scope, str]) -> dict[Scope, str]:
    """Put a run of the planner's, a key and a user there; keys of others, by the scope they are asked with.

    With little scope it is a reader of another municipality, with more a second planner or administrator.
    """
    planner = principal_of(database, keys[Scope.PLAN])
    assert planner is not None
    with database.write() as connection:
        add_run(connection, run(planner.id))
        connection.execute(
            api_keys.insert().values(id=KEY, name="a", prefix="a", hash="a", scopes=[], owner="system")
        )
        row = {"id": USER, "issuer": "https://login.example", "subject": "a", "name": "Anne", "role": "laeser"}
        connection.execute(users.insert().values(row))
        reader = create_key(connection, "Fanø", [Scope.READ], "system", municipality=OTHER)
        return {
            Scope.READ_PUBLIC: reader,
            Scope.READ: reader,
            Scope.PLAN: create_key(connection, "En anden planlægger", [Scope.PLAN], "system"),
            Scope.ADMIN: create_key(connection, "En anden", [Scope.ADMIN], "system"),
        }


def run(owner: str) -> dict[str, object]:
    """A run that was cancelled before it began."""
    return {
        "id": RUN,
        "dataset_id": "proeve-1",
        "scenario_id": "kort",
        "scenario_version": 1,
        "scenario_sha256": "0" * 64,
        "name": "Kort",
        "options": {},
        "input_hash": "0" * 64,
        "state": State.CANCELLED,
        "created_by": owner,
        "finished_at": now(),
        "request_hash": "0" * 64,
    }
