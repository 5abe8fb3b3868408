"""`./pulumiw`: find or build the engine, prepare its environment, and become it."""

import os
import sys

from embedded.engine.launcher import LaunchError, prepare

try:
    engine, environment = prepare(sys.argv[1:])
except LaunchError as error:
    sys.exit(f"pulumiw: {error}")
except KeyboardInterrupt:
    sys.exit(130)
os.execve(engine, [engine, *sys.argv[1:]], environment)  # noqa: S606 becoming the engine keeps signals and exit code its own
