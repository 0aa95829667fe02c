# pgcustsec. `make help` says what there is; PYTHON=, PG_CONFIG=, WORKERS=, ARGS= change how.

SHELL := /bin/sh
PYTHON ?= python3
PG_CONFIG ?= pg_config
WORKERS ?= 2
ARGS ?=

VERSION := $(shell sed -n "s/^default_version = '\(.*\)'/\1/p" sql/pgcustsec.control)
SCRIPT := sql/pgcustsec--$(VERSION).sql

ifdef PGXS_STEP

# Only the steps below come here, each in a make of its own: PGXS would take over clean, all and more.
EXTENSION := sql/pgcustsec
DATA := $(wildcard sql/pgcustsec--*.sql)
PGXS := $(shell $(PG_CONFIG) --pgxs)
include $(PGXS)

else

.DEFAULT_GOAL := help
.PHONY: help demo test build install uninstall installcheck lint bench docs wheel clean

# $(call timed,what it does,command): says it, does it, says how long it took.
timed = printf '== %s\n' '$(1)'; begin=$$(date +%s); $(2) || exit $$?; \
	printf '== done in %s s\n' $$(( $$(date +%s) - begin ))

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

demo: .venv/stamp ## Run the guided tour on a server of its own, to the end (needs Python and make only)
	@$(call timed,the tour: .venv/bin/pgcustsec demo $(ARGS),.venv/bin/pgcustsec demo $(ARGS))

test: .venv/stamp ## Run the tests on the bundled PostgreSQL and on every system one from 15 on (ARGS="-k name")
	@$(call timed,tests with $(WORKERS) workers,.venv/bin/python -m pytest -n $(WORKERS) --dist worksteal $(ARGS))

# Each numbered file under a line with its path; byte for byte the same on every machine.
concatenate = mkdir -p build && for file in $$(find sql/src/[0-9]* -name '*.sql' | LC_ALL=C sort); do \
	printf -- '-- %s\n' "$$file"; cat "$$file"; printf '\n'; done > build/extension.sql

build: ## Build the extension script out of sql/src, in path order
	@$(concatenate)
	@if cmp -s build/extension.sql $(SCRIPT); then echo '$(SCRIPT) is up to date'; \
		else cp build/extension.sql $(SCRIPT) && echo 'built $(SCRIPT)'; fi

install: build ## Put the extension into the server that PG_CONFIG= belongs to, by PGXS
	@echo "== into $$($(PG_CONFIG) --sharedir)/extension, the server of $(PG_CONFIG)"
	@if test -f "$$($(PG_CONFIG) --pgxs)"; then $(MAKE) --no-print-directory PGXS_STEP=1 install; \
	else echo '   no PGXS there (Debian: postgresql-server-dev-*); copying the files, which is all that it would do'; \
		folder="$(DESTDIR)$$($(PG_CONFIG) --sharedir)/extension" && mkdir -p "$$folder" && \
		cp sql/pgcustsec.control sql/pgcustsec--*.sql "$$folder/"; fi

uninstall: ## Take those files out of the server of PG_CONFIG= again; databases are not touched
	@rm -fv "$(DESTDIR)$$($(PG_CONFIG) --sharedir)/extension/pgcustsec.control" \
		"$(DESTDIR)$$($(PG_CONFIG) --sharedir)/extension/pgcustsec--"*.sql

installcheck: ## Try the installed extension in a scratch database of the server that PG* variables name
	@bin="$$($(PG_CONFIG) --bindir)"; base="pgcustsec_installcheck_$$$$"; \
	"$$bin/createdb" "$$base" || exit 3; \
	"$$bin/psql" -X -q -v ON_ERROR_STOP=1 -d "$$base" -c 'CREATE EXTENSION pgcustsec' \
		-c "SELECT extname, extversion FROM pg_extension WHERE extname = 'pgcustsec'"; code=$$?; \
	"$$bin/dropdb" "$$base"; exit $$code

lint: .venv/stamp ## Check style, formatting and types, and that the committed extension script is the built one
	@$(call timed,ruff check,.venv/bin/ruff check .)
	@$(call timed,ruff format --check,.venv/bin/ruff format --check .)
	@$(call timed,mypy (strict),.venv/bin/mypy)
	@$(concatenate)
	@cmp build/extension.sql $(SCRIPT) || { echo "$(SCRIPT) is not what sql/src gives: make build, and commit it" >&2; exit 1; }

bench: .venv/stamp ## Measure the views against the raw tables at a million customers; writes build/bench.json
	@mkdir -p build
	@$(call timed,bench,.venv/bin/python -m tests.bench $(ARGS))

docs: .venv/stamp ## Check that the documentation says what the program does (tests/docs)
	@if ls tests/docs/test_*.py >/dev/null 2>&1; then \
		$(call timed,tests/docs,.venv/bin/python -m pytest tests/docs $(ARGS)); \
	else echo 'tests/docs has no tests yet: nothing is checked'; fi

wheel: .venv/stamp ## Build dist/*.whl, the built extension script in it
	@$(call timed,wheel,.venv/bin/python -m pip wheel --quiet --no-deps --wheel-dir dist .)
	@ls dist/*.whl

clean: ## Remove what make made: .venv, build, dist, caches
	rm -rf .venv build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find src tests migrations -name __pycache__ -type d -prune -exec rm -rf {} +

# The stamp is written last, so that an installation cut short is done again.
.venv/stamp: pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "pgcustsec needs Python 3.11 or later, $(PYTHON) is $$($(PYTHON) -V 2>&1); try PYTHON=python3.12" >&2; exit 2; }
	@$(call timed,making .venv with $(PYTHON),$(PYTHON) -m venv .venv)
	@$(call timed,installing pgcustsec and its tools into .venv,.venv/bin/python -m pip install --quiet \
		--disable-pip-version-check --editable ".[test$(comma)lint]")
	@touch $@

comma := ,

endif
