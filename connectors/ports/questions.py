"""Citizens' questions: reading them, and what citizens, members and staff do to them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.attachment import Attachment
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionQuery, Reply
from connectors.records.question_writes import (
    Answered,
    ModerationVerdict,
    NewQuestion,
    NewRating,
    NewReply,
    OfflineReply,
    QuestionExtension,
    QuestionMove,
    Upload,
)
from connectors.viewer import Ask


@runtime_checkable
class QuestionSource(Protocol):
    """Knows citizens' questions; answers only what the asker may see (domain-terms section 5)."""

    async def load_questions(self, keys: Sequence[str], ask: Ask) -> Sequence[Question | PlatformError | None]:
        """Read questions by key; None also where the asker may not see it."""

    async def list_named_questions(
        self, keys: Sequence[tuple[str, ...]], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per tuple of question keys, in its order: those of them the asker may see."""

    async def load_replies(self, keys: Sequence[str], ask: Ask) -> Sequence[Reply | PlatformError | None]:
        """Read replies by key; None also where the asker may not see the question."""

    async def list_studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page of questions per studio key."""

    async def list_member_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per member key: what was put or assigned to them, or answered by them."""

    async def list_own_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per account on the citizen app; empty for any but the asker's own, where that is no staff."""

    async def list_questions(
        self, queries: Sequence[QuestionQuery], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page per query, over all studios."""

    async def list_found_questions(
        self, texts: Sequence[str], page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Search published questions: one page per text, best first; rows are ``FoundRow``."""


@runtime_checkable
class QuestionDesk(Protocol):
    """Takes questions and what is done to them.

    Who acts is the asker: the account on the citizen app (ask, rate, reopen, close), ``member_key`` (reply, move) or
    ``employee_code`` with the role staff or moderator. Each write answers the question as it then stands and raises
    ``PlatformError``: ``ForbiddenMoveError`` with the states it can go to, ``NotAllowedError``, ``NotFoundError``,
    ``RejectedInputError``, ``WriteIdReusedError``, ``OutcomeUnknownError``. ``write_id`` (16 to 64 of
    ``[A-Za-z0-9_-]``) makes it happen once: the same again answers the same.
    """

    async def ask_question(self, question: NewQuestion, write_id: str, ask: Ask) -> Question:
        """Put a question to a studio."""

    async def answer_question(self, reply: NewReply, write_id: str, ask: Ask) -> Answered:
        """Answer, as a member of the studio, from any waiting state."""

    async def record_answer(self, reply: OfflineReply, write_id: str, ask: Ask) -> Answered:
        """Write down what a member of the studio answered off line; by that member or by staff, from the same states.

        ``RejectedInputError`` for a time before the question or after now.
        """

    async def rate_answer(self, rating: NewRating, write_id: str, ask: Ask) -> Question:
        """Rate the answer to one's own question."""

    async def move_question(self, move: QuestionMove, write_id: str, ask: Ask) -> Question:
        """Accept, reject, assign, begin, return, transfer, close or reopen."""

    async def extend_question(self, extension: QuestionExtension, write_id: str, ask: Ask) -> Question:
        """Let the answer wait."""

    async def moderate_question(self, verdict: ModerationVerdict, write_id: str, ask: Ask) -> Question:
        """Publish a question, or refuse to."""


@runtime_checkable
class AttachmentStore(Protocol):
    """Takes what citizens attach to questions, and hands it out to whom the question concerns."""

    async def keep_attachment(self, upload: Upload, write_id: str, ask: Ask) -> Attachment:
        """Keep a file for the asker's next question; raises ``PlatformError``."""

    async def open_attachment(self, key: str, ask: Ask) -> tuple[str, bytes]:
        """Answer content type and bytes; ``NotFoundError`` also where the asker may not see the question."""
