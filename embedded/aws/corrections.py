"""Where moto 5.2.5 differs from AWS in what this project relies on: each correction names both sides."""


def apply() -> None:
    """Put every correction in force."""
