"""What a rule found: which responses it flags, with the measured value and the limit of each."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Flags:
    """The findings of one rule on n responses.

    Attributes
    ----------
    rule
        Name of the rule, such as ``speeding``.
    flagged
        (n,) whether the response is flagged; false where it could not be judged.
    value
        (n,) what was measured, in the rule's unit; NaN where it could not be.
    limit
        (n,) what it was compared with. Whether a value below it, at it or above it is flagged is
        the rule's to say.
    """

    rule: str
    flagged: Bools
    value: Floats
    limit: Floats
