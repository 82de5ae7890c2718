"""A request that HTTP itself refuses, with the headers its status asks for."""

from connectors.refusals import RefusedError


class RequestRefusedError(RefusedError):
    """The whole request is refused; its code's status and words stand in the registry."""

    def __init__(self, code: str, headers: tuple[tuple[bytes, bytes], ...] = (), **facts: str | int) -> None:
        super().__init__(code, **facts)
        self.headers = headers


CLOSE = ((b"connection", b"close"),)
"""For a refusal that leaves part of the request unread."""
