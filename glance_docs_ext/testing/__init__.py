"""Start real servers with the configuration of a page, use them, and leave nothing behind.

For tests. Nothing here is imported by the extension: building a page never starts a server.
"""

from __future__ import annotations
