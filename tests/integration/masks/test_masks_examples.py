"""What each mask makes of values as people write them: the table to read first. *** is nothing shown."""

from __future__ import annotations

from pgcustsec.compile.forms import is_masked
from tests.cluster import Database

EXAMPLES = {
    "phone": [
        ("13812345678", "138****5678"),
        ("8613812345678", "138****5678"),
        ("+8613812345678", "138****5678"),
        ("+86 13812345678", "138****5678"),
        ("+86 138 1234 5678", "138****5678"),
        ("+86-138-1234-5678", "138****5678"),
        ("010-12345678", "010-****78"),
        ("01012345678", "010-****78"),
        ("021-1234567", "021-****67"),
        ("0755-12345678", "0755-****78"),
        ("07551234567", "0755-****67"),
        ("+86-10-12345678", "010-****78"),
        ("+86 755 1234 5678", "0755-****78"),
        ("+861012345678", "010-****78"),
        ("010-12345678-123", "010-****"),
        ("0755-1234567-1", "0755-****"),
        ("138 1234 5678", "***"),  # spaces without the +86 that explains them
        ("138-1234-5678", "***"),
        ("12812345678", "***"),  # nobody's prefix
        ("1381234567", "***"),
        ("138123456789", "***"),
        ("861012345678", "***"),
        ("030-12345678", "***"),  # no such area code
        ("400-123-4567", "***"),
        ("+1 202 555 0143", "***"),
        ("１３８１２３４５６７８", "***"),
        ("13812345678/13987654321", "***"),
        ("", "***"),
        ("138****5678", "138****5678"),
        ("138*****678", "***"),
    ],
    "id_document": [
        ("110101199003078515", "11****************"),
        ("44030519850412002X", "44****************"),
        ("44030519850412002x", "44****************"),
        ("110101900307851", "11*************"),
        ("E12345678", "E********"),
        ("EA1234567", "E********"),
        ("H1234567890", "H********"),
        ("990101199003078515", "***"),  # no such province
        ("11010119900307851", "***"),
        ("1101011990030785151", "***"),
        ("X10101199003078515", "***"),
        ("110101 19900307 8515", "***"),
        ("e12345678", "***"),
        ("E1234567", "***"),
    ],
    "bank_account": [
        ("6222021234567890123", "********0123"),
        ("6222021234567890", "********7890"),
        ("622202123456", "********3456"),
        ("62220212345", "***"),
        ("62220212345678901234", "***"),
        ("6222 0212 3456 7890", "***"),
        ("6222-0212-3456-7890", "***"),
    ],
    "name": [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳娜娜", "欧阳**"),
        ("歐陽娜娜", "歐陽**"),
        ("诸葛亮", "诸葛*"),
        ("司马相如", "司马**"),
        ("欧阳", "欧*"),  # a surname alone, or Ou Yang: as if the second were a given name
        ("乐正宇", "乐**"),  # the surname 乐正, or 乐: as if it were the shorter
        ("迪丽热巴", "迪**"),
        ("阿卜杜拉·买买提", "阿**"),
        ("𠮷田三郎", "𠮷**"),
        ("John Smith", "J***"),
        ("O'Neil", "O***"),
        ("José María", "J***"),
        ("张", "***"),
        ("Li", "***"),
        ("张 三", "***"),
        ("张三2", "***"),
        ("Mr 张", "***"),
        ("张\u200d三", "***"),
        ("·张三", "***"),
        ("张*", "张*"),
        ("欧阳**", "欧阳**"),
    ],
    "email": [
        ("zhangsan@qq.com", "z***@***"),
        ("12345678@qq.com", "1***@***"),
        ("zhang.san+crm@zhangsan.com.cn", "z***@***"),
        ("a@zhangsan.cn", "***"),  # its first character would be all of it
        ("a1@b.cn", "***"),
        ("zhangsan@localhost", "***"),
        ("zhang san@qq.com", "***"),
        ("zhangsan@qq.com,lisi@qq.com", "***"),
        ("zhangsan", "***"),
    ],
    "address": [
        ("北京市朝阳区建国路88号3单元502室", "北京市******"),
        ("广东省深圳市南山区科技园1号", "广东省******"),
        ("黑龙江省哈尔滨市道里区中央大街1号", "黑龙江******"),
        ("内蒙古自治区呼和浩特市新城区1号", "内蒙古******"),
        ("新疆维吾尔自治区乌鲁木齐市天山区1号", "新疆******"),
        ("北京市朝阳区建国路1", "***"),  # so short that the middle four would reach into what shows
        ("上海路12号院3号楼5单元601室", "***"),
        ("海南州共和县恰卜恰镇青海湖南大街1号", "***"),
        ("朝阳区建国路88号3单元502室", "***"),
        ("北京市 朝阳区 建国路88号3单元", "***"),
        ("北京市******", "北京市******"),
    ],
    "plate": [
        ("京A12345", "京A*****"),
        ("京A·12345", "京A*****"),
        ("粤BD12345", "粤B*****"),
        ("粤B·D12345", "粤B*****"),
        ("京A1234警", "京A*****"),
        ("京a12345", "***"),
        ("京AI2345", "***"),
        ("日A12345", "***"),
        ("京A 12345", "***"),
        ("京A1234", "***"),
    ],
    "messenger": [("wxid_a1b2c3d4", "***"), ("13812345678", "***"), ("", "***")],
    "text": [("anything at all", "***"), ("", "***"), ("***", "***")],
}

