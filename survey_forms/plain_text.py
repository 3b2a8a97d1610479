"""Cleaning of what a respondent typed, so that it can be stored, compared and shown anywhere."""

import unicodedata

# Controls and lone surrogates cannot be stored or sent everywhere; bidirectional overrides and
# isolates can make a text show as what it is not. Joiners stay: emoji and some scripts need them.
_REMOVED_CATEGORIES = frozenset({"Cc", "Cs"})
_DIRECTION_CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(typed: str) -> str:
    """Return `typed` in NFC, without controls; blanks and line breaks become single blanks."""
    blanks = "".join(" " if character.isspace() else character for character in typed)
    return " ".join(_normal(blanks).split())


def many_lines(typed: str) -> str:
    r"""Return `typed` in NFC without controls or outer blanks; line breaks stay, as `\n`."""
    lines = typed.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ").split("\n")
    return "\n".join(_normal(line).rstrip() for line in lines).strip()


def half_width(typed: str) -> str:
    """Return `typed` with full-width digits and signs (１８．５) as the usual ones (18.5)."""
    return unicodedata.normalize("NFKC", typed).strip()


def _normal(line: str) -> str:
    kept = "".join(
        character
        for character in line
        if unicodedata.category(character) not in _REMOVED_CATEGORIES
        and character not in _DIRECTION_CONTROLS
    )
    return unicodedata.normalize("NFC", kept)
