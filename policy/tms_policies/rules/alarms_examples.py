"""Examples of the rules of `alarms`."""

import json

from tms_policies.examples.model import UNKNOWN, Declared, Example, case

_NOT_PROVEN = "cannot be proven at preview"
_DEPTH = "ApproximateNumberOfMessagesVisible"
_AGE = "ApproximateAgeOfOldestMessage"
_REDRIVE = {"deadLetterTargetArn": "arn:aws:sqs:us-east-1:123456789012:orders-dead", "maxReceiveCount": 3}
_ORDERS = Declared(
    "sqs/queue:Queue", {"name": "orders", "redrivePolicy": json.dumps(_REDRIVE)}, name="orders"
)
_DEAD = Declared("sqs/queue:Queue", {"name": "orders-dead"}, name="orders-dead")


def _alarm(queue: str, metric: str = _AGE, *, name: str = "orders-age", **uses: list[str]) -> Declared:
    props = {"namespace": "AWS/SQS", "metricName": metric, "dimensions": {"QueueName": queue}}
    return Declared("cloudwatch/metricAlarm:MetricAlarm", props, name=name, uses=uses)


_DEAD_DEPTH = _alarm("orders-dead", _DEPTH, name="orders-dead-depth")


EXAMPLES = (
    Example(
        "cloudwatch-alarm-declared-target",
        good=case(_ORDERS, _alarm("orders")),
        bad=case(
            _ORDERS,
            _alarm("ordres"),
            says="dimensions.QueueName of orders-age is 'ordres', and this stack declares no such Queue",
        ),
        missing=case(_alarm("orders"), says="and this stack declares no such Queue: the metric never comes"),
        unknown=case(_ORDERS, _alarm(UNKNOWN), says=_NOT_PROVEN),
        config=case(_alarm("orders"), elsewhere=["orders"]),
    ),
    Example(
        "cloudwatch-queue-alarms",
        good=case(_ORDERS, _DEAD, _alarm("orders"), _DEAD_DEPTH),
        bad=case(
            _ORDERS,
            _DEAD,
            _alarm("orders", _DEPTH, name="orders-depth"),
            _DEAD_DEPTH,
            says=f"no alarm of this stack watches {_AGE} of the work queue orders",
        ),
        missing=case(
            _ORDERS,
            _DEAD,
            _alarm("orders"),
            says=f"no alarm of this stack watches {_DEPTH} of the dead-letter queue orders-dead",
        ),
        unknown=case(_ORDERS, _DEAD, _alarm(UNKNOWN, dimensions=["orders"]), _DEAD_DEPTH),
        config=case(_ORDERS, _DEAD, required=False),
    ),
)
