# make demo | test | lint | format | bench | fuzz | lock | clean
# PYTHON=python3.12 chooses the interpreter, ARGS="-k wheel" goes to the program that runs.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
LOCKED := $(VENV)/.locked
READY := $(VENV)/.ready

.PHONY: demo test lint format bench fuzz lock clean

demo: $(READY)
	@PATH="$(CURDIR)/$(BIN):$$PATH" sh docs/demo.sh

test: $(READY)
	$(BIN)/python -m pytest -n logical --dist worksteal $(ARGS)

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

# What the benchmarks compare with, beside git, wdiff and dwdiff; what is not there is named missing.
# In a folder of their own: some bring along packages named like ours.
PEERS := fast-diff-match-patch pysbd redlines
BENCH := PYTHONPATH=$(VENV)/peers $(BIN)/python -m

bench: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade \
		--target $(VENV)/peers $(PEERS)
	$(BIN)/python -m benchmarks.startup $(ARGS)
	-$(BIN)/python -m benchmarks.copies
	-$(BENCH) benchmarks.speed
	-test ! -d ../shared/data || $(BENCH) benchmarks.accuracy --data ../shared/data
	-$(BENCH) benchmarks.word $$(test ! -d ../shared/data || echo --data ../shared/data)

# The text engine's laws on fresh examples for five minutes; ARGS="--seconds 60 --only merge".
fuzz: $(READY)
	$(BIN)/python tests/fuzz.py $(ARGS)

# Keeps the versions it finds; ARGS=--upgrade takes the newest, ARGS="--upgrade-package rich" one.
lock: $(READY)
	$(BIN)/uv pip compile pyproject.toml --all-extras --universal --generate-hashes --no-header \
		--quiet --output-file requirements.lock $(ARGS)

clean:
	rm -rf $(VENV) demo dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(LOCKED): requirements.lock
	@$(PYTHON) -c 'import sys; sys.version_info >= (3, 11) or sys.exit("Python 3.11 or newer is needed; " \
		+ sys.executable + " is " + sys.version.split()[0] + ". Name another: make PYTHON=python3.12")'
	@echo "Making $(VENV) from requirements.lock; this is done once."
	@$(PYTHON) -m venv --clear $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check \
		--require-hashes -r requirements.lock
	@touch $@

$(READY): $(LOCKED) pyproject.toml
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@$(BIN)/python -m compileall -q tracker
	@touch $@
