import pytest

from connectors.refusals import RefusedError
from gateway.execution.operation import GraphQLRequest
from gateway.http.parameters import fields_of, request_from_address
from gateway.http.settings import EdgeSettings

SETTINGS = EdgeSettings(max_address_bytes=1024)


def read(query_string: bytes) -> GraphQLRequest:
    """As the endpoint reads a GET."""
    return request_from_address(fields_of(query_string, SETTINGS), SETTINGS)


def test_empty_optional_fields_are_absent() -> None:
    """In an address, empty means absent, but for the query; unknown names mean nothing."""
    assert read(b"query=&operationName=&variables=&extensions=&x=1&x=2") == GraphQLRequest("")


def test_null_as_a_name_is_a_name() -> None:
    """The draft's own example: ``operationName=null`` names the operation "null"; JSON's null is null."""
    assert read(b"query=a&operationName=null&variables=null") == GraphQLRequest("a", "null")


def test_form_encoding_is_read() -> None:
    """Plus is a space and percent escapes are UTF-8."""
    assert read(b"query=%7B+%E5%8F%B0+%7D").query == "{ 台 }"


@pytest.mark.parametrize(
    ("query_string", "code"),
    [
        (b"", "BAD_PARAMETER"),
        (b"operationName=a", "BAD_PARAMETER"),
        (b"query=a&variables=[1]", "BAD_PARAMETER"),
        (b"query=a&extensions=1", "BAD_PARAMETER"),
        (b"query=a&variables={", "BAD_JSON"),
        (b"query=a&query=a", "DUPLICATE_PARAMETER"),
        (b"query=a&variables=&variables={}", "DUPLICATE_PARAMETER"),
        (b"query=%ff", "BAD_QUERY_STRING"),
        (b"query=\xff", "BAD_QUERY_STRING"),
        (b"&".join(b"x=%d" % n for n in range(100)), "BAD_QUERY_STRING"),
        (b"query=a&access_token=b", "TOKEN_IN_ADDRESS"),
        (b"query=" + b"a" * 1024, "ADDRESS_TOO_LONG"),
    ],
)
def test_an_address_that_is_no_request_is_refused(query_string: bytes, code: str) -> None:
    """Each way of being malformed has its code."""
    with pytest.raises(RefusedError) as refusal:
        read(query_string)

    assert refusal.value.code == code
