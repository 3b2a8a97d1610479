"""The two cookies of the resident's pages: which device this is, and the number of its receipt.

The device's is set only where a survey takes one response per device, or looks for duplicates by
device. It is random, and what is stored of it is a keyed hash that differs from survey to survey,
so that responses cannot be joined.
"""

import re
import secrets
from dataclasses import dataclass

from fastapi import Request
from starlette.responses import Response

from backend.responses.origins import counts_devices
from backend.settings import Settings
from backend.surveys.service import PublishedSurvey
from backend.web.signing import keyed_hash, read_signed, sign

DEVICE_COOKIE = "minsheng_device"
DEVICE_SECONDS = 365 * 24 * 3600
RECEIPT_COOKIE = "receipt"
# Long enough to write the number down, short enough for the next person at a shared phone.
RECEIPT_SECONDS = 600
RECEIPT_NUMBER = re.compile(r"[0-9]{16}")


@dataclass(frozen=True)
class Device:
    """A browser that has, or is about to get, our cookie."""

    name: str
    is_new: bool

    def respondent_hash(self, survey: PublishedSurvey, settings: Settings) -> str:
        """Return what is stored of the device."""
        return keyed_hash(settings.secret_key, f"respondent {survey.slug}", self.name)


@dataclass(frozen=True)
class KeptReceipt:
    """What the page of thanks knows; `number` is "" when the cookie is gone or not ours."""

    number: str
    language: str
    is_large: bool


def limits_devices(survey: PublishedSurvey) -> bool:
    """Whether the survey takes one response of each device."""
    return survey.one_response_per == "device"


def device_of(request: Request, survey: PublishedSurvey) -> Device | None:
    """Return the device of a request, a new one where it has none; None where nobody asks."""
    if not limits_devices(survey) and not counts_devices(survey):
        return None
    cookie = request.cookies.get(DEVICE_COOKIE, "")
    name = read_signed(_settings(request).secret_key, DEVICE_COOKIE, cookie)
    return Device(name, is_new=False) if name else Device(secrets.token_urlsafe(16), is_new=True)


def keep_device(request: Request, response: Response, device: Device | None) -> None:
    """Give a new device its cookie."""
    if device is not None and device.is_new:
        signed = sign(_settings(request).secret_key, DEVICE_COOKIE, device.name)
        _set(request, response, DEVICE_COOKIE, signed, DEVICE_SECONDS, "/s")


def keep_receipt(
    request: Request, response: Response, survey: PublishedSurvey, receipt: KeptReceipt
) -> None:
    """Let the page of thanks know the receipt, without a number in its address."""
    value = f"{receipt.number}.{receipt.language}.{'1' if receipt.is_large else ''}"
    _set(request, response, RECEIPT_COOKIE, value, RECEIPT_SECONDS, f"/s/{survey.slug}")


def read_receipt(request: Request) -> KeptReceipt:
    """Return the receipt that this browser keeps."""
    cookie = request.cookies.get(RECEIPT_COOKIE, "")
    number, language, large = [*cookie.split("."), "", "", ""][:3]
    if not RECEIPT_NUMBER.fullmatch(number):
        return KeptReceipt("", "", is_large=False)
    return KeptReceipt(number, language, large == "1")


def _set(
    request: Request, response: Response, name: str, value: str, seconds: int, path: str
) -> None:
    response.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        httponly=True,
        samesite="lax",
        secure=_settings(request).base_url.startswith("https://"),
    )


def _settings(request: Request) -> Settings:
    settings: Settings = request.app.state.settings
    return settings
