"""How a service of ours answers: parameters or a body in, the envelope out, whatever was sent."""

from collections.abc import Callable, Collection
from typing import Any, TypeVar

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from connectors.lenient import NOT_THE_FORM
from connectors.sandbox.app import Handler
from connectors.sandbox.paging import BadPlaceError
from connectors.zheliban.sandbox.answers import as_json, failure, success
from connectors.zheliban.sandbox.parameters import CURSOR_INVALID, MISSING, ParameterError, Parameters

B = TypeVar("B", bound=msgspec.Struct)
BODY_INVALID = "BODY-INVALID"
NOT_FOUND = "NOT-FOUND"
NOT_ALLOWED = "NOT-ALLOWED"
MOVE_FORBIDDEN = "MOVE-FORBIDDEN"
WRITE_ID_REUSED = "WRITE-ID-REUSED"


class RefusedError(Exception):
    """The service says no; ``code`` is the envelope's, ``data`` what a caller can go by."""

    def __init__(self, code: str, message: str, data: Any = None) -> None:
        super().__init__(message)
        self.code = code
        self.data = data


class Answering:
    """Makes the handlers of one service; ``word`` stands before each of its codes."""

    def __init__(self, word: str) -> None:
        self._word = word

    def reading(self, read: Callable[[Parameters], Any], known: Collection[str]) -> Handler:
        """A handler that reads; ``read`` answers the envelope's data and may raise ``RefusedError``."""

        async def handle(request: Request) -> Response:
            return self.answer(lambda: success(read(Parameters(request, known))))

        return handle

    def posting(self, do: Callable[[B], Any], shape: type[B]) -> Handler:
        """A handler of a JSON body of that form; what stands in the query besides is refused."""

        async def handle(request: Request) -> Response:
            body = await request.body()
            return self.answer(lambda: success(do(_body_from(request, body, shape))))

        return handle

    def answer(self, made: Callable[[], Response]) -> Response:
        """What comes of it, refusals in the envelope too."""
        try:
            return made()
        except BadPlaceError:
            return self._refusal(CURSOR_INVALID, "参数错误：after")
        except ParameterError as error:
            return self._refusal(error.code, f"参数错误：{error}")
        except RefusedError as error:
            return self._refusal(error.code, str(error), error.data)

    def _refusal(self, code: str, message: str, data: Any = None) -> Response:
        if data is None:
            return failure(f"{self._word}-{code}", message)
        envelope = {"success": False, "errorCode": f"{self._word}-{code}", "errorMsg": message, "data": data}
        return as_json(envelope)


def _body_from(request: Request, body: bytes, shape: type[B]) -> B:
    Parameters(request, ())
    if not body:
        raise ParameterError(MISSING, "body")
    try:
        return msgspec.json.decode(body, type=shape)
    except NOT_THE_FORM as error:
        raise ParameterError(BODY_INVALID, _where(error)) from error


def _where(error: BaseException) -> str:
    """The part of the body that is meant, as msgspec names it."""
    _, _, path = str(error).rpartition(" - at `")
    return path.removesuffix("`") or "body"
