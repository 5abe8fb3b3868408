"""What can be written in a stack file, as a page: key, what is allowed, default, meaning."""

import re
import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import yaml
from pydantic import AfterValidator, BaseModel
from pydantic.fields import FieldInfo

from components.settings.agentcore import Declaration
from components.settings.derived import PROJECT
from components.settings.fields import allowed
from components.settings.load import REQUIRED, SECTIONS
from components.settings.refusals import unwrapped
from components.settings.settings import Settings

_HEAD = f"""# Settings

Written from the models in `components/settings/` by `make docs`. A stack file has each heading as a key under
`config`, with `{PROJECT}:` before it, and the keys of the table inside; `<name>` is a logical name, which
makes up URNs and never changes. What is refused is reported all at once, one line each, before anything is
registered: file, key, value, what is allowed.

Beside them stand `aws:region` and `aws:allowedAccountIds`, a list with the one account id, quoted.

## basedOn

Optional: the name of another stack, for a stack that differs from it in some values, as `local` from
`production`. The file then has what differs, and the other stack's file has the rest:

- Mappings are laid over each other key by key; a text, a number or a list replaces what the base has.
  `null` inside a mapping leaves out what the base has there.
- Keys of the engine and the provider, `aws:region` and `aws:allowedAccountIds` among them, are not taken
  over: each file has its own.
- A base is not based on another stack, and has no encrypted values, which only its own stack can read.

A refusal names the file that the value is written in.
"""
_AGENT = """
## agentcore.yaml

In `deployment/<agent>/`: what an agent is, whichever stack it runs in ([agents.md](agents.md)).
"""
_COLUMNS = "\n| key | allowed | default | what |\n|---|---|---|---|\n"
_FEW = 6
_WORDS: dict[Any, str] = {str: "text", int: "whole number", float: "number", bool: "true or false"}


def page() -> str:
    """Return the page as Markdown."""
    fields = {field.alias or name: field for name, field in Settings.model_fields.items()}
    sections = [_section(key, fields[key]) for key in SECTIONS]
    return _HEAD + "".join(sections) + _AGENT + _COLUMNS + "".join(_rows(Declaration, ""))


def _section(key: str, field: FieldInfo) -> str:
    kind = unwrapped(field.annotation)
    entries = kind if get_origin(kind) is dict else None
    kind, metadata = (get_args(kind)[1], []) if entries else (kind, _metadata(field))
    required = "Required" if key in REQUIRED else "Optional"
    text = f"\n## {key}\n\n{required}: {field.description}."
    if not (isinstance(kind, type) and issubclass(kind, BaseModel)):
        return f"{text} Allowed: {_allowed(kind, metadata)}.\n"
    start = "<name>." if entries else ""
    return f"{text} {(kind.__doc__ or '').strip()}\n{_COLUMNS}" + "".join(_rows(kind, start))


def _metadata(field: FieldInfo) -> list[Any]:
    """Return the limits of a field; those of an optional one stand inside its annotation."""
    limited = next((kind for kind in get_args(field.annotation) if get_origin(kind) is Annotated), None)
    return [*field.metadata, *(get_args(limited)[1:] if limited else ())]


def _rows(model: type[BaseModel], start: str) -> Iterator[str]:
    """Yield a row for each field, and those of the models inside it after it."""
    for name, field in model.model_fields.items():
        key = f"{start}{field.alias or name}"
        inside, suffix = _inside(field.annotation)
        values = "see below" if inside else _allowed(field.annotation, field.metadata)
        yield f"| `{key}` | {_cell(values)} | {_default(field)} | {_cell(field.description or '')} |\n"
        if inside:
            yield from _rows(inside, f"{key}{suffix}.")


def _inside(kind: Any) -> tuple[type[BaseModel] | None, str]:  # noqa: ANN401 - any annotation
    """Return the model that a field holds, and what stands between the field's key and those of the model."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        return kind, ""
    between = {dict: ".<name>", list: "[]"}.get(get_origin(kind) or kind, "")
    for argument in () if get_origin(kind) is Literal else get_args(kind):
        model, deeper = _inside(argument)
        if model:
            return model, between + deeper
    return None, ""


def _allowed(kind: Any, metadata: list[Any]) -> str:  # noqa: ANN401 - any annotation
    """Return in words what an annotation takes; limits stand in its metadata."""
    limits = [allowed(limit) for limit in metadata if isinstance(limit, AfterValidator) and allowed(limit)]
    limits += [
        f"{getattr(limit, name)} {unit}"
        for limit in metadata
        for name, unit in (
            ("min_length", "characters or more"),
            ("max_length", "at most"),
        )
        if getattr(limit, name, None) is not None
    ]
    plain = _of_kind(kind)
    if limits and plain in _WORDS.values():
        return "; ".join(limits)
    return "; ".join([plain, *limits])


def _of_kind(kind: Any) -> str:  # noqa: ANN401 - any annotation
    origin, inner = get_origin(kind), get_args(kind)
    if origin is Annotated:
        return _allowed(inner[0], list(inner[1:]))
    if origin is Literal:
        return (
            " or ".join(f"`{value}`" for value in inner)
            if len(inner) <= _FEW
            else "one of " + ", ".join(map(str, inner))
        )
    if origin in (Union, types.UnionType):
        return " or ".join(_of_kind(member) for member in inner if member is not type(None))
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
