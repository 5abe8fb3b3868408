"""How a step of the pipeline ends when it does not end well."""

REFUSED = 1
"""What was looked at stands against going on: a verdict, a drift, a plan of something else."""
UNABLE = 2
"""It cannot be done: a variable, a file or a service is not as it must be."""


class Ended(Exception):  # noqa: N818 - the end of a step, not always an error
    """A step ends here.

    Attributes:
        code: Its exit code.
    """

    def __init__(self, code: int, message: str) -> None:
        """Say why, in one line."""
        super().__init__(message)
        self.code = code
