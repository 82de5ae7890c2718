"""The platform over real sockets: what goes wrong there becomes the right error."""

import httpx
import pytest

from connectors.cache import Cache
from connectors.deadline import Deadline
from connectors.errors import PlatformError, TooSlowError, UnexpectedAnswerError, UnreachableError
from connectors.memory import BoundedMemoryCache
from connectors.platform import Connection
from connectors.ports import OfficialSource, SignIn, UnitSource
from connectors.records.identity import TicketForm
from connectors.sandbox.server import serving
from connectors.sandbox.world import World
from connectors.viewer import ANYONE, Ask
from connectors.zhezhengding import ZHEZHENGDING
from connectors.zhezhengding.settings import ZhezhengdingSettings


def source_of(connection: Connection, port: type) -> object:
    """The source that offers a port."""
    return next(source for source in connection.sources if isinstance(source, port))


async def sign_in_error(signin: object, ask: Ask) -> PlatformError:
    """What became of handing in a code."""
    assert isinstance(signin, SignIn)
    with pytest.raises(PlatformError) as caught:
        await signin.sign_in(TicketForm.ZHEZHENGDING_APP, "code", ask)
    return caught.value


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("refuse", UnreachableError),
        ("hang", TooSlowError),
        ("http500", UnexpectedAnswerError),
        ("garbage", UnexpectedAnswerError),
    ],
)
async def test_fault_becomes_its_error_on_every_port(world: World, fault: str, kind: type[PlatformError]) -> None:
    """Refusing, hanging, failing and talking nonsense are told apart; when it is over all is well again."""
    sandbox = ZHEZHENGDING.sandbox(ZhezhengdingSettings().with_sandbox(), world)
    async with serving([(sandbox, 0)]) as ports, httpx.AsyncClient() as control:
        settings = ZhezhengdingSettings(timeout_ms=200 if fault == "hang" else 5000).with_sandbox(port=ports[0])
        connection = ZHEZHENGDING.connect(settings, Cache(BoundedMemoryCache(100)))
        officials, units = source_of(connection, OfficialSource), source_of(connection, UnitSource)
        assert isinstance(officials, OfficialSource)
        assert isinstance(units, UnitSource)
        ask = Ask(ANYONE, Deadline.after(30))

        await control.put(f"{settings.base_url}/sandbox/faults", json={"fault": fault, "operation": None, "ms": 300})
        found = [
            *await officials.load_officials(["GE_1@GO_1"], ask),
            *await officials.load_positions(["GE_1"], ask),
            *await units.load_units(["GO_root"], ask),
            await sign_in_error(source_of(connection, SignIn), ask),
        ]
        await control.delete(f"{settings.base_url}/sandbox/faults")

        assert [type(entry) for entry in found] == [kind] * 4
        assert not any("127.0.0.1" in str(entry) for entry in found)
        await connection.aclose()


async def test_platform_answers_over_sockets(world: World) -> None:
    """The healthy platform, and the control paths beside it, over real sockets."""
    sandbox = ZHEZHENGDING.sandbox(ZhezhengdingSettings().with_sandbox(), world)
    async with serving([(sandbox, 0)]) as ports, httpx.AsyncClient() as control:
        settings = ZhezhengdingSettings().with_sandbox(port=ports[0])
        connection = ZHEZHENGDING.connect(settings, Cache(BoundedMemoryCache(100)))
        units = source_of(connection, UnitSource)
        assert isinstance(units, UnitSource)

        (unit,) = await units.load_units(["GO_zx331000"], Ask(ANYONE, Deadline.after(30)))
        calls = (await control.get(f"{settings.base_url}/sandbox/calls")).json()

        assert unit is not None
        assert not isinstance(unit, PlatformError)
        assert unit.name == "政协台州市委员会"
        assert calls == {"total": 1, "byOperation": {"listOrganizationsByCodes": 1}}
        await connection.aclose()


async def test_nobody_listening_is_unreachable(world: World) -> None:
    """A platform that is down is unreachable; connecting to it was no error."""
    sandbox = ZHEZHENGDING.sandbox(ZhezhengdingSettings().with_sandbox(), world)
    async with serving([(sandbox, 0)]) as ports:
        settings = ZhezhengdingSettings().with_sandbox(port=ports[0])
    connection = ZHEZHENGDING.connect(settings, Cache(BoundedMemoryCache(100)))
    units = source_of(connection, UnitSource)
    assert isinstance(units, UnitSource)

    (unit,) = await units.load_units(["GO_root"], Ask(ANYONE, Deadline.after(30)))

    assert isinstance(unit, UnreachableError)
    await connection.aclose()
