"""APA247: a directive of a module that the catalogue does not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from glance_docs_ext.diagnostics import Severity
from glance_docs_ext.rule import Example, Rule, shortened
from glance_docs_ext.rules.fitting import fitting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from glance_docs_ext.diagnostics import Diagnostic
    from glance_docs_ext.engine import Engine
    from glance_docs_ext.syntax import Document


class DirectiveOfAnotherModule(Rule):
    """Anybody may write a module, and each brings directives along.

    Some are known by their names. Of others a text has two or more that begin alike, as no known
    name does: so nobody here can tell whether they are spelt right. It is told once of each module.
    """

    engines = ('apache',)
    code = 'APA247'
    name = 'directive-of-another-module'
    severity = Severity.INFO
    message = 'Apache itself does not know the directive {name!r}: it is of {module}{others}'
    help = 'a server that loads the module takes it; nothing is known here of its arguments'
    unfitting = True
    bad = (
        Example('apache', 'KrbMethodNegotiate On\nKrbAuthRealms EXAMPLE.ORG\n'),
        Example('apache', 'CryptoProxyEnable On\nCryptoProxyInherit On\n'),
    )
    good = (Example('apache', 'GssapiCredStore keytab:/etc/krb5.keytab\n', 'directory'),)
    exceptions = 'The server has the module.'
    source = (
        'The command tables of mod_auth_kerb, mod_proxy_cluster, mod_authn_ntlm and others. '
        'Apache without the module: "Invalid command ..., perhaps misspelled or defined by a '
        'module not included in the server configuration".'
    )

    def check(self, document: Document, engine: Engine) -> Iterator[Diagnostic]:
        if all(one.key in engine.catalogue for one in fitting(engine).others(document)):
            return
        foreign = document.once(engine.foreign)
        if not foreign or document.once(engine.brings_names):
            return
        told: dict[str, list[str]] = {}
        for statement in fitting(engine).others(document):
            if statement.key in foreign and statement not in document.unjudged:
                told.setdefault(foreign[statement.key], []).append(statement.key)
        for statement in fitting(engine).others(document):
            module = foreign.get(statement.key, '')
            if module in told and statement not in document.unjudged:
                more = len(set(told.pop(module))) - 1
                yield self.report(
                    document,
                    statement.name.span,
                    name=shortened(statement.name.text),
                    module=module,
                    others=f', like {more} more here' if more else '',
                )
