"""Campaigns of democratic oversight of a committee: those of two years, and one that is planned."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from connectors.duty.sandbox.causes import CAUSES, Cause
from connectors.duty.sandbox.rolls import Rolls
from connectors.duty.sandbox.rows import of_committee
from connectors.records.oversight import OversightStatus
from connectors.regions import REGIONS
from connectors.sandbox.building import CHINA
from connectors.sandbox.world import CommitteeSeed, UnitSeed, World

_SUBJECTS = ("助企惠企政策落实情况", "“无废城市”建设", "义务教育“双减”落实情况", "美丽大花园建设", "民生实事项目办理")
_LONG = timedelta(days=150)
_STARTS = (-400, -60, 70)  # days from today: concluded, ongoing, planned


@dataclass(frozen=True, slots=True)
class KeptCampaign:
    """Everything about one; ``found`` are causes, the unit they concern, and when."""

    id: str
    committee: CommitteeSeed
    title: str
    starts_on: date
    ends_on: date
    themes: tuple[str, ...]
    found: tuple[tuple[Cause, UnitSeed, datetime], ...]

    def status(self, today: date) -> OversightStatus:
        """Where it stands."""
        if today < self.starts_on:
            return OversightStatus.PLANNED
        return OversightStatus.ONGOING if today <= self.ends_on else OversightStatus.CONCLUDED


def campaigns_of(world: World, rolls: Rolls, committee: CommitteeSeed) -> Iterator[KeptCampaign]:
    """One committee's."""
    random = world.random(f"duty:oversights:{committee.code}")
    bureaus, region = rolls.bureaus_of(committee), REGIONS[committee.region_code].name
    subjects = random.sample(_SUBJECTS, len(_STARTS))
    for at, (days, subject) in enumerate(zip(_STARTS, subjects, strict=True)):
        causes = random.sample(CAUSES, 3)
        begins = world.today.replace(hour=9, minute=0, second=0, microsecond=0) + timedelta(days=days)
        found = [
            (cause, bureaus[cause.bureau], begins + timedelta(days=12 * (number + 1)))
            for number, cause in enumerate(causes)
        ]
        yield KeptCampaign(
            id=f"D{committee.region_code}V{at + 1:02d}",
            committee=committee,
            title=f"{region}{subject}专项集体民主监督",
            starts_on=begins.date(),
            ends_on=(begins + _LONG).date(),
            themes=tuple(cause.theme for cause in causes),
            found=tuple(each for each in found if each[2] < world.today),
        )


def campaign_row(campaign: KeptCampaign, today: date) -> dict[str, Any]:
    """An ``Oversight`` of the contract; it has a report once it is concluded."""
    status = campaign.status(today)
    return of_committee(campaign.committee) | {
        "id": campaign.id,
        "title": campaign.title,
        "year": campaign.starts_on.year,
        "startsOn": campaign.starts_on,
        "endsOn": campaign.ends_on,
        "status": status.value,
        "themes": list(campaign.themes),
        "findings": [_finding_row(*found) for found in campaign.found],
        "reports": [_report_row(campaign)] if status is OversightStatus.CONCLUDED else [],
    }


def _finding_row(cause: Cause, unit: UnitSeed, at: datetime) -> dict[str, Any]:
    body = f"{cause.analysis}建议：{cause.suggestion}"
    return {
        "theme": cause.theme,
        "body": body,
        "foundAt": at,
        "organizationCode": unit.code,
        "organizationName": unit.name,
    }


def _report_row(campaign: KeptCampaign) -> dict[str, Any]:
    key = f"{campaign.id}-R1"
    file = {"id": f"{key}-1", "kind": "DOCUMENT", "name": "民主监督报告.pdf", "path": f"attachments/{key}-1"}
    issued = datetime.combine(campaign.ends_on, datetime.min.time(), CHINA)
    return {"id": key, "title": f"关于{campaign.title}的报告", "issuedAt": issued, "attachments": [file]}
