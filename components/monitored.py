"""The parts of a stack that are watched, out of its settings."""

from components.ingest import rule_name
from components.observability import Monitored
from components.settings import Settings


def monitored(settings: Settings) -> Monitored:
    """Return the parts of a stack that are watched."""
    ingest = settings.ingest
    by_rules = ingest is not None and settings.queues[ingest.queue].fifo
    return Monitored(
        queues=settings.queues,
        tables=settings.tables,
        operations={table: operations_on(settings, table) for table in settings.tables},
        documents=settings.documents,
        agents=settings.agents,
        rules={prefix: rule_name(ingest, prefix) for prefix in ingest.prefixes}
        if ingest and by_rules
        else {},
    )


def operations_on(settings: Settings, table: str) -> list[str]:
    """Return the operations that agents use on a table, which are those that emit its errors."""
    used = {
        action.partition(":")[2]
        for agent in settings.agents
        for need in settings.needs(agent)
        if need.kind == "table" and need.target == table
        for action in need.actions
    }
    return sorted(used - {"DescribeTable"})
