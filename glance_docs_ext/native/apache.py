"""What the installed Apache says of a text: ``apache2 -t`` with the modules we know."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from glance_docs_ext.engines.apache import CATALOGUE, CONDITIONS
from glance_docs_ext.engines.apache.conditions import CONDITIONS as READ_AT_ONCE
from glance_docs_ext.engines.apache.lines import logical_lines
from glance_docs_ext.engines.apache.words import words
from glance_docs_ext.native import sandbox
from glance_docs_ext.native.folders import files, folders
from glance_docs_ext.native.verdicts import ACCEPTED, SCATTERED, Outcome, Verdict, failure, refused
from glance_docs_ext.rules.apache import misplaced_in_domain, requirements

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from glance_docs_ext.catalogue import Entry
    from glance_docs_ext.native.sandbox import Run
    from glance_docs_ext.source import Source
    from glance_docs_ext.syntax import Document, Statement

MODULES = Path('/usr/lib/apache2/modules')
BLOCK = '/conf/block.conf'
# The text is included, so that messages name its own lines, and sections must end where it ends.
AROUND = {
    'vhost': ('<VirtualHost *:80>', '</VirtualHost>'),
    'directory': ('<Directory "/srv">', '</Directory>'),
    # -t reads no .htaccess: what it refuses in a <Directory> it refuses there, too.
    'htaccess': ('<Directory "/srv">', '</Directory>'),
    'location': ('<Location "/">', '</Location>'),
    'files': ('<Files "x">', '</Files>'),
    # In a <Proxy> of a server or of "*" a BalancerMember is refused.
    'proxy': ('<Proxy "balancer://fragment">', '</Proxy>'),
    'if': ('<If "true">', '</If>'),
    'limit': ('<Directory "/srv">\n<Limit GET>', '</Limit>\n</Directory>'),
    'requireall': (
        '<Location "/">\n<RequireAll>\nRequire valid-user',
        '</RequireAll>\n</Location>',
    ),
}
KINDEST = ('server', *AROUND)
"""Where a fragment is read that does not say where it belongs: the first that allows its lines."""
SHORTER = {'location': frozenset[str](), 'proxy': frozenset(('balancermember',))}
"""Where directives have a word less: ``ProxyPass``, ``Alias`` and ``Redirect`` in a ``<Location>``.
A fragment that is refused in the first place, and has one of these names, is read there as well;
with no names, each fragment."""

# Debian's /etc/apache2/envvars; its own files use them.
ENVIRONMENT = {
    'APACHE_RUN_USER': 'www-data',
    'APACHE_RUN_GROUP': 'www-data',
    'APACHE_PID_FILE': '/run/apache2/apache2.pid',
    'APACHE_RUN_DIR': '/run/apache2',
    'APACHE_LOCK_DIR': '/run/lock/apache2',
    'APACHE_LOG_DIR': '/var/log/apache2',
}

# Directives that load code, read other files, or run a program while -t reads.
ACTS = frozenset({'include', 'includeoptional', 'loadmodule', 'loadfile', 'error'})
# They take their password from a program: ``exec:/path``.
ASK = frozenset({'authldapbindpassword', 'sessioncryptopassphrase'})
ACTS_BY_PREFIX = ('lua', 'perl', '<lua', '<perl')
CERTIFICATE = re.compile(
    r'^\s*SSL(?:Proxy)?(?:Certificate(?:Key)?File|MachineCertificateFile|CA\w+File)\s+"?(/[^\s"]+)',
    re.MULTILINE | re.IGNORECASE,
)

# Of what a macro holds, mod_macro tells the line that uses it, in quotes.
LINE = re.compile(
    rf'line (?:(\d+) of {BLOCK}|(\d+) of "{BLOCK}"(?!\)))|^{BLOCK}:(\d+): <\S* was not closed',
    re.MULTILINE,
)
BEFORE = re.compile(
    rf'.*line \d+ of (?:{BLOCK}|"{BLOCK}"+):\s*|.*{BLOCK}:\d+: |.*AH\d+: (?:apache2: )?', re.DOTALL
)
IN_MACRO = ' of macro '  # what its line reads is not told
LAST_WORDS = 'Configuration check failed'
# Of the last words, on the lines before them, but for warnings: of a variable that is not set, of a
# folder that is not there, of a host that has no address, of a directive that does nothing.
REASON = re.compile(
    r'^(?!\[[^\n]*:warn\])[^\n]*?AH(?!00111|00112|00547|00548)\d+: ([^\n]*)', re.MULTILINE
)
HOST = re.compile(
    # What an expression speaks of, and a map that is built in, are faults of the text.
    r'(?:file|directory|path) \'[^\']*\' does not exist|[^\'] does not exist|'
    r'(?<!token )(?<!: name )(?<!internal map )not found|is not a directory|'
    r'Cannot access directory|bad (?:user|group) name|'
    r'Could not open|Cannot load|Listen setup failed|could not be opened|cannot open|'
    r'name resolution|Error resolving backend address|ProxySourceAddress invalid|'
    r'must be a valid directory|No such file|'
    r'Permission denied|determine user name from uid|'
    r'Unable to (?:open|read|load)|Failed to (?:open|load)|Invalid .* path|'
    r'Invalid Mutex directory|'
    # What this build of the server or of its libraries cannot do:
    r'Missing suexec binary|Cannot find module|Can\'t load driver file|'
    r'SSL library does not have support|OpenSSL does not have any compression|'
    r'Mutex type (?:mpm-accept|fcgid-\w+) is not valid|'
    # What another file of the same server may define:
    r'Unknown (?:health check|ProxyHCTemplate)|no macro defined before|^[Mm]acro .* undefined|'
    r'cannot remove undefined macro|'
    r'can not find .* (?:Worker|Balancer)|WSGI process group not yet configured|'
    r'Undeclared smart filter|No such filter'
)
# What AuthBasicProvider may name of the modules that Debian packages: mod_authnz_external,
# mod_authnz_pam, mod_auth_plain, mod_authn_sasl, mod_authn_yolo, mod_authn_yubikey.
PASSWORDS = frozenset(('external', 'PAM', 'plain', 'sasl', 'yolo', 'authn_yubikey'))
METHODS = ' methods'  # of a <Limit>: "excludes all methods", "specifies methods already excluded"
PARAMETER = 'ProxySet: unknown Balancer parameter'
UNDEFINED = 'AH00111: Config variable ${'
UNKNOWN = re.compile(r"Invalid command '([^']+)'")
# mod_dav_svn is of another package.
REPOSITORIES = frozenset(('svn',))
PERL = '::'  # of a class, which PerlAddAuthnProvider names
PROVIDER = re.compile(r'Unknown (?:Auth[nz]|DAV) provider: (\S+)')


def verdict(document: Document) -> Verdict:
    """Return what Apache says of a text that we have read.

    :raises SandboxError: Apache or bubblewrap is missing or does not start
    """
    lines = list(_lines(document.source))
    made = _made(lines)
    inside = 0  # how many macros
    for number, line in lines:
        if reason := _acts(line, made, inside=inside > 0):
            return Verdict(Outcome.WITHHELD, reason, number)
        inside += {'<macro': 1, '</macro>': -1}.get(line[0].lower(), 0)
    contexts = _contexts(document)
    if not contexts:
        return Verdict(Outcome.WITHHELD, SCATTERED)
    first = _said(document, contexts[0])
    for context in contexts[1:]:
        if first.outcome is not Outcome.REFUSED:
            break
        if _is_shorter(document, context):
            said = _said(document, context)
            came_further = (said.line or 0) > (first.line or 0)
            first = said if said.outcome is not Outcome.REFUSED or came_further else first
    return first


def _is_shorter(document: Document, context: str) -> bool:
    """Whether a directive of this text has a word less in that place."""
    names = SHORTER.get(context)
    return names is not None and (
        not names or any(statement.key in names for statement in document.statements)
    )


def _said(document: Document, context: str) -> Verdict:
    run = ask(document, context)
    if run.status == 0 and document.context == 'htaccess' and (name := _beyond_htaccess(document)):
        return Verdict(
            Outcome.WITHHELD, f'apache2 -t reads no .htaccess, where {name} may not stand'
        )
    said = failure(run) or (ACCEPTED if run.status == 0 else _refusal(run.output, document.source))
    if context == 'limit' and said.outcome is Outcome.REFUSED and METHODS in said.message:
        return Verdict(Outcome.WITHHELD, 'which methods the <Limit> around it has is not said')
    if said.outcome is Outcome.REFUSED and _may_be_in_domain(document, said.line):
        return Verdict(Outcome.WITHHELD, 'whether it stands in an <MDomain> is not said')
    if context == 'proxy' and said.outcome is Outcome.REFUSED and PARAMETER in said.message:
        return Verdict(Outcome.WITHHELD, 'whether the <Proxy> is about a balancer is not said')
    return said


def _may_be_in_domain(document: Document, line: int | None) -> bool:
    """Whether a line is at the top of a fragment, and of those that want an ``<MDomain>``."""
    number = document.source.line_number
    return document.context is None and any(
        statement.key in misplaced_in_domain.NAMES and number(statement.name.start) == line
        for statement in _outer(document)
    )


def _beyond_htaccess(document: Document) -> str:
    """Return what stands in a .htaccess and belongs into a ``<Directory>``, '' for nothing."""
    for placed in document.placed if document.context == 'htaccess' else ():
        known = [entry.contexts for entry in CATALOGUE[placed.statement.key] if entry.contexts]
        if known and not any('htaccess' in contexts for contexts in known):
            return placed.statement.name.text
    return ''


def ask(document: Document, context: str = '') -> Run:
    """Run Apache on a text, whatever is in it; `verdict` withholds what should not be run.

    :param context: where to put it; as a rule the first place that it may stand in
    """
    context = context or next(iter(_contexts(document)), '')
    text = document.source.text
    if '<macro' in text.lower() and not text.endswith(('\n', '\\')):
        text += '\n'  # behind a Use, Apache does not read a last line that does not end
    before, behind = AROUND.get(context, ('', ''))
    wrapper = f'{_modules()}\n{before}\nInclude {BLOCK}\n{behind}\n'
    made = ['/run/apache2', '/var/log/apache2', '/srv', *folders(text)]
    certificates = files(CERTIFICATE.findall(text), made)
    return sandbox.run(
        [sandbox.program('apache2'), '-t', '-f', '/conf/wrapper.conf'],
        {
            **dict.fromkeys(certificates, b'-t looks at no more of it\n'),
            '/conf/wrapper.conf': wrapper.encode(),
            BLOCK: text.encode('utf-8', 'surrogatepass'),
        },
        folders=made,
        environment=ENVIRONMENT,
    )


def _lines(source: Source) -> Iterator[tuple[int, list[str]]]:
    """Yield number and words of each line, also of branches that are not read and of macros."""
    for line in logical_lines(source.text):
        found = [word.text for word in words(line, 0, len(line.text))]
        if found:
            yield source.line_number(line.span(0, 1).start), found


def _made(lines: Iterable[tuple[int, list[str]]]) -> tuple[str, ...]:
    """Return what stands for something else in a text: parameters of macros, signs of variables.

    A parameter need not begin with one of ``$%@``: mod_macro only warns then.
    """
    parameters = [
        word.removesuffix('>')
        for _, (name, *behind) in lines
        if name.lower() == '<macro'
        for word in behind[1:]
    ]
    return ('${', *filter(None, parameters))


def _acts(line: list[str], made: tuple[str, ...], *, inside: bool) -> str:
    """Return why a directive is not given to the engine, '' where it may be.

    :param inside: it stands in a macro
    """
    written, *behind = line
    name = written.lower()
    if name in ACTS or name.startswith(ACTS_BY_PREFIX):
        return f'{name.removeprefix("<")} reads other files, loads code or prints what it reads'
    if any(part in written for part in made):
        return f'the name {name} is made while it is read'
    if name == '<macro' and (inside or any('${' in word for word in behind)):
        return 'the parameters of a macro are made while it is read'
    value = ' '.join(behind)
    if name in ASK and ('exec:' in value.lower() or any(part in value for part in made)):
        return f'{name} may run a program for its password'
    return ''


def _contexts(document: Document) -> list[str]:
    """Return the contexts that all statements at the top may stand in, or the one that is said."""
    if document.context is not None:
        return [document.context]
    allowed = set(KINDEST)
    for statement in _outer(document):
        known = {place for entry in CATALOGUE[statement.key] for place in entry.contexts}
        allowed &= known or allowed
    return [context for context in KINDEST if context in allowed]


def _outer(document: Document) -> Iterator[Statement]:
    """Yield the statements at the top of a text, and those in conditions that hold there."""
    waiting = list(document.statements)
    while waiting:
        statement = waiting.pop()
        if statement.key in READ_AT_ONCE:
            waiting += statement.body or ()
        else:
            yield statement


@cache
def _modules() -> str:
    """Return the beginning of the configuration: the modules of our catalogue, and one MPM.

    What else is installed is not loaded: it may run what a text says (mod_perl).
    """
    lines = [f'LoadModule mpm_event_module {MODULES}/mod_mpm_event.so']
    for file in sorted(MODULES.glob('mod_*.so')):
        name = f'{file.stem.removeprefix("mod_")}_module'
        if name in CONDITIONS.modules and not name.startswith('mpm_'):
            lines.append(f'LoadModule {name} {file}')
    lines += ['ServerRoot /usr/lib/apache2', 'ServerName localhost', 'DefaultRuntimeDir /tmp']
    return '\n'.join([*lines, 'ErrorLog /tmp/error.log'])


def _refusal(output: str, source: Source) -> Verdict:
    """Take apart the shapes of the engine's message: it names its place before it or on the way."""
    places = [next(filter(None, numbers)) for numbers in LINE.findall(output)]
    message = BEFORE.sub('', output)
    if message.startswith(LAST_WORDS) and (reason := REASON.search(output)):
        message = reason[1]
    found = refused(message, int(places[-1]) if places else None, HOST)
    read = found.line and (source.text if IN_MACRO in output else _line(source, found.line))
    if read and UNDEFINED in output and '${' in read:
        return Verdict(
            Outcome.HOST, f'what it reads there is not set here: {found.message}', found.line
        )
    unknown = UNKNOWN.search(found.message)
    entries = CATALOGUE[unknown[1].lower()] if unknown else ()
    if unknown and entries:
        return Verdict(Outcome.HOST, _missing(unknown[1], entries), found.line)
    provider = PROVIDER.search(found.message)
    if provider and (
        provider[1] in requirements.OTHERS | PASSWORDS | REPOSITORIES or PERL in provider[1]
    ):
        return Verdict(Outcome.HOST, f'no module here provides {provider[1]}', found.line)
    return found


def _line(source: Source, number: int) -> str:
    """Return a line of the text with the lines that it continues, '' where it has no such line."""
    lines = source.text.split('\n')[:number]
    first = len(lines) - 1
    while first > 0 and lines[first - 1].endswith('\\'):
        first -= 1
    return '\n'.join(lines[max(first, 0) :])


def _missing(name: str, entries: tuple[Entry, ...]) -> str:
    origins = ' or '.join(entry.origin for entry in entries if entry.origin)
    return f'the Apache here does not know {name}' + (
        f': it comes with {origins}' if origins else ''
    )
