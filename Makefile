# Every target sets up what it needs by itself, in .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: serve test verify check bench ide example docs lock schema clean
.DEFAULT_GOAL := serve

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or later is needed: make PYTHON=python3.12"; exit 1; }
	@test -x $(BIN)/pip || $(PYTHON) -m venv --clear $(VENV)
	$(BIN)/python -m pip install --quiet --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation -e .
	@touch $@

serve: $(READY) ide ## the gateway and the three sandbox platforms, on this machine
	@exec $(BIN)/tongxin serve --sandbox

test: $(READY) ## what CI runs; under five minutes
	$(BIN)/python -m pytest -m "not verify" -n 2 --dist worksteal

verify: $(READY) ide ## everything, under an hour
	$(BIN)/python -m pytest

check: $(READY) ## format, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/python -m pytest tests/house

bench: $(READY) ## what an operation costs, beside the usual stack and the floor
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.sign_on
	$(BIN)/python -m benchmarks.observing

ide: gateway/ide/files/.ready ## the files of the IDE, from npm; without npm the page at /graphql says so

gateway/ide/files/.ready: gateway/ide/package-lock.json
	@if ! command -v npm >/dev/null; then echo "npm is not here: /graphql shows a plain page"; \
	else cd gateway/ide && npm ci --loglevel=error --no-fund --no-audit >/dev/null && rm -rf files && mkdir files \
	  && mv node_modules/altair-static/package.json node_modules/altair-static/LICENSE node_modules/altair-static/build/dist files \
	  && rm -rf node_modules && touch files/.ready \
	  || echo "npm could not install the IDE: /graphql goes on as before"; fi

example: $(READY) examples/studio/.env.local ## the example app, in front of `make serve`
	@cd examples/studio && { test -d node_modules || npm ci --loglevel=error --no-fund --no-audit; } && npm run dev

examples/studio/.env.local: examples/studio/register.sh | $(READY)
	@examples/studio/register.sh > $@ || { rm -f $@; exit 1; }

docs: $(READY) ## write the pages that are made from the code
	$(BIN)/python -c "from gateway.settings_page import settings_page as page; print(page(), end='')" > docs/settings.md
	$(BIN)/python -m gateway.errors.page > docs/errors.md
	$(BIN)/python -m gateway.errors.refusals_page > docs/partners/errors.md
	$(BIN)/python docker/grafana/dashboard.py > docker/grafana/tongxin.json
	$(BIN)/python docker/prometheus/alerts_page.py > docs/ops/alerts.md

lock: $(READY) ## pin again what pyproject.toml asks for
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --custom-compile-command "make lock" --group dev pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate \
	    --custom-compile-command "make lock" -c requirements.lock pyproject.toml -o docker/requirements.lock

schema: $(READY) ## write schema/schema.graphql and schema/schema.zh.graphql from the code
	$(BIN)/tongxin schema print --lang en > schema/schema.graphql
	$(BIN)/tongxin schema print --lang zh > schema/schema.zh.graphql

clean:
	rm -rf $(VENV) var gateway/ide/files gateway/ide/node_modules
	cd examples/studio && rm -rf node_modules dist src/gql .env.local
