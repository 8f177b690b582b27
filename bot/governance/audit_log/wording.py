"""A line of the audit log as a sentence; names come from whoever shows it."""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from bot.governance.retention.kinds import KINDS
from storage.records.audit import COMMAND_LINE, NOBODY, AuditEntry, AuditKind
from storage.records.people import Person

Name: TypeAlias = Callable[[Person], str]

SETTINGS: Mapping[str, str] = {
    "approval_required": "whether a second person approves each case study",
    "ask_about_drafts_after_days": "after how many days the owner of a draft is asked about it",
    "starters": "who may start rankings",
    "curators": "who the curators are",
    "retention": "how long things are kept",
}
EXPORTED: Mapping[str, str] = {
    "ranking": "the record of ranking {subject}",
    "ranking_canvas": "ranking {subject} into a canvas",
    "case_study": "case study {subject}",
    "case_study_canvas": "case study {subject} into a canvas",
    "library": "{count} case studies of the library",
    "audit_log": "the audit log",
    "data_sheet": "the data sheet",
    "my_data": "what is kept of themselves",
    "all_case_studies": "all case studies, drafts too",
}
PLAIN: Mapping[AuditKind, str] = {
    "agency_set": "{who} said which agency is theirs.",
    "agency_renamed": "{who} gave an agency another name: {people} people, {rankings} open rankings.",
    "agencies_joined": "{who} made two agencies into one: {people} people, {rankings} open rankings.",
    "erasure_asked": "{who} asked for everything about themselves to be erased.",
    "erasure_ordered": "{who} had somebody erased.",
    "erased": "{who} was erased{because}.",
    "texts_kept": "{who} kept the texts of somebody erased in case study {subject}, without a name.",
    "texts_removed": "{who} removed the texts of somebody erased from case study {subject}.",
    "draft_left": "{who} removed draft {subject} of somebody erased, because nobody took it on.",
    "handed_on": "{who} handed case study {subject} on from {before} to {after}.",
    "handed_over": "{who} handed ranking {subject} over from {before} to {after}.",
    "withdrawn": "{who} withdrew case study {subject}.",
    "digest_started": "{who} began the monthly message in {channel}.",
    "digest_stopped": "{who} stopped the monthly message in {channel}.",
    "imported": "{who} imported {count} case studies.",
    "backed_up": "{who} made a copy of the database.",
    "migrated": "{who} brought the database up to date.",
    "tokens_resealed": "{who} encrypted the tokens with the newest key.",
    "miss_settled": "{who} dealt with words that had been looked for in vain.",
}
WITHOUT_A_NAME: Mapping[Person, str] = {NOBODY: "The app itself", COMMAND_LINE: "The command line"}


def entry_text(entry: AuditEntry, name: Name, channel: Callable[[str], str]) -> str:
    """One sentence; `name` and `channel` turn ids into what a reader sees."""
    who = WITHOUT_A_NAME.get(entry.actor) or name(entry.actor)
    detail = entry.detail
    if entry.kind == "settings":
        said = SETTINGS.get(entry.subject, entry.subject)
        values = (_value(detail.get(when), name) for when in ("before", "after"))
        return f"{who} changed {said}: from {' to '.join(values)}."
    if entry.kind == "exported":
        what = EXPORTED.get(str(detail.get("what")), "something")
        return f"{who} exported {what.format(subject=entry.subject, count=detail.get('count', 0))}."
    if entry.kind == "retention":
        words = KINDS[entry.subject].counted(detail["removed"])
        return f"{who} removed what was older than {detail['days']} days: {words}."
    return PLAIN[entry.kind].format(
        who=who,
        subject=entry.subject,
        channel=channel(entry.subject),
        because=", because an admin had it done" if detail.get("by_admin") else ", as they had asked",
        people=detail.get("people"),
        count=detail.get("count"),
        rankings=detail.get("rankings"),
        before=_person(detail.get("before"), name),
        after=_person(detail.get("after"), name),
    )


def people_of(entry: AuditEntry) -> set[Person]:
    """Everybody whom the line names."""
    found = {entry.actor} - set(WITHOUT_A_NAME)
    for when in ("before", "after"):
        value = entry.detail.get(when)
        pairs: list[Any] = value if isinstance(value, list) and not _is_pair(value) else [value]
        found |= {Person(pair[0], pair[1]) for pair in pairs if _is_pair(pair)}
    return found


def _value(value: Any, name: Name) -> str:
    match value:
        case None:
            return "everybody"
        case True | False:
            return "yes" if value else "no"
        case dict():
            days = [f"{KINDS[kind].label}: {days} days" for kind, days in value.items() if kind in KINDS]
            return "; ".join(days) or "everything for good"
        case list():
            return ", ".join(name(Person(*pair)) for pair in value) or "admins only"
        case _:
            return str(value)


def _person(value: Any, name: Name) -> str:
    return name(Person(*value)) if _is_pair(value) else ""


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(each, str) for each in value)
