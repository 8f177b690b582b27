"""What each table is for, how long its rows stay, and who sees them."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TableFacts:
    """`why` is the purpose, `how_long` when rows go, `who` who can see them through the app."""

    why: str
    how_long: str
    who: str


_RANKING = "As long as the ranking; somebody who is erased becomes a random number in it."
_STUDY = "As long as the case study; drafts and withdrawn ones for the time that the admins set."
_TECHNICAL = "Nobody: it is what the app needs to run."
_AUTHORS = "The people who write the case study; once it is published, the workspace."
_MEMBERS = "The people of the ranking, and whoever is in its channel."

TABLES: Mapping[str, TableFacts] = {
    "answers": TableFacts(
        "The ballots, positions and reasons that people gave in a ranking.",
        "As long as the ranking; after the time that the admins set, without people and reasons.",
        "Nobody while a stage is open, but each person their own. After that the counts, and who gave which "
        "if the ranking shows names.",
    ),
    "audit": TableFacts(
        "To account for changes: who changed, exported, handed on or removed what.",
        "For good, or for the time that the admins set; somebody who is erased becomes a random number. "
        "Nothing else changes or removes a line as long as the app is installed.",
        "The admins of the workspace; each person the lines about themselves.",
    ),
    "case_studies": TableFacts("Case studies: whose each is, and how far it has come.", _STUDY, _AUTHORS),
    "case_study_answers": TableFacts("What each field of a case study says now.", _STUDY, _AUTHORS),
    "case_study_changes": TableFacts(
        "Who wrote what, and what it said before: several agencies answer for a text together.",
        _STUDY,
        "The authors of the case study.",
    ),
    "case_study_events": TableFacts(
        "The steps of a case study: asked for approval, published, edited, withdrawn, handed on.",
        _STUDY,
        "The authors of the case study.",
    ),
    "case_study_facet_counts": TableFacts(
        "How many published case studies each filter of the library finds.",
        "As long as the case studies that it counts.",
        "The people of the workspace.",
    ),
    "case_study_facets": TableFacts(
        "What a published case study is found by: outcomes, agencies, target group, strategies.",
        "Until the case study is withdrawn.",
        "The people of the workspace.",
    ),
    "case_study_sections": TableFacts(
        "Which sections of a case study colleagues were asked to write.",
        _STUDY,
        "Who was asked, and the authors of the case study.",
    ),
    "case_study_words": TableFacts(
        "The words of published case studies, so that they are found.",
        "Until the case study is withdrawn.",
        "The people of the workspace, who search in it.",
    ),
    "deputies": TableFacts("Who helps to run a ranking.", _RANKING, _MEMBERS),
    "digests": TableFacts(
        "Channels that are told monthly what has been published.",
        "Until the message is stopped, or whoever asked for it is erased.",
        "The people of the workspace.",
    ),
    "handled_requests": TableFacts(
        "That a request which starts or sends something was handled, so that it is handled once only.",
        "Minutes.",
        _TECHNICAL,
    ),
    "installations": TableFacts(
        "Where the app is installed, with the tokens that it works with.",
        "Until the app is removed from the workspace.",
        "Nobody through the app. Tokens are encrypted; the key is not in the database.",
    ),
    "message_leases": TableFacts(
        "Which running process sends the messages of a workspace.", "Seconds.", _TECHNICAL
    ),
    "messages": TableFacts(
        "Which messages in Slack follow which rows, so that they are kept true. Their words are not here.",
        "As long as what they are about.",
        _TECHNICAL,
    ),
    "misses": TableFacts(
        "Words that people looked for in vain, so that the content gets better; never who, or where.",
        "Until an admin has dealt with them, or for the time that the admins set.",
        "The admins of the workspace, and whoever runs the app.",
    ),
    "organisation_workspaces": TableFacts(
        "Which workspaces an installation for a whole organisation stands for.",
        "Until the app is removed from the organisation.",
        _TECHNICAL,
    ),
    "participants": TableFacts("Who takes part in a ranking, and for which agency.", _RANKING, _MEMBERS),
    "people": TableFacts(
        "Which agency a person answers for.",
        "Until they change it or are erased.",
        "The person; by name where a ranking or a list of agencies shows it.",
    ),
    "ranking_events": TableFacts(
        "What happened in a ranking after it began: people added, deadlines moved, handed over.",
        _RANKING,
        _MEMBERS,
    ),
    "ranking_keys": TableFacts(
        "The key under which the answers of an anonymous ranking are kept while it is open.",
        "Until the ranking ends. Then it is destroyed, and nothing leads from an answer to a person.",
        _TECHNICAL,
    ),
    "ranking_setups": TableFacts(
        "The set-up of a ranking that a person has begun to fill in.",
        "Until they start the ranking, begin another one or are erased.",
        "The person.",
    ),
    "rankings": TableFacts(
        "What a group ranks, its rules and what it decided.",
        "For good: it is the group's record. Somebody who is erased becomes a random number in it.",
        _MEMBERS,
    ),
    "saved_strategies": TableFacts(
        "Strategies that a person wants to find again.",
        "Until they take them off or are erased.",
        "The person.",
    ),
    "stages": TableFacts("The stages of a ranking.", "As long as the ranking.", _MEMBERS),
    "used_install_states": TableFacts(
        "That a link to install the app was used, so that it works once only.", "Minutes.", _TECHNICAL
    ),
    "work": TableFacts(
        "What the app has to do at a time: reminders, deadlines, files that were asked for, erasures.",
        "Until it is done.",
        _TECHNICAL,
    ),
    "workspace_settings": TableFacts(
        "What the admins of a workspace decided.",
        "As long as the app is used.",
        "The admins of the workspace.",
    ),
    "write_checks": TableFacts("That the database takes writes.", "Written over each time.", _TECHNICAL),
}
OF_THE_ENGINE = ("_sqlite_migrations", "schema_migrations", "case_study_words_fts", "sqlite_sequence")
"""Tables, and beginnings of their names, that the database makes for itself: schema and search index."""
