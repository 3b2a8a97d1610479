"""What the entries of both registers have in common: their public ids, and the errors of changing
them.
"""

import re
import secrets
from typing import Protocol

from backend.errors import Conflict, NotFound

_PUBLIC_ID = re.compile(r"[0-9a-f]{16}")


class Entry(Protocol):
    """An entry as both registers have it."""

    @property
    def revision(self) -> int:
        """Counts its changes."""

    @property
    def changed_by(self) -> str:
        """Who changed it last."""


class ChangedMeanwhile(Conflict):
    """Somebody else changed the entry after it was read; `saved` is what they saved."""

    code, title = "changed-meanwhile", "内容已被他人修改"
    detail = "您打开之后，{changed_by} 保存过修改，您的修改还没有保存。"

    def __init__(self, saved: Entry) -> None:
        super().__init__(arguments={"changed_by": saved.changed_by})
        self.saved = saved


def new_public_id() -> str:
    """Return an id that says nothing about the entry."""
    return secrets.token_hex(8)


def require_public_id(text: str) -> str:
    """Return an id of the right form, else raise NotFound: PostgreSQL takes no NUL in a text."""
    if not _PUBLIC_ID.fullmatch(text):
        raise NotFound
    return text
