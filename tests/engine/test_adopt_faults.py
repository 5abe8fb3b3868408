"""What an adoption must survive: throttling, refusals, a lost network, a full disk, and people who change things.

Whatever happens, AWS is only read, the state stays valid, nothing comes in twice, and one line says what to do.
"""

import json
import shutil
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from copy import copy
from pathlib import Path

import pytest
import yaml

from tests.support.engine import ROOT
from tests.support.estate import Estate
from tests.support.faulty import Network, on_the_way
from tests.support.urns import PARTS, STEPS

pytestmark = [pytest.mark.engine, pytest.mark.timeout(600)]
PLATFORM = "urn:pulumi:local::trade-matching-system::tradematching:index:Platform"
READY = "ready: tms adopt apply --stack local --yes"
WHOLE = STEPS + 1
"""Resources of the whole estate in the state, the provider included."""


@pytest.fixture
def network(built: Estate) -> Iterator[Network]:
    with on_the_way(Path(built.environment["EMBEDDED_HOME"])) as found:
        yield found


@pytest.fixture
def emptied(built: Estate) -> Estate:
    """Give the estate to a test that changes AWS itself: moto remembers even what was deleted again."""
    built.reset()
    return built


@pytest.fixture(scope="module")
def rehearsal(built: Estate) -> str:
    """Give what a clean rehearsal of the estate leaves, as it comes."""
    built.reset()
    assert READY in built.expect(0, "run")
    return (work(built) / "rehearsal.json").read_text()


@pytest.fixture
def rehearsed(estate: Estate, rehearsal: str) -> Estate:
    """Give the estate after a clean rehearsal."""
    work(estate).mkdir(parents=True)
    (work(estate) / "rehearsal.json").write_text(rehearsal)
    return estate


def work(estate: Estate) -> Path:
    return estate.project / ".adopt" / "local"


def started(estate: Estate, *arguments: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [str(ROOT / "tms"), "adopt", *arguments, "--stack", "local"],
        cwd=estate.project,
        env=estate.environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        stdin=subprocess.DEVNULL,
    )


def one_line(said: str) -> str:
    """Give what a step that failed said, which must be one line of the tool's."""
    (line,) = said.splitlines()
    assert line.startswith("tms: ")
    return line


def settled(estate: Estate) -> int:
    """Give how many resources the state has, each once, with no operation left open."""
    deployment = json.loads(estate.engine.succeed("stack", "export", "--stack", "local"))["deployment"]
    assert not deployment.get("pending_operations")
    urns = [one["urn"] for one in deployment.get("resources") or []]
    assert len(set(urns)) == len(urns)
    return len(urns)


def adopted_whole(estate: Estate) -> None:
    assert "no differences" in estate.expect(0, "prove")
    assert settled(estate) == WHOLE


def decide(estate: Estate, **entry: str) -> None:
    work(estate).mkdir(parents=True, exist_ok=True)
    (work(estate) / "mapping.yaml").write_text(yaml.safe_dump([entry]))


def test_throttling_on_every_third_call_only_takes_time(estate: Estate, network: Network) -> None:
    network.throttle(every=3)
    assert f"{PARTS} of {PARTS} declared resources found" in estate.expect(0, "run")
    assert sum(1 for one in network.calls if one.fault == "throttled") > 100
    network.heal()
    assert f"{PARTS} resources imported" in estate.expect(0, "apply", "--yes")
    adopted_whole(estate)


def test_what_may_not_be_read_or_listed_is_unknown_and_stops(estate: Estate, network: Network) -> None:
    network.deny("sqs:GetQueueAttributes", "iam:ListUsers")
    found = json.loads(estate.expect(0, "discover", "--json"))
    unknown = [one for one in found["resources"] if one["status"] != "found"]
    assert {one["status"] for one in unknown} == {"unknown"}
    assert {one["type"].partition("/")[0] for one in unknown} == {"aws:sqs"}
    assert all("sqs:GetQueueAttributes" in one["detail"] for one in unknown)
    assert found["unlisted"]["aws:iam/user:User"] == "iam:ListUsers is refused (AccessDenied)"
    said = one_line(estate.expect(4, "run"))
    assert f"{len(unknown)} resources cannot be adopted as they are" in said
    assert "not authorized to perform: sqs:GetQueueAttributes" in said
    assert "mend what is named, then run this again" in said
    assert "nothing was rehearsed yet" in estate.expect(7, "apply", "--yes")
    assert settled(estate) == 0


