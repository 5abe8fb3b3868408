"""Things that are nearly those that an agent was granted are denied, whatever their own policies say."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from components.grants import GRANTS
from components.settings import read
from tests.support.judge import TLS, Documents, documents
from tests.support.permissions import WHOLE, Thing, granted, needs, pairs
from tests.support.stackfile import ACCOUNT, ROOT
from tests.support.tally import Counts
from tms_policies.documents.evaluation.decide import evaluate
from tms_policies.documents.evaluation.request import Request, account_of
from tms_policies.documents.evaluation.statements import Policy
from tms_policies.documents.evaluation.verdict import Policies

SETTINGS = read("local", ROOT)
HELD = documents(SETTINGS)
CELLS = {
    agent: [
        (action, target)
        for action, target in pairs(SETTINGS)
        if target.arn != WHOLE and granted(agent, action, target, SETTINGS)
    ]
    for agent in GRANTS
}
OPEN_DOORS = {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}
THEIRS = Policy.of("theirs", {"Version": "2012-10-17", "Statement": [OPEN_DOORS]}, "resource")
"""What an owner of another account may say, so that the role's own policy is what decides."""

WORDS = st.text("abcXYZ019_-", min_size=1, max_size=6)
ACCOUNTS = st.from_regex(r"[0-9]{12}", fullmatch=True)
REGIONS = st.sampled_from(["eu-west-1", "us-west-1", "us-east-11", "us-gov-east-1"])
AGENTS = SETTINGS.agents.values()
NAMES = {
    *(part.name for part in (*SETTINGS.tables.values(), *SETTINGS.queues.values())),
    *(name for agent in AGENTS for name in (agent.repository, agent.runtime_name, agent.log_group)),
    *(model.id for agent in AGENTS for model in agent.models),
}


def named_otherwise(target: Thing, word: str) -> list[str]:
    """Give ARNs with a longer name: with a word after it, and before it."""
    names = [name for name in NAMES if name in target.arn]
    assert names, target
    return [target.arn.replace(name, new) for name in names for new in (f"{name}x{word}", f"{word}x{name}")]


def placed_otherwise(target: Thing, word: str) -> list[str]:
    """Give keys of the same object below other prefixes, and in other buckets."""
    bucket = f"arn:aws:s3:::{SETTINGS.documents.name}"
    key = target.arn.removeprefix(f"{bucket}/")
    folder, _, suffix = key.partition("/")
    return [
        *(f"{bucket}/{folder}{word}/{suffix}", f"{bucket}/{word}{folder}/{suffix}", f"{bucket}/{word}/{key}"),
        *(f"{bucket}/{folder.swapcase()}/{suffix}", f"{bucket}/{folder}", f"{bucket}/{suffix}"),
        *(f"{bucket}{word.lower()}/{key}", f"arn:aws:s3:::{word.lower()}{SETTINGS.documents.name}/{key}"),
    ]


def moved(target: Thing, account: str, region: str) -> list[str]:
    """Give the same target in another account, and in another region."""
    partition, *parts = target.arn.split(":", 5)
    assert len(parts) == 5
    elsewhere = [":".join([partition, parts[0], parts[1], region, *parts[3:]])] if parts[2] else []
    return [*elsewhere, ":".join([partition, *parts[:3], account, parts[4]])] if parts[3] else elsewhere


def allowed(stack_documents: Documents, agent: str, action: str, arn: str, target: Thing) -> bool:
    request = Request(stack_documents.who(agent), action, (arn,), {**target.context, **TLS})
    theirs = THEIRS if account_of(arn) not in ("", ACCOUNT) else None
    return evaluate(request, Policies([stack_documents.identity[agent]], resource=theirs)).allowed


def near(target: Thing, word: str, account: str, region: str) -> list[str]:
    if target.kind == "prefix":
        return placed_otherwise(target, word)
    if target.kind == "listing":
        return [f"{target.arn}{word.lower()}", f"{target.arn}/{word}"]
    return [*named_otherwise(target, word), *moved(target, account, region)]


@pytest.mark.parametrize("agent", GRANTS)
@settings(max_examples=20)  # each of them tries all cells
@given(word=WORDS, account=ACCOUNTS, region=REGIONS)
def test_what_is_nearly_what_was_granted_is_denied(
    agent: str, tally: Counts, word: str, account: str, region: str
) -> None:
    assume(account != ACCOUNT)
    real = {granted_target.arn for _, granted_target in CELLS[agent]}
    for action, target in CELLS[agent]:
        for arn in set(near(target, word, account, region)) - real:
            assert not allowed(HELD, agent, action, arn, target), (action, arn)
            tally["evaluator, near misses", agent, "denied"] += 1


@pytest.mark.parametrize("agent", GRANTS)
@given(prefix=st.text("BANKCOUTERPY/canoil-ps*?", max_size=12))
def test_no_prefix_but_its_own_is_listed(agent: str, tally: Counts, prefix: str) -> None:
    paths = [
        SETTINGS.documents.prefixes[need.target].path
        for need in needs(agent, SETTINGS)
        if need.kind == "prefix"
    ]
    assume(not any(prefix.startswith(path) for path in paths))
    bucket = f"arn:aws:s3:::{SETTINGS.documents.name}"
    target = Thing("listing", "", bucket, {"s3:prefix": prefix})
    assert not allowed(HELD, agent, "s3:ListBucket", bucket, target)
    tally["evaluator, near misses", agent, "denied"] += 1
