"""CFG607: the real engine refuses a block in which we find no error."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, PageRule

# Only nginx knows how long a name may be: its cache line decides.
HEAD = '.. config-block:: nginx\n   :context: main\n\n   events { }\n   http {\n'
SERVERS = (
    '       server {\n'
    '           server_name images.region-one.cloud.staging.internal.example-corporation.org;\n'
    '       }\n'
    '       server {\n           server_name glance.example.org;\n       }\n   }\n'
)


class RefusedByEngine(PageRule):
    """The installed engine was asked, and does not accept a block in which we find no error.

    Said only with ``configcheck check --native``, or by the builder with ``configcheck_native``. An
    engine stops at its first fault; where we have an error to tell about the block, we tell that
    instead.
    """

    code = 'CFG607'
    name = 'refused-by-engine'
    severity = Severity.ERROR
    message = '{engine} refuses it: {words}'
    help = 'correct it; and please report it as a fault of configcheck that it did not see it'
    bad = (Example('rst', f'{HEAD}{SERVERS}'),)
    good = (Example('rst', f'{HEAD}       server_names_hash_bucket_size 128;\n{SERVERS}'),)
    exceptions = 'The page is about another version of the server than the one installed here.'
    source = 'The installed engine itself, in a sandbox.'
