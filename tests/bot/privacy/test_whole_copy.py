"""The copy of somebody who did everything holds every row that names them or that they wrote."""

import json

from knowledge.model import Library
from storage.records.people import Person
from storage.store import Store
from tests.bot.case_studies.examples import person
from tests.bot.clockwork import WholeClock
from tests.bot.privacy.everything import BENS, MARK, NOW, do_everything
from tests.bot.ranking.running import Run
from tests.slack import ANNA, PIA, TEAM, Bot, Json, Slack
from tests.storage.traces import found_in, rows

PARTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "answers": ("rankings", ("reason", "ranking_id")),
    "audit": ("audit_log", ("at", "kind", "subject")),
    "case_studies": ("case_studies", ("id", "status")),
    "case_study_answers": ("case_studies", ("case_study_id", "field_id")),
    "case_study_changes": ("case_studies", ("case_study_id", "number", "field_id")),
    "case_study_events": ("case_studies", ("case_study_id", "number", "kind")),
    "case_study_sections": ("sections_asked", ("case_study_id", "section_id", "state", "note")),
    "deputies": ("rankings", ("ranking_id",)),
    "digests": ("digests", ("channel_id", "next_at")),
    "installations": ("installed_the_app", ()),
    "messages": ("messages_kept_up_to_date", ("id", "kind", "subject")),
    "participants": ("rankings", ("ranking_id", "agency")),
    "people": ("agency", ("agency",)),
    "ranking_events": ("ranking_events", ("ranking_id", "number", "kind")),
    "ranking_setups": ("named_in_set_ups_of_others", ()),
    "saved_strategies": ("saved_strategies", ("strategy_id", "saved_at")),
    "work": ("work_that_waits", ("id", "kind", "due_at")),
    "workspace_settings": ("named_as_starter_of_rankings", ()),
}
"""Where the rows of each table stand in the copy, and what says which row it is."""
MADE_OF_OTHERS = ("case_study_facets", "case_study_facet_counts", "case_study_words", "case_study_words_fts")
"""Tables that hold again, to be found by, what others hold."""


def objects(value: object) -> list[Json]:
    """Every object in the JSON that has no objects beside texts in it, with what is said of those above."""
    found: list[Json] = []
    _collect(value, {}, found)
    return found


def _collect(value: object, above: Json, found: list[Json]) -> None:
    if isinstance(value, list):
        for each in value:
            _collect(each, above, found)
    elif isinstance(value, dict):
        whole = above | {key: each for key, each in value.items() if not isinstance(each, list | dict)}
        found.append(whole)
        for each in value.values():
            _collect(each, whole, found)


async def test_every_row_that_names_them_or_that_they_wrote_is_in_it(
    bot: Bot, slack: Slack, store: Store, run: Run, clock: WholeClock, library: Library, url: str
) -> None:
    await do_everything(bot, slack, store, run, library)
    data = await store.privacy.read_all(TEAM, person(ANNA))
    seen = set()
    for table, row in rows(url, ANNA.id, MARK):
        is_bens_choice = table == "case_study_changes" and row["author_user"] != ANNA.id
        if table.startswith(MADE_OF_OTHERS) or is_bens_choice:
            continue
        part, columns = PARTS[table]
        seen.add(table)
        assert data[part], (table, row)
        said = [set(map(str, each.values())) for each in objects(data[part])] or [{str(data[part])}]
        wanted = {str(row[column]) for column in columns}
        assert any(wanted <= values for values in said), (table, row)
    assert seen == set(PARTS)
    whole = json.dumps(data, ensure_ascii=False)
    for table, column, text in found_in(url, MARK):
        if not table.startswith(MADE_OF_OTHERS) and table != "work":
            for words in _texts(text):
                assert words in whole, (table, column)


def _texts(cell: str) -> list[str]:
    """The texts with the mark in a cell, which may be JSON."""
    try:
        value = json.loads(cell)
    except ValueError:
        return [cell]
    return [json.dumps(each, ensure_ascii=False)[1:-1] for each in _strings(value) if MARK in each]


def _strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [value]
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for each in inside for text in _strings(each)]


async def test_nothing_that_others_wrote_and_nothing_of_another_workspace_is_in_it(
    bot: Bot, slack: Slack, store: Store, run: Run, clock: WholeClock, library: Library
) -> None:
    await do_everything(bot, slack, store, run, library)
    elsewhere = "T0MOORSIDE"
    await store.lookups.save_strategy(elsewhere, person(ANNA), "roles-1", NOW)
    await store.people.set_agency(elsewhere, person(ANNA), "Moorside agency")
    await store.rankings.save_setup(elsewhere, person(ANNA), {"title": "Moorside set-up"})
    await clock.look()
    files = {name: content.decode() for name, content in slack.uploads.items()}
    assert set(files) == {"my-data.json", "my-data.md"}
    for name, content in files.items():
        for theirs in (
            BENS,
            "Bens expected",
            "Bens hall",
            '"Other"',
            "Pias aims",
            "Moorside",
            "roles-1",
        ):
            assert theirs not in content, (name, theirs)
    for words in ("aims", "hall", "reason", "note", "withdrawn"):
        assert f"{MARK} {words}" in files["my-data.md"], words
        assert f"{MARK} {words}" in files["my-data.json"], words
    pias = await store.privacy.read_all(TEAM, person(PIA))
    (asked,) = pias.pop("sections_asked")
    assert asked["note"] == f"{MARK} wish", "it was written to her"
    assert MARK not in json.dumps(pias)


async def test_whose_id_is_a_part_of_anothers_is_not_taken_for_them(
    bot: Bot, slack: Slack, store: Store, run: Run, library: Library
) -> None:
    await do_everything(bot, slack, store, run, library)
    data = await store.privacy.read_all(TEAM, Person(TEAM, ANNA.id[:-1]))
    assert {part: kept for part, kept in data.items() if kept and part not in {"workspace", "person"}} == {}
