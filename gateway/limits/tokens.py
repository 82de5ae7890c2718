"""How long a document is, in tokens; parsing stops there."""

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, parse

from connectors.refusals import RefusedError
from gateway.limits.settings import LimitSettings

_TOO_LONG = "Syntax Error: Document contains more than "  # graphql-core marks these by their sentences only
_TOO_DEEP = "Syntax Error: Document is nested too deeply."


def parsed(text: str, limits: LimitSettings) -> DocumentNode | GraphQLError:
    """The document; or why it is none, without the parser behind it, as both are kept."""
    try:
        return parse(text, max_tokens=limits.tokens)
    except GraphQLSyntaxError as error:
        if error.message.startswith(_TOO_LONG):
            refused = RefusedError("DOCUMENT_TOO_LONG", most=limits.tokens)
        elif error.message.startswith(_TOO_DEEP):
            refused = RefusedError("DOCUMENT_TOO_DEEP", most=limits.depth)
        else:
            return error.with_traceback(None)
    except RecursionError:
        refused = RefusedError("DOCUMENT_TOO_DEEP", most=limits.depth)
    return GraphQLError(refused.code, original_error=refused)
