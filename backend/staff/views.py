"""What the console's frame and the sign-in page show. Words are message ids of the catalogue."""

from dataclasses import dataclass

from backend.staff.rights import Role
from backend.staff.service.accounts import Staff

ROLE_WORDS = {
    Role.ADMIN: "系统管理员",
    Role.PUBLISHER: "发布人员",
    Role.EVALUATOR: "评价人员",
    Role.HANDLER: "问题处理人员",
    Role.DEPARTMENT: "部门填报人员",
    Role.REVIEWER: "审核人员",
}
# The features that have a page of their own, and who may see it.
NAVIGATION = (
    ("/staff/surveys", "问卷调查", {Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR}),
    (
        "/staff/ratings",
        "城市评级",
        {Role.ADMIN, Role.PUBLISHER, Role.EVALUATOR, Role.DEPARTMENT, Role.REVIEWER},
    ),
)
# One sentence for an unknown address, a wrong password and a locked account alike.
SIGN_IN_REFUSED = "邮箱或密码不正确。连续 5 次不正确后，需等待 5 分钟再试。"
SIGN_IN_INCOMPLETE = "请填写电子邮箱和密码。"


@dataclass(frozen=True)
class Link:
    """One entry of the navigation."""

    path: str
    label: str
    is_current: bool


@dataclass(frozen=True)
class Frame:
    """The frame around a page of the console; without `email` nobody is signed in."""

    email: str | None
    role_word: str | None
    navigation: tuple[Link, ...]


@dataclass(frozen=True)
class SignInPage:
    """The sign-in form: where to go on to, the address typed, and what failed."""

    next: str
    email: str = ""
    error: str | None = None


def frame(staff: Staff | None, path: str) -> Frame:
    """Prepare the frame of the page at `path`."""
    if staff is None:
        return Frame(None, None, ())
    navigation = tuple(
        Link(address, label, path.startswith(address))
        for address, label, roles in NAVIGATION
        if staff.role in roles
    )
    return Frame(staff.email, ROLE_WORDS[staff.role], navigation)
