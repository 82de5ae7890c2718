import re

import pytest

from gateway.http.headers import Headers
from gateway.http.trace import trace_id_of

TRACE = "4bf92f3577b34da6a3ce929d0e0e4736"


@pytest.mark.parametrize("form", [f"00-{TRACE}-00f067aa0ba902b7-01", f"01-{TRACE}-00f067aa0ba902b7-01-more"])
def test_a_well_formed_traceparent_is_continued(form: str) -> None:
    """The caller's trace goes on; a later version may carry more behind."""
    assert trace_id_of(Headers([(b"traceparent", form.encode())])) == TRACE


@pytest.mark.parametrize(
    "form",
    [
        f"ff-{TRACE}-00f067aa0ba902b7-01",
        f"00-{'0' * 32}-00f067aa0ba902b7-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"00-{TRACE.upper()}-00f067aa0ba902b7-01",
        f"00-{TRACE}-00f067aa0ba902b7-01-more",
        TRACE,
        "",
    ],
)
def test_any_other_traceparent_starts_a_new_trace(form: str) -> None:
    """What is malformed or all zeros is not continued."""
    made = trace_id_of(Headers([(b"traceparent", form.encode())]))

    assert re.fullmatch("[0-9a-f]{32}", made)
    assert made != TRACE


def test_two_traceparents_are_none() -> None:
    """Nobody can tell which of two is meant."""
    form = f"00-{TRACE}-00f067aa0ba902b7-01".encode()

    assert trace_id_of(Headers([(b"traceparent", form), (b"traceparent", form)])) != TRACE
