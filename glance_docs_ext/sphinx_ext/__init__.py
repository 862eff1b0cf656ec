"""setup(app): every name we add to Sphinx, on one page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinx.util.docutils import is_directive_registered

import glance_docs_ext
from glance_docs_ext.sphinx_ext import (
    claim_table,
    claims,
    glossary,
    included,
    proved,
    report,
    tabs,
    upgrade,
    version_labels,
    version_notes,
)
from glance_docs_ext.sphinx_ext.builder import ConfigCheckBuilder
from glance_docs_ext.sphinx_ext.directives import proved_deployments, version_timeline
from glance_docs_ext.sphinx_ext.directives.config_block import ConfigBlock
from glance_docs_ext.sphinx_ext.directives.reference_glossary import (
    ReferenceGlossary,
    UsesWriter,
    term_uses,
)
from glance_docs_ext.sphinx_ext.directives.rule_reference import RuleReference
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain
from glance_docs_ext.sphinx_ext.roles import engine_domains
from glance_docs_ext.sphinx_ext.settings import add_settings
from glance_docs_ext.sphinx_ext.stylesheet import add_stylesheet

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register everything; see each module for what it does."""
    app.require_sphinx('8.1')
    add_settings(app)
    add_stylesheet(app)

    app.add_domain(ConfigCheckDomain)
    app.add_directive('config-block', ConfigBlock)
    app.add_builder(ConfigCheckBuilder)
    app.connect('env-get-outdated', upgrade.outdated_pages)
    app.connect('include-read', included.note_excerpt)
    app.connect('env-updated', report.log_findings)
    for domain in engine_domains():
        app.add_domain(domain)

    app.add_domain(version_notes.VersionNotes)
    app.connect('builder-inited', version_notes.prepare)
    app.add_transform(version_labels.VersionLabels)
    app.add_transform(version_notes.VersionAnchors)
    for name in version_labels.ALIASES:
        if not is_directive_registered(name):
            app.add_directive(name, version_labels.AliasedVersionChange)
    app.add_node(version_timeline.version_timeline)
    app.add_directive('version-timeline', version_timeline.VersionTimeline)
    app.add_post_transform(version_timeline.TimelineWriter)
    app.connect('env-updated', version_timeline.stale_timelines)

    app.add_domain(glossary.GlossaryTerms)
    app.connect('builder-inited', glossary.prepare)
    app.add_node(term_uses)
    app.add_directive('reference-glossary', ReferenceGlossary)
    app.add_post_transform(UsesWriter)
    app.add_post_transform(glossary.TooltipMarks)
    app.add_post_transform(glossary.Tooltips)
    app.connect('env-updated', glossary.stale_glossaries)

    app.add_domain(claims.ProjectClaims)
    app.connect('builder-inited', claims.prepare)
    app.add_node(claim_table.claim_table)
    app.add_directive('configcheck-rules', RuleReference)
    app.add_post_transform(claim_table.ClaimTableWriter)
    app.connect('env-updated', claims.stale_tables)

    app.add_domain(proved.ProvedBlocks)
    app.connect('builder-inited', proved.prepare)
    app.add_node(proved_deployments.proved_deployments)
    app.add_directive('proved-deployments', proved_deployments.ProvedDeployments)
    app.add_post_transform(proved_deployments.ProofsWriter)
    app.connect('env-updated', proved.stale_tables)

    app.connect('config-inited', tabs.read_alike)
    app.connect('doctree-resolved', tabs.write_out)

    return {
        'version': glance_docs_ext.__version__,
        'env_version': 1,
        'parallel_read_safe': True,
        'parallel_write_safe': True,
    }
