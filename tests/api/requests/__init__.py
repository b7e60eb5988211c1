"""A request to each route, one file per domain; the tests of access fail where a route has none."""

from __future__ import annotations

import importlib
import pkgutil

from tests.api.requests.asked import Asked

REQUESTS: dict[str, Asked] = {
    name: asked
    for module in pkgutil.iter_modules(__path__)
    if module.name != "asked"
    for name, asked in importlib.import_module(f"{__name__}.{module.name}").REQUESTS.items()
}
