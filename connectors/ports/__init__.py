"""Ports: what a platform can be able to do, one small ability each; a file a subject.

Every read takes many keys and answers one entry per key, in that order: the record, None where the platform knows
no such thing, or the error that kept it away. A failure fills only its own place; a read (``load_…``, ``list_…``)
never raises a ``PlatformError``. What is about one thing only, signing in and writing, raises.
"""

from connectors.ports.files import FileSource
from connectors.ports.members import MemberLookup, MemberRegistry, MemberStatisticsSource
from connectors.ports.officials import OfficialSource
from connectors.ports.organizations import CommitteeRegistry, UnitSource
from connectors.ports.questions import QuestionSource
from connectors.ports.shifts import ShiftSource
from connectors.ports.signin import SignIn
from connectors.ports.studios import StudioDirectory, StudioMarkSource, StudioRegistry

__all__ = [
    "CommitteeRegistry",
    "FileSource",
    "MemberLookup",
    "MemberRegistry",
    "MemberStatisticsSource",
    "OfficialSource",
    "QuestionSource",
    "ShiftSource",
    "SignIn",
    "StudioDirectory",
    "StudioMarkSource",
    "StudioRegistry",
    "UnitSource",
]
