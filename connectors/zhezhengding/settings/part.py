"""What all parts of the settings share."""

from pydantic import BaseModel, ConfigDict

ADDRESS = r"^https?://[^\s?#]+$"  # a path is allowed: a proxy may stand before the platform
ADDRESS_OR_NONE = r"^(https?://[^\s#]+)?$"
VISIBLE = r"^[\x21-\x7e]*$"  # what may stand in a header


class Part(BaseModel):
    """A group of settings."""

    model_config = ConfigDict(extra="forbid", frozen=True)
