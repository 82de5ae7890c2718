"""The topics of questions put together: what reads them beside the requests, and what answers."""

import secrets

from auth.store.database import Database
from auth.vault import Vault
from gateway.cockpit.keywords import told_apart
from gateway.cockpit.topic_answers import OpinionTopics
from gateway.cockpit.topic_reader import TopicReader
from gateway.cockpit.topic_store import TopicStore
from gateway.cockpit.words import EDITION as WORDS_EDITION
from schema.loaders import Sources


class Topics:
    """One per process; ``interval`` is how often changed questions are read, in seconds, 0 for never."""

    def __init__(self, interval: float, database: Database, vault: Vault, sources: Sources) -> None:
        store = TopicStore(database, secrets.token_urlsafe(12), f"{vault.prefix}{WORDS_EDITION}")
        self.reader = TopicReader(store, sources, told_apart, vault.pseudonym, interval)
        self.sources = [OpinionTopics(database, interval)]
