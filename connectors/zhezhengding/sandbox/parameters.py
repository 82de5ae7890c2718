"""What a request carries, as the platform reads it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, TypeVar
from urllib.parse import parse_qsl

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request

from connectors.zhezhengding.sandbox.envelopes import FailedError

T = TypeVar("T")

MISSING_PARAMETER = "MFH-B003-02-16-0002"
TOO_MANY = "MFH-B003-02-16-0004"
BAD_PARAMETER = "MFH-B003-02-16-0005"
_FORM, _MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
_DEFAULT_PAGE_SIZE = 20
_MOST_DIGITS = 9  # a larger number is above every page


async def pairs_of(request: Request) -> list[tuple[str, str]]:
    """Every parameter in the order of the wire: those of the address, and of the body where it is a form.

    Both count, so that nothing can be added beside what is signed. A file is no parameter (A2.1 rule 5); a text that
    stands both in the address and as a part, as the official SDK sends them, counts once.
    """
    pairs = parse_qsl(request.url.query, keep_blank_values=True)
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and media_type == _FORM:
        pairs += parse_qsl((await request.body()).decode("utf-8", "replace"), keep_blank_values=True)
    if request.method == "POST" and media_type == _MULTIPART:
        pairs += [part for part in await _texts(request) if part not in pairs]
    return pairs


async def form_of(request: Request) -> FormData:
    """The parts of a multipart body, read once; none where it cannot be read, and then the gate says what is wrong."""
    if not hasattr(request.state, "form"):
        try:
            request.state.form = await request.form()
        except HTTPException as error:
            if error.status_code != HTTPStatus.BAD_REQUEST:
                raise
            request.state.form = FormData()
    form: FormData = request.state.form
    return form


async def _texts(request: Request) -> list[tuple[str, str]]:
    return [(name, value) for name, value in (await form_of(request)).multi_items() if isinstance(value, str)]


class Parameters:
    """A request's parameters by name; blank ones count as missing."""

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self._values: dict[str, list[str]] = {}
        for key, value in pairs:
            if value.strip():
                self._values.setdefault(key, []).append(value)

    def values(self) -> Mapping[str, Sequence[str]]:
        """All of them, by name."""
        return self._values

    def get(self, name: str, default: str = "") -> str:
        """The first value."""
        return self._values.get(name, [default])[0]

    def required(self, name: str) -> str:
        """The first value; raises ``FailedError`` when there is none."""
        if name not in self._values:
            raise FailedError(MISSING_PARAMETER, f"{name} is required")
        return self._values[name][0]

    def codes(self, name: str, most: int) -> list[str]:
        """All values of a repeated key; raises ``FailedError`` when there is none or more than the platform takes."""
        self.required(name)
        codes = self._values[name]
        if len(codes) > most:
            raise FailedError(TOO_MANY, f"{name} takes at most {most}")
        return codes

    def renamed(self, name: str, other: str) -> "Parameters":
        """The same parameters, one of them under another name."""
        pairs = [(other if key == name else key, value) for key, values in self._values.items() for value in values]
        return Parameters(pairs)

    def flag(self, name: str, default: bool) -> bool:  # noqa: FBT001 - as the parameter is
        """A boolean, ``true`` or ``false``; raises ``FailedError`` for anything else."""
        value = self.get(name)
        if value not in {"", "true", "false"}:
            raise FailedError(BAD_PARAMETER, f"{name} is no boolean")
        return default if not value else value == "true"

    def listed(self, name: str, most: int) -> list[str]:
        """The values of a comma-joined string, blanks left out; fails as ``codes`` does."""
        values = [value.strip() for value in self.required(name).split(",") if value.strip()]
        if len(values) > most:
            raise FailedError(TOO_MANY, f"{name} takes at most {most}")
        return values

    def page(self, largest: int) -> "PageRequest":
        """Which page (wire-formats A5): from 1, 20 rows unless told, never more than ``largest``."""
        size = _number(self.get("pageSize"), _DEFAULT_PAGE_SIZE)
        number = max(1, _number(self.get("pageNo"), 1))
        with_total = self.get("returnTotalSize") == "true"
        return PageRequest(number, min(size, largest) if size > 0 else _DEFAULT_PAGE_SIZE, with_total)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """A page asked for."""

    number: int
    size: int
    with_total: bool

    def rows(self, everything: Sequence[T]) -> Sequence[T]:
        """The rows on this page."""
        return everything[(self.number - 1) * self.size : self.number * self.size]

    def facts(self, everything: Sequence[Any]) -> dict[str, int]:
        """What ``content`` says beside the rows."""
        total = {"totalSize": len(everything)} if self.with_total else {}
        return {"currentPage": self.number, "pageSize": self.size} | total


def _number(text: str, default: int) -> int:
    digits = text.removeprefix("-")
    if not (digits.isascii() and digits.isdigit()):
        return default
    size = int(digits) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
    return -size if text.startswith("-") else size
