"""What goes, what stays and what is offered to whom, said to the person or to an admin who acts for them."""

from collections.abc import Mapping, Sequence

from bot.plurals import counted
from bot.privacy.titles import title_words
from storage.records.people import Person
from storage.records.privacy import Holdings, Offers

MOST_NAMED = 10
"""Case studies that are named; there is room for few."""
YOU: Mapping[str, str] = {"you": "you", "You": "You", "your": "your", "Your": "Your", "yours": "yours"}
THEY: Mapping[str, str] = {"you": "they", "You": "They", "your": "their", "Your": "Their", "yours": "theirs"}


def goes(held: Holdings, whose: Mapping[str, str]) -> str:
    """What is removed, in numbers where there are some."""
    alone = held.drafts - held.shared_drafts
    found = [
        (True, "{Your} agency, and a ranking that {you} have begun to set up"),
        (held.saved_strategies, counted(held.saved_strategies, "saved strategy", "saved strategies")),
        (
            held.open_rankings,
            f"{{Your}} answers in {counted(held.open_rankings, 'open ranking', 'open rankings')}; {{you}} "
            "are marked as having left",
        ),
        (
            held.ended_rankings,
            f"{{Your}} reasons in {counted(held.ended_rankings, 'ranking that has', 'rankings that have')} "
            "ended",
        ),
        (alone, f"{counted(alone, 'draft', 'drafts')} that {{you}} own and nobody else wrote in"),
        (
            held.withdrawn,
            f"What {{you}} wrote in {counted(held.withdrawn, 'case study', 'case studies')} that {{you}} "
            "have withdrawn; the dated stub stays without {you}",
        ),
        (
            held.digests,
            counted(held.digests, "monthly message that {you} asked", "monthly messages that {you} asked")
            + " for",
        ),
        (True, "{Your} notes to colleagues, and messages and reminders that wait for {you}"),
    ]
    return "\n".join(f"• {line}." for is_there, line in found if is_there).format_map(whose)


def stays(held: Holdings, whose: Mapping[str, str]) -> str:
    """What is kept without the person, and why."""
    ended = counted(held.ended_rankings, "ranking that has", "rankings that have")
    found = [
        (
            held.ended_rankings,
            f"{{Your}} ballots in {ended} ended, as numbers: without them the count would be another. "
            "In {your} place stands a random number that leads back to nobody, with the agency {you} had",
        ),
        (
            held.ended_rankings,
            "{Your} answers and reasons in those that were anonymous: nobody can say which are {yours}",
        ),
        (True, "The title and the statements of rankings that {you} set up: the group has worked on them"),
        (True, "Words that {you} looked for in vain: they were never kept with {your} name"),
        (True, "Lines of the history and of the audit log, with a random number in place of {you}"),
        (
            True,
            "What others wrote, even if they name {you}, and what others made of a text of {yours}. Ask them",
        ),
        (True, "Messages and files in Slack, which are Slack's, and backups until they are replaced"),
    ]
    return "\n".join(f"• {line}." for is_there, line in found if is_there).format_map(whose)


def offered_studies(offers: Offers, whose: Mapping[str, str]) -> list[str]:
    """Which case studies go to those who wrote in them, a paragraph each; our own markup."""
    if not offers.studies:
        return []
    said = (
        "These case studies of {yours} are offered to those who wrote in them too. Whoever takes one on owns "
        "it from then on. If nobody does within 30 days, a draft is removed with what they wrote in it, and "
        "a published one is withdrawn."
    ).format_map(whose)
    rows = [f"{title_words(each.title)}: {_names(each.writers)}" for each in offers.studies]
    return [said, *_listed(rows)]


def offered_texts(offers: Offers, whose: Mapping[str, str]) -> list[str]:
    """In whose case studies there are texts, a paragraph each; our own markup."""
    if not offers.texts:
        return []
    said = "{You} wrote in these case studies of others, earlier versions included:".format_map(whose)
    rows = [f"{title_words(each.title)}, owned by <@{each.owner.user_id}>" for each in offers.texts]
    return [said, *_listed(rows)]


def blocking_lines(held: Holdings, whose: Mapping[str, str] = YOU) -> list[str]:
    """What has to be handed on first, and how; nothing when nothing has."""
    found = []
    if held.open_run:
        found.append(
            f"{{You}} run {counted(held.open_run, 'ranking that is', 'rankings that are')} open. Press "
            "Manage on the ranking's message, then hand it over or stop it."
        )
    if held.published_alone:
        number = held.published_alone
        found.append(
            f"{{You}} own {counted(number, 'published case study', 'published case studies')} that nobody "
            f"else wrote in. Hand {'it' if number == 1 else 'each'} on to somebody, or withdraw it: type "
            "/casestudy, open it, and press Hand on or Withdraw."
        )
    return [line.format_map(whose) for line in found]


def _names(people: Sequence[Person]) -> str:
    more = [f"and {len(people) - MOST_NAMED} others"] if len(people) > MOST_NAMED else []
    return ", ".join([*(f"<@{person.user_id}>" for person in people[:MOST_NAMED]), *more])


def _listed(rows: Sequence[str]) -> list[str]:
    more = [f"and {len(rows) - MOST_NAMED} more"] if len(rows) > MOST_NAMED else []
    return [f"• {row}" for row in [*rows[:MOST_NAMED], *more]]
