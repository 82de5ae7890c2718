"""Suggestion forms of one committee: one that is over, one open, one to come; and answers to them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from connectors.duty.sandbox.rows import of_committee
from connectors.records.suggestion_form import FormStatus
from connectors.regions import REGIONS
from connectors.sandbox.world import CommitteeSeed, World, opaque

_THEMES: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    (
        "优先发展城市公交，提升公交服务品质",
        "扫码说说您身边的公交：线路、站点、班次，哪一样最该改？",
        ("线路规划", "站点设置", "服务质量", "收发班次", "公交专用道"),
    ),
    (
        "改善营商环境，您的建言很重要",
        "办事、融资、用工，企业最盼什么？",
        ("办事效率", "融资成本", "用工招工", "市场秩序"),
    ),
    ("推进文旅融合，期待您的意见建议", "周末去哪儿，还缺什么？", ("景点交通", "餐饮住宿", "非遗体验", "夜间消费")),
)
_SPAN = timedelta(days=14)


@dataclass(slots=True)
class KeptForm:
    """Everything about one; ``counts`` are answers by aspect, ``answered`` who has answered while this runs."""

    id: str
    code: str
    committee: CommitteeSeed
    title: str
    introduction: str
    opens_at: datetime
    closes_at: datetime
    aspects: dict[str, str]
    counts: dict[str, int]
    answers: int
    answered: set[str] = field(default_factory=set)

    def status(self, now: datetime) -> FormStatus:
        """Whether it can be answered."""
        if now < self.opens_at:
            return FormStatus.SCHEDULED
        return FormStatus.OPEN if now < self.closes_at else FormStatus.CLOSED


def forms_of(world: World, committee: CommitteeSeed) -> Iterator[KeptForm]:
    """One committee's."""
    random = world.random(f"duty:forms:{committee.code}")
    start = world.today.replace(hour=9, minute=0, second=0, microsecond=0)
    for at, days in enumerate((-40, -3, 10)):
        title, introduction, aspects = random.choice(_THEMES)
        codes = {f"A{number + 1}": name for number, name in enumerate(aspects)}
        opens = start + timedelta(days=days)
        over = opens < world.today
        counts = {code: random.randint(8, 160) if over else 0 for code in codes}
        key = f"F{committee.region_code}{at + 1:02d}"
        yield KeptForm(
            id=key,
            code=opaque("form", int(key[1:]), world.seed)[:12],
            committee=committee,
            title=f"{REGIONS[committee.region_code].name}：{title}",
            introduction=introduction,
            opens_at=opens,
            closes_at=opens + _SPAN,
            aspects=codes,
            counts=counts,
            answers=max(counts.values()) + sum(counts.values()) // 3 if over else 0,
        )


def form_row(form: KeptForm, now: datetime) -> dict[str, Any]:
    """A ``SuggestionForm`` of the contract."""
    return of_committee(form.committee) | {
        "id": form.id,
        "formCode": form.code,
        "title": form.title,
        "introduction": form.introduction,
        "opensAt": form.opens_at,
        "closesAt": form.closes_at,
        "status": form.status(now).value,
        "aspects": [{"code": c, "name": name, "answerCount": form.counts[c]} for c, name in form.aspects.items()],
        "answerCount": form.answers,
    }
