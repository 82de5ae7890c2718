"""People around questions, for journeys: who asks, the studio that is asked, its office, a moderator."""

import asyncio
from dataclasses import dataclass
from typing import Any

from connectors.sandbox.world import MemberSeed, PersonSeed, StudioSeed
from connectors.viewer import Role
from schema.identifiers import global_id
from tests.stack import SignInDesk, operation
from tests.writers import BOTH, CITIZEN, WORK_APP, WRITE, mended, refused, work_token

ASK = operation("04")
REPLY = operation("05")
_STATUS = "query ($id: ID!) { writeStatus(id: $id) { effects { status } } }"
_LOOKS, _POLL_S = 1_000, 0.02

__all__ = ["ASK", "REPLY", "People", "mended", "refused"]


@dataclass
class People:
    """Of one studio; ``tokens`` are made once each."""

    desk: SignInDesk
    studio: StudioSeed

    @property
    def insiders(self) -> list[MemberSeed]:
        """The studio's members who come by the work app, the convener among them or not."""
        return [m for m in self.studio.members if m.person.work and "staff" not in m.person.roles]

    @property
    def outsider(self) -> MemberSeed:
        """A member of another studio."""
        ours = {member.key for member in self.studio.members}
        return next(
            m
            for m in self.desk.sandbox.world.members
            if m.person.work and "staff" not in m.person.roles and m.key not in ours
        )

    @property
    def office(self) -> PersonSeed:
        """Somebody of a committee's office, who is nothing more."""
        people = self.desk.sandbox.world.officials
        return next(p for p in people if p.work and "staff" in p.roles and not {"ops", "moderator"} & set(p.roles))

    async def citizen(self, at: int = 40, scope: str = CITIZEN) -> str:
        """A citizen's token; another one's by another number."""
        return await self.desk.token(self.desk.sandbox.world.citizens[at].id, scope=scope)

    async def member(self, at: int = 0, scope: str = BOTH) -> str:
        """The token of a member of the studio."""
        return await work_token(self.desk, self.insiders[at].person, scope)

    async def stranger(self) -> str:
        """The token of a member of another studio."""
        return await work_token(self.desk, self.outsider.person)

    async def staff(self, scope: str = BOTH) -> str:
        """The token of somebody of the office."""
        return await work_token(self.desk, self.office, scope)

    async def moderator(self, scope: str = WRITE) -> str:
        """The token of a moderator: an official who is no staff, and was given the role by hand."""
        people = self.desk.sandbox.world.officials
        person = next(p for p in people if p.work and not {"ops", "staff"} & set(p.roles))
        code = person.work.employee_code if person.work else None
        await self.desk.gateway.parts.authority.grants.grant(Role.MODERATOR, WORK_APP, code)
        return await work_token(self.desk, person, scope)

    def question(self, **more: Any) -> dict[str, Any]:
        """Variables of operation 04."""
        asked = {
            "studioId": global_id("Studio", self.studio.key),
            "category": "LAW",
            "kind": "CONSULTATION",
            "title": "物业不交账目怎么办",
            "body": "小区物业三年没有公布过账目。",
        }
        return {"input": asked | more}

    async def asked(self, token: str, **more: Any) -> str:
        """Ask, and answer the question's id."""
        body = await self.desk.gateway.query(ASK, self.question(**more), token)
        assert "errors" not in body, body["errors"]
        assert body["data"]["askQuestion"]["userErrors"] == []
        return str(body["data"]["askQuestion"]["question"]["id"])

    async def replied(self, token: str, question: str, words: str = "请联系业委会要求公开。") -> dict[str, Any]:
        """Answer as operation 05 does."""
        return await self.desk.gateway.query(REPLY, {"input": {"questionId": question, "body": words}}, token)

    async def done(
        self, field: str, token: str | None, kind: str = "MoveQuestionInput", **given: Any
    ) -> dict[str, Any]:
        """Do something to a question, and look at it."""
        text = f"""mutation ($input: {kind}!) {{ {field}(input: $input) {{
            question {{ id status moderation history {{ status by note }} extendedUntil reasonCode }}
            effects {{ kind platform status }} userErrors {{ code message field }} }} }}"""
        return await self.desk.gateway.query(text, {"input": given}, token)

    async def asked_and_told(self, token: str, **more: Any) -> str:
        """Ask, and wait until who is to answer has been told too."""
        body = await self.desk.gateway.query(
            ASK.replace("userErrors", "writeId userErrors"), self.question(**more), token
        )
        told = body["data"]["askQuestion"]
        for _ in range(_LOOKS):
            status = await self.desk.gateway.query(_STATUS, {"id": told["writeId"]}, token)
            if {effect["status"] for effect in status["data"]["writeStatus"]["effects"]} == {"DONE"}:
                return str(told["question"]["id"])
            await asyncio.sleep(_POLL_S)
        raise AssertionError(status)

    async def settled(self, platform_call: str) -> None:
        """Wait until the outbox has brought the sandbox to be called so."""
        for _ in range(_LOOKS):
            if platform_call in self.desk.sandbox.calls():
                return
            await asyncio.sleep(_POLL_S)
        raise AssertionError(platform_call)


def people_of(desk: SignInDesk, at: int = 3) -> People:
    """Those around one of the world's studios with several members on the work app."""
    fit = [s for s in desk.sandbox.world.studios if sum(bool(m.person.work) for m in s.members) > 1]
    return People(desk, fit[at])
