"""What the name of a column or table says: in English, in pinyin and its usual shorthand, in Chinese."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from pgcustsec.matrix.model import Tier


@dataclass(frozen=True, slots=True)
class Words:
    """
    Names that say `tier` and `kind`: `words` are words of a name or several joined by _, `han` parts of a Chinese one.
    """

    tier: Tier
    kind: str | None
    words: frozenset[str]
    han: tuple[str, ...] = field(default=())


def _words(tier: Tier, kind: str | None, words: str, han: str) -> Words:
    return Words(tier, kind, frozenset(words.split()), tuple(han.split()))


#: What is said about a thing rather than the thing itself: `phone_type`, 证件类型.
ABOUT = _words(
    3,
    None,
    "type kind flag status state count verified valid is has num_of length version lx zt",
    "类型 类别 状态 标志 标识 次数 数量 是否 等级",
)
#: The first that fits says it; narrower ones stand first.
SAID: tuple[Words, ...] = (
    _words(1, "text", "password passwd pwd secret token salt pin cvv cvc mm mima", "密码 口令 密钥 令牌"),
    _words(
        1,
        "id_document",
        "id_card idcard idcard_no card_id identity identity_card identity_no identity_number id_no id_num id_number "
        "national_id ssn passport passport_no certificate_no cert_no certno document_no document_number "
        "driver_license driving_licence sfz sfzh sfzhm shenfenzheng shenfenzhenghao shenfenzhenghaoma zjhm zjh "
        "zhengjianhao zhengjianhaoma huzhao",
        "身份证 证件号 护照 通行证 军官证 驾驶证 驾照 社保号",
    ),
    _words(
        1,
        "messenger",
        "wechat weixin wx wx_openid openid unionid qq whatsapp telegram line_id skype weixinhao wxh qqh",
        "微信 ＱＱ QQ 钉钉",
    ),
    _words(
        1,
        "email",
        "email e_mail mail mailbox email_address youxiang dzyx dianziyouxiang",
        "邮箱 电子邮件 邮件地址",
    ),
    _words(
        1,
        "phone",
        "phone phones mobile mobiles cell cellphone tel telephone fax msisdn handset landline contact_no "
        "contact_number "
        "phone_no mobile_no telefon handy sj sjh sjhm shouji shoujihao shoujihaoma dh dianhua lxdh lianxidianhua "
        "lxfs "
        "gddh zuoji chuanzhen",
        "电话 手机 联系方式 传真 座机",
    ),
    _words(
        1,
        "bank_account",
        "bank_account bank_card bank_acct account_no account_number acct_no acct_number iban card_no card_number "
        "card_num payer_account payee_account receiving_account refund_account bank_no credit_card debit_card yhk "
        "yhkh "
        "yinhangka yinhangkahao yhzh yinhangzhanghao kahao kh_no zhanghao skzh",
        "银行账 银行帐 银行卡 卡号 账号 帐号 账户号",
    ),
    _words(1, "plate", "plate plate_no license_plate licence_plate chepai chepaihao cph", "车牌"),
    _words(2, "behaviour", "ip ip_address mac mac_address", "登录地址 IP地址"),
    _words(
        1,
        "address",
        "address address1 address2 addr street residence domicile home_address postal_address dizhi dz lxdz zhuzhi "
        "jtzz "
        "txdz xxdz anschrift adresse strasse",
        "地址 住址 住所 街道 户籍 门牌 籍贯",
    ),
    _words(
        1,
        "file",
        "photo photos avatar picture portrait signature fingerprint face_image scan recording zhaopian",
        "照片 影像 签名 指纹 人脸 头像 录音",
    ),
    _words(
        2,
        "family",
        "family spouse marital marital_status married marriage children child kids parent_name mother father "
        "relatives "
        "relation emergency emergency_contact household dependents jiating hunyin hyzk peiou zinv",
        "家庭 婚姻 配偶 子女 家属 亲属 父亲 母亲 紧急联系",
    ),
    _words(
        2,
        "health",
        "health diagnosis diagnoses disease diseases illness medical allergy allergies symptom blood blood_type "
        "smoker "
        "smoking disability pregnant height weight bmi icd treatment medication jiankang jkzk zhenduan bingshi",
        "健康 疾病 病史 病情 诊断 体检 过敏 血型 吸烟 身高 体重 残疾 医疗",
    ),
    _words(
        2,
        "finance",
        "income salary wage wages assets debt debts loan credit credit_limit balance premium amount price fee fees "
        "cost "
        "payment paid sum_insured coverage tax revenue commission discount refund rental_rate replacement_cost "
        "betrag "
        "bank_name shouru nsr nianshouru zichan baofei bf jine je yue khh",
        "收入 工资 资产 负债 贷款 信用 余额 保费 金额 费用 价格 保额 佣金 开户行",
    ),
    _words(2, None, "birth birthday birth_date birthdate date_of_birth dob born csrq csny shengri", "出生 生日"),
    _words(
        3,
        None,
        "gender sex age xb xingbie nl nianling",
        "性别 年龄",
    ),
    _words(
        3,
        None,
        "owner_staff_id staff staff_id staff_no agent agent_id agent_no salesman sales_id employee_id operator "
        "operator_id "
        "created_by updated_by betreuer gh gonghao ywy ywygh",
        "工号 业务员 经办人 操作员 客户经理",
    ),
    _words(
        2,
        None,
        "effective effective_date effective_on expiry expiry_date expires_on maturity shengxiao daoqi sxrq dqrq",
        "生效 满期 到期 起保 终保",
    ),
    _words(
        2,
        "behaviour",
        "preference preferences interest interests hobby hobbies history visit visits location latitude longitude "
        "gps "
        "occupation profession job job_title employer company education religion ethnicity nationality vehicle car "
        "aihao zhiye gzdw xueli minzu",
        "爱好 偏好 职业 工作单位 学历 民族 宗教 政治面貌 国籍 车型",
    ),
    _words(
        2,
        None,
        "product product_name policy plan insurance claim complaint reason caption subject xianzhong chanpin xz",
        "险种 产品 保险 投诉 事由 说明 计划",
    ),
    _words(
        2,
        "text",
        "note notes remark remarks comment comments memo description details message content_text bemerkung beizhu bz",
        "备注 描述 留言 评语 摘要 记录内容",
    ),
    _words(
        3,
        None,
        "status state type kind category code branch branch_code branch_id department dept dept_id level flag active "
        "version count seq sort lang language currency country province city region source channel media_type mime "
        "store store_id last_update zt zhuangtai lx leixing bm bumen fgs xh xuhao qudao laiyuan filiale abteilung",
        "状态 类型 类别 编号 编码 分公司 部门 渠道 来源 标志 等级 序号 省份 城市 国家 版本",
    ),
    _words(
        3,
        None,
        "created created_at create_time create_date updated updated_at update_time modified modified_at changed_at "
        "deleted_at inserted_at filed_on filed_at claimed_at assigned_at last_contact_at contacted_at called_on "
        "called_at starts_at ends_at starts_on ends_on valid_from valid_to cjsj gxsj chuangjianshijian",
        "创建时间 更新时间 建档 领取时间 联系时间 报案日 开始时间 结束时间 登记日",
    ),
)
#: A person's name, or that of a thing: what stands beside the word, and in which table, decides.
NAMES = _words(
    2,
    "name",
    "name full_name fullname first_name firstname last_name lastname given_name surname family_name middle_name "
    "real_name realname nickname customer_name client_name cust_name contact_name holder_name insured_name "
    "payee_name "
    "owner_name xm xingming khmc khxm mingzi lxr lxrxm",
    "姓名 名字 联系人 客户名 被保险人 受益人 曾用名 昵称 收款人",
)
_THINGS = frozenset(
    "product file branch bank company dept department city store table column display plan category type role event "
    "campaign country province region language film tag group project brand model currency chanpin gongsi".split()
)

CUSTOMERS = _words(
    3,
    None,
    "customer customers client clients cust prospect prospects lead leads member members person persons patient "
    "patients "
    "insured policyholder policyholders subscriber contact contacts kunde kunden kehu kh huiyuan hy toubaoren",
    "客户 会员 投保人 被保险人 准客户 患者 个人信息",
)
STAFF = _words(
    3,
    None,
    "staff employee employees user users agent agents salesman operator operators admin admins yuangong yg",
    "员工 业务员 用户 操作员 管理员 代理人",
)


def parts(name: str) -> list[str]:
    """Return the words of *name*, small: `ownerStaffID`, `owner_staff_id` and `Owner Staff Id` are the same three."""
    spaced = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", name)
    return [word.lower() for word in re.split(r"[^0-9A-Za-z]+", spaced) if word]


def says(words: Words, name: str) -> bool:
    """Whether *name* has one of *words* in it."""
    joined = "_".join(parts(name))
    padded = f"_{joined}_"
    bare = joined.replace("_", "")
    return (
        any(f"_{word}_" in padded for word in words.words)
        or any(word.replace("_", "") == bare for word in words.words if len(word) > 3)
        or any(part in name for part in words.han)
    )


def is_about(name: str) -> bool:
    """Whether *name* is of something about a thing: `phone_type`, `is_married`, 证件类型."""
    words = parts(name)
    ends = bool(words) and (words[-1] in ABOUT.words or words[0] in ("is", "has"))
    return (ends and len(words) > 1) or any(name.endswith(part) or name.startswith("是否") for part in ABOUT.han)


def named(name: str, *, of_person: bool) -> Words | None:
    """Return what *name*, of a column or the head of its comment, says; *of_person*: its table is one of people."""
    if not name.strip():
        return None
    about = is_about(name)
    found = next((words for words in SAID if says(words, name) and not (about and words.tier < 3)), None)
    if found is None and about:
        return ABOUT
    if says(NAMES, name) and not about and (found is None or found.tier > 1):
        words = parts(name)
        if not (set(words[:-1]) & _THINGS) and (of_person or words[-1:] != ["name"] or len(words) > 1):
            return NAMES
    return found


def head(comment: str) -> str:
    """The first words of *comment*: what follows a comma or slash explains, and names other things."""
    return re.split(r"[/,;:，；：。（(\n|]", comment.strip(), maxsplit=1)[0][:60]
