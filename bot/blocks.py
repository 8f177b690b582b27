"""Small Block Kit helpers on top of slackblocks, and the reading of what comes back.

Text that a person wrote is only ever shown with `plain`, or escaped with
`escape` inside `mrkdwn`, which is always verbatim: no mention, channel or link
can be smuggled in.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal

from slackblocks import (
    ActionsBlock,
    Block,
    Button,
    ConfirmationDialogue,
    ContextBlock,
    ConversationFilter,
    ConversationSelectMenu,
    DividerBlock,
    Element,
    HeaderBlock,
    RichText,
    RichTextBlock,
    RichTextElement,
    RichTextSection,
    RichTextUser,
    SectionBlock,
    Text,
    TextType,
)

from bot.dates import day_text, utc_text
from bot.values import Entered

MENTION = re.compile(r"<@([A-Z0-9]+)>")
ERASED = re.compile(r"<@erased-([0-9]+)>")
BUTTON_LABEL = 75
HEADER_LENGTH = 150
MESSAGE_TEXT = 4_000
MODAL_BLOCKS = 100
MODAL_TITLE = 24
OPTION_LENGTH = 75
SECTION_LENGTH = 3_000
INPUT_LENGTH = 3_000


def escape(text: str) -> str:
    """The three characters that Slack reads as markup, as entities; call it exactly once."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def cut(text: str, limit: int) -> str:
    """`text` in at most `limit` characters, an ellipsis saying that there was more."""
    return text if len(text) <= limit else f"{text[: limit - 1].rstrip()}…"


def moment(at: datetime) -> str:
    """A time as each reader's Slack shows it, in their own zone; for mrkdwn only."""
    return f"<!date^{int(at.timestamp())}^{{date_short_pretty}} at {{time}}|{utc_text(at)}>"


def day(at: datetime) -> str:
    """A date as each reader's Slack shows it; for mrkdwn only."""
    return f"<!date^{int(at.timestamp())}^{{date_long}}|{day_text(at)}>"


def without_erased(text: str) -> str:
    """The text with words where it would name somebody who was erased: Slack knows nobody of that id."""
    return ERASED.sub(lambda found: erased_name(found.group(1)), text)


def erased_name(number: str) -> str:
    """What stands in the place of the name of somebody who was erased."""
    return f"Somebody erased (no. {number})"


def plain(text: str) -> Text:
    """Text that is never markup."""
    return Text(text, type_=TextType.PLAINTEXT)


def mrkdwn(text: str) -> Text:
    """Our own formatting; anything a person wrote must have been escaped before."""
    return Text(without_erased(text), type_=TextType.MARKDOWN, verbatim=True)


def header(text: str) -> HeaderBlock:
    """A heading, cut to Slack's length."""
    return HeaderBlock(plain(cut(text, HEADER_LENGTH)))


def section(text: str | Text, accessory: Element | None = None, block_id: str | None = None) -> SectionBlock:
    """A paragraph; a string is our own mrkdwn."""
    return SectionBlock(
        mrkdwn(text) if isinstance(text, str) else text, block_id=block_id, accessory=accessory
    )


def words(text: str) -> RichTextBlock:
    """Text in which only `<@U…>` means something: a person's name, as each reader's Slack shows it."""
    pieces = MENTION.split(without_erased(text))
    elements: list[RichTextElement] = [
        RichTextUser(piece) if at % 2 else RichText(piece) for at, piece in enumerate(pieces) if piece
    ]
    return RichTextBlock([RichTextSection(elements)])


def named(text: str) -> str:
    """The same where Slack reads markup, as in a message's `text`: names stay names, the rest is escaped."""
    pieces = MENTION.split(without_erased(text))
    return "".join(f"<@{piece}>" if at % 2 else escape(piece) for at, piece in enumerate(pieces))


def paragraphs(text: str) -> list[Block]:
    """What a person wrote, in as many plain sections as its length asks for."""
    pieces = [text[at : at + SECTION_LENGTH] for at in range(0, len(text), SECTION_LENGTH)]
    return [section(plain(piece)) for piece in pieces if piece.strip()]


def context(text: str) -> ContextBlock:
    """A small grey line of our own mrkdwn."""
    return ContextBlock([mrkdwn(text)])


def divider() -> DividerBlock:
    """A thin line."""
    return DividerBlock()


def actions(*elements: Element, block_id: str | None = None) -> ActionsBlock:
    """A row of buttons or menus."""
    return ActionsBlock(list(elements), block_id=block_id)


def button(
    label: str,
    action_id: str,
    value: str = "",
    *,
    style: Literal["primary", "danger"] | None = None,
    confirm: ConfirmationDialogue | None = None,
    spoken: str | None = None,
) -> Button:
    """A button; `spoken` is what a screen reader says where the label alone would not do."""
    return Button(
        plain(cut(label, BUTTON_LABEL)),
        action_id=action_id,
        value=value or None,
        style=style,
        confirm=confirm,
        accessibility_label=cut(spoken, BUTTON_LABEL) if spoken else None,
    )


def channel_select(
    action_id: str, *, chosen: str | None = None, here: bool = False, answers: bool = False
) -> ConversationSelectMenu:
    """A menu of the channels that people share things in.

    `here` chooses the one the reader is in; `answers` has Slack send an address to answer in the chosen one.
    """
    return ConversationSelectMenu(
        action_id=action_id,
        initial_conversation=chosen,
        default_to_current_conversation=here,
        response_url_enabled=answers,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        placeholder=plain("Choose a channel"),
    )


def confirm(title: str, text: str, yes: str, no: str = "Go back") -> ConfirmationDialogue:
    """The question asked before a step that cannot be taken back."""
    return ConfirmationDialogue(plain(title), plain(text), plain(yes), plain(no))


def state_values(view: Mapping[str, Any]) -> Entered:
    """A modal's inputs by block id, each as a plain value.

    Text is stripped; a single choice is its value, a date its text, a moment is in Unix seconds, several
    choices are a list, files are a list of what Slack says of each; an input left alone is "" or [].
    """
    found = Entered()
    for block_id, elements in ((view.get("state") or {}).get("values") or {}).items():
        for element in elements.values():
            found[block_id] = _element_value(element)
    return found


def _element_value(element: Mapping[str, Any]) -> Any:
    for many in ("selected_options", "selected_users", "selected_conversations", "selected_channels"):
        if many in element:
            return [_option_value(one) for one in element[many] or []]
    if "selected_date_time" in element:
        return element["selected_date_time"] or ""
    for noun in ("option", "user", "conversation", "channel", "date"):
        if (one := f"selected_{noun}") in element:
            return _option_value(element[one]) if element[one] else ""
    if element.get("type") == "file_input":
        return element.get("files") or []
    return (element.get("value") or "").strip()


def _option_value(option: Any) -> Any:
    return option["value"] if isinstance(option, Mapping) else option


def as_dicts(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as the JSON that Slack takes, checked against its limits on the way."""
    return [block._resolve() for block in blocks]
