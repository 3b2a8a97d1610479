"""The numbers that bound something in a requirement's text, read without our criteria."""

import re

# Numbers that belong to what is counted, and bound nothing.
NAMING_NUMBERS = re.compile(r"\d+级|近\d+年|排名前\d+|5G|10G|1:500|提供\d+项")
THRESHOLD = re.compile(r"(\d+(?:\.\d+)?)([千万]?)(%|项|个|路|条|家|座|公里|米|年|km²/站)")
FACTORS = {"": 1.0, "千": 1_000.0, "万": 10_000.0}
OPERATORS = {"小于": "below", "低于": "below", "优于": "below", "超过": "above"}
COMPARING = re.compile(r"达到|不少于|小于|低于|优于|超过|建成|制定")


def thresholds(text: str) -> list[tuple[str, float, str]]:
    """Operator, bound and unit of each number that bounds something, in the order of the text."""
    bare = NAMING_NUMBERS.sub("", text)
    found = []
    for match in THRESHOLD.finditer(bare):
        number, factor, unit = match.groups()
        words = COMPARING.findall(bare[: match.start()])
        operator = OPERATORS.get(words[-1], "at_least") if words else "at_least"
        # Area for each station: the smaller, the denser.
        operator = "at_most" if unit == "km²/站" else operator
        bound = float(number) * FACTORS[factor] / (100.0 if unit == "%" else 1.0)
        found.append((operator, bound, unit))
    assert len(found) == len(re.findall(r"\d+(?:\.\d+)?", bare.replace("km²", "")))
    return found
