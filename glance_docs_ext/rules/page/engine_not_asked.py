"""CFG608: the real engine gave no verdict on a block."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule


class EngineNotAsked(PageRule):
    """The installed engine was to judge a block, and did not.

    Reading some directives is acting on them: they load code, run programs, quote other files. A
    block with one is not given to the engine, in a sandbox or not. Or the engine stopped at
    something that this machine lacks: a certificate, a host name, a module, an option or a value
    of another version. What stands behind that was not judged.

    Said only with ``configcheck check --native``, or by the builder with ``configcheck_native``.
    """

    code = 'CFG608'
    name = 'engine-not-asked'
    severity = Severity.INFO
    message = 'no verdict of {engine}: {words}'
    help = 'nothing needs to be done: our own checks have seen the whole block'
    bad = (
        Example(
            'rst',
            '.. config-block:: apache\n\n   Include /etc/apache2/glance.conf\n   KeepAlive On\n',
        ),
    )
    good = (Example('rst', '.. config-block:: apache\n\n   KeepAlive On\n'),)
    exceptions = 'Always, unless you count on the verdict of the engine.'
    source = 'Measurement: what each engine does while it only checks (tests/native).'
