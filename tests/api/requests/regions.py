"""Requests to ``/regions``."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked

REGION = "/api/v1/regions/proeve"
ONE = f"{REGION}/datasets/1"
REQUESTS = {
    "list_regions": Asked("GET", "/api/v1/regions", Scope.READ, 200, 200),
    "read_region": Asked("GET", REGION, Scope.READ, 200, 200),
    "list_datasets": Asked("GET", f"{REGION}/datasets", Scope.READ, 200, 200),
    "create_dataset": Asked("POST", f"{REGION}/datasets", Scope.PLAN, 415, 415),
    "read_dataset": Asked("GET", ONE, Scope.READ, 200, 200),
    "read_dataset_table": Asked("GET", f"{ONE}/tables/offers", Scope.READ, 200, 200),
    "download_dataset": Asked("GET", f"{ONE}/download", Scope.READ, 200, 403),
    "diff_datasets": Asked("GET", f"{ONE}/diff?from=1", Scope.READ, 200, 403),
}
