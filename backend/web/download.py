"""The header by which a browser saves a reply as a file."""

from urllib.parse import quote


def attachment(name: str, plain: str | None = None) -> str:
    """Return `Content-Disposition` for a name of any script (RFC 6266, RFC 5987).

    Parameters
    ----------
    plain
        The name in ASCII for what reads no other; made of `name` where it is None.
    """
    if plain is None:
        ascii_only = name.encode("ascii", "replace").decode().replace("?", "_").replace("%", "_")
        plain = ascii_only.replace("\\", "_").replace('"', "_")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
