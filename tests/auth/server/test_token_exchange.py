import asyncio

import httpx
import pytest
from starlette.applications import Starlette

from auth.refusals import Refusal
from auth.server import oauth_routes
from connectors.errors import (
    PlatformError,
    RefusedSignatureError,
    TooSlowError,
    UnexpectedAnswerError,
    UnreachableError,
)
from connectors.records.identity import Identity, TicketForm
from connectors.viewer import Role, Scope
from tests.auth.conftest import TICKET_TYPE, Office
from tests.auth.platforms import CHEN_CITIZEN, CHEN_WORK, ID_NUMBER, LIN_CITIZEN, OFFICE, ZHOU_WORK


def claim_refused(answer: httpx.Response, refusal: Refusal) -> None:
    """Claim that an answer is this refusal, in the form of RFC 6749 section 5.2."""
    assert answer.status_code == refusal.status
    assert answer.json() == {
        "error": refusal.code,
        "error_description": refusal.en,
        "error_description_zh": refusal.zh,
    }
    assert answer.headers["cache-control"] == "no-store"


async def test_a_ticket_becomes_a_token(office: Office) -> None:
    """A citizen's ticket is answered with an access token, in the form of RFC 8693."""
    answer = await office.post(office.exchange_form(CHEN_CITIZEN), await office.register())

    body = answer.json()
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["pragma"] == "no-cache"
    assert body.pop("access_token").count(".") == body.pop("id_token").count(".") == 2
    assert body == {
        "issued_token_type": "urn:ietf:params:oauth:token-type:access_token",
        "token_type": "Bearer",
        "expires_in": 600,
        "scope": "graph:read openid",
    }


async def test_a_ticket_is_taken_once(office: Office) -> None:
    """A ticket handed in again, even at the same moment, gives no second token."""
    login, form = await office.register(), office.exchange_form(CHEN_CITIZEN)

    answers = await asyncio.gather(*(office.post(form, login) for _ in range(4)))

    good = [answer for answer in answers if answer.is_success]
    assert len(good) == 1
    for answer in answers:
        if answer not in good:
            claim_refused(answer, Refusal.BAD_TICKET)


async def test_an_unknown_ticket_is_refused(office: Office) -> None:
    """A ticket the platform does not know, and one that its kind does not fit."""
    login = await office.register()
    made_up = await office.post(office.exchange_form(CHEN_CITIZEN, subject_token="made-up"), login)
    other = await office.post(
        office.exchange_form(CHEN_CITIZEN, subject_token_type=TICKET_TYPE + "zhezhengding-app"), login
    )

    claim_refused(made_up, Refusal.BAD_TICKET)
    claim_refused(other, Refusal.BAD_TICKET)


async def test_a_client_hands_in_tickets_of_its_application_only(office: Office) -> None:
    """A foreign kind of ticket is refused before it is used up."""
    citizens_only = await office.register(ticket_forms=[TicketForm.ZHELIBAN_UNIFIED])
    form = office.exchange_form(CHEN_WORK)

    claim_refused(await office.post(form, citizens_only), Refusal.TICKET_NOT_ALLOWED)
    assert (await office.post(form, await office.register())).is_success


@pytest.mark.parametrize(
    "scope",
    ["ops:read", "openid everything", "openid  graph:read", " openid", "openid,graph:read", "openid\tphone", "全部"],
)
async def test_more_than_the_client_may_is_refused_before_the_ticket_is_used(office: Office, scope: str) -> None:
    """A scope that does not exist or that the client is not registered with; the ticket stays good."""
    login = await office.register(scopes=[Scope.OPENID, Scope.PHONE])
    form = office.exchange_form(CHEN_CITIZEN)

    claim_refused(await office.post(form | {"scope": scope}, login), Refusal.BAD_SCOPE)
    assert (await office.post(form, login)).is_success


STAFF, MEMBER, OFFICIAL, CITIZEN, OPS = range(5)
SCOPES_OF_ROLES = [
    ("question:write", {CITIZEN, MEMBER}),
    ("workorder:write", {CITIZEN, MEMBER}),
    ("duty:read", {MEMBER, STAFF}),
    ("duty:write", {MEMBER, STAFF}),
    ("directory:read", {OFFICIAL, MEMBER, STAFF, OPS}),
    ("office:read", {OFFICIAL, STAFF, OPS}),
    ("office:write", {OFFICIAL, STAFF, OPS}),
    ("cockpit:read", {STAFF}),
    ("opinion:read", {STAFF}),
    ("graph:read", {CITIZEN, MEMBER, OFFICIAL, STAFF, OPS}),
    ("openid profile phone", {CITIZEN, MEMBER, OFFICIAL, STAFF, OPS}),
]


@pytest.mark.parametrize(("scope", "allowed"), SCOPES_OF_ROLES, ids=[scope for scope, _ in SCOPES_OF_ROLES])
async def test_a_person_gets_what_their_roles_allow(office: Office, scope: str, allowed: set[int]) -> None:
    """Each scope for those whose roles allow it; for everybody else ``invalid_scope``."""
    login = await office.register()
    office.registry.by_id_number[ID_NUMBER] = "m-1"
    office.book.posts["GE_staff"] = [(OFFICE, OFFICE)]
    await office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_ops")
    people = {
        CITIZEN: LIN_CITIZEN,
        MEMBER: CHEN_CITIZEN,
        OFFICIAL: ZHOU_WORK,
        STAFF: Identity("zhezhengding", "3", "吴办", employee_code="GE_staff"),
        OPS: Identity("zhezhengding", "4", "郑维", employee_code="GE_ops"),
    }

    answers = {kind: await office.post(office.exchange_form(who, scope=scope), login) for kind, who in people.items()}

    assert {kind for kind, answer in answers.items() if answer.is_success} == allowed
    for kind in people.keys() - allowed:
        claim_refused(answers[kind], Refusal.BAD_SCOPE)


