"""Typed settings out of stack config; nothing else of the program reads config."""

from components.settings.derived import SettingsError
from components.settings.load import load, parse
from components.settings.models import Agent, Encryption, Model, Queue
from components.settings.settings import Settings
from components.settings.stackfile import read
from components.settings.storage import AuditBucket, DocumentsBucket, Index, Prefix, Table

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
    "read",
]
