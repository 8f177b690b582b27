"""What is told of each listener that has no table of rankings or case studies: whether it changes something.

The acts are those that are tried from another workspace, with some that are done here by whoever may.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from bot.case_studies import ids as studies
from bot.governance import ids as governance
from bot.handover import ENDED_RANKINGS, RANK_STRATEGIES, READ_STRATEGY, WRITE_ABOUT
from bot.privacy import ids as privacy
from bot.ranking import ids as rankings
from bot.strategies import ids as strategies
from tests.bot.oauth.places import ORGANISATION, event
from tests.bot.other_workspaces.acts_table import (
    BY_ID,
    BY_LISTENER,
    OWN_FORM,
    ROOM,
    Act,
    press,
    send,
    state,
    told,
)
from tests.bot.privacy.steps import erase
from tests.slack import BEN, BOT_USER, CHANNEL, TEAM, Bot, User

ERASED = "000000004711"
OFFER = f"s1:{ERASED}"


async def start_ranking(bot: Bot, user: User) -> None:
    """Fill in the form, and start what it shows."""
    shown = await send(rankings.SEND_SETUP, ROOM, form=OWN_FORM)(bot, user)
    assert isinstance(shown, dict)
    await send(rankings.START, shown["view"]["private_metadata"])(bot, user)


async def erase_oneself(bot: Bot, _user: User) -> None:
    await erase(bot, bot.slack, BEN)


def of_organisation(*kinds: str) -> Act:
    """What Slack says of an organisation that adds the app to a workspace or takes it out."""

    async def act(bot: Bot, _user: User) -> None:
        is_install = {"is_bot": True, "is_enterprise_install": True}
        authorization = {"enterprise_id": ORGANISATION, "team_id": None, **is_install}
        for kind in kinds:
            body = event(kind, ORGANISATION, datetime.now(UTC), team_ids=["T0THIRD"])
            await bot.send({**body, "enterprise_id": ORGANISATION, "authorizations": [authorization]})

    return act


def of_installation(kind: str, **more: object) -> Act:
    """What Slack says of a workspace that removes the app."""

    async def act(bot: Bot, _user: User) -> None:
        await bot.send(event(kind, TEAM, datetime.now(UTC), **more))

    return act


OWN: Mapping[str, Act] = {
    strategies.CARD_SAVE: press(strategies.CARD_SAVE, "roles-1"),
    rankings.START: start_ranking,
    privacy.SEND_ERASING: erase_oneself,
    privacy.SEND_ERASING_THEM: send(
        privacy.SEND_ERASING_THEM,
        f"{TEAM}|{BEN.id}",
        form=state(
            word={"type": "plain_text_input", "value": "ERASE"},
            texts={"type": "radio_buttons", "selected_option": {"value": "remove"}},
        ),
    ),
    privacy.TAKE_ON: press(privacy.TAKE_ON, f"left:{ERASED}"),
    privacy.KEEP_TEXTS: press(privacy.KEEP_TEXTS, OFFER),
    privacy.REMOVE_TEXTS: press(privacy.REMOVE_TEXTS, OFFER),
    "OrganisationAccess.let_in": of_organisation("team_access_granted"),
    "OrganisationAccess.take_out": of_organisation("team_access_granted", "team_access_revoked"),
    "Removals.note_uninstallation": of_installation("app_uninstalled"),
    "Removals.note_revocation": of_installation("tokens_revoked", tokens={"bot": [BOT_USER]}),
    "ChannelListeners.channel_back": told(
        {"type": "channel_archive", "channel": CHANNEL}, {"type": "channel_unarchive", "channel": CHANNEL}
    ),
    "ChannelListeners.member_joined": told(
        {"type": "member_left_channel", "user": BOT_USER, "channel": CHANNEL},
        {"type": "member_joined_channel", "user": BOT_USER, "channel": CHANNEL},
    ),
}
ACTS: Mapping[str, Act] = {**BY_ID, **BY_LISTENER, **OWN}
READS = frozenset(
    {
        strategies.FIND_OPEN,
        strategies.FIND_SUBMIT,
        *strategies.OPENS_A_PLACE,
        *strategies.OPENS_RELATED,
        strategies.CARD_OPEN,
        READ_STRATEGY,
        strategies.CARD_SHARE_NOTE,
        strategies.CARD_CHOOSE_CHANNEL,
        RANK_STRATEGIES,
        rankings.LIST_ALL,
        rankings.NEWER_RANKINGS,
        rankings.OLDER_RANKINGS,
        ENDED_RANKINGS,
        rankings.NEWER_ENDED,
        rankings.OLDER_ENDED,
        rankings.CHANGE_AGENCY,
        studies.OPEN_START,
        studies.NEWER_DRAFTS,
        studies.OLDER_DRAFTS,
        studies.OPEN_OWNED,
        studies.NEWER_OWNED,
        studies.OLDER_OWNED,
        WRITE_ABOUT,
        governance.OPEN_SETTINGS,
        governance.OPEN_AGENCIES,
        governance.NEWER_AGENCIES,
        governance.OLDER_AGENCIES,
        governance.OPEN_RENAMING,
        governance.OPEN_JOINING,
        governance.OPEN_LOG,
        governance.NEWER_LOG,
        governance.OLDER_LOG,
        privacy.OPEN_MINE,
        privacy.OPEN_ERASING,
        privacy.OPEN_CHOOSING,
        privacy.SEND_WHOM,
        "FinderListeners.offer_strategies",
        "FinderListeners.show_picked",
        "FinderListeners.open_finder",
        "FinderListeners.find_for_message",
        "StrategyListeners.look_up",
        "SuggestionListeners.offer_options",
        "QuoteListeners.open_quote",
        "LibraryListeners.run_command",
        "HomeListeners.show_help",
    }
)
"""What shows something, and changes nothing."""
