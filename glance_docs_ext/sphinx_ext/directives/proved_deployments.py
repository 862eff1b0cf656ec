"""``.. proved-deployments::``: which ways to deploy were proved, with what, what changed.

The blocks may stand on any page. What they say is known when all pages are read, so the table is
made when a page is written.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.docutils import SphinxDirective

from glance_docs_ext.proofs import ProofsError, read
from glance_docs_ext.sphinx_ext.note_copies import linked
from glance_docs_ext.sphinx_ext.proved import Request, proved_blocks, verdicts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from docutils.nodes import Node
    from sphinx.builders import Builder
    from sphinx.util.typing import OptionSpec

    from glance_docs_ext.proofs import Proof
    from glance_docs_ext.sphinx_ext.proved import NamedBlock, Verdict

CLASS = 'proved-deployments'
WIDTHS = (30, 70)  # hundredths of the line


class proved_deployments(nodes.General, nodes.Element):  # noqa: N801  # as docutils names its nodes
    """The place of a table until a page is written."""


class ProvedDeployments(SphinxDirective):
    """Show the proofs of a file that ``pytest --deployment-report`` has written.

    The argument is its path: relative to the page, or with ``/`` to the source tree. ``:variant:``
    shows one variant, in a paragraph.
    """

    required_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[OptionSpec] = {'variant': directives.unchanged_required}

    def run(self) -> list[Node]:
        source, line = self.get_source_info()
        name = self.arguments[0]
        proofs, problem = self._read(name)
        variant = ' '.join(self.options.get('variant', '').split())
        request = Request(self.env.docname, source, line, name, variant, proofs, problem)
        proved_blocks(self.env).requests.setdefault(self.env.docname, []).append(request)
        node = proved_deployments('', request=request)
        self.set_source_info(node)
        return [node]

    def _read(self, name: str) -> tuple[tuple[Proof, ...], str]:
        """Return the proofs of a file, and why it cannot be read."""
        try:
            relative, path = self.env.relfn2path(name)
            self.env.note_dependency(relative)
            real, tree = Path(path).resolve(), Path(self.env.srcdir).resolve()
            if not real.is_relative_to(tree):
                return (), 'it is outside the source tree'
            return read(real.read_text(encoding='utf-8')), ''
        except (ProofsError, UnicodeDecodeError) as error:
            return (), str(error)
        except (OSError, ValueError, RuntimeError) as error:  # no file, NUL in the name, a loop
            return (), getattr(error, 'strerror', None) or str(error)


class ProofsWriter(SphinxPostTransform):
    """Put the table, or the paragraph, in the place of each directive."""

    default_priority = 5  # before references are resolved

    def run(self, **_kwargs: Any) -> None:
        domain = proved_blocks(self.env)
        for node in list(self.document.findall(proved_deployments)):
            request = node['request']
            found = verdicts(request, domain.by_name())
            shown = _Shown(domain.builder, request.docname)
            node.replace_self(shown.paragraph(found) if request.variant else shown.table(found))


@dataclass(frozen=True)
class _Shown:
    """Proofs as nodes for one page."""

    builder: Builder
    docname: str

    def table(self, found: list[Verdict]) -> list[Node]:
        """Return all proofs, one variant a row, and what they had to pass."""
        if not found:
            return [self.paragraph(found)]
        rows = [_row([_p('Variant')], [_p('Proof')])]
        for variant in dict.fromkeys(verdict.proof.variant for verdict in found):
            runs = [verdict for verdict in found if verdict.proof.variant == variant]
            first = next((block for verdict in runs for block in verdict.blocks), None)
            name = self.link(first, nodes.Text(variant)) if first else [nodes.Text(variant)]
            statements = [nodes.paragraph('', '', *said) for said in self.statements(runs)]
            rows.append(_row([nodes.paragraph('', '', *name)], statements))
        columns = [nodes.colspec(colwidth=width) for width in WIDTHS]
        head, body = nodes.thead('', rows[0]), nodes.tbody('', *rows[1:])
        group_node = nodes.tgroup('', *columns, head, body, cols=len(WIDTHS))
        proofs = [verdict.proof for verdict in found]
        return [nodes.table('', group_node, classes=[CLASS]), *_checks(proofs)]

    def paragraph(self, found: list[Verdict]) -> nodes.paragraph:
        """Return what is to be said of one variant."""
        shown = nodes.paragraph('', classes=[CLASS])
        for number, said in enumerate(self.statements(found)):
            shown += [nodes.Text(' '), *said] if number else said
        if not found:
            shown += [nodes.strong('', 'Not proved'), nodes.Text('.')]
        return shown

    def statements(self, runs: list[Verdict]) -> Iterator[list[Node]]:
        """Yield sentences: with what one variant was proved, and what has changed since."""
        proved: dict[str, list[Proof]] = defaultdict(list)
        for proof in (verdict.proof for verdict in runs if not verdict.changed):
            proved[proof.date].append(proof)
        for date, proofs in proved.items():
            yield [nodes.Text(f'Proved with {_programs(proofs)} on {date}.')]
        for verdict in runs:
            if verdict.changed:
                yield self.changed(verdict)

    def changed(self, verdict: Verdict) -> list[Node]:
        by_name = {block.name: block for block in verdict.blocks}
        programs = _programs([verdict.proof])
        shown: list[Node] = [nodes.strong('', 'Not proved'), nodes.Text(f' with {programs}: ')]
        for number, name in enumerate(verdict.changed):
            shown += [nodes.Text(', ')] if number else []
            block, text = by_name.get(name), nodes.literal('', name)
            shown += self.link(block, text) if block else [text]
        return [*shown, nodes.Text(f' changed since {verdict.proof.date}.')]

    def link(self, block: NamedBlock, text: Node) -> list[Node]:
        return linked(self.builder, self.docname, block.docname, block.name, [text])


def _programs(proofs: list[Proof]) -> str:
    """Return the programs of all runs, and then those that took turns."""
    every = set.intersection(*(set(proof.versions.items()) for proof in proofs))
    common = [program for program in proofs[0].versions.items() if program in every]
    turns = [[one for one in proof.versions.items() if one not in every] for proof in proofs]
    text = _listed(common)
    if any(turns):
        text += ', and in turn ' if text else ''
        text += ' and '.join(_listed(programs) for programs in turns if programs)
    return text


def _listed(programs: Iterable[tuple[str, str]]) -> str:
    return ', '.join(f'{name} {version}' for name, version in programs)


def _checks(proofs: list[Proof]) -> Iterator[Node]:
    """Yield what every proof had to pass, and what only some had to."""
    items = []
    for check in dict.fromkeys(check for proof in proofs for check in proof.passed):
        those = [proof for proof in proofs if check in proof.passed]
        variants = '; '.join(dict.fromkeys(proof.variant for proof in those))
        text = check if len(those) == len(proofs) else f'{check} ({variants})'
        items.append(nodes.list_item('', _p(text)))
    yield _p('What had to pass; for all variants, where none is named:')
    yield nodes.bullet_list('', *items)


def _row(*cells: list[nodes.paragraph]) -> nodes.row:
    return nodes.row('', *(nodes.entry('', *cell) for cell in cells))


def _p(text: str) -> nodes.paragraph:
    return nodes.paragraph('', text)
