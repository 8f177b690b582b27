"""What else can be pressed, sent, asked, typed and told, each with ids of the home workspace.

Case studies and rankings have tables of their own with what is about one of them.
"""

from collections.abc import Awaitable, Callable, Mapping
from typing import TypeAlias

from bot import handover
from bot.case_studies import ids as studies
from bot.governance import ids as governance
from bot.governance.settings.answers import fingerprint
from bot.privacy import ids as privacy
from bot.ranking import ids as rankings
from bot.strategies import ids as strategies
from storage.records.workspace_settings import RETENTION_KINDS, WorkspaceSettings
from tests.bot.ranking.running import RANKING
from tests.slack import (
    ANNA,
    BOT_USER,
    CHANNEL,
    PARTNER_TEAM,
    TEAM,
    Bot,
    Json,
    Place,
    User,
    mention_event,
    message_event,
    shown_view,
    step_event,
)

MISS = "wombat handover"
"""What somebody at home looked for in vain."""
OWN_TITLE = "Wombat week"
"""The title of what Anna is setting up."""
ROOM = "C0WOMBATS"
"""A channel of the home workspace alone."""
STUDY = "s1"
BALLOT = rankings.Ref(RANKING, 1).encode()

Act: TypeAlias = Callable[[Bot, User], Awaitable[object]]


def modal(metadata: str = "", callback_id: str = "", blocks: list[Json] | None = None) -> Place:
    title = {"type": "plain_text", "text": "A modal"}
    below = {"previous_view_id": "V0BELOW", "root_view_id": "V0BELOW"}
    view = {"type": "modal", "title": title, "blocks": blocks or [], "private_metadata": metadata, **below}
    return shown_view({**view, "callback_id": callback_id})


def state(**values: Json) -> Json:
    """What a form holds: each input's state by its block id."""
    return {block_id: {block_id: value} for block_id, value in values.items()}


def press(action_id: str, value: str = "", metadata: str = "", *, form: Json | None = None) -> Act:
    async def act(bot: Bot, user: User) -> object:
        action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value}
        return await bot.act(modal(metadata), action, user, form)

    return act


def press_in_message(action_id: str, value: str) -> Act:
    async def act(bot: Bot, user: User) -> object:
        action = {"type": "button", "block_id": "b", "action_id": action_id, "value": value}
        return await bot.act(Place([], channel=ROOM), action, user)

    return act


def send(callback_id: str, metadata: str = "", *, form: Json | None = None) -> Act:
    async def act(bot: Bot, user: User) -> object:
        view: Json = dict(modal(metadata, callback_id).view or {})
        body = {**view, "app_installed_team_id": bot.team_id, "state": {"values": form or {}}}
        return await bot.submit(modal(metadata, callback_id), {}, user, view=body)

    return act


def ask(action_id: str, typed: str) -> Act:
    async def act(bot: Bot, user: User) -> object:
        return await bot.suggest(modal(), action_id, typed, user)

    return act


def typing(command: str, *words: str) -> Act:
    async def act(bot: Bot, user: User) -> object:
        return [await bot.command(command, text, user, ROOM) for text in words]

    return act


def shortcut(callback_id: str) -> Act:
    async def act(bot: Bot, user: User) -> object:
        return await bot.shortcut(callback_id, user)

    return act


def message_shortcut(callback_id: str) -> Act:
    async def act(bot: Bot, user: User) -> object:
        message = {"ts": "1700000000.000100", "text": "- Time\n- Trust\n- Tea", "user": user.id}
        return await bot.message_shortcut(callback_id, message, ROOM, user)

    return act


def told(*events: Json) -> Act:
    async def act(bot: Bot, user: User) -> object:
        return [await bot.event({**event, "user": event.get("user", user.id)}) for event in events]

    return act


