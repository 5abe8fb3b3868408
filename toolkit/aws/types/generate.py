"""What the rest of the house needs of the records and may not import, as files of data.

    python -m toolkit.aws.types.generate

writes `policy/tms_policies/data/aws_types.json`, for the policy pack, which stands alone, and
`components/delivery/actions.json`, from which the roles that deliver are computed.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from toolkit.aws.types import HOLDS_DATA, TYPES
from toolkit.aws.types.model import AwsType
from toolkit.aws.types.parts import Delivery, SubResource

_ROOT = Path(__file__).resolve().parents[3]
POLICY = _ROOT / "policy" / "tms_policies" / "data" / "aws_types.json"
DELIVERY = _ROOT / "components" / "delivery" / "actions.json"


def policy_text() -> str:
    """Return the policy pack's data: types that hold data, and types that set a property of another one."""
    pairs = [
        {"token": token, **_pair(sub)}
        for token, record in sorted(TYPES.items())
        for sub in record.sub_resources
    ]
    return f'{{\n"holds_data": {_lines(sorted(HOLDS_DATA))},\n"sub_resources": {_lines(pairs)}\n}}\n'


def _pair(sub: SubResource) -> Mapping[str, Any]:
    pair = {"setting": sub.setting, "sub_resource": sub.token, "by": sub.by, "several": sub.several}
    return pair | ({"only_if": dict(sub.only_if)} if sub.only_if else {})


def delivery_text() -> str:
    """Return the delivery's data: actions by type and by what is done to a resource of it."""
    rows = (
        f"  {json.dumps(token)}: {_row(record, record.delivery)}"
        for token, record in sorted(TYPES.items())
        if record.delivery
    )
    return "{\n" + ",\n".join(rows) + "\n}\n"


def _row(record: AwsType, delivery: Delivery) -> str:
    """Return one type's row, with a line for each deed."""
    row: dict[str, Any] = {
        "on": delivery.on,
        "create": delivery.create,
        "read": record.reads,
        "update": delivery.update,
        "delete": delivery.delete,
    }
    row |= {"documented": delivery.documented} if delivery.documented else {}
    row |= {"kept": delivery.kept} if delivery.kept else {}
    row |= {"source": delivery.source}
    return "{\n" + ",\n".join(f"    {json.dumps(key)}: {json.dumps(row[key])}" for key in row) + "\n  }"


def _lines(items: Iterable[object]) -> str:
    """Return a JSON list with one item a line, so that a change shows as one line."""
    return "[\n" + ",\n".join(f"  {json.dumps(item)}" for item in items) + "\n]"


if __name__ == "__main__":
    POLICY.write_text(policy_text(), encoding="utf-8")
    DELIVERY.write_text(delivery_text(), encoding="utf-8")