async def test_a_ticket_proves_no_second_factor(office: Office) -> None:
    """An operator is told to come by the authorization endpoint; whoever is none hears that they may not at all."""
    login = await office.register()
    await office.authority.grants.grant(Role.OPS, "zhezhengding", "GE_zhou")

    operator = await office.post(office.exchange_form(ZHOU_WORK, scope="openid ops:read"), login)
    citizen = await office.post(office.exchange_form(LIN_CITIZEN, scope="openid ops:read"), login)

    claim_refused(operator, Refusal.FACTOR_NEEDED)
    claim_refused(citizen, Refusal.BAD_SCOPE)


async def test_by_default_a_token_gets_what_the_client_has_of_the_basics(office: Office) -> None:
    """Without ``scope``: ``openid graph:read``, as far as the client is registered with them."""
    without_openid = await office.register(scopes=[Scope.GRAPH_READ, Scope.PHONE])
    with_neither = await office.register(scopes=[Scope.PHONE])

    one = await office.post(office.exchange_form(CHEN_CITIZEN), without_openid)
    other = await office.post(office.exchange_form(CHEN_CITIZEN), with_neither)

    assert one.json()["scope"] == "graph:read"
    assert other.json()["scope"] == "graph:read"  # implied by any other


@pytest.mark.parametrize(
    "ill",
    [
        UnreachableError("zheliban", "sign_in", "secret detail"),
        TooSlowError("zheliban", "sign_in", "secret detail"),
        UnexpectedAnswerError("zheliban", "sign_in", "secret detail"),
        RefusedSignatureError("zheliban", "sign_in", "secret detail"),
    ],
    ids=lambda error: type(error).__name__,
)
async def test_an_ill_platform_is_told_as_such(office: Office, ill: PlatformError) -> None:
    """While the platform cannot be asked the answer is 503, asks to come back, and tells nothing of the inside."""
    office.citizen_app.ill = ill

    answer = await office.post(office.exchange_form(CHEN_CITIZEN), await office.register())

    claim_refused(answer, Refusal.UNAVAILABLE)
    assert answer.headers["retry-after"] == "5"


async def test_silent_registries_do_not_keep_people_out(office: Office) -> None:
    """Duty registry and address book down: the sign-in works, with the roles that are certain."""
    office.registry.down = office.book.down = True

    answer = await office.post(office.exchange_form(CHEN_WORK, scope="office:read"), await office.register())

    assert answer.is_success


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"subject_token": ""}, Refusal.INCOMPLETE),
        ({"subject_token_type": ""}, Refusal.INCOMPLETE),
        ({"grant_type": ""}, Refusal.INCOMPLETE),
        ({"grant_type": "password"}, Refusal.UNKNOWN_GRANT),
        ({"grant_type": "implicit"}, Refusal.UNKNOWN_GRANT),
        ({"grant_type": "client_credentials"}, Refusal.GRANT_NOT_ALLOWED),
        ({"subject_token_type": "urn:ietf:params:oauth:token-type:access_token"}, Refusal.UNKNOWN_TICKET_TYPE),
        ({"subject_token_type": "zheliban-unified"}, Refusal.UNKNOWN_TICKET_TYPE),
        ({"actor_token": "x"}, Refusal.UNSUPPORTED_PARAMETER),
        ({"requested_token_type": "urn:ietf:params:oauth:token-type:refresh_token"}, Refusal.UNSUPPORTED_PARAMETER),
        ({"resource": "https://elsewhere.example"}, Refusal.BAD_TARGET),
        ({"audience": "https://elsewhere.example"}, Refusal.BAD_TARGET),
    ],
    ids=str,
)
async def test_what_cannot_be_done_is_refused_before_the_ticket_is_used(
    office: Office, changes: dict[str, str], refusal: Refusal
) -> None:
    """Each mistake has its own answer, and the ticket stays good."""
    login, form = await office.register(), office.exchange_form(CHEN_CITIZEN)

    claim_refused(await office.post(form | changes, login), refusal)
    assert (await office.post(form, login)).is_success


async def test_naming_what_is_the_case_anyway_is_fine(office: Office) -> None:
    """An access token for our own audience, and parameters nobody knows (RFC 6749 section 3.2)."""
    form = office.exchange_form(
        CHEN_CITIZEN,
        requested_token_type="urn:ietf:params:oauth:token-type:access_token",
        resource=office.settings.audience,
        something="else",
    )

    assert (await office.post(form, await office.register())).is_success


async def test_a_kind_of_ticket_nobody_takes_is_refused(office: Office) -> None:
    """A form whose platform is not connected is refused like an unknown one."""
    authority = office.replica(connected=[office.work_app])
    transport = httpx.ASGITransport(Starlette(routes=oauth_routes(authority)))
    await authority.open()

    async with httpx.AsyncClient(transport=transport, base_url="http://elsewhere.example") as client:
        answer = await client.post(
            "/oauth/token", data=office.exchange_form(CHEN_CITIZEN), auth=await office.register()
        )

    claim_refused(answer, Refusal.UNKNOWN_TICKET_TYPE)
