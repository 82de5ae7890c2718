"""A request's body that is worked on while it arrives, bounded in size and time."""

from collections.abc import Callable

from starlette.types import Receive

from gateway.http.body import announced_length, next_piece
from gateway.http.headers import Headers
from gateway.http.refusal import CLOSE, RequestRefusedError
from gateway.http.within import Within


class BodyStream:
    """One request's; ``ended`` once nothing of it is left unread."""

    def __init__(self, headers: Headers, receive: Receive) -> None:
        self._headers = headers
        self._receive = receive
        self.ended = False

    async def feed(self, take: Callable[[bytes], None], *, most: int, seconds: float) -> None:
        """Hand every piece to ``take``, which may refuse it.

        Raises:
            RequestRefusedError: BODY_TOO_LARGE, by its length or by what came; BODY_TOO_SLOW.
            ClientGoneError: the caller hung up midway.
        """
        if announced_length(self._headers) > most:
            raise RequestRefusedError("BODY_TOO_LARGE", most=most)
        size = 0
        try:
            with Within(seconds):
                while not self.ended:
                    piece, more = await next_piece(self._receive)
                    self.ended = not more
                    size += len(piece)
                    if size > most:
                        raise RequestRefusedError("BODY_TOO_LARGE", most=most)
                    take(piece)
        except TimeoutError as error:
            raise RequestRefusedError("BODY_TOO_SLOW", seconds=max(1, round(seconds))) from error

    def abandoned(self) -> tuple[tuple[bytes, bytes], ...]:
        """Headers of an answer before the end: the connection closes then."""
        return () if self.ended else CLOSE