OWN_FORM = state(
    source={"type": "static_select", "selected_option": {"value": "own"}},
    title={"type": "plain_text_input", "value": "Ours"},
    statements={"type": "plain_text_input", "value": "Time\nTrust\nTea"},
    channel={"type": "conversations_select", "selected_conversation": ROOM},
    people={"type": "multi_users_select", "selected_users": [ANNA.id, "U0BEN"]},
    names={"type": "radio_buttons", "selected_option": {"value": "named"}},
)
RULES_FORM = state(
    steps={"type": "checkboxes", "selected_options": [{"value": "discard"}]},
    weights={"type": "radio_buttons", "selected_option": {"value": "person"}},
    quorum={"type": "static_select", "selected_option": {"value": "half"}},
    blocks={"type": "static_select", "selected_option": {"value": "1"}},
    hours={"type": "static_select", "selected_option": {"value": "0"}},
    remind={"type": "static_select", "selected_option": {"value": "0"}},
    pin={"type": "checkboxes", "selected_options": []},
)
AGENCY_FORM = state(
    other_agency={"type": "plain_text_input", "value": "Away Trust"},
    agency={"type": "static_select", "selected_option": None},
)
NOTE_FORM = state(note={"type": "plain_text_input", "value": "Look"})
CHANNEL_FORM = state(
    channel={"type": "conversations_select", "selected_conversation": ROOM},
    note={"type": "plain_text_input", "value": "Look"},
)
QUESTION_FORM = state(question={"type": "plain_text_input", "value": "people leave"})
SETTINGS_FORM = state(
    approval={"type": "checkboxes", "selected_options": [{"value": "required"}]},
    days={"type": "number_input", "value": "12"},
    who={"type": "radio_buttons", "selected_option": {"value": governance.NAMED}},
    starters={"type": "multi_users_select", "selected_users": [ANNA.id]},
    curators={"type": "multi_users_select", "selected_users": []},
    **{kind: {"type": "number_input", "value": "1"} for kind in RETENTION_KINDS},
)
QUOTE_FORM = state(
    quote={"type": "plain_text_input", "value": "Words"},
    template={"type": "radio_buttons", "selected_option": {"value": "good-practice"}},
)
AGENCY = "Wombat Trust"
RENAMING_FORM = state(name={"type": "plain_text_input", "value": "Ours now"})
JOINING_FORM = state(into={"type": "static_select", "selected_option": {"value": "Away Trust"}})
ERASING_FORM = state(word={"type": "plain_text_input", "value": "ERASE"})
WHOM_FORM = state(
    who={"type": "users_select", "selected_user": ANNA.id},
    member={"type": "plain_text_input", "value": None},
)
CARD = "trust-2"
ASKED = "query:0:people leave"
NOTE = strategies.encode_note(strategies.NoteForm(strategies.decode_card(CARD), ROOM, None, None))
BEHIND = f"answer:{BALLOT}"
GONE = ("channel_archive", "channel_left", "group_archive", "group_left")
BACK = ("channel_unarchive", "group_unarchive")
IN_ROOM = {"channel": ROOM, "event_ts": "1700000000.000100"}

