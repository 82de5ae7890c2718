"""The studio service as a component of the sandbox: its operations as one list."""

from connectors.zheliban.sandbox.answering import Answering
from connectors.zheliban.sandbox.components import Component, Scene, Served
from connectors.zheliban.sandbox.parameters import PAGE
from connectors.zheliban.sandbox.studios.answers import AnswerDesk
from connectors.zheliban.sandbox.studios.bodies import (
    AskBody,
    ExtensionBody,
    MarkBody,
    ModerationBody,
    MoveBody,
    OfflineReplyBody,
    RatingBody,
    ReplyBody,
)
from connectors.zheliban.sandbox.studios.cockpit import Cockpit
from connectors.zheliban.sandbox.studios.desk import Desk
from connectors.zheliban.sandbox.studios.directory import Directory
from connectors.zheliban.sandbox.studios.files import FileBook
from connectors.zheliban.sandbox.studios.lists import LIST, VIEWER, Lists, SearchBody
from connectors.zheliban.sandbox.writes import Write, WriteBody, WriteBook

ROOT = "/studio/v1"
_DAYS = ("from", "to")


def studio_component(scene: Scene) -> Component:
    """Put the service together over the scene's store."""
    store, answering = scene.studios, Answering("STUDIO")
    directory, lists, cockpit = Directory(store), Lists(store), Cockpit(store)
    book = WriteBook(answering, store.time.now)
    files, desk, answers = FileBook(store, answering, book), Desk(store), AnswerDesk(store)
    reads = (
        ("studios", "/studios", directory.studios, ("category", "regionCode", "orderBy", *PAGE)),
        ("studios.statistics", "/studios/statistics", directory.studio_statistics, ("ids",)),
        ("studios.ranking", "/studios/ranking", cockpit.ranking, ("regionCode", *_DAYS, *PAGE)),
        ("members.statistics", "/members/statistics", directory.member_statistics, ("ids",)),
        ("questions", "/questions", lists.questions, ("ids", *VIEWER)),
        ("replies", "/replies", lists.replies, ("ids", *VIEWER)),
        ("studios.questions", "/studios/questions", lists.of_studios, ("ownerIds", *LIST)),
        ("members.questions", "/members/questions", lists.of_members, ("ownerIds", *LIST)),
        ("users.questions", "/users/questions", lists.of_users, ("ownerIds", *LIST)),
        ("questions.list", "/questions/list", lists.all, LIST),
        ("regions.questions", "/regions/questions", cockpit.regions, ("ids", *_DAYS, "viewerStaff")),
        ("viewer.marks", "/viewer/marks", directory.marks, ("ids", "userId")),
    )
    writes: tuple[tuple[str, str, Write, type[WriteBody]], ...] = (
        ("questions.ask", "/questions/ask", desk.ask, AskBody),
        ("questions.reply", "/questions/replies", answers.reply, ReplyBody),
        ("questions.recordReply", "/questions/offline-replies", answers.record_reply, OfflineReplyBody),
        ("questions.rate", "/questions/ratings", answers.rate, RatingBody),
        ("questions.move", "/questions/moves", desk.move, MoveBody),
        ("questions.extend", "/questions/extensions", desk.extend, ExtensionBody),
        ("questions.moderate", "/questions/moderation", desk.moderate, ModerationBody),
        ("studios.mark", "/studios/marks", desk.mark, MarkBody),
    )
    served = [Served(name, "GET", ROOT + path, answering.reading(read, known)) for name, path, read, known in reads]
    served += [Served(name, "POST", ROOT + path, book.writing(name, do, shape)) for name, path, do, shape in writes]
    served += [
        Served("questions.search", "POST", f"{ROOT}/questions/search", answering.posting(lists.search, SearchBody)),
        Served("attachments.keep", "POST", f"{ROOT}/attachments", files.keep),
        Served("attachments", "GET", f"{ROOT}/attachments", files.hand_out),
        Served("studio.writes", "GET", f"{ROOT}/writes", book.writes),
    ]
    return Component(scene.settings.irs.components.studio, served)
