"""From the strategies of a ranking to the case studies that used them, while it is open and ever after."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.handover import STUDIES_BESIDE, WRITE_ABOUT
from bot.ranking import ids
from bot.ranking.answers.ballot_views import ballot_panel, consent_modal
from bot.ranking.setup.topics import STRATEGIES_TASK
from knowledge.model import Library
from sandbox.limits import view_faults
from storage.records.case_studies import CaseStudy, FieldAnswer
from storage.records.messages import Message
from storage.records.rankings import Ballot, Item, Participant, Ranking, StageKind
from storage.records.rankings import Stage as StageRow
from storage.store import Store
from tests.bot.ranking.running import EVERYBODY, RANKING, Run, person
from tests.slack import ANNA, BEN, CHANNEL, PIA, TEAM, Json, Place, User, labels_of, shown_view, words_of

AT = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)


async def publish(store: Store, study_id: str, *strategies: str) -> None:
    owner = person(ANNA)
    study = CaseStudy(
        workspace_id=TEAM,
        id=study_id,
        template_id="good-practice",
        owner=owner,
        status="published",
        title=f"Club {study_id}",
        created_at=AT,
        updated_at=AT,
        published_at=AT,
        answers={"strategies": FieldAnswer("strategies", strategies, owner, AT)},
    )
    await store.case_studies.import_case_study(study, facets={"strategy": strategies})


async def begin(run: Run, library: Library, kind: StageKind, task_id: str = STRATEGIES_TASK) -> None:
    """A ranking of the first four strategies, at this stage; two case studies used the first of them."""
    strategies = library.strategies[:4]
    items = tuple(Item(one.id, one.title, one.text) for one in strategies)
    ranking = Ranking(
        workspace_id=TEAM,
        id=RANKING,
        task_id=task_id,
        title="What helps us",
        source="A source",
        items=items,
        channel_id=CHANNEL,
        facilitator=person(ANNA),
        participants=tuple(Participant(person(user)) for user in EVERYBODY),
        status="open",
        created_at=AT,
    )
    proposal = tuple(item.id for item in items[:2]) if kind == "choose_consent" else ()
    stage = StageRow(RANKING, 1, kind, tuple(item.id for item in items), AT, proposal=proposal)
    board = Message(TEAM, ids.board_id(RANKING), ids.BOARD_KIND, ids.subject(RANKING), CHANNEL)
    await run.store.rankings.create_ranking(ranking, stage, [board])
    for user in EVERYBODY:
        await run.store.people.set_agency(TEAM, person(user), "")
    await publish(run.store, "s1", items[0].id)
    await publish(run.store, "s2", items[0].id, items[1].id)


async def pressed(run: Run, label: str, user: User = ANNA) -> Place:
    await run.bot.press(await run.board(), label, user)
    return shown_view(run.slack.last("views.open")["view"])


def uses_in(blocks: list[Json]) -> list[str]:
    return [label for label in labels_of(blocks) if label.startswith("Used in")]


@pytest.mark.parametrize(
    ("kind", "label"),
    [
        ("read", "Read the statements"),
        ("discard", "Name one to drop"),
        ("rank", "Put them in order"),
        ("choose_consent", "Give my answer"),
    ],
)
async def test_a_strategy_leads_to_its_case_studies_on_top_of_what_is_open(
    run: Run, library: Library, kind: StageKind, label: str
) -> None:
    await begin(run, library, kind)
    shown = await pressed(run, label)
    assert sorted(uses_in(shown.blocks)) == ["Used in 1 case study", "Used in 2 case studies"]
    await run.bot.press(shown, "Used in 2 case studies")
    listed = run.slack.last("views.push")["view"]
    assert "Found: 2 case studies, newest first." in words_of(listed["blocks"])
    assert run.slack.called("views.update") == []


async def test_they_stay_while_somebody_answers(run: Run, library: Library) -> None:
    await begin(run, library, "rank")
    shown = await pressed(run, "Put them in order")
    for _ in range(4):
        await run.bot.press(shown, "Add")
        shown = shown_view(run.slack.last("views.update")["view"])
        assert sorted(uses_in(shown.blocks)) == ["Used in 1 case study", "Used in 2 case studies"]


@pytest.mark.parametrize("kind", ["read", "rank"])
async def test_people_of_other_workspaces_see_neither_number_nor_list(
    run: Run, library: Library, kind: StageKind
) -> None:
    await begin(run, library, kind)
    shown = await pressed(run, "Read the statements" if kind == "read" else "Put them in order", PIA)
    assert uses_in(shown.blocks) == []
    old = {"type": "button", "action_id": STUDIES_BESIDE, "value": library.strategies[0].id}
    await run.bot.act(shown, old, user=PIA)
    told = words_of(run.slack.last("views.push")["view"]["blocks"])
    assert "The library belongs to the workspace" in told
    assert "Club" not in told


async def test_a_ranking_of_anything_else_has_no_such_button(run: Run, library: Library) -> None:
    await begin(run, library, "rank", task_id="own")
    for label in ("Put them in order", "Read the statements"):
        assert uses_in((await pressed(run, label, BEN)).blocks) == []


async def test_the_outcome_leads_to_them_and_to_a_case_study_about_it(run: Run, library: Library) -> None:
    await begin(run, library, "read")
    outcome = Message(TEAM, ids.outcome_id(RANKING), ids.OUTCOME_KIND, ids.subject(RANKING), CHANNEL)
    chosen = tuple(strategy.id for strategy in library.strategies[:2])
    await run.store.rankings.end_ranking(TEAM, RANKING, 1, "undecided", chosen, AT, [outcome])
    place = await run.place(outcome.id)
    await run.bot.press(place, "Read the statements")
    shown = shown_view(run.slack.last("views.open")["view"])
    assert uses_in(shown.blocks) == ["Used in 2 case studies", "Used in 1 case study"]
    (write,) = [
        element
        for block in place.blocks
        for element in block.get("elements", ())
        if element.get("action_id") == WRITE_ABOUT
    ]
    assert (write["text"]["text"], write["value"]) == ("Write a case study about this", RANKING)


@pytest.mark.parametrize("kind", ["discard", "rank", "choose", "choose_consent"])
def test_the_longest_list_keeps_the_limits(library: Library, kind: StageKind) -> None:
    strategies = library.strategies[:25]
    items = tuple(Item(one.id, one.title, one.text * 20) for one in strategies)
    every = tuple(item.id for item in items)
    stage = StageRow(RANKING, 1, kind, every, AT, proposal=every[:5])
    ballot = Ballot(RANKING, "Title", "Source", items, "open", stage, takes_part=True, answer=None)
    uses = dict.fromkeys(every, 12_345)
    if kind == "choose_consent":
        shown = consent_modal(ballot, uses).to_dict()
    else:
        panel = ballot_panel(replace(ballot), person(ANNA), uses)
        shown = {
            "type": "modal",
            "title": {"type": "plain_text", "text": "Your answer"},
            "blocks": [block._resolve() for block in panel.blocks],
        }
    assert view_faults(shown) == []