#: What a base table refuses: it looks masked, but the mask would not have made it.
NEARLY_MASKED = {
    "phone": ["138*****5678", "128****5678", "138****567", "138****5678\n", "010-*****78", "030-****78", "138***45678"],
    "id_document": ["110101************", "99****************", "11**************", "1*****************", "EA*******"],
    "bank_account": ["6222****0123", "********012", "*******60123", "****************0123", "********012X"],
    "name": ["张", "张***", "张三*", "*三", "张*丰", "欧阳***", "J**", "Jo***", "J*** S***", " 张*", "张* "],
    "email": ["z***@qq.com", "zh***@***", "z***@***.com", "***@***", ".***@***"],
    "address": [
        "北京市*****",
        "北京市*******",
        "北京******",
        "深圳市******",
        "内蒙古自治区******",
        "北京市朝阳区******",
    ],
    "plate": ["京A****5", "京A******", "日A*****", "京I*****", "京*****"],
    "messenger": ["**", "****", "w***", " ***"],
    "text": ["**", "****", "a***", "*** "],
}


def test_values_as_people_write_them(installed: Database) -> None:
    with installed.connect() as connection:
        for kind, examples in EXAMPLES.items():
            query = f"SELECT value, pgcustsec_internal.mask_{kind}(value) FROM unnest(%s::text[]) AS value"
            assert connection.execute(query, [[value for value, _ in examples]]).fetchall() == examples


def test_what_a_mask_gives_is_a_masked_form_and_what_it_was_given_is_not(installed: Database) -> None:
    with installed.connect() as connection:
        for kind, examples in EXAMPLES.items():
            query = (
                f"SELECT {is_masked(kind, 'm')}, {is_masked(kind, 'v')} FROM (VALUES (%s::text, %s::text)) AS e (m, v)"
            )
            for value, masked in examples:
                assert connection.execute(query, [masked, value]).fetchone() == (True, value == masked), value


def test_what_nearly_looks_masked_is_no_masked_form(installed: Database) -> None:
    with installed.connect() as connection:
        for kind, nearly in NEARLY_MASKED.items():
            query = f"SELECT v FROM unnest(%s::text[]) AS v WHERE {is_masked(kind, 'v')}"
            assert connection.execute(query, [nearly]).fetchall() == []
