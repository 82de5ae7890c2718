"""Builds the schema once, from the types; and prints it in either language."""

from datetime import datetime

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.costs import COST, LIST_SIZE
from schema.member import Member
from schema.official import Official
from schema.organization import Organization
from schema.query import Query
from schema.question import Question, Reply
from schema.reading import attach_readers
from schema.scalars import DATE_TIME
from schema.shift import DutyShift
from schema.studio import Studio


def build_schema() -> GraphQLSchema:
    """The executable schema, described in English."""
    built = strawberry.Schema(
        query=Query,
        types=[Studio, Member, Organization, Official, Question, Reply, DutyShift],
        config=StrawberryConfig(scalar_map={datetime: DATE_TIME}),
    )
    schema: GraphQLSchema = built._schema  # noqa: SLF001 - Strawberry hands its graphql-core schema out nowhere else
    schema.directives = (*schema.directives, COST, LIST_SIZE)
    attach_readers(schema)
    return schema
