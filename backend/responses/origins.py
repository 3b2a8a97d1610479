"""Where a response came from, as keyed hashes, and only those that the survey's rules ask for.

A hash tells that two responses came from the same place, never from which; it differs from survey
to survey, so that responses cannot be joined. Addresses and names themselves are not stored.
"""

from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network

from backend.surveys.service import PublishedSurvey
from backend.web.signing import keyed_hash

# One household or office: the last 64 bits are its devices' own, and change.
IPV6_PREFIX = 64


@dataclass(frozen=True)
class Origin:
    """The keyed hashes of one response; None where it is not known, or not asked for."""

    device_hash: str | None = None
    identity_hash: str | None = None
    network_hash: str | None = None


def counts_devices(survey: PublishedSurvey) -> bool:
    """Whether duplicates are found by device."""
    return _finds_duplicates_by(survey, "device")


def origin_of(
    survey: PublishedSurvey,
    secret: str,
    *,
    address: str | None,
    device: str | None = None,
    identity: str | None = None,
) -> Origin:
    """Return what the survey keeps of a sender.

    Parameters
    ----------
    address
        The client's IP address, as the server tells it: behind a trusted proxy the one that the
        proxy names.
    device
        The random name in the cookie of the survey's page.
    identity
        The name that a program gives to whoever answers.
    """
    quality = survey.questionnaire.quality
    network = network_of(address) if quality and quality.bursts else None
    return Origin(
        device_hash=_hashed(survey, secret, "device", device) if counts_devices(survey) else None,
        identity_hash=_hashed(survey, secret, "identity", identity)
        if _finds_duplicates_by(survey, "identity")
        else None,
        network_hash=_hashed(survey, secret, "network", network),
    )


def network_of(address: str | None) -> str | None:
    """Return the IPv4 address, or the /64 network of an IPv6 address; None for what is neither."""
    try:
        found = ip_address((address or "").partition("%")[0])
    except ValueError:
        return None
    if isinstance(found, IPv6Address):
        if found.ipv4_mapped is None:
            return str(ip_network((found, IPV6_PREFIX), strict=False))
        found = found.ipv4_mapped
    return str(found)


def _finds_duplicates_by(survey: PublishedSurvey, source: str) -> bool:
    quality = survey.questionnaire.quality
    return bool(quality and quality.duplicates and source in quality.duplicates.by)


def _hashed(survey: PublishedSurvey, secret: str, kind: str, name: str | None) -> str | None:
    return keyed_hash(secret, f"{kind} {survey.slug}", name) if name else None
