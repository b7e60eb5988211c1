"""What the secretariat does with users."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from kapacitet_api.access import user_repository as repository
from kapacitet_api.access.entering import HAND
from kapacitet_api.access.key_repository import has_admin_key
from kapacitet_api.access.principal import Principal
from kapacitet_api.access.schemas import User, UserChange
from kapacitet_api.access.sessions import end_all
from kapacitet_api.audit.repository import record
from kapacitet_api.database import Database
from kapacitet_api.problems import Problem


def change(database: Database, principal: Principal, id: str, wanted: UserChange) -> User:
    """Give a user another role or municipality, close it or open it.

    Raises:
        Problem: there is no such user, a role is taken away without another, or nobody would be left who may do
            what the secretariat may.
    """
    asked = {name: getattr(wanted, name) for name in wanted.model_fields_set}
    for name in ("role", "active"):
        if name in asked and asked[name] is None:
            errors = [{"detail": "Skal have en værdi, når det er nævnt.", "pointer": f"#/{name}"}]
            raise Problem("invalid", "Ret felterne, og send igen.", errors=errors)
    with database.write() as connection:
        secretariat = repository.lock_secretariat(connection)
        user = repository.find_user(connection, id)
        if user is None:
            raise Problem("not-found", "Der er ingen bruger med det id.")
        changed = {name: value for name, value in asked.items() if getattr(user, name) != value}
        if changed:
            _keep_one(connection, secretariat, user, changed)
            ours = {"role", "municipality"} & changed.keys() and (user.role or "role" in changed)
            given = {"role_by": HAND} if ours else {}
            repository.change(connection, id, **changed, **given)
            if changed.get("active") is False:
                end_all(connection, id)
            record(connection, principal.id, "user.change", id, detail=changed | {"by": HAND})
        return User.model_validate(repository.find_user(connection, id), from_attributes=True)


def _keep_one(connection: sa.Connection, secretariat: set[str], user: sa.Row[Any], changed: dict[str, Any]) -> None:
    stays = changed.get("role", user.role) == "sekretariat" and changed.get("active", user.active)
    if secretariat == {user.id} and not stays and not has_admin_key(connection):
        detail = (
            "Det er den sidste i sekretariatet, og der er ingen nøgle med adgangen admin. Giv en anden rollen først."
        )
        raise Problem("conflict", detail)
