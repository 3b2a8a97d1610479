"""Why a change of a round is refused."""

from backend.errors import Conflict, FieldError
from backend.ratings.rounds.round import Row


class RoundClosed(Conflict):
    """The round is closed: nothing in it changes any more."""

    code, title = "round-closed", "评价已经结束"
    detail = "这一轮评价已经结束，内容不能再修改。"


class RoundChanged(Conflict):
    """Somebody else changed the round's settings since they were read."""

    code, title = "round-changed", "内容已被他人修改"
    detail = "您打开这一页之后，有人修改了本轮评价的设置。您的内容没有保存，请核对后再提交。"


class RowChanged(Conflict):
    """Somebody else changed the row since it was read; `current` is what it holds now."""

    code, title = "row-changed", "内容已被他人修改"
    detail = "您打开这一页之后，{changed_by} 修改了本项指标。您的内容没有保存，请核对后再提交。"

    def __init__(self, current: Row) -> None:
        super().__init__(arguments={"changed_by": current.changed_by or ""})
        self.current = current


class WrongState(Conflict):
    """The row is in a state in which that is not done to it."""

    code, title = "wrong-row-state", "当前状态不能进行此项操作"

    def __init__(self, detail: str, errors: tuple[FieldError, ...] = ()) -> None:
        super().__init__(detail, errors=errors)
