"""Every case; together they hold every type that the embedded AWS models."""

from tests.support.cases.agents import AGENTS
from tests.support.cases.audits import AUDITS
from tests.support.cases.buckets import BUCKETS
from tests.support.cases.events import EVENTS
from tests.support.cases.iam import IDENTITIES, KEYS
from tests.support.cases.images import IMAGES
from tests.support.cases.monitoring import WATCHING
from tests.support.cases.network import NETWORK
from tests.support.cases.notices import NOTICES
from tests.support.cases.queues import QUEUES
from tests.support.cases.tables import TABLES
from tests.support.cases.topics import TOPICS

CASES = [
    *TABLES,
    *BUCKETS,
    *QUEUES,
    *TOPICS,
    *EVENTS,
    *NOTICES,
    *WATCHING,
    *AUDITS,
    *IDENTITIES,
    *KEYS,
    *IMAGES,
    *AGENTS,
    *NETWORK,
]
