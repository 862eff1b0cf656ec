"""The report of every build: one warning a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from sphinx.util import logging

from glance_docs_ext.reporters.text import escaped
from glance_docs_ext.sphinx_ext.domain import ConfigCheckDomain

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config
    from sphinx.environment import BuildEnvironment

    from glance_docs_ext.diagnostics import Diagnostic

TYPE = 'configcheck'
"""The first half of what ``suppress_warnings`` takes; the second is the name of the rule."""

logger = logging.getLogger(__name__)


def log_findings(_app: Sphinx, env: BuildEnvironment) -> None:
    """Log all findings, on ``env-updated``: the event of every build, also of one with no news."""
    domain = cast('ConfigCheckDomain', env.get_domain(ConfigCheckDomain.name))
    for finding in domain.findings():
        log = logger.warning if finding.severity.fails else logger.verbose
        log('%s', line(finding), type=TYPE, subtype=finding.name, location=str(finding.place))


def line(finding: Diagnostic) -> str:
    """Return a finding in one line, without its place."""
    seen = (f'{related.message}: {related.place}' for related in finding.related)
    help_ = (f'help: {finding.help}',) if finding.help else ()
    return escaped('; '.join((f'{finding.code} {finding.message}', *seen, *help_)))


def is_suppressed(finding: Diagnostic, config: Config) -> bool:
    """Whether ``suppress_warnings`` silences this finding."""
    return logging.is_suppressed_warning(TYPE, finding.name, config.suppress_warnings)
