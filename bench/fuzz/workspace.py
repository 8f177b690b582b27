"""A workspace full of other people's things, for strangers to get at."""

from datetime import UTC, datetime, timedelta
from functools import partial

from bench.votes.presses import TEAM
from bot.case_studies import ids as case_study_ids
from bot.case_studies import message_ids
from bot.oauth.vault import Vault
from bot.ranking import ids as ranking_ids
from knowledge.model import Library
from storage.erasure.texts import OFFER_KIND, offer_id
from storage.records.audit import AuditEntry
from storage.records.case_studies import CaseStudy, CaseStudyStatus, FieldAnswer
from storage.records.case_study_sections import SectionRequest
from storage.records.digests import Digest
from storage.records.installations import Installation, SealedTokens
from storage.records.messages import Message
from storage.records.people import Person
from storage.records.privacy import erased_person
from storage.records.rankings import Answer, Item, Participant, Ranking, Rules, Stage, StageKind
from storage.records.workspace_settings import WorkspaceSettings
from storage.store import Store

ANNA, BEN, PIA = Person(TEAM, "U0ANNA"), Person(TEAM, "U0BEN"), Person("T0AWAY", "U0PIA")
STRANGERS = ("U0MALLORY", "U0MALLET")
CHANNEL, ELSEWHERE = "C0PARTNERS", "C0ELSEWHERE"
STAGES: tuple[StageKind, ...] = (
    "read",
    "discard",
    "discard_consent",
    "rank",
    "compare",
    "choose",
    "choose_consent",
)
STATUSES: tuple[CaseStudyStatus, ...] = ("draft", "in_review", "published", "withdrawn")
PUBLISHED = "study-published"
ERASED = "000000004711"
IDS = (
    *(f"r-{kind}" for kind in STAGES),
    *("r-anonymous", "r-decided", "r-paused"),
    *(f"study-{status}" for status in STATUSES),
    *("roles-1", "trust-2", "outcome-1", "s-1", "s-2", "who", "why", "what", "resources", "aims"),
    *("good-practice", "detailed", ANNA.user_id, BEN.user_id, PIA.user_id, *STRANGERS),
    *(f"study-draft:{ERASED}", "Larkfield Hub", "audit_log", ERASED),
    *(TEAM, "T0AWAY", "T0FOREIGN", CHANNEL, ELSEWHERE, "D0ANNA", "0", "1", "2", "3", "7"),
)
"""What a request may name of it, and what it may not."""

_PROPOSALS = {"discard_consent": ("s-10",), "choose_consent": tuple(f"s-{at}" for at in range(1, 6))}
_ANSWERS = {
    "discard": ("s-10",),
    "rank": tuple(f"s-{at}" for at in range(1, 11)),
    "choose": _PROPOSALS["choose_consent"],
}
_AT = datetime.now(UTC) - timedelta(days=1)
_ITEMS = tuple(Item(f"s-{number}", f"Statement {number}", "It helps everybody.") for number in range(1, 11))


async def furnish(store: Store, library: Library) -> None:
    """Rankings in every stage, case studies in every status, and what belongs to them."""
    for kind in STAGES:
        await _begin(store, f"r-{kind}", kind)
    await _begin(store, "r-anonymous", "discard", Rules(anonymous=True))
    await _begin(store, "r-decided", "choose_consent")
    await store.rankings.end_ranking(TEAM, "r-decided", len(STAGES), "decided", ("s-1", "s-2"), _AT, [])
    await _begin(store, "r-paused", "rank")
    await store.rankings.set_paused(TEAM, "r-paused", actor=ANNA, at=_AT)
    for person in (ANNA, BEN, PIA):
        await store.people.set_agency(TEAM, person, "Larkfield Hub")
        await store.lookups.save_strategy(TEAM, person, "trust-2", _AT)
        await store.rankings.save_setup(TEAM, person, {"title": "Only a draft"})
    await _write_studies(store, library)
    await _govern(store)


