"""Files that people put into a case study: they stay in Slack, and only what names them is kept.

A file is kept as one text, `F0123 https://… name.pdf`, because a name may hold anything but comes last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_FILES = 10
LARGEST_FILE = 100_000_000
FILE_TYPES = (
    *("pdf", "doc", "docx", "odt", "rtf", "txt"),
    *("xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp"),
    *("png", "jpg", "jpeg"),
)
ALLOWED = "Up to 10 files, each up to 100 MB: PDF, Word, Excel, PowerPoint, OpenDocument, text, PNG or JPG."
_NO_LINK = "-"


@dataclass(frozen=True, slots=True)
class Upload:
    """A file in Slack; `link` is "" when Slack gave none."""

    id: str
    link: str
    name: str

    @property
    def kept(self) -> str:
        """The one text."""
        return f"{self.id} {self.link or _NO_LINK} {self.name}"

    @property
    def words(self) -> str:
        """For where a link cannot be pressed."""
        return f"{self.name} ({self.link})" if self.link else self.name


def read_upload(kept: str) -> Upload:
    """The file that was kept as this text."""
    file_id, _, rest = kept.partition(" ")
    link, _, name = rest.partition(" ")
    return Upload(file_id, "" if link == _NO_LINK else link, name or file_id)


def from_slack(file: Mapping[str, Any]) -> Upload:
    """A file as a form sends it. Of a file from another workspace Slack may tell no more than the id."""
    link = str(file.get("permalink") or "")
    name = " ".join(str(file.get("name") or file.get("title") or file["id"]).split())
    return Upload(str(file["id"]), link if link.startswith("http") and " " not in link else "", name)


def upload_fault(file: Mapping[str, Any]) -> str:
    """Why a file is not taken; "" when it is."""
    name = from_slack(file).name
    if "name" in file and name.rpartition(".")[2].casefold() not in FILE_TYPES:
        return f"“{name}” is of a kind that is not taken. {ALLOWED}"
    if int(file.get("size") or 0) > LARGEST_FILE:
        return f"“{name}” is too large. {ALLOWED}"
    return ""
