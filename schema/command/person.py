"""The natural-person service (自然人状态综合服务): one person, for a stated purpose, remembered in the audit."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from connectors.masking import masked_name
from connectors.ports.command import GridSource, PersonLookupSource
from connectors.records.person_lookup import PersonQuery, PersonStatusKind
from connectors.refusals import RefusedError
from connectors.viewer import PersonalClass
from schema.command.choosing import told
from schema.command.grid import Grid
from schema.command.requirements import BY_PURPOSE
from schema.declarations import People, Whose
from schema.fields import argument, described, link, many, value
from schema.region import Region, region_at

_ID_NUMBER = re.compile(r"[0-9]{17}[0-9X]")
_SHORTEST, _LONGEST = 4, 100
_OF_PERSON: dict[str, Any] = {
    "requires": BY_PURPOSE,
    "personal": PersonalClass.RESIDENT,
    "whose": Whose(People.RESIDENT, purpose="purpose"),
}

told(PersonStatusKind, zh="自然人状态的领域", en="Which field of administration a person's status is of.")


@described(zh="自然人的一项状态", en="A status of a person.")
class PersonStatus:
    """Read from ``connectors.records.person_lookup.PersonStatus``."""

    kind: PersonStatusKind | None = value("kind", zh="领域", en="Which field of administration.")
    status: str | None = value("status", zh="状态", en="In words.")
    origin: str | None = value("origin", zh="数据来源", en="Which office holds it.")
    as_of: date | None = value("as_of", zh="截至日期", en="The day it was so.")


@described(
    zh="一次自然人状态查询的结果；每次查询连同用途记入审计",
    en="What a look-up of a natural person tells; each is audited with its purpose.",
)
class PersonLookup:
    """Read from ``connectors.records.person_lookup.PersonLookup``; has no global id, so nothing leads here again."""

    found: bool | None = value("found", **_OF_PERSON, zh="是否查到", en="Whether the person is known.")
    name: str | None = value(
        "name", then=lambda name, _: masked_name(name), **_OF_PERSON, zh="脱敏的姓名，供核对", en="Masked, to check."
    )
    region: Region | None = value(
        "region_key", then=region_at, **_OF_PERSON, zh="居住的区划", en="The county they live in."
    )
    grid: Grid | None = link(
        GridSource.load_grids, key="grid_key", **_OF_PERSON, zh="居住的网格", en="The grid they live in."
    )
    statuses: list[PersonStatus | None] | None = value(
        "statuses", **_OF_PERSON, zh="各领域的状态；未查到为空", en="By field of administration; null if not found."
    )


def _query(_: Any, arguments: Mapping[str, Any]) -> PersonQuery:
    """Whom and what for. Raises ``RefusedError`` (BAD_INPUT), naming no value."""
    number = "".join(arguments["idNumber"].split()).upper()
    if not _ID_NUMBER.fullmatch(number):
        raise RefusedError("BAD_INPUT", field="idNumber")
    purpose = arguments["purpose"].strip()
    if not _SHORTEST <= len(purpose) <= _LONGEST or not purpose.isprintable():
        raise RefusedError("BAD_INPUT", field="purpose")
    return PersonQuery(id_number=number, purpose=purpose)


def person_lookup() -> Any:
    """The root field."""
    return many(
        PersonLookupSource.find_persons,
        owner=_query,
        arguments=(
            argument("idNumber", str, zh="居民身份证号", en="Number of the identity card."),
            argument(
                "purpose",
                str,
                zh=f"查询的用途，{_SHORTEST} 到 {_LONGEST} 个字，记入审计",
                en=f"What for, {_SHORTEST} to {_LONGEST} characters; it goes to the audit.",
            ),
        ),
        requires=BY_PURPOSE,
        zh="按身份证号查询自然人状态；须说明用途，默认关闭",
        en="What offices hold of a natural person; for a stated purpose, and off unless the operator switched it on.",
    )
