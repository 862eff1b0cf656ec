"""What a regular expression is made of, as PCRE2 cuts it up: its tokens, and those of a class."""

from __future__ import annotations

import re

NAME = r'(?:[A-Za-z_]\w*)'
TOKEN = re.compile(
    rf"""
      (?P<plain>[^\\\[()*+?{{|^$]+)
    | (?P<quantifier>(?:[*+?]|\{{(?P<least>[0-9]+)(?P<comma>,(?P<most>[0-9]*))?\}})[+?]?)
    | (?P<bar>[|^$])
    | \\(?:
          (?P<reference>[1-9](?![0-9]))
        | (?P<high>[89][0-9]+)
        | (?P<assertion>[bBAZzGK])
        | (?P<unknown>[ijmqyIJMOTYluFLU]|N\{{(?![0-9,\s]))
        | (?P<octal>[4-7][0-7][0-7](?![0-9]))
        | (?P<wide>x\{{[0-9a-fA-F]{{3,}}\}})
        | Q(?P<quoted>.*?)(?:\\E|\Z)
        | (?P<unquote>E)
        | (?P<escape>
            [0-9]+ | [adefhnrstvwCDHRSVWX] | N(?!\{{) | x(?!\{{) | x\{{[0-9a-fA-F]{{1,2}}\}}
          | [pP](?:[CLMNPSZ]|\{{\^?\w+\}}) | o\{{0*[0-3]?[0-7]{{1,2}}\}} | c[ -~] | [^a-zA-Z0-9]
          )
        | (?:k(?:<{NAME}>|'{NAME}'|\{{{NAME}\}})|g\{{{NAME}\}}|g<{NAME}>|g'{NAME}')(?P<named>)
        | (?P<lacking>k(?![<{{'])|g(?![<{{'0-9+-])|o(?!\{{)|c(?=[^\x00-\x7f]|\Z)|[pP](?![{{a-zA-Z])
            |[pP][ABD-KOQRT-Yabd-koqrt-y])
        | (?P<end>\Z)
      )
    | (?P<class>\[\^?)
    | \(\?(?:
          (?P<comment>\#[^)]*\))
        | (?P<unended>\#)
        | (?P<options>[imsUJ]*(?:-[imsUJ]*)?\))
        | (?P<name>P?<{NAME}>|'{NAME}')
        | (?P<group>[:=!>]|<[=!]|[imsUJ]*(?:-[imsUJ]*)?:)
        | (?P<misnamed>P?<(?![*])|')
        | (?P<call>(?:R|[+-]?[0-9]+)\))
        | (?:&|P[=>]){NAME}\)(?P<asked>)
        | (?P<strange>P(?![<=>])|[imsUJ]*(?:-[imsUJ]*)?\Z
            |[bd-hjkloqt-wyzABDEFGHIKLMNOQSTVWXYZ./,;\ ~@%"?\\{{])
      )
    | \(\*(?:
          (?P<verb>(?:FAIL|F|COMMIT|PRUNE|SKIP|THEN)(?::[^)]*)?\))
        | (?P<start>(?:ANYCRLF|ANY|CRLF|CR|LF|NO_START_OPT)\))
      )
    | (?P<open>\((?!\?|\*[A-Za-z:]))
    | (?P<close>\))
    | (?P<brace>\{{)
    """,
    re.VERBOSE | re.DOTALL | re.ASCII,
)
IN_TOKEN = re.compile(NAME + r'(?=\W*\Z)', re.ASCII)
"""The name in a token, which stands last."""
# "[:alpha:]" and the like. PCRE2 also takes "[.x.]" and "[=x=]" for one, and refuses them.
POSIX = r'\[(?P<sign>[:.=])(?P<posix>(?>(?:\\[\]\\]|(?!\[(?P=sign)|(?P=sign)\])[^\]])*))(?P=sign)\]'
OUTSIDE = re.compile(POSIX, re.DOTALL)
MEMBER = re.compile(
    rf"""
      {POSIX}
    | \\(?:
          (?P<kind>[dDwWsShHvV]|[pP](?:[CLMNPSZ]|\{{\^?\w+\}}))
        | (?P<unknown>[ijmqyIJMOTYluFLUkzABCGKRXZ]|N(?!\{{))
        | (?P<escape>[0-7]{{1,3}}|[89abefnrt]|x\{{[0-9a-fA-F]{{1,2}}\}}|x(?!\{{)[0-9a-fA-F]{{0,2}})
        | (?P<escaped>[^a-zA-Z0-9])
      )
    | (?P<one>[^\\])
    """,
    re.VERBOSE | re.DOTALL,
)
