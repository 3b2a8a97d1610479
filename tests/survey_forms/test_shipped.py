"""What ships can be read, is named by its id, and is without findings that are errors."""

import pytest

from survey_forms.lint import check
from survey_forms.shipped import (
    division_roots,
    divisions,
    questionnaire_ids,
    questionnaire_text,
)

JINING = {
    "370811": "任城区",
    "370812": "兖州区",
    "370826": "微山县",
    "370827": "鱼台县",
    "370828": "金乡县",
    "370829": "嘉祥县",
    "370830": "汶上县",
    "370831": "泗水县",
    "370832": "梁山县",
    "370871": "济宁高新区",
    "370881": "曲阜市",
    "370883": "邹城市",
}


@pytest.mark.parametrize("questionnaire_id", questionnaire_ids())
def test_a_shipped_questionnaire_has_no_errors(questionnaire_id: str) -> None:
    findings = check(questionnaire_text(questionnaire_id))

    assert [finding for finding in findings if finding.severity == "error"] == []


def test_what_does_not_ship_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        questionnaire_text("../secret")
    with pytest.raises(KeyError):
        divisions("000000")


def test_jining_has_its_twelve_counties_by_name() -> None:
    counties = divisions("370800").counties

    assert {county.code: county.name for county in counties} == JINING


@pytest.mark.parametrize(
    ("root", "counties", "townships"), [("370800", 12, 158), ("371000", 7, 73)]
)
def test_every_division_is_there_once(root: str, counties: int, townships: int) -> None:
    city = divisions(root)

    codes = [county.code for county in city.counties]
    codes += [township.code for county in city.counties for township in city.townships(county.code)]

    assert len(city.counties) == counties
    assert len(codes) == len(set(codes)) == counties + townships


@pytest.mark.parametrize("root", division_roots())
def test_codes_say_where_a_division_lies(root: str) -> None:
    city = divisions(root)

    for county in city.counties:
        assert len(county.code) == 6
        assert county.code[:4] == root[:4]
        for township in city.townships(county.code):
            assert len(township.code) == 9
            assert township.code[:6] == county.code


def test_a_division_is_known_at_its_own_level_only() -> None:
    jining = divisions("370800")

    assert jining.contains("370811", "county")
    assert jining.contains("370811002", "township")
    assert not jining.contains("370811", "township")
    assert not jining.contains("371002", "county")
    assert jining.name("370811002") == "许庄街道"
    assert jining.townships("371002") == ()
