# The front door: a target calls one thing, and what it needs is installed on first use.
.DEFAULT_GOAL := help
BIN := .venv/bin
export PYTHONPATH := $(CURDIR):$(CURDIR)/policy
SOURCES := __main__.py components policy toolkit embedded stacks examples tests benchmarks

.PHONY: help preview up report adopt-demo test check bench docs hooks lock stop clean environment

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

test: check ## run every check and every test: unit, policy, real engine
	@$(BIN)/pytest --numprocesses auto --dist loadfile

check: environment ## check format, lint, types, import rules, dead code, workflows and generated files
	@$(BIN)/ruff format --check $(SOURCES)
	@$(BIN)/ruff check $(SOURCES)
	@$(BIN)/basedpyright
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/vulture
	@$(BIN)/zizmor --persona auditor --offline --quiet .github
	@$(BIN)/python -m embedded.engine.actionlint
	@$(BIN)/pytest -q --no-header -m generated tests/unit tests/policy

bench: environment ## measure program, pack and previews against each other, in one run
	@$(BIN)/python -m benchmarks

docs: environment ## write the generated documents anew
	@$(BIN)/python -m tms_policies.reference
	@$(BIN)/python -m tms_policies.coverage
	@$(BIN)/python -m tms_policies.profiles
	@$(BIN)/python -m toolkit.adopt.permissions
	@$(BIN)/python -m toolkit.operate.permissions
	@$(BIN)/python -m components.settings
	@$(BIN)/python -m toolkit.permissions.reference
	@$(BIN)/python -m toolkit.permissions.architecture

hooks: environment ## have git run the checks before each commit
	@$(BIN)/prek install

# What is younger than a week is left out, as Dependabot leaves it out (.github/dependabot.yml)
lock: export UV_EXCLUDE_NEWER = 7 days
lock: environment ## pin each requirements.in in requirements.txt, with hashes and without addresses
	@.tools/uv/bin/uv pip compile requirements.in --upgrade --universal --python-version 3.11 --generate-hashes \
		--no-header --no-emit-index-url --no-emit-find-links --quiet --output-file requirements.txt
	@.tools/uv/bin/uv pip compile policy/requirements.in --constraint requirements.txt --universal \
		--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links \
		--quiet --output-file policy/requirements.txt
	@.tools/uv/bin/uv pip compile tests/support/peers/requirements.in --upgrade --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet \
		--output-file tests/support/peers/requirements.txt

environment: # the engine's first build shows its progress here
	@./pulumiw version >/dev/null

stop: ## stop the embedded AWS
	@test ! -x $(BIN)/python || $(BIN)/python -m embedded.aws.stop

clean: stop ## remove everything that this checkout installed or made
	@rm -rf .venv .tools .embedded
