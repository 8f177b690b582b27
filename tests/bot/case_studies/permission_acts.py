"""Does what a line of the table of permissions says, and looks at what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from storage.records.case_study_sections import SectionRequest
from storage.records.digests import Digest
from storage.records.published import GivenFacets
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, WHAT, WHO, make_study, person
from tests.bot.case_studies.permission_table import (
    CARA,
    EVE,
    FAY,
    GUS,
    HAL,
    IDA,
    MAY,
    TOLD,
    Form,
    Line,
    Press,
    State,
)
from tests.bot.case_studies.steps import last_view
from tests.rows import all_rows
from tests.slack import (
    ANNA,
    BEN,
    PIA,
    TEAM,
    Bot,
    Json,
    Place,
    Slack,
    User,
    shown_view,
    state_of,
    words_of,
)

SECRET = "Quokka"
"""A word of the case study that stands nowhere else."""


class Acting:
    """One case study, and people who press and send."""

    def __init__(self, bot: Bot, slack: Slack, store: Store, file: Path) -> None:
        self.bot = bot
        self.slack = slack
        self.store = store
        self._file = file
        self._numbers: Mapping[str, int] = {}
        self._place: Place | None = None
        slack.users |= {PIA.id: {"team_id": PIA.team_id}, IDA.id: {"is_admin": True}}
        slack.members = [BEN.id, PIA.id]
        slack.answers["conversations.info"] = {"channel": {"is_member": True}}

    async def prepare(self, line: Line) -> None:
        """The case study in the state that the line names, beside a published one; a form is open already."""
        wanted = WorkspaceSettings(approval_required=True)
        await self.store.settings.change(TEAM, lambda _: wanted, by=person(IDA), at=AT)
        used = {"other_agencies": ("Larkfield Library",), "strategies": ("trust-2",)}
        known = make_study({**COMPLETE, **used}, study_id="s2", title="Saturday club")
        await self.store.case_studies.import_case_study(known)
        facets: GivenFacets = {
            "outcome": ["stay-safe"],
            "agency": ["Hub"],
            "target_group": ["Us"],
            "strategy": ["trust-2"],
        }
        await self.store.case_studies.set_facets(TEAM, "s2", facets)
        told = Digest(TEAM, TOLD, person(BEN), AT, AT + timedelta(days=30))
        await self.store.digests.subscribe(told)
        await self._write()
        await self.bring_to(line.state)
        opened_by = line.inside if isinstance(line, Press) else getattr(line, "opened_by", None)
        if opened_by is not None:
            await self._press(opened_by, MAY[line.right])
            self._place = last_view(self.slack)

    async def _write(self) -> None:
        """Anna's draft with two texts for its aims."""
        studies, sections = self.store.case_studies, self.store.sections
        values = {**WHO, **WHAT, "aims": "What Anna set out to do", "activity": f"{SECRET} club"}
        await studies.create_case_study(make_study(values, status="draft", title=f"{SECRET} club"))
        for section, user in (("why", EVE), ("learning", CARA), ("why", IDA)):
            await sections.ask_section(SectionRequest(TEAM, "s1", section, person(user), person(ANNA), AT))
        for at, (user, seen) in enumerate([(EVE, None), (ANNA, {"aims": 0})], start=1):
            text = f"What {user.id} set out to do"
            moment = AT + timedelta(minutes=at)
            await studies.save_fields(TEAM, "s1", {"aims": text}, author=person(user), at=moment, seen=seen)
        (conflict,) = await studies.list_conflicts(TEAM, "s1")
        self._numbers = {"number": conflict.number, "seen": conflict.theirs_number}

    async def bring_to(self, state: State) -> None:
        """Ask for reviews until one waits; publish."""
        studies, at = self.store.case_studies, AT + timedelta(hours=1)
        if state == "draft":
            return
        study = await studies.get_case_study(TEAM, "s1")
        if study and study.status == "draft":
            for reviewer in (FAY, HAL, GUS):
                await studies.request_review(TEAM, "s1", reviewer=person(reviewer), by=person(ANNA), at=at)
                if reviewer is FAY:
                    await studies.decide_review(TEAM, "s1", "changes_wanted", by=person(FAY), at=at)
        if state == "published":
            await studies.decide_review(TEAM, "s1", "approved", by=person(GUS), at=at)
            await studies.publish_case_study(TEAM, "s1", at)

    async def act(self, line: Line, user: User, study_id: str = "s1") -> str:
        """Do it; returns the refusal in words, "" when there was none.

        A list that offers nothing is the refusal of a question.
        """
        before = len(self.slack.calls)
        if isinstance(line, Press):
            await self._press(line, user, study_id)
        elif isinstance(line, Form):
            await self.bot.submit(self._in(study_id), line.values, user)
        else:
            offered = await self.bot.suggest(self._in(study_id), line.id, line.typed, user)
            return "" if offered else "Nothing is offered here."
        return "\n".join(self._refusals(before))

    def rows(self) -> list[str]:
        """Everything that is kept, as SQL."""
        return all_rows(self._file)

    async def _press(self, press: Press, user: User, study_id: str = "s1") -> None:
        value = press.value.format(**self._numbers).replace("s1", study_id)
        kind = {"began": "datepicker", "ecm_outcomes": "checkboxes"}.get(press.id, "button")
        action = {"type": kind, "block_id": press.id, "action_id": press.id, "value": value}
        if press.inside:
            place = self._in(study_id)
            await self.bot.act(place, action, user, state_of(place.blocks, press.chosen))
        elif press.in_message:
            await self.bot.act(Place([], channel="D0ANNA"), action, user)
        else:
            title = {"type": "plain_text", "text": "Case study"}
            await self.bot.act(shown_view({"type": "modal", "blocks": [], "title": title}), action, user)

    def _in(self, study_id: str) -> Place:
        """The modal that is open, as if it were about this case study."""
        assert self._place is not None
        view: Json = dict(self._place.view or {})
        view["private_metadata"] = view.get("private_metadata", "").replace("s1", study_id)
        return replace(self._place, view=view)

    def _refusals(self, before: int) -> list[str]:
        """Notices and errors beside fields; a form that opens is none."""
        found = []
        for call in self.slack.calls[before:]:
            view = call.arguments.get("view") or {}
            if (view.get("title") or {}).get("text") == "Common Ground":
                found.append(words_of(view["blocks"]))
            elif call.method == "response_url" and call.arguments.get("response_type") == "ephemeral":
                found.append(words_of(call.arguments["blocks"]))
            found += (call.arguments.get("errors") or {}).values() if call.method == "answer" else ()
        return found
