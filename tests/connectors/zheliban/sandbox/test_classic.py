"""The classic sign-on as wire-formats B2, B4 and F9 say it, asked with forms signed by hand."""

from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs
from xml.etree import ElementTree as ET

import pytest

from connectors.sandbox.app import SandboxApp
from connectors.sandbox.faults import Fault, FaultKind
from connectors.sandbox.world import World
from connectors.zheliban.sandbox import build_sandbox
from connectors.zheliban.settings import ZhelibanSettings
from tests.connectors.zheliban.wire import AK, DIRECT, FORM, NOW, SK, classic_form, over, ticket_of
from tests.connectors.zheliban.wire import classic_asked as asked

IRS_TICKET = "/restapi/prod/IC33000020220228000002/sso/servlet/simpleauth"
IRS_USER = "/restapi/prod/IC33000020220228000004/sso/servlet/simpleauth"


class Clock:
    """A clock that is moved by hand."""

    now = NOW

    def __call__(self) -> float:
        """The time."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """The platform's clock."""
    return Clock()


@pytest.fixture
def made(world: World, clock: Clock) -> Callable[..., SandboxApp]:
    """Makes the platform with some settings of its sandbox."""

    def build(**sandbox: Any) -> SandboxApp:
        settings = ZhelibanSettings.model_validate({"sandbox": sandbox}).with_sandbox()
        return build_sandbox(settings, world, clock=clock)

    return build


async def test_a_ticket_becomes_a_token_and_the_token_a_user(made: Callable[..., SandboxApp], world: World) -> None:
    """B2: the two methods one after the other, with every published field."""
    person = world.citizens[0]
    async with over(made()) as client:
        ticket = await ticket_of(client, person.id, "classic")

        taken = await asked(client, "ticketValidation", st=ticket)
        user = await asked(client, "getUserInfo", token=taken["token"])
        again = await asked(client, "getUserInfo", token=taken["token"])

    assert taken.keys() >= {"result", "errmsg", "token", "userid", "loginname", "username"}
    assert (taken["result"], taken["errmsg"], taken["username"]) == ("0", "成功", person.name)
    assert len(taken["userid"]) == 32
    assert len(ticket) <= 50
    assert user == again
    assert user["userid"] == taken["userid"]
    shown = {"authlevel": "3", "username": person.name, "idtype": "1", "idnum": person.id_number, "useable": "1"}
    assert shown.items() <= user.items()
    published = (
        "userid authlevel username idtype idnum sex nation loginname mobile email postcode birthday country province "
        "city passport permitlicense taiwanlicense officerlicense greencard cakey officeaddress officephone officefax "
        "homeaddress homephone useable orderby headpicture result errmsg"
    )
    assert user.keys() == set(published.split())


async def test_the_answer_is_xml_unless_json_is_asked_for(made: Callable[..., SandboxApp]) -> None:
    """B2, F9: XML by default: flat, UTF-8, with the JSON's names."""
    async with over(made()) as client:
        ticket = await ticket_of(client, "citizen-0001", "classic")
        for datatype in ("xml", "", "JSON"):
            content = classic_form("getUserInfo", at=NOW, token="none", datatype=datatype)
            answer = await client.post(DIRECT, content=content, headers=FORM)
            assert answer.text == (
                '<?xml version="1.0" encoding="UTF-8"?><root><result>6502</result><errmsg>无此令牌</errmsg></root>'
            )
            assert answer.headers["content-type"].startswith("text/xml")
        content = classic_form("ticketValidation", at=NOW, st=ticket, datatype="xml")
        taken = ET.fromstring((await client.post(DIRECT, content=content, headers=FORM)).text)  # noqa: S314 - our own sandbox's

    assert {child.tag for child in taken} >= {"result", "errmsg", "token", "userid", "loginname", "username"}
    assert taken.findtext("result") == "0"


