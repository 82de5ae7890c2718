"""From what the platform posts to what should be read again (wire-formats A9). Pure."""

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from connectors.lenient import NOT_THE_FORM
from connectors.records.event import Hint, HintKind
from connectors.zhezhengding.events.tags import TAGS

MOST_HINTS = 500
_LONGEST = 64 * 1024
_EMPLOYEE = re.compile(r"GE_[A-Za-z0-9_-]{1,60}")
_ORGANIZATION = re.compile(r"GO_[A-Za-z0-9_-]{1,60}")


def hints_from(form: Mapping[str, str]) -> tuple[Hint, ...]:
    """Read one event.

    The registration probe carries no content, so no hints; nor do unknown tags, content that is none of the three
    forms, codes that are not built like codes, and more than 500 of them: nobody signed any of it.
    """
    kinds = TAGS.get(form.get("eventTag", ""))
    text = form.get("content", "")
    if kinds is None or not text or len(text) > _LONGEST:
        return ()
    try:
        content = msgspec.json.decode(text)
    except (*NOT_THE_FORM, UnicodeError):
        return ()
    found = dict.fromkeys(_hints_in(content))
    return tuple(found) if len(found) <= MOST_HINTS and all(hint.kind in kinds for hint in found) else ()


def _hints_in(content: Any) -> list[Hint]:
    """``employeeCodes``, ``organizationCodes``, or ``infos`` of pairs of the two."""
    if not isinstance(content, dict):
        return []
    rows = [row for row in _list(content.get("infos")) if isinstance(row, dict)]
    employees = [*_list(content.get("employeeCodes")), *(row.get("employeeCode") for row in rows)]
    organizations = [*_list(content.get("organizationCodes")), *(row.get("organizationCode") for row in rows)]
    return [
        *(Hint(kind=HintKind.EMPLOYEE, key=one) for one in employees if _is(one, _EMPLOYEE)),
        *(Hint(kind=HintKind.ORGANIZATION, key=one) for one in organizations if _is(one, _ORGANIZATION)),
    ]


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _is(value: Any, form: re.Pattern[str]) -> bool:
    return isinstance(value, str) and form.fullmatch(value) is not None
