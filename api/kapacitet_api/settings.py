"""Settings of the service, from ``KAPACITET_*`` variables; every one is described in ``docs/drift.md``."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from kapacitet.faults import Fault, FaultyInput
from kapacitet_api.edge.checking import faults_of, secret_of
from kapacitet_api.operation.logs import Form

PREFIX = "KAPACITET_"
CHILD = (sys.executable, "-m", "kapacitet_api.runs.child")


def _half_the_cores() -> int:
    return max(1, (os.cpu_count() or 1) // 2)


@dataclass(frozen=True, slots=True)
class Settings:
    """What an installation decides.

    Attributes:
        data: folder of the embedded database; unused where ``database_url`` is given.
        database_url: ``postgresql://…``; SQLite in ``data`` if empty.
        host, port: where the API listens.
        runs_at_once: runs that are solved at the same time by all workers together.
        worker_runs: runs that one worker solves at the same time.
        memory_mb: address space of a solving process, MB.
        longest_run: longest search a run may ask for, seconds.
        most_queued: unfinished runs above which new ones are refused.
        most_attempts: times a run is begun before it is given up, when its workers die again and again.
        most_points: points of a sweep above which it is refused.
        results_mb: unpacked results that one process keeps, MB.
        body_mb: largest request body, MB.
        log: ``json`` or ``tekst``; by whether standard error is a terminal if empty.
        keep_events_days: days that the progress of an ended run is kept.
        keep_failed_days: days that runs without a result are kept.
        keep_runs_days: days that runs with a result are kept; 0 for ever.
        base_url: where users find the service (``https://kapacitet.example.dk``), if it isn't where it listens.
        oidc_issuer, oidc_client_id, oidc_client_secret: the OpenID provider people sign in with, if there is one.
        oidc_role_claim, oidc_roles: claim with roles, and ``value=role`` of those that aren't called as ours.
        oidc_municipality_claim: claim with the municipality's code.
        requests_a_minute, address_requests_a_minute: requests of one principal, and from one address.
        failures_a_minute: keys, sessions and links that don't count, from one address.
        proxies: addresses and networks whose ``X-Forwarded-For`` is believed, with commas.
        origins: origins whose pages may fetch the dashboard's figures, with commas.
        checks_at_once: uploads and large datasets that an API process has read at the same time, each in a process.
        check_memory_mb: address space of such a process, MB.
        check_seconds: longest time such a process may take, seconds.
        heartbeat: seconds between two signs of life of a worker.
        lease: seconds without contact to the database after which a worker stops its solving processes itself.
        dead_after: seconds without a sign of life after which others take a worker's runs; above ``lease``.
        child: the command of the solving process (tests use another).
    """

    data: Path = Path("kapacitet-data")
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    runs_at_once: int = 4
    worker_runs: int = field(default_factory=_half_the_cores)
    memory_mb: int = 6144
    longest_run: int = 3600
    most_queued: int = 5000
    most_attempts: int = 20
    most_points: int = 200
    results_mb: int = 256
    body_mb: int = 60
    log: Form = ""
    keep_events_days: int = 30
    keep_failed_days: int = 90
    keep_runs_days: int = 0
    base_url: str = ""
    oidc_issuer: str = ""
    oidc_client_id: str = ""
    oidc_client_secret: str = field(default="", repr=False)
    oidc_role_claim: str = ""
    oidc_roles: str = ""
    oidc_municipality_claim: str = ""
    requests_a_minute: int = 1200
    address_requests_a_minute: int = 6000
    failures_a_minute: int = 30
    proxies: str = ""
    origins: str = ""
    checks_at_once: int = 2
    check_memory_mb: int = 3072
    check_seconds: int = 120
    heartbeat: float = 2.0
    lease: float = 10.0
    dead_after: float = 15.0
    child: tuple[str, ...] = CHILD

    @property
    def url(self) -> str:
        """The database's address for SQLAlchemy."""
        if not self.database_url:
            return f"sqlite:///{self.data.resolve() / 'kapacitet.db'}"
        for scheme in ("postgresql://", "postgres://"):
            if self.database_url.startswith(scheme):
                return "postgresql+psycopg://" + self.database_url.removeprefix(scheme)
        return self.database_url

    @property
    def https(self) -> bool:
        """Whether users come by https."""
        return self.base_url.startswith("https://")

    def environment(self) -> dict[str, str]:
        """The variables that give these settings to another process."""
        return {PREFIX + name.upper(): str(getattr(self, name)) for name in NAMES if name != "data"} | {
            PREFIX + "DATA": str(self.data.resolve())
        }


NAMES = tuple(f.name for f in fields(Settings) if f.name not in ("heartbeat", "lease", "dead_after", "child"))
"""Settings that can be given as variables."""
_MOST = {
    "port": 65_535,
    "runs_at_once": 1000,
    "worker_runs": 256,
    "memory_mb": 4_000_000,
    "longest_run": 864_000,
    "most_queued": 1_000_000,
    "most_attempts": 1000,
    "most_points": 2000,
    "results_mb": 1_000_000,
    "body_mb": 1000,
    "keep_events_days": 36_500,
    "keep_failed_days": 36_500,
    "keep_runs_days": 36_500,
    "requests_a_minute": 10_000_000,
    "address_requests_a_minute": 10_000_000,
    "failures_a_minute": 10_000_000,
    "checks_at_once": 100,
    "check_memory_mb": 1_000_000,
    "check_seconds": 3600,
}
_LEAST = {"port": 0, "keep_runs_days": 0}
_CHOICES = {"log": ("json", "tekst")}


def from_environment(variables: Mapping[str, str] | None = None) -> Settings:
    """Settings from ``KAPACITET_*`` variables (the process's own if None); what isn't given has its default.

    Raises:
        FaultyInput: a value that can't be used; all of them at once.
    """
    given = os.environ if variables is None else variables
    values: dict[str, str | int | Path] = {}
    faults = []
    for name in NAMES:
        text = given.get(PREFIX + name.upper(), "").strip()
        if not text:
            continue
        if name in _MOST:
            least = _LEAST.get(name, 1)
            if not text.isascii() or not text.isdigit() or not least <= int(text) <= _MOST[name]:
                faults.append(_fault(name, text, f"Skal være et helt tal fra {least} til {_MOST[name]}."))
                continue
            values[name] = int(text)
        elif name in _CHOICES and text not in _CHOICES[name]:
            faults.append(_fault(name, text, f"Skal være {' eller '.join(_CHOICES[name])}."))
        else:
            values[name] = Path(text) if name == "data" else text.rstrip("/") if name == "base_url" else text
    url = str(values.get("database_url", ""))
    if url and not url.startswith(("postgresql://", "postgres://", "postgresql+psycopg://")):
        faults.append(
            Fault("Adressen skal begynde med postgresql://.", "Ret den, eller lad den være tom for SQLite.",
                  table="miljøvariabel", column=PREFIX + "DATABASE_URL")
        )  # fmt: skip
    try:
        values |= secret_of(given)
    except FaultyInput as error:
        faults += error.faults
    faults += faults_of({name: str(value) for name, value in values.items()})
    if faults:
        raise FaultyInput(faults)
    return Settings(**values)  # type: ignore[arg-type]


def _fault(name: str, text: str, message: str) -> Fault:
    return Fault(message, "Ret variablen.", table="miljøvariabel", column=PREFIX + name.upper(), value=text)
