"""Builds the invented world: committees, their studios and members, officials, citizens."""

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from itertools import count
from random import Random

from connectors.records.member import Sector
from connectors.records.organization import OrganizationLevel
from connectors.records.region import Region, RegionLevel
from connectors.records.studio import StudioCategory
from connectors.regions import PROVINCE, REGIONS, lies_in
from connectors.sandbox.names import id_number, mobile, office_phone, person_name
from connectors.sandbox.scenes import THEMES
from connectors.sandbox.world import (
    Account,
    CommitteeSeed,
    MemberSeed,
    PersonSeed,
    Scale,
    StudioSeed,
    UnitSeed,
    World,
    opaque,
)

CHINA = timezone(timedelta(hours=8))
_COUNTY_CITY = "331000"
_TERM = 14
_MEMBERS, _OFFICIALS, _CITIZENS, _STUDIOS = 400, 600, 300, 40
_PROVINCE_MEMBERS, _PROVINCE_OFFICIALS, _PROVINCE_CITIZENS, _PROVINCE_STUDIOS = 25_000, 2_000, 3_000, 1_000
_NOT_ON_WORK_APP = 12  # every twelfth member has no 浙政钉 account
_LEVELS = {
    RegionLevel.PROVINCIAL: OrganizationLevel.PROVINCIAL,
    RegionLevel.MUNICIPAL: OrganizationLevel.MUNICIPAL,
    RegionLevel.COUNTY: OrganizationLevel.COUNTY,
}
_SECTORS = tuple(
    Sector(code=code, name=name)
    for code, name in (
        ("CPC", "中国共产党"),
        ("CDL", "民盟"),
        ("CNDCA", "民建"),
        ("JIUSAN", "九三学社"),
        ("NON_PARTY", "无党派人士"),
        ("YOUTH", "共青团和青联"),
        ("INDUSTRY_COMMERCE", "工商联"),
        ("SCIENCE_TECHNOLOGY", "科学技术界"),
        ("ECONOMY", "经济界"),
        ("AGRICULTURE", "农业界"),
        ("EDUCATION", "教育界"),
        ("MEDICINE_HEALTH", "医药卫生界"),
        ("WELFARE_SOCIAL_SECURITY", "社会福利和社会保障界"),
        ("CULTURE_ART", "文化艺术界"),
    )
)
_BUREAUS = (
    ("教育局", "教育"),
    ("卫生健康局", "卫健"),
    ("农业农村局", "农业农村"),
    ("司法局", "司法"),
    ("经济和信息化局", "经信"),
    ("市场监督管理局", "市场监管"),
    ("人民医院", "人民医院"),
    ("文化馆", "文化馆"),
)
_JOBS = ("科员", "四级主任科员", "副科长", "科长", "办公室主任", "副局长")
_MEMBER_JOBS = ("主任医师", "高级教师", "律师", "高级农艺师", "总经理", "副院长", "副馆长", "研究员")


def build_world(*, seed: int = 2260, scale: Scale = Scale.COUNTY, today: datetime | None = None) -> World:
    """Make the world; ``today`` (default: now) is what lies between its past and its future."""
    builder = _Builder(seed, scale)
    return builder.built((today or datetime.now(CHINA)).astimezone(CHINA))


