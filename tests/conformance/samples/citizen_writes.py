"""What is written on the citizen app: questions and their way, marks, files, work orders, news."""

from datetime import timedelta

from connectors.records.notice_to_citizen import CitizenNotice
from connectors.records.page import PageArgs
from connectors.records.question import QuestionKind, QuestionQuery, QuestionStatus, Visibility
from connectors.records.question_writes import (
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    OfflineReply,
    QuestionExtension,
    QuestionMove,
    StudioMarking,
    Upload,
)
from connectors.records.studio import StudioCategory
from connectors.records.work_order import NewFollowUp, NewSupplement, NewWorkOrder, WorkOrderQuery, WorkOrderStatus
from tests.conformance.samples.deeds import Deed, Find, Scene, Shown, of_citizen, of_member, of_staff

ALL = PageArgs(first=100, with_total=True)
AT = 100
"""The citizens from here on act in these samples."""


def _question(scene: Scene, what: str) -> NewQuestion:
    return NewQuestion(
        studio_key=scene.world.studios[0].key,
        category=StudioCategory.LAW,
        kind=QuestionKind.CONSULTATION,
        title=scene.title(what),
        body="物业说没有维修资金。",
        visibility=Visibility.PUBLIC,
    )


async def _asked(scene: Scene, what: str) -> str:
    ask = of_citizen(scene.world.citizens[AT])
    made = await scene.find("ask_question")(_question(scene, what), scene.write_id(f"made-{what}"), ask)
    return str(made.key)


async def _answered(scene: Scene, what: str) -> str:
    key, member = await _asked(scene, what), of_member(scene.world.studios[0].members[0])
    reply = NewReply(question_key=key, body="请申请应急维修资金。")
    await scene.find("answer_question")(reply, scene.write_id(f"answered-{what}"), member)
    return key


def _steps(scene: Scene, key: str, to: QuestionStatus) -> Shown:
    async def shown(find: Find) -> int:
        (row,) = await find("load_questions")([key], of_citizen(scene.world.citizens[AT]))
        return sum(step.status is to for step in row.history)

    return shown


async def ask_question(scene: Scene) -> Deed:
    """A citizen asks."""
    person, question = scene.world.citizens[AT + 1], _question(scene, "电梯")

    async def shown(find: Find) -> int:
        (page,) = await find("list_own_questions")([person.user_id], QuestionQuery(), ALL, of_citizen(person))
        return sum(row.title == question.title for row in page.nodes)

    return Deed(of_citizen(person), (question, scene.write_id("ask_question")), shown=shown)


async def answer_question(scene: Scene) -> Deed:
    """A member of the studio answers."""
    key, ask = await _asked(scene, "answer"), of_member(scene.world.studios[0].members[0])
    given = (NewReply(question_key=key, body="请业委会申请。"), scene.write_id("answer_question"))

    async def shown(find: Find) -> int:
        (row,) = await find("load_questions")([key], ask)
        return len(row.replies)

    return Deed(ask, given, shown=shown)


async def record_answer(scene: Scene) -> Deed:
    """The office writes down what a member of the studio answered."""
    key, ask = await _asked(scene, "record"), of_staff(scene.world)
    (question,) = await scene.find("load_questions")([key], ask)
    member = scene.world.studios[0].members[0]
    reply = OfflineReply(question_key=key, member_key=member.key, body="当面解答。", given_at=question.asked_at)

    async def shown(find: Find) -> int:
        (row,) = await find("load_questions")([key], ask)
        return len(row.replies)

    return Deed(ask, (reply, scene.write_id("record_answer")), shown=shown)


async def rate_answer(scene: Scene) -> Deed:
    """The asker rates the answer."""
    key = await _answered(scene, "rate")
    given = (NewRating(question_key=key, score=5), scene.write_id("rate_answer"))
    return Deed(of_citizen(scene.world.citizens[AT]), given, shown=_steps(scene, key, QuestionStatus.RATED))


async def move_question(scene: Scene) -> Deed:
    """A member of the studio accepts it."""
    key, to = await _asked(scene, "move"), QuestionStatus.ACCEPTED
    given = (QuestionMove(key=key, to=to), scene.write_id("move_question"))
    return Deed(of_member(scene.world.studios[0].members[0]), given, shown=_steps(scene, key, to))


async def extend_question(scene: Scene) -> Deed:
    """The answer may wait."""
    key, ask = await _asked(scene, "extend"), of_member(scene.world.studios[0].members[0])
    until = (scene.world.today + timedelta(days=10)).date()
    given = (QuestionExtension(key=key, until=until), scene.write_id("extend_question"))

    async def shown(find: Find) -> int:
        (row,) = await find("load_questions")([key], ask)
        return len(row.history) - 1

    return Deed(ask, given, shown=shown)


