"""Who wrote what in a case study, its versions, and what changed between two of them."""

from slackblocks import Block, Button

from bot.blocks import SECTION_LENGTH, actions, button, context, cut, divider, escape, header, moment, section
from bot.case_studies.history import ids
from bot.case_studies.history.difference_views import difference_blocks
from bot.case_studies.history.ids import Comparison
from bot.case_studies.history.service import (
    AT_ONCE,
    NumberedVersion,
    StepCompared,
    Steps,
    Versions,
    VersionsCompared,
)
from bot.case_studies.history.steps import Entry, Step
from bot.case_studies.ids import Turn
from bot.case_studies.modals import Modal, modal
from bot.case_studies.parts import in_parts, part_turns
from bot.case_studies.phrases import short_title
from storage.records.case_studies import CaseStudy
from storage.records.case_study_history import CaseStudyEvent, CaseStudyEventKind, ChangeKind

TITLE = "History"
NOTHING_WRITTEN = "Nothing has been written yet."
FOR_THOSE_WHO_WRITE = "Only those who write this case study see who wrote what."
PRESENT_ONLY = (
    "You see the present version. Earlier ones are for the authors and for people of the workspace that runs "
    "Common Ground."
)
NO_DIFFERENCE = "Nothing differs between the two."
LEGEND = (
    "Struck through, with a minus: removed. Bold, with a plus: added. A … stands for words that are the same."
)
LABELS_LENGTH = 1_000

_DONE: dict[ChangeKind, str] = {
    "saved": "{who} wrote {what}",
    "set_aside": "{who} wrote {what} at the same time as somebody else. The text was set aside for a choice.",
    "kept": "{who} chose the text that stood for {what}",
}
_HAPPENED: dict[CaseStudyEventKind, str] = {
    "review_requested": "{who} asked {person} for approval",
    "approved": "{who} approved it",
    "changes_wanted": "{who} asked for changes",
    "published": "{who} published it",
    "withdrawn": "{who} withdrew it",
    "owner": "{who} handed it on to {person}",
}


def versions_modal(versions: Versions) -> Modal:
    """A page of the versions, newest first, with the ways to what changed."""
    study = versions.study
    blocks: list[Block] = [header(short_title(study))]
    if not versions.all_shown:
        blocks.append(context(PRESENT_ONLY))
    elif versions.total == 1:
        blocks.append(context("It has not been changed since it was published."))
    else:
        blocks.append(context(f"{versions.total} versions, the newest first."))
    for numbered in versions.shown:
        blocks += _version_rows(study, numbered, versions.newest)
    blocks += _turns(
        study, versions.offset, versions.total, newer=ids.NEWER_VERSIONS, older=ids.OLDER_VERSIONS
    )
    if versions.steps_shown:
        steps = button("Who wrote what, by section", ids.STEPS, Turn(study.id, 0).encode())
        blocks += [divider(), actions(steps), context(FOR_THOSE_WHO_WRITE)]
    return modal(TITLE, blocks, metadata=study.id)


def steps_modal(steps: Steps) -> Modal:
    """A page of what happened, newest first, with the way to what each step changed."""
    study = steps.study
    blocks: list[Block] = [header(short_title(study)), context(FOR_THOSE_WHO_WRITE)]
    if not steps.shown:
        blocks.append(section(NOTHING_WRITTEN))
    blocks += [_entry_row(study, entry) for entry in steps.shown]
    blocks += _turns(study, steps.offset, steps.total, newer=ids.NEWER_STEPS, older=ids.OLDER_STEPS)
    if study.published_at is not None:
        versions = button("Its versions", ids.VERSIONS, Turn(study.id, 0).encode())
        blocks += [divider(), actions(versions)]
    return modal(TITLE, blocks, metadata=study.id)


def versions_compared_modal(compared: VersionsCompared) -> Modal:
    """What was removed from the older version and what was added in the newer."""
    older, newer = compared.older, compared.newer
    about: list[Block] = [
        context(f"From {_version_words(older)}"),
        context(f"To {_version_words(newer)}"),
    ]
    back = button("Back to the versions", ids.VERSIONS, Turn(compared.study.id, compared.offset).encode())
    return _compared_modal(compared, about, back)


