PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test eval bench bench-corpus kill-test train lock clean setup

demo: $(READY)
	$(BIN)/tawazun read examples/libya.txt --date 2020-08-19

test: $(READY)
	$(BIN)/ruff format --check src tests bench
	$(BIN)/ruff check src tests bench
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/tawazun knowledge check
	$(BIN)/pytest -n auto

# make eval KIT=../shared/eval
KIT ?= ../shared/eval
eval: $(READY)
	$(BIN)/python bench/evaluate.py $(KIT)

bench: $(READY)
	$(BIN)/python bench/speed.py $(KIT)

# all raw articles taken in, coded, merged, searched and loaded by both kinds of workspace; takes some half an hour on 2 cores
bench-corpus: $(READY)
	$(BIN)/python bench/corpus.py $(KIT)

# kills 200 runs on each kind of workspace; takes some ten minutes
kill-test: $(READY)
	$(BIN)/python bench/kills.py

# make train KIT=../shared/eval writes src/tawazun/knowledge/ar/weights.json
train: $(READY)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements-train.lock
	$(BIN)/python bench/train.py $(KIT)

setup: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -c 'import sys; sys.exit("Tawazun needs Python 3.11 or later, this is " + sys.version) if sys.version_info < (3, 11) else None'
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	$(BIN)/python -m compileall -q src
	touch $@

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
