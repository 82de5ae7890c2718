"""How the sandbox refuses: ``application/problem+json`` (RFC 9457) with the contract's codes."""

from collections.abc import Mapping
from http import HTTPStatus

from starlette.responses import JSONResponse, Response


class ProblemError(Exception):
    """A call that is refused; becomes the answer."""

    def __init__(self, status: HTTPStatus, code: str, detail: str, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.detail = detail
        self.headers = headers

    def response(self) -> Response:
        """The problem as it goes out."""
        body = {
            "type": "about:blank",
            "title": self.status.phrase,
            "status": int(self.status),
            "detail": self.detail,
            "code": self.code,
        }
        return JSONResponse(body, self.status, self.headers, "application/problem+json")


def rejected(code: str, detail: str) -> ProblemError:
    """The input is not what the contract allows."""
    return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, code, detail)
