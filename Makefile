# make run    clean the five source documents of seeds/ into out/
# make test   lint, format check, types, tests and rule examples
# Both make the environment first. Choose another interpreter with: make test PYTHON=python3.13
PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin
READY  := $(VENV)/.ready

.DEFAULT_GOAL := help
.PHONY: help run test lint format types tests examples lock licences audit fuzz clean

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

# Writes THIRD_PARTY.md anew.
licences: $(READY)
	$(BIN)/python docs/third_party.py

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

fuzz: $(VENV)-fuzz/.ready
	$(VENV)-fuzz/bin/python -m fuzz $(SECONDS)

clean:
	rm -rf $(VENV) $(VENV)-audit $(VENV)-fuzz build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis
