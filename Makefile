# One command for each purpose; every one of them sets up what it needs.
.DELETE_ON_ERROR:
SHELL := /bin/bash
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help setup demo test check vscode fast bench peers lock clean

help: ## Show what can be made
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/' | column -ts "$$(printf '\t')"

setup: $(READY) ## A virtual environment with everything pinned in requirements.lock

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "smallcode: Python 3.11 or newer is needed; set PYTHON")'
	rm -rf $(VENV)
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: $(READY) ## One turn in a small project, from a failing test to a passing one
	$(BIN)/smallcode demo

check: $(READY) ## Lint, format, types, import contracts
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

VSCODE := editors/vscode

$(VSCODE)/node_modules/.package-lock.json: $(VSCODE)/package-lock.json
	cd $(VSCODE) && npm ci --ignore-scripts --no-audit --no-fund

vscode: $(VSCODE)/node_modules/.package-lock.json ## Types, lint, bundle and tests of the VS Code extension
	npm --prefix $(VSCODE) run --silent check

fast: $(READY) ## The tests that need no other program
	$(BIN)/pytest -q -m "not slow"

# ripgrep is optional for users; its tests want it. Where it cannot be fetched they say so.
test: check vscode ## Every check and every test
	PATH="$$(dirname "$$(command -v rg || $(BIN)/python tests/e2e/fetch/programs.py ripgrep || echo .)"):$$PATH" \
	  $(BIN)/pytest

bench: $(READY) ## What must stay fast, as ratios against a baseline
	$(BIN)/python -m bench

peers: $(READY) ## Other harnesses from npm on the benchmark's smallest suite, beside ours
	$(BIN)/smallcode bench run --harness ours,pi,opencode --suite smoke --rates 0 --jobs 2 --out build/peers.jsonl
	$(BIN)/smallcode bench report build/peers.jsonl --md build/peers.md --html build/peers.html

lock: ## Choose versions anew
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	  --no-emit-index-url --no-header --group dev pyproject.toml -o requirements.lock

clean: ## Remove what was made here; the cache of fetched programs stays
	rm -rf $(VENV) $(VSCODE)/out $(VSCODE)/node_modules build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
