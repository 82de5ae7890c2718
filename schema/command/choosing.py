"""The words in which this folder's enums and filters are written."""

from enum import Enum
from typing import Any

import strawberry

from schema.fields import CHINESE


def told(kind: type[Enum], *, zh: str, en: str) -> None:
    """Make an enum of the graph, described in both languages."""
    strawberry.enum(kind, description=en)
    setattr(kind, CHINESE, zh)


def filter_type(cls: type, *, zh: str, en: str) -> Any:
    """Make a filter of the graph, described in both languages."""
    made = strawberry.input(cls, description=en)
    setattr(made, CHINESE, zh)
    return made


def chosen(zh: str, en: str) -> Any:
    """A field of a filter; it may be left out."""
    return strawberry.field(default=strawberry.UNSET, description=en, metadata={CHINESE: zh})


def region() -> Any:
    """The place a filter names."""
    return chosen("区划代码，含其下辖", "GB/T 2260 code of a place; what lies in it is included.")
