"""The limits as settings."""

from typing import Literal

from pydantic import Field

from gateway.limits.over_time import OverTimeSettings
from schema.loaders import MOST_CALLS


class LimitSettings(OverTimeSettings):
    """What one operation may ask for. Two thousand tokens are ten times the largest page of a front end."""

    tokens: int = Field(2000, ge=100, le=20_000, description="longest document, in tokens (words, numbers, brackets)")
    depth: int = Field(15, ge=3, le=40, description="most levels of fields, fragments counted where they are spread")
    introspection: Literal["auto", "full", "audience", "off"] = Field(
        "auto",
        description="how much of the schema callers are told (`__schema`, `__type`, /graphql/schema.graphql): full, to "
        "all; audience, to each the fields that a sign-in of theirs could let them read; off, no introspection, and "
        "the file as for audience; auto is full on the sandbox, else audience",
    )
    introspection_depth: int = Field(
        15, ge=3, le=40, description="most levels of fields in questions about the schema; tools need 15"
    )
    fields: int = Field(1000, ge=10, le=100_000, description="most fields, fragments counted wherever they are spread")
    root_fields: int = Field(20, ge=1, le=1000, description="most fields at the top of an operation")
    aliases: int = Field(100, ge=0, le=10_000, description="most aliases in a document")
    fragments: int = Field(50, ge=0, le=1000, description="most fragments in a document")
    directives: int = Field(50, ge=0, le=10_000, description="most directives in a document")
    repeats: int = Field(
        100, ge=2, le=1000, description="how often the same field may stand in one place, over all fragments there"
    )
    literals: int = Field(500, ge=1, le=10_000, description="most values in lists and objects written in a document")
    literal_depth: int = Field(10, ge=1, le=40, description="how deep lists and objects written in it may be nested")
    max_cost: int = Field(20_000, ge=100, le=10**9, description="most points an operation may cost (docs/front-end.md)")
    max_calls: int = Field(
        MOST_CALLS, ge=10, le=10_000, description="most calls to platforms an operation may cause, kept answers counted"
    )
    max_values: int = Field(150_000, ge=1000, le=10**8, description="most values an answer may come to hold")
