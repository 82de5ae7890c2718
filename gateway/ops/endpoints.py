"""The addresses of the picture: whole, as events, its public part, and the acts."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from auth.bodies import BodyError, read_body
from auth.store import StoreUnavailableError
from gateway.ops.acting import Who, decoded
from gateway.ops.entrance import Entrance
from gateway.ops.events import Events
from gateway.ops.refusal import NO_STORE, OpsRefusedError
from gateway.ops.shapes import encoded
from gateway.ops.station import Station

_PUBLIC = {"Cache-Control": "public, max-age=2"}


class OpsEndpoints:
    """One per process."""

    def __init__(self, station: Station, entrance: Entrance) -> None:
        self._station = station
        self._entrance = entrance
        self._events = Events(station, entrance)
        self._public: tuple[int, bytes] = (-1, b"")

    def routes(self) -> list[Route]:
        """The routes."""
        return [
            Route("/ops/picture", self.picture, methods=["GET"]),
            Route("/ops/events", self.events, methods=["GET"]),
            Route("/ops/acts", self.acts, methods=["POST"]),
            Route("/status/picture", self.public, methods=["GET"]),
        ]

    async def picture(self, request: Request) -> Response:
        """Everything, for operators."""
        try:
            await self._entrance.operator(request)
        except OpsRefusedError as error:
            return error.answer()
        return Response(encoded(self._station.picture()), headers=NO_STORE, media_type="application/json")

    async def events(self, request: Request) -> Response:
        """The same again and again, as it changes."""
        try:
            await self._entrance.operator(request)
            return self._events.answer(request)
        except OpsRefusedError as error:
            return error.answer()

    async def acts(self, request: Request) -> Response:
        """Do something, and answer the picture as it is then."""
        try:
            operator = await self._entrance.acting(request)
            wanted = decoded(await read_body(request, "application/json"))
            await self._station.acting.act(wanted, Who(operator.name, operator.person_id))
        except BodyError:
            return OpsRefusedError("OPERATOR_ACT_UNKNOWN", "application/json").answer()
        except StoreUnavailableError:
            return OpsRefusedError("OPERATOR_STORE_AWAY").answer()
        except OpsRefusedError as error:
            return error.answer()
        self._station.look()
        return Response(encoded(self._station.picture()), headers=NO_STORE, media_type="application/json")

    async def public(self, _: Request) -> Response:
        """What everybody may know; put together once a look, however many ask."""
        turn = self._station.turned.count
        if self._public[0] != turn:
            self._public = turn, encoded(await self._station.public())
        return Response(self._public[1], headers=_PUBLIC, media_type="application/json")
