"""Calls about one thing that change nothing: tickets, ranges, files, shared data, finding people."""

import hashlib
import hmac

from connectors.records.identity import Identity
from connectors.records.micro_suggestion import MicroSuggestionQuery
from connectors.records.official import OfficialSearch
from connectors.records.page import PageArgs
from connectors.records.question_writes import Upload
from connectors.viewer import ANYONE, Viewer
from tests.conformance.samples.deeds import Deed, Scene, asking_as, of_citizen

PAGE = PageArgs(first=5)
PICTURE = b"\x89PNG\r\n" + bytes(range(200))


async def bridge_ticket(_: Scene) -> Deed:
    """What a page in the app needs."""
    return Deed(asking_as(ANYONE), ())


async def authorised_range(_: Scene) -> Deed:
    """What may be read of the address book."""
    return Deed(asking_as(ANYONE), ())


async def search_officials(scene: Scene) -> Deed:
    """People by a part of their names."""
    name = next(person.name for person in scene.world.officials if person.work)
    query = OfficialSearch(text=name[:1], unit_key="GO_zx331002")
    return Deed(asking_as(ANYONE), ([query], PAGE))


async def find_officials_by_mobile(scene: Scene) -> Deed:
    """Accounts by mobile number."""
    return Deed(asking_as(ANYONE), ([person.mobile for person in scene.world.officials if person.work][:3],))


async def find_members(scene: Scene) -> Deed:
    """The member behind an ID number."""
    person = scene.world.members[0].person
    identity = Identity(platform="zheliban", subject="s", name=person.name, id_number=person.id_number)
    return Deed(asking_as(ANYONE), ([identity],))


async def open_file(scene: Scene) -> Deed:
    """A member's portrait."""
    (member,) = await scene.find("load_members")([scene.world.members[0].key], asking_as(ANYONE))
    return Deed(asking_as(ANYONE), (member.portrait_path,))


async def open_attachment(scene: Scene) -> Deed:
    """A picture somebody has just sent."""
    ask = of_citizen(scene.world.citizens[99])
    upload = Upload(name="b.png", content_type="image/png", content=PICTURE)
    kept = await scene.find("keep_attachment")(upload, scene.write_id("opened"), ask)
    return Deed(ask, (kept.key,))


async def open_matter_file(scene: Scene) -> Deed:
    """A picture beside a micro-suggestion."""
    ask, query = asking_as(Viewer(member_key=scene.world.members[0].key)), MicroSuggestionQuery()
    [page] = await scene.find("list_micro_suggestions")([query], PageArgs(first=100), ask)
    return Deed(ask, (next(one for one in page.nodes if one.attachments).attachments[0].key,))


async def open_media(scene: Scene) -> Deed:
    """A file that was kept before."""
    ask = asking_as(ANYONE)
    return Deed(ask, (await scene.find("keep_media")("c.png", "image/png", PICTURE, ask),))


async def share(scene: Scene) -> Deed:
    """An interface of the data-sharing gateway."""
    number = scene.world.citizens[0].id_number or ""
    digest = hmac.new(b"demoAppSecret0001", number.encode(), hashlib.sha256).hexdigest()
    return Deed(asking_as(ANYONE), ("residentBasic", {"idDigest": digest}))


CALLS = {
    make.__name__: make
    for make in (
        bridge_ticket,
        authorised_range,
        search_officials,
        find_officials_by_mobile,
        find_members,
        open_file,
        open_attachment,
        open_matter_file,
        open_media,
        share,
    )
}
