"""Every button, form, choice and question of case studies, with who may use it and who may not.

`s1` is the case study that `permission_acts.py` makes. Anna owns it. Eve is asked for its section `why` and
has written in it, Cara is asked for `learning`. Fay reviewed an earlier state, Hal was asked to and then
replaced by Gus. Ida is an admin, and asked for `why` too.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.case_studies import ids
from bot.case_studies.history import ids as history
from bot.case_studies.publishing.checks import CHECKS
from bot.handover import LEFT_BEHIND, STUDIES_BESIDE, STUDIES_USING, WITHDRAWN_STUDIES, WRITE_ABOUT
from storage.records.people import Person
from tests.slack import ANNA, BEN, CHANNEL, PARTNER_TEAM, PIA, TEAM, Json, User

EVE, CARA, FAY, HAL, GUS, IDA = (User(f"U0{name}") for name in ("EVE", "CARA", "FAY", "HAL", "GUS", "IDA"))
ANNA_AWAY = User(ANNA.id, PARTNER_TEAM)
"""The owner's id in another workspace."""

Right = Literal["owner", "writer", "asked", "reader", "reviewer", "member", "admin"]
State = Literal["draft", "in_review", "published"]

NOBODY = (BEN, PIA, ANNA_AWAY, HAL)
"""Who learns nothing of a draft."""

MAY: dict[Right, User] = {
    "owner": ANNA,
    "writer": EVE,
    "asked": EVE,
    "reader": CARA,
    "reviewer": GUS,
    "member": BEN,
    "admin": IDA,
}
MAY_NOT: dict[Right, tuple[User, ...]] = {
    "owner": (*NOBODY, EVE, CARA, FAY, GUS),
    "writer": (*NOBODY, CARA, FAY, GUS),
    "asked": (*NOBODY, ANNA, CARA, FAY, GUS),
    "reader": NOBODY,
    "reviewer": (*NOBODY, ANNA, EVE, CARA, FAY),
    "member": (PIA, ANNA_AWAY),
    "admin": (BEN, PIA, ANNA_AWAY),
}
WHY = "s1|why"
OF_IDA = ids.RequestRef("s1", "why", Person(TEAM, IDA.id)).encode()
TOLD = "C0TOLD"
"""A channel that is told monthly of what is published."""
CONFLICT = "s1|{number}|{seen}"
"""The store gives the numbers."""


@dataclass(frozen=True)
class _Line:
    """What is pressed, sent or asked, with the right that it needs, in a case study of this state.

    `reads`: it shows something and changes nothing.
    """

    id: str
    right: Right
    reads: bool = False
    state: State = "in_review"


@dataclass(frozen=True)
class Press(_Line):
    """A button, or a choice that is stored as it is made; `inside` opens the modal in which it is."""

    value: str = "s1"
    inside: "Press | None" = None
    chosen: Json = field(default_factory=dict)
    in_message: bool = False


@dataclass(frozen=True, kw_only=True)
class Form(_Line):
    """A modal that is sent with these values."""

    opened_by: Press
    values: Json


@dataclass(frozen=True, kw_only=True)
class Question(_Line):
    """What a list offers while somebody types."""

    opened_by: Press
    typed: str


Line: TypeAlias = Press | Form | Question


def reading(action_id: str, right: Right, value: str = "s1", state: State = "in_review") -> Press:
    return Press(action_id, right, reads=True, state=state, value=value)


def choice(field_id: str, right: Right, inside: Press, chosen: str | list[str]) -> Press:
    return Press(field_id, right, inside=inside, chosen={field_id: chosen})


WRITE_WHY = reading(ids.WRITE_SECTION, "writer", WHY)
OPEN_WHAT = reading(ids.WRITE_SECTION, "owner", "s1|what")
OPEN_ASK = reading(ids.ASK_COLLEAGUE, "owner", WHY)
OPEN_CHECK = reading(ids.PUBLISH, "owner")
OPEN_CHANGES = reading(ids.OPEN_CHANGES, "reviewer")
CHOOSE = reading(ids.CHOOSE, "writer", CONFLICT)
OPEN_LIBRARY = reading(ids.OPEN_LIBRARY, "member", "")
OPEN_FILTERS = reading(ids.OPEN_FILTERS, "member", "")
WITHDRAW = reading(ids.WITHDRAW, "owner", state="published")
HAND_ON = reading(ids.HAND_ON, "owner")
OPEN_DIGEST = reading(ids.OPEN_DIGEST, "member", "")
OPEN_EXPORT = reading(ids.OPEN_EXPORT, "reader")
EXPORT_ALL = reading(ids.EXPORT_ALL, "member", "")
OPEN_SHARE = reading(ids.OPEN_SHARE, "member", state="published")

