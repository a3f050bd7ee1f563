# Everything starts here: `make demo`, `make test`. Needs Python 3.11 or newer and a package index.

PYTHON ?= python3
PORT   ?=
# make demo RECORDS=1: with the official record of American visits beside the news
RECORDS ?=
VENV   := .venv
BIN    := $(VENV)/bin
STORE  := .rawabit/demo
PIP    := $(BIN)/python -m pip --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help demo setup test check format bench browser python clean

help: ## List the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 10

demo: $(VENV)/.installed ## Install, read the sample news, print counts, start the explorer (RECORDS=1: official records too)
	@echo "Reading the sample news into $(STORE)"
	@$(BIN)/rawabit --store $(STORE) ingest ingest/samples
	@$(if $(RECORDS),$(BIN)/rawabit --store $(STORE) import --quiet state-department)
	@$(BIN)/rawabit --store $(STORE) stats --brief
	@$(BIN)/rawabit --store $(STORE) explore $(if $(PORT),--port $(PORT))

setup: $(VENV)/.developing ## Install for development

test: setup browser ## Run all tests, those in a browser too where there is Chromium
	@$(BIN)/python -m pytest -rs

check: setup ## Format, lint, types, tests: all that must pass
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/mypy
	@$(BIN)/python -m pytest -rs

format: setup ## Format the code
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

bench: setup ## Measure: documents a second, beside a blank spaCy tokeniser
	@$(PIP) install --quiet -e '.[benchmark]'
	@for each in benchmarks/*.py; do echo "$$each"; $(BIN)/python "$$each"; done

clean: ## Remove what was made: the environment, stores, caches
	rm -rf $(VENV) .rawabit build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

python:
	@command -v $(PYTHON) >/dev/null || { echo "$(PYTHON) is missing: install Python 3.11 or newer, or name one: make PYTHON=…"; exit 1; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; $(PYTHON) is $$($(PYTHON) -V). Name another: make PYTHON=python3.12"; exit 1; }

$(VENV)/bin/python: | python
	@echo "Making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { rm -rf $(VENV); echo "No environment could be made: on Debian and Ubuntu, install python3-venv"; exit 1; }

$(VENV)/.installed: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Rawabit and what it needs (a minute or two, once)"
	@$(PIP) install -e .
	@touch $@

$(VENV)/.developing: pyproject.toml | $(VENV)/bin/python
	@echo "Installing Rawabit for development (a minute or two, once)"
	@$(PIP) install -e '.[dev]'
	@touch $@ $(VENV)/.installed

# The tests look for the browser by themselves; they are skipped, and say why, without one.
browser:
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome google-chrome-stable; do \
	  if [ -n "$$name" ] && command -v "$$name" >/dev/null; then exit 0; fi; \
	done; \
	if [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null; then \
	  echo "Installing Chromium for the browser tests"; \
	  { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium; } </dev/null >/dev/null 2>&1 \
	    || echo "Chromium could not be installed: the browser tests will be skipped"; \
	else \
	  echo "No Chromium: the browser tests will be skipped (install it, or set CHROMIUM to its path)"; \
	fi
