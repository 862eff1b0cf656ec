"""Location: the pattern of a ``location`` and what kind it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from glance_docs_ext.remembered import remembered

if TYPE_CHECKING:
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Statement

PREDICATES_SINCE = '1.31.5'
MODIFIERS = ('=', '^~', '~', '~*')


class Location(NamedTuple):
    """How nginx reads a location: ``ngx_http_core_location()``."""

    modifier: str
    pattern: str

    @classmethod
    def of(cls, statement: Statement) -> Location:
        """Read the words of ``statement``; a modifier may touch its pattern."""
        words = statement.arguments
        if len(words) == 2:
            return cls(words[0].text, words[1].text)
        return _alone(words[0].text if words else '')

    @property
    def is_exact(self) -> bool:
        """Whether it is for one path only."""
        return self.modifier == '='

    @property
    def is_regex(self) -> bool:
        """Whether its pattern is a regular expression."""
        return self.modifier in {'~', '~*'}

    @property
    def is_named(self) -> bool:
        """Whether it is reached by name only."""
        return not self.modifier and self.pattern.startswith('@')

    def is_predicate(self, engine: Engine) -> bool:
        """Whether it is for requests in which a variable is set; a path before 1.31.5."""
        is_new = engine.version is None or not engine.version.is_before(PREDICATES_SINCE)
        return is_new and not self.modifier and self.pattern.startswith('$')


@remembered(512)  # several rules ask this of the same word
def _alone(text: str) -> Location:
    modifier = next((one for one in ('=', '^~', '~*', '~') if text.startswith(one)), '')
    return Location(modifier, text[len(modifier) :])
