# Needs on the machine: make, python3 (3.11 or newer) with venv, and the certificates of HTTPS.
# All the rest is installed here: uv by pip, everything else by uv from uv.lock.

PYTHON ?= python3
UV_VERSION := 0.13.9
UV := var/tools/uv-$(UV_VERSION)/bin/uv
VENV := .venv/bin
SYNCED := .venv/.synced
PYTEST := $(VENV)/python -m pytest

export UV_PYTHON_DOWNLOADS := never
export NPM_CONFIG_UPDATE_NOTIFIER := false

.DEFAULT_GOAL := help
.PHONY: help up test test-slow test-fresh bench screenshots lint types fmt assets natives chromium clean-demo

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

up: $(SYNCED) natives assets ## start everything with the demo; Ctrl-C stops it
	@$(VENV)/python -m core.cli up

test: $(SYNCED) natives assets chromium ## the whole suite, browser tests included
	$(PYTEST) -n 2 --dist loadgroup -m "not slow" $(ARGS)

test-slow: $(SYNCED) natives assets chromium ## what takes long: real servers, endurance
	$(PYTEST) -m slow $(ARGS)

test-fresh: ## prove `make up` and `make test` in a pristine Debian (root; needs debootstrap)
	$(PYTHON) tests/fresh/prove.py $(ARGS)

bench: $(SYNCED) natives assets ## figures: CPU per request, memory, start times
	$(VENV)/python -m tests.bench $(ARGS)

screenshots: $(SYNCED) natives assets chromium ## pictures of the README, from the demo
	THIDUA_SCREENSHOTS=1 $(PYTEST) tests/browser/test_screenshots.py

lint: $(SYNCED) ## ruff and the import contracts
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .
	$(VENV)/lint-imports

types: $(SYNCED) ## mypy, strict
	$(VENV)/mypy

fmt: $(SYNCED) ## put the code into shape
	$(VENV)/ruff check --fix .
	$(VENV)/ruff format .

assets: $(SYNCED) ## front-end packages from the npm registry into core/web/dist
	@PATH="$(CURDIR)/$(VENV):$$PATH" $(VENV)/python -m core.web.build

natives: $(SYNCED) ## native libraries of the PDF renderer, by apt-get where allowed
	@$(VENV)/python -m core.runtime.native

chromium: $(SYNCED) ## Chromium of the browser tests, by apt-get where allowed
	@$(VENV)/python -m core.runtime.chromium

clean-demo: $(SYNCED) ## remove the demo departments from the database
	@$(VENV)/python -m core.cli demo remove

$(UV):
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Python 3.11 or newer is needed; this is $$($(PYTHON) --version)"; exit 1; }
	@$(PYTHON) -c 'import venv, ensurepip' || \
		{ echo "Run: sudo apt-get install python3-venv"; exit 1; }
	@echo "• Installing uv $(UV_VERSION) …"
	@$(PYTHON) -m venv var/tools/uv-$(UV_VERSION)
	@var/tools/uv-$(UV_VERSION)/bin/pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)

$(SYNCED): uv.lock pyproject.toml | $(UV)
	@echo "• Installing the locked packages (up to a minute) …"
	@$(UV) sync --frozen --quiet --python $(PYTHON)
	@touch $@
