"""A proposal's whole way: reviewed and assigned by the office, handled by a unit, rated by its proposer."""

from typing import Any

from connectors.sandbox.world import CommitteeSeed, PersonSeed
from schema.identifiers import global_id
from tests.stack import Sandbox, SignInDesk
from tests.writers import BOTH, UNIT, members, mended, officials_beside, refused, staff_of, work_token

SUBMIT = "mutation ($input: SubmitProposalInput!) { submitProposal(input: $input) { proposal { id } } }"
MOVE = """mutation ($input: MoveProposalInput!) { moveProposal(input: $input) {
    proposal { status proposalNo mergedInto { id } } userErrors { code message field } } }"""
REPLY = """mutation ($input: ReplyToProposalInput!) { replyToProposal(input: $input) {
    proposal { status replies { body grade organization { id } } } userErrors { code message field } } }"""
FEEDBACK = """mutation ($input: GiveProposalFeedbackInput!) { giveProposalFeedback(input: $input) {
    proposal { status } effects { kind platform status } userErrors { code message field } } }"""
FOUND = """query ($id: ID!) { proposal(id: $id) { status handlers { role organization { id } contact { id } dueAt }
    replies { satisfaction { attitude result comment } } history { status } } }"""


def step(name: str, kind: str) -> str:
    """A mutation that takes a proposal and a note."""
    return f"""mutation ($input: {kind}!) {{ {name}(input: $input) {{
        proposal {{ status }} userErrors {{ code message field }} }} }}"""


ACCEPT = step("acceptProposalAssignment", "ProposalAssignmentInput")
SEND_BACK = step("sendProposalBack", "ProposalAssignmentInput")
AGAIN = step("rehandleProposal", "RehandleProposalInput")


class Way:
    """One proposal, and those who have to do with it."""

    def __init__(self, desk: SignInDesk, committee: CommitteeSeed) -> None:
        self.desk, self.committee = desk, committee
        self.member = members(desk.sandbox.world, committee)[0]
        self.handler: PersonSeed = next(officials_beside(desk.sandbox.world, committee))
        self.id = ""

    async def begin(self) -> None:
        """Sign all of them in, and submit it."""
        self.proposer = await work_token(self.desk, self.member.person, BOTH)
        self.office = await work_token(self.desk, staff_of(self.desk.sandbox.world, self.committee), BOTH)
        self.unit = await work_token(self.desk, self.handler, UNIT)
        self.id = await self.submit()

    async def submit(self) -> str:
        """Submit one; answers its id."""
        words = dict.fromkeys(("title", "background", "analysis", "suggestion"), "按要求填写。")
        given = words | {"category": "URBAN", "consentToPublish": True}
        body = await self.desk.gateway.query(SUBMIT, {"input": given}, self.proposer)
        return str(body["data"]["submitProposal"]["proposal"]["id"])

    @property
    def unit_id(self) -> str:
        """The unit's."""
        assert self.handler.work
        return global_id("Organization", self.handler.work.unit_code)

    @property
    def assignment(self) -> dict[str, Any]:
        """What assigns it to the unit."""
        assert self.handler.work
        contact = global_id("Official", self.handler.work.employee_code)
        handler = {"role": "LEAD", "organizationId": self.unit_id, "contactId": contact}
        return {"to": "ASSIGNED", "handlers": [handler]}

    async def do(self, text: str, token: str, **given: Any) -> dict[str, Any]:
        """One step of it."""
        return await self.desk.gateway.query(text, {"input": {"proposalId": self.id} | given}, token)

    async def bring_to(self, *states: str) -> None:
        """Steps of the office."""
        for state in states:
            await self.do(MOVE, self.office, **(self.assignment if state == "ASSIGNED" else {"to": state}))


async def way_at(desk: SignInDesk, number: int) -> Way:
    """A proposal of a committee."""
    way = Way(desk, desk.sandbox.world.committees[number])
    await way.begin()
    return way


async def test_a_proposal_goes_its_whole_way(desk: SignInDesk) -> None:
    """Reviewed, filed, assigned, accepted, answered, rated badly, handled again, and closed; its file tells each."""
    way = await way_at(desk, 0)
    await way.bring_to("UNDER_REVIEW", "FILED", "ASSIGNED")
    words = {"organizationId": way.unit_id, "body": "已列入明年计划。", "grade": "B"}

    accepted = await way.do(ACCEPT, way.unit)
    replied = await way.do(REPLY, way.unit, **words)
    await way.bring_to("AWAITING_FEEDBACK")
    rated = await way.do(FEEDBACK, way.proposer, attitude="SATISFIED", result="UNSATISFIED", comment="请明确时间")
    again = await way.do(AGAIN, way.proposer, note="请明确时间")
    await way.do(REPLY, way.unit, **(words | {"grade": "A"}))
    await way.bring_to("AWAITING_FEEDBACK")
    await way.do(FEEDBACK, way.proposer, attitude="SATISFIED", result="SATISFIED")
    closed = await way.do(MOVE, way.office, to="CLOSED")
    file = (await desk.gateway.query(FOUND, {"id": way.id}, way.proposer))["data"]["proposal"]

    assert accepted["data"]["acceptProposalAssignment"]["proposal"]["status"] == "HANDLING"
    reply = replied["data"]["replyToProposal"]["proposal"]["replies"][-1]
    assert reply == {"body": "已列入明年计划。", "grade": "B", "organization": {"id": way.unit_id}}
    effects = [{"kind": "PROPOSAL_MOVE", "platform": "duty", "status": "DONE"}]
    assert rated["data"]["giveProposalFeedback"]["effects"] == effects
    assert again["data"]["rehandleProposal"]["proposal"]["status"] == "REHANDLING"
    assert closed["data"]["moveProposal"]["proposal"]["status"] == "CLOSED"
    assert closed["data"]["moveProposal"]["proposal"]["proposalNo"]
    assert file["handlers"][0]["dueAt"]
    said = {"attitude": "SATISFIED", "result": "UNSATISFIED", "comment": "请明确时间"}
    assert [one["satisfaction"] for one in file["replies"]] == [said, said | {"result": "SATISFIED", "comment": None}]
    assert [one["status"] for one in file["history"]].count("REHANDLING") == 1


