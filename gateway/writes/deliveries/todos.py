"""A to-do for each question that waits for somebody, and its end when it does not any more (wire-formats A7)."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Connection, delete, select

from auth.store.database import Database
from auth.store.moments import now
from auth.store.tables import TodoTicketRow
from connectors.ports import TodoDesk
from connectors.records.todo import NewTodo
from connectors.viewer import Ask
from gateway.writes.deliveries.people import People
from gateway.writes.homes import Homes
from gateway.writes.rows import Due

_CHANGED = ("todos",)


class TodosMade:
    """``Delivery``. Body: ``about``, ``title``, ``url`` (a path of the gateway's public address), and for whom.

    That is a ``member``, or the member who leads a studio (``convener_of``).
    """

    def __init__(self, homes: Homes, people: People, database: Database, public_url: str) -> None:
        self._homes, self._people, self._database, self._public_url = homes, people, database, public_url

    async def deliver(self, due: Due, ask: Ask) -> Collection[str]:
        """Put it before them, and keep its ticket; somebody without an account has no list to put it on."""
        account = await self._people.account_of(due.body, ask)
        if account is None:
            return ()
        url = f"{self._public_url}{due.body['url']}"
        todo = NewTodo(
            key=due.effect_id, title=due.body["title"], creator=account, assignee=account, url=url, mobile_url=url
        )
        ticket = await self._homes.method(TodoDesk.create_todo)(todo, ask)
        row = TodoTicketRow(
            about=due.body["about"],
            assignee=account,
            task_uuid=ticket.task_uuid,
            package_uuid=ticket.package_uuid,
            made_at=now(),
        )

        async def keep(session: Any) -> None:
            await session.merge(row)

        await self._database.write(keep)
        return _CHANGED


class TodosDone:
    """``Delivery``. Body: ``about``: all to-dos about it are done, whoever they wait for."""

    def __init__(self, homes: Homes, database: Database) -> None:
        self._homes, self._database = homes, database

    async def deliver(self, due: Due, ask: Ask) -> Collection[str]:
        """Finish them; one that is finished on the platform already counts as well."""
        for ticket in await self._tickets(due.body["about"]):
            await self._homes.method(TodoDesk.finish_todo)(ticket.task_uuid, ticket.assignee, ask)

            def forget(connection: Connection, task: str = ticket.task_uuid) -> None:
                connection.execute(delete(TodoTicketRow).where(TodoTicketRow.task_uuid == task))

            await self._database.write_plainly(forget)
        return _CHANGED

    async def _tickets(self, about: str) -> Sequence[Any]:
        def read(connection: Connection) -> list[Any]:
            return list(connection.execute(select(TodoTicketRow).where(TodoTicketRow.about == about)))

        return await self._database.write_plainly(read)
