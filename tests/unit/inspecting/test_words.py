"""What names of columns and tables say, in the three ways in which people here write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pgcustsec.inspecting.words import head, is_about, named, parts


def told(name: str, *, of_person: bool = True) -> tuple[int, str | None] | None:
    found = named(name, of_person=of_person)
    return (found.tier, found.kind) if found else None


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        ("phone", "mobile contactPhone PHONE_NO tel sjh lxdh shoujihao 手机号码 家庭电话"),
        ("id_document", "id_card idCardNo ID_NUMBER passport sfzh zjhm 身份证号 证件号码"),
        ("bank_account", "bank_account cardNo IBAN yhkh 银行卡号 缴费账号"),
        ("email", "email e_mail EmailAddress youxiang 电子邮箱"),
        ("address", "address homeAddress addr lxdz 联系地址"),
        ("messenger", "wechat wx_openid qq 微信号"),
        ("plate", "license_plate chepaihao 车牌号码"),
    ],
)
def test_what_identifies_is_tier_1(kind: str, names: str) -> None:
    assert {name: told(name) for name in names.split()} == dict.fromkeys(names.split(), (1, kind))


@pytest.mark.parametrize(
    "name", "health diagnosis annual_income premium birth_date csrq family 健康状况 年收入 备注 险种".split()
)
def test_what_is_private_is_tier_2(name: str) -> None:
    found = told(name)
    assert found is not None
    assert found[0] == 2


@pytest.mark.parametrize(
    "name", "gender age status branch_code created_at 性别 年龄 状态 客户编号 分公司 staff_id".split()
)
def test_what_neither_identifies_nor_is_private_is_tier_3(name: str) -> None:
    assert told(name) == (3, None)


@pytest.mark.parametrize("name", "name fullName first_name customer_name xm khmc 姓名 联系人".split())
def test_a_persons_name_is_tier_2_and_a_name(name: str) -> None:
    assert told(name) == (2, "name")


@pytest.mark.parametrize("name", "product_name file_name branch_name city_name".split())
def test_the_name_of_a_thing_is_none(name: str) -> None:
    assert told(name) != (2, "name")


def test_a_bare_name_is_a_persons_where_rows_are_people_only() -> None:
    assert told("name", of_person=True) == (2, "name")
    assert told("name", of_person=False) is None


@pytest.mark.parametrize("name", "phone_type email_verified is_mobile id_type 证件类型 电话类型 是否有车牌".split())
def test_what_is_about_a_thing_is_not_the_thing(name: str) -> None:
    assert is_about(name)
    assert told(name) == (3, None)


@pytest.mark.parametrize("name", "titel percentage usage image_hash teller welcome qqq".split())
def test_a_word_within_a_word_says_nothing(name: str) -> None:
    assert told(name) is None


def test_a_comment_speaks_in_its_first_words() -> None:
    assert head("所属业务员工号 / staff number of the sales agent; NULL: in nobody's hands") == "所属业务员工号 "
    assert head("客户编号，关联身份证") == "客户编号"


@given(st.text(max_size=40))
def test_any_name_can_be_read(name: str) -> None:
    assert all(word == word.lower() for word in parts(name))
    named(name, of_person=True)
    is_about(name)
