"""Looking through the library: snippets, pages and filters, through the real app."""

import dataclasses
from datetime import timedelta

import pytest

from bot.case_studies import ids
from bot.case_studies.library.wanted import MOST_VALUES, decode_filters, encode_filters
from storage.records.published import Facet, GivenFacets
from storage.store import Store
from tests.bot.case_studies.examples import AT, COMPLETE, HARD, make_study
from tests.bot.case_studies.steps import last_view
from tests.slack import BEN, PIA, Bot, Json, Place, Slack, labels_of, shown_view, state_of, words_of

DAY = timedelta(days=1)
OUTCOME, AGENCY, TARGET, STRATEGY, TEMPLATE, YEAR = (
    ids.filter_id("outcome"),
    ids.filter_id("agency"),
    ids.filter_id("target_group"),
    ids.filter_id("strategy"),
    ids.filter_id("template"),
    ids.filter_id("year"),
)


async def publish(store: Store, number: int, words: str = "", facets: GivenFacets | None = None) -> None:
    """Case study `s<number>`, published that many days after the first."""
    study = make_study(
        {**COMPLETE, "description": f"Two cooks. {words}"},
        study_id=f"s{number}",
        title=f"Study {number}",
        at=AT + number * DAY,
    )
    await store.case_studies.import_case_study(study, facets=facets)


@pytest.fixture
async def three(store: Store) -> None:
    first: GivenFacets = {
        "outcome": ["be-healthy"],
        "agency": ["Larkfield Library"],
        "strategy": ["trust-1"],
    }
    await publish(store, 1, facets=first)
    await publish(store, 2, facets={"outcome": ["be-healthy", "stay-safe"], "agency": ["Moorside <Clinic>"]})
    await publish(store, 3, "A canoe.", {"outcome": ["stay-safe"], "target_group": ["Young carers"]})


def titles_in(blocks: list[Json]) -> list[str]:
    """The titles of the case studies listed."""
    texts = [block["text"]["text"] for block in blocks if block["type"] == "section"]
    return [text for text in texts if text.startswith("Study ")]


def typed(place: Place, words: str) -> Json:
    """The state of the library's field."""
    return state_of(place.blocks, {"words": words})


async def open_filters(bot: Bot, slack: Slack, words: str = "") -> Place:
    await bot.command("/casestudy", "list")
    library = last_view(slack)
    await bot.act(library, press_of(library, "Filter"), state=typed(library, words))
    return last_view(slack)


def press_of(place: Place, label: str) -> Json:
    for block in place.blocks:
        for element in block.get("elements", ()):
            if element["type"] == "button" and element["text"]["text"] == label:
                return {"type": "button", "action_id": element["action_id"], "value": element.get("value")}
    raise AssertionError(f"no button {label!r} among {labels_of(place.blocks)}")


async def filtered(bot: Bot, slack: Slack, values: Json, words: str = "") -> Place:
    form = await open_filters(bot, slack, words)
    answer = await bot.submit(form, {"words": words, **values})
    assert answer["response_action"] == "update"
    return shown_view(answer["view"])


async def test_a_search_shows_where_the_words_stand_in_bold(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, 1, f"The boat on the lake {HARD} is green.")
    await bot.command("/casestudy", "boat lake")
    blocks = last_view(slack).blocks
    (rich,) = [block for block in blocks if block["type"] == "rich_text"]
    pieces = rich["elements"][0]["elements"]
    assert pieces[0] == {
        "type": "text",
        "text": "Brief description of the activity: ",
        "style": {"italic": True},
    }
    bold = [piece["text"] for piece in pieces if piece.get("style", {}).get("bold")]
    assert bold == ["boat", "lake"]
    assert "Two cooks. The boat on the lake" in "".join(piece["text"] for piece in pieces)
    assert all(piece["type"] == "text" for piece in pieces)  # never a mention or a channel
    assert "Found: 1 case study, best match first." in words_of(blocks)
    assert "by <@U0ANNA>, published on <!date^" in words_of(blocks)


async def test_the_list_has_no_snippets(bot: Bot, slack: Slack, store: Store) -> None:
    await publish(store, 1)
    await bot.command("/casestudy", "list")
    assert [block for block in last_view(slack).blocks if block["type"] == "rich_text"] == []
    assert "Published so far: 1 case study, newest first." in words_of(last_view(slack).blocks)


async def test_a_snippet_outlives_the_template_of_its_case_study(
    bot: Bot, slack: Slack, store: Store
) -> None:
    await store.case_studies.import_case_study(make_study(template_id="an-old-one"))
    await bot.command("/casestudy", "cook")
    (rich,) = [block for block in last_view(slack).blocks if block["type"] == "rich_text"]
    assert all("italic" not in piece.get("style", {}) for piece in rich["elements"][0]["elements"])


