"""Addresses of the ratings' pages in the console."""

RATINGS = "/staff/ratings"


def round_path(slug: str) -> str:
    """Return the address of a round's page."""
    return f"{RATINGS}/rounds/{slug}"


def row_path(slug: str, number: int) -> str:
    """Return the address of a row's page."""
    return f"{round_path(slug)}/rows/{number}"


def evidence_path(public_id: str) -> str:
    """Return the address at which a file of evidence is downloaded."""
    return f"{RATINGS}/evidence/{public_id}"
