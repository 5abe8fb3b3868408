"""What the plugin says when it refuses: one line for the user, no stack trace."""


class RefusedError(Exception):
    """A request that the embedded AWS will not or cannot carry out; its text is shown as it is."""


class PartlyCreatedError(Exception):
    """The resource exists now, but a later step of its creation failed; the engine must keep its id.

    Attributes:
        resource_id: The id of the resource that is there.
        reason: One line saying what failed.
        state: What is live now, in the shape of outputs.
        secrets: The properties in it that are secret.
    """

    secrets: frozenset[str] = frozenset()

    def __init__(self, resource_id: str, reason: str, state: dict[str, object]) -> None:
        """Keep what the engine records of the resource.

        Args:
            resource_id: The id of the resource that is there.
            reason: One line saying what failed.
            state: What is live now, in the shape of outputs.
        """
        super().__init__(reason)
        self.resource_id = resource_id
        self.reason = reason
        self.state = state
