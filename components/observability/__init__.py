"""What is watched, by whom it is told, and where it is seen."""

from components.observability.component import Observability

__all__ = ["Observability"]