A_TICK = {"ecm_outcomes": ["stay-safe"]}
PRESSES = (
    reading(ids.OPEN_DRAFT, "reader"),
    reading(ids.READ_THROUGH, "reader"),
    reading(ids.READ, "reader"),
    reading(ids.EARLIER_PART, "reader", "0|s1"),
    reading(ids.LATER_PART, "reader", "1|s1"),
    OPEN_EXPORT,
    reading(history.OPEN, "reader"),
    *(reading(turn, "reader", "0|s1") for turn in (history.STEPS, history.NEWER_STEPS, history.OLDER_STEPS)),
    *(
        reading(turn, "member", "0|s1", "published")
        for turn in (history.VERSIONS, history.NEWER_VERSIONS, history.OLDER_VERSIONS)
    ),
    *(
        reading(way, "reader", "s1|changes|1|1|0")
        for way in (
            history.COMPARE,
            history.COMPARE_WITH_NOW,
            history.EARLIER_PART,
            history.LATER_PART,
        )
    ),
    WRITE_WHY,
    Press(
        ids.NEXT_SECTION, "owner", value="s1|what", inside=WRITE_WHY, chosen={"ecm_outcomes": ["stay-safe"]}
    ),
    Press(
        ids.PREVIOUS_SECTION,
        "owner",
        value="s1|who",
        inside=WRITE_WHY,
        chosen={"ecm_outcomes": ["stay-safe"]},
    ),
    choice("ecm_outcomes", "writer", WRITE_WHY, ["stay-safe"]),
    choice("began", "owner", OPEN_WHAT, "2026-03-07"),
    choice("other_agencies", "owner", OPEN_WHAT, ["Larkfield Library"]),
    choice("strategies", "owner", OPEN_WHAT, ["trust-2"]),
    reading(ids.CHANGE_SECTION, "owner", WHY),
    OPEN_CHECK,
    Press(ids.DELETE, "owner"),
    Press(ids.KEEP_OLD, "owner", state="draft", in_message=True),
    Press(ids.DELETE_OLD, "owner", state="draft", in_message=True),
    OPEN_ASK,
    Press(ids.REMIND, "owner", value=OF_IDA),
    Press(ids.TAKE_BACK, "owner", value=OF_IDA),
    Press(ids.FINISH, "asked", value=WHY),
    CHOOSE,
    Press(ids.KEEP_THEIRS, "writer", value=CONFLICT),
    Press(ids.KEEP_MINE, "writer", value=CONFLICT),
    Press(ids.APPROVE, "reviewer"),
    OPEN_CHANGES,
    OPEN_LIBRARY,
    reading(ids.NEWER_STUDIES, "member", "0|"),
    reading(ids.OLDER_STUDIES, "member", "0|"),
    OPEN_FILTERS,
    reading(ids.CLEAR_FILTERS, "member", ""),
    EXPORT_ALL,
    reading(ids.EXPORT_FOUND, "member", "club"),
    reading(STUDIES_BESIDE, "member", "trust-2"),
    reading(STUDIES_USING, "member", "trust-2"),
    OPEN_SHARE,
    WITHDRAW,
    HAND_ON,
    OPEN_DIGEST,
    reading(ids.OTHER_DIGEST, "member", ""),
    Press(ids.STOP_DIGEST, "member", value=TOLD),
    reading(LEFT_BEHIND, "admin", ""),
    reading(WITHDRAWN_STUDIES, "admin", ""),
    reading(ids.NEWER_WITHDRAWN, "admin", "0|"),
    reading(ids.OLDER_WITHDRAWN, "admin", "0|"),
)
FORMS = (
    Form(ids.SAVE_SECTION, "writer", opened_by=WRITE_WHY, values={"expected_outcomes": "Somebody's words"}),
    Form(
        ids.SEND_CHECK,
        "owner",
        opened_by=OPEN_CHECK,
        values={ids.CHECKS_FIELD: list(CHECKS), ids.REVIEWER_FIELD: IDA.id},
    ),
    Form(ids.SEND_ASK, "owner", opened_by=OPEN_ASK, values={ids.PERSON_FIELD: BEN.id}),
    Form(ids.SEND_CHANGES, "reviewer", opened_by=OPEN_CHANGES, values={ids.REASON_FIELD: "Too long"}),
    Form(ids.KEEP_BOTH, "writer", opened_by=CHOOSE, values={}),
    Form(ids.SEARCH, "member", reads=True, opened_by=OPEN_LIBRARY, values={ids.SEARCH_FIELD: "club"}),
    Form(ids.FILTER, "member", reads=True, opened_by=OPEN_FILTERS, values={ids.SEARCH_FIELD: "club"}),
    Form(
        ids.SEND_WITHDRAWAL,
        "owner",
        state="published",
        opened_by=WITHDRAW,
        values={ids.WITHDRAWAL_REASON: "A family asked", ids.SURE_FIELD: ["sure"]},
    ),
    Form(ids.SEND_OWNER, "owner", opened_by=HAND_ON, values={ids.OWNER_FIELD: BEN.id}),
    Form(ids.SET_DIGEST, "member", opened_by=OPEN_DIGEST, values={ids.CHANNEL_FIELD: CHANNEL}),
    Form(ids.SEND_EXPORT, "reader", opened_by=OPEN_EXPORT, values={ids.FORMS_FIELD: ["word"]}),
    Form(ids.SEND_LIBRARY_EXPORT, "member", opened_by=EXPORT_ALL, values={ids.FORMS_FIELD: ["csv"]}),
    Form(ids.SHARE, "member", state="published", opened_by=OPEN_SHARE, values={ids.CHANNEL_FIELD: CHANNEL}),
)
QUESTIONS = (
    *(
        Question(name, "owner", reads=True, opened_by=OPEN_WHAT, typed="trust")
        for name in ("other_agencies", "strategies")
    ),
    *(Question(menu, "member", reads=True, opened_by=OPEN_FILTERS, typed="") for menu in ids.FILTER_FIELDS),
)
LINES: tuple[Line, ...] = (*PRESSES, *FORMS, *QUESTIONS)
ONES_OWN = {
    ids.OPEN_START,
    ids.BEGIN,
    ids.NEWER_DRAFTS,
    ids.OLDER_DRAFTS,
    ids.OPEN_OWNED,
    ids.NEWER_OWNED,
    ids.OLDER_OWNED,
    ids.MESSAGE_SHORTCUT,
    WRITE_ABOUT,
    ids.BEGIN_WITH_QUOTE,
}
"""What begins a person's own case study, or lists theirs: there is nobody to refuse."""
