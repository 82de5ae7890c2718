"""What the buttons of ``/account`` do; each answers a word for what was done, which the page tells."""

from auth.authority import Authority
from auth.pages.forms import Form
from auth.pages.leg_faults import trouble_of
from auth.scopes import known_scopes
from auth.sessions import Session


class AccountActs:
    """Acts of the person who is signed in, on what is theirs: whatever a form names is looked for there."""

    def __init__(self, authority: Authority) -> None:
        self._authority = authority

    async def end_one(self, session: Session, form: Form) -> str:
        """Sign one browser out; one that is none of theirs, or has ended, is passed over."""
        sid = form.required("sid")
        living = await self._authority.sessions.living(session.person_id)
        if any(one.sid == sid for one in living):
            await self._authority.endings.session(sid)
        return "ended"

    async def end_others(self, session: Session, _form: Form) -> str:
        """Sign all other browsers out."""
        for one in await self._authority.sessions.living(session.person_id):
            if one.sid != session.sid:
                await self._authority.endings.session(one.sid)
        return "ended-others"

    async def unlink(self, session: Session, form: Form) -> str:
        """Part an account from the person; raises ``PageError`` where that cannot be."""
        with trouble_of(back="/account"):
            await self._authority.linking.unlink(session, form.required("platform"), form.required("subject"))
        return "unlinked"

    async def take_back(self, session: Session, form: Form) -> str:
        """Take one scope back from a client, or everything; tokens that hold it end.

        All of the client's tokens end in either case: they cannot be made smaller. It may ask for new ones, silently
        as far as the consent still goes.
        """
        client_id, person_id = form.required("client_id"), session.person_id
        taken = known_scopes(form.get("scope") or "")
        left = await self._authority.consents.given(person_id, client_id) - taken if taken else frozenset()
        await self._authority.endings.client_of_person(client_id, person_id)
        if left:  # only now: had this ended in between, less is agreed to than meant, never more
            await self._authority.consents.give(person_id, client_id, left)
        return "taken-back"
