"""What can be written in a stack file, as a page: key, what is allowed, default, meaning."""

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from components.settings.agentcore import Declaration
from components.settings.fields import allowed
from components.settings.load import FIELDS, MAPPINGS, PROJECT, REQUIRED, WHOLES
from components.settings.models import Settings

_HEAD = f"""# Settings

Written from the models in `components/settings/` by `make docs`. A stack file has each heading as a key under
`config`, with `{PROJECT}:` before it, and the keys of the table inside; `<name>` is a logical name, which
makes up URNs and never changes. What is refused is reported all at once, one line each, before anything is
registered: file, key, value, what is allowed.

Beside them stand `aws:region` and `aws:allowedAccountIds`, a list with the one account id, quoted.
"""
_AGENT = """
## agentcore.yaml

In `deployment/<agent>/`: what an agent is, whichever stack it runs in ([agents.md](agents.md)).
"""
_COLUMNS = "\n| key | allowed | default | what |\n|---|---|---|---|\n"
_FEW = 6
_WORDS: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def page() -> str:
    """Give the page as Markdown."""
    sections = [_section(key, MAPPINGS.get(key) or WHOLES[key]) for key in [*MAPPINGS, *WHOLES]]
    return _HEAD + "".join(sections) + _AGENT + _COLUMNS + "".join(_rows(Declaration, ""))


def _section(key: str, kind: Any) -> str:  # noqa: ANN401 - a model, or an annotated type
    field = Settings.model_fields[FIELDS.get(key, key)]
    need = "Required" if key in REQUIRED else "Optional"
    text = f"\n## {key}\n\n{need}: {field.description}."
    start = "<name>." if key in MAPPINGS else ""
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return f"{text} Allowed: {_allowed(kind, [])}.\n"
    return f"{text} {(kind.__doc__ or '').strip()}\n{_COLUMNS}" + "".join(_rows(kind, start))


def _rows(model: type[BaseModel], start: str) -> Iterator[str]:
    """Give a row for each field, and those of the models inside it after it."""
    for name, field in model.model_fields.items():
        key = f"{start}{field.alias or name}"
        inside, suffix = _inside(field.annotation)
        words = "see below" if inside else _allowed(field.annotation, field.metadata)
        yield f"| `{key}` | {_cell(words)} | {_default(field)} | {_cell(field.description or '')} |\n"
        if inside:
            yield from _rows(inside, f"{key}{suffix}.")


def _inside(kind: Any) -> tuple[type[BaseModel] | None, str]:  # noqa: ANN401 - any annotation
    """Give the model that a field holds, and what stands between the field's key and those of the model."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind, ""
    between = {dict: ".<name>", list: "[]"}.get(get_origin(kind) or kind, "")
    for one in () if get_origin(kind) is Literal else get_args(kind):
        found, deeper = _inside(one)
        if found:
            return found, between + deeper
    return None, ""


def _allowed(kind: Any, metadata: list[Any]) -> str:  # noqa: ANN401 - any annotation
    """Say in words what an annotation takes; limits stand in its metadata."""
    said = [allowed(one) for one in metadata if isinstance(one, AfterValidator) and allowed(one)]
    said += [
        f"{getattr(one, name)} {words}"
        for one in metadata
        for name, words in (
            ("min_length", "characters or more"),
            ("max_length", "at most"),
        )
        if getattr(one, name, None) is not None
    ]
    own = _of_kind(kind)
    if said and own in _WORDS.values():
        return "; ".join(said)
    return "; ".join([own, *said])


def _of_kind(kind: Any) -> str:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _allowed(inner[0], list(inner[1:]))
    if origin is Literal:
        return (
            " or ".join(f"`{one}`" for one in inner)
            if len(inner) <= _FEW
            else "one of " + ", ".join(map(str, inner))
        )
    if origin in (Union, types.UnionType):
        return " or ".join(_of_kind(one) for one in inner if one is not type(None))
    if origin is list:
        return f"list of: {_of_kind(inner[0])}"
    if origin is dict:
        return f"by {_of_kind(inner[0])}: {_of_kind(inner[1])}"
    return _WORDS.get(kind, str(kind))


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "required"
    value = field.default
    if isinstance(value, BaseModel):
        return "as below"
    if value is None:
        return "none"
    return f"`{yaml.safe_dump(value, default_flow_style=True).splitlines()[0]}`"


def _cell(text: str) -> str:
    return re.sub(r"\s+", " ", text).replace("|", "\\|").replace("<", "&lt;")
