"""Write docs/permissions.md from grants and settings: `python -m toolkit.permissions.reference`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from components.matrix import Cell
from toolkit.permissions.diff import alternatives
from toolkit.permissions.render import condition_text
from toolkit.permissions.source import of_folder

ROOT = Path(__file__).resolve().parents[2]
TARGET = ROOT / "docs" / "permissions.md"
STACK = "local"
"""It differs from production in account and Environment tag only, and has an account id."""
_OF_THE_AGENT = "its own"

_HEAD = """# Permissions

Written from `components/grants.py` and the settings of the `local` stack, `agents.<agent>.grants` among them,
by `make docs`. The roles' policies are made of these cells and of nothing else. `./tms permissions` prints
them for any stack, with `--json` as ARNs, and `./tms permissions --diff origin/main` says what a change gives
and takes. Trust is the same for all: only AgentCore, for what it runs in this account and region, may take a
role.

A word in the grid is the first of an action's name: `Put` on a table is `dynamodb:PutItem`. What stands in no
cell is denied.
"""
TRIED: dict[str, str] = {
    "prefix": "calls GetObject, PutObject and DeleteObject below every prefix",
    "listing": "calls ListObjectsV2; moto does not know `s3:prefix`, so it confirms the action only",
    "queue": "calls ReceiveMessage, DeleteMessage, GetQueueAttributes, SendMessage and PurgeQueue on every "
    "queue and dead-letter queue",
    "table": "calls everything that works on items, DeleteItem included, with the tables in the policy "
    "replaced by `*`: moto takes no call to be on a table, so it confirms actions, and not tables",
}
"""What moto tries of each kind of cell."""
_TO_ANY = "moto takes the call to be on `*`, which no statement about an ARN allows"
_BY_ALL = "every role has it on `*`, so that no call would be denied"
UNTRIED: dict[str, str] = {
    "agent": _TO_ANY,
    "models": _TO_ANY,
    "memory": f"these settings have none; and {_TO_ANY}",
    "key": "these settings have none; and moto asks for no key where a service uses one",
    "logs": _TO_ANY,
    "image": _TO_ANY,
    "registry": _BY_ALL,
    "trace": _BY_ALL,
    "metrics": "moto does not know `cloudwatch:namespace`, and denies what is granted under it",
}
"""Why moto tries nothing of the other kinds."""
_TRIED = """
## How this was tried

Two judges try every agent's role in `make test`, which prints how many requests each of them allowed and
denied. Every action that any agent has is tried on every resource that any agent has, granted or not; what is
expected comes from the grants, not from the policies that are made of them.

The evaluator (`policy/tms_policies/documents/evaluation/`) does so for all cells, with the documents that the
program registers: the roles' policies and trust, and the own policies of buckets and queues, with and without
TLS, with `s3:prefix`, `cloudwatch:namespace` and `kms:ViaService`. Keys, memories and indexes, which these
settings do not have, are tried with settings that have them, and so are things that are nearly those that
were granted. moto enforces the roles' policies in the embedded AWS, where credentials of each role make real
calls; it looks at no policy of a queue, takes calls over loopback for calls with TLS, and does not try who
may take a role.

| cells | by the evaluator | by moto |
|---|---|---|
"""


def verbs(actions: Sequence[str]) -> str:
    """Return the first word of each action's name, without duplicates."""
    names = (action.partition(":")[2] for action in actions)
    firsts = (name[:1] + "".join(_until_capital(name[1:])) for name in names)
    return " ".join(dict.fromkeys(firsts))


def _until_capital(text: str) -> Iterator[str]:
    for character in text:
        if character.isupper():
            return
        yield character


def row(cell: Cell) -> tuple[str, str]:
    """Return the row of the grid that a cell is in."""
    return cell.kind, _OF_THE_AGENT if cell.target == cell.agent else cell.target


def _grid(cells: Sequence[Cell], agents: Sequence[str]) -> str:
    kinds = [*TRIED, *UNTRIED]
    rows = sorted(
        dict.fromkeys(row(cell) for cell in cells),
        key=lambda kind_and_target: kinds.index(kind_and_target[0]),
    )
    text = f"\n| what | {' | '.join(agents)} |\n|---|{'---|' * len(agents)}\n"
    for kind, target in rows:
        verbs_by_agent = {
            agent: verbs(
                [
                    a
                    for cell in cells
                    if cell.agent == agent and row(cell) == (kind, target)
                    for a in cell.actions
                ]
            )
            for agent in agents
        }
        text += f"| {kind}: {target} | {' | '.join(verbs_by_agent[agent] or '-' for agent in agents)} |\n"
    return text


def _of_agent(cells: Sequence[Cell], agent: str) -> str:
    text = f"\n## {agent}\n\n| what | name | actions | why |\n|---|---|---|---|\n"
    for cell in cells:
        if cell.agent == agent:
            kind, target = row(cell)
            condition = condition_text(alternatives(cell)).removeprefix(" where ")
            actions = ", ".join(f"`{action}`" for action in cell.actions)
            actions += f" where `{condition}`" if condition else ""
            text += f"| {kind}: {target} | `{cell.name}` | {actions} | {cell.reason} |\n"
    return text


def reference() -> str:
    """Return the page as Markdown."""
    cells = of_folder(ROOT, STACK)
    agents = list(dict.fromkeys(cell.agent for cell in cells))
    tests_by_kind = {**TRIED, **{kind: f"nothing: {why}" for kind, why in UNTRIED.items()}}
    test_rows = "".join(f"| {kind} | every one | {by_moto} |\n" for kind, by_moto in tests_by_kind.items())
    tables = "".join(_of_agent(cells, agent) for agent in agents)
    return _HEAD + _grid(cells, agents) + tables + _TRIED + test_rows


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
