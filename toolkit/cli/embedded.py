"""How AWS is reached: as the caller's environment says, or the embedded one with EMBEDDED=1."""

import os

from embedded.aws import server_process

__all__ = ["ServerProcessError", "aws_environment", "enter_aws"]

ServerProcessError = server_process.ServerProcessError


def aws_environment() -> dict[str, str]:
    """Give the environment in which boto3 and a bare engine reach AWS; EMBEDDED=1 starts the server."""
    inherited = {key: one for key, one in os.environ.items() if key != "EMBEDDED"}
    if not os.environ.get("EMBEDDED"):
        return inherited
    folder = server_process.home(dict(os.environ))
    record = server_process.start(folder)
    server_process.install_plugin(folder)
    return server_process.engine_environment(folder, record["port"], inherited)


def enter_aws() -> dict[str, str]:
    """Let boto3 in this process reach the AWS of `aws_environment`, which is given, and no other.

    Raises:
        ServerProcessError: The embedded AWS does not start.
    """
    environment = aws_environment()
    for key in [one for one in os.environ if one.startswith("AWS_") and one not in environment]:
        del os.environ[key]  # a profile or an endpoint of the caller's would lead elsewhere
    os.environ.update({key: one for key, one in environment.items() if key.startswith("AWS_")})
    return environment
