"""Reads the parameters of the studio service as strictly as ``contract/`` says."""

import re
from collections.abc import Collection
from enum import Enum
from typing import TypeVar

from starlette.requests import Request

E = TypeVar("E", bound=Enum)
MISSING = "STUDIO-PARAMETER-MISSING"
INVALID = "STUDIO-PARAMETER-INVALID"
TOO_MANY_KEYS = "STUDIO-TOO-MANY-KEYS"
CURSOR_INVALID = "STUDIO-CURSOR-INVALID"
_KEY = re.compile(r"[A-Za-z0-9_.-]{1,64}")
_ACCOUNT = re.compile(r"[A-Za-z0-9_.-]{1,128}")
_REGION = re.compile(r"[0-9]{6}")
_FIRST = re.compile(r"[1-9][0-9]?|100")
_MOST_KEYS = 100


class ParameterError(Exception):
    """A parameter the contract does not allow; ``code`` is the envelope's."""

    def __init__(self, code: str, name: str) -> None:
        super().__init__(name)
        self.code = code


class Parameters:
    """The query of one request; every method raises ``ParameterError``."""

    def __init__(self, request: Request, known: Collection[str]) -> None:
        pairs = request.query_params.multi_items()
        self._values = dict(pairs)
        if len(pairs) != len(self._values):
            raise ParameterError(INVALID, "given twice")
        for name in self._values:
            if name not in known:
                raise ParameterError(INVALID, "no such parameter")

    def keys(self, name: str) -> list[str]:
        """Comma-joined keys, at most 100, each told once."""
        values = self._required(name).split(",")
        if len(values) > _MOST_KEYS:
            raise ParameterError(TOO_MANY_KEYS, name)
        if not all(_KEY.fullmatch(value) for value in values):
            raise ParameterError(INVALID, name)
        return list(dict.fromkeys(values))

    def first(self) -> int:
        """How many rows, 1 to 100."""
        value = self._required("first")
        if not _FIRST.fullmatch(value):
            raise ParameterError(INVALID, "first")
        return int(value)

    def cursor(self) -> str | None:
        """The cursor, not read yet."""
        return self._values.get("after")

    def flag(self, name: str) -> bool | None:
        """True, false or not said."""
        value = self._values.get(name)
        if value not in (None, "true", "false"):
            raise ParameterError(INVALID, name)
        return None if value is None else value == "true"

    def member(self, name: str) -> str | None:
        """The key of a member."""
        return self._matching(name, _KEY)

    def account(self, name: str) -> str | None:
        """An account of the citizen app."""
        return self._matching(name, _ACCOUNT)

    def required_account(self, name: str) -> str:
        """An account that must be given."""
        self._required(name)
        return self.account(name) or ""

    def region(self, name: str) -> str | None:
        """A GB/T 2260 code."""
        return self._matching(name, _REGION)

    def choice(self, name: str, kind: type[E]) -> E | None:
        """One of an enumeration's values."""
        return self._chosen(name, kind) if name in self._values else None

    def required_choice(self, name: str, kind: type[E]) -> E:
        """One of an enumeration's values, which must be given."""
        self._required(name)
        return self._chosen(name, kind)

    def _chosen(self, name: str, kind: type[E]) -> E:
        try:
            return kind(self._values[name])
        except ValueError as error:
            raise ParameterError(INVALID, name) from error

    def _required(self, name: str) -> str:
        value = self._values.get(name)
        if not value:
            raise ParameterError(MISSING, name)
        return value

    def _matching(self, name: str, form: re.Pattern[str]) -> str | None:
        value = self._values.get(name)
        if value is not None and not form.fullmatch(value):
            raise ParameterError(INVALID, name)
        return value
