"""How the sandbox refuses: ``application/problem+json`` (RFC 9457) with the contract's codes."""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response


class ProblemError(Exception):
    """A call that is refused; becomes the answer. ``more`` are members of the problem besides the usual ones."""

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        detail: str,
        headers: Mapping[str, str] | None = None,
        more: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers
        self.more = more or {}

    def response(self) -> Response:
        """The problem as it goes out."""
        body = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
        }
        return JSONResponse(body | dict(self.more), self.status, self.headers, "application/problem+json")


def rejected(code: str, detail: str) -> ProblemError:
    """The input is not what the contract allows (422)."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail)


def not_found(detail: str) -> ProblemError:
    """What is written about does not exist (404)."""
    return ProblemError(HTTPStatus.NOT_FOUND, "NOT_FOUND", detail)


def not_allowed(detail: str) -> ProblemError:
    """The acting person may not do that (403)."""
    return ProblemError(HTTPStatus.FORBIDDEN, "ACTOR_NOT_ALLOWED", detail)


def conflict(code: str, detail: str) -> ProblemError:
    """Its state does not allow that (409)."""
    return ProblemError(HTTPStatus.CONFLICT, code, detail)


def forbidden_move(state: str, wanted: str, allowed: Iterable[str]) -> ProblemError:
    """A transition the state tables do not have (409); tells those they do (domain-terms)."""
    told = f"{state} cannot become {wanted}"
    return ProblemError(HTTPStatus.CONFLICT, "FORBIDDEN_TRANSITION", told, more={"allowed": sorted(allowed)})


async def failed(_: Request) -> Response:
    """The platform's own way to say that it failed (503)."""
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "UNAVAILABLE", "please try again later").response()
