"""Typed settings out of stack config; nothing else of the program reads config."""

from components.settings.load import SettingsError, load, parse
from components.settings.models import (
    Agent,
    AuditBucket,
    DocumentsBucket,
    Encryption,
    Index,
    Model,
    Prefix,
    Queue,
    Settings,
    Table,
)

__all__ = [
    "Agent",
    "AuditBucket",
    "DocumentsBucket",
    "Encryption",
    "Index",
    "Model",
    "Prefix",
    "Queue",
    "Settings",
    "SettingsError",
    "Table",
    "load",
    "parse",
]
