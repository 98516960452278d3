# What a person or CI does in a checkout; `make` alone lists it. Everything lands in .venv and the jar cache, nothing on the system.

PYTHON ?= python3
BIN := .venv/bin
INSTALLED := .venv/.installed
CORPORA ?= ../shared/corpora
WORST ?= 0
SPLIT ?= dev
MINUTES ?= 20
SEED ?= 7
PAGES ?= 1000
LOCKS := requirements-dev.lock jars.lock.toml
PROJECTS := pyproject.toml schemas/pyproject.toml
UV_PIP := $(BIN)/uv pip
INTO := --quiet --python $(BIN)/python
COMPILE := $(UV_PIP) compile --quiet --universal --fork-strategy fewest --python-version 3.11 --generate-hashes --no-emit-index-url \
	--no-emit-find-links --no-emit-package broadsheet --no-emit-package broadsheet-schemas \
	--custom-compile-command "make lock" $(LOCK_FLAGS)

.DEFAULT_GOAL := help
.PHONY: help install demo up check lint test test-unit poison soak generate lock audit bench bench-road bench-index bench-segmenter train-segmenter score-segmenter word-vectors train-tagger cities score-tagger bench-tagger bench-search bench-similar search-page pictures clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-16s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

install: $(INSTALLED) ## Put the locked dependencies into .venv and fetch the jars (PYTHON=python3.13 picks another Python)

$(BIN)/uv: requirements-bootstrap.lock
	@$(PYTHON) -c 'import sys; v = sys.version_info; v >= (3, 11) or sys.exit(f"Broadsheet needs Python 3.11 or newer; {sys.executable} is {v[0]}.{v[1]}. Name another: make PYTHON=python3.11 ...")'
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements-bootstrap.lock
	@touch $@

$(INSTALLED): $(BIN)/uv $(LOCKS) $(PROJECTS)
	$(UV_PIP) sync $(INTO) --require-hashes requirements-dev.lock
	$(UV_PIP) install $(INTO) --no-deps --no-build-isolation --editable ./schemas --editable .
	$(BIN)/python -m broadsheet.local.jars install
	@touch $@

demo: install ## Publish the sample pages through the whole road and show what came out
	$(BIN)/broadsheet demo

up: install ## Run the whole stack on this machine until Ctrl-C
	$(BIN)/broadsheet up

check: lint ## Lint, types, import rules and the unit tests that start no process: about three minutes on two cores
	$(BIN)/pytest --numprocesses auto --dist worksteal -m "not processes" tests/unit

lint: install
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy services schemas tests docs training deploy
	$(BIN)/lint-imports
	$(BIN)/deptry services
	$(BIN)/deptry --config schemas/pyproject.toml schemas/broadsheet_schemas

test-unit: install ## Unit tests alone
	$(BIN)/pytest --numprocesses auto --dist loadfile tests/unit

test: check ## Everything that CI runs: lint, types, import rules and every test, on a real broker and a real index
	$(BIN)/pytest -m processes tests/unit
	$(BIN)/pytest --ignore tests/unit

poison: install ## PAGES=1000 hostile pages through the real road, then how each kind ended (SEED=7)
	$(BIN)/python tests/faults/poison.py --pages $(PAGES) --seed $(SEED)

soak: install ## Random faults on the real road for MINUTES=20, then where every page ended (SEED=7, FAULTS=kill,broker: these alone)
	PYTHONPATH=tests $(BIN)/python -m faults.soak --minutes $(MINUTES) --seed $(SEED) $(if $(FAULTS),--faults $(FAULTS))

bench: install ## Measure a hop through the runtime against a bare Kafka client
	$(BIN)/python tests/benchmarks/hop.py

bench-road: install ## Measure processor time, memory and disk of the whole road, stage by stage (BENCH_FLAGS="--documents 1000")
	$(BIN)/python tests/benchmarks/road.py $(BENCH_FLAGS)

bench-index: install ## Time the indexer beside a bare loop of the client's bulk helper, on one OpenSearch
	$(BIN)/python tests/benchmarks/indexing.py $(BENCH_FLAGS)

