"""The verbs of somebody who sets a ranking up: begin, go on, change, look through, start."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.admins import Admins
from bot.caller import Caller
from bot.errors import UserError
from bot.handover import FEWEST_RANKED, MOST_RANKED, SAVED, theme_value
from bot.ranking.people.limits import check_people
from bot.ranking.setup.draft import Draft, Setup, fingerprint
from bot.ranking.setup.own_statements import statement_faults
from bot.ranking.setup.starting import start_ranking
from bot.ranking.setup.topics import OWN_TASK, Topic, own_topic, strategies_topic, task_topic
from bot.starting_rights import check_may_start
from bot.values import Entered
from knowledge.model import Library
from storage.records.people import Person
from storage.records.rankings import Participant
from storage.store import ConflictError, Store

CHANGED = (
    "Nothing was started, because what you entered has changed since this was shown, or because it was "
    "started already. Close this and look in the channel, or type /rank to see what you entered."
)
OWN_LABEL = "Statements of our own"
SAVED_TITLE = "Strategies we might use"


@dataclass(frozen=True, slots=True)
class Plan:
    """A set-up that can be started: what the preview shows."""

    setup: Setup
    topic: Topic
    participants: tuple[Participant, ...]

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.setup, self.topic)


class SetupService:
    """Each person has one draft in a workspace."""

    def __init__(self, store: Store, library: Library, admins: Admins) -> None:
        self._store = store
        self._admins = admins
        self._library = library

    def fresh(self, source: str = "") -> Setup:
        """An empty form; without a source it is about the first task."""
        return Setup(source or f"task:{self._library.tasks[0].id}")

    async def begin(self, caller: Caller, fresh: Setup) -> Draft:
        """Keep a new set-up beside the draft there is, if that one holds anything.

        :raises UserError: it cannot be ranked, or the caller may not start rankings
        """
        await check_may_start(self._store.settings, self._admins, caller)
        if fresh.source != OWN_TASK:
            await self.topic(caller, fresh)
        before = await self.draft(caller)
        if before is None or before.setup in (fresh, self.fresh()):
            return await self._keep(caller, Draft(fresh))
        return await self._keep(caller, Draft(before.setup, fresh))

    async def draft(self, caller: Caller) -> Draft | None:
        found = await self._store.rankings.get_setup(caller.workspace_id, caller.person)
        return Draft.from_json(found) if found else None

    async def choose(self, caller: Caller, *, go_on: bool) -> Setup:
        """Go on with the draft, or begin afresh with what was asked for."""
        draft = await self.draft(caller)
        if draft is None:
            draft = Draft(self.fresh())
        elif draft.fresh is not None and not go_on:
            draft = Draft(draft.fresh)
        return (await self._keep(caller, Draft(draft.setup))).setup

    async def keep_form(self, caller: Caller, values: Entered) -> Setup:
        """Store what the form holds."""
        return await self._keep_setup(caller, (await self._setup(caller)).with_form(values))

    async def keep_rules(self, caller: Caller, values: Entered) -> Setup:
        """Store what the form of the rules holds."""
        return await self._keep_setup(caller, (await self._setup(caller)).with_rules(values))

    async def sources(self, caller: Caller, setup: Setup) -> list[tuple[str, str]]:
        """What can be ranked: each choice's value and words; what is chosen now is always among them."""
        found = [(f"task:{task.id}", task.title) for task in self._library.tasks]
        found.append((OWN_TASK, OWN_LABEL))
        saved = await self._store.lookups.list_saved(caller.workspace_id, caller.person)
        if setup.source == SAVED or FEWEST_RANKED <= len(saved) <= MOST_RANKED:
            found.append((SAVED, f"Strategies you saved ({len(saved)})"))
        for theme in self._library.themes:
            count = len(self._library.strategies_of(theme.id))
            if FEWEST_RANKED <= count <= MOST_RANKED or setup.source == theme_value(theme.id):
                found.append((theme_value(theme.id), f"Strategies: {theme.title} ({count})"))
        return found

    async def topic(self, caller: Caller, setup: Setup) -> Topic:
        """What is ranked; :raises UserError: it cannot be, and why."""
        if setup.source == OWN_TASK:
            return own_topic(setup.title, setup.statements)
        if setup.source == SAVED:
            saved = await self._store.lookups.list_saved(caller.workspace_id, caller.person)
            found = [self._library.strategy(strategy_id) for strategy_id in saved]
            return strategies_topic(SAVED_TITLE, [one for one in found if one])
        kind, _, source_id = setup.source.partition(":")
        task = self._library.task(source_id) if kind == "task" else None
        if task is not None:
            return task_topic(task)
        theme = self._library.theme(source_id)
        if theme is None:
            raise UserError("That theme is no longer there. Type /strategies to see the themes.")
        return strategies_topic(theme.title, self._library.strategies_of(theme.id))

    def name(self, setup: Setup) -> str:
        """What is ranked, in a few words."""
        if setup.source == OWN_TASK:
            return setup.title or OWN_LABEL
        if setup.source == SAVED:
            return SAVED_TITLE
        source_id = setup.source.partition(":")[2]
        found = self._library.task(source_id) or self._library.theme(source_id)
        return found.title if found else "A ranking"

    def own_faults(self, setup: Setup) -> tuple[str, str]:
        """What has to change in the title and in the statements, "" where nothing has."""
        if setup.source != OWN_TASK:
            return "", ""
        title = "" if setup.title else "Give it a title, so that everybody knows what it is about."
        return title, statement_faults(setup.statements)

    async def plan(self, caller: Caller, setup: Setup, people: Sequence[Person]) -> Plan:
        """Fix the list of people; :raises UserError: too few or too many."""
        fixed = replace(setup, people=tuple(check_people(people)))
        await self._keep_setup(caller, fixed)
        return await self._planned(caller, fixed)

    async def start(self, caller: Caller, ranking_id: str, seen: str, at: datetime) -> None:
        """Start what the preview with this fingerprint showed; once, however often it is asked.

        :raises UserError: it has changed since, was started before, or the caller may not start rankings
        """
        await check_may_start(self._store.settings, self._admins, caller)
        draft = await self.draft(caller)
        if draft is None:
            raise UserError(CHANGED)
        plan = await self._planned(caller, draft.setup)
        if plan.fingerprint != seen:
            raise UserError(CHANGED)
        try:
            await start_ranking(
                self._store.rankings,
                caller,
                plan.topic,
                plan.setup.channel_id,
                plan.setup.people,
                ranking_id=ranking_id,
                at=at,
                rules=plan.setup.rules,
                agencies={one.person: one.agency for one in plan.participants},
            )
        except ConflictError as error:
            raise UserError(CHANGED) from error
        await self._store.rankings.drop_setup(caller.workspace_id, caller.person)

    async def _planned(self, caller: Caller, setup: Setup) -> Plan:
        agencies = await self._store.people.get_agencies(caller.workspace_id, setup.people)
        participants = tuple(Participant(person, agencies.get(person, "")) for person in setup.people)
        return Plan(setup, await self.topic(caller, setup), participants)

    async def _setup(self, caller: Caller) -> Setup:
        draft = await self.draft(caller)
        return draft.setup if draft else self.fresh()

    async def _keep_setup(self, caller: Caller, setup: Setup) -> Setup:
        return (await self._keep(caller, Draft(setup))).setup

    async def _keep(self, caller: Caller, draft: Draft) -> Draft:
        await self._store.rankings.save_setup(caller.workspace_id, caller.person, draft.to_json())
        return draft
