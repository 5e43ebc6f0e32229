# Postil needs two commands: `make demo` and `make test`. Both install what they need into .venv first.
# Only POSIX tools, Python 3.11 or later and pip are taken for granted.

PYTHON ?= $(shell for python in python3 python3.12 python3.11 python3.13 python3.14 python; do \
	"$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo "$$python"; break; }; done)
VENV := .venv
RUN := $(VENV)/bin/python
PIP = $(shell test -x $(VENV)/bin/pip && echo $(VENV)/bin/pip || echo "$(PYTHON) -m pip --python $(RUN)")
EXPORT := $(VENV)/bin/uv export --frozen --quiet --no-header --no-emit-project --no-default-groups

MINUTES ?= 30

.DEFAULT_GOAL := help
.PHONY: help demo test test-all lint messages schema promises soak materials format lock clean

help: ## Show what can be made
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "%-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/base.stamp ## Start everything with the sample course (PORT=, DATA_DIR=, DEMO_PASSWORD=)
	@$(RUN) manage.py demo --with-parent

test: $(VENV)/dev.stamp ## Run every check that has to pass: the same as CI
	@$(RUN) -m tests

test-all: $(VENV)/dev.stamp ## Run also what takes long: all of it on both databases
	@$(RUN) -m tests --all

lint: $(VENV)/dev.stamp ## Check style, types and architecture only
	$(VENV)/bin/ruff check . && $(VENV)/bin/ruff format --check . && $(VENV)/bin/mypy && $(VENV)/bin/lint-imports

schema: $(VENV)/dev.stamp ## Write the description of REST into docs/openapi.json
	@$(RUN) manage.py spectacular --file docs/openapi.json --format openapi-json --validate --fail-on-warn

messages: $(VENV)/dev.stamp ## Gather every sentence for translation into locale/
	@$(RUN) -m tests.messages

promises: $(VENV)/dev.stamp ## Break things, and write down what held (docs/promises.md)
	@$(RUN) -m tests.promises

materials: $(VENV)/dev.stamp ## List what is installed at run time, with hashes and licences (postil.cdx.json)
	@$(RUN) -m tests.materials postil.cdx.json

soak: $(VENV)/dev.stamp ## Break something every four seconds for MINUTES=30, and count what was graded
	@$(RUN) -m tests.chaos.soaking --minutes $(MINUTES)

format: $(VENV)/dev.stamp ## Format the code
	$(VENV)/bin/ruff check --fix . && $(VENV)/bin/ruff format .

lock: $(VENV)/dev.stamp ## Resolve pyproject.toml into uv.lock and requirements/
	$(VENV)/bin/uv lock
	$(EXPORT) --group demo --output-file requirements/base.txt
	$(EXPORT) --output-file requirements/prod.txt
	$(EXPORT) --group dev --output-file requirements/dev.txt

clean: ## Remove what was installed and cached, and keep the data
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

$(RUN):
	@test -n "$(PYTHON)" || { echo "Postil needs Python 3.11 or later, and none was found. Name one: make PYTHON=/path/to/python" >&2; exit 1; }
	@# Where Python comes without ensurepip, the pip beside it installs into the environment.
	$(PYTHON) -m venv $(VENV) || $(PYTHON) -m venv --clear --without-pip $(VENV)

$(VENV)/%.stamp: requirements/%.txt | $(RUN)
	$(PIP) install --quiet --disable-pip-version-check --require-hashes -r $<
	@touch $@
