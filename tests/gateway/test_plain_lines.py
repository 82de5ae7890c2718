"""Log lines for people."""

import io

import structlog

from gateway.lines import Lines, current, write_to
from gateway.logs import configure
from gateway.plain_lines import plain


def test_a_line_is_told_in_one_line() -> None:
    """Time, level and event first; a value that could be taken for more stays JSON."""
    line = b'{"event":"slow operation","level":"warning","time":"T","trace_id":"1a","text":"a b=\\n","n":1,"o":""}\n'

    assert plain(line) == b'T WARNING slow operation  trace_id=1a text="a b=\\n" n=1 o=""\n'


def test_what_is_no_json_goes_out_as_it_is() -> None:
    """Nothing is lost for its form."""
    assert plain(b"not ours\n[1]\n") == b"not ours\n[1]\n"


def test_the_whole_log_is_written_so() -> None:
    """Lines about requests and the others alike, where the setting says ``text``."""
    stream = io.BytesIO()
    configure("info", stream, "text")
    current().write(b'{"event":"request","level":"info","status":200,"time":"T"}\n')
    structlog.get_logger().warning("platform failed", platform="invented-there")
    structlog.reset_defaults()
    write_to(Lines(access=False))

    request, failed = stream.getvalue().decode().splitlines()
    assert request == "T INFO    request  status=200"
    assert failed.endswith("WARNING platform failed  platform=invented-there")
