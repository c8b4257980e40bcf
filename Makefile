# The two commands: `make demo` and `make test`. Both set the machine up first, quickly when it is done already.

# Any Python from 3.11 on will do; the locked versions are tested with 3.11.
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3 python; do \
	$$python -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo $$python && break; done)
BIN := .venv/bin
PYTEST_ARGS ?=

.PHONY: help setup setup-tests demo test lint types lab bench fuzz lock clean

help:
	@echo 'make demo    set everything up, analyse the sample captures, write reports/index.html'
	@echo 'make test    set everything up, run all checks and tests'
	@echo 'make lab     open JupyterLab on the start notebook'
	@echo 'make setup   only make .venv (then .venv/bin/xivolab --help)'
	@echo 'make lint    ruff, mypy and the order of the rooms'
	@echo 'make fuzz    damaged captures through everything, FUZZ of them (200 000)'
	@echo 'make bench   measure the speed (BENCH="rtp --full": RTP alone, up to 4 GB)'
	@echo 'make lock    write the versions in .venv to requirements.lock'
	@echo 'make clean   remove reports and caches (.venv stays)'

setup: python-found
	@$(PYTHON) -m xivolab.machine.setup

setup-tests: python-found
	@$(PYTHON) -m xivolab.machine.setup --for-tests

.PHONY: python-found
python-found:
	@test -n '$(PYTHON)' || { echo 'no Python 3.11 or later on this machine; Debian and Ubuntu: apt-get install python3 python3-venv'; exit 1; }

demo: setup
	@$(BIN)/xivolab batch captures -o reports
	@echo 'Open it in a browser: it needs neither a server nor a network.'

test: setup-tests lint
	@echo '── tests ──'
	$(BIN)/python -m pytest -n 2 --ignore tests/bench $(PYTEST_ARGS)
	@echo '── tests with real telephones, one after the other ──'
	$(BIN)/python -m pytest tests/bench $(PYTEST_ARGS)

lint: setup
	@echo '── style ──'
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	@echo '── types ──'
	$(BIN)/mypy
	@echo '── order of the rooms ──'
	$(BIN)/lint-imports --no-logo

lab: setup
	$(BIN)/jupyter lab $(if $(filter 0,$(shell id -u)),--allow-root) notebooks/00_start_here.ipynb

FUZZ ?= 200000

fuzz: setup-tests
	$(BIN)/python -m fuzzing --cases $(FUZZ)
	$(BIN)/python -m fuzzing.logs
	$(BIN)/python -m fuzzing.console
	$(BIN)/python -m fuzzing.cel

BENCH ?=

bench: setup
	$(BIN)/python -m benchmarks $(BENCH)

lock: setup
	$(BIN)/python -m pip freeze --exclude-editable > requirements.lock

clean:
	rm -rf reports build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find xivolab tests -name __pycache__ -type d -prune -exec rm -rf {} +
