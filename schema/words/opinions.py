"""Reports on public opinion, and micro-suggestions."""

WORDS = {
    "OpinionReportStatus": {
        "DRAFT": ("草稿", "A draft."),
        "SUBMITTED": ("报送", "Submitted."),
        "EDITING": ("编辑", "Being edited."),
        "SIGNED_OFF": ("签批", "Signed off by the office."),
        "REPORTED": ("上报", "Reported to the level above."),
        "ADOPTED": ("采用", "Adopted."),
        "NOT_ADOPTED": ("未采用", "Not adopted."),
        "INSTRUCTED": ("批示", "A leader wrote instructions on it."),
        "FEEDBACK_GIVEN": ("反馈", "Its authors were told what came of it."),
        "ARCHIVED": ("存档", "Put away."),
        "WITHDRAWN": ("撤回", "Taken back."),
    },
    "OpinionReportOrder": {
        "SUBMITTED_AT_DESC": ("新报送的在前", "Newest first."),
        "CHANGED_AT_DESC": ("新变动的在前", "Last changed first."),
        "CHANGED_AT_ASC": ("早变动的在前，便于逐批同步", "Longest unchanged first, to follow changes."),
    },
    "MicroStatus": {
        "NOT_STARTED": ("未开始", "Not begun."),
        "IN_PROGRESS": ("进行中", "Under way."),
        "DONE": ("已完成", "Done."),
    },
    "MicroStepKind": {
        "SUGGESTION": ("微建议", "The suggestion itself."),
        "RESEARCH": ("微调研", "Looking into it."),
        "CONSULTATION": ("微协商", "Consulting on it."),
        "SUPERVISION": ("微监督", "Watching over what is done."),
        "SERVICE": ("微服务", "Helping with it."),
    },
    "MicroSuggestionOrder": {
        "SUBMITTED_AT_DESC": ("新提交的在前", "Newest first."),
        "CHANGED_AT_ASC": ("早变动的在前，便于逐批同步", "Longest unchanged first, to follow changes."),
    },
}
