"""Know a theme by its name, forgiving of small slips."""

from rapidfuzz import process
from rapidfuzz.distance import OSA

from knowledge.model import Library, Theme
from knowledge.words import content_words, plain

_SPELLING = 0.799
_LONGEST_NAME = 100


class ThemeNames:
    """The ids and titles of a library's themes."""

    def __init__(self, library: Library) -> None:
        self._names = {name: theme for theme in library.themes for name in (theme.id, plain(theme.title))}
        self._stems = [
            (
                theme,
                {word.stem for word in content_words(theme.id)},
                {word.stem for word in content_words(theme.title)},
            )
            for theme in library.themes
        ]

    def named(self, text: str) -> Theme | None:
        """The theme that `text` names by its id or by words of its title."""
        wanted = plain(text)
        if not wanted or len(wanted) > _LONGEST_NAME:
            return None
        if any(char.isdigit() for char in wanted):  # the id of a strategy is no slip for its theme
            return self._names.get(wanted)
        stems = {word.stem for word in content_words(wanted)}
        chatty = len(wanted.split()) > 2 * len(stems)  # a sentence about the theme, not its name
        for theme, by_id, by_title in () if chatty else self._stems:
            if stems and stems <= by_id | by_title and (stems & by_id or len(stems) > 1):
                return theme
        spelt = process.extractOne(
            wanted, list(self._names), scorer=OSA.normalized_similarity, score_cutoff=_SPELLING
        )
        return self._names[spelt[0]] if spelt else None
