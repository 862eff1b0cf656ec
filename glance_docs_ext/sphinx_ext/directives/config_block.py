"""``config-block``: a block of configuration that says what there is to say of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, cast

from docutils import nodes
from docutils.parsers.rst import directives
from docutils.statemachine import StringList
from pygments.lexers import find_lexer_class_by_name
from pygments.util import ClassNotFound
from sphinx.directives.code import CodeBlock

from glance_docs_ext.engines import ENGINES
from glance_docs_ext.pages.blocks import known_codes, one_of, unknown_version
from glance_docs_ext.pages.files import CannotShowError, Tree
from glance_docs_ext.rules.page.block_too_long import LONGEST_BLOCK
from glance_docs_ext.rules.page.misused_markup import MisusedMarkup
from glance_docs_ext.rules.page.unreadable_file import UnreadableFile
from glance_docs_ext.services import SERVICES
from glance_docs_ext.sphinx_ext.blocks import OPTIONS, ORIGINAL, Options, Original
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain, page_positions

if TYPE_CHECKING:
    from collections.abc import Collection

    from docutils.nodes import Node
    from sphinx.util.typing import OptionSpec

    from glance_docs_ext.engine import Engine
    from glance_docs_ext.rule import PageRule
    from glance_docs_ext.source import Place


class ConfigBlock(CodeBlock):
    """A ``code-block`` whose argument is the server that reads it: uwsgi, apache or nginx.

    Besides the options of ``code-block``:

    ``:file:`` takes the text from a file: relative to the page, or with ``/`` to the source tree.
    ``:context:`` says where a fragment stands, ``:deployment:`` which other blocks it belongs to,
    ``:service:`` what is so of the service, ``:expect:`` which findings it is there to show,
    ``:unchecked:`` why it is not checked, ``:matches:`` which file it is a copy of, ``:version:``
    which version of the server it is written for.
    """

    required_arguments = 1
    optional_arguments = 0
    option_spec: ClassVar[OptionSpec] = {
        **CodeBlock.option_spec,
        'file': directives.unchanged_required,
        'context': directives.unchanged_required,
        'deployment': directives.unchanged_required,
        'service': directives.unchanged_required,
        'expect': directives.unchanged_required,
        'unchecked': directives.unchanged,
        'matches': directives.unchanged_required,
        'version': directives.unchanged_required,
    }

    def run(self) -> list[Node]:
        name = self.arguments[0]
        engine = ENGINES.get(name)
        if engine is None:
            self._misused(name, f'there is no engine {name!r}', one_of(ENGINES))
        file = self._take_file() if 'file' in self.options else ''
        if not self.content:
            if not file:
                self._misused('config-block', 'a config-block without text', 'write its text')
            return []
        original = self._original() if 'matches' in self.options else None
        self.arguments = [_language(engine, sum(map(len, self.content)))]
        shown = super().run()
        for literal in (found for node in shown for found in node.findall(nodes.literal_block)):
            if engine is not None:
                literal['classes'] += ['configcheck', f'configcheck-{engine.name}']
                literal[OPTIONS] = self._options(engine, file)
                if original is not None:
                    literal[ORIGINAL] = original
            if 'dedent' in self.options and file:
                literal['source'] = file  # as literalinclude has it: its lines are looked for
        return shown

    def _options(self, engine: Engine, file: str) -> Options:
        reason = ' '.join(self.options.get('unchecked', '').split())
        if 'unchecked' in self.options and not reason:
            self._misused('unchecked:', ':unchecked: without a reason', 'say why')
        contexts = self._known('context', engine.contexts)
        return Options(
            engine.name,
            context=contexts[0] if contexts else None,
            deployment=' '.join(self.options.get('deployment', '').split()),
            services=self._known('service', SERVICES),
            expected=self._known('expect', known_codes()),
            expected_at=self._place('expect:') if 'expect' in self.options else None,
            unchecked=reason,
            version=self._version(engine),
            file='' if 'dedent' in self.options else file,
        )

    def _version(self, engine: Engine) -> str:
        version = ' '.join(self.options.get('version', '').split())
        if found := unknown_version(engine, version):
            self._misused('version:', f':version: {found.problem}', found.remedy)
        return '' if found else version

    def _known(self, option: str, known: Collection[str]) -> tuple[str, ...]:
        """Return the words of an option; those that mean nothing are reported and left out."""
        words = self.options.get(option, '').replace(',', ' ').split()
        for word in words:
            if word not in known:
                self._misused(f'{option}:', f':{option}: does not know {word!r}', one_of(known))
        return tuple(word for word in words if word in known)

    def _take_file(self) -> str:
        """Make the text of ``:file:`` the content; return its path, '' where it is not used."""
        name = str(self.options['file'])
        if self.content:
            self._misused('file:', 'a config-block with :file: and text', 'take one of them away')
            return ''
        try:
            path, text = self._read(name)
        except CannotShowError as error:
            rule, problem, remedy = UnreadableFile(), str(error), error.remedy
            self._report(rule, 'file:', file=name, problem=problem, remedy=remedy)
            return name
        self.content = StringList(text.split('\n'), source=path)
        return path

    def _original(self) -> Original | None:
        """Return the file of ``:matches:``, None where it cannot be read.

        It may stand beside the sources, where a project keeps what it ships: in its repository.
        """
        name = str(self.options['matches'])
        try:
            relative, path = self.env.relfn2path(name)
            self.env.note_dependency(relative)
            return Original(name, Tree.around(str(Path(self.env.srcdir, 'conf.py'))).text(path))
        except (CannotShowError, OSError, ValueError) as error:
            problem = f':matches: cannot compare the block with {name!r}: {error}'
            self._misused('matches:', problem, 'name a text file of the project')
            return None

    def _read(self, name: str) -> tuple[str, str]:
        """Return the real path of a file and what it holds, with LF as the end of its lines.

        :raises CannotShowError: it is not a text file of the source tree
        """
        try:
            relative, path = self.env.relfn2path(name)
            self.env.note_dependency(relative)
            real = Path(path).resolve()
        except (OSError, ValueError, RuntimeError) as error:  # a NUL in the name, a loop of links
            raise CannotShowError(str(error), 'name a file that can be read') from error
        return str(real), Tree(Path(self.env.srcdir).resolve()).text(path)

    def _misused(self, near: str, problem: str, remedy: str) -> None:
        self._report(MisusedMarkup(), near, problem=problem, remedy=remedy)

    def _report(self, rule: PageRule, near: str, **values: object) -> None:
        domain = cast('ConfigCheckDomain', self.env.get_domain(ConfigCheckDomain.name))
        domain.note(self.env.docname, rule.report_at(self._place(near), **values))

    def _place(self, near: str) -> Place:
        """Return the place of a piece of this directive's text."""
        path, line = self.get_source_info()
        return page_positions(self.env).inline(near, path, line)


def _language(engine: Engine | None, length: int) -> str:
    """Return Pygments' name for the engine's language: its own name, if Pygments knows that."""
    if engine is None or length > LONGEST_BLOCK:
        return 'none'
    for name in (engine.name, *sorted(engine.languages)):
        try:
            lexer = find_lexer_class_by_name(name)
        except ClassNotFound:
            continue
        return name if name == engine.name else str(lexer.aliases[0])
    return 'none'
