"""Every field of personal data says how it is protected, and phones are masked by their kind."""

import pytest
from graphql import GraphQLObjectType

from connectors.viewer import PersonalClass
from schema.build import shared_schema
from schema.declarations import OPEN, Declaration, Value
from schema.fields import declaration_of
from schema.personal import masked_phone

PUBLIC = {PersonalClass.NONE, PersonalClass.PUBLIC_OFFICE}
OWN = {
    "Activity.logistics",
    "Activity.viewerAttendance",
    "Identity.subject",
    "Message.readAt",
    "Notice.readAt",
    "Query.messages",
    "Query.notices",
    "Studio.viewerFollows",
    "Studio.viewerLikes",
    "Viewer.displayName",
    "Viewer.questions",
    "Viewer.workOrders",
}
"""The asker's own, whoever asks."""


def declarations() -> dict[str, Declaration]:
    """Of every field."""
    return {
        f"{kind.name}.{name}": declaration
        for kind in shared_schema().type_map.values()
        if isinstance(kind, GraphQLObjectType)
        for name, field in kind.fields.items()
        if (declaration := declaration_of(field)) is not None
    }


def _is_masked(declaration: Declaration) -> bool:
    read = declaration.read
    return isinstance(read, Value) and read.then is not None and read.then("陈大友", None) == "*大友"  # type: ignore[arg-type]  # needs no context


def test_no_personal_field_is_without_protection() -> None:
    """It says whose it is, and so is audited; or is masked for everybody; or is the asker's own."""
    bare = {
        field
        for field, declaration in declarations().items()
        if declaration.personal not in PUBLIC and declaration.whose is None and not _is_masked(declaration)
    }

    assert bare == OWN


def test_others_data_are_no_public_matter() -> None:
    """Who is asked nothing reads nothing of others, whatever the platform behind the field would say."""
    for field, declaration in declarations().items():
        if declaration.whose is not None:
            assert declaration.requires != OPEN, field


def test_masks_are_for_texts_of_a_known_kind() -> None:
    """Whatever is shown masked to some has a rule by which it is masked."""
    for field, declaration in declarations().items():
        if declaration.whole is not None:
            assert declaration.personal in {PersonalClass.NAME, PersonalClass.PHONE}, field
            assert isinstance(declaration.read, Value), field


@pytest.mark.parametrize(
    ("phone", "masked"),
    [("13700000000", "137****0000"), ("0571-87050000", "0571****0000"), ("87050000", "****0000"), ("110", "***")],
)
def test_a_phone_is_masked_by_its_kind(phone: str, masked: str) -> None:
    """Mobile or landline; what is neither is hidden whole."""
    assert masked_phone(phone) == masked
