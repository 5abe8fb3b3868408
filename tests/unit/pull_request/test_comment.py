"""The comment: what it says of rights, costs and changes, and how long it may be."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.events import ending, step
from toolkit.engine.preview import read_preview
from toolkit.errors import CommandError
from toolkit.pull_request.comment import LIMIT, Summary, cut, marker, render

Judge = Callable[..., Summary]
ROLE_POLICY = "aws:iam/rolePolicy:RolePolicy"


def policy(*actions: str, **fields: object) -> str:
    statement = {"Effect": "Allow", "Action": list(actions), "Resource": "arn:aws:s3:::b/*", **fields}
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})


def changed(before: str | None, after: str | None) -> dict[str, object]:
    state = [{"inputs": {"role": "reader", "policy": text}} if text else None for text in (before, after)]
    op = "create" if before is None else "delete" if after is None else "update"
    return step(op, "grant", ROLE_POLICY, old=state[0], new=state[1], detailedDiff={"policy": {}})


def test_rights_that_come_and_go_are_said_in_words(summarized: Judge) -> None:
    before = policy("s3:GetObject", "s3:ListBucket")
    after = policy("s3:GetObject", "s3:PutObject", Condition={"Bool": {"aws:SecureTransport": "true"}})
    text = render(summarized(changed(before, after), *ending()))
    assert (
        "**new**: `reader` may `s3:PutObject` on `arn:aws:s3:::b/*`, if aws:SecureTransport Bool true" in text
    )
    assert "**gone**: `reader` may `s3:ListBucket` on `arn:aws:s3:::b/*`" in text
    assert "`policy`, see Permissions" in text


def test_a_policy_that_is_the_same_in_another_spelling_changes_no_right(summarized: Judge) -> None:
    first = policy("s3:GetObject")
    again = json.dumps(json.loads(first.replace('["s3:GetObject"]', '"s3:GetObject"')), indent=2)
    assert "### Permissions" not in render(summarized(changed(first, again), *ending()))


def test_a_policy_that_comes_or_goes_whole_is_told_too(summarized: Judge) -> None:
    assert "**new**: `reader` may" in render(summarized(changed(None, policy("s3:GetObject")), *ending()))
    assert "**gone**: `reader` may" in render(summarized(changed(policy("s3:GetObject"), None), *ending()))


def test_a_denial_and_a_principal_are_said_as_such(summarized: Judge) -> None:
    document = {"Effect": "Deny", "Principal": "*", "NotAction": "s3:Get*", "Resource": "*"}
    text = json.dumps({"Statement": document})
    event = step(
        "create", "p", "aws:s3/bucketPolicy:BucketPolicy", old=None, new={"inputs": {"policy": text}}
    )
    assert "everybody must not `all but s3:Get*` on `*`" in render(summarized(event, *ending()))


def test_an_unknown_policy_is_said_to_be_unknown(summarized: Judge) -> None:
    unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
    event = step("create", "p", ROLE_POLICY, old=None, new={"inputs": {"role": "r", "policy": unknown}})
    assert "the policy of `p` is not known before the update" in render(summarized(event, *ending()))


def test_what_moves_the_bill_is_named_with_how_it_is_charged(summarized: Judge) -> None:
    alarms = [
        step("create", f"alarm-{n}", "aws:cloudwatch/metricAlarm:MetricAlarm", old=None, new={"inputs": {}})
        for n in range(5)
    ]
    states = [{"inputs": {"retentionInDays": days}} for days in (30, 365)]
    group = step("update", "logs", "aws:cloudwatch/logGroup:LogGroup", old=states[0], new=states[1])
    text = render(summarized(*alarms, group, *ending()))
    assert (
        "+5 cloudwatch MetricAlarm (`alarm-0`, `alarm-1`, `alarm-2` and 2 more): charged per metric" in text
    )
    assert "`logs`: `retentionInDays` from `30` to `365`" in text


def test_the_same_difference_of_many_is_said_once(summarized: Judge) -> None:
    old, new = {"inputs": {"tags": {}}}, {"inputs": {"tags": {"a.b": "1"}, "__defaults": []}}
    paths = {'tags["a.b"]': {}, 'tagsAll["a.b"]': {}}
    events = [step("update", f"t{n}", old=old, new=new, detailedDiff=paths) for n in range(3)]
    text = render(summarized(*events, *ending()))
    assert '- 3 resources: `tags["a.b"]` none → `"1"` (`t0`, `t1`, `t2`)' in text


def test_a_long_comment_is_cut_where_github_cuts_and_says_where_the_rest_is(summarized: Judge) -> None:
    events = [
        step(
            "update",
            f"t{n}",
            old={"inputs": {"name": n}},
            new={"inputs": {"name": -n - 1}},
            detailedDiff={"name": {}},
        )
        for n in range(2000)
    ]
    text = render(summarized(*events, *ending()))
    assert len(text) > LIMIT
    short = cut(text)
    assert len(short) <= LIMIT
    assert short.startswith(marker("production"))
    assert short.count("<details>") == short.count("</details>") == 1
    assert "the full text is in the artifact" in short
    assert cut("short") == "short"


def test_adoption_is_told_where_there_is_one(summarized: Judge, tmp_path: Path) -> None:
    report = tmp_path / "report.json"
    assert "### Adoption" not in render(summarized(*ending(), adoption=report))
    coverage = {"adopted": 3, "declared": 4, "percent": 75}
    report.write_text(
        json.dumps({"coverage": coverage, "verdict": {"code": 7, "text": "1 difference is left"}})
    )
    text = render(summarized(*ending(), adoption=report))
    assert "3 of 4 declared resources are adopted, coverage 75 %: 1 difference is left" in text
    report.write_text("{}")
    with pytest.raises(CommandError, match="is no report of an adoption"):
        summarized(*ending(), adoption=report)


@pytest.mark.parametrize("content", ["", "no json\n", '{"a": 1}\n'])
def test_a_file_without_events_is_refused_with_how_to_make_one(tmp_path: Path, content: str) -> None:
    file = tmp_path / "events"
    file.write_text(content)
    with pytest.raises(CommandError, match="holds no events of the engine; write it by"):
        read_preview(file, "pack")
    with pytest.raises(CommandError, match="No such file"):
        read_preview(tmp_path / "absent", "pack")
