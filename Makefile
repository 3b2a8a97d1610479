# One short verb per job; `make help` prints them.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
HOST ?= 127.0.0.1
PORT ?= 8000
# Each has an environment of its own: they do not agree on versions.
PEERS := .venv-bench
PEER_NAMES := svy samplics weightipy balance ipfn

.DEFAULT_GOAL := help

help: ## print the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

# pip runs once per change of the lock: the stamp file remembers it, so later runs start at once.
$(BIN)/.runtime: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(BIN)/.dev: requirements-dev.lock $(BIN)/.runtime
	$(BIN)/pip install --quiet --require-hashes -r requirements-dev.lock
	@touch $@

install: $(BIN)/.runtime ## create .venv with the locked dependencies

serve: $(BIN)/.runtime ## serve on http://127.0.0.1:8000 (HOST=, PORT= override)
	@exec $(BIN)/minsheng serve --host $(HOST) --port $(PORT) --with-demo

test-system: ## install the browser and PostgreSQL that tests need (apt, as root)
	@sh tests/install_system_packages.sh

test: $(BIN)/.dev test-system ## run the whole suite: unit, property, both databases, browser
	$(BIN)/python -m pytest -n 2 --dist worksteal

simulate: $(BIN)/.dev ## draw samples again and again: do the intervals hold the truth? (minutes)
	$(BIN)/python -m pytest -n 2 -m slow tests/simulation

lint: $(BIN)/.dev ## ruff, mypy, import-linter
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

screenshots: $(BIN)/.dev test-system ## the pictures of the README, from the demonstration city
	$(BIN)/python -m tests.screenshots

# What cannot be installed here is said so, and the benchmarks leave it out.
$(PEERS)/%/.installed: tests/bench/peers/%.txt $(BIN)/.dev
	@$(BIN)/python -m uv venv --quiet --clear $(@D)
	@$(BIN)/python -m uv pip install --quiet --python $(@D)/bin/python \
	  --build-constraint tests/bench/peers/build-constraints.txt -r $< \
	  && touch $@ || echo "$* could not be installed"

bench-peers: $(PEER_NAMES:%=$(PEERS)/%/.installed) ## the libraries that bench measures against

bench: $(BIN)/.dev test-system bench-peers ## benchmarks: prints ratios measured in one run
	$(BIN)/python -m tests.bench

lock: $(BIN)/.dev ## recompute the lock files from pyproject.toml
	$(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --extra build -o requirements.lock pyproject.toml
	$(BIN)/python -m uv pip compile --quiet --universal --generate-hashes --no-emit-index-url --no-header \
	  --python-version 3.11 --extra build --extra dev -o requirements-dev.lock pyproject.toml

.PHONY: help install serve test test-system simulate lint screenshots bench-peers bench lock