async def test_parameters_may_stand_in_the_query(made: Callable[..., SandboxApp]) -> None:
    """B2: form or query, GET or POST."""
    async with over(made()) as client:
        params = {name: values[0] for name, values in parse_qs(classic_form("x", at=NOW).decode()).items()}
        by_get = await client.get(DIRECT, params=params)
        split = await client.post(DIRECT, params={"method": "getUserInfo", "token": "x"}, data=params | {"method": "x"})

    assert by_get.json() == {"result": "9800", "errmsg": "方法不存在"}
    assert split.json()["result"] == "9800"


async def test_the_published_vector_is_taken_at_its_moment(
    made: Callable[..., SandboxApp], clock: Clock, world: World
) -> None:
    """B2: the sign of the computed vector, at the time it was made for."""
    del world
    clock.now = 1_741_053_784.0
    body = "method=ticketValidation&servicecode=demosvc&time=20250304100304"
    body += "&sign=c8620f9d084a1138804cb950ade0d2b9&st=demo-ticket-0001-ticket&datatype=json"
    async with over(made()) as client:
        answer = await client.post(DIRECT, content=body.encode(), headers=FORM)

    assert answer.json()["result"] == "6002"


async def test_tickets_are_used_once_and_end(made: Callable[..., SandboxApp], clock: Clock) -> None:
    """B2, E2, F9: used or unknown 6002, ended 6001; a token ends with 6501."""
    async with over(made()) as client:
        used, late, held = [await ticket_of(client, "citizen-0001", "classic") for _ in range(3)]
        token = (await asked(client, "ticketValidation", st=held))["token"]

        first = await asked(client, "ticketValidation", st=used)
        second = await asked(client, "ticketValidation", st=used)
        clock.now += 300
        ended = await asked(client, "ticketValidation", at=clock.now, st=late)
        clock.now += 7200
        token_ended = await asked(client, "getUserInfo", at=clock.now, token=token)

    assert [each["result"] for each in (first, second, ended, token_ended)] == ["0", "6002", "6001", "6501"]


async def test_another_forms_ticket_is_none_of_this(made: Callable[..., SandboxApp]) -> None:
    """B1: a unified ticket cannot be handed in here."""
    async with over(made()) as client:
        unified = await ticket_of(client, "citizen-0001", "uc")

        assert (await asked(client, "ticketValidation", st=unified))["result"] == "6002"


async def test_through_irs_the_pair_signs_twice(made: Callable[..., SandboxApp]) -> None:
    """B4: servicecode and servicepwd are AK and SK, each method has its component."""
    pair = {"code": AK, "password": SK}
    async with over(made()) as client:
        ticket = await ticket_of(client, "citizen-0001", "classic")

        wrong_component = await asked(client, "getUserInfo", IRS_TICKET, token="x", **pair)
        direct_pair = await asked(client, "ticketValidation", IRS_TICKET, st=ticket)
        taken = await asked(client, "ticketValidation", IRS_TICKET, st=ticket, **pair)
        user = await asked(client, "getUserInfo", IRS_USER, token=taken["token"], **pair)
        around = await asked(client, "getUserInfo", token=taken["token"])
        unsigned = await client.post(IRS_TICKET, content=classic_form("ticketValidation", at=NOW, **pair), headers=FORM)

    assert [wrong_component["result"], direct_pair["result"], taken["result"], user["result"]] == [
        "9800",
        "9900",
        "0",
        "0",
    ]
    assert around["result"] == "6504"
    assert (unsigned.status_code, unsigned.json()) == (401, {"message": "Invalid signature"})


async def test_a_ticket_of_another_registration_stays_good(
    made: Callable[..., SandboxApp], settings: ZhelibanSettings
) -> None:
    """B2 6003: a ticket that a page gave to one registration is not the other's, and is not used up by its try."""
    async with over(made()) as client:
        page = {"action": "ssoLogin", "servicecode": AK, "goto": "s", "person": "citizen-0001"}
        back = await client.post("/sso/usp.do", data=page)
        ticket = parse_qs(back.headers["location"].partition("?")[2])["ticket"][0]

        foreign = await asked(client, "ticketValidation", st=ticket)
        own = await asked(client, "ticketValidation", IRS_TICKET, st=ticket, code=AK, password=SK)

    assert back.headers["location"].startswith(settings.callback_url)
    assert (foreign["result"], own["result"]) == ("6003", "0")