bench-segmenter: install ## Time the segmenter beside trafilatura, readability and resiliparse (BENCH_FLAGS="--corpora DIR": on real pages)
	$(BIN)/python tests/benchmarks/segmenter.py $(BENCH_FLAGS)

train-segmenter: install ## Make the segmenter's models anew (CORPORA=DIR): under an hour on two cores
	PYTHONPATH=. $(BIN)/python -m training.segmenter.train --corpora $(CORPORA)

word-vectors: install ## Make the segmenter's word vectors anew; the models must be trained after it
	$(UV_PIP) install $(INTO) --require-hashes --no-deps --requirement training/encoder.lock
	PYTHONPATH=. $(BIN)/python -m training.segmenter.word_vectors

score-segmenter: install ## Measure the segmenter beside trafilatura and readability (CORPORA=DIR, WORST=20 names the worst pages)
	PYTHONPATH=. $(BIN)/python -m training.segmenter.score --corpora $(CORPORA) --worst $(WORST)

train-tagger: install ## Make the tagger's model anew (CORPORA=DIR): under two hours on two cores; goes on where it was cut off
	$(UV_PIP) install $(INTO) --require-hashes --no-deps --requirement training/encoder.lock
	PYTHONPATH=. $(BIN)/python -m training.tagger.train --corpora $(CORPORA)

cities: install ## Make the list of cities that the tagger knows anew
	PYTHONPATH=. $(BIN)/python -m training.tagger.cities

score-tagger: install ## Measure the tagger on the annotated texts (CORPORA=DIR, SPLIT=dev), and the joining of names
	PYTHONPATH=. $(BIN)/python -m training.tagger.score --corpora $(CORPORA) --split $(SPLIT)
	PYTHONPATH=. $(BIN)/python -m training.tagger.joining --corpora $(CORPORA)

bench-search: install ## Time searches on 100,000 generated documents (BENCH_FLAGS="--documents 5000": on fewer)
	$(BIN)/python tests/benchmarks/searching.py $(BENCH_FLAGS)

bench-similar: install ## Find generated syndicated copies by the body and, beside it, by the whole page
	$(BIN)/python tests/benchmarks/syndication.py $(BENCH_FLAGS)

search-page: install ## Write the outputs of searches in README and docs/search.md anew
	$(BIN)/python tests/e2e/search_page.py

pictures: install ## Draw docs/images anew, of a running road under generated pages (PICTURE_FLAGS="--minutes 5")
	PYTHONPATH=tests:docs:. $(BIN)/python -m e2e.monitoring_pictures $(PICTURE_FLAGS)

bench-tagger: install ## Words per second of the tagger on one core, beside spaCy's
	PYTHONPATH=tests $(BIN)/python -m benchmarks.tagger $(BENCH_FLAGS)

generate: install ## Write the schemas, the AsyncAPI document, the generated pages of docs/ and the dashboards anew
	$(BIN)/python schemas/generate.py
	$(BIN)/python docs/generate_pages.py
	$(BIN)/python -m deploy.grafana.generate

lock: $(BIN)/uv ## Lock the dependencies anew (LOCK_FLAGS=--upgrade takes the newest versions)
	$(COMPILE) --group bootstrap --output-file requirements-bootstrap.lock
	$(COMPILE) pyproject.toml --extra local --extra tracing --output-file requirements.lock
	$(COMPILE) pyproject.toml --extra local --extra spacy --extra tracing --group dev --group training --constraint requirements.lock --output-file requirements-dev.lock
	$(COMPILE) pyproject.toml --extra tracing --constraint requirements.lock --output-file deploy/requirements.lock

audit: install ## Look every locked version up in the advisories, by default those of PyPI (AUDIT_FLAGS="--vulnerability-service osv")
	$(BIN)/pip-audit --strict --require-hashes --disable-pip --requirement requirements-bootstrap.lock --requirement requirements-dev.lock $(AUDIT_FLAGS)

clean: ## Remove .venv and everything that tools left behind
	rm -rf .venv .cache .jars .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist
