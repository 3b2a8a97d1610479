"""Which typed texts are links."""

import pytest

from backend.ratings.forms.links import is_link


@pytest.mark.parametrize(
    ("link", "is_one"),
    [
        ("https://www.jining.gov.cn/art/2024/5/1/art_1.html?a=1#b", True),
        ("http://济宁.中国/公示", True),
        ("ftp://x.example/a", False),
        ("javascript:alert(1)", False),
        ("https://", False),
        ("https://name:word@x.example/", False),
        ("https://x.example:99999/", False),
        ("https://x.example/a b", False),
        ("https://x.example/\n", False),
        ("www.jining.gov.cn", False),
        ("https://x.example/" + "a" * 2000, False),
    ],
)
def test_a_link_is_a_web_address_without_credentials(link: str, is_one: bool) -> None:
    assert is_link(link) is is_one
