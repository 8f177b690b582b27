"""A message as the beginning of a case study: quoted, with who wrote it and when."""

from datetime import UTC, datetime

from bot.case_studies.fields.long_texts import LONGEST_TEXT
from bot.dates import utc_text
from bot.errors import UserError
from bot.message_text import unescaped, written_in

NO_WORDS = (
    "That message has no words to begin with. Choose a message with text, or type /casestudy to start a case "
    "study without one."
)
TOO_LONG = (
    "That message is longer than a field of a case study holds, which is {most:,} characters. Type "
    "/casestudy to start one, and copy in the part that matters."
)


def quoted(text: str, name: str, ts: str) -> str:
    """The words of a message, as Slack gives its `text` and `ts`, under a line that says whose they are.

    :raises UserError: there are no words, or more than a field holds
    """
    lines = (" ".join(line.split()) for line in unescaped(written_in(text)).splitlines())
    words = "\n".join(lines).strip()
    if not words:
        raise UserError(NO_WORDS)
    quote = f"{name} wrote on {utc_text(datetime.fromtimestamp(float(ts), UTC))}:\n“{words}”"
    if len(quote) > LONGEST_TEXT:
        raise UserError(TOO_LONG.format(most=LONGEST_TEXT))
    return quote
