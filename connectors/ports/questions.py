"""Citizens' questions and the replies to them."""

from collections.abc import Sequence
from typing import Protocol, runtime_checkable

from connectors.errors import PlatformError
from connectors.records.page import Page, PageArgs
from connectors.records.question import Question, QuestionQuery, Reply
from connectors.viewer import Ask


@runtime_checkable
class QuestionSource(Protocol):
    """Knows citizens' questions; answers only what the asker may see (domain-terms section 5)."""

    async def load_questions(self, keys: Sequence[str], ask: Ask) -> Sequence[Question | PlatformError | None]:
        """Read questions by key; None also where the asker may not see it."""

    async def load_replies(self, keys: Sequence[str], ask: Ask) -> Sequence[Reply | PlatformError | None]:
        """Read replies by key; None also where the asker may not see the question."""

    async def list_studio_questions(
        self, keys: Sequence[str], query: QuestionQuery, page: PageArgs, ask: Ask
    ) -> Sequence[Page[Question] | PlatformError]:
        """Read one page of questions per studio key, newest first."""