async def moderate_question(scene: Scene) -> Deed:
    """The office publishes it."""
    key, ask = await _asked(scene, "moderate"), of_staff(scene.world)
    given = (ModerationVerdict(key=key, publish=True), scene.write_id("moderate_question"))

    async def shown(find: Find) -> int:
        (row,) = await find("load_questions")([key], ask)
        return len(row.history) - 1

    return Deed(ask, given, shown=shown)


async def mark_studio(scene: Scene) -> Deed:
    """Somebody follows a studio."""
    studio, ask = scene.world.studios[1].key, of_citizen(scene.world.citizens[AT + 20 + scene.number])
    unmarked = StudioMarking(studio_key=studio, follows=False, likes=False)
    before = (await scene.find("mark_studio")(unmarked, scene.write_id("made-unmarked"), ask)).statistics
    given = (StudioMarking(studio_key=studio, follows=True), scene.write_id("mark_studio"))

    async def shown(find: Find) -> int:
        (now,) = await find("load_studio_statistics")([studio], ask)
        return int(now.followers - before.followers)

    return Deed(ask, given, shown=shown)


async def keep_attachment(scene: Scene) -> Deed:
    """A picture for the next question."""
    upload = Upload(name="a.png", content_type="image/png", content=b"\x89PNG\r\n" + bytes(range(100)))
    return Deed(of_citizen(scene.world.citizens[AT]), (upload, scene.write_id("keep_attachment")))


def _order(scene: Scene, what: str) -> NewWorkOrder:
    region = scene.world.committees[1].region_code
    return NewWorkOrder(kind=QuestionKind.COMPLAINT, title=scene.title(what), body="十二点还在打桩", region_key=region)


async def create_work_order(scene: Scene) -> Deed:
    """A citizen reports something."""
    person, order = scene.world.citizens[AT + 2], _order(scene, "夜间施工")

    async def shown(find: Find) -> int:
        (page,) = await find("list_own_work_orders")([person.user_id], WorkOrderQuery(), ALL, of_citizen(person))
        return sum(row.title == order.title for row in page.nodes)

    return Deed(of_citizen(person), (order, scene.write_id("create_work_order")), shown=shown)


async def supplement_work_order(scene: Scene) -> Deed:
    """Its owner adds something."""
    ask = of_citizen(scene.world.citizens[AT + 3])
    made = await scene.find("create_work_order")(_order(scene, "补充"), scene.write_id("made-order"), ask)
    given = (NewSupplement(key=made.key, body="每晚都有"), scene.write_id("supplement_work_order"))

    async def shown(find: Find) -> int:
        (row,) = await find("load_work_orders")([made.key], ask)
        return len(row.supplements)

    return Deed(ask, given, shown=shown)


async def follow_up_work_order(scene: Scene) -> Deed:
    """Its owner is not content with one that is closed, which reopens it."""
    world = scene.world
    query = WorkOrderQuery(statuses=(WorkOrderStatus.CLOSED,))
    (page,) = await scene.find("list_work_orders")([query], ALL, of_staff(world))
    order = page.nodes[-1 - scene.number]
    owner = of_citizen(next(person for person in world.citizens if person.user_id == order.owner_id))
    given = (NewFollowUp(key=order.key, satisfied=False), scene.write_id("follow_up_work_order"))
    before = sum(step.status is WorkOrderStatus.REOPENED for step in order.history)

    async def shown(find: Find) -> int:
        (row,) = await find("load_work_orders")([order.key], owner)
        return sum(step.status is WorkOrderStatus.REOPENED for step in row.history) - before

    return Deed(owner, given, shown=shown)


async def notify_citizen(scene: Scene) -> Deed:
    """News for somebody."""
    person = scene.world.citizens[AT + 4]
    news = CitizenNotice(
        write_id=scene.write_id("notify_citizen"),
        account=person.user_id or "",
        title=scene.title("有了答复"),
        text="请查看并评价",
    )

    async def shown(find: Find) -> int:
        (page,) = await find("list_citizen_notices")([person.user_id], ALL, of_citizen(person))
        return sum(row.title == news.title for row in page.nodes)

    return Deed(of_citizen(person), (news,), shown=shown)


WRITES = {
    make.__name__: make
    for make in (
        ask_question,
        answer_question,
        record_answer,
        rate_answer,
        move_question,
        extend_question,
        moderate_question,
        mark_studio,
        keep_attachment,
        create_work_order,
        supplement_work_order,
        follow_up_work_order,
        notify_citizen,
    )
}
