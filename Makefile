# `make live` and `make test` need git, make, Python 3.11 with venv, and a package index; nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

# Every command that a test starts would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: live test check lint types contracts unit gold words acceptance lighthouse bench bench-million lock clean help

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/ -/'

$(VENV)/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/run.txt
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.run
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

live: $(VENV)/.run ## show the example war, live: prints the addresses to open
	$(BIN)/sayso live examples/karabakh-2020

test: $(VENV)/.dev ## every test; what needs Chromium is skipped with one line where it is missing
	$(BIN)/python -m pytest -n 2

check: $(VENV)/.dev lint types contracts unit ## lint, types, import contracts, unit and golden tests: under a minute

lint: $(VENV)/.dev ## ruff: style and layout
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(VENV)/.dev ## mypy, strict
	$(BIN)/mypy

contracts: $(VENV)/.dev ## which room may import which
	$(BIN)/lint-imports

unit: $(VENV)/.dev ## the quick tests
	$(BIN)/python -m pytest -n 2 -q -m "not slow and not browser and not server"

gold: $(VENV)/.dev ## measure the reader against the labelled texts in ../shared, if they are there, and the linking of claims
	$(BIN)/python tools/gold.py

acceptance: $(VENV)/.dev lighthouse ## the long form of tests: every collected hostile payload on every page kind; and Lighthouse
	SAYSO_ACCEPTANCE=1 $(BIN)/python -m pytest -n 2 tests/browser/test_hostile_words.py

lighthouse: $(VENV)/.dev ## Lighthouse's marks of the example's pages on an emulated phone (needs node with npm, and Chromium)
	$(BIN)/python -m tools.lighthouse

words: $(VENV)/.dev ## bring the catalogues of the pages up to date and compile them; LANGUAGE=lt begins one
	$(BIN)/python -m tools.words $(LANGUAGE)

bench: $(VENV)/.dev ## print how fast reading, storing, taking in, drawing and serving are; asserts nothing
	$(BIN)/python tools/bench.py

bench-million: $(VENV)/.dev ## the same for a coverage of a million claims: a quarter of an hour
	$(BIN)/python -m tools.bench_scale 1000000

LOCK := uv pip compile pyproject.toml --group build --generate-hashes --no-emit-index-url --no-emit-find-links --no-header --python-version 3.11

lock: ## write the locks anew (needs uv)
	$(LOCK) -o requirements/run.txt
	$(LOCK) --extra llm --extra parser --extra stamp --group test --group lint -c requirements/run.txt -o requirements/dev.txt
	$(LOCK) --all-extras -c requirements/dev.txt -o requirements/extras.txt

clean: ## take away the virtual environment and the caches
	rm -rf $(VENV) data .mypy_cache .ruff_cache .pytest_cache
