"""CFG607: the real engine refuses a block in which we find no error."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

# Only nginx counts what it listens on: each address takes one of the connections.
HEAD = '.. config-block:: nginx\n   :context: main\n\n   events {\n       worker_connections '
SERVERS = (
    ';\n   }\n   http {\n'
    '       server {\n           listen 9292;\n       }\n'
    '       server {\n           listen 9393;\n       }\n   }\n'
)


class RefusedByEngine(PageRule):
    """The installed engine was asked, and does not accept a block in which we find no error.

    Said only with ``configcheck check --native``, or by the builder with ``configcheck_native``. An
    engine stops at its first fault; where we have an error to tell about the block, we tell that
    instead. What only the installed version refuses, and the one that the page is for does not as
    far as we know, is CFG608.
    """

    code = 'CFG607'
    name = 'refused-by-engine'
    severity = Severity.ERROR
    message = '{engine} refuses it: {words}'
    help = 'correct it; and please report it as a fault of configcheck that it did not see it'
    bad = (Example('rst', f'{HEAD}1{SERVERS}'),)
    good = (Example('rst', f'{HEAD}512{SERVERS}'),)
    exceptions = 'The page is about a version that refuses less than the one installed here.'
    source = 'The installed engine itself, in a sandbox.'
