"""What is written on the work app: work notifications, to-dos, messages, notices, files, registrations of events."""

from connectors.records.message import MessageKind, MessageQuery, NewMessage
from connectors.records.notification import TextMessage, WorkNotification
from connectors.records.office import NewNotice, NoticeQuery
from connectors.records.page import PageArgs
from connectors.records.todo import NewTodo, TodoQuery, TodoTicket
from connectors.sandbox.world import TENANT_ID, Account, World
from connectors.viewer import Ask, Role, Viewer
from connectors.zhezhengding.settings import NAME
from tests.conformance.samples.deeds import Deed, Find, Scene, asking_as, of_staff

ALL = PageArgs(first=100, with_total=True)


def _account(world: World, at: int = 0) -> Account:
    return [member.person.work for member in world.members if member.person.work][at]


def _official(world: World, at: int = 0) -> Ask:
    return asking_as(Viewer(roles=frozenset({Role.OFFICIAL}), employee_code=_account(world, at).employee_code))


def _note(scene: Scene, what: str) -> WorkNotification:
    message = TextMessage(content=scene.title("您有 1 条新提问"))
    return WorkNotification(
        key=scene.write_id(what), message=message, receivers=(str(_account(scene.world).account_id),)
    )


async def notify(scene: Scene) -> Deed:
    """A card for somebody."""
    return Deed(_official(scene.world), (_note(scene, "notify"),))


async def revoke(scene: Scene) -> Deed:
    """A card is taken back."""
    note, ask = _note(scene, "revoke"), _official(scene.world)
    await scene.find("notify")(note, ask)
    return Deed(ask, (note.key,))


async def send_message(scene: Scene) -> Deed:
    """A letter to a colleague."""
    ask, title = _official(scene.world), scene.title("协商会议程")
    letter = NewMessage(
        write_id=scene.write_id("send_message"),
        kind=MessageKind.MAIL,
        title=title,
        body="请提意见。",
        receivers=(_account(scene.world, 1).employee_code,),
    )

    async def shown(find: Find) -> int:
        mine = [_account(scene.world).employee_code]
        (page,) = await find("list_messages")(mine, MessageQuery(kinds=(MessageKind.MAIL,)), ALL, ask)
        return sum(row.title == title for row in page.nodes)

    return Deed(ask, (letter,), shown=shown)


def _notice(scene: Scene, what: str) -> NewNotice:
    return NewNotice(
        write_id=scene.write_id(what),
        title=scene.title(what),
        body="请按时参加。",
        publisher_key=scene.world.committees[0].code,
        audience=(_account(scene.world).organization_code,),
    )


async def publish_notice(scene: Scene) -> Deed:
    """A notice to somebody's office."""
    notice = _notice(scene, "publish_notice")

    async def shown(find: Find) -> int:
        mine = [_account(scene.world).employee_code]
        (page,) = await find("list_notices")(mine, NoticeQuery(), ALL, _official(scene.world))
        return sum(row.title == notice.title for row in page.nodes)

    return Deed(of_staff(scene.world), (notice,), shown=shown)


async def mark_notices_read(scene: Scene) -> Deed:
    """Somebody has read it."""
    made = await scene.find("publish_notice")(_notice(scene, "made-notice"), of_staff(scene.world))
    ask = _official(scene.world)

    async def shown(find: Find) -> int:
        (row,) = await find("load_notices")([made.key], ask)
        return int(row.read_at is not None)

    return Deed(ask, ([made.key], scene.write_id("mark_notices_read")), shown=shown)


def _todo(scene: Scene, what: str) -> NewTodo:
    account = str(_account(scene.world).account_id)
    return NewTodo(
        key=scene.write_id(what),
        title=scene.title("答复提问"),
        creator=account,
        assignee=account,
        url="https://gw.example.cn/q/1",
        mobile_url="https://gw.example.cn/m/q/1",
    )


async def _made(scene: Scene, what: str) -> tuple[TodoTicket, str, Ask]:
    ask = _official(scene.world)
    ticket: TodoTicket = await scene.find("create_todo")(_todo(scene, what), ask)
    return ticket, str(_account(scene.world).account_id), ask


async def create_todo(scene: Scene) -> Deed:
    """Something waits for somebody."""
    todo, ask = _todo(scene, "create_todo"), _official(scene.world, 2)
    account = _account(scene.world, 2)
    mine = str(account.account_id)

    async def shown(find: Find) -> int:
        (page,) = await find("list_todos")([account.employee_code], TodoQuery(), ALL, ask)
        return sum(row.title == todo.title for row in page.nodes)

    given = NewTodo(
        key=todo.key, title=todo.title, creator=mine, assignee=mine, url=todo.url, mobile_url=todo.mobile_url
    )
    return Deed(ask, (given,), shown=shown)


async def finish_todo(scene: Scene) -> Deed:
    """It is done."""
    ticket, account, ask = await _made(scene, "finish_todo")
    return Deed(ask, (ticket.task_uuid, account))


async def finish_own_todo(scene: Scene) -> Deed:
    """The person it waits for says that it is done."""
    ticket, account, _ = await _made(scene, "finish_own_todo")
    signed_in = Viewer(roles=frozenset({Role.OFFICIAL}), accounts={NAME: f"{TENANT_ID}:{account}"})
    return Deed(asking_as(signed_in), (ticket.task_uuid,))


async def cancel_todo(scene: Scene) -> Deed:
    """It is taken back."""
    ticket, account, ask = await _made(scene, "cancel_todo")
    return Deed(ask, (ticket.task_uuid, account))


async def close_package(scene: Scene) -> Deed:
    """Everything in its package is done."""
    ticket, account, ask = await _made(scene, "close_package")
    return Deed(ask, (ticket.package_uuid, account))


async def cancel_package(scene: Scene) -> Deed:
    """Everything in its package is taken back."""
    ticket, account, ask = await _made(scene, "cancel_package")
    return Deed(ask, (ticket.package_uuid, account))


async def keep_media(scene: Scene) -> Deed:
    """A picture."""
    return Deed(_official(scene.world), (f"{scene.number}.png", "image/png", b"\x89PNG\r\n\x1a\n\x00\xff"))


async def ensure_events(scene: Scene) -> Deed:
    """The gateway has moved."""
    return Deed(_official(scene.world), (f"{scene.listener}/{scene.number}",))


WRITES = {
    make.__name__: make
    for make in (
        notify,
        revoke,
        send_message,
        publish_notice,
        mark_notices_read,
        create_todo,
        finish_todo,
        finish_own_todo,
        cancel_todo,
        close_package,
        cancel_package,
        keep_media,
        ensure_events,
    )
}
