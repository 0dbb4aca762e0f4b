# make run    clean the five source documents of seeds/ into out/
# make test   lint, format check, types, tests and rule examples
# make integrations   tests within datasets, datatrove, Ray, Spark (needs Java), Scrapy, pandas, Polars and Dolma
# make docs   the documentation as a site that needs no server: site/index.html
# Each makes its environment first. Choose another interpreter with: make test PYTHON=python3.13
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready
# The libraries of cleaner.integrations, too many to be installed by everybody.
HOSTS       := .venv-integrations
HOSTS_BIN   := $(HOSTS)/bin
HOSTS_READY := $(HOSTS)/.ready
# What makes the site.
DOCS_VENV := .venv-docs
DOCS_BIN  := $(DOCS_VENV)/bin

INSTALL    := pip install --quiet --disable-pip-version-check --no-deps
NEW_ENOUGH := $(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 10))' \
  || { echo "$(PYTHON) is too old: Python 3.10 or newer is needed; try: make PYTHON=python3.12"; exit 1; }

.DEFAULT_GOAL := help
.PHONY: help run test lint format types tests examples integrations docs pages lock licences audit fuzz load clean

help:
	@sed -n '1,5s/^# //p' Makefile

$(READY): requirements.lock pyproject.toml
	@$(NEW_ENOUGH)
	$(PYTHON) -m venv --clear $(VENV)
	@# --no-deps: the lock is complete, and pip's resolver takes a newer release for a pin with an extra
	$(BIN)/python -m $(INSTALL) --require-hashes -r requirements.lock
	$(BIN)/python -m pip check
	$(BIN)/python -m $(INSTALL) --no-build-isolation -e .
	@touch $(READY)

# Without pip's check: of dolma only the mixer is used, and its pins (NumPy 1, old s3fs) are not ours.
$(HOSTS_READY): requirements-integrations.lock pyproject.toml
	@$(NEW_ENOUGH)
	$(PYTHON) -m venv --clear $(HOSTS)
	$(HOSTS_BIN)/python -m $(INSTALL) --require-hashes -r requirements-integrations.lock
	$(HOSTS_BIN)/python -m $(INSTALL) --no-build-isolation -e .
	@touch $(HOSTS_READY)

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

# CLEANER_HOSTS: a library that is missing is a failure there, not a reason to skip.
integrations: $(HOSTS_READY)
	CLEANER_HOSTS=all $(HOSTS_BIN)/pytest tests/integrations

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

COMPILE := uv pip compile --universal --generate-hashes \
  --no-header --no-emit-index-url --no-annotate --upgrade

# Renews the lock files; needs uv. dolma alone, without what it depends on: see above.
lock:
	$(COMPILE) pyproject.toml --group dev --python-version 3.10 --output-file requirements.lock
	$(COMPILE) pyproject.toml --group docs --python-version 3.11 --output-file requirements-docs.lock
	$(COMPILE) pyproject.toml --group integrations --python-version 3.10 --output-file requirements-integrations.lock
	echo 'dolma>=1.1; python_version < "3.13"' | $(COMPILE) --python-version 3.10 --no-deps - >> requirements-integrations.lock

# Writes THIRD_PARTY.md anew.
licences: $(READY)
	$(BIN)/python docsite/third_party.py

# Asks for known vulnerabilities of what is pinned; ends with 1 if there are any, with 3 if nobody can be asked.
audit: $(READY)
	$(PYTHON) -m venv $(VENV)-audit
	$(VENV)-audit/bin/python -m pip install --quiet --disable-pip-version-check pip-audit
	$(BIN)/python .ci/audit.py $(VENV)-audit/bin/pip-audit requirements.lock

# Feeds every target of fuzz/ what it has not seen yet, so many seconds each.
SECONDS ?= 60
$(VENV)-fuzz/.ready: requirements.lock
	$(PYTHON) -m venv --clear $(VENV)-fuzz
	$(VENV)-fuzz/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.lock
	$(VENV)-fuzz/bin/python -m pip install --quiet --disable-pip-version-check atheris
	@touch $@

# Cleans a made crawl for so long, and fails if what it holds grows, or a document is lost or doubled.
MINUTES ?= 120
load: $(READY)
	$(BIN)/python -m tests.engines.load $(MINUTES)

fuzz: $(VENV)-fuzz/.ready
	$(VENV)-fuzz/bin/python -m fuzz $(SECONDS)

clean:
	rm -rf $(VENV) $(HOSTS) $(DOCS_VENV) $(VENV)-audit $(VENV)-fuzz site build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
