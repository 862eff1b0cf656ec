"""The words of directives that take a list of them, tried with Apache 2.4.71."""

from __future__ import annotations

import re

LEVELS = 'emerg|alert|crit|error|warn|notice|info|debug|trace[1-8]'
PROTOCOLS = '[+-]?(?:all|TLSv1|TLSv1\\.[123])|-SSLv[23]'

LISTS: dict[str, tuple[str, re.Pattern[str]]] = {
    key: (expected, re.compile(pattern, re.IGNORECASE))
    for key, expected, pattern in (
        (
            'requestreadtimeout',
            'header=20-40,MinRate=500, body=20 or handshake=5, say',
            (
                '(?:handshake|header|body)=(?:[0-9]+(?:,MinRate=0*[1-9][0-9]*)?|'
                '[0-9]+-[0-9]+,MinRate=0*[1-9][0-9]*)'
            ),
        ),
        (
            'loglevel',
            'emerg, alert, crit, error, warn, notice, info, debug or trace1 to trace8',
            rf'(?:[^:]*:)?(?:{LEVELS})',
        ),
        (
            'fileetag',
            'None, All, INode, MTime, Size or Digest',
            '[+-]?(?:None|All|INode|MTime|Size|Digest)',
        ),
        ('sslprotocol', 'all, TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3', PROTOCOLS),
        ('sslproxyprotocol', 'all, TLSv1, TLSv1.1, TLSv1.2 or TLSv1.3', PROTOCOLS),
        (
            'ssloptions',
            (
                'StdEnvVars, ExportCertData, FakeBasicAuth, StrictRequire, OptRenegotiate or '
                'LegacyDNStringFormat'
            ),
            (
                '[+-]?(?:StdEnvVars|ExportCertData|FakeBasicAuth|StrictRequire|OptRenegotiate|'
                'LegacyDNStringFormat)'
            ),
        ),
        (
            'sslcarevocationcheck',
            'none, leaf or chain',
            'none|leaf|chain|no_crl_for_cert_ok',
        ),
        (
            'sslproxycarevocationcheck',
            'none, leaf or chain',
            'none|leaf|chain|no_crl_for_cert_ok',
        ),
        (
            'multiviewsmatch',
            'Any or NegotiatedOnly, or Filters, Handlers or both',
            'Any|NegotiatedOnly|Filters|Handlers',
        ),
        (
            'charsetoptions',
            'ImplicitAdd, NoImplicitAdd, TranslateAllMimeTypes or NoTranslateAllMimeTypes',
            '(?:No)?(?:ImplicitAdd|TranslateAllMimeTypes)',
        ),
        (
            'extfilteroptions',
            'LogStderr, NoLogStderr, Onfail=abort or Onfail=remove',
            '(?:No)?LogStderr|Onfail=(?:abort|remove)',
        ),
        ('sslocspenable', 'on, off or leaf', 'on|off|leaf|no_ocsp_for_cert_ok'),
        (
            'rewriteoptions',
            'Inherit, InheritBefore, InheritDown, IgnoreInherit or AllowAnyURI, say',
            (
                'Inherit|InheritBefore|InheritDown|InheritDownBefore|IgnoreInherit|AllowNoSlash|'
                'AllowAnyURI|MergeBase|IgnoreContextInfo|LegacyPrefixDocRoot|UnsafePrefixStat|'
                'MaxRedirects=.*'
            ),
        ),
        (
            'indexoptions',
            'what the manual of mod_autoindex lists',
            (
                'None|[+-]?(?:FancyIndexing|FoldersFirst|HTMLTable|IconsAreLinks|IgnoreCase|'
                'IgnoreClient|ScanHTMLTitles|ShowForbidden|SuppressColumnSorting|SuppressDescription|'
                'SuppressHTMLPreamble|SuppressIcon|SuppressLastModified|SuppressRules|SuppressSize|'
                'TrackModified|UseOldDateFormat|VersionSort|XHTML|AddAltClass|IconHeight|IconWidth|'
                '(?:Charset|Type)=.*)|-(?:NameWidth|DescriptionWidth)|'
                '[+]?(?:Icon(?:Height|Width)=.*|'
                'NameWidth=(?!\\s*(?:-0*[1-9]|\\+?0*[1-4](?![0-9]))).*|'
                'DescriptionWidth=(?!\\s*(?:-0*[1-9]|\\+?0*(?:[1-9]|1[01])(?![0-9]))).*)'
            ),
        ),
    )
}
