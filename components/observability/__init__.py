"""Log groups, alarms, the topic that they tell, and the dashboard."""

from components.observability.component import Observability, ObservabilityArgs
from components.observability.metrics import Monitored

__all__ = ["Monitored", "Observability", "ObservabilityArgs"]
