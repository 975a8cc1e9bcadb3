# All development tasks, one target each. `make help` lists them.

AREA ?= .
OUT ?= site
TODAY ?=
GENERATOR ?= mkdocs
ARGS ?=

BOARD = .venv/bin/board
DAY = $(if $(TODAY),--today $(TODAY))

export NO_MKDOCS_2_WARNING = 1

.DEFAULT_GOAL := help
.PHONY: help site serve check test test-all bench area lock clean

help: ## List these commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo "Add TODAY=2026-11-24 to pretend that today is another day, AREA=folder OUT=folder to build another area."

site: .venv/ready-site ## Check the records and build the site into site/
	@$(BOARD) build --area $(AREA) --out $(OUT) $(DAY) --generator $(GENERATOR)

serve: .venv/ready-site ## Preview the site while you edit
	@$(BOARD) serve --area $(AREA) $(DAY) --generator $(GENERATOR)

check: .venv/ready-site ## List everything that blocks publication
	@$(BOARD) check --area $(AREA) $(DAY)

test: .venv/ready-site .venv/ready-test ## Run the tests, browser tests included
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM && .venv/bin/ruff check --quiet . && .venv/bin/pytest $(ARGS)

test-all: export TEST_ALL = 1
test-all: test ## Run the tests with every page, every example and every moment

bench: .venv/ready-site .venv/ready-test .venv/ready-bench ## Measure speed, and compare with other generators
	@CHROMIUM="$$(.ci/browser)" && export CHROMIUM && .ci/hugo >/dev/null && .venv/bin/python -m tests.bench $(ARGS)

area: .venv/ready-site ## Create a new area's repository: NAME="Northshire" OUT=../northshire
	@$(BOARD) area "$(NAME)" $(if $(filter-out site,$(OUT)),--into "$(OUT)") $(ARGS)

lock: .venv/ready-site ## Update the lock files from pyproject.toml
	@.ci/lock

clean: ## Remove everything that was installed or built
	rm -rf .venv .cache site tests/node_modules tests/bench/node_modules

.venv/ready-site: requirements.txt pyproject.toml .ci/python
	@.ci/python requirements.txt && touch $@

.venv/ready-test: tests/requirements.txt tests/package-lock.json .venv/ready-site .ci/python .ci/node
	@.ci/python tests/requirements.txt && .ci/node tests && touch $@

.venv/ready-bench: tests/bench/package-lock.json .venv/ready-test .ci/node
	@.ci/node tests/bench && touch $@
