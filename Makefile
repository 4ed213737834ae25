# Every routine of the project. `make quickstart` and `make test` need nothing but Python 3.11 or later on the machine.

# Tests begin many processes, each of which would compile everything again.
export PYTHONDONTWRITEBYTECODE :=

PYTHON ?= python3
JOBS ?= 2
VENV := .venv$(filter-out -python3,-$(notdir $(PYTHON)))
BIN := $(VENV)/bin
INSTALLED := $(VENV)/.installed
QUICK := .venv-quickstart
PYTHONS ?= python3.11 python3.12 python3.13 python3.14

.DEFAULT_GOAL := help
.PHONY: help setup quickstart generate check test pythons installs contract operations sql screenshots soak clients compare docs bench build clean

help:  ## This list
	@sed -n 's/^\([a-z][a-z-]*\):.*  ## \(.*\)/\1|\2/p' $(MAKEFILE_LIST) | while IFS='|' read -r name text; do printf '%-12s %s\n' "$$name" "$$text"; done

setup: $(INSTALLED)  ## .venv with all that the targets below need

$(INSTALLED): pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $@

quickstart: $(QUICK)/.installed  ## A task graph that runs, on an account in this process, drawn; installs no more than that needs
	@$(QUICK)/bin/python examples/quickstart.py

$(QUICK)/.installed: pyproject.toml
	$(PYTHON) -m venv $(QUICK)
	$(QUICK)/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[local]'
	@touch $@

generate: setup  ## specs/ → generated/
	$(BIN)/python -m codegen generate

check: setup  ## Format, lint, types, generated code up to date, specs valid, no room too full of lines
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/python -m codegen check
	$(BIN)/python -m openapi_spec_validator --subschema-errors=all specs/*.yaml
	$(BIN)/pyright
	$(BIN)/python -m tests.budget

test: setup .clients/connector5/.requirements  ## The tests, JOBS=2 side by side; PYTHON=python3.12 for another Python, in .venv-python3.12
	-@$(BIN)/python -m tests.console.chromium
	$(BIN)/python -m pytest -n $(JOBS)

# Version 5 of the connector, which no environment can have beside the 4 of Snowpark. Without a package index its tests are skipped.
.clients/connector5/.requirements:
	-@$(BIN)/python -m tests.clients --only-make connector5

pythons:  ## The tests on every Python of PYTHONS that is there
	@for python in $(PYTHONS); do \
	  if $$python -c '' 2>/dev/null; then $(MAKE) test PYTHON=$$python || failed="$$failed $$python"; \
	  else echo "$$python is not here"; fi; \
	done; test -z "$$failed" || { echo "failed on$$failed"; exit 1; }

installs: setup  ## Wheels beside Snowflake's SDK and the snow command, in environments of their own; downloads them
	$(BIN)/python -m pytest tests/installs -m 'installs or not installs'

contract: setup  ## Operations, facade and embedded account against the specs, with generated values; SEED=N for others
	$(BIN)/python -m pytest tests/contract $(if $(SEED),--hypothesis-seed=$(SEED))

operations: setup  ## docs/operations.md, docs/supported.md: which method sends which operation, to whom; and the list of public names
	$(BIN)/python -m tests.contract.operations
	$(BIN)/python -m tests.docs.supported
	$(BIN)/python -m tests.unit.test_public

sql: setup  ## docs/sql.md: which statements and functions the account has
	$(BIN)/python -m tests.local.sql_page

screenshots: setup  ## The pictures of docs/console.md, which chromium takes
	$(BIN)/python -m tests.console.chromium
	$(BIN)/python -m tests.console.screenshots

soak: setup  ## kill -9 of a served account under load, with a ledger: ROUNDS=100, CLIENTS=64, SEED=N; two hours at most
	$(BIN)/python -m tests.soak $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(CLIENTS),--clients $(CLIENTS)) $(if $(SEED),--seed $(SEED))

clients: setup  ## Connectors, Snowpark, dbt, the snow command and a dozen more tools against a served account, into docs/clients.md; ONLY=dbt
	$(BIN)/python -m tests.clients $(ONLY)

compare: setup benchmarks/.sdk/.installed  ## Every method beside Snowflake's SDK: do the same requests leave?
	SNOWCORE_TEST_OFFICIAL_SDK=$(CURDIR)/benchmarks/.sdk/bin/python $(BIN)/python -m pytest tests/contract/test_sdk.py tests/e2e

docs: setup  ## The site of docs/, the docstrings and what is supported, in build/site; no dead link, nothing from elsewhere
	$(BIN)/python -m tests.docs.site

bench: benchmarks/.sdk/.installed benchmarks/.ours/.installed  ## Snowflake's SDK and ours side by side, into docs/benchmarks.md
	benchmarks/.ours/bin/python benchmarks/run.py --output docs/benchmarks.md

benchmarks/.sdk/.installed:
	$(PYTHON) -m venv benchmarks/.sdk
	benchmarks/.sdk/bin/python -m pip install --quiet --disable-pip-version-check snowflake.core==1.14.0
	@touch $@

benchmarks/.ours/.installed: pyproject.toml
	$(PYTHON) -m venv benchmarks/.ours
	benchmarks/.ours/bin/python -m pip install --quiet --disable-pip-version-check --editable .
	@touch $@

build: setup  ## A wheel and an sdist, and a look whether the wheel works in a clean environment, under both names
	rm -rf dist
	$(BIN)/python -m build --outdir dist .
	$(PYTHON) -m venv dist/venv
	dist/venv/bin/python -m pip install --quiet --disable-pip-version-check dist/*.whl
	cd dist && venv/bin/python -W error ../tests/installs/both_names.py

clean:  ## Remove what the targets made
	rm -rf .venv .venv-* dist build benchmarks/.sdk benchmarks/.ours .clients .pytest_cache .ruff_cache
