"""Request parameters, from a JSON body or from the address (GraphQL over HTTP, "Request Parameters"). No I/O."""

from typing import Any
from urllib.parse import parse_qsl

import msgspec

from gateway.execution.operation import GraphQLRequest
from gateway.http.refusal import RequestRefusedError
from gateway.http.settings import EdgeSettings
from gateway.persisted.finding import PERSISTED, NamedRequest

_NAMES = ("query", "operationName", "variables", "extensions", "documentId")
_MOST_FIELDS = 64
_SHORT = 10**19  # shorter than any limit that may be set
_TOKENS = frozenset({"access_token", "token", "authorization"})


class _Body(msgspec.Struct, rename="camel"):
    """A well-formed body; what names it calls else is passed over."""

    query: str
    operation_name: str | None = None
    variables: dict[str, Any] | None = None
    extensions: dict[str, Any] | None = None
    document_id: str | None = None


Asked = GraphQLRequest | NamedRequest
"""A request as it was sent: with its text, or with a name of it."""
_decode_body = msgspec.json.Decoder(_Body).decode


def request_from_body(body: bytes, settings: EdgeSettings) -> Asked:
    """Read a POST's body. Raises ``RequestRefusedError``; unknown keys are left alone, as the specification asks."""
    try:
        read = _decode_body(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return _request_or_why_not(body, settings)
    for value in (read.variables, read.extensions):
        if value and not _is_flat(value):
            _check(value, settings)
    if read.document_id is not None:
        raise RequestRefusedError("BAD_PARAMETER", parameter="documentId")
    return GraphQLRequest(read.query, read.operation_name or None, read.variables, read.extensions)


def _request_or_why_not(body: bytes, settings: EdgeSettings) -> Asked:
    """Read a body again, key by key: one without a text, or to say what is wrong with it."""
    document = _decoded(body, settings)
    if isinstance(document, list):
        raise RequestRefusedError("BATCHING_NOT_OFFERED")
    if not isinstance(document, dict):
        raise RequestRefusedError("BAD_JSON")
    return _request(document, settings)


def request_from_address(fields: dict[str, str], settings: EdgeSettings) -> Asked:
    """Read a GET's fields, where variables and extensions are JSON and what is optional and empty is absent."""
    given: dict[str, Any] = {name: fields[name] for name in _NAMES if fields.get(name)}
    for name in ("variables", "extensions"):
        if name in given:
            given[name] = _decoded(given[name].encode(), settings)
    if "query" in fields:
        given["query"] = fields["query"]
    return _request(given, settings)


def fields_of(query_string: bytes, settings: EdgeSettings) -> dict[str, str]:
    """Split the address's query part, once for each name.

    Refuses access tokens in it even where they would change nothing: they have reached logs by then (RFC 6750
    section 5.3), and whoever sends them should learn so.
    """
    if not query_string:
        return {}
    if len(query_string) > settings.max_address_bytes:
        raise RequestRefusedError("ADDRESS_TOO_LONG", most=settings.max_address_bytes)
    try:
        text = query_string.decode("utf-8")
        pairs = parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except ValueError as error:
        raise RequestRefusedError("BAD_QUERY_STRING") from error
    fields: dict[str, str] = {}
    for name, value in pairs:
        if name.lower() in _TOKENS:
            raise RequestRefusedError("TOKEN_IN_ADDRESS")
        if name in fields and name in _NAMES:
            raise RequestRefusedError("DUPLICATE_PARAMETER", parameter=name)
        fields[name] = value
    return fields


def _request(given: dict[str, Any], settings: EdgeSettings) -> Asked:
    query, name, variables, extensions, document = (given.get(name) for name in _NAMES)
    _check_names(query, document, extensions)
    if name is not None and not isinstance(name, str):
        raise RequestRefusedError("BAD_PARAMETER", parameter="operationName")
    for parameter, value in (("variables", variables), ("extensions", extensions)):
        if value is not None and not isinstance(value, dict):
            raise RequestRefusedError("BAD_PARAMETER", parameter=parameter)
        _check(value, settings)
    if query is None:
        return NamedRequest(document, name or None, variables, extensions)
    return GraphQLRequest(query, name or None, variables, extensions)


def _check_names(query: Any, document: Any, extensions: Any) -> None:
    """A text, or a name of one in its place: its id, or the hash in the extensions."""
    if document is not None and (not isinstance(document, str) or query is not None):
        raise RequestRefusedError("BAD_PARAMETER", parameter="documentId")
    named = document is not None or (isinstance(extensions, dict) and extensions.get(PERSISTED) is not None)
    if not isinstance(query, str) and (query is not None or not named):
        raise RequestRefusedError("BAD_PARAMETER", parameter="query")


def _decoded(text: bytes, settings: EdgeSettings) -> Any:
    try:
        return msgspec.json.decode(text)
    except RecursionError as error:
        raise RequestRefusedError("JSON_TOO_DEEP", most=settings.max_json_depth) from error
    except msgspec.ValidationError as error:  # JSON by its grammar, but no number we can hold
        raise RequestRefusedError("NUMBER_TOO_LONG", most=settings.max_number_digits) from error
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise RequestRefusedError("BAD_JSON") from error


def _is_flat(value: dict[str, Any]) -> bool:
    """Whether there is nothing in it to look at further: as a rule, so this costs a step a value."""
    for item in value.values():
        kind = type(item)
        if kind is dict or kind is list or (kind is int and not -_SHORT < item < _SHORT):
            return False
    return True


def _check(value: Any, settings: EdgeSettings) -> None:
    """Bound depth and numbers of what was decoded, without recursion: whoever walks it later may recurse."""
    longest = 10**settings.max_number_digits
    level, depth = [value], 0
    while level:
        if depth > settings.max_json_depth:
            raise RequestRefusedError("JSON_TOO_DEEP", most=settings.max_json_depth)
        deeper: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                deeper.extend(item.values())
            elif isinstance(item, list):
                deeper.extend(item)
            elif isinstance(item, int) and abs(item) >= longest:
                raise RequestRefusedError("NUMBER_TOO_LONG", most=settings.max_number_digits)
        level, depth = deeper, depth + 1
