"""What a resident's request says about itself, beside the answers: language, size, channel, ids.

All of it comes from outside: what is not as we write it is replaced, never refused, since a
resident is not to be turned away for a broken link.
"""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from backend.surveys.service import PublishedSurvey
from backend.web.language import DEFAULT_LANGUAGE
from backend.web.signing import read_signed, sign
from survey_forms.items import FormFields

WEB_CHANNEL = "web"
# The page's own form fields. Keys of items hold no hyphen, so that none can be named like these.
KEY, OPENED, SEED, CHANNEL, LANGUAGE, LARGE = PAGE_FIELDS = (
    "page-key",
    "page-opened",
    "page-seed",
    "page-channel",
    "page-lang",
    "page-large",
)
CONSENT = "page-consent"

_CHANNEL = re.compile(r"[A-Za-z0-9._-]{1,64}")
_KEY = re.compile(r"[\x21-\x7e]{1,255}")
_SEED = re.compile(r"\d{1,18}", re.ASCII)


@dataclass(frozen=True)
class Visit:
    """One view of the form, from opening to sending.

    `seed` decides the order of shuffled choices, 0 to 10^18 - 1. `idempotency_key` is None where
    a form came without one, which a browser never does.
    """

    language: str
    is_large: bool
    channel: str
    idempotency_key: str | None
    opened_at: datetime | None
    seed: int

    def hidden_fields(self, survey: PublishedSurvey, secret: str) -> dict[str, str]:
        """Return the page's own fields, so that the form brings the visit back."""
        opened = self.opened_at.isoformat() if self.opened_at else ""
        return {
            KEY: self.idempotency_key or new_key(),
            OPENED: sign(secret, _opened(survey), opened),
            SEED: str(self.seed),
            CHANNEL: self.channel,
            LANGUAGE: self.language,
            LARGE: "1" if self.is_large else "",
        }

    def query(self) -> dict[str, str]:
        """Return what links to the same questionnaire keep."""
        return {
            "lang": "" if self.language == DEFAULT_LANGUAGE else self.language,
            "large": "1" if self.is_large else "",
            "c": "" if self.channel == WEB_CHANNEL else self.channel,
        }


def begin_visit(survey: PublishedSurvey, query: Mapping[str, str], now: datetime) -> Visit:
    """Return the visit that a link begins."""
    key = new_key()
    return Visit(
        language=_language(survey, query.get("lang", "")),
        is_large=query.get("large") == "1",
        channel=_channel(query.get("c", "")),
        idempotency_key=key,
        opened_at=now,
        seed=int.from_bytes(sha256(key.encode()).digest()[:7]),
    )


def resume_visit(survey: PublishedSurvey, fields: FormFields, secret: str) -> Visit:
    """Return the visit that a form belongs to, by its hidden fields."""
    sent = {name: next(iter(fields.get(name, ())), "") for name in PAGE_FIELDS}
    return Visit(
        language=_language(survey, sent[LANGUAGE]),
        is_large=sent[LARGE] == "1",
        channel=_channel(sent[CHANNEL]),
        idempotency_key=key if _KEY.fullmatch(key := sent[KEY]) else None,
        opened_at=_time(read_signed(secret, _opened(survey), sent[OPENED])),
        seed=int(sent[SEED]) if _SEED.fullmatch(sent[SEED]) else 0,
    )


def new_key() -> str:
    """Make an idempotency key; nobody can guess another's."""
    return secrets.token_urlsafe(16)


def _language(survey: PublishedSurvey, asked: str) -> str:
    return asked if asked in survey.questionnaire.languages else DEFAULT_LANGUAGE


def _channel(asked: str) -> str:
    return asked if _CHANNEL.fullmatch(asked) else WEB_CHANNEL


def _opened(survey: PublishedSurvey) -> str:
    return f"opened {survey.slug}"


def _time(written: str | None) -> datetime | None:
    try:
        return datetime.fromisoformat(written).astimezone(UTC) if written else None
    except ValueError:
        return None
