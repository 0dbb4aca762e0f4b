# make run    clean the five source documents of seeds/ into out/
# make test   lint, format check, types, tests and rule examples
# Both make the environment first. Choose another interpreter with: make test PYTHON=python3.13
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test lint format types tests examples lock clean

help:
	@sed -n 's/^# //p' Makefile

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
	  || { echo "$(PYTHON) is too old: Python 3.10 or newer is needed; try: make PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv --clear $(VENV)
	@# --no-deps: the lock is complete, and pip's resolver takes a newer release for a pin with an extra
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(BIN)/python -m pip check
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $(READY)

run: $(READY)
	$(BIN)/cleaner run seeds -o out
	$(BIN)/cleaner report out
	@echo "Read out/documents.jsonl and out/removed.jsonl; open out/report/index.html in a browser."

test: lint types tests examples

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(READY)
	$(BIN)/mypy

tests: $(READY)
	$(BIN)/pytest --cov

examples: $(READY)
	$(BIN)/cleaner rules --check

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# Renews the lock file; needs uv.
lock:
	uv pip compile pyproject.toml --group dev --universal --python-version 3.10 --generate-hashes \
	  --no-header --no-emit-index-url --no-annotate --upgrade --output-file requirements.lock

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
