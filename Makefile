# Needs only Python >= 3.12 (with venv), git and make. `make help` lists the targets.
SHELL := /bin/sh
.DEFAULT_GOAL := help
.PHONY: help setup run test lint format bench clean

PYTHONS := python3.13 python3.12 python3 python
BIN := .venv/bin

help:
	@echo 'make run     solve the shipped region (scenario basis) into results/basis'
	@echo 'make test    all checks: style, types, layers, tests'
	@echo 'make lint    the checks without the tests'
	@echo 'make format  mend style and layout of the code'
	@echo 'make bench   run the benchmarks'
	@echo 'make clean   remove caches and build products (results and .venv are kept)'

setup: .venv/.stamp

run: .venv/.stamp
	@$(BIN)/kapacitet solve basis --out results/basis

lint: .venv/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: lint
	$(BIN)/pytest

format: .venv/.stamp
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: .venv/.stamp
	@$(BIN)/kapacitet bench

clean:
	rm -rf .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis build dist
	find . -path ./.venv -prune -o -name __pycache__ -type d -exec rm -rf {} +

# An interpreter is chosen by running it: a shim can be on the path and still fail.
.venv/.stamp: pyproject.toml constraints.txt
	@found=; for candidate in $(PYTHONS); do \
	    if "$$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; \
	    then found=$$candidate; break; fi; \
	done; \
	if [ -z "$$found" ]; then \
	    echo 'Python 3.12 eller nyere blev ikke fundet. Installér Python, og kør igen.' >&2; \
	    echo 'Python 3.12 or newer was not found. Install Python and run again.' >&2; \
	    exit 1; \
	fi; \
	if ! "$$found" -c 'import ensurepip, venv' >/dev/null 2>&1; then \
	    echo "$$found mangler modulerne venv og ensurepip (på Debian og Ubuntu: pakken python3-venv)." >&2; \
	    echo "$$found lacks the modules venv and ensurepip (on Debian and Ubuntu: the package python3-venv)." >&2; \
	    exit 1; \
	fi; \
	if ! $(BIN)/python -c 'import pip, sys; sys.exit(sys.version_info < (3, 12))' >/dev/null 2>&1; then \
	    "$$found" -m venv --clear .venv || exit 1; \
	fi; \
	echo "Installerer i .venv (et par minutter første gang) / Installing into .venv (some minutes the first time)"; \
	if ! $(BIN)/python -m pip install --quiet --disable-pip-version-check \
	    --constraint constraints.txt --editable '.[dev]'; then \
	    echo 'Pakkerne kunne ikke installeres. Er der adgang til et pakkeindeks? Se beskeden ovenfor.' >&2; \
	    echo 'The packages could not be installed. Is a package index within reach? See the message above.' >&2; \
	    exit 1; \
	fi; \
	touch $@
