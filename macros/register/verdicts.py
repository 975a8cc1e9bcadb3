"""Whose word it is that something is done: the owner's, a partner's, families', or that of somebody independent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from urllib.parse import urlsplit

from ..records import FamilyVerdict, Feel, FindingVerdict, Organisation, Source, Update
from ..records.action import ENDED, MOVED_ON, Evidence
from ..records.partial_date import PartialDate

INDEPENDENT_KINDS = ("regulator", "government", "press", "ombudsman", "scrutiny")
"""The kinds of organisations that neither made the promise nor help to keep it."""

WORDS = ("owner", "partner", "independent", "families")
"""Whose word an account can be, in the order in which a page shows them."""

MOST_CONVINCING_FIRST = ("independent", "families", "partner", "owner")
"""The order in which a list, with room for one account, chooses it."""


@dataclass(frozen=True)
class Account:
    """Whose word a piece of evidence or a source is: who says it, and where it can be read.

    `organisation` is None where nobody in the register has the site.
    """

    word: str
    organisation: Organisation | None
    item: Evidence | Source | None


@dataclass(frozen=True)
class Verdict:
    """The newest status of an action by one word."""

    account: Account
    update: Update
    status: str
    label: str

    @property
    def word(self) -> str:
        return self.account.word

    @property
    def date(self) -> PartialDate:
        return self.update.happened_on

    @property
    def is_ended(self) -> bool:
        return self.status in ENDED


@dataclass(frozen=True)
class Speakers:
    """The organisations of an area, found by the sites on which they publish."""

    organisations: Mapping[str, Organisation]

    @cached_property
    def _by_site(self) -> dict[str, Organisation]:
        return {site: organisation for organisation in self.organisations.values() for site in organisation.sites}

    @cached_property
    def _only_of_kind(self) -> dict[str, str]:
        """The id of the organisation of each kind that has just one."""
        kinds = [organisation.kind for organisation in self.organisations.values()]
        return {organisation.kind: id for id, organisation in self.organisations.items()
                if kinds.count(organisation.kind) == 1}

    def who_says(self, item: Evidence | Source) -> Organisation | None:
        """Return whose word it is: the organisation that `by` names, else the one with the site, else None."""
        if item.by:
            return self.organisations.get(item.by)
        host = (urlsplit(item.url or "").hostname or "").removeprefix("www.")
        parts = host.split(".")
        # The longest match first: a newspaper's page about a council may be a subdomain of neither.
        domains = (".".join(parts[number:]) for number in range(len(parts)))
        return next((self._by_site[domain] for domain in domains if domain in self._by_site), None)

    def is_reported(self, verdict: FindingVerdict) -> bool:
        """Return whether we know what an inspector or another independent body said from the news alone."""
        by, speaker = self.organisations.get(verdict.by), self.who_says(verdict.source)
        return by is not None and by.kind in INDEPENDENT_KINDS and (speaker is None or speaker.kind == "press")

    def accounts(self, update: Update, owner: str | None, promise: Source | None) -> tuple[Account, ...]:
        """Return whose word an update is: one for each piece of evidence, else its source, else the owner's.

        `promise` is the promise's own source: what is on that page is the owner's word, whoever runs the site.
        """
        items: tuple[Evidence | Source, ...] = update.evidence or ((update.source,) if update.source else ())
        found = tuple(self._account(item, owner, promise) for item in items)
        return found or (Account("owner", self.organisations.get(owner or ""), None),)

    def _account(self, item: Evidence | Source, owner: str | None, promise: Source | None) -> Account:
        organisation, owning = self.who_says(item), self.organisations.get(owner or "")
        if promise and item.url and item.url == promise.url:
            is_outside = organisation is None or organisation.kind in INDEPENDENT_KINDS
            return Account("owner", (owning or organisation) if is_outside else organisation, item)
        if organisation is None:
            return Account("partner", None, item)
        if owning and (organisation.id == owning.id or organisation.id in getattr(owning, "members", ())):
            return Account("owner", organisation, item)
        word = "families" if organisation.kind == "parent carer forum" else \
            "independent" if organisation.kind in INDEPENDENT_KINDS else "partner"
        return Account(word, organisation, item)

    def label(self, status_word: str, account: Account) -> str:
        """Return a status with whose word it is, such as "Done, says the council"."""
        organisation = account.organisation
        if organisation is None:
            return status_word
        if account.word == "families":
            return f"{status_word}, say families ({_name(organisation)})"
        if organisation.kind == "regulator":
            return f"{status_word}, seen by inspectors"
        if account.word == "independent":
            return f"{status_word}, reported by {_name(organisation)}"
        is_the_only_one = organisation.kind in ("council", "board", "partnership") and \
            self._only_of_kind.get(organisation.kind) == organisation.id
        return f"{status_word}, says {f'the {organisation.kind}' if is_the_only_one else _name(organisation)}"


def _name(organisation: Organisation) -> str:
    name = organisation.short_name or organisation.name
    return f"the {name.removeprefix('The ')}" if name.startswith("The ") else name


def strongest(verdicts: tuple[Verdict, ...], status: str) -> Verdict | None:
    """Return the most convincing of the verdicts with this status, or None."""
    found = {verdict.word: verdict for verdict in verdicts if verdict.status == status}
    return next((found[word] for word in MOST_CONVINCING_FIRST if word in found), None)


def disagree(verdicts: tuple[Verdict, ...]) -> bool:
    """Return whether two of the verdicts cannot both be right today.

    An account that it is still going on, from before it ended, is no disagreement: both were right in their time. Nor
    is one of an action that goes on as another.
    """
    ended = [verdict for verdict in verdicts if verdict.is_ended and verdict.status not in MOVED_ON]
    still_open = [verdict for verdict in verdicts if not verdict.is_ended]
    return len({verdict.status for verdict in ended}) > 1 or any(
        one.date.last_day >= other.date.first_day for one in still_open for other in ended)


def feel_in_words(verdict: FamilyVerdict) -> str:
    """Return what families answered: "14 of the 60 families who answered feel the change. 10 feel it in part, 22 do not
    feel it, 14 say that it is too early to know."
    """
    feel = verdict.feel
    others = ((feel.partly, "feels it in part", "feel it in part"), (feel.no, "does not feel it", "do not feel it"),
              (feel.too_early, "says that it is too early to know", "say that it is too early to know"))
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in others if count]
    return f"{feel.yes or 'None'} of the {verdict.answered} families who answered feel{'s' * (feel.yes == 1)} the " \
           "change." + (f" {', '.join(parts)}." if parts else "")


def prevailing(feel: Feel) -> str | None:
    """Return what most families with a view say: yes, partly or no. None where at least half find it too early."""
    if 2 * feel.too_early >= feel.total:
        return None
    if feel.no > feel.yes + feel.partly:
        return "no"
    return "yes" if feel.yes > feel.partly + feel.no else "partly"


def up_to(today: date, asked: Iterable[FamilyVerdict]) -> tuple[FamilyVerdict, ...]:
    """Return the verdicts of families up to a day, newest first."""
    found = (verdict for verdict in asked if verdict.date.first_day <= today)
    return tuple(sorted(found, key=lambda verdict: (verdict.date.first_day, verdict.id), reverse=True))


def newest_of_each(asked: Iterable[FamilyVerdict]) -> tuple[FamilyVerdict, ...]:
    """Return the first verdict of each organisation that asked: the newest, in a list that is newest first."""
    found: dict[str, FamilyVerdict] = {}
    for verdict in asked:
        found.setdefault(verdict.asked_by, verdict)
    return tuple(found.values())


def families_contradict(verdicts: Iterable[Verdict], asked: Iterable[FamilyVerdict]) -> bool:
    """Return whether more families do not feel a change than feel it, at least in part, once it was said to be done.

    What they answered before that day is no contradiction: both were right in their time.
    """
    done = [verdict.date.first_day for verdict in verdicts if verdict.status == "complete"]
    return any(prevailing(one.feel) == "no" and one.date.last_day >= day for one in newest_of_each(asked)
               for day in done)
