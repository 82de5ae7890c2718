"""Logs as JSON lines (structlog), which tell operators what happened and never who asked for what.

Owns their form and what must not be in them: no query text, variables, tokens, addresses of platforms or persons. An
exception is therefore told by its type and the places in the code, without its message, which may quote any of these.
"""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from typing import Any, BinaryIO, cast

import msgspec
import structlog

from connectors.tracing import CURRENT, Span, trace_now
from gateway.lines import Lines, write_to
from gateway.plain_lines import plain
from gateway.repeats import repeats

__all__ = ["configure", "fault_of"]

_PLACES = 12
_LONGEST = 200
_SILENT = ("httpx", "httpcore", "uvicorn.access")  # they name addresses, with what stands behind the question mark
_TOLD = ("opentelemetry", "urllib3")  # that traces cannot be sent is told once, by who sends them
_NOISY = ("uvicorn", "uvicorn.error")  # their own handlers go, their warnings come here


def configure(level: str = "info", stream: BinaryIO | None = None, form: str = "json") -> None:
    """Write lines of ``level`` and above to ``stream`` (standard error when none is given), JSON or ``text``.

    Takes in what libraries say through ``logging`` as well: from ``warning`` up, first line and without values.
    """
    wanted = logging.getLevelNamesMapping()[level.upper()] <= logging.INFO
    lines = Lines(stream or sys.stderr.buffer, access=wanted, form=plain if form == "text" else None)
    write_to(lines)
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True, key="time"),
            _tell_fault,
            repeats,
            _tell_trace,
            structlog.processors.JSONRenderer(serializer=_line),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.BytesLoggerFactory(cast("BinaryIO", lines)),
        cache_logger_on_first_use=False,
    )
    logging.basicConfig(handlers=[_Libraries()], level=logging.WARNING, force=True)
    for name in _NOISY:
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = True
        logger.setLevel(logging.WARNING)
    for name in (*_SILENT, *_TOLD):
        logger = logging.getLogger(name)
        logger.handlers.clear()
        logger.propagate = False
        logger.setLevel(logging.CRITICAL + 1)


def fault_of(error: BaseException) -> dict[str, Any]:
    """What an exception tells the log: its type, the innermost places it passed, and the same of its cause."""
    places: list[str] = []
    trace = error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{trace.tb_frame.f_globals.get('__name__', '?')}.{code.co_name}:{trace.tb_lineno}")
        trace = trace.tb_next
    told: dict[str, Any] = {"type": type(error).__name__, "at": places[-_PLACES:]}
    if error.__cause__ is not None and error.__cause__ is not error:
        told["cause"] = type(error.__cause__).__name__
    return told


def _tell_fault(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Write an exception given as ``exc_info`` or ``fault`` without its message."""
    given = event.pop("exc_info", None) or event.get("fault")
    if given is True:
        given = sys.exc_info()[1]
    if isinstance(given, tuple):
        given = given[1]
    if isinstance(given, BaseException):
        event["fault"] = fault_of(given)
    return event


def _tell_trace(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Say during which request it was, and where in it, if that is traced."""
    trace = trace_now()
    if trace is not None and event.setdefault("trace_id", trace.trace_id) == trace.trace_id:
        at = CURRENT.get()
        if type(at) is Span:
            event["span_id"] = f"{at.span_id:016x}"
    return event


def _line(event: Mapping[str, Any], **_: Any) -> bytes:
    """One line; a value that is no JSON is told by its type, for its text might tell too much."""
    return msgspec.json.encode(event, enc_hook=lambda value: f"<{type(value).__name__}>")


class _Libraries(logging.Handler):
    """Passes on what libraries log."""

    def emit(self, record: logging.LogRecord) -> None:
        """Only the template's first line: the values filled in may be an address or a person."""
        said = str(record.msg).split("\n", 1)[0][:_LONGEST]
        method = "error" if record.levelno >= logging.ERROR else "warning"
        fault = record.exc_info[1] if record.exc_info else None
        more = {} if fault is None else {"fault": fault}
        getattr(structlog.get_logger(), method)(said, logger=record.name, **more)
