"""A worker whose solving processes are the light ones, with short times."""

from __future__ import annotations

import json
import os
import sys
from dataclasses import replace

from kapacitet_api.runs.worker import main
from kapacitet_api.settings import from_environment

LIGHT = (sys.executable, "-m", "tests.api.light_child")
CHANGES = "KAPACITET_TEST_SETTINGS"

if __name__ == "__main__":
    changes = {"child": LIGHT, **json.loads(os.environ.get(CHANGES, "{}"))}
    main(replace(from_environment(), **{**changes, "child": tuple(changes["child"])}))