class _Builder:
    """Holds the serial numbers while a world is made; used once."""

    def __init__(self, seed: int, scale: Scale) -> None:
        self.seed = seed
        self.random = Random(seed)  # noqa: S311 - invented data, no secrets
        self.serial = count(1)
        county = scale is Scale.COUNTY
        area = _COUNTY_CITY if county else PROVINCE
        self.regions = [region for region in REGIONS.values() if lies_in(region.key, area)]
        sizes = (_MEMBERS, _OFFICIALS, _CITIZENS, _STUDIOS)
        big = (_PROVINCE_MEMBERS, _PROVINCE_OFFICIALS, _PROVINCE_CITIZENS, _PROVINCE_STUDIOS)
        self.members, self.officials, self.citizens, self.studios = sizes if county else big

    def built(self, today: datetime) -> World:
        committees = tuple(self._committee(region) for region in self.regions)
        units = tuple(self._units(committees))
        members = tuple(self._member(committees[i % len(committees)], i) for i in range(self.members))
        officials = tuple(self._official(i, committees) for i in range(self.officials))
        citizens = tuple(self._citizen(i) for i in range(self.citizens))
        studios = tuple(self._studios(committees, members))
        return World(self.seed, today, committees, units, members, officials, citizens, studios)

    def _committee(self, region: Region) -> CommitteeSeed:
        city = REGIONS[region.key[:4] + "00"]
        within = city.name if region.level is RegionLevel.COUNTY else ""
        # one node of the province's CPPCC directory (专属通讯录) per municipality lists the members of its committees
        directory = f"GO_dir{city.key if region.level is not RegionLevel.PROVINCIAL else PROVINCE}"
        name = f"政协{within}{region.name}委员会"
        level = _LEVELS[region.level]
        return CommitteeSeed(f"GO_zx{region.key}", directory, name, f"{region.name}政协", level, region.key)

    def _units(self, committees: tuple[CommitteeSeed, ...]) -> Iterator[UnitSeed]:
        """The address book's tree: a node per region, below it the committee with two offices, and bureaus."""
        yield UnitSeed("GO_root", "演示租户", "演示租户", None, "GOV_HOLLOW_NODE", PROVINCE)
        nodes = {committee.region_code for committee in committees}
        for committee in committees:
            region = REGIONS[committee.region_code]
            parent = f"GO_rg{region.parent_key}" if region.parent_key in nodes else "GO_root"
            yield UnitSeed(f"GO_rg{region.key}", region.name, region.name, parent, "GOV_HOLLOW_NODE", region.key)
            yield UnitSeed(
                committee.code, committee.name, committee.short_name, f"GO_rg{region.key}", "GOV_UNIT", region.key
            )
            for tail, name in (("bg", "办公室"), ("ta", "提案委员会")):
                code = f"{committee.code}{tail}"
                yield UnitSeed(code, name, name, committee.code, "GOV_INTERNAL_INSTITUTION", region.key)
            for at, (bureau, short) in enumerate(_BUREAUS):
                code = f"GO_bu{region.key}{at:02d}"
                yield UnitSeed(code, region.name + bureau, short, f"GO_rg{region.key}", "GOV_UNIT", region.key)
        for directory in dict.fromkeys(committee.directory_code for committee in committees):
            city = REGIONS[directory.removeprefix("GO_dir")]
            name = f"{city.name}政协委员通讯录"
            yield UnitSeed(directory, name, "委员通讯录", f"GO_rg{city.key}", "GOV_HOLLOW_NODE", city.key)

    def _person(self, kind: str, at: int, roles: tuple[str, ...], work: Account | None, *, citizen: bool) -> PersonSeed:
        serial = next(self.serial)
        name, gender = person_name(self.random)
        user_id = opaque("user", serial, self.seed) if citizen else None
        number = id_number(serial, gender)
        return PersonSeed(f"{kind}-{at + 1:04d}", name, gender, number, mobile(serial), roles, user_id, work)

    def _account(self, unit: str, organization: str, title: str) -> Account:
        serial = next(self.serial)
        code = f"GE_{opaque('employee', serial, self.seed)[:16]}"
        return Account(10_000_000 + serial, code, unit, organization, title, office_phone(self.random, "0576"))

    def _member(self, committee: CommitteeSeed, at: int) -> MemberSeed:
        bureau = f"GO_bu{committee.region_code}{self.random.randrange(len(_BUREAUS)):02d}"
        on_work_app = at % _NOT_ON_WORK_APP != _NOT_ON_WORK_APP - 1
        title = self.random.choice(_MEMBER_JOBS)
        work = self._account(bureau, committee.directory_code, title) if on_work_app else None
        roles = ("citizen", "member", "official") if work else ("citizen", "member")
        person = self._person("member", at, roles, work, citizen=True)
        key = f"M{committee.region_code}{at + 1:05d}"
        return MemberSeed(key, person, committee, self.random.choice(_SECTORS), _TERM)

    def _official(self, at: int, committees: tuple[CommitteeSeed, ...]) -> PersonSeed:
        """The first of them work in the committees' offices; two of those also look after the gateway."""
        committee = committees[at % len(committees)]
        if at < len(committees) * 6:
            office = f"{committee.code}{self.random.choice(('bg', 'ta'))}"
            title = "办公室副主任" if at < len(committees) else "工作人员"
            work = self._account(committee.code, office, title)
            roles: tuple[str, ...] = ("official", "staff")
            extra = {len(committees) * 6 - 1: ("ops",), len(committees) * 6 - 2: ("moderator",)}.get(at, ())
            return self._person("official", at, roles + extra, work, citizen=True)
        bureau = f"GO_bu{committee.region_code}{self.random.randrange(len(_BUREAUS)):02d}"
        work = self._account(bureau, bureau, self.random.choice(_JOBS))
        return self._person("official", at, ("official",), work, citizen=at % 2 == 0)

    def _citizen(self, at: int) -> PersonSeed:
        return self._person("citizen", at, ("citizen",), None, citizen=True)

    def _studios(self, committees: tuple[CommitteeSeed, ...], members: tuple[MemberSeed, ...]) -> Iterator[StudioSeed]:
        by_committee: dict[str, list[MemberSeed]] = {}
        for member in members:
            by_committee.setdefault(member.committee.code, []).append(member)
        categories = list(StudioCategory)
        for at in range(self.studios):
            committee = committees[at % len(committees)]
            category = categories[(at // len(committees) * 3 + at) % len(categories)]
            theme = THEMES[category][at // len(committees) % 2]
            pool = by_committee[committee.code]
            people = self.random.sample(pool, min(len(pool), self.random.randint(5, 14)))
            region = REGIONS[committee.region_code].name
            yield StudioSeed(
                key=f"S{committee.region_code}{at + 1:04d}",
                name=f"{committee.short_name}{theme}委员工作室",
                category=category,
                theme=theme,
                committee=committee,
                introduction=f"由{region}政协委员组成，线上线下免费提供{theme}咨询，每周四为委员值班日。",
                phone=office_phone(self.random, "0576"),
                address=f"{region}市民服务中心{at % 5 + 1}楼{at % 20 + 101}室",
                members=tuple(people),
            )
