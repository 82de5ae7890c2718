"""Files that a record points to, and the plain links everyone may follow: ``/files/{id}``, no upstream address."""

from dataclasses import dataclass

from connectors.ports import MemberRegistry
from schema.context import Context
from schema.declarations import Source
from schema.identifiers import global_id


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A kind of file everyone may read: where its owner is read, and the owner's attribute with the path."""

    owner: Source
    path: str


PUBLIC_FILES = {"MemberPortrait": PublicFile(MemberRegistry.load_members, "portrait_path")}
"""By the type in the file's id."""


def member_portrait(owner_key: str, context: Context) -> str:
    """The link to a member's picture."""
    return f"{context.public_url}/files/{global_id('MemberPortrait', owner_key)}"
