"""The settings: one form with what applies now, and the ways to what else is the admins'."""

from typing import Any

from slackblocks import (
    Block,
    CheckboxGroup,
    InputBlock,
    ModalView,
    NumberInput,
    Option,
    RadioButtonGroup,
    UserMultiSelectMenu,
)

from bot.blocks import actions, button, context, header, plain, section
from bot.governance import ids
from bot.governance.retention.kinds import KINDS
from bot.governance.settings.answers import (
    FEWEST_DAYS,
    MOST_DAYS,
    MOST_DAYS_ASKED,
    MOST_PEOPLE,
    fingerprint,
)
from bot.handover import ENDED_RANKINGS, ERASE_SOMEBODY, WITHDRAWN_STUDIES
from storage.records.people import Person
from storage.records.workspace_settings import RETENTION_KINDS, RetentionKind, WorkspaceSettings

TITLE = "Settings"
WHAT = (
    "These settings are for the whole workspace. Only its admins see and change them, and each change is in "
    "the audit log."
)
INFORMATION = (
    "For a request for information, export what it is about, without names if you wish. Published case "
    "studies have Export under them in the library."
)
KEPT = (
    "In days; an empty field means for good. It is looked at once a day, and what was removed is counted in "
    "the audit log. What has been removed cannot be brought back."
)
SAVED = (
    "The settings are saved. They apply to the whole workspace from now on; what is too old is removed "
    "within a day. Rankings that are open go on as they are."
)


def settings_modal(settings: WorkspaceSettings) -> dict[str, Any]:
    """Filled with what applies now; an input's block id is its field's."""
    blocks: list[Block] = [
        section(WHAT),
        actions(
            button("Agencies", ids.OPEN_AGENCIES),
            button("Audit log", ids.OPEN_LOG),
            button("Data sheet", ids.SEND_DATA_SHEET, spoken="Send me the data sheet as a file"),
            button("Erase somebody", ERASE_SOMEBODY),
        ),
        section(INFORMATION),
        actions(
            button("Ended rankings", ENDED_RANKINGS, spoken="Rankings that have ended, to be exported"),
            button("Withdrawn case studies", WITHDRAWN_STUDIES, spoken="Withdrawn ones, to be exported"),
        ),
        header("Who does what"),
        *_roles(settings),
        header("Case studies"),
        *_case_studies(settings),
        header("How long things are kept"),
        context(KEPT),
        *(_days_kept(settings, kind) for kind in RETENTION_KINDS),
    ]
    return ModalView(
        title=plain(TITLE),
        blocks=blocks,
        submit=plain("Save"),
        close=plain("Close"),
        callback_id=ids.SEND_SETTINGS,
        private_metadata=fingerprint(settings),
    ).to_dict()


def _roles(settings: WorkspaceSettings) -> list[Block]:
    everybody = Option(plain("Everybody"), value=ids.EVERYBODY)
    named = Option(plain("Admins, and the people named below"), value=ids.NAMED)
    chosen = everybody if settings.starters is None else named
    return [
        InputBlock(
            plain("Who may start rankings"),
            RadioButtonGroup(ids.WHO_FIELD, [everybody, named], initial_option=chosen),
            block_id=ids.WHO_FIELD,
            hint=plain("Taking part is open to everybody, whatever you choose."),
        ),
        _people(
            "People who may start rankings",
            ids.STARTERS_FIELD,
            settings.starters or (),
            "They are named to whoever may not, so that people know whom to ask.",
        ),
        _people(
            "Curators",
            ids.CURATORS_FIELD,
            settings.curators,
            "Beside admins, they see in App Home what was looked for in vain and deal with it, and hand on "
            "case studies of people who have left. They must belong to this workspace.",
        ),
    ]


def _people(label: str, field: str, people: tuple[Person, ...], hint: str) -> Block:
    return InputBlock(
        plain(label),
        UserMultiSelectMenu(
            placeholder=plain("Choose people"),
            action_id=field,
            initial_users=[person.user_id for person in people] or None,
            max_selected_items=MOST_PEOPLE,
        ),
        block_id=field,
        hint=plain(hint),
        optional=True,
    )


def _case_studies(settings: WorkspaceSettings) -> list[Block]:
    ticked = Option(plain("A second person approves each case study"), ids.REQUIRED)
    return [
        InputBlock(
            plain("Before a case study is published"),
            CheckboxGroup(
                ids.APPROVAL_FIELD, [ticked], initial_options=[ticked] if settings.approval_required else None
            ),
            block_id=ids.APPROVAL_FIELD,
            hint=plain("It is somebody who has not written in it. What has been published stays so."),
            optional=True,
        ),
        InputBlock(
            plain("Days until the owner of an untouched draft is asked about it"),
            NumberInput(
                False,
                ids.DAYS_FIELD,
                initial_value=str(settings.ask_about_drafts_after_days),
                min_value=FEWEST_DAYS,
                max_value=MOST_DAYS_ASKED,
            ),
            block_id=ids.DAYS_FIELD,
            hint=plain("It is deleted if they say so, or after the time for drafts below."),
        ),
    ]


def _days_kept(settings: WorkspaceSettings, kind: RetentionKind) -> Block:
    days, words = settings.retention.get(kind), KINDS[kind]
    return InputBlock(
        plain(f"{words.label}, in days"),
        NumberInput(
            False,
            kind,
            initial_value=str(days) if days else None,
            min_value=FEWEST_DAYS,
            max_value=MOST_DAYS,
        ),
        block_id=kind,
        hint=plain(words.hint),
        optional=True,
    )


def saved_modal() -> dict[str, Any]:
    """Said once it is kept."""
    return ModalView(title=plain(TITLE), blocks=[section(SAVED)], close=plain("Close")).to_dict()
