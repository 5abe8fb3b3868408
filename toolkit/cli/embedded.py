"""How AWS is reached: as the caller's environment says, or the embedded AWS with EMBEDDED=1."""

import os

from toolkit.errors import UNABLE, CommandError
from toolkit.installation import refuse_embedded


def aws_environment() -> dict[str, str]:
    """Return the environment in which boto3 and a bare engine reach AWS; EMBEDDED=1 starts the server.

    Raises:
        CommandError: The embedded AWS does not start, or is not there: it comes with a checkout.
    """
    inherited = {key: value for key, value in os.environ.items() if key != "EMBEDDED"}
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
    """Let boto3 in this process reach the AWS of `aws_environment` only, and return that environment.

    Raises:
        CommandError: The embedded AWS does not start.
    """
    environment = aws_environment()
    for key in [name for name in os.environ if name.startswith("AWS_") and name not in environment]:
        del os.environ[key]  # the caller's profile or endpoint would lead to another AWS
    os.environ.update({key: value for key, value in environment.items() if key.startswith("AWS_")})
    return environment
