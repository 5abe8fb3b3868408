"""Read the account that AWS_ENDPOINT_URL leads to, as discovery does, and say what it took.

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
    """Write the seconds of clients and listing, the peak of bytes that Python held, and what was found."""
    if sys.argv[1] == "memory":
        tracemalloc.start()
    began = time.perf_counter()
    account, plan = Account("us-east-1"), Plan()
    for service in {one.service for one in LISTINGS}:
        account.client(service)
    made = time.perf_counter()
    survey(account, account.identity()[0], [], plan)
    ended = time.perf_counter()
    peak = tracemalloc.get_traced_memory()[1] if tracemalloc.is_tracing() else 0
    found = sum(1 for _, name in plan.unmanaged if name.startswith("somebody-elses-"))
    said = {"clients": made - began, "listing": ended - made, "peak": peak, "found": found}
    sys.stdout.write(json.dumps(said))


if __name__ == "__main__":
    main()
