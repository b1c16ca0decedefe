# Each target sets up what it needs. PYTHON chooses the interpreter: make test PYTHON=python3.12
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Keep what Python compiles, whatever the shell says: the tests start hundreds of processes.
unexport PYTHONDONTWRITEBYTECODE

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench soak audit sbom lock clean

help: ## Show the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "make %-8s %s\n", $$1, $$2}'

$(VENV)/.demo: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: make PYTHON=python3.12"; exit 1; }
	@echo "Making the virtual environment $(VENV)"
	@$(PYTHON) -m venv $(VENV)
	@echo "Installing MotaBot and what it needs; this takes a minute or two, once"
	@$(BIN)/python -m pip install --disable-pip-version-check --progress-bar off --constraint constraints.txt --editable .
	@touch $@

$(STAMP): $(VENV)/.demo
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[dev]"
	@touch $@

demo: $(VENV)/.demo ## Start a demo shop, text it and watch it answer
	@$(BIN)/motabot demo

lint: $(STAMP) ## Check style and types
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

# Four processes on two cores: a third of the tests' time is spent waiting for servers and deadlines. Each takes half a
# gigabyte.
WORKERS ?= 4

test: lint ## Run every test (six minutes on two cores)
	$(BIN)/python -m pytest -n $(WORKERS)

bench: $(STAMP) ## Measure, and write docs/benchmarks.md (by hand, some minutes)
	$(BIN)/python -m benchmarks
	$(BIN)/python -m tests.mutants tests/data/drafts.jsonl tests/data/drafts_reworded.jsonl tests/data/drafts_warm.jsonl

soak: $(STAMP) ## Kill and restart everything under load, then try all that hypothesis makes up (by hand, half an hour)
	$(BIN)/python -m tests.soak.outage
	$(BIN)/python -m pytest -n 0 tests/soak/ways.py
	HYPOTHESIS_PROFILE=soak $(BIN)/python -m pytest -n 2 tests/hostile/test_hostile_model.py \
		tests/integration/test_any_data.py tests/integration/test_consent_doors.py \
		tests/integration/test_faulty_layer.py tests/integration/test_openapi.py

audit: $(STAMP) ## Look for known vulnerabilities, and check the licenses of what is installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[audit]"
	$(BIN)/python -m scripts.licenses
	$(BIN)/pip-audit --requirement requirements.lock --disable-pip --no-deps --strict

sbom: $(STAMP) ## Write the bill of materials of a release to dist/
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable ".[audit]"
	mkdir -p dist
	$(BIN)/cyclonedx-py requirements requirements.lock --pyproject pyproject.toml --of JSON -o dist/motabot.cdx.json

lock: ## Pin every dependency by hash in requirements.lock (needs uv)
	uv pip compile pyproject.toml --constraint constraints.txt --generate-hashes --universal --python-version 3.11 \
		--no-header --no-annotate --quiet --output-file requirements.lock

clean: ## Remove the virtual environment and caches
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache .hypothesis dist build
