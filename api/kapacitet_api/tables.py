"""All tables, gathered so that the MetaData is whole."""

from __future__ import annotations

from kapacitet_api.access.tables import api_keys, login_links, secrets, sessions, users
from kapacitet_api.audit.tables import audit
from kapacitet_api.blobs.tables import blobs
from kapacitet_api.columns import METADATA
from kapacitet_api.dashboard.tables import publications
from kapacitet_api.operation.tables import chores
from kapacitet_api.regions.tables import dataset_facts, datasets
from kapacitet_api.runs.tables import run_events, run_plans, runs, workers
from kapacitet_api.scenarios.tables import scenario_versions, scenarios
from kapacitet_api.sweeps.tables import sweep_points, sweeps

__all__ = [
    "METADATA",
    "api_keys",
    "audit",
    "blobs",
    "chores",
    "dataset_facts",
    "datasets",
    "login_links",
    "publications",
    "run_events",
    "run_plans",
    "runs",
    "scenario_versions",
    "scenarios",
    "secrets",
    "sessions",
    "sweep_points",
    "sweeps",
    "users",
    "workers",
]
