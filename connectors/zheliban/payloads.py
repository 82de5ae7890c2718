"""What is common to all that our services behind IRS send."""

from datetime import datetime
from typing import Annotated

import msgspec

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
"""A time with its offset; one without is not in the form."""

Key = Annotated[str, msgspec.Meta(min_length=1)]


class Payload(msgspec.Struct, frozen=True):
    """The base: unknown fields are ignored, types are taken strictly."""
