"""Files that a record points to: ``/files/{id}``, plain for everyone or sealed for one person; no upstream address."""

from dataclasses import dataclass

from connectors.ports import ArticleSource, MemberRegistry
from connectors.records.attachment import AttachmentPlace
from schema.context import Context
from schema.declarations import Source
from schema.identifiers import global_id

ATTACHMENT = "Attachment"
"""The type in the id of a file beside a question: who may see it, its platform says."""
MATTER_FILE = "MatterAttachment"
"""The type in the id of a file beside a proposal or the like: who may see it, its platform says."""
DOCUMENT_FILE = "OfficialDocumentFile"
"""The type in the id of an official document's file: whoever may read the document may open it."""


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A kind of file everyone may read: where its owner is read, and the owner's attribute with the path."""

    owner: Source
    path: str


PUBLIC_FILES = {
    "MemberPortrait": PublicFile(MemberRegistry.load_members, "portrait_path"),
    "ArticleCover": PublicFile(ArticleSource.load_published_articles, "cover_path"),
}
"""By the type in the file's id."""


_ATTACHED = {AttachmentPlace.QUESTION: ATTACHMENT, AttachmentPlace.MATTER: MATTER_FILE}
"""The type in an attachment's id by what it stands beside: two platforms may give the same key."""


def member_portrait(owner_key: str, context: Context) -> str:
    """The link to a member's picture."""
    return context.links.plain(global_id("MemberPortrait", owner_key))


def article_cover(owner_key: str, context: Context) -> str:
    """The link to an article's picture."""
    return context.links.plain(global_id("ArticleCover", owner_key))


def attachment_id(named_by: tuple[AttachmentPlace, str], _: Context) -> str:
    """An attachment's global id."""
    place, key = named_by
    return global_id(_ATTACHED[place], key)


def attachment_link(opened_by: tuple[AttachmentPlace, str, bool], context: Context) -> str | None:
    """The link to an attachment: plain for one that is published, else made for the person who asks."""
    place, key, public = opened_by
    identifier, person = global_id(_ATTACHED[place], key), context.ask.viewer.person_id
    if public:
        return context.links.plain(identifier)
    return None if person is None else context.links.sealed(identifier, person)


def document_link(key: str, context: Context) -> str | None:
    """The link to an official document's file, made for the person who asks."""
    person = context.ask.viewer.person_id
    return None if person is None else context.links.sealed(global_id(DOCUMENT_FILE, key), person)
