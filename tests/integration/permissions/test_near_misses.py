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
        (action, thing)
        for action, thing in pairs(SETTINGS)
        if thing.arn != WHOLE and granted(agent, action, thing, SETTINGS)
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
    *(one.name for one in (*SETTINGS.tables.values(), *SETTINGS.queues.values())),
    *(name for one in AGENTS for name in (one.repository, one.runtime_name, one.log_group)),
    *(model.id for one in AGENTS for model in one.models),
}


def named_otherwise(thing: Thing, word: str) -> list[str]:
    """Give ARNs with a longer name: with a word after it, and before it."""
    found = [name for name in NAMES if name in thing.arn]
    assert found, thing
    return [thing.arn.replace(name, new) for name in found for new in (f"{name}x{word}", f"{word}x{name}")]


def placed_otherwise(thing: Thing, word: str) -> list[str]:
    """Give keys of the same object below other prefixes, and in other buckets."""
    bucket = f"arn:aws:s3:::{SETTINGS.documents.name}"
    key = thing.arn.removeprefix(f"{bucket}/")
    folder, _, rest = key.partition("/")
    return [
        *(f"{bucket}/{folder}{word}/{rest}", f"{bucket}/{word}{folder}/{rest}", f"{bucket}/{word}/{key}"),
        *(f"{bucket}/{folder.swapcase()}/{rest}", f"{bucket}/{folder}", f"{bucket}/{rest}"),
        *(f"{bucket}{word.lower()}/{key}", f"arn:aws:s3:::{word.lower()}{SETTINGS.documents.name}/{key}"),
    ]


def moved(thing: Thing, account: str, region: str) -> list[str]:
    """Give the same thing in another account, and in another region."""
    partition, *parts = thing.arn.split(":", 5)
    assert len(parts) == 5
    elsewhere = [":".join([partition, parts[0], parts[1], region, *parts[3:]])] if parts[2] else []
    return [*elsewhere, ":".join([partition, *parts[:3], account, parts[4]])] if parts[3] else elsewhere


def allowed(held: Documents, agent: str, action: str, arn: str, thing: Thing) -> bool:
    request = Request(held.who(agent), action, (arn,), {**thing.context, **TLS})
    theirs = THEIRS if account_of(arn) not in ("", ACCOUNT) else None
    return evaluate(request, Policies([held.identity[agent]], resource=theirs)).allowed


def near(thing: Thing, word: str, account: str, region: str) -> list[str]:
    if thing.kind == "prefix":
        return placed_otherwise(thing, word)
    if thing.kind == "listing":
        return [f"{thing.arn}{word.lower()}", f"{thing.arn}/{word}"]
    return [*named_otherwise(thing, word), *moved(thing, account, region)]


@pytest.mark.parametrize("agent", GRANTS)
@settings(max_examples=20)  # each of them tries all cells
@given(word=WORDS, account=ACCOUNTS, region=REGIONS)
def test_what_is_nearly_what_was_granted_is_denied(
    agent: str, tally: Counts, word: str, account: str, region: str
) -> None:
    assume(account != ACCOUNT)
    real = {one.arn for _, one in CELLS[agent]}
    for action, thing in CELLS[agent]:
        for arn in set(near(thing, word, account, region)) - real:
            assert not allowed(HELD, agent, action, arn, thing), (action, arn)
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
    thing = Thing("listing", "", bucket, {"s3:prefix": prefix})
    assert not allowed(HELD, agent, "s3:ListBucket", bucket, thing)
    tally["evaluator, near misses", agent, "denied"] += 1