def test_a_network_that_is_lost_while_things_are_looked_up_makes_nothing_absent(
    estate: Estate, network: Network
) -> None:
    network.cut(after=60, length=200)
    said = one_line(estate.expect(4, "run"))
    assert "Connection was closed" in said
    assert "mend what is named, then run this again" in said
    assert not (work(estate) / "mapping.yaml").exists()  # which would ask a person where they are
    assert settled(estate) == 0


def test_a_network_that_is_lost_during_an_import_costs_nothing_but_time(
    rehearsed: Estate, network: Network
) -> None:
    rehearsed.expect(0, "resolve")
    network.cut(after=network.counted + 25)
    said = one_line(rehearsed.expect(10, "apply", "--yes"))
    assert "Connection was closed" in said
    assert said.endswith("rehearse and apply again")
    assert 9 < settled(rehearsed) < WHOLE
    network.cut(every=9)  # from here on it comes and goes
    assert "resources imported" in rehearsed.expect(0, "apply", "--yes")
    assert sum(1 for one in network.calls if one.fault == "cut") > 10
    network.heal()
    adopted_whole(rehearsed)


def test_a_queue_of_another_region_is_not_taken_for_the_one_of_this(
    emptied: Estate,
) -> None:
    far = emptied.client("sqs", "eu-west-1")
    url = far.create_queue(QueueName="far-away")["QueueUrl"]
    try:
        urn = f"{PLATFORM}$tradematching:index:Queues$aws:sqs/queue:Queue::matching"
        there = "https://sqs.eu-west-1.amazonaws.com/123456789012/far-away"
        decide(emptied, urn=urn, id=there)
        said = one_line(emptied.expect(2, "run"))
        assert f"id {there} is in eu-west-1; allowed are queues of us-east-1" in said
        assert settled(emptied) == 0
    finally:
        far.delete_queue(QueueUrl=url)


@contextmanager
def without_policy(estate: Estate) -> Generator[str]:
    """Take an agent's inline policy away, and put it back as it was."""
    iam = estate.client("iam")
    role = "trade-matching-system-agentcore-orchestrator-production"
    (name,) = iam.list_role_policies(RoleName=role)["PolicyNames"]
    document = iam.get_role_policy(RoleName=role, PolicyName=name)["PolicyDocument"]
    iam.delete_role_policy(RoleName=role, PolicyName=name)
    try:
        yield name
    finally:
        iam.put_role_policy(RoleName=role, PolicyName=name, PolicyDocument=json.dumps(document))


def test_a_live_resource_that_is_deleted_after_the_rehearsal_stops_the_import(
    emptied: Estate, rehearsal: str
) -> None:
    work(emptied).mkdir(parents=True)
    (work(emptied) / "rehearsal.json").write_text(rehearsal)
    with without_policy(emptied) as name:
        said = one_line(emptied.expect(9, "apply", "--yes"))
        assert f"::{name} and 1 more" in said  # its role, whose inline policies are others now
        assert "changed since the rehearsal (it is absent now): `tms adopt rehearse" in said
        assert settled(emptied) == 0


def test_of_two_applies_at_once_one_does_the_work(rehearsed: Estate) -> None:
    both = [started(rehearsed, "apply", "--yes") for _ in range(2)]
    ended = sorted((one.wait(), one.communicate()[0]) for one in both)
    assert [code for code, _ in ended] == [0, 9]
    assert f"{PARTS} resources imported" in ended[0][1]
    assert "another apply of local is running: wait for it" in one_line(ended[1][1])
    adopted_whole(rehearsed)


def test_a_disk_that_is_full_before_anything_is_imported(rehearsed: Estate) -> None:
    journal, verdict = work(rehearsed) / "journal.jsonl", work(rehearsed) / "rehearsal.json"
    journal.symlink_to("/dev/full")
    said = one_line(rehearsed.expect(9, "apply", "--yes"))
    assert "journal.jsonl cannot be written (No space left on device): make room, then apply again" in said
    assert settled(rehearsed) == 0
    verdict.unlink()
    verdict.symlink_to("/dev/full")
    said = one_line(rehearsed.expect(2, "rehearse"))
    assert "No space left on device" in said
    assert "make room" in said


def test_a_disk_that_fills_up_leaves_a_stack_that_is_adopted_in_part_and_goes_on(rehearsed: Estate) -> None:
    journal = work(rehearsed) / "journal.jsonl"
    with started(rehearsed, "apply", "--yes") as apply:
        deadline = time.monotonic() + 120
        while '"backup"' not in (journal.read_text() if journal.exists() else ""):
            assert time.monotonic() < deadline
            assert apply.poll() is None
            time.sleep(0.02)
        kept = journal.read_text()  # the first batch is under way, its entry is not written yet
        full = journal.with_suffix(".full")
        full.symlink_to("/dev/full")
        full.replace(journal)
        said = apply.communicate()[0]
    assert apply.returncode == 9
    assert "make room, then apply again" in one_line(said)
    part = settled(rehearsed)
    assert 9 < part < WHOLE
    journal.unlink()
    journal.write_text(kept)
    assert READY in rehearsed.expect(0, "run")
    assert f"{WHOLE - part} resources imported" in rehearsed.expect(0, "apply", "--yes")
    adopted_whole(rehearsed)


