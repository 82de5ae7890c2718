"""The limits of a document's structure, in their order: before validation, which some of them protect."""

from collections.abc import Callable, Sequence

from graphql import DocumentNode, GraphQLError

from gateway.limits.counts import check_aliases, check_directives, check_fragments
from gateway.limits.depth import check_depth
from gateway.limits.fields import check_fields, check_root_fields
from gateway.limits.introspection import check_introspection
from gateway.limits.literals import check_literals
from gateway.limits.outline import Outline
from gateway.limits.repeats import check_repeats
from gateway.limits.settings import LimitSettings

CHECKS: Sequence[Callable[[Outline, LimitSettings], None]] = (
    check_depth,
    check_fragments,
    check_root_fields,
    check_aliases,
    check_directives,
    check_literals,
    check_repeats,
    check_fields,
    check_introspection,
)


def check_structure(document: DocumentNode, limits: LimitSettings) -> GraphQLError | None:
    """The first limit the document goes beyond, with its code and place; None when it keeps within all.

    Never raises for a document that was parsed, valid or not. Every operation in it is looked at, because the
    document is read and kept before it is known which of them is to run.
    """
    outline = Outline(document)
    try:
        for check in CHECKS:
            check(outline, limits)
    except GraphQLError as refused:
        return refused.with_traceback(None)  # which would keep the whole outline
    return None
