# Every target sets up what it needs in .venv; nothing but Python 3.11–3.13 and make is assumed.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test test-slow lint format lock bench bench-reading bench-copies bench-crawling bench-engines bench-incremental bench-revisit bench-scale bench-year objects readers sample-release wheel-test clean

demo: .venv/.run
	$(BIN)/yuqi demo

# Files on several cores; `make test-slow` has whole crawls, killed processes, clusters and browsers
# Bytecode is kept even where the environment forbids it: hundreds of processes would each compile all sources anew
PYTEST := PYTHONDONTWRITEBYTECODE= $(BIN)/pytest -n auto --maxprocesses 4 --dist loadfile

test: .venv/.dev
	$(PYTEST) -m 'not slow'

test-slow: .venv/.dev
	$(PYTEST) -m slow

lint: .venv/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Every part beside other tools, in one run: minutes; more with `make bench OPTIONS="--pages 2000 --rounds 5"`, and
# on pages that people marked with --marked FOLDER. Writes docs/bench.json, docs/bench.svg and docs/measurements.md.
bench: .venv/.run .venv/.peers .venv/.extractors
	$(BIN)/python -m benchmarks.peers --peers .venv/peers/bin/python --extractors .venv/extractors/bin/python $(OPTIONS)

# CPU time beside other extractors, page by page: on the sample sites' pages, or PAGES=folder of *.html
bench-reading: .venv/.run
	$(BIN)/python benchmarks/reading.py $(PAGES)

# The release that stands in datasets/sample: of nine articles of the sample sites, whose lenders are invented
sample-release: .venv/.run
	rm -rf .sample datasets/sample
	$(BIN)/yuqi demo .sample --pages 9 > /dev/null
	$(BIN)/yuqi release --version 1.0.0 --out datasets/sample --workspace .sample
	rm -rf .sample

# Programs that read releases, each in an environment of its own: the tests of tests/test_release_readers.py use them
readers: .venv/.readers

.venv/.readers: .venv/.pip pyproject.toml
	$(PYTHON) -m venv --without-pip .venv/readers
	$(BIN)/python -m pip --python .venv/readers/bin/python install --quiet --group readers
	$(PYTHON) -m venv --without-pip .venv/citations
	$(BIN)/python -m pip --python .venv/citations/bin/python install --quiet --group citations
	touch $@

# A server of S3's interface, which tests/test_object_store.py starts
objects: .venv/.objects

.venv/.objects: .venv/.pip pyproject.toml
	$(PYTHON) -m venv --without-pip .venv/objects
	$(BIN)/python -m pip --python .venv/objects/bin/python install --quiet --group objects
	touch $@

format: .venv/.dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# pip is upgraded first: the one that Python 3.11.7 and 3.12.1 bundle fails at lxml[html-clean]
.venv/.pip:
	$(PYTHON) -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' \
		|| { echo "yuqi needs Python 3.11, 3.12 or 3.13: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade 'pip>=26'
	touch $@

.venv/.run: .venv/.pip requirements.lock pyproject.toml
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	touch $@

.venv/.dev: .venv/.run requirements-dev.lock
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements-dev.lock
	touch $@

# CPU a page beside Scrapy's defaults, the memory of a long crawl, and what 50 times kill -9 cost: some minutes
bench-crawling: .venv/.run
	$(BIN)/python -m benchmarks.crawling.speed
	$(BIN)/python -m benchmarks.crawling.memory
	$(BIN)/python -m benchmarks.crawling.killed
	$(BIN)/python -m benchmarks.crawling.frontier

# Other tools are not locked: they are compared with, never shipped, and stand in an environment of their own.
# 100,000 articles take half an hour to write; `make bench-copies OPTIONS="--pages 2000"` is done in minutes.
bench-copies: .venv/.run .venv/.peers
	$(BIN)/python -m benchmarks.copies --peer-python .venv/peers/bin/python $(OPTIONS)

# Revisit policies on the same pages that change at random, with as many requests a day: a simulation, no network
bench-revisit: .venv/.run
	$(BIN)/python -m benchmarks.revisit $(OPTIONS)

# What a year of nightly recrawls leaves on disk: three minutes of it and the rest reckoned, or all of it with
# `make bench-year OPTIONS="--days 365 --minutes 120"`
bench-year: .venv/.run
	$(BIN)/python -m benchmarks.year $(OPTIONS)

# One local worker, two, and Dask with two, on the same archive; then where the time of a page goes: some minutes
bench-engines: .venv/.dev
	$(BIN)/python -m benchmarks.engines $(OPTIONS)
	$(BIN)/python -m benchmarks.page $(OPTIONS)

# What a build costs after a hundredth of the pages came, beside one from nothing
bench-incremental: .venv/.run
	$(BIN)/python -m benchmarks.incremental $(OPTIONS)

# What an article costs from archive to snapshot as a corpus grows; `OPTIONS="--pages 10000 100000"` takes hours
bench-scale: .venv/.run
	$(BIN)/python -m benchmarks.scale $(OPTIONS)

.venv/.peers: .venv/.pip pyproject.toml
	$(PYTHON) -m venv --without-pip .venv/peers
	$(BIN)/python -m pip --python .venv/peers/bin/python install --quiet --group bench
	touch $@

.venv/.extractors: .venv/.pip pyproject.toml
	$(PYTHON) -m venv --without-pip .venv/extractors
	$(BIN)/python -m pip --python .venv/extractors/bin/python install --quiet --group extractors
	touch $@

# Both locks hold for Python 3.11 to 3.13; run this after a change of pyproject.toml.
lock: .venv/.pip
	$(BIN)/python -m pip install --quiet uv
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group build \
		pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --group build \
		--group dev -c requirements.lock pyproject.toml -o requirements-dev.lock

clean:
	rm -rf .venv .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache dist
