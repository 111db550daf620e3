# Build, test and measure Newsloom. `make` lists the targets.

UV_VERSION := 0.13.9
UV := .uv/bin/uv
HELM_VERSION := v4.3.1
COMPOSE_VERSION := v2.16.2
VENV := .venv
BIN := $(VENV)/bin
JARS := .newsloom/kafka/libs
SETUP := $(VENV)/.installed
LOOPS := $(wildcard services/*/*/*.pyx)
HAS_HEADERS := "import sysconfig; open(sysconfig.get_path('include') + '/Python.h')" 2>/dev/null
KAFKA := $(JARS)/.resolved
NODE := .newsloom/node
REGISTRY := .newsloom/registry/.unpacked
TOOLS := .newsloom/bin
HELM := $(TOOLS)/.helm-$(HELM_VERSION)
COMPOSE := $(TOOLS)/.compose-spec-$(COMPOSE_VERSION)
EVAL ?= ../shared/eval
ARTICLES ?=
PAGES ?=
FILES ?=
PACKS ?=
NUMBER ?=
ROW ?=
VERSION ?= 4.4.0

export UV_PYTHON_PREFERENCE ?= system

.DEFAULT_GOAL := help
.PHONY: help setup kafka deploy-tools demo test test-quick test-tools coverage test-faults check-image lint audit format lock kafka-lock schemas \
	metrics messages node contract-page check-contract check-registry bench bench-observe bench-dedup bench-recovery scaling \
	score-seeds score-cleaning score-cases score-tagging score-stories score-resolution score-stream score-dedup score-teasers clean

help: ## List the targets.
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 18

setup: $(SETUP) ## Create the Python environment in .venv.

kafka: $(KAFKA) ## Download the jars of Apache Kafka.

# Only a few tests need these; without them they are skipped with a message.
test-tools: ## Install the programs that some tests need: Debian and npm packages, and Helm.
	@.ci/test-tools

node: ## Install the npm packages that a few tests need, if npm is available.
	@command -v npm >/dev/null || echo "npm is not installed (Debian: nodejs, npm): a few tests are skipped"
	@! command -v npm >/dev/null || $(MAKE) -s $(NODE)/.installed || \
		echo "npm could not install the packages (.newsloom/npm.log): a few tests are skipped"

$(NODE)/.installed: tests/node/package.json tests/node/package-lock.json tests/node/.npmrc
	@echo "installing the npm packages of a few tests"
	@rm -rf $(NODE)
	@mkdir -p $(NODE)
	@cp $^ $(NODE)
	@cd $(NODE) && npm ci > ../npm.log 2>&1
	@touch $@

deploy-tools: $(HELM) $(COMPOSE) ## Build Helm and the parser of Docker Compose with Go, for the tests.

demo: $(SETUP) $(KAFKA) ## Run the pipeline on sample articles (ARTICLES=path for your own).
	@$(BIN)/newsloom demo $(ARTICLES)

test: $(SETUP) $(KAFKA) node ## Run all tests, including those on a Kafka broker.
	@$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder --durations 15

test-quick: $(SETUP) ## Run only the fast tests: what to run while you work.
	@$(BIN)/python -m pytest -q -n 2 tests/unit

coverage: $(SETUP) ## Measure the branch coverage of the quick tests, and list what they miss.
	@$(BIN)/python -m pytest -q -n 2 -m "not timed" tests/unit --cov --cov-report=term-missing

check-image: $(SETUP) $(KAFKA) ## Run the steps of the Dockerfile in a plain folder, and test the result.
	@$(BIN)/python -m pytest -s tests/deploy/check_image.py

check-registry: $(SETUP) $(REGISTRY) ## Register the schemas with a real schema registry (146 MB).
	@$(BIN)/python -m pytest -q tests/registry/check_registry.py

test-faults: $(SETUP) $(KAFKA) ## Inject every fault under load and print the results (ROW=words for one fault).
	@NEWSLOOM_FAULTS=full $(BIN)/python -m pytest tests/faults $(if $(ROW),-k "$(ROW)"); status=$$?; \
		$(BIN)/python -m tests.faults.results; exit $$status

