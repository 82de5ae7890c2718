"""Builds the schema once, from the types; and prints it in either language."""

from datetime import date, datetime
from functools import lru_cache

import strawberry
from graphql import GraphQLSchema
from strawberry.schema.config import StrawberryConfig

from schema.costs import COST, LIST_SIZE
from schema.deprecations import attach_deprecations
from schema.directives import as_specified
from schema.federation import REPRESENTATION, Representation
from schema.fields import attach_words
from schema.further import attach_value_words, with_further_roots
from schema.member import Member
from schema.mutation import Mutation
from schema.official import Official
from schema.organization import Organization
from schema.query import Query
from schema.question import Question, Reply
from schema.reading import attach_readers
from schema.scalars import DATE, DATE_TIME
from schema.shift import DutyShift
from schema.studio import Studio
from schema.subscription import Subscription


@lru_cache(maxsize=1)
def shared_schema() -> GraphQLSchema:
    """The process's one schema, which nobody changes."""
    return build_schema()


def build_schema() -> GraphQLSchema:
    """The executable schema, described in English; a new one, that may be changed."""
    built = strawberry.Schema(
        query=with_further_roots(Query),
        mutation=Mutation,
        subscription=Subscription,
        types=[Studio, Member, Organization, Official, Question, Reply, DutyShift],
        config=StrawberryConfig(scalar_map={datetime: DATE_TIME, date: DATE, Representation: REPRESENTATION}),
    )
    schema: GraphQLSchema = built._schema  # noqa: SLF001 - Strawberry hands its graphql-core schema out nowhere else
    schema.directives = (*schema.directives, COST, LIST_SIZE)
    attach_words(schema)
    attach_value_words(schema)
    attach_readers(schema)
    attach_deprecations(schema)
    return as_specified(schema)
