"""Invented companies and the accounts by which people act for them (wire-formats B6): some have several."""

from collections.abc import Iterator
from dataclasses import dataclass

from connectors.regions import REGIONS
from connectors.sandbox.world import PersonSeed, World, opaque

_PEOPLE_PER_COMPANY = 10
_EVERY_SECOND_ACCOUNT = 5  # every fifth company has two
_WORDS = ("海岚", "禾光", "云栖", "同晟", "木樨", "远帆", "青禾", "知行", "梧桐", "星河")
_TRADES = ("模具", "农业科技", "水产", "软件", "医药", "物流", "教育咨询", "文化传媒", "节能设备", "食品")


@dataclass(frozen=True, slots=True)
class CompanySeed:
    """A company that does not exist; its credit code has the form of wire-formats B6's example."""

    corp_id: str
    name: str
    credit_code: str
    region_code: str
    address: str
    trade: str
    representative: PersonSeed


@dataclass(frozen=True, slots=True)
class CompanyAccount:
    """One account of a company; ``level`` is its realLevel, 1 strongest to 4."""

    id: str
    user_id: str
    login_name: str
    company: CompanySeed
    agent: PersonSeed
    level: str


def seeded_companies(world: World) -> dict[str, CompanyAccount]:
    """Accounts by their id in the sandbox (``company-0001``)."""
    return {account.id: account for account in _accounts(world)}


def _accounts(world: World) -> Iterator[CompanyAccount]:
    random = world.random("zheliban:companies")
    people, serial = world.citizens, 0
    for at in range(len(people) // _PEOPLE_PER_COMPANY):
        region = REGIONS[random.choice(world.committees).region_code]
        trade = random.choice(_TRADES)
        company = CompanySeed(
            corp_id=opaque("company", at, world.seed),
            name=f"{region.name}{random.choice(_WORDS)}{trade}有限公司",
            credit_code=f"00000000DEMO{at:06d}",
            region_code=region.key,
            address=f"{region.name}演示路{at + 1}号",
            trade=trade,
            representative=random.choice(people),
        )
        for number in range(2 if at % _EVERY_SECOND_ACCOUNT == 0 else 1):
            serial += 1
            yield CompanyAccount(
                id=f"company-{serial:04d}",
                user_id=f"e-{opaque('company-account', serial, world.seed)[:24]}",
                login_name=f"demo_corp_{serial:04d}",
                company=company,
                agent=people[(at * _PEOPLE_PER_COMPANY + number) % len(people)],
                level=random.choice("1223"),
            )
