"""Takes the parameters of a request from where they stand: the body of a POST, the address of a GET."""

from starlette.types import Receive, Scope

from gateway.http.body import body_of
from gateway.http.content import check_content
from gateway.http.cors import Cors
from gateway.http.cross_site import check_asked_first
from gateway.http.headers import Headers
from gateway.http.parameters import Asked, fields_of, request_from_address, request_from_body
from gateway.http.refusal import RequestRefusedError
from gateway.http.settings import EdgeSettings


class Asking:
    """One per process."""

    def __init__(self, settings: EdgeSettings, cors: Cors) -> None:
        self._settings = settings
        self._cors = cors

    async def request_in(self, scope: Scope, headers: Headers, receive: Receive) -> Asked:
        """The request's parameters. Raises ``RequestRefusedError``, ``ClientGoneError``."""
        settings = self._settings
        if scope["method"] not in ("GET", "POST"):
            raise RequestRefusedError("METHOD_NOT_ALLOWED", ((b"allow", b"GET, POST"),))
        fields = fields_of(scope["query_string"], settings)
        if scope["method"] == "GET":
            may_read = await self._cors.may_read(headers.sole("origin"), None)
            check_asked_first(headers, everyone=settings.csrf_prevention == "everyone", may_read=may_read)
            return request_from_address(fields, settings)
        check_content(headers)
        seconds = settings.body_timeout_ms / 1000
        return request_from_body(
            await body_of(headers, receive, most=settings.max_body_bytes, seconds=seconds), settings
        )
