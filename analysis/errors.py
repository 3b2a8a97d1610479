"""The one error of the pure statistics: a code with arguments; its words are the caller's."""


class AnalysisError(Exception):
    """Input that cannot be analysed.

    Attributes
    ----------
    code
        What is wrong, in snake case, for example ``margin_totals_differ``.
    arguments
        The values that a sentence about it needs, by name.
    """

    def __init__(self, code: str, **arguments: object) -> None:
        super().__init__(code, arguments)
        self.code = code
        self.arguments = arguments
