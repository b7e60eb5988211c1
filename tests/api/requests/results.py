"""Requests to results of runs."""

from __future__ import annotations

from kapacitet_api.access.principal import Scope

from tests.api.requests.asked import Asked
from tests.api.solved import BARE, RUN

AT = f"/api/v1/runs/{RUN}"
REQUESTS = {
    "list_tables": Asked("GET", f"{AT}/tables", Scope.READ, 200, 200),
    "read_table": Asked("GET", f"{AT}/tables/builds", Scope.READ, 200, 200),
    "download_result": Asked("GET", f"{AT}/download", Scope.READ, 200, 403),
    "read_map": Asked("GET", f"{AT}/map?year=2028", Scope.READ, 200, 200),
    "list_charts": Asked("GET", f"{AT}/charts", Scope.READ, 200, 200),
    "read_chart": Asked("GET", f"{AT}/charts/behov", Scope.READ, 200, 403),
    "compare_runs": Asked("GET", f"/api/v1/compare?runs={RUN},{BARE}", Scope.READ, 200, 403),
}
