"""How AWS is reached: as the caller's environment says, or the embedded one with EMBEDDED=1."""

import os

from toolkit.errors import UNABLE, CommandError
from toolkit.installation import refuse_embedded


def aws_environment() -> dict[str, str]:
    """Return the environment in which boto3 and a bare engine reach AWS; EMBEDDED=1 starts the server.

    Raises:
        CommandError: The embedded AWS does not start, or is not there: it comes with a checkout.
    """
    inherited = {key: one for key, one in os.environ.items() if key != "EMBEDDED"}
    if not os.environ.get("EMBEDDED"):
        return inherited
    refuse_embedded(os.environ["EMBEDDED"])
    from embedded.aws import server_process  # noqa: PLC0415 - a checkout's, which the wheel works without

    folder = server_process.home(dict(os.environ))
    try:
        record = server_process.start(folder)
    except server_process.ServerProcessError as error:
        raise CommandError(UNABLE, str(error)) from error
    server_process.install_plugin(folder)
    return server_process.engine_environment(folder, record["port"], inherited)


def enter_aws() -> dict[str, str]:
    """Let boto3 in this process reach the AWS of `aws_environment`, which is given, and no other.

    Raises:
        CommandError: The embedded AWS does not start.
    """
    environment = aws_environment()
    for key in [one for one in os.environ if one.startswith("AWS_") and one not in environment]:
        del os.environ[key]  # a profile or an endpoint of the caller's would lead elsewhere
    os.environ.update({key: one for key, one in environment.items() if key.startswith("AWS_")})
    return environment
