"""What an adoption must survive: throttling, refusals, a lost network, a full disk, and people who change things.

Whatever happens, AWS is only read, the state stays valid, nothing comes in twice, and one line says what to do.
"""

import json
import time
from pathlib import Path

import pytest
import yaml

from tests.support.adopting import (
    PLATFORM,
    PROGRAM,
    READY,
    WHOLE,
    adopted_whole,
    decide,
    settled,
    small_project,
    started,
    work,
)
from tests.support.estate import Estate
from tests.support.faulty import Network
from tests.support.urns import PARTS

pytestmark = pytest.mark.engine


def test_throttling_on_every_third_call_only_takes_time(estate: Estate, network: Network) -> None:
    network.throttle(every=3)
    assert f"{PARTS} of {PARTS} declared resources found" in estate.expect(0, "run")
    assert sum(1 for one in network.calls if one.fault == "throttled") > 100
    network.heal()
    assert f"{PARTS} resources imported" in estate.expect(0, "apply", "--yes")
    adopted_whole(estate)


def test_what_may_not_be_read_or_listed_is_unknown_and_stops(estate: Estate, network: Network) -> None:
    network.deny("sqs:GetQueueAttributes", "iam:ListUsers")
    found = json.loads(estate.streams("discover", "--json").stdout)
    unknown = [one for one in found["resources"] if one["status"] != "found"]
    assert {one["status"] for one in unknown} == {"unknown"}
    assert {one["type"].partition("/")[0] for one in unknown} == {"aws:sqs"}
    assert all("sqs:GetQueueAttributes" in one["detail"] for one in unknown)
    assert found["unlisted"]["aws:iam/user:User"] == "iam:ListUsers is refused (AccessDenied)"
    said = estate.stopped(4, "run")
    assert f"{len(unknown)} resources cannot be adopted as they are" in said
    assert "not authorized to perform: sqs:GetQueueAttributes" in said
    assert "mend what is named, then run this again" in said
    assert "nothing was rehearsed yet" in estate.expect(7, "apply", "--yes")
    assert settled(estate) == 0


def test_a_network_that_is_lost_while_things_are_looked_up_makes_nothing_absent(
    estate: Estate, network: Network
) -> None:
    network.cut(after=60, length=200)
    said = estate.stopped(4, "run")
    assert "Connection was closed" in said
    assert "mend what is named, then run this again" in said
    assert not (work(estate) / "mapping.yaml").exists()  # which would ask a person where they are
    assert settled(estate) == 0


def test_a_network_that_is_lost_during_an_import_costs_nothing_but_time(
    rehearsed: Estate, network: Network
) -> None:
    rehearsed.expect(0, "resolve")
    network.cut(after=network.counted + 25)
    said = rehearsed.stopped(10, "apply", "--yes")
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
        with emptied.untouched():
            said = emptied.stopped(2, "run")
        assert f"id {there} is in eu-west-1; allowed are queues of us-east-1" in said
        assert settled(emptied) == 0
    finally:
        far.delete_queue(QueueUrl=url)


def test_of_two_applies_at_once_one_does_the_work(rehearsed: Estate) -> None:
    both = [started(rehearsed, "apply", "--yes") for _ in range(2)]
    ended = sorted((one.wait(), one.communicate()[0]) for one in both)
    assert [code for code, _ in ended] == [0, 9]
    assert f"{PARTS} resources imported" in ended[0][1]
    assert "another apply of local is running: wait for it" in ended[1][1]
    adopted_whole(rehearsed)


def test_a_disk_that_is_full_before_anything_is_imported(rehearsed: Estate) -> None:
    journal, verdict = work(rehearsed) / "journal.jsonl", work(rehearsed) / "rehearsal.json"
    journal.symlink_to("/dev/full")
    said = rehearsed.stopped(9, "apply", "--yes")
    assert "journal.jsonl cannot be written (No space left on device): make room, then apply again" in said
    assert settled(rehearsed) == 0
    verdict.unlink()
    verdict.symlink_to("/dev/full")
    said = rehearsed.stopped(2, "rehearse")
    assert "No space left on device" in said
    assert "make room" in said


