"""Words for what is written: input a person can mend, keys used again, what is on its way."""

from gateway.errors.entry import Entry

WRITES = (
    Entry("TEXT_MISSING", "There is no text. Write something.", "内容为空，请填写后再提交。"),
    Entry(
        "TEXT_TOO_LONG",
        "The text has {length} characters, at most {most} are taken. Shorten it.",
        "内容共 {length} 字，最多 {most} 字，请精简后再提交。",
    ),
    Entry(
        "FORBIDDEN_MOVE",
        "The present state does not allow this. From here it can go to: {allowed}.",
        "当前状态不允许此操作，可转为：{allowed}。",
    ),
    Entry(
        "BAD_IDEMPOTENCY_KEY",
        "An idempotency key has 1 to {most} characters. Use for example a UUID, a new one for each act.",
        "幂等键须为 1 至 {most} 个字符，例如每次操作使用一个新的 UUID。",
    ),
    Entry(
        "IDEMPOTENCY_KEY_REUSED",
        "This idempotency key stands for other input already, which was written. Use a new key for a new act.",
        "该幂等键已用于另一次内容不同的提交（该次已受理），新的操作请使用新的幂等键。",
    ),
    Entry(
        "WRITE_UNDER_WAY",
        "The same is being written right now, asked for before with this key. Ask again in a few seconds.",
        "使用同一幂等键的提交正在处理中，请几秒后再查询。",
        retryable=True,
    ),
    Entry(
        "ANOTHER_WRITE_WAITS",
        "Something else about this is being done and has to come first; nothing was written. Ask again in a few "
        "seconds.",
        "该事项另有提交正在处理，须先完成；本次未写入任何内容，请几秒后重试。",
        retryable=True,
    ),
    Entry(
        "WRITE_KEPT",
        "This is kept and will be done as soon as the platform can; do not send it again. writeStatus tells how far it "
        "is.",
        "该操作已保存，平台恢复后会自动完成，请勿重复提交；可用 writeStatus 查询进展。",
    ),
    Entry(
        "WRITE_GIVEN_UP",
        "This could not be done and was given up; writeStatus tells why. Do it again with a new key if it is still "
        "wanted.",
        "该操作多次尝试仍未成功，已停止；原因见 writeStatus。如仍需办理，请使用新的幂等键重新提交。",
    ),
    Entry(
        "WRITE_DROPPED",
        "The operator gave this up. Ask them why; do it again with a new key if it is still wanted.",
        "运维人员已停止此项，请向其了解原因。如仍需办理，请使用新的幂等键重新提交。",
    ),
    Entry(
        "WRITES_UNAVAILABLE",
        "Nothing can be written for the moment, and nothing was. Ask again in a few seconds, with the same key.",
        "暂时无法提交，本次未写入任何内容，请几秒后用同一幂等键重试。",
        retryable=True,
    ),
)
