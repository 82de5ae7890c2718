"""No answer reaches anybody it was not made for, however hot the caches are.

The same operations, asked by persons, with scopes, in languages and without a token: all at one gateway, whose caches
and runs under way they share, and each at a gateway of their own that has kept nothing yet. What they are told is the
same, word for word.
"""

import asyncio
import json
import re
from collections.abc import Iterator
from itertools import product
from typing import Any, NamedTuple

from gateway.http.file_links import FileLinks
from schema.identifiers import global_id
from tests.stack import Gateway, OpenGateway, Sandbox, SignInDesk, desk_at, operation, span

OFF = {"share_in_flight": False, "keep_answers_s": 0}
WIDE = "openid graph:read duty:read directory:read"
NARROW = "openid graph:read"
ONE, BOTH = ("en",), ("en", "zh")
SEALED = re.compile(r'"[^"]*/files/([^"?]+)\?pass=([^"]+)"')
TRACE = re.compile(r'"traceId": "[0-9a-f]{32}"')


class Asker(NamedTuple):
    """Somebody, by a name for this test; None as a token: nobody knows who."""

    name: str
    token: str | None
    languages: tuple[str, ...]


Told = dict[tuple[str, str, str], dict[str, Any]]
"""What was answered: by asker, language and operation."""


async def signed_in(sandbox: Sandbox, open_gateway: OpenGateway) -> list[Asker]:
    """Anyone; two members of one studio, where a private question with files waits, with two sets of scopes; citizens."""
    async with open_gateway() as gateway:
        desk = await desk_at(sandbox, gateway)
        members = await _of_one_studio(desk)
        askers = [Asker("anyone", None, BOTH)]
        for person, scope in product(members, (WIDE, NARROW)):
            token = await desk.token(person, "zhezhengding", scope)
            askers.append(Asker(f"{person} {scope}", token, BOTH if scope == NARROW else ONE))
        return askers + [Asker(person, await desk.token(person), ONE) for person in ("citizen-0001", "citizen-0002")]


async def _of_one_studio(desk: SignInDesk) -> list[str]:
    for studio in desk.sandbox.world.studios:
        working = [member.person.id for member in studio.members if member.person.work]
        if len(working) > 1:
            token = await desk.token(working[0], "zhezhengding", WIDE)
            body = await desk.gateway.query(operation("03"), {"year": desk.sandbox.world.today.year}, token)
            if SEALED.search(json.dumps(body)):
                return working[:2]
    raise AssertionError("no member with a private question that has files")


def operations(sandbox: Sandbox) -> Iterator[tuple[str, dict[str, Any]]]:
    """Operations by number, with values for which the sandbox has something to tell."""
    studio = next(s for s in sandbox.world.studios if s.members[0].person.work)
    yield "01", {"first": 5, "regionCode": "331000"}
    yield "02", {"id": global_id("Studio", studio.key)} | span(sandbox.world)
    yield "03", {"year": sandbox.world.today.year}
    yield "16", {"rootId": global_id("Organization", studio.committee.directory_code)}
    yield "19", {"text": "医保", "first": 5}
    yield "23", {"regionCode": "331000"} | span(sandbox.world)


async def asked(gateway: Gateway, sandbox: Sandbox, askers: list[Asker]) -> Told:
    """Everybody asks everything, in their languages, all at once."""
    speaking = [(asker, language) for asker in askers for language in asker.languages]
    everything = list(product(speaking, operations(sandbox)))
    bodies = await asyncio.gather(
        *(
            gateway.query(operation(number), values, asker.token, **{"Accept-Language": language})
            for (asker, language), (number, values) in everything
        )
    )
    return {
        (asker.name, language, number): body
        for ((asker, language), (number, _)), body in zip(everything, bodies, strict=True)
    }


def plain(told: Told, links: FileLinks) -> dict[tuple[str, str, str], str]:
    """Data and errors without what is new in each: trace ids, errors' order, and sealed links, told by whom they are for."""

    def opened(link: re.Match[str]) -> str:
        person = links.person_of(link[1], link[2])
        assert person is not None, link[1]
        return f'"{link[1]} for {person}"'

    def one(body: dict[str, Any]) -> str:
        errors = sorted(TRACE.sub("", json.dumps(error, ensure_ascii=False)) for error in body.get("errors", ()))
        return SEALED.sub(opened, json.dumps([body["data"], errors], ensure_ascii=False))

    return {key: one(body) for key, body in told.items()}


async def alone(open_gateway: OpenGateway, sandbox: Sandbox, askers: list[Asker]) -> dict[tuple[str, str, str], str]:
    """What each is told, in each language, where nobody has asked before and nothing whole is kept or shared."""
    told: dict[tuple[str, str, str], str] = {}
    for only in (one._replace(languages=(language,)) for one in askers for language in one.languages):
        async with open_gateway(answers=OFF) as gateway:
            told |= plain(await asked(gateway, sandbox, [only]), gateway.parts.links)
    return told


async def test_hot_caches_tell_nobody_what_is_anothers(sandbox: Sandbox, open_gateway: OpenGateway) -> None:
    """Asked by all at once, asked again, and asked in the other order: as if each were alone with cold caches."""
    askers = await signed_in(sandbox, open_gateway)
    expected = await alone(open_gateway, sandbox, askers)

    async with open_gateway() as gateway:
        rounds = [
            plain(await asked(gateway, sandbox, order), gateway.parts.links) for order in (askers, askers, askers[::-1])
        ]
        counts = gateway.parts.answers.counts

    assert counts.shared > 0
    assert counts.kept > 0
    for hot in rounds:
        assert hot.keys() == expected.keys()
        assert {key: body for key, body in hot.items() if body != expected[key]} == {}
    _check_that_it_matters_who_asks(expected, *(asker.name for asker in askers))


def _check_that_it_matters_who_asks(
    told: dict[tuple[str, str, str], str],
    anyone: str,
    member: str,
    narrow: str,
    other: str,
    other_narrow: str,
    citizen: str,
    other_citizen: str,
) -> None:
    """Persons, scopes and languages do make a difference; else their being alike would say nothing."""
    for one, another, number in (
        (member, other, "03"),
        (member, narrow, "03"),
        (other, other_narrow, "16"),
        (anyone, citizen, "02"),
        (anyone, other_citizen, "03"),
    ):
        assert told[one, "en", number] != told[another, "en", number]
    assert told[narrow, "en", "16"] != told[narrow, "zh", "16"]
    assert " for " in told[member, "en", "03"]
    assert len({body for (_, _, number), body in told.items() if number == "01"}) == 1
