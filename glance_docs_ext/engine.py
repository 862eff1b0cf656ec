"""Engine: what we ask of a server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from glance_docs_ext.catalogue import Catalogue, Entry
    from glance_docs_ext.endpoints import Listener, Upstream
    from glance_docs_ext.expansion import Expansion
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Document
    from glance_docs_ext.versions import Version


@dataclass(frozen=True, eq=False)
class Engine:
    """One server: how its configuration is read, and what it knows.

    ``parse`` takes a source and the context that the author named (one of ``contexts``, or None for
    "read it in the kindest one"); it never raises on account of the text. ``languages`` are the
    Pygments names that authors write in ``code-block`` for it, ``claims`` tells whether a text in
    one of these languages is its configuration at all (``ini`` is many things), ``file_names`` are
    glob patterns of the files it reads. ``noun`` is the field's word for a statement: "directive"
    or "option". ``describe_context`` turns the name of a context into words for a message.
    """

    name: str
    label: str
    noun: str
    catalogue: Catalogue
    contexts: tuple[str, ...]
    languages: frozenset[str]
    file_names: tuple[str, ...]
    parse: Callable[[Source, str | None], Document]
    claims: Callable[[str], bool]
    key: Callable[[str], str]
    """The catalogue's key for a name as an author writes it in prose."""
    reference_url: Callable[[Entry], str]
    """The address of the entry's description in the engine's own manual ('' where it has none)."""
    describe_context: Callable[[str], str]
    elsewhere: Callable[[str], str] = lambda _key: ''
    """What to do about a name that is not in the catalogue, where it is known who has it or what is
    wrong with its form."""
    module_of: Callable[[str], str] = lambda _key: ''
    """The module of others that brings a name, which is right where the engine has that module."""
    endpoints: Callable[[Document], Iterable[Listener | Upstream]] = lambda _document: ()
    """Who listens and who is called in a document, where its addresses can be told."""
    reread: Callable[[Sequence[Document]], Mapping[Document, Document | None]] = lambda _blocks: {}
    """The blocks of a deployment that are to be read otherwise beside the others of this engine,
    each as it is then; None for one that is read as part of another."""
    brings_names: Callable[[Document], bool] = lambda _document: False
    """Whether a document loads what knows names that the catalogue does not hold."""
    expand: Callable[[Document, Callable[[Source, str | None], Document]], Expansion | None] = (
        lambda _document, _parse: None
    )
    """A document with what the engine puts into it while it reads, to be judged in its stead."""
    builds: frozenset[str] = frozenset()
    """What the engine is built without by some: ``ssl`` in the version ``2.0.30-nossl``."""
    version: Version | None = None
    """The version that is deployed; None where nobody has said: the catalogue's own."""
    parse_for: Callable[[Version], Callable[[Source, str | None], Document]] | None = None
    """The ``parse`` of another version than the catalogue's, where it reads differently."""