lint: $(SETUP) check-contract ## Check style, types, imports and the contract.
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/mypy hatch_build.py examples/*.py
	@$(BIN)/lint-imports --no-cache

audit: $(SETUP) ## Check the locked packages for known vulnerabilities.
	@.ci/audit

format: $(SETUP) ## Format the code.
	@$(BIN)/ruff check --fix-only -q .
	@$(BIN)/ruff format -q .

schemas: $(SETUP) ## Generate the schemas, the AsyncAPI document and the chart's values schema.
	@$(BIN)/newsloom schemas export
	@$(BIN)/python -m tests.deploy.chart

metrics: $(SETUP) ## Generate docs/metrics.md from services/observability/metrics.py.
	@$(BIN)/python -m tests.docs.metrics_page

messages: $(SETUP) ## Generate the example messages in docs/subscribing.md.
	@$(BIN)/python -m tests.docs.messages

contract-page: ## Write readable pages of the contract to build/contract (needs npm).
	@command -v npm >/dev/null || { echo "npm is not installed (Debian: nodejs, npm)."; exit 1; }
	@$(MAKE) -s $(NODE)/.installed
	@cp tests/node/contract-page.mjs $(NODE)
	@node $(NODE)/contract-page.mjs schemas/asyncapi.yaml build/contract

check-contract: $(SETUP) ## Check that no change breaks subscribers or the replay of old messages.
	@$(BIN)/newsloom schemas check

bench: $(SETUP) $(KAFKA) ## Measure articles per second end to end, and the overhead of Kafka.
	@$(BIN)/python -m tests.benchmarks.bench_pipeline

scaling: $(SETUP) ## Compute docs/scaling.md from the reports of the commands that it names.
	@$(BIN)/python -m tests.benchmarks.scaling

score-seeds: $(SETUP) ## Score the five seed pages end to end (EVAL=path).
	@$(BIN)/python -m tests.quality.score_seeds --eval $(EVAL)

score-cleaning: $(SETUP) ## Compare cleaning with other extractors (EVAL=path, PAGES=folder).
	@$(UV) pip install -q --python $(BIN)/python --only-binary :all: --require-hashes \
		-r requirements-peers.lock 2>/dev/null || echo "rs-trafilatura has no wheel for this system and is left out"
	@$(BIN)/python -m tests.quality.score_cleaning --eval $(EVAL) $(if $(PAGES),--pages $(PAGES))

score-cases: $(SETUP) ## Run the cases of public bug reports (EVAL=path, SETS=dates,authors).
	@$(BIN)/python -m tests.quality.score_cases --eval $(EVAL) $(if $(SETS),--sets $(SETS))

score-tagging: $(SETUP) ## Compare tagging with the model alone (EVAL=path, FILES="a.jsonl b.jsonl"), or without gazetteer packs (PACKS=1).
	@$(BIN)/python -m tests.quality.score_tagging --eval $(EVAL) $(if $(FILES),--files $(FILES)) $(if $(PACKS),--packs)

score-stories: $(SETUP) ## Compare stories with the baseline (EVAL=path, FILES="a.jsonl b.jsonl").
	@$(BIN)/python -m tests.quality.score_stories --eval $(EVAL) $(if $(FILES),--files $(FILES))

score-resolution: $(SETUP) ## Score the ids that surnames and acronyms get (EVAL=path, FILES="a.jsonl b.jsonl").
	@$(BIN)/python -m tests.quality.score_resolution --eval $(EVAL) $(if $(FILES),--files $(FILES))

score-stream: $(SETUP) ## List the largest stories of the Reuters wire, and score them by tickers.
	@$(BIN)/python -m tests.quality.score_stream --eval $(EVAL)

score-dedup: $(SETUP) ## Score the detection of near-duplicates (EVAL=path, FILES="a.jsonl b.jsonl").
	@$(BIN)/python -m tests.quality.score_dedup --eval $(EVAL) $(if $(FILES),--files $(FILES))

score-teasers: $(SETUP) ## Score teasers of the Reuters wire against their articles (EVAL=path).
	@$(BIN)/python -m tests.quality.score_teasers --eval $(EVAL)

bench-observe: $(SETUP) ## Measure the cost of metrics, traces and logs per message.
	@$(BIN)/python -m tests.benchmarks.bench_observe

bench-dedup: $(SETUP) ## Measure speed and memory of the dedup stage without Kafka.
	@$(BIN)/python -m tests.benchmarks.bench_dedup $(if $(NUMBER),--articles $(NUMBER))

bench-recovery: $(SETUP) ## Measure rebalances, failing articles and the rebuild on a large state.
	@$(BIN)/python -m tests.benchmarks.bench_recovery $(if $(NUMBER),--articles $(NUMBER))

lock: $(UV) pyproject.toml ## Resolve the requirements and pin them with hashes.
	@$(UV) pip compile -q pyproject.toml --extra tracing --python-version 3.12 \
		--generate-hashes --no-emit-index-url --no-header -o requirements.lock
	@$(UV) pip compile -q --group dev -c requirements.lock --python-version 3.12 \
		--generate-hashes --no-emit-index-url --no-header -o requirements-dev.lock
	@$(UV) pip compile -q --group compiler --python-version 3.12 \
		--generate-hashes --no-emit-index-url --no-header -o requirements-compiler.lock
	@$(UV) pip compile -q --group peers --python-version 3.12 \
		--generate-hashes --no-emit-index-url --no-header -o requirements-peers.lock

kafka-lock: $(SETUP) ## Write the list of Kafka's jars for another version (VERSION=4.4.0).
	@$(BIN)/python -m tests.deploy.kafka_jars $(VERSION)

clean: ## Remove all generated files, including the environment and the jars.
	@if [ -x $(BIN)/newsloom ]; then $(BIN)/newsloom broker stop >/dev/null 2>&1 || true; fi
	@rm -rf $(VENV) .uv .newsloom build

$(UV):
	@command -v python3 >/dev/null || { \
		echo "Python 3 is not installed (Debian: apt-get install python3 python3-venv)."; exit 1; }
	@python3 -m venv .uv 2>/dev/null || { rm -rf .uv; \
		echo "Python cannot create environments: install venv (Debian: apt-get install python3-venv)."; exit 1; }
	@echo "installing uv $(UV_VERSION)"
	@.uv/bin/python -m pip install -q --disable-pip-version-check uv==$(UV_VERSION) || { rm -rf .uv; \
		echo "uv could not be installed: check the network and whether pip reaches its index."; exit 1; }

# Without a C compiler, the one in the package `ziglang` compiles the modules; hatch_build.py finds
# it. A Python without its C headers is replaced by one that uv downloads, which has them.
$(SETUP): $(UV) requirements.lock requirements-dev.lock requirements-compiler.lock pyproject.toml client/pyproject.toml .python-version hatch_build.py $(LOOPS)
	@echo "creating the Python environment"
	@test -x $(BIN)/python || $(UV) venv -q $(VENV) || { \
		echo "Python $$(cat .python-version) is not installed and could not be downloaded: install it, or check the network."; exit 1; }
	@$(BIN)/python -c $(HAS_HEADERS) || $(UV) venv -q --clear --python-preference only-managed $(VENV) || { \
		echo "Python's C headers are not installed (Debian: apt-get install python3-dev)."; exit 1; }
	@command -v cc >/dev/null || echo "there is no C compiler: one is installed with the Python packages (100 MB)"
	@$(UV) pip sync -q --require-hashes requirements.lock requirements-dev.lock \
		$$(command -v cc >/dev/null || echo requirements-compiler.lock) || { \
		echo "The packages could not be installed: check the network and whether uv reaches its index."; exit 1; }
	@$(UV) pip install -q --no-deps --no-build-isolation -e . -e client
	@touch $@

$(KAFKA): $(SETUP) services/kafka/kafka_jars.lock
	@echo "downloading Apache Kafka"
	@$(BIN)/newsloom broker download
	@touch $@

$(REGISTRY): tests/registry/pom.xml
	@command -v mvn >/dev/null || { \
		echo "Maven is not installed (Debian: apt-get install maven)."; exit 1; }
	@echo "downloading a schema registry"
	@rm -rf .newsloom/registry
	@mkdir -p .newsloom/registry
	@mvn -q -B -f $< dependency:copy-dependencies -DoutputDirectory=$(CURDIR)/.newsloom/registry \
		> .newsloom/maven-registry.log 2>&1 || { \
		echo "Maven could not download the registry (.newsloom/maven-registry.log): check the network."; exit 1; }
	@cd .newsloom/registry && tar xzf *.tar.gz && rm *.tar.gz
	@touch $@
# Go verifies downloads against the public checksum database.
$(HELM):
	@$(call go_build,helm,helm.sh/helm/v4/cmd/helm@$(HELM_VERSION),helm,some minutes the first time)

$(COMPOSE):
	@$(call go_build,compose-spec,github.com/compose-spec/compose-go/v2/cmd@$(COMPOSE_VERSION),cmd,some seconds)

# Arguments: name, package, name of the binary, duration of the build.
define go_build
	command -v go >/dev/null || { echo "Go is not installed, and is needed to build $(1)."; exit 1; }; \
	echo "building $(1) ($(4))"; \
	mkdir -p $(TOOLS)/.new && GOBIN=$(CURDIR)/$(TOOLS)/.new GOFLAGS= go install -trimpath -ldflags='-s -w' $(2) \
		> .newsloom/go.log 2>&1 || { rm -rf $(TOOLS)/.new; \
		echo "Go could not build $(1) (.newsloom/go.log): check the network and the version of Go."; exit 1; }; \
	mv $(TOOLS)/.new/$(3) $(TOOLS)/$(1) && rm -rf $(TOOLS)/.new $(TOOLS)/.$(1)-* && touch $@
endef