async def install(store: Store, vault: Vault) -> None:
    """The app installed in the workspace, as for many of them."""
    installation = Installation(
        workspace_id=TEAM,
        enterprise_id=None,
        name="Bench",
        app_id="A0BENCH",
        bot_id="B0BENCH",
        bot_user_id="U0BOT",
        scopes=(),
        tokens=SealedTokens(vault.seal("xoxb-bench")),
        installed_by=ANNA.user_id,
        installed_at=_AT,
    )
    await store.installations.save(installation)


async def _govern(store: Store) -> None:
    """What admins have decided, and texts of somebody erased that Anna is asked about."""
    decided = WorkspaceSettings(approval_required=True)
    await store.settings.change(TEAM, lambda _: decided, by=ANNA, at=_AT)
    await store.audit.record(AuditEntry(TEAM, _AT, "exported", ANNA, "", {"what": "audit_log"}))
    author = erased_person(ERASED)
    far = _AT + timedelta(days=300)
    await store.work.plan(
        TEAM, offer_id("study-draft", author), OFFER_KIND, f"study-draft:{author.user_id}", far
    )


async def _begin(store: Store, ranking_id: str, kind: StageKind, rules: Rules | None = None) -> None:
    ranking = Ranking(
        workspace_id=TEAM,
        id=ranking_id,
        task_id="outcomes",
        title="What matters here",
        source="A source",
        items=_ITEMS,
        channel_id=CHANNEL,
        facilitator=ANNA,
        participants=tuple(Participant(person) for person in (ANNA, BEN, PIA)),
        status="open",
        created_at=_AT,
        rules=rules or Rules(),
    )
    board = Message(
        TEAM,
        ranking_ids.board_id(ranking_id),
        ranking_ids.BOARD_KIND,
        ranking_ids.subject(ranking_id),
        CHANNEL,
    )
    kinds = STAGES[: STAGES.index(kind) + 1]
    items = tuple(item.id for item in _ITEMS)
    for seq, each in enumerate(kinds, start=1):
        stage = Stage(ranking_id, seq, each, items, _AT, _PROPOSALS.get(each, ()))
        if seq == 1:
            await store.rankings.create_ranking(ranking, stage, [board])
        else:
            await store.rankings.open_stage(TEAM, ranking_id, seq - 1, stage, [])
        if each in _ANSWERS:
            given = Answer(BEN, _ANSWERS[each], True, _AT)
            await store.rankings.edit_answer(TEAM, ranking_id, seq, BEN, partial(_given, given))


def _given(given: Answer, _stage: Stage, _before: Answer | None) -> Answer:
    return given


async def _write_studies(store: Store, library: Library) -> None:
    template = library.templates[0]
    texts = [field.id for field in template.fields if field.kind in ("text", "line")]
    for status in STATUSES:
        study = CaseStudy(
            workspace_id=TEAM,
            id=f"study-{status}",
            template_id=template.id,
            owner=ANNA,
            status="published" if status == "withdrawn" else status,
            title=f"A club, {status}",
            created_at=_AT,
            updated_at=_AT,
            published_at=_AT if status in ("published", "withdrawn") else None,
            answers={one: FieldAnswer(one, f"What {one} says", ANNA, _AT) for one in texts},
            reviewer=BEN if status == "in_review" else None,
        )
        if status == "draft":
            await store.case_studies.create_case_study(study)
        else:
            await store.case_studies.import_case_study(study)
    await store.case_studies.withdraw_case_study(
        TEAM, "study-withdrawn", reason="It is over.", by=ANNA, at=_AT
    )
    section = template.sections[0].id
    await store.sections.ask_section(SectionRequest(TEAM, "study-draft", section, PIA, ANNA, _AT))
    for at, author in enumerate((BEN, ANNA), start=1):
        await store.case_studies.save_fields(
            TEAM,
            "study-draft",
            {texts[0]: f"As {author.user_id} sees it"},
            author=author,
            at=_AT + timedelta(minutes=at),
            seen={texts[0]: 1},
        )
    await store.digests.subscribe(Digest(TEAM, CHANNEL, BEN, _AT, _AT + timedelta(days=60)))
    card = message_ids.card_id(PUBLISHED, CHANNEL)
    await store.messages.add_message(
        Message(TEAM, card, case_study_ids.CARD_KIND, message_ids.subject(PUBLISHED), CHANNEL)
    )
