"""How AWS is reached: as the caller's environment says, or the embedded one with EMBEDDED=1."""

import os

from embedded.aws import box

__all__ = ["BoxError", "aws_environment"]

BoxError = box.BoxError


def aws_environment() -> dict[str, str]:
    """Give the environment in which boto3 and a bare engine reach AWS; EMBEDDED=1 starts the server."""
    inherited = {key: one for key, one in os.environ.items() if key != "EMBEDDED"}
    if not os.environ.get("EMBEDDED"):
        return inherited
    folder = box.home(dict(os.environ))
    record = box.start(folder)
    box.install_plugin(folder)
    return box.engine_environment(folder, record["port"], inherited)
