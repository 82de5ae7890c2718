"""Every mutation, asked for by everybody who may not: each refusal has its code, and nothing comes of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from graphql import (
    GraphQLEnumType,
    GraphQLField,
    GraphQLInputObjectType,
    get_nullable_type,
    is_list_type,
    is_required_input_field,
)
from sqlalchemy import func, select

from auth.store.tables import WriteRow
from connectors.viewer import Role, Scope
from schema.build import build_schema
from schema.identifiers import global_id
from tests.askers import people_of
from tests.stack import Gateway, Sandbox, SignInDesk

SCHEMA = build_schema()
MUTATIONS: Mapping[str, GraphQLField] = SCHEMA.mutation_type.fields if SCHEMA.mutation_type else {}

_Q, _D, _W, _O = Scope.QUESTION_WRITE, Scope.DUTY_WRITE, Scope.WORKORDER_WRITE, Scope.OFFICE_WRITE
_CITIZEN = {Role.CITIZEN: _Q}
_OWNER = {Role.CITIZEN: _W}
_MEMBER, _STAFF, _MODERATOR = {Role.MEMBER: _D}, {Role.STAFF: _D}, {Role.MODERATOR: _D}
_DESK = {Role.OFFICIAL: _O, Role.STAFF: _O}
_PUBLIC = _CITIZEN | _MEMBER
WHO: dict[str, dict[Role, Scope]] = {
    "askQuestion": _CITIZEN,
    "rateAnswer": _CITIZEN,
    "followStudio": _CITIZEN,
    "unfollowStudio": _CITIZEN,
    "likeStudio": _CITIZEN,
    "unlikeStudio": _CITIZEN,
    "replyToQuestion": _MEMBER,
    "recordOfflineAnswer": _MEMBER | _STAFF,
    "acceptQuestion": _MEMBER | _STAFF,
    "rejectQuestion": _MEMBER | _STAFF,
    "transferQuestion": _MEMBER | _STAFF,
    "extendQuestion": _MEMBER | _STAFF,
    "beginQuestion": _MEMBER,
    "returnQuestion": _MEMBER,
    "closeQuestion": _CITIZEN | _MEMBER | _STAFF,
    "reopenQuestion": _CITIZEN | _STAFF,
    "convertQuestionToOpinionReport": _MEMBER,
    "convertQuestionToMicroSuggestion": _MEMBER,
    "convertQuestionToWorkOrder": _STAFF,
    "moderateQuestion": _MODERATOR,
    "moderateStatement": _MODERATOR,
    "createWorkOrder": _OWNER,
    "supplementWorkOrder": _OWNER,
    "followUpWorkOrder": _OWNER,
    "publishNotice": {Role.STAFF: _O},
    "markNoticesRead": _DESK,
    "completeTodo": _DESK,
    "sendMessage": _DESK,
    "raiseOpinionReport": _MEMBER,
    "reviseOpinionReport": _MEMBER,
    "withdrawOpinionReport": _MEMBER,
    "moveOpinionReport": _STAFF,
    "submitProposal": _MEMBER,
    "reviseProposal": _MEMBER,
    "saveProposalDraft": _MEMBER,
    "cosignProposal": _MEMBER,
    "withdrawProposal": _MEMBER,
    "moveProposal": _STAFF,
    "acceptProposalAssignment": _DESK,
    "sendProposalBack": _DESK,
    "replyToProposal": _DESK,
    "giveProposalFeedback": _MEMBER,
    "rehandleProposal": _MEMBER | _STAFF,
    "submitMicroSuggestion": _MEMBER,
    "advanceMicroStep": _MEMBER | _STAFF,
    "postStatement": _PUBLIC,
    "likeStatement": _PUBLIC,
    "answerSuggestionForm": _PUBLIC,
    "checkIn": _MEMBER,
    "checkInMember": _STAFF,
    "askLeave": _MEMBER,
    "scheduleShift": _MEMBER | _STAFF,
    "joinReadingGroup": _MEMBER,
    "postInReadingGroup": _MEMBER,
}
"""Who may ask for what, and the scope it takes of them."""
SAMPLES: Mapping[str, Any] = {
    "String": "字",
    "Int": 1,
    "Float": 1.0,
    "Boolean": True,
    "Date": "2026-12-01",
    "DateTime": "2026-12-01T09:00:00+08:00",
    "ID": global_id("Question", "Q1"),
}


def sample(kind: Any) -> Any:
    """Something of that type, with no more than has to be there."""
    kind = get_nullable_type(kind)
    if is_list_type(kind):
        return [sample(kind.of_type)]
    if isinstance(kind, GraphQLEnumType):
        return next(iter(kind.values))
    if isinstance(kind, GraphQLInputObjectType):
        return {name: sample(one.type) for name, one in kind.fields.items() if is_required_input_field(one)}
    return SAMPLES[kind.name]


@dataclass
class Somebody:
    """Who asks, and what they are."""

    name: str
    token: str | None
    roles: frozenset[Role]
    scopes: frozenset[Scope]


async def everybody(desk: SignInDesk) -> list[Somebody]:
    """One of each role, with all the scopes of writing they get, and with none of them."""
    people, found = people_of(desk), list[Somebody]()
    officials = desk.sandbox.world.officials
    plain = next(p for p in reversed(officials) if p.work and set(p.roles) <= {"official"})
    tokens = {
        "citizen": await people.citizen(scope=f"openid graph:read {_Q} {_W}"),
        "citizen to read": await people.citizen(scope="openid graph:read"),
        "member": await people.member(scope=f"openid graph:read duty:read {_D}"),
        "member to read": await people.member(scope="openid graph:read duty:read"),
        "staff": await people.staff(f"openid graph:read {_D} {_O}"),
        "staff to read": await people.staff("openid graph:read office:read"),
        "official": await desk.token(plain.id, "zhezhengding", f"openid graph:read {_O}"),
        "official to read": await desk.token(plain.id, "zhezhengding", "openid graph:read"),
        "moderator": await people.moderator(f"openid graph:read {_D} {_O}"),
        "anyone": None,
    }
    for name, token in tokens.items():
        viewer = await desk.gateway.parts.authority.viewer_of(token) if token else None
        roles, scopes = (viewer.roles, viewer.scopes) if viewer else (frozenset[Role](), frozenset[Scope]())
        found.append(Somebody(name, token, roles, scopes))
    return found


async def asked(gateway: Gateway, name: str, given: Mapping[str, Any], token: str | None, **headers: str) -> Any:
    """Ask for a mutation, whatever it answers."""
    kind = get_nullable_type(MUTATIONS[name].args["input"].type)
    text = f"mutation ($input: {kind}!) {{ {name}(input: $input) {{ writeId userErrors {{ code field message }} }} }}"
    return await gateway.query(text, {"input": given}, token, **headers)


async def kept(gateway: Gateway) -> int:
    """How many writes stand in the store."""
    return int(await gateway.parts.database.read(lambda session: session.scalar(select(func.count(WriteRow.id)))))


def test_every_mutation_is_in_the_table() -> None:
    """Who adds one says who may ask for it."""
    assert set(WHO) == set(MUTATIONS)


async def test_nobody_else_writes(sandbox: Sandbox, desk: SignInDesk) -> None:
    """The role or the scope that is missing is named; no platform is asked, and nothing is kept."""
    gateway, wrong = desk.gateway, list[Any]()
    crowd = await everybody(desk)
    sandbox.reset()

    for name, entitled in WHO.items():
        given = sample(MUTATIONS[name].args["input"].type)
        for one in crowd:
            if any(role in one.roles and scope in one.scopes for role, scope in entitled.items()):
                continue
            body = await asked(gateway, name, given, one.token)
            [error] = body["errors"]
            code, scope, role = (error["extensions"].get(key) for key in ("code", "scope", "role"))
            told = scope in set(entitled.values()) if code == "FORBIDDEN" else set(role.split(", ")) == set(entitled)
            if body["data"][name] is not None or code not in {"FORBIDDEN", "FORBIDDEN_ROLE"} or not told:
                wrong.append((name, one.name, error))

    assert wrong == []
    assert sandbox.calls() == {}
    assert await kept(gateway) == 0