BY_ID: Mapping[str, Act] = {
    **{
        one: press(one, "saved:1:")
        for one in (strategies.SAVED_OPEN, strategies.SAVED_PREVIOUS, strategies.SAVED_NEXT)
    },
    **{
        one: press(one, "themes:0:")
        for one in (strategies.THEMES_OPEN, strategies.THEMES_PREVIOUS, strategies.THEMES_NEXT)
    },
    **{
        one: press(one, "theme:0:trust")
        for one in (strategies.THEME_OPEN, strategies.THEME_PREVIOUS, strategies.THEME_NEXT)
    },
    **{
        one: press(one, CARD)
        for one in (
            strategies.CARD_OPEN,
            strategies.CARD_RELATED,
            strategies.CARD_SAVE,
            strategies.CARD_UNSAVE,
            strategies.SHARED_MORE,
            handover.READ_STRATEGY,
        )
    },
    **{
        one: press_in_message(one, CARD)
        for one in (strategies.CARD_SHARE, strategies.CARD_SHARE_NOTE, strategies.CARD_CHOOSE_CHANNEL)
    },
    strategies.SAVED_REMOVE: press(strategies.SAVED_REMOVE, f"{CARD} saved:0:"),
    strategies.CARD_BACK: press(strategies.CARD_BACK, ASKED),
    strategies.FOUND_BACK: press(strategies.FOUND_BACK, ASKED),
    strategies.FOUND_UNHELPFUL: press(strategies.FOUND_UNHELPFUL, ASKED),
    strategies.MISS_FORGET: press(strategies.MISS_FORGET, MISS),
    strategies.FIND_OPEN: press(strategies.FIND_OPEN),
    strategies.FIND_SUBMIT: send(strategies.FIND_SUBMIT, f"{ROOM} 1.1", form=QUESTION_FORM),
    strategies.SHARE_SUBMIT: send(strategies.SHARE_SUBMIT, CARD, form=CHANNEL_FORM),
    strategies.NOTE_SUBMIT: send(strategies.NOTE_SUBMIT, NOTE, form=NOTE_FORM),
    rankings.OPEN_SETUP: press(rankings.OPEN_SETUP),
    handover.RANK_STRATEGIES: press(handover.RANK_STRATEGIES, handover.SAVED),
    rankings.RESUME_SETUP: press(rankings.RESUME_SETUP, "", ROOM),
    rankings.RESTART_SETUP: press(rankings.RESTART_SETUP, "", ROOM),
    rankings.OPEN_RULES: press(rankings.OPEN_RULES, "", ROOM, form=OWN_FORM),
    **{
        rankings.setup_action(field): press(rankings.setup_action(field), "", ROOM, form=OWN_FORM)
        for field in (*rankings.SETUP_CHOICES, rankings.SOURCE_FIELD)
    },
    **{
        rankings.rule_action(field): press(rankings.rule_action(field), "", ROOM, form=RULES_FORM)
        for field in rankings.RULE_CHOICES
    },
    rankings.SEND_RULES: send(rankings.SEND_RULES, ROOM, form=RULES_FORM),
    rankings.SEND_SETUP: send(rankings.SEND_SETUP, ROOM, form=OWN_FORM),
    rankings.START: send(rankings.START, f"{RANKING}|x"),
    **{
        one: press(one, rankings.list_value(CHANNEL, 0))
        for one in (rankings.LIST_ALL, rankings.NEWER_RANKINGS, rankings.OLDER_RANKINGS)
    },
    rankings.CHANGE_AGENCY: press(rankings.CHANGE_AGENCY),
    rankings.SEND_AGENCY: send(rankings.SEND_AGENCY, BEHIND, form=AGENCY_FORM),
    rankings.DECLINE_AGENCY: press(rankings.DECLINE_AGENCY, "", BEHIND),
    studies.OPEN_START: press(studies.OPEN_START),
    studies.BEGIN: press(studies.BEGIN, "good-practice"),
    **{
        one: press(one, "0|")
        for one in (
            studies.NEWER_DRAFTS,
            studies.OLDER_DRAFTS,
            studies.OPEN_OWNED,
            studies.NEWER_OWNED,
            studies.OLDER_OWNED,
        )
    },
    handover.WRITE_ABOUT: press(handover.WRITE_ABOUT, RANKING),
    studies.BEGIN_WITH_QUOTE: send(studies.BEGIN_WITH_QUOTE, CARD, form=QUOTE_FORM),
    **{
        one: press(one)
        for one in (
            handover.ENDED_RANKINGS,
            governance.OPEN_SETTINGS,
            governance.OPEN_AGENCIES,
            governance.OPEN_LOG,
            governance.EXPORT_LOG,
            governance.SEND_DATA_SHEET,
            privacy.OPEN_MINE,
            privacy.SEND_COPY,
            privacy.OPEN_ERASING,
        )
    },
    **{
        one: press(one, "0")
        for one in (
            rankings.NEWER_ENDED,
            rankings.OLDER_ENDED,
            governance.NEWER_AGENCIES,
            governance.OLDER_AGENCIES,
            governance.NEWER_LOG,
            governance.OLDER_LOG,
        )
    },
    **{one: press(one, AGENCY) for one in (governance.OPEN_RENAMING, governance.OPEN_JOINING)},
    governance.SEND_RENAMING: send(governance.SEND_RENAMING, AGENCY, form=RENAMING_FORM),
    governance.SEND_JOINING: send(governance.SEND_JOINING, AGENCY, form=JOINING_FORM),
    governance.SEND_SETTINGS: send(
        governance.SEND_SETTINGS, fingerprint(WorkspaceSettings()), form=SETTINGS_FORM
    ),
    privacy.SEND_ERASING: send(privacy.SEND_ERASING, form=ERASING_FORM),
    privacy.OPEN_CHOOSING: press(privacy.OPEN_CHOOSING),
    privacy.SEND_WHOM: send(privacy.SEND_WHOM, form=WHOM_FORM),
    privacy.SEND_ERASING_THEM: send(privacy.SEND_ERASING_THEM, f"{TEAM}|{ANNA.id}", form=ERASING_FORM),
    privacy.TAKE_ON: press(privacy.TAKE_ON, f"{STUDY}:4711"),
    **{one: press(one, f"{STUDY}:4711") for one in (privacy.KEEP_TEXTS, privacy.REMOVE_TEXTS)},
}
"""By the action's, or the form's id."""

