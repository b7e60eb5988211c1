"""``kapacitet serve`` whose worker has light solving processes."""

from __future__ import annotations

import sys

from kapacitet_api import serving
from kapacitet_api.runs import supervisor
from kapacitet_api.settings import from_environment

if __name__ == "__main__":
    supervisor.COMMAND = (sys.executable, "-m", "tests.api.worker_process")
    serving.serve(from_environment(), api_only=False)
