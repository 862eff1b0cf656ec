"""The names that expressions know, and which of them a text has wrong.

From ``core_expr_lookup()`` of server/util_expr_eval.c and the hooks of mod_ssl and
mod_proxy_hcheck; each was tried with Apache 2.4.71, with all modules of Debian loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from glance_docs_ext.engines.apache.expression_tokens import Name

VARIABLES = frozenset(
    (
        *('API_VERSION', 'AUTH_TYPE', 'CONN_LOG_ID', 'CONN_REMOTE_ADDR', 'CONTENT_TYPE'),
        *('CONTEXT_DOCUMENT_ROOT', 'CONTEXT_PREFIX', 'DOCUMENT_ROOT', 'DOCUMENT_URI', 'HANDLER'),
        *('HTTP2', 'HTTPS', 'HTTP_ACCEPT', 'HTTP_COOKIE', 'HTTP_FORWARDED', 'HTTP_HOST'),
        *('HTTP_PROXY_CONNECTION', 'HTTP_REFERER', 'HTTP_USER_AGENT', 'IPV6', 'IS_SUBREQ'),
        *('LAST_MODIFIED', 'PATH_INFO', 'QUERY_STRING', 'REMOTE_ADDR', 'REMOTE_HOST'),
        *('REMOTE_IDENT', 'REMOTE_PORT', 'REMOTE_USER', 'REQUEST_FILENAME', 'REQUEST_LOG_ID'),
        *('REQUEST_METHOD', 'REQUEST_SCHEME', 'REQUEST_STATUS', 'REQUEST_URI'),
        *('SCRIPT_FILENAME', 'SCRIPT_GROUP', 'SCRIPT_USER', 'SERVER_ADMIN', 'SERVER_NAME'),
        *('SERVER_PORT', 'SERVER_PROTOCOL', 'SERVER_SOFTWARE', 'THE_REQUEST', 'TIME'),
        *('TIME_DAY', 'TIME_HOUR', 'TIME_MIN', 'TIME_MON', 'TIME_SEC', 'TIME_WDAY', 'TIME_YEAR'),
    )
)
ANY_VARIABLE_OF = ('SSL_', 'HC_')  # their modules look at the rest when a request comes
FUNCTIONS = frozenset(
    (
        *('base64', 'env', 'escape', 'file', 'filesize', 'hc', 'http', 'ldap', 'md5', 'note'),
        *('osenv', 'req', 'req_novary', 'reqenv', 'resp', 'sha1', 'ssl', 'tolower', 'toupper'),
        *('unbase64', 'unescape'),
    )
)
LIST_FUNCTIONS = frozenset(('peerextlist',))
UNARY = frozenset(f'-{letter}' for letter in 'defhnsxzAFLRTU')
BINARY = frozenset(('-ipmatch', '-strmatch', '-strcmatch', '-fnmatch'))


def is_known(name: Name) -> bool:
    """Whether Apache knows a name; but for unary operators the case does not count."""
    match name.kind:
        case 'variable':
            upper = name.text.upper()
            return upper in VARIABLES or upper.startswith(ANY_VARIABLE_OF)
        case 'function':
            return name.text.lower() in FUNCTIONS
        case 'list function':
            return name.text.lower() in LIST_FUNCTIONS
        case 'unary operator':
            return name.text in UNARY
    return name.text.lower() in BINARY


def remedy(name: Name) -> str:
    """Return what to do about a name that Apache does not know."""
    if name.kind == 'variable' and name.text.upper().startswith('HTTP_'):
        header = '-'.join(part.capitalize() for part in name.text.split('_')[1:])
        return f'write %{{HTTP:{header}}} for a header'
    if name.kind == 'variable' and name.text.lower() in FUNCTIONS:
        return f'{name.text} is a function, and wants an argument'
    return 'see the list in the manual, "Expressions in Apache HTTP Server"'
