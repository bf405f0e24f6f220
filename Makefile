# Communiqué: what a person runs. `make` alone lists it.
#
# The environment is made once, from a lock with hashes, and again only when the lock or pyproject.toml changes:
# .venv/installed is the stamp of the last installation.

PY ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export OPENBLAS_NUM_THREADS := 1

.DEFAULT_GOAL := help
.PHONY: help install demo test style check fuzz bench floor lock clean

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 16

install: $(STAMP) ## make the environment in .venv and install the package (done for you by the others)

$(STAMP): requirements.lock pyproject.toml
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Communiqué needs Python 3.11 or later; $(PY) is $$($(PY) -V 2>&1). Name another one: make PY=python3.12 ..." >&2; exit 2; }
	@test -x $(BIN)/python || $(PY) -m venv $(VENV) || \
		{ echo "cannot make a virtual environment: on Debian and Ubuntu, apt-get install python3-venv" >&2; exit 2; }
	@echo "installing the locked packages into $(VENV) ..." >&2
	@$(BIN)/python -m pip install -qq --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

demo: $(STAMP) ## code the reports in samples/ and print the record as tables
	@$(BIN)/communique code samples

test: $(STAMP) ## run all tests
	@$(BIN)/python -m pytest -n auto

style: $(STAMP) ## format, types and import rules
	@$(BIN)/ruff format --check src tests benchmarks fuzz
	@$(BIN)/ruff check src tests benchmarks fuzz
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo

check: style ## style, and the tests that need no language model
	@$(BIN)/python -m pytest -m "not model and not slow" -n auto

fuzz: $(STAMP) ## try many made inputs: property tests with more examples, then each format under a fuzzer (SECONDS_EACH=60)
	@$(BIN)/python -c 'import atheris' 2>/dev/null || $(BIN)/python -m pip install -qq -e '.[fuzz]' || true
	@COMMUNIQUE_EXAMPLES=$(or $(EXAMPLES),500) $(BIN)/python -m pytest -q -n auto tests/promises tests/intake/test_properties.py
	@$(BIN)/python fuzz/run.py --seconds $(or $(SECONDS_EACH),60)

bench: $(STAMP) ## score the coder on every benchmark set, write benchmarks/RESULTS.md, hold it against the floors
	@$(BIN)/python benchmarks/run.py

floor: $(STAMP) ## only say whether a score fell below its floor
	@$(BIN)/python benchmarks/run.py --floors-only

lock: ## write requirements.lock again from pyproject.toml (needs uv: pip install uv)
	@uv pip compile --quiet --universal --no-emit-index-url --generate-hashes --no-header --python-version 3.11 \
		--extra test --extra tables --extra archive --extra pdf --extra store --extra room --extra team --extra notebook --extra cluster pyproject.toml -o requirements.lock

clean: ## remove the environment and what the tools left
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .fuzz .import_linter_cache build dist bench-out
