"""Tests of the project as such: what it installs, names, layers and builds."""

from pathlib import Path

ROOT = Path(__file__).parents[2]
