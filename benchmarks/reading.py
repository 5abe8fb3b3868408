"""Read the account that AWS_ENDPOINT_URL leads to, as discovery does, and write what that took.

Run as `python -m benchmarks.reading time` or `... memory`: it writes one JSON object.
"""

import json
import sys
import time
import tracemalloc

from toolkit.adopt.discovery import survey
from toolkit.adopt.model import Plan
from toolkit.aws.account import Account
from toolkit.aws.types import LISTINGS


def main() -> None:
    """Write the seconds of clients and listing, the peak of memory in bytes, and the resources found."""
    if sys.argv[1] == "memory":
        tracemalloc.start()
    began = time.perf_counter()
    account, plan = Account("us-east-1"), Plan()
    for service in {listing.service for listing in LISTINGS}:
        account.client(service)
    ready = time.perf_counter()
    survey(account, account.identity()[0], [], plan)
    ended = time.perf_counter()
    peak = tracemalloc.get_traced_memory()[1] if tracemalloc.is_tracing() else 0
    count = sum(1 for _, name in plan.unmanaged if name.startswith("somebody-elses-"))
    figures = {"clients": ready - began, "listing": ended - ready, "peak": peak, "count": count}
    sys.stdout.write(json.dumps(figures))


if __name__ == "__main__":
    main()
