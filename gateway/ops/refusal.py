"""What ``/ops`` refuses, as JSON with a stable code and both languages."""

from starlette.responses import Response

from gateway.errors.registry import REGISTRY
from gateway.execution.operation import Language
from gateway.ops.shapes import encoded

NO_STORE = {"Cache-Control": "no-store"}


class OpsRefusedError(Exception):
    """The request is refused; the code's words and status stand in the registry."""

    def __init__(self, code: str, reason: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.reason = reason

    def answer(self) -> Response:
        """As it goes out."""
        entry = REGISTRY[self.code]
        facts = {"reason": self.reason}
        told = {"zh": entry.worded(Language.ZH, facts), "en": entry.worded(Language.EN, facts)}
        body = encoded({"error": {"code": self.code, "retryable": entry.retryable, **told}})
        return Response(body, entry.request_status, NO_STORE, "application/json")
