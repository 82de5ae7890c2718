"""What every subject of the sandbox stands on: the gate, and how reads are answered."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.command.settings import CommandSettings
from connectors.irs_signing import IrsKeys
from connectors.sandbox.app import Operation
from connectors.sandbox.contracted.lists import Asked
from connectors.sandbox.contracted.problems import ProblemError, rejected
from connectors.sandbox.irs_gate import IrsGate

Row = dict[str, Any]
_ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Ground:
    """Lives as long as the sandbox."""

    settings: CommandSettings
    gate: IrsGate

    @classmethod
    def of(cls, settings: CommandSettings, clock: Callable[[], float]) -> "Ground":
        """With a gate that takes what those settings sign with."""
        keys = IrsKeys(settings.access_key, settings.secret_key.get_secret_value(), settings.algorithm)
        return cls(settings, IrsGate(keys, [settings.component], skew=settings.max_skew_s, clock=clock))

    def read(self, name: str, path: str, answering: Callable[[Asked], Row], known: Collection[str]) -> Operation:
        """``GET`` that takes the parameters ``known``; ``answering`` raises ``ProblemError``."""

        async def answer(request: Request) -> Response:
            try:
                return _answered(answering(Asked(request, known)))
            except ProblemError as problem:
                return problem.response()

        return Operation(name, ("GET",), self._path(path), self.gate.guarded(answer))

    def post_read(self, name: str, path: str, answering: Callable[[bytes], Row]) -> Operation:
        """``POST`` of JSON that changes nothing; ``answering`` reads the body and raises ``ProblemError``."""

        async def answer(request: Request) -> Response:
            try:
                if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
                    raise rejected("INVALID_BODY", "the body is application/json")
                return _answered(answering(await request.body()))
            except ProblemError as problem:
                return problem.response()

        return Operation(name, ("POST",), self._path(path), self.gate.guarded(answer))

    def elsewhere(self) -> Operation:
        """What IRS says of other components."""
        path = self.settings.path + "/{rest:path}"
        return Operation("elsewhere", _ANY, path, self.gate.guarded(self.gate.elsewhere))

    def _path(self, path: str) -> str:
        return f"{self.settings.path}/{self.settings.component}/api/v1{path}"


def _answered(row: Row) -> Response:
    return Response(msgspec.json.encode(row), media_type="application/json")
