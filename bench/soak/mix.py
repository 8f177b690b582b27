"""Requests of every kind, as a busy day brings them, each signed when it is made."""

import json
import random
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import urlencode

from bench.votes.data import SEQ, Form, Subject
from bench.votes.loads import section
from bench.votes.presses import FORM, JSON, TEAM, as_echoed, envelope, interaction, press, signed
from bot.ranking.ids import PLACE, Ref
from bot.strategies import ids as strategies
from knowledge.model import Library

PEOPLE = 500
CHANNEL = "C0SOAK"


class Mix:
    """Makes requests; `chance` decides which."""

    def __init__(
        self, rankings: Sequence[Subject], forms: Sequence[Form], library: Library, chance: random.Random
    ) -> None:
        self._rankings, self._forms, self._chance = rankings, forms, chance
        words = {word for each in library.strategies for word in each.text.split()}
        self._words = sorted(words)
        self._made = 0
        self.kinds: Mapping[str, tuple[int, Callable[[], bytes]]] = {
            "votes": (30, self._vote),
            "sections of case studies": (10, self._section),
            "/strategies": (10, lambda: self._command("/strategies", self._question())),
            "/rank": (6, lambda: self._command("/rank")),
            "/casestudy": (6, lambda: self._command("/casestudy")),
            "/commonground": (6, lambda: self._command("/commonground")),
            "suggestions": (10, self._suggestion),
            "App Home opened": (10, self._home),
            "direct messages": (5, self._direct_message),
            "mentions": (5, self._mention),
            "buttons that are no more": (2, self._old_button),
        }
        """How often each comes, and what makes it."""

    def requests(self, count: int) -> list[bytes]:
        """So many, of all kinds."""
        weights, makers = zip(*self.kinds.values(), strict=True)
        return [make() for make in self._chance.choices(makers, weights, k=count)]

    def _vote(self) -> bytes:
        ranking = self._chance.choice(self._rankings)
        item = self._chance.choice(ranking.items)
        action = {
            "type": "button",
            "action_id": PLACE,
            "block_id": item,
            "value": Ref(ranking.ranking_id, SEQ, item, 1).encode(),
        }
        # One of them never answers, or the step would end.
        return press(ranking.voter(self._chance.randrange(ranking.voters - 1)), ranking.view, action)

    def _section(self) -> bytes:
        self._made += 1
        return section(self._chance.choice(self._forms), f"What we did, told for the {self._made}. time.")

    def _command(self, name: str, text: str = "") -> bytes:
        fields = {
            "command": name,
            "text": text,
            "user_id": self._person(),
            "team_id": TEAM,
            "channel_id": CHANNEL,
            "channel_name": "soak",
            "api_app_id": "A0BENCH",
            "response_url": "http://127.0.0.1:9/",
            "trigger_id": "1234567890.1234567890.0123456789abcdef",
        }
        return signed(urlencode(fields), FORM)

    def _suggestion(self) -> bytes:
        about = {
            "action_id": strategies.FIND_PICK,
            "block_id": strategies.PICKERS[0],
            "value": self._question(),
            "container": {"type": "view", "view_id": "V0SOAK"},
            "view": as_echoed({"type": "modal", "blocks": []}, "V0SOAK", {}),
        }
        return interaction({**envelope("block_suggestion", self._person()), **about})

    def _home(self) -> bytes:
        person = self._person()
        return self._event(
            {"type": "app_home_opened", "user": person, "channel": f"D{person}", "tab": "home"}
        )

    def _direct_message(self) -> bytes:
        person = self._person()
        about = {"type": "message", "channel_type": "im", "channel": f"D{person}", "user": person}
        return self._event({**about, "text": self._question(), "ts": self._ts()})

    def _mention(self) -> bytes:
        about = {"type": "app_mention", "channel": CHANNEL, "user": self._person()}
        return self._event({**about, "text": f"<@U0BOT> {self._question()}", "ts": self._ts()})

    def _old_button(self) -> bytes:
        action = {"type": "button", "action_id": "ranking.before.gone", "block_id": "b", "value": "v"}
        ranking = self._rankings[0]
        return press(self._person(), ranking.view, action)

    def _event(self, event: Mapping[str, Any]) -> bytes:
        self._made += 1
        outer = {
            "type": "event_callback",
            "team_id": TEAM,
            "api_app_id": "A0BENCH",
            "event_id": f"Ev{self._made}",
            "event_time": 1_700_000_000,
            "authorizations": [{"team_id": TEAM, "user_id": "U0BOT", "is_bot": True}],
            "event": event,
        }
        return signed(json.dumps(outer), JSON)

    def _question(self) -> str:
        """Words that may find something; sometimes one that nobody has used before."""
        words = self._chance.sample(self._words, 3)
        if self._chance.random() < 0.1:
            self._made += 1
            words.append(f"word{self._made}")
        return " ".join(words)

    def _person(self) -> str:
        return f"U0SOAK{self._chance.randrange(PEOPLE):03}"

    def _ts(self) -> str:
        self._made += 1
        return f"1700000000.{self._made:06}"
