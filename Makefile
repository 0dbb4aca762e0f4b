# make run    clean the five source documents of seeds/ into out/
# make test   lint, format check, types, tests and rule examples
# make docs   the documentation as a site that needs no server: site/index.html
# Each makes its environment first. Choose another interpreter with: make test PYTHON=python3.13
PYTHON    ?= python3
VENV      ?= .venv
DOCS_VENV ?= .venv-docs
BIN       := $(VENV)/bin
DOCS_BIN  := $(DOCS_VENV)/bin
READY     := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test lint format types tests examples docs pages lock clean

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

# Writes the pages anew that are made from the program: commands, figures of the weights, the notebook.
pages: $(READY)
	$(BIN)/python -m docsite

$(DOCS_VENV)/.ready: requirements-docs.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
	  || { echo "$(PYTHON) is too old for the site: try make docs PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv --clear $(DOCS_VENV)
	$(DOCS_BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-docs.lock
	@touch $@

docs: $(DOCS_VENV)/.ready
	PYTHONPATH=$(CURDIR) $(DOCS_BIN)/python -m docsite.jupyter
	$(DOCS_BIN)/zensical build --clean --strict
	$(DOCS_BIN)/python -m docsite.offline site
	@echo "Open site/index.html in a browser."

# Renews the lock files; needs uv.
LOCK := uv pip compile pyproject.toml --universal --generate-hashes --no-header --no-emit-index-url --no-annotate --upgrade
lock:
	$(LOCK) --group dev --python-version 3.10 --output-file requirements.lock
	$(LOCK) --group docs --python-version 3.11 --output-file requirements-docs.lock

clean:
	rm -rf $(VENV) $(DOCS_VENV) site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