def step_compared_modal(compared: StepCompared) -> Modal:
    """What one person changed in one section at one time."""
    step = compared.step
    about: list[Block] = [section(f"*{escape(step.section)}*"), context(_step_words(step, labels=False))]
    back = button("Back to who wrote what", ids.STEPS, Turn(compared.study.id, compared.offset).encode())
    return _compared_modal(compared, about, back)


def _compared_modal(compared: VersionsCompared | StepCompared, about: list[Block], back: Button) -> Modal:
    comparison = compared.comparison
    parts = in_parts(difference_blocks(compared.differences) or [section(NO_DIFFERENCE)])
    part = min(max(comparison.part, 0), len(parts) - 1)
    blocks: list[Block] = [header(short_title(compared.study)), *about]
    if compared.differences:
        blocks.append(context(LEGEND))
    blocks += parts[part]
    blocks += part_turns(
        part,
        len(parts),
        lambda to: Comparison(
            comparison.study_id, comparison.of, comparison.first, comparison.last, to
        ).encode(),
        earlier_id=ids.EARLIER_PART,
        later_id=ids.LATER_PART,
    )
    blocks += [divider(), actions(back)]
    return modal("What changed", blocks, metadata=compared.study.id)


def _version_rows(study: CaseStudy, numbered: NumberedVersion, newest: int) -> list[Block]:
    version = numbered.version
    words = f"*Version {numbered.place}*: {_version_said(numbered)}."
    if numbered.changed:
        words += f"\nChanged: {cut(escape(', '.join(numbered.changed)), LABELS_LENGTH)}"
    ways: list[Button] = []
    if numbered.before is not None:
        changed = Comparison(study.id, "versions", numbered.before, version.number).encode()
        spoken = f"What changed in version {numbered.place}"
        ways.append(button("What changed", ids.COMPARE, changed, spoken=spoken))
    if version.number != newest:
        since = Comparison(study.id, "versions", version.number, newest).encode()
        spoken = f"Compare version {numbered.place} with the present one"
        ways.append(button("Compare with the present", ids.COMPARE_WITH_NOW, since, spoken=spoken))
    return [section(words), *([actions(*ways)] if ways else [])]


def _version_words(numbered: NumberedVersion) -> str:
    return f"version {numbered.place}, {_version_said(numbered)}"


def _version_said(numbered: NumberedVersion) -> str:
    version = numbered.version
    said = "published" if version.kind == "published" else "changed"
    return f"{said} by <@{version.author.user_id}> ({moment(version.at)})"


def _entry_row(study: CaseStudy, entry: Entry) -> Block:
    if isinstance(entry, CaseStudyEvent):
        return section(_event_words(entry))
    changed = Comparison(study.id, "changes", entry.first, entry.last).encode()
    spoken = f"What changed in {entry.section}"
    see = button("What changed", ids.COMPARE, changed, spoken=spoken)
    words = f"*{escape(entry.section)}*\n{_step_words(entry)}"
    return section(cut(words, SECTION_LENGTH), accessory=see)


def _step_words(step: Step, *, labels: bool = True) -> str:
    what = cut(escape(", ".join(step.fields)), LABELS_LENGTH) if labels else "this"
    return f"{_DONE[step.kind].format(who=f'<@{step.author.user_id}>', what=what)}\n{moment(step.at)}"


def _event_words(event: CaseStudyEvent) -> str:
    person = f"<@{event.person.user_id}>" if event.person else "somebody"
    said = _HAPPENED[event.kind].format(who=f"<@{event.actor.user_id}>", person=person)
    return f"{said}\n{moment(event.at)}"


def _turns(study: CaseStudy, offset: int, total: int, *, newer: str, older: str) -> list[Block]:
    """The ways to the pages before and after this one, where there are any."""
    ways: list[Button] = []
    if offset:
        ways.append(button("Newer", newer, Turn(study.id, max(0, offset - AT_ONCE)).encode()))
    if offset + AT_ONCE < total:
        ways.append(button("Older", older, Turn(study.id, offset + AT_ONCE).encode()))
    return [actions(*ways)] if ways else []
