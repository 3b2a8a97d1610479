from io import BytesIO

from backend.web.messages import extract

MODULE = '''
"""文档"""

WORDS = {"code": "请回答", "english": "an answer", "mark": "、"}


def say(name: str) -> str:
    """说明"""
    return f"你好{name}" + "再见" "！"
'''


def test_messages_are_chinese_texts_that_are_not_documentation() -> None:
    found = list(extract(BytesIO(MODULE.encode()), (), (), {}))

    assert sorted(message for _line, _function, message, _comments in found) == sorted(
        ["请回答", "、", "再见！"]
    )
