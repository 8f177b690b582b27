"""All that is kept of somebody as Markdown, from the same JSON that they get."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.dates import day_text, utc_text
from bot.exports.markdown_text import plain
from knowledge.model import Library

Json = Mapping[str, Any]


class Readable:
    """Knows what strategies and fields are called."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def text(self, data: Json, made_at: datetime) -> str:
        """The document."""
        lines = ["# What Common Ground keeps about you", "", f"Made on {utc_text(made_at)}.", ""]
        for title, part in (
            ("Your agency", self._agency),
            ("Strategies you saved", self._strategies),
            ("Rankings", self._rankings),
            ("Case studies", self._studies),
            ("Sections asked of you, or by you", self._sections),
            ("Monthly messages you asked for", self._digests),
            ("Lines of the audit log", self._log),
            ("Beside this", self._rest),
        ):
            lines += [f"## {title}", "", *(part(data) or ["Nothing."]), ""]
        return "\n".join(lines)

    def _agency(self, data: Json) -> list[str]:
        agency = data["agency"]
        if agency is None:
            return ["You were never asked for it."]
        return [plain(agency) or "You would rather not name one."]

    def _strategies(self, data: Json) -> list[str]:
        return [
            f"- {plain(self._strategy(each['strategy_id']))}, saved on {_day(each['saved_at'])}"
            for each in data["saved_strategies"]
        ]

    def _strategy(self, strategy_id: str) -> str:
        found = self._library.strategy(strategy_id)
        return f"{found.title} ({strategy_id})" if found else strategy_id

    def _rankings(self, data: Json) -> list[str]:
        lines: list[str] = []
        for each in data["rankings"]:
            parts = [
                words
                for key, words in (
                    ("you_facilitate", "you run it"),
                    ("you_help", "you help to run it"),
                    ("you_take_part", "you take part in it"),
                )
                if each[key]
            ]
            lines += [f"### {plain(each['title'])}", ""]
            lines.append(f"- Began on {_day(each['started'])}; {', '.join(parts)}; state: {each['status']}.")
            if each["agency"]:
                lines.append(f"- Your agency in it: {plain(each['agency'])}")
            for answer in each["answers"]:
                choice = "; ".join(plain(one) for one in answer["choice"]) or "nothing yet"
                lines.append(f"- Stage {answer['stage']} ({answer['kind'].replace('_', ' ')}): {choice}")
                if answer["reason"]:
                    lines.append(f"  Your reason: {plain(answer['reason'])}")
            if each["answers_note"]:
                lines.append(f"- {each['answers_note']}")
            lines.append("")
        return lines

    def _studies(self, data: Json) -> list[str]:
        lines: list[str] = []
        for each in data["case_studies"]:
            label = self._labels(each["template"])
            own = "You own it. " if each["you_own_it"] else ""
            lines += [
                f"### {plain(each['title']) or 'Without a title'}",
                "",
                f"{own}State: {each['status']}.",
                "",
            ]
            for wrote in each["you_wrote"]:
                value = wrote["value"]
                words = plain(value) if isinstance(value, str) else "; ".join(map(plain, value))
                field = plain(label(wrote["field"]))
                lines.append(f"- {_day(wrote['at'])}, {field}: {words or '(emptied)'}")
            for event in each["history"]:
                who = "you" if event["by_you"] else "about you"
                note = f": {plain(event['note'])}" if event["note"] else ""
                lines.append(f"- {_day(event['at'])}, {event['kind'].replace('_', ' ')} ({who}){note}")
            lines.append("")
        return lines

    def _labels(self, template_id: str) -> Callable[[str], str]:
        template = self._library.template(template_id)
        labels = {field.id: field.label for field in template.fields} if template else {}
        return lambda field_id: labels.get(field_id, field_id)

    def _sections(self, data: Json) -> list[str]:
        mine = data["person"]
        return [
            f"- {_day(each['asked_at'])}: section {plain(each['section_id'])} of case study "
            f"{plain(each['case_study_id'])}, asked "
            f"{'of you' if [each['team_id'], each['user_id']] == mine else 'by you'} ({each['state']})"
            for each in data["sections_asked"]
        ]

    def _digests(self, data: Json) -> list[str]:
        return [f"- Channel {plain(each['channel_id'])}" for each in data["digests"]]

    def _log(self, data: Json) -> list[str]:
        return [
            f"- {_day(each['at'])}: {each['kind'].replace('_', ' ')} {plain(each['subject'])}".rstrip()
            for each in data["audit_log"]
        ]

    def _rest(self, data: Json) -> Sequence[str]:
        said = [
            ("A set-up of a ranking that you have begun is kept.", data["ranking_set_up"] is not None),
            (
                "Admins have named you as somebody who may start rankings.",
                data["named_as_starter_of_rankings"],
            ),
            (
                "Admins have named you as a curator: you see what was looked for in vain, and hand on the "
                "case studies of people who have left.",
                data["named_as_curator"],
            ),
            ("You installed the app in this workspace.", data["installed_the_app"]),
            (
                f"{len(data['messages_kept_up_to_date'])} messages to you or about you are kept up to date.",
                data["messages_kept_up_to_date"],
            ),
            (
                f"{len(data['ranking_events'])} lines in the history of rankings name you.",
                data["ranking_events"],
            ),
        ]
        return [f"- {line}" for line, holds in said if holds] + [
            "- The JSON file holds each of these in full."
        ]


def _day(iso: str) -> str:
    return day_text(datetime.fromisoformat(iso))
