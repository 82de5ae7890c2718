"""The second factor, put together."""

from auth.endings import Endings
from auth.factor.enrolment import Enrolment
from auth.factor.factors import Factors
from auth.factor.ground import Ground
from auth.factor.removal import Removal
from auth.factor.roster import Roster


class SecondFactor:
    """One per process: ``factors`` proves, ``enrolment`` gives, ``removal`` takes, ``roster`` is the operators'."""

    def __init__(self, ground: Ground, endings: Endings) -> None:
        self.settings = ground.settings
        self.factors = Factors(ground)
        self.enrolment = Enrolment(ground)
        self.removal = Removal(ground, endings)
        self.roster = Roster(ground)
