"""Which language the caller reads (RFC 9110 section 12.5.4)."""

from gateway.execution.operation import Language
from gateway.http.headers import weighted
from gateway.http.remembering import remembered

_LANGUAGES = {"zh": Language.ZH, "en": Language.EN}


@remembered
def language_of(accept_language: str | None) -> Language:
    """Chinese for whoever prefers any ``zh`` to ``en``, English for everybody else."""
    best, chosen = 0.0, Language.EN
    for tag, quality in weighted(accept_language or ""):
        language = _LANGUAGES.get(tag.split("-", maxsplit=1)[0])
        if language is not None and quality > best:
            best, chosen = quality, language
    return chosen
