import pytest

from backend.web.language import accepted_language


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "zh-CN"),
        ("*", "zh-CN"),
        ("fr", "zh-CN"),
        ("en", "en"),
        ("en-GB,en;q=0.9", "en"),
        ("zh-TW", "zh-CN"),
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en;q=0.5, zh;q=0.9", "zh-CN"),
        ("zh;q=0.5, en;q=0.9", "en"),
        ("fr, en;q=0.1", "en"),
        ("en;q=0", "zh-CN"),
        ("en;q=nonsense", "zh-CN"),
        # As a terminal has it.
        ("en_US.UTF-8", "en"),
        ("zh_CN.UTF-8", "zh-CN"),
        ("C.UTF-8", "zh-CN"),
    ],
)
def test_the_preferred_of_our_languages_is_taken_else_chinese(header: str, language: str) -> None:
    assert accepted_language(header) == language