BY_LISTENER: Mapping[str, Act] = {
    "FinderListeners.offer_strategies": ask(strategies.FIND_PICK, "trust"),
    "FinderListeners.show_picked": press(strategies.FIND_PICK, ""),
    "StrategyListeners.look_up": typing(strategies.COMMAND, "", "saved", "people leave", CARD),
    "FinderListeners.open_finder": shortcut(strategies.SHORTCUT),
    "FinderListeners.find_for_message": message_shortcut(strategies.MESSAGE_SHORTCUT),
    "ConversationListeners.answer_mention": told(mention_event("saved", channel=ROOM)),
    "ConversationListeners.answer_direct_message": told(message_event("saved", channel="D0ANNA")),
    "StepListeners.find_strategies_for_workflow": told(step_event(strategies.STEP, {"question": "saved"})),
    "ListingListeners.run_command": typing("/rank", "", "list"),
    "SetupListeners.open_setup_of_message": message_shortcut(rankings.LIST_MESSAGE),
    "ChannelListeners.channel_gone": told(*({"type": kind, **IN_ROOM, "channel": CHANNEL} for kind in GONE)),
    "ChannelListeners.channel_back": told(*({"type": kind, **IN_ROOM, "channel": CHANNEL} for kind in BACK)),
    "ChannelListeners.channel_unshared": told(
        {
            "type": "channel_unshared",
            **IN_ROOM,
            "channel": CHANNEL,
            "previously_connected_team_id": PARTNER_TEAM,
        }
    ),
    "ChannelListeners.member_joined": told(
        {"type": "member_joined_channel", "user": BOT_USER, **IN_ROOM, "channel": CHANNEL}
    ),
    "ChannelListeners.member_left": told(
        {"type": "member_left_channel", "user": ANNA.id, **IN_ROOM, "channel": CHANNEL},
        {"type": "member_left_channel", "user": BOT_USER, **IN_ROOM, "channel": CHANNEL},
    ),
    "MovedChannels.follow_channel": told(
        {"type": "channel_id_changed", "old_channel_id": CHANNEL, "new_channel_id": "C0OTHER"}
    ),
    "SuggestionListeners.offer_options": ask("other_agencies", "Wombat"),
    "QuoteListeners.open_quote": message_shortcut(studies.MESSAGE_SHORTCUT),
    "LibraryListeners.run_command": typing("/casestudy", "", "list", "club", STUDY, "drafts", "digest"),
    "HomeListeners.open_home": told({"type": "app_home_opened", "tab": "home", "channel": "D0ANNA"}),
    "HomeListeners.show_help": typing("/commonground", "", "misses"),
    "OrganisationAccess.let_in": told(
        {"type": "team_access_granted", "enterprise_id": "E0AWAY", "team_ids": [TEAM]}
    ),
    "OrganisationAccess.take_out": told(
        {"type": "team_access_revoked", "enterprise_id": "E0AWAY", "team_ids": [TEAM]}
    ),
    "Removals.note_uninstallation": told({"type": "app_uninstalled"}),
    "Removals.note_revocation": told({"type": "tokens_revoked", "tokens": {"bot": [BOT_USER]}}),
}
"""By the listener's name, where Bolt finds it by something else than one id."""
