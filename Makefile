# Everything runs in .venv, which the first target makes from the locked dependencies. Needs Python 3.11+ and make.
PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help setup demo test quick bench lint format docs exports pictures clean lock

help:  ## list the targets
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:[^#]*## /\t/' | expand -t 12

$(VENV)/.ready: requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if (3, 11) <= sys.version_info < (3, 14) else "this needs Python 3.11 to 3.13, and $(PYTHON) is " + sys.version.split()[0] + "; say make PYTHON=python3.12")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

setup: $(VENV)/.ready  ## make the virtual environment with the locked dependencies

demo: $(VENV)/.ready  ## build the demo graph, answer a question, write the interactive page
	$(BIN)/kg demo

test: $(VENV)/.ready  ## every test
	$(BIN)/python -m pytest

quick: $(VENV)/.ready  ## the tests that need neither a browser nor a new environment
	$(BIN)/python -m pytest -m "not slow and not browser"

bench: $(VENV)/.ready  ## speed, memory and quality, beside what they are compared with
	$(BIN)/python -m tests.bench

lint: $(VENV)/.ready  ## style and types
	$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy

format: $(VENV)/.ready  ## put the code into its standard form
	$(BIN)/ruff check --fix . ; $(BIN)/ruff format .

docs: $(VENV)/.ready  ## write the generated parts of the documentation anew
	$(BIN)/python -m tests.regenerate docs

exports: $(VENV)/.ready  ## write exports/ anew from the demo papers
	$(BIN)/kg demo --folder demo-out
	$(BIN)/kg export --all exports --store demo-out/store

pictures: $(VENV)/.ready  ## take the README's pictures anew (needs Chromium)
	$(BIN)/kg demo --folder demo-out
	$(BIN)/python -m tests.pictures demo-out/kg.html

clean:  ## remove the environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis

lock:  ## resolve the dependencies anew (needs uv)
	uv pip compile --quiet --universal --generate-hashes --no-header --no-emit-index-url --no-emit-find-links --python-version 3.11 pyproject.toml --group dev -o requirements.lock
