"""How Slack says no to an app."""

from dataclasses import dataclass, field

from sandbox.state import Json


@dataclass
class RefusedError(Exception):
    """A refused call: Slack's error name, what is wrong in particular, and further fields of the answer."""

    error: str
    messages: list[str] = field(default_factory=list)
    more: Json = field(default_factory=dict)

    def __str__(self) -> str:
        return "; ".join([self.error, *self.messages])

    def answer(self) -> Json:
        """The body of the Web API's answer."""
        body: Json = {"ok": False, "error": self.error, **self.more}
        if self.messages:
            body["errors"] = self.messages
            body["response_metadata"] = {"messages": [f"[ERROR] {message}" for message in self.messages]}
        return body
