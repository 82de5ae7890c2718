"""Struct types with fewer fields."""

from typing import Annotated, Any

import msgspec
import pytest

from connectors.projection import field_types, projected


class Place(msgspec.Struct, frozen=True, rename="camel"):
    """Where somebody lives."""

    town_name: str
    post_code: Annotated[str, msgspec.Meta(max_length=6)] = "318000"


class Person(msgspec.Struct, frozen=True, rename="camel"):
    """A row, wider than anybody needs."""

    person_id: int
    first_name: str
    tags: list[str] = msgspec.field(default_factory=list)
    home_town: Place | None = msgspec.field(default=None, name="home")

    @property
    def shown(self) -> str:
        """The name as it is shown."""
        return self.first_name.upper()


class Pair(msgspec.Struct, array_like=True):
    """A row that is an array."""

    left: int
    right: int


ROW = msgspec.json.encode(
    {"personId": 7, "firstName": "安", "tags": ["a"], "home": {"townName": "台州", "postCode": "318001"}, "more": 1}
)


def read(shape: type[Any], raw: bytes = ROW) -> Any:
    """Decode one row."""
    return msgspec.json.decode(raw, type=shape)


def test_only_what_is_wanted_is_read() -> None:
    """A projected row holds the wanted fields under the names on the wire, and no others."""
    row = read(projected(Person, frozenset({"first_name", "home_town"})))

    assert row.first_name == "安"
    assert row.home_town == Place("台州", "318001")
    assert row.__struct_fields__ == ("first_name", "home_town")
    with pytest.raises(AttributeError):
        _ = row.person_id


def test_a_field_left_out_may_be_wrong() -> None:
    """What nobody looks at is not checked either: its type does not matter, nor that it is missing."""
    row = read(projected(Person, frozenset({"first_name"})), b'{"firstName": "x", "tags": 3}')

    assert row.first_name == "x"


def test_a_wanted_field_is_still_checked() -> None:
    """Constraints and required fields stay."""
    shape = projected(Place, frozenset({"post_code"}))

    assert read(shape, b"{}").post_code == "318000"
    with pytest.raises(msgspec.ValidationError):
        read(shape, b'{"postCode": "1234567"}')
    with pytest.raises(msgspec.ValidationError):
        read(projected(Place, frozenset({"town_name"})), b"{}")


def test_defaults_are_made_anew_for_every_row() -> None:
    """A default that is made for each row of the full type is made for each row of the narrow one."""
    shape = projected(Person, frozenset({"tags"}))

    one, other = read(shape, b"{}"), read(shape, b"{}")

    assert one.tags == []
    assert one.tags is not other.tags


def test_the_key_is_kept_always() -> None:
    """What rows are sorted by is there although nobody asked for it."""
    shape = projected(Person, frozenset({"first_name"}), "person_id")

    assert read(shape).person_id == 7


def test_names_of_other_records_mean_nothing() -> None:
    """Only fields of the type itself are taken."""
    shape = projected(Person, frozenset({"first_name", "elsewhere"}))

    assert shape.__struct_fields__ == ("first_name",)


def test_nothing_wanted_is_an_empty_row() -> None:
    """A row may be counted without being looked at."""
    assert projected(Person, frozenset()).__struct_fields__ == ()
    assert read(projected(Person, frozenset())) == read(projected(Person, frozenset()))


def test_without_a_choice_it_is_the_type_itself() -> None:
    """No second type is made where nothing is said of what is wanted."""
    assert projected(Person, None) is Person


def test_types_are_known_of_what_only_decoding_makes() -> None:
    """An instance of the type itself may be made by hand and hold anything; of a projected one not."""
    every = frozenset({"person_id", "first_name", "tags", "home_town"})

    types = field_types(projected(Person, every))

    assert field_types(Person) is None
    assert types is not None
    assert set(types) == every


def test_rows_that_are_arrays_stay_whole() -> None:
    """Places in an array cannot be left out."""
    assert projected(Pair, frozenset({"right"})) is Pair


def test_a_type_is_made_once() -> None:
    """The same question gives the same type: msgspec looks into a type only once."""
    assert projected(Person, frozenset({"tags"})) is projected(Person, frozenset({"tags"}))


def test_a_narrow_row_offers_what_the_full_one_does() -> None:
    """Properties come along; they work where the fields they read are wanted."""
    assert read(projected(Person, frozenset({"first_name"}))).shown == "安"
    with pytest.raises(AttributeError):
        _ = read(projected(Person, frozenset({"tags"}))).shown


def test_a_narrow_row_is_frozen_as_the_full_one() -> None:
    """Records may be shared between requests, narrow ones too; and the garbage collector leaves them alone."""
    shape = projected(Person, frozenset({"first_name"}))
    row = read(shape)

    assert not shape.__struct_config__.gc
    with pytest.raises(AttributeError):
        row.first_name = "other"