async def test_a_unit_sends_it_back_and_it_is_assigned_anew(desk: SignInDesk) -> None:
    """Then it is filed and nobody's; another unit's people could not have done that."""
    way, elsewhere = await way_at(desk, 1), await way_at(desk, 2)
    await way.bring_to("UNDER_REVIEW", "FILED", "ASSIGNED")

    by_strangers = await way.do(SEND_BACK, elsewhere.unit)
    sent_back = await way.do(SEND_BACK, way.unit, note="不属本单位职责")
    file = await desk.gateway.query(FOUND, {"id": way.id}, way.office)
    assigned = await way.do(MOVE, way.office, **way.assignment)

    assert refused(by_strangers) == ["PLATFORM_FORBIDDEN"]
    assert sent_back["data"]["sendProposalBack"]["proposal"]["status"] == "FILED"
    assert file["data"]["proposal"]["handlers"] == []
    assert assigned["data"]["moveProposal"]["proposal"]["status"] == "ASSIGNED"


async def test_a_forbidden_move_tells_the_allowed_ones(desk: SignInDesk) -> None:
    """Closing what waits for review, answering what is not handled, handling again what satisfied."""
    way = await way_at(desk, 3)

    closed = await way.do(MOVE, way.office, to="CLOSED")
    await way.bring_to("UNDER_REVIEW", "FILED", "ASSIGNED")
    early = await way.do(REPLY, way.unit, organizationId=way.unit_id, body="已办。", grade="A")
    await way.do(ACCEPT, way.unit)
    await way.do(REPLY, way.unit, organizationId=way.unit_id, body="已办。", grade="A")
    await way.bring_to("AWAITING_FEEDBACK")
    await way.do(FEEDBACK, way.proposer, attitude="SATISFIED", result="SATISFIED")
    content = await way.do(AGAIN, way.proposer)

    assert mended(closed, "moveProposal") == [("FORBIDDEN_MOVE", None)]
    assert "RETURNED, UNDER_REVIEW, WITHDRAWN" in closed["data"]["moveProposal"]["userErrors"][0]["message"]
    assert "FILED, HANDLING" in early["data"]["replyToProposal"]["userErrors"][0]["message"]
    assert content["data"]["rehandleProposal"]["userErrors"][0]["message"].count("CLOSED") == 1


async def test_a_state_takes_its_parts_and_no_others(desk: SignInDesk) -> None:
    """Assigning wants units, merging the other proposal; what others do is told where it is done."""
    way = await way_at(desk, 4)
    other = await way.submit()

    without_units = await way.do(MOVE, way.office, to="ASSIGNED")
    with_units = await way.do(MOVE, way.office, **(way.assignment | {"to": "FILED"}))
    without_other = await way.do(MOVE, way.office, to="MERGED")
    by_the_unit = await way.do(MOVE, way.office, to="REPLIED")
    await way.bring_to("UNDER_REVIEW")
    merged = await way.do(MOVE, way.office, to="MERGED", mergedIntoId=other)

    assert mended(without_units, "moveProposal") == [("PART_MISSING", "handlers")]
    assert mended(with_units, "moveProposal") == [("PART_NOT_TAKEN", "handlers")]
    assert mended(without_other, "moveProposal") == [("PART_MISSING", "mergedIntoId")]
    assert mended(by_the_unit, "moveProposal") == [("OTHER_MUTATION", "to")]
    assert "replyToProposal" in by_the_unit["data"]["moveProposal"]["userErrors"][0]["message"]
    assert merged["data"]["moveProposal"]["proposal"]["mergedInto"] == {"id": other}


async def test_who_may_not_is_refused_each_with_its_own_code(sandbox: Sandbox, desk: SignInDesk) -> None:
    """Members review nothing, officials without the scope handle nothing, and only the first proposer rates."""
    way = await way_at(desk, 5)
    other = await work_token(desk, members(sandbox.world, way.committee)[1].person)
    strangers = await work_token(desk, staff_of(sandbox.world, sandbox.world.committees[6]))
    reading = await work_token(desk, way.handler, "openid graph:read office:read")

    by_member = await way.do(MOVE, way.proposer, to="UNDER_REVIEW")
    by_strangers = await way.do(MOVE, strangers, to="UNDER_REVIEW")
    without_scope = await way.do(ACCEPT, reading)
    by_another = await way.do(FEEDBACK, other, attitude="SATISFIED", result="SATISFIED")
    by_office = await way.do(FEEDBACK, way.office, attitude="SATISFIED", result="SATISFIED")

    assert refused(by_member) == refused(by_office) == ["FORBIDDEN_ROLE"]
    assert refused(by_strangers) == refused(by_another) == ["PLATFORM_FORBIDDEN"]
    assert refused(without_scope) == ["FORBIDDEN"]
    assert "office:write" in without_scope["errors"][0]["message"]