def test_a_disk_that_fills_up_leaves_a_stack_that_is_adopted_in_part_and_goes_on(rehearsed: Estate) -> None:
    journal = work(rehearsed) / "journal.jsonl"
    with started(rehearsed, "apply", "--yes") as apply:
        deadline = time.monotonic() + 120
        # first come the components, then the first batch: it is under way, what became of it is not written yet
        while (journal.read_text() if journal.exists() else "").count('"importing"') < 2:
            assert time.monotonic() < deadline
            assert apply.poll() is None
            time.sleep(0.02)
        kept = journal.read_text()
        full = journal.with_suffix(".full")
        full.symlink_to("/dev/full")
        full.replace(journal)
        said = apply.communicate()[0]
    assert apply.returncode == 9
    assert "make room, then apply again" in said
    settled(rehearsed)
    part = sum("$aws:" in one["urn"] for one in rehearsed.state())
    assert 0 < part < PARTS
    journal.unlink()
    journal.write_text(kept)
    assert READY in rehearsed.expect(0, "run")
    assert f"{PARTS - part} resources imported" in rehearsed.expect(0, "apply", "--yes")
    adopted_whole(rehearsed)


def test_ours_are_found_among_1200_others(emptied: Estate, network: Network) -> None:
    sqs = emptied.client("sqs")
    urls = [sqs.create_queue(QueueName=f"somebody-elses-{index}")["QueueUrl"] for index in range(1200)]
    try:
        with emptied.untouched():
            found = json.loads(emptied.expect(0, "discover", "--json"))
        assert {one["status"] for one in found["resources"]} == {"found"}
        beside = {one["name"] for one in found["unmanaged"] if one["type"] == "aws:sqs/queue:Queue"}
        assert beside == {f"somebody-elses-{index}" for index in range(1200)}
        assert sum(1 for one in network.calls if one.operation == "ListQueues") == 2  # pages, not queues
        assert network.peak() <= 32
    finally:
        for url in urls:
            sqs.delete_queue(QueueUrl=url)


def test_a_program_that_imports_by_itself_is_refused(built: Estate, tmp_path: Path) -> None:
    small = small_project(built, tmp_path, PROGRAM.replace("protect=True", 'import_="made-by-hand"'))
    s3 = built.client("s3")
    s3.create_bucket(Bucket="made-by-hand")
    try:
        with small.untouched():
            said = small.stopped(2, "run")
        assert "::store is declared with import_" in said
        assert "take import_ out of the program" in said
    finally:
        s3.delete_bucket(Bucket="made-by-hand")


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
        with small.untouched():
            assert READY in small.expect(0, "run")
            assert "1 resources imported" in small.expect(0, "apply", "--yes")
            assert "nothing is left to adopt" in small.expect(0, "apply", "--yes")
            assert "no differences" in small.expect(0, "prove")
        state = json.loads(built.engine.succeed("stack", "export", "--stack", "local", folder=tmp_path))
        (held,) = [one for one in state["deployment"]["resources"] if one["type"].startswith("aws:s3/")]
        assert held["id"] == "made-by-hand"
    finally:
        s3.delete_bucket(Bucket="made-by-hand")


POOL = """
import pulumi
import pulumi_aws as aws
aws.cognito.UserPool("people", name="people", opts=pulumi.ResourceOptions(protect=True))
"""


def test_two_live_resources_of_one_name_are_put_to_a_person(built: Estate, tmp_path: Path) -> None:
    small = small_project(built, tmp_path, POOL)
    pools = built.client("cognito-idp")
    ids = [pools.create_user_pool(PoolName="people")["UserPool"]["Id"] for _ in range(2)]
    try:
        with small.untouched():
            found = small.streams("run", "--json")
        assert found.returncode == 4, found.stderr
        (one,) = json.loads(found.stdout)["resources"]
        assert one["status"] == "ambiguous"
        proposed = (work(small) / "mapping.yaml").read_text()
        assert all(f"# candidate {each}: people" in proposed for each in ids)
    finally:
        for each in ids:
            pools.delete_user_pool(UserPoolId=each)


def test_one_live_resource_that_is_given_to_two_is_refused(estate: Estate) -> None:
    queue = f"{PLATFORM}$tradematching:index:Queues$aws:sqs/queue:Queue::"
    url = "https://sqs.us-east-1.amazonaws.com/123456789012/trade-matching-system-matching-dlq-production"
    entries = [{"urn": f"{queue}{name}", "id": url} for name in ("matching", "matching-dlq")]
    work(estate).mkdir(parents=True)
    (work(estate) / "mapping.yaml").write_text(yaml.safe_dump(entries))
    said = estate.stopped(2, "run")
    assert "entry 2 has the id of entry 1: one live resource cannot be two" in said
    assert settled(estate) == 0