def test_ours_are_found_among_1200_others(emptied: Estate, network: Network) -> None:
    sqs = emptied.client("sqs")
    urls = [sqs.create_queue(QueueName=f"somebody-elses-{index}")["QueueUrl"] for index in range(1200)]
    try:
        began = time.monotonic()
        found = json.loads(emptied.expect(0, "discover", "--json"))
        assert time.monotonic() - began < 60
        assert {one["status"] for one in found["resources"]} == {"found"}
        beside = {one["name"] for one in found["unmanaged"] if one["type"] == "aws:sqs/queue:Queue"}
        assert beside == {f"somebody-elses-{index}" for index in range(1200)}
        assert sum(1 for one in network.calls if one.operation == "ListQueues") == 2  # pages, not queues
        assert network.peak() <= 32
    finally:
        for url in urls:
            sqs.delete_queue(QueueUrl=url)


def test_a_program_that_is_edited_after_the_rehearsal_is_not_imported(rehearsed: Estate) -> None:
    link = rehearsed.project / "components"
    link.unlink()
    shutil.copytree(ROOT / "components", link)
    try:
        edited = link / "queues.py"
        text = edited.read_text()
        edited.write_text(text.replace("receive_wait_time_seconds=20", "receive_wait_time_seconds=10"))
        assert edited.read_text() != text
        said = one_line(rehearsed.expect(9, "apply", "--yes"))
        assert "changed since the rehearsal: `tms adopt rehearse --stack local`" in said
    finally:
        shutil.rmtree(link)
        link.symlink_to(ROOT / "components")
    assert settled(rehearsed) == 0


PROGRAM = """
import pulumi
import pulumi_aws as aws
aws.s3.Bucket("store", bucket="made-by-hand", opts=pulumi.ResourceOptions(protect=True))
"""


def test_a_program_that_imports_by_itself_is_refused(built: Estate, tmp_path: Path) -> None:
    small = small_project(built, tmp_path, PROGRAM.replace("protect=True", 'import_="made-by-hand"'))
    s3 = built.client("s3")
    s3.create_bucket(Bucket="made-by-hand")
    try:
        said = one_line(small.expect(2, "run"))
        assert "::store is declared with import_" in said
        assert "take import_ out of the program" in said
    finally:
        s3.delete_bucket(Bucket="made-by-hand")


def small_project(built: Estate, folder: Path, program: str) -> Estate:
    """Give the same AWS with another project, of one resource."""
    (folder / "Pulumi.yaml").write_text(
        # a name of its own: the backend is shared, and so is what another test has put into a state there
        f"name: small-{folder.name}\nruntime: {{name: python, options: {{virtualenv: .venv}}}}\n"
    )
    (folder / "Pulumi.local.yaml").write_text(
        yaml.safe_dump({"config": {"aws:region": "us-east-1", "aws:allowedAccountIds": ["123456789012"]}})
    )
    (folder / "__main__.py").write_text(program)
    (folder / ".venv").symlink_to(ROOT / ".venv")
    small = copy(built)
    small.project = folder
    return small


def test_a_resource_whose_id_in_the_state_is_not_the_one_it_was_imported_by(
    built: Estate, tmp_path: Path
) -> None:
    """The provider's ids may end in `@region`; the state has the bucket's name alone."""
    small = small_project(built, tmp_path, PROGRAM)
    s3 = built.client("s3")
    s3.create_bucket(Bucket="made-by-hand")
    try:
        decide(
            small,
            urn=f"urn:pulumi:local::small-{tmp_path.name}::aws:s3/bucket:Bucket::store",
            id="made-by-hand@us-east-1",
        )
        assert READY in small.expect(0, "run")
        assert "1 resources imported" in small.expect(0, "apply", "--yes")
        assert "nothing is left to adopt" in small.expect(0, "apply", "--yes")
        assert "no differences" in small.expect(0, "prove")
        state = json.loads(built.engine.succeed("stack", "export", "--stack", "local", folder=tmp_path))
        (held,) = [one for one in state["deployment"]["resources"] if one["type"].startswith("aws:s3/")]
        assert held["id"] == "made-by-hand"
    finally:
        s3.delete_bucket(Bucket="made-by-hand")
