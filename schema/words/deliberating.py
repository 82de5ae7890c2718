"""Deliberations, and other ways to consult and to oversee."""

WORDS = {
    "DeliberationKind": {
        "TOPIC_CALL": ("议题征集", "A call for topics."),
        "ONLINE_DELIBERATION": ("网络议政", "Deliberation on line."),
        "REMOTE_CONSULTATION": ("远程协商", "Consultation by video."),
        "HOT_TOPIC": ("热点关注", "A topic of the day."),
    },
    "DeliberationStatus": {
        "SCHEDULED": ("未开始", "To come."),
        "OPEN": ("进行中", "Takes statements."),
        "CLOSED": ("已截止", "Takes no more statements."),
        "CONCLUDED": ("已有结果", "Its outcome is told."),
    },
    "DeliberationOrder": {
        "OPENS_AT_DESC": ("晚开始的在前", "Latest to open first."),
        "CLOSES_AT_ASC": ("先截止的在前", "Soonest to close first."),
    },
    "StatementOrder": {"POSTED_AT_DESC": ("新发言在前", "Newest first.")},
    "HallEventStatus": {
        "SCHEDULED": ("未举行", "To come."),
        "HELD": ("已举行", "It took place."),
        "CANCELLED": ("已取消", "Called off."),
    },
    "PlannedForm": {
        "PLENARY": ("全体会议协商", "At the plenary session."),
        "STANDING_COMMITTEE": ("常委会协商", "In the standing committee."),
        "CHAIRPERSONS_MEETING": ("主席会议协商", "In the chairpersons' meeting."),
        "SPECIAL_TOPIC": ("专题协商", "On a special topic."),
        "WITH_SECTORS": ("界别协商", "With sectors."),
        "ON_PROPOSALS": ("提案办理协商", "On how proposals are handled."),
        "COME_AND_CONSULT": ("请你来协商", "Under Zhejiang's brand Come and Consult."),
    },
    "PlannedStatus": {
        "PLANNED": ("已计划", "To come."),
        "HELD": ("已举行", "It took place."),
        "POSTPONED": ("已延期", "Put off."),
    },
    "OversightStatus": {
        "PLANNED": ("已计划", "To come."),
        "ONGOING": ("进行中", "Under way."),
        "CONCLUDED": ("已结束", "At its end."),
    },
}
