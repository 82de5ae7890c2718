"""What is posted to the work-order service (``contract/workorders.yaml``)."""

# ruff: noqa: N815 - the contract's spelling

from typing import Annotated

import msgspec

from connectors.records.question import QuestionKind
from connectors.zheliban.sandbox.studios.bodies import Files, Text, Title
from connectors.zheliban.sandbox.writes import Body, By, Key, Note, WriteBody


class PlaceBody(Body, frozen=True):
    """An exact place."""

    latitude: Annotated[float, msgspec.Meta(ge=-90, le=90)]
    longitude: Annotated[float, msgspec.Meta(ge=-180, le=180)]
    address: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class CreateBody(WriteBody, frozen=True):
    """A new order."""

    by: By
    kind: QuestionKind
    title: Title
    body: Text
    regionCode: Annotated[str, msgspec.Meta(pattern=r"^[0-9]{6}$")]
    location: PlaceBody | None = None
    attachmentIds: Files = ()
    sourceQuestionId: Key | None = None


class SupplementBody(WriteBody, frozen=True):
    """What the owner adds."""

    by: By
    orderId: Key
    body: Text
    attachmentIds: Files = ()


class FollowUpBody(WriteBody, frozen=True):
    """The owner's verdict."""

    by: By
    orderId: Key
    satisfied: bool
    comment: Note | None = None
