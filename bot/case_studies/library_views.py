"""Finding what has been published, and putting it into a channel."""

from collections.abc import Callable, Sequence

from slackblocks import Block, ConversationFilter, ConversationSelectMenu, InputBlock, PlainTextInput

from bot.blocks import actions, button, confirm, context, header, plain, section
from bot.case_studies import ids
from bot.case_studies.draft_views import turn_buttons
from bot.case_studies.modals import Modal, modal
from bot.case_studies.phrases import counted, short_title, study_rows
from storage.records import CaseStudy, CaseStudySummary

STUDIES_A_PAGE = 10
LONGEST_SEARCH = 150

NOTHING_FOUND = (
    "No published case study has these words. Try fewer words, or others that mean the same. To see all, "
    "empty the field and press Search."
)
NOTHING_PUBLISHED = "Nothing has been published yet. You could write the first one."


def library_modal(
    studies: Sequence[CaseStudySummary],
    template_title: Callable[[CaseStudySummary], str],
    *,
    words: str = "",
    offset: int = 0,
    published: int = 0,
) -> Modal:
    """The search field and a page: `studies` from `offset` on, one more than a page if there are more."""
    blocks: list[Block] = [
        InputBlock(
            label=plain("Words to find"),
            element=PlainTextInput(
                action_id=ids.SEARCH_FIELD, initial_value=words or None, max_length=LONGEST_SEARCH
            ),
            block_id=ids.SEARCH_FIELD,
            hint=plain("Leave it empty to see all, newest first."),
            optional=True,
        ),
        header(_heading(words, found=bool(studies))),
    ]
    if not studies:
        blocks.append(section(NOTHING_FOUND if words else NOTHING_PUBLISHED))
    elif not words:
        blocks.append(context(f"Published so far: {counted(published)}."))
    for study in studies[:STUDIES_A_PAGE]:
        blocks += study_rows(study, template_title(study))
    more = len(studies) > STUDIES_A_PAGE
    blocks += turn_buttons(
        words, offset, STUDIES_A_PAGE, more, ids.NEWER_STUDIES, ids.OLDER_STUDIES, "case studies"
    )
    ways_on = [button("Write a case study", ids.OPEN_START)]
    if published:
        asked = confirm(
            "Export all?",
            "You get every published case study of this workspace as two files, CSV and JSON, in a direct "
            "message.",
            "Send them to me",
        )
        ways_on.append(button("Export all", ids.EXPORT_ALL, confirm=asked))
    blocks.append(actions(*ways_on))
    return modal("Case studies", blocks, callback_id=ids.SEARCH, submit="Search")


def _heading(words: str, *, found: bool) -> str:
    if not words:
        return "All case studies"
    return f"Found for “{words}”" if found else f"Nothing found for “{words}”"


def share_modal(study: CaseStudy) -> Modal:
    """The choice of a channel."""
    blocks: list[Block] = [
        section(plain(short_title(study))),
        InputBlock(
            label=plain("Channel"),
            element=ConversationSelectMenu(
                action_id=ids.CHANNEL_FIELD,
                default_to_current_conversation=True,
                filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
                placeholder=plain("Choose a channel"),
            ),
            block_id=ids.CHANNEL_FIELD,
            hint=plain(
                "Everybody in it sees a short card and can read it all, people from other organisations too."
            ),
        ),
    ]
    return modal(
        "Share to a channel", blocks, metadata=study.id, callback_id=ids.SHARE, submit="Share", close="Back"
    )


def shared_modal(study: CaseStudy, channel_id: str) -> Modal:
    """Said to the person who shared it."""
    blocks: list[Block] = [
        section(plain(short_title(study))),
        section(
            f"It will be in <#{channel_id}> in a moment. When the case study changes, the card there follows."
        ),
    ]
    return modal("Shared", blocks)
