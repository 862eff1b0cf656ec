"""NGX107: text that touches a closing quote."""

from __future__ import annotations

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule


class TextAfterQuote(Rule):
    """A closing quote ends the word: a blank, ";" or "{" must follow.

    Quotes count only at the start of a word; a value that is quoted in part is quoted as a whole.
    """

    code = 'NGX107'
    name = 'text-after-quote'
    severity = Severity.ERROR
    message = '{after!r} touches the closing quote'
    help = 'put the whole value into quotes, or a space between the two'
    engines = ('nginx',)
    bad = (Example('nginx', 'add_header X-Path "/srv"/glance;\n'),)
    good = (Example('nginx', 'add_header X-Path "/srv/glance";\n'),)
    exceptions = 'None: no version of nginx starts with it.'
    source = 'src/core/ngx_conf_file.c: "unexpected "x"" after ``need_space``.'