async def test_pages_go_from_the_newest_to_the_oldest_and_back(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(23):
        await publish(store, number)
    await bot.command("/casestudy", "list")
    seen = []
    for place in ("1 to 10", "11 to 20", "21 to 23"):
        assert f"Published so far: 23 case studies, newest first. These are {place}." in words_of(
            last_view(slack).blocks
        )
        seen += titles_in(last_view(slack).blocks)
        if "Older" in labels_of(last_view(slack).blocks):
            await bot.press(last_view(slack), "Older")
    assert seen == [f"Study {number}" for number in reversed(range(23))]
    assert "Older" not in labels_of(last_view(slack).blocks)
    await bot.press(last_view(slack), "Newer")
    assert titles_in(last_view(slack).blocks) == seen[10:20]
    await bot.press(last_view(slack), "Newer")
    assert "Newer" not in labels_of(last_view(slack).blocks)


async def test_a_page_past_the_end_shows_the_last(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(12):
        await publish(store, number)
    await bot.command("/casestudy", "list")
    old = {"type": "button", "action_id": ids.OLDER_STUDIES, "value": "90|"}
    await bot.act(last_view(slack), old)
    assert titles_in(last_view(slack).blocks) == ["Study 1", "Study 0"]


@pytest.mark.usefixtures("three")
async def test_filters_offer_what_there_is_with_its_number(bot: Bot, slack: Slack) -> None:
    form = await open_filters(bot, slack)
    labels = [block["label"]["text"] for block in form.blocks if block["type"] == "input"]
    assert labels == [
        "Words to find",
        "Outcome",
        "Agency",
        "Target group",
        "Strategy",
        "Template",
        "Year of publication",
    ]

    async def offered(menu: str, words: str = "") -> list[tuple[str, str]]:
        options = await bot.suggest(form, menu, words)
        return [(option["text"]["text"], option["value"]) for option in options]

    assert await offered(OUTCOME) == [("Be healthy (2)", "be-healthy"), ("Stay safe (2)", "stay-safe")]
    assert await offered(OUTCOME, " SAFE ") == [("Stay safe (2)", "stay-safe")]
    assert await offered(AGENCY, "moor") == [("Moorside <Clinic> (1)", "Moorside <Clinic>")]
    assert await offered(TARGET) == [("Young carers (1)", "Young carers")]
    assert [value for _, value in await offered(STRATEGY)] == ["trust-1"]
    assert await offered(TEMPLATE) == [("Sharing good practice (3)", "good-practice")]
    assert await offered(YEAR) == [("2026 (3)", "2026")]
    assert await offered(YEAR, "zebra") == []


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("values", "titles"),
    [
        ({OUTCOME: ["be-healthy"]}, ["Study 2", "Study 1"]),
        ({OUTCOME: ["be-healthy", "stay-safe"]}, ["Study 3", "Study 2", "Study 1"]),
        ({AGENCY: ["Moorside <Clinic>"]}, ["Study 2"]),
        ({TARGET: ["Young carers"]}, ["Study 3"]),
        ({STRATEGY: ["trust-1"]}, ["Study 1"]),
        ({TEMPLATE: ["good-practice"]}, ["Study 3", "Study 2", "Study 1"]),
        ({YEAR: ["2026"], OUTCOME: ["stay-safe"]}, ["Study 3", "Study 2"]),
        ({OUTCOME: ["stay-safe"], AGENCY: ["Moorside <Clinic>"]}, ["Study 2"]),
        ({}, ["Study 3", "Study 2", "Study 1"]),
    ],
)
async def test_every_filter_filters(bot: Bot, slack: Slack, values: Json, titles: list[str]) -> None:
    library = await filtered(bot, slack, values)
    assert titles_in(library.blocks) == titles
    counted = "1 case study" if len(titles) == 1 else f"{len(titles)} case studies"
    assert f"{'Found' if values else 'Published so far'}: {counted}, newest first." in words_of(
        library.blocks
    )
    assert ("Clear filters" in labels_of(library.blocks)) == bool(values)


@pytest.mark.usefixtures("three")
async def test_what_is_filtered_by_is_said_and_escaped(bot: Bot, slack: Slack) -> None:
    library = await filtered(
        bot, slack, {OUTCOME: ["be-healthy", "stay-safe"], AGENCY: ["Moorside <Clinic>"]}
    )
    said = "Filters: Outcome: Be healthy or Stay safe; Agency: Moorside &lt;Clinic&gt;"
    assert said in words_of(library.blocks)


@pytest.mark.usefixtures("three")
async def test_words_and_filters_go_together_until_they_are_cleared(bot: Bot, slack: Slack) -> None:
    library = await filtered(bot, slack, {OUTCOME: ["stay-safe"]}, "cooks")
    assert sorted(titles_in(library.blocks)) == ["Study 2", "Study 3"]
    answer = await bot.submit(library, {"words": "canoe"})  # the filters stay when other words are searched
    library = shown_view(answer["view"])
    assert titles_in(library.blocks) == ["Study 3"]

    await bot.act(library, press_of(library, "Filter"), state=typed(library, "canoe"))
    form = last_view(slack)
    chosen = {
        block["block_id"]: [option["value"] for option in block["element"].get("initial_options", ())]
        for block in form.blocks
        if block["type"] == "input" and block["block_id"] != "words"
    }
    assert {menu: values for menu, values in chosen.items() if values} == {OUTCOME: ["stay-safe"]}
    assert form.blocks[1]["element"]["initial_value"] == "canoe"

    await bot.act(library, press_of(library, "Clear filters"), state=typed(library, ""))
    assert titles_in(last_view(slack).blocks) == ["Study 3", "Study 2", "Study 1"]
    assert "Clear filters" not in labels_of(last_view(slack).blocks)


async def test_filters_stay_from_page_to_page(bot: Bot, slack: Slack, store: Store) -> None:
    for number in range(24):
        await publish(store, number, facets={"outcome": ["be-healthy" if number % 2 else "stay-safe"]})
    library = await filtered(bot, slack, {OUTCOME: ["be-healthy"]})
    assert "Found: 12 case studies, newest first. These are 1 to 10." in words_of(library.blocks)
    await bot.press(library, "Older")
    assert titles_in(last_view(slack).blocks) == ["Study 3", "Study 1"]
    await bot.press(last_view(slack), "Newer")
    assert titles_in(last_view(slack).blocks) == titles_in(library.blocks)


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize(
    ("words", "values", "said"),
    [
        ("zebra", {}, "No published case study has these words. Try fewer words"),
        ("", {YEAR: ["2019"]}, "fits all these filters. Press Filter to take one away, or Clear filters"),
        (
            "zebra",
            {YEAR: ["2026"]},
            "that fits these filters has these words. Try fewer words, or",
        ),
    ],
)
async def test_nothing_found_says_what_to_try(
    bot: Bot, slack: Slack, words: str, values: Json, said: str
) -> None:
    library = await filtered(bot, slack, values, words)
    assert said in words_of(library.blocks)
    assert titles_in(library.blocks) == []
    assert ("Clear filters" in labels_of(library.blocks)) == bool(values)


@pytest.mark.usefixtures("three")
async def test_filters_are_for_people_of_the_workspace(bot: Bot, slack: Slack) -> None:
    form = await open_filters(bot, slack)
    shown = len(slack.called("views.update"))
    await bot.command("/casestudy", "list", user=BEN)
    library = last_view(slack)
    for label in (ids.OPEN_FILTERS, ids.CLEAR_FILTERS):
        await bot.act(library, {"type": "button", "action_id": label}, user=PIA)
        told = words_of(slack.last("views.push")["view"]["blocks"])
        assert "The library belongs to the workspace" in told
    answer = await bot.submit(form, {}, user=PIA)
    assert answer["response_action"] == "push"
    assert "The library belongs to the workspace" in words_of(answer["view"]["blocks"])
    assert len(slack.called("views.update")) == shown
    assert await bot.suggest(form, AGENCY, "", user=PIA) == []
    assert await bot.suggest(form, AGENCY, "", user=BEN) != []


@pytest.mark.usefixtures("three")
@pytest.mark.parametrize("metadata", ["nonsense", "[]", '"x"'])
async def test_metadata_that_we_do_not_make_now_is_answered_in_words(
    bot: Bot, slack: Slack, metadata: str
) -> None:
    await bot.command("/casestudy", "list")
    library = last_view(slack)
    assert library.view
    forged = dataclasses.replace(library, view={**library.view, "private_metadata": metadata})
    await bot.act(forged, press_of(library, "Filter"))
    assert "older version" in words_of(slack.last("views.push")["view"]["blocks"])


def test_filters_are_read_back_as_they_were_and_no_more_than_fit() -> None:
    filters: dict[Facet, list[str]] = {"outcome": ["be-healthy"], "agency": ['"x"', "\U0001f600|y"]}
    assert decode_filters(encode_filters(filters)) == filters
    assert encode_filters({}) == ""
    assert decode_filters("") == {}
    many = '{"agency": ["1", "2", "3", "4", "5", "6"], "outcome": [], "colour": ["red"]}'
    assert decode_filters(many) == {"agency": ["1", "2", "3", "4"][:MOST_VALUES]}
