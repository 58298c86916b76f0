# make run: install and load samples/ into data/.  make test: install everything and run every check.
PYTHON ?= python3
BIN := .venv/bin
export OGI_HOME ?= data

.PHONY: run test lint docs format serve dashboard clean

.venv/installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[ocr]'
	touch $@

.venv/installed-dev: .venv/installed
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dashboard,demo,dev,fuzz]'
	touch $@

run: .venv/installed
	$(BIN)/ogi load samples/inbox

test: .venv/installed-dev lint
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

lint: .venv/installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/sqlfluff lint models macros

docs: .venv/installed-dev
	$(BIN)/python -m docs.generate

format: .venv/installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .
	$(BIN)/sqlfluff fix models

serve: .venv/installed
	$(BIN)/ogi serve

dashboard: .venv/installed-dev
	$(BIN)/ogi dashboard

clean:
	rm -rf .venv data build dist *.egg-info .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
