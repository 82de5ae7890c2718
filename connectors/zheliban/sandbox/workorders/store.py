"""All work orders of one sandbox, and who may see which."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from connectors.records.question import QuestionKind
from connectors.regions import REGIONS, lies_in
from connectors.sandbox import paging
from connectors.sandbox.world import UnitSeed, World
from connectors.zheliban.sandbox.studios.asked import moment_of
from connectors.zheliban.sandbox.workorders.chain import Way, due_of, plan_of, verdict_of
from connectors.zheliban.sandbox.workorders.orders import DAY, HOUR, Order
from connectors.zheliban.sandbox.world_time import WorldTime

NEWEST: paging.Order[Order] = paging.Order("ACCEPTED_AT_DESC", lambda order: (-order.accepted, order.id))
_COUNTY, _PROVINCE, _MANY_STUDIOS, _DAYS = 300, 3000, 200, 200
_SHARES = {Way.USUAL: 10, Way.DIRECT: 5, Way.LATE: 4, Way.RETURNED: 1, Way.EXTENDED: 2, Way.REFUSED: 1}
_WAYS = tuple(way for way, share in _SHARES.items() for _ in range(share))
_WORDS = {
    "学": "教育局",
    "医": "卫生健康局",
    "田": "农业农村局",
    "河": "农业农村局",
    "法律": "司法局",
    "公交": "经济和信息化局",
}
_REPORTS: tuple[tuple[QuestionKind, str, str, str], ...] = (
    (QuestionKind.COMPLAINT, "小区楼下夜间施工噪音扰民", "连续三晚施工到十二点，老人孩子无法休息。", "经济和信息化局"),
    (QuestionKind.HELP, "路灯坏了一周没人修", "晚上一片漆黑，骑车很危险。", "市场监督管理局"),
    (QuestionKind.COMPLAINT, "河道有异味疑似排污", "早晚气味明显，水面有油花。", "农业农村局"),
    (QuestionKind.CONSULTATION, "咨询民办学校转公办流程", "孩子想转学，需要哪些手续？", "教育局"),
    (QuestionKind.HELP, "老人想预约上门健康体检", "行动不便，家庭医生怎么签约？", "卫生健康局"),
    (QuestionKind.REPORT, "餐饮店后厨卫生不达标", "地面积水，生熟不分。", "市场监督管理局"),
    (QuestionKind.SUGGESTION, "建议公交线路延伸到新村", "新村入住三千户，最近的站要走两公里。", "经济和信息化局"),
    (QuestionKind.COMPLAINT, "健身房关门预付卡退款无门", "办了两年卡只用了三个月。", "市场监督管理局"),
    (QuestionKind.CONSULTATION, "农田灌溉水渠谁来维护", "渠道堵塞，影响春耕。", "农业农村局"),
    (QuestionKind.HELP, "申请法律援助需要什么条件", "工伤赔偿谈不拢，请不起律师。", "司法局"),
)


@dataclass(frozen=True, slots=True)
class OrderViewer:
    """For whom an order is read; all None or False is nobody, who sees none."""

    account: str | None
    employee: str | None
    staff: bool


class OrderStore:
    """Seeded from the world; ``time`` says what has happened."""

    def __init__(self, world: World, time: WorldTime) -> None:
        self.time = time
        self.orders: dict[str, Order] = {}
        self.newest: list[Order] = []
        self.of_region: defaultdict[str, list[Order]] = defaultdict(list)
        self.of_owner: defaultdict[str, list[Order]] = defaultdict(list)
        self.of_unit: defaultdict[str, list[Order]] = defaultdict(list)
        self.numbers = count(1)
        self._units = {(u.region_code, u.name.removeprefix(REGIONS[u.region_code].name)): u for u in world.units}
        officials = (*world.officials, *(member.person for member in world.members))
        self._unit_of = {person.work.employee_code: person.work.unit_code for person in officials if person.work}
        for order in sorted(self._seeded(world), key=lambda order: order.accepted):
            self.add(order)

    def add(self, order: Order) -> None:
        """Take in the newest order."""
        self.orders[order.id] = order
        for rows in (
            self.newest,
            self.of_region[order.region],
            self.of_owner[order.owner.user_id or ""],
            self.of_unit[order.handler.code],
        ):
            rows.insert(0, order)

    def serves(self, region: str) -> bool:
        """Whether there are units to handle orders in a region."""
        return (region, _REPORTS[0][3]) in self._units

    def unit_for(self, region: str, text: str) -> UnitSeed:
        """Who handles it: by what the text is about."""
        bureau = next((bureau for word, bureau in _WORDS.items() if word in text), "市场监督管理局")
        return self._units[region, bureau]

    def grounds(self, order: Order, viewer: OrderViewer) -> str | None:
        """Why somebody may see an order; None: they may not."""
        if viewer.account is not None and order.owner.user_id == viewer.account:
            return "OWNER"
        if viewer.employee is not None and self._unit_of.get(viewer.employee) == order.handler.code:
            return "HANDLER"
        return "STAFF" if viewer.staff else None

    def in_region(self, region: str | None) -> Sequence[Order]:
        """All orders of a region and what lies in it, the newest first."""
        codes = {code for code in self.of_region if region is None or lies_in(code, region)}
        if len(codes) == 1:
            return self.of_region[codes.pop()]
        return self.newest if len(codes) == len(self.of_region) else [o for o in self.newest if o.region in codes]

    def of(self, viewer: OrderViewer) -> Sequence[Order]:
        """What is somebody's own, or their unit's, the newest first."""
        own = self.of_owner.get(viewer.account or "", [])
        unit = self.of_unit.get(self._unit_of.get(viewer.employee or "", ""), [])
        return sorted({order.id: order for order in (*own, *unit)}.values(), key=NEWEST.place)

    def _seeded(self, world: World) -> Iterator[Order]:
        random = world.random("zheliban:workorders")
        number = _COUNTY if len(world.studios) < _MANY_STUDIOS else _PROVINCE
        regions = [committee.region_code for committee in world.committees]
        begun = self.time.begun
        for at in range(number):
            kind, title, body, bureau = random.choice(_REPORTS)
            region, way = regions[at % len(regions)], random.choice(_WAYS)
            accepted = float(int(begun - HOUR - random.random() ** 2 * _DAYS * DAY))
            due, unit = due_of(kind, way, accepted), self._units[region, bureau]
            plan, verdict = verdict_of(plan_of(way, accepted, due, unit.name, random.random()), random.random)
            street = f"{REGIONS[region].name}解放路{at % 200 + 1}号"
            yield Order(
                id=f"W{next(self.numbers):07d}",
                number=number_of(accepted, at + 1),
                owner=world.citizens[at % len(world.citizens)],
                kind=kind,
                title=title,
                body=body,
                region=region,
                place=(round(28.2 + random.random(), 6), round(120.6 + random.random(), 6), street),
                handler=unit,
                accepted=accepted,
                due=due,
                plan=plan,
                verdict=verdict,
            )


def number_of(accepted: float, serial: int) -> str:
    """The number people are told."""
    return f"12345-{moment_of(accepted):%Y%m%d}-{serial:05d}"
