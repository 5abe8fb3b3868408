# The front door: a target calls one thing, and what it needs is installed on first use.
.DEFAULT_GOAL := help
BIN := .venv/bin
export PYTHONPATH := $(CURDIR):$(CURDIR)/policy
PROJECTS := pyproject.toml policy/pyproject.toml embedded/pyproject.toml toolkit/pyproject.toml
COMPILE := .tools/uv/bin/uv pip compile --universal --python-version 3.11 --generate-hashes --no-header \
	--no-emit-index-url --no-emit-find-links $(foreach name,tms-policies tms-embedded-aws tms-toolkit,--no-emit-package $(name)) \
	--quiet
PART := $(COMPILE) --no-annotate --constraint requirements/checks.txt
UPGRADE := --upgrade
SOURCES := __main__.py components policy toolkit embedded stacks examples tests benchmarks

.PHONY: help preview up report adopt-demo test test-unit check bench docs hooks lock stop clean environment checks-environment dependencies

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

preview: ## preview the whole stack on the embedded AWS, with the policy pack in force
	@EMBEDDED=1 ./pulumiw preview --stack local --policy-pack policy

up: ## create the whole stack on the embedded AWS
	@EMBEDDED=1 ./pulumiw up --stack local --policy-pack policy --yes

report: environment ## write report.html, one page about the stack on the embedded AWS
	@EMBEDDED=1 ./tms report --stack local

adopt-demo: environment ## adopt a hand-made estate in an embedded AWS of its own, start to end, with a report
	@$(BIN)/python -m examples.estate

test: check ## run every check and every test: unit, integration, policy, real engine
	@$(BIN)/pytest --numprocesses auto --dist loadfile --no-loadscope-reorder

test-unit: checks-environment ## run the unit tests alone: nothing leaves the process, done in a minute
	@HYPOTHESIS_PROFILE=dev $(BIN)/pytest -q --numprocesses auto --dist loadfile tests/unit

check: checks-environment ## check format, lint, types, import rules, shape, dead code, workflows and generated files
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/vulture
	@$(BIN)/python -m tests.support.shape
	@$(MAKE) --no-print-directory dependencies
	@$(BIN)/zizmor --persona auditor --offline --quiet .github
	@$(BIN)/python -m embedded.engine.actionlint
	@$(BIN)/pytest -q --no-header -m generated tests/unit tests/integration tests/policy

# each distribution by its own pyproject.toml; tests, benchmarks and examples by the groups of the root's
dependencies:
	@for project in . policy embedded toolkit; do (cd $$project && $(CURDIR)/$(BIN)/deptry --no-ansi .) || exit; done
	@$(BIN)/deptry --no-ansi tests benchmarks examples --exclude /nothing/ --extend-exclude /nothing/ --ignore DEP002,DEP004

bench: checks-environment ## measure program, pack and previews against each other, in one run
	@$(BIN)/python -m benchmarks

docs: environment ## write the generated documents anew
	@$(BIN)/python -m tms_policies.reference
	@$(BIN)/python -m tms_policies.coverage
	@$(BIN)/python -m tms_policies.profiles
	@$(BIN)/python -m toolkit.aws.types.generate
	@$(BIN)/python -m toolkit.adopt.permissions
	@$(BIN)/python -m toolkit.operate.permissions
	@$(BIN)/python -m components.settings
	@$(BIN)/python -m toolkit.permissions.reference
	@$(BIN)/python -m toolkit.permissions.architecture

hooks: checks-environment ## have git run the checks before each commit
	@$(BIN)/prek install

# What is younger than a week is left out, as Dependabot leaves it out (.github/dependabot.yml)
lock: export UV_EXCLUDE_NEWER = 7 days
lock: environment ## pin requirements/*.txt, with hashes, without addresses, of one resolution; UPGRADE= keeps versions
	@$(COMPILE) $(PROJECTS) --group test --group check $(UPGRADE) --output-file requirements/checks.txt
	@$(PART) $(PROJECTS) --output-file requirements/run.txt
	@$(PART) $(filter-out embedded/%,$(PROJECTS)) --output-file requirements/deploy.txt
	@$(PART) policy/pyproject.toml --output-file policy/requirements.txt
	@$(COMPILE) tests/support/peers/requirements.in --no-annotate $(UPGRADE) \
		--output-file tests/support/peers/requirements.txt

environment: # the engine's first build shows its progress here
	@TMS_PACKAGES=run ./pulumiw version >/dev/null

checks-environment:
	@TMS_PACKAGES=checks ./pulumiw version >/dev/null

stop: ## stop the embedded AWS
	@test ! -x $(BIN)/python || $(BIN)/python -m embedded.aws.stop

clean: stop ## remove everything that this checkout installed or made
	@rm -rf .venv .tools .embedded
