"""Writes put together: what carries them out, what goes on with them, what tells of them."""

import asyncio
from collections.abc import Iterable, Mapping
from functools import partial

from auth.store.database import Database
from auth.vault import Vault
from connectors.records.effect import EffectKind
from gateway.errors.wording import Wording
from gateway.observing.tracing import Tracing
from gateway.writes.acting import Acting, Drop, Publish
from gateway.writes.deliveries.digests import Digests
from gateway.writes.deliveries.duty_records import DutyRecords
from gateway.writes.deliveries.people import People
from gateway.writes.deliveries.questions import QuestionMoves
from gateway.writes.deliveries.todos import TodosDone, TodosMade
from gateway.writes.homes import Homes
from gateway.writes.outbox import Outbox
from gateway.writes.performing import Performing
from gateway.writes.settings import WriteSettings
from gateway.writes.store import WriteStore
from schema.loaders import Sources


class Writing:
    """One per process.

    Args:
        settings: how long writes are tried.
        database: where they stand.
        vault: seals them.
        sources: who answers which port.
        offered: each platform's sources, by its name.
        wording: the words of what a person can mend.
        drop: forgets what was read before.
        publish: tells the live bus.
        public_url: where callers reach the gateway: links in to-dos begin so.
        tracing: which tries are traced; none when none is given.
    """

    def __init__(
        self,
        settings: WriteSettings,
        database: Database,
        vault: Vault,
        *,
        sources: Sources,
        offered: Mapping[str, Iterable[object]],
        wording: Wording,
        drop: Drop,
        publish: Publish,
        public_url: str,
        tracing: Tracing | None = None,
    ) -> None:
        store, homes = WriteStore(database, vault), Homes(sources, offered)
        self.tries = homes.tries
        people = People(homes)
        woken = asyncio.Event()
        acting = Acting(store, homes, drop, publish, woken.set)
        self.outbox = Outbox(
            store,
            homes,
            acting,
            {
                EffectKind.DUTY_RECORD: DutyRecords(homes),
                EffectKind.TODO: TodosMade(homes, people, database, public_url),
                EffectKind.QUESTION_MOVE: QuestionMoves(homes),
                EffectKind.TODO_DONE: TodosDone(homes, database),
            },
            Digests(store, homes, people, settings, partial(acting.tell, changed=())),
            settings,
            woken,
            tracing or Tracing(),
        )
        self.performing = Performing(store, homes, acting, settings, wording)
