"""mrkdwn as HTML: Slack's marks work, and nothing that people write becomes markup."""

from html.parser import HTMLParser

import pytest

from sandbox.pages.mrkdwn import render
from tests.sandbox.pages.readers import FixedReader

READER = FixedReader()
LINK = 'target="_blank" rel="noopener noreferrer"'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*bold* and _slanted_ and ~struck~", "<strong>bold</strong> and <em>slanted</em> and <s>struck</s>"),
        ("*_both_*", "<strong><em>both</em></strong>"),
        ("2 * 3 * 4, snake_case_name", "2 * 3 * 4, snake_case_name"),
        ("`*code*`", "<code>*code*</code>"),
        ("```\nlet *x*\n```", "<pre>let *x*</pre>"),
        ("one\ntwo", "one<br>two"),
        ("&gt; quoted\nafter", "<blockquote>quoted</blockquote>after"),
        ("before\n> a\n> b", "before<blockquote>a<br>b</blockquote>"),
        ("a &amp; b &lt; c", "a &amp; b &lt; c"),
        ("<@U1>", '<span class="mention">@Orla Finch</span>'),
        ("<@U9|ghost>", '<span class="mention">@ghost</span>'),
        ("<#C1>", '<span class="mention">#team-room</span>'),
        ("<!channel>", '<span class="mention">@channel</span>'),
        ("<https://a.org/?b=1&amp;c=2|x>", f'<a href="https://a.org/?b=1&amp;c=2" {LINK}>x</a>'),
        (":memo: and :no_such_thing:", "📝 and :no_such_thing:"),
    ],
)
def test_marks(text: str, html: str) -> None:
    assert render(text, READER, verbatim=True) == html


def test_a_link_shows_its_label() -> None:
    html = render("<https://example.org|Read *this*>", READER)
    assert html == f'<a href="https://example.org" {LINK}>Read *this*</a>'


@pytest.mark.parametrize(
    ("text", "is_live"),
    [
        ("@channel", True),
        ("@here now", True),
        ("#team-room", True),
        ("#elsewhere", False),
        ("a@here.org", False),
    ],
)
def test_bare_words_become_live_unless_verbatim(text: str, is_live: bool) -> None:
    assert ("mention" in render(text, READER)) is is_live
    assert "mention" not in render(text, READER, verbatim=True)


def test_bare_addresses_become_links_unless_verbatim() -> None:
    assert render("see https://example.org/x.", READER).endswith(">https://example.org/x</a>.")
    assert "<a" not in render("see https://example.org/x.", READER, verbatim=True)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<!date^1907668800^{date_short_pretty} at {time}|soon>", "Today at 13:00"),
        ("<!date^1907586000^{date_pretty}|soon>", "Yesterday"),
        ("<!date^1893456000^Closes {date_long}|soon>", "Closes Tuesday 1 January 2030"),
        ("<!date^1907672400^{ago}|soon>", "In 2 hours"),
        ("<!date^1907668800^{nonsense}|soon>", "{nonsense}"),
        ("<!date^99999999999999999^{date}|soon>", "soon"),
        ("<!date^tomorrow^{date}|soon>", "soon"),
    ],
)
def test_dates_are_shown_by_the_readers_clock(text: str, shown: str) -> None:
    assert "".join(_pieces(render(text, READER))[1]) == shown


HOSTILE = [
    "<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    '<img src=x onerror="alert(1)">',
    "<javascript:alert(1)|click>",
    "<JaVaScRiPt:alert(1)>",
    "<data:text/html,x|click>",
    '<https://example.org/" onmouseover="alert(1)|x>',
    'https://example.org/"onmouseover="alert(1)',
    "https://example.org/<@U2>",
    "<https://example.org/`<b>`|x>",
    "<https://example.org|<b>x</b>>",
    "<@U2>",
    '<@U9|" onclick="alert(1)>',
    '<#C9|"><img src=x>>',
    "<!subteam^S1|<i>x</i>>",
    '<!date^1^{date}^javascript:alert(1)|"><b>',
    "<!date^1^<b>{date}</b>|x>",
    "`<b>x</b>` ```<b>y</b>``` *<b>z</b>*",
    "\ue0000\ue001\ue0005\ue001 *\ue0000\ue001*",
    "&amp;lt;b&amp;gt;",
    "*_~`*_~` > > > <<<>>> <|> <@> <#> <!> <!date^>",
]
ALLOWED = {"strong", "em", "s", "code", "pre", "br", "blockquote", "a", "span", "time"}
ATTRIBUTES = {"a": {"href", "target", "rel"}, "span": {"class"}, "time": {"datetime"}}


@pytest.mark.parametrize("verbatim", [True, False])
@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_hostile_gets_through(text: str, verbatim: bool) -> None:
    tags, _ = _pieces(render(text, READER, verbatim=verbatim))
    for tag, attributes in tags:
        assert tag in ALLOWED
        assert set(attributes) == ATTRIBUTES.get(tag, set())
        assert attributes.get("href", "https://").startswith("https://")


class _Pieces(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def _pieces(html: str) -> tuple[list[tuple[str, dict[str, str]]], list[str]]:
    pieces = _Pieces()
    pieces.feed(html)
    pieces.close()
    return pieces.tags, pieces.words
