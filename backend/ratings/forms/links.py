"""Says whether a typed text is a link that may be kept and followed."""

from urllib.parse import urlsplit

LONGEST_LINK = 2000
BAD_LINK = "请填写以 http:// 或 https:// 开头的网址，不要包含用户名和密码。"


def is_link(text: str) -> bool:
    """Whether a text is a web address, of a host, without a name and password in it."""
    if len(text) > LONGEST_LINK or not text.isprintable() or " " in text:
        return False
    try:
        parts = urlsplit(text)
        # Reading the port raises for one that is none.
        is_whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return is_whole and "@" not in parts.netloc