async def test_codes_may_be_numbers(made: Callable[..., SandboxApp]) -> None:
    """B2: result is documented as string, and clients are known to read a number."""
    async with over(made(simple_numbers=True)) as client:
        ticket = await ticket_of(client, "citizen-0001", "classic")
        taken = await asked(client, "ticketValidation", st=ticket)
        user = await asked(client, "getUserInfo", token=taken["token"])

    assert taken["result"] == 0
    assert (user["authlevel"], user["useable"], user["idnum"][:6]) == (3, 1, "000000")


@pytest.mark.parametrize(
    ("person", "level", "useable"),
    [("citizen-0001", "3", "1"), ("citizen-0003", "2", "1"), ("citizen-0010", "1", "1"), ("citizen-0050", "1", "2")],
)
async def test_people_are_of_every_level(
    made: Callable[..., SandboxApp], person: str, level: str, useable: str
) -> None:
    """B2: levels 1 to 3, and accounts that are not active; at level 1 the name is there all the same."""
    async with over(made()) as client:
        taken = await asked(client, "ticketValidation", st=await ticket_of(client, person, "classic"))
        user = await asked(client, "getUserInfo", token=taken["token"])

    assert (user["authlevel"], user["useable"], bool(user["username"])) == (level, useable, True)


async def test_ended_tokens_and_the_clock_are_faults(made: Callable[..., SandboxApp]) -> None:
    """F2: expired_token fails every token; clock moves what times are compared with."""
    app = made()
    async with over(app) as client:
        token = (await asked(client, "ticketValidation", st=await ticket_of(client, "citizen-0001", "classic")))[
            "token"
        ]

        app.faults.put(Fault(FaultKind.EXPIRED_TOKEN))
        ended = await asked(client, "getUserInfo", token=token)
        app.faults.put(Fault(FaultKind.CLOCK, ms=400_000))
        stale = await asked(client, "getUserInfo", token=token)
        app.faults.clear()
        well = await asked(client, "getUserInfo", token=token)

    assert [ended["result"], stale["result"], well["result"]] == ["6501", "9902", "0"]


@pytest.mark.parametrize(
    ("datatype", "expected"),
    [
        ("?datatype=json", '{"result":"9999","errmsg":"系统异常"}'),
        (
            "",
            '<?xml version="1.0" encoding="UTF-8"?><root><result>9999</result><errmsg>系统异常</errmsg></root>',
        ),
    ],
)
async def test_its_own_way_to_fail(made: Callable[..., SandboxApp], datatype: str, expected: str) -> None:
    """E5: the fault failure_envelope is an answer in this interface's form."""
    app = made()
    app.faults.put(Fault(FaultKind.FAILURE_ENVELOPE))
    async with over(app) as client:
        assert (await client.post(DIRECT + datatype)).text == expected


async def test_its_own_way_to_fail_goes_by_the_form(made: Callable[..., SandboxApp]) -> None:
    """E5, B2: who asks for JSON in the form is told of a failure in JSON."""
    app = made()
    app.faults.put(Fault(FaultKind.FAILURE_ENVELOPE))
    async with over(app) as client:
        failed = await asked(client, "getUserInfo", token="t")

    assert failed == {"result": "9999", "errmsg": "系统异常"}


async def test_a_wrong_clock_does_not_shorten_tickets(made: Callable[..., SandboxApp]) -> None:
    """F2: a platform whose clock is an hour off gives out and ends tickets and tokens by the same clock."""
    app = made()
    async with over(app) as client:
        for hours in (1, -1):
            ticket = await ticket_of(client, "citizen-0001", "classic")
            app.faults.put(Fault(FaultKind.CLOCK, ms=hours * 3_600_000))

            taken = await asked(client, "ticketValidation", st=ticket, at=NOW + hours * 3600)

            assert taken["result"] == "0"
