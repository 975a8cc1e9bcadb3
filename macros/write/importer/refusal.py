"""Why a document cannot be imported, in a sentence that says what to do instead."""

from __future__ import annotations

from ..edits import WriteError


class DocumentError(WriteError):
    """A document that cannot be imported, or one that must be asked about first. Its text is for its writer."""


class ToolMissingError(DocumentError):
    """What reads documents is not installed."""


HOW_TO_INSTALL = ("this needs two more Python packages, pypandoc_binary and defusedxml; install them with "
                  "`pip install 'send-board[import]'`, or in this project's own folder with "
                  "`.venv/bin/pip install pypandoc_binary defusedxml`")
