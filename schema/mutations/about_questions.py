"""What acts on questions share: what they are about, what was read before, who is to do something about it."""

from collections.abc import Iterator
from typing import Any

from connectors.errors import PlatformError
from connectors.ports import TodoDesk
from connectors.records.effect import EffectKind
from connectors.records.question import Question as QuestionRecord
from connectors.viewer import Viewer
from schema.acts import Body, Follow, Given
from schema.identifiers import global_id
from schema.mutations.naming import key_in

ASKED = "有一条新的群众提问，待您答复"
ASSIGNED = "有一条群众提问转交您办理"
RETURNED = "有一条群众提问被退回，待重新转交"
REOPENED = "有一条群众提问需要重新办理"
"""Titles of to-dos: nothing of what a citizen wrote stands on a list on the work app."""


def question_named(given: Given) -> str:
    """The key of the question an input names. Raises ``RefusedError`` (BAD_ID)."""
    return key_in(given, "questionId", "Question")


def question_subject(key: str) -> str:
    """What an act on a question is about."""
    return f"Question:{key}"


def question_topics(key: str) -> tuple[tuple[str, str], ...]:
    """Who follows a question hears that it changed."""
    return ((f"question:{key}", key),)


def changes_of_question(question: QuestionRecord, *member_keys: str | None) -> tuple[str, ...]:
    """What was read before of a question, of the lists and counts it stands in, and of the members it concerns."""
    studio = key_of(question.studio)
    studios = ("studios",) if studio is None else ("studios", f"studio:{studio}")
    members = {key for key in (*member_keys, *_concerned(question)) if key is not None}
    return (f"question:{question.key}", "questions", *studios, *(f"member:{key}" for key in sorted(members)))


def changed(_: Any, question: QuestionRecord, viewer: Viewer) -> tuple[str, ...]:
    """``Act.changes`` of what answers the question."""
    return changes_of_question(question, viewer.member_key)


def to_do(question: QuestionRecord, title: str, member_key: str | None) -> Body:
    """A to-do about a question, for a member; without one for the convener of its studio."""
    path = f"/questions/{global_id('Question', question.key)}"
    whose = {"member": member_key} if member_key is not None else {"convener_of": key_of(question.studio)}
    return {"about": question_subject(question.key), "title": title, "url": path, **whose}


def nothing_to_do(_: Any, question: QuestionRecord, _viewer: Viewer) -> Body:
    """Nobody has to do anything about it any more."""
    return {"about": question_subject(question.key)}


TODOS_DONE = Follow(EffectKind.TODO_DONE, TodoDesk.finish_todo, nothing_to_do)


def key_of(thing: Any) -> str | None:
    """The key of what a row names; None of nothing, and of what could not be read."""
    return None if thing is None or isinstance(thing, PlatformError) else thing.key


def last_author(question: QuestionRecord) -> str | None:
    """The member who answered last."""
    return next((key for reply in reversed(_replies(question)) if (key := key_of(reply.author))), None)


def _concerned(question: QuestionRecord) -> Iterator[str | None]:
    yield key_of(question.addressee)
    yield from (key_of(reply.author) for reply in _replies(question))


def _replies(question: QuestionRecord) -> tuple[Any, ...]:
    replies: Any = question.replies  # or what kept them from being read
    return () if isinstance(replies, PlatformError) else tuple(r for r in replies if not isinstance(r, PlatformError))
