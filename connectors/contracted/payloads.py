"""What rows of all our contracts are made of (camel case on the wire).

Every member of a row is always there, null where there is nothing: a missing one is an error, not nothing. Codes of
tables that may grow (category, kind, level) are texts.
"""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with an offset; one without is no time we can place."""


class Payload(msgspec.Struct, rename="camel", frozen=True):
    """The base: camel case, members we do not know are ignored."""


class RowPayload(msgspec.Struct, rename="camel", frozen=True, kw_only=True):
    """The base of rows that stand in lists too: there each carries its ``cursor``."""

    cursor: str = ""


class ProblemPayload(msgspec.Struct, frozen=True):
    """The part of a problem (RFC 9457) that is read; ``allowed`` are the states a forbidden move could go to."""

    code: str
    allowed: object = None
