"""What members do as their duty, and activities."""

WORDS = {
    "DutyRecordSource": {
        "SELF": ("委员填报", "The member wrote it down."),
        "OFFICE": ("机关录入", "The office wrote it down."),
        "ATTENDANCE": ("活动签到", "Signing in at an activity."),
        "PROPOSAL": ("提案", "A proposal."),
        "OPINION_REPORT": ("社情民意信息", "An opinion report."),
        "STUDIO_REPLY": ("工作室答复", "A reply in a studio."),
        "SHIFT": ("工作室值班", "A duty shift in a studio."),
    },
    "DutyRecordStatus": {
        "DRAFT": ("草稿", "A draft."),
        "SUBMITTED": ("待审核", "Waits to be verified."),
        "VERIFIED": ("已审核", "Verified; it counts."),
        "REJECTED": ("未通过", "Refused; it does not count."),
    },
    "AttendanceStatus": {
        "INVITED": ("已邀请", "Invited."),
        "CHECKED_IN": ("已签到", "Signed in."),
        "ON_LEAVE": ("请假", "Excused."),
        "ABSENT": ("缺席", "Not there."),
    },
    "CheckInMethod": {
        "QR_CODE": ("扫码签到", "By the code on the spot."),
        "MANUAL": ("人工签到", "By the staff."),
    },
}
