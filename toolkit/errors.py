"""How a command ends when it cannot do what it was asked."""

REFUSED = 1
"""Exit code: what was checked must not go on (a blocker, a drift, another plan)."""
UNABLE = 2
"""Exit code: the command could not do its work (a variable, a file or a service is not as it must be)."""

IDENTITY = 3
"""Exit code: AWS does not take the credentials, or they are those of another account."""


class CommandError(Exception):
    """A command ends here, with an exit code and one line on standard error.

    Attributes:
        exit_code: The exit code of the command.
        message: What is wrong: file, key, value, what is allowed. Several lines if several things are.
        next_step: What to do about it; empty where the message says it.
    """

    def __init__(self, exit_code: int, message: str, next_step: str = "") -> None:
        """Keep the parts; the exception's text is both, as a person reads them."""
        super().__init__(f"{message}; {next_step}" if next_step else message)
        self.exit_code, self.message, self.next_step = exit_code, message, next_step
