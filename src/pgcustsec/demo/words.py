"""What the demo's people, places and policies are called. Lists only; every person made of them is invented."""

from __future__ import annotations


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    """Read ``first second, first second, ...``."""
    return tuple((first, second) for first, second in (item.split() for item in text.split(",")))


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _surnames(text: str) -> tuple[tuple[str, str, int], ...]:
    """Read ``surname pinyin share, ...``."""
    return tuple((name, pinyin, int(share)) for name, pinyin, share in (item.split() for item in text.split(",")))


# Surname, pinyin, and its share of the population in parts per thousand (compound surnames a little above theirs,
# so that twenty thousand people show each of them).
SURNAMES: tuple[tuple[str, str, int], ...] = _surnames(
    "王 wang 72, 李 li 71, 张 zhang 68, 刘 liu 54, 陈 chen 45, 杨 yang 31, 黄 huang 23, 赵 zhao 22, 吴 wu 21, "
    "周 zhou 21, 徐 xu 17, 孙 sun 15, 马 ma 13, 朱 zhu 12, 胡 hu 12, 郭 guo 12, 林 lin 12, 何 he 11, "
    "高 gao 10, 罗 luo 10, 郑 zheng 9, 梁 liang 9, 谢 xie 8, 宋 song 8, 唐 tang 7, 许 xu 7, 韩 han 7, "
    "冯 feng 6, 邓 deng 6, 曹 cao 6, 彭 peng 6, 曾 zeng 6, 肖 xiao 6, 田 tian 5, 董 dong 5, 袁 yuan 5, "
    "潘 pan 5, 于 yu 5, 蒋 jiang 5, 蔡 cai 5, 余 yu 4, 杜 du 4, 叶 ye 4, 程 cheng 4, 苏 su 4, 魏 wei 4, "
    "吕 lv 4, 丁 ding 4, 任 ren 4, 沈 shen 4, 姚 yao 3, 卢 lu 3, 姜 jiang 3, 崔 cui 3, 钟 zhong 3, 谭 tan 3, "
    "陆 lu 3, 汪 wang 3, 范 fan 3, 金 jin 3, 石 shi 3, 廖 liao 3, 贾 jia 3, 夏 xia 3, 韦 wei 3, 方 fang 3, "
    "白 bai 3, 邹 zou 3, 孟 meng 3, 熊 xiong 3, 秦 qin 3, 邱 qiu 3, 江 jiang 3, 尹 yin 2, 薛 xue 2, 闫 yan 2, "
    "段 duan 2, 雷 lei 2, 侯 hou 2, 龙 long 2, 史 shi 2, 陶 tao 2, 黎 li 2, 贺 he 2, 顾 gu 2, 毛 mao 2, "
    "郝 hao 2, 龚 gong 2, 邵 shao 2, 万 wan 2, 钱 qian 2, 严 yan 2, 覃 qin 2, 武 wu 2, 戴 dai 2, 莫 mo 2, "
    "孔 kong 2, 向 xiang 2, 汤 tang 2, 单 shan 1, 欧阳 ouyang 2, 上官 shangguan 1, 司马 sima 1, 诸葛 zhuge 1, "
    "司徒 situ 1, 慕容 murong 1, 令狐 linghu 1, 皇甫 huangfu 1, 尉迟 yuchi 1, 公孙 gongsun 1, 东方 dongfang 1, "
    "夏侯 xiahou 1"
)
GIVEN_MALE = _pairs(
    "伟 wei, 强 qiang, 磊 lei, 军 jun, 勇 yong, 杰 jie, 涛 tao, 明 ming, 超 chao, 刚 gang, 平 ping, 辉 hui, "
    "鹏 peng, 华 hua, 飞 fei, 鑫 xin, 波 bo, 斌 bin, 宇 yu, 浩 hao, 凯 kai, 健 jian, 俊 jun, 帆 fan, 帅 shuai, "
    "旭 xu, 宁 ning, 龙 long, 林 lin, 欢 huan, 阳 yang, 建 jian, 国 guo, 志 zhi, 文 wen, 博 bo, 天 tian, "
    "昊 hao, 轩 xuan, 子 zi, 铭 ming, 泽 ze, 睿 rui, 晨 chen, 家 jia, 永 yong, 海 hai, 东 dong, 庆 qing, "
    "德 de, 义 yi, 立 li, 新 xin, 振 zhen"
)
GIVEN_FEMALE = _pairs(
    "芳 fang, 娜 na, 敏 min, 静 jing, 丽 li, 艳 yan, 娟 juan, 霞 xia, 秀 xiu, 燕 yan, 玲 ling, 桂 gui, "
    "婷 ting, 雪 xue, 慧 hui, 颖 ying, 倩 qian, 琳 lin, 玉 yu, 红 hong, 梅 mei, 兰 lan, 洁 jie, 莉 li, "
    "萍 ping, 英 ying, 欣 xin, 怡 yi, 雨 yu, 佳 jia, 思 si, 梦 meng, 晓 xiao, 紫 zi, 涵 han, 诗 shi, 琪 qi, "
    "瑶 yao, 梓 zi, 萱 xuan, 美 mei, 春 chun, 凤 feng, 云 yun, 月 yue, 珍 zhen, 淑 shu, 丹 dan, 蕾 lei, "
    "媛 yuan, 宁 ning, 悦 yue, 彤 tong, 心 xin"
)
# Transcribed names with their dot, and names in Latin letters: what a mask of names must also meet.
RARE_MALE = (
    *_pairs(
        "买买提·吐尔逊 maimaiti, 阿卜杜拉·艾山 abudula, 扎西·顿珠 zhaxi, 巴特尔·苏和 bateer, 艾力·玉素甫 aili, "
        "洛桑·次仁 luosang, 肉孜·买合木提 rouzi, Michael·Chen michael, 那日松·巴图 narisong"
    ),
    ("John Smith", "john"),
    ("Wei-Ming Tan", "weiming"),
    ("José García", "jose"),
    ("O'Brien Li", "obrien"),
)
RARE_FEMALE = (
    *_pairs(
        "阿依古丽·买买提 ayiguli, 古丽娜尔·艾则孜 gulinaer, 卓玛·央金 zhuoma, 其其格·乌兰 qiqige, "
        "迪丽娜尔·阿不都 dilinaer, 帕提古丽·吾守尔 patiguli, Anna·Wang anna, 娜仁·托娅 naren"
    ),
    ("Mary Johnson", "mary"),
    ("Siti Nurhaliza Lim", "siti"),
    ("Zoë Müller", "zoe"),
    ("Anne-Marie Zhou", "annemarie"),
)

# Administrative division codes (GB/T 2260) by the branch that a person born there most likely buys from.
AREAS: dict[str, tuple[str, ...]] = {
    "BJ": _words(
        "110101 110102 110105 110106 110107 110108 110111 110112 110113 110114 120101 120103 120104 130102 "
        "130203 140105 210102 230102 370102 370202"
    ),
    "SH": _words(
        "310101 310104 310105 310106 310107 310109 310110 310112 310113 310115 320102 320106 320211 320505 "
        "330102 330106 330203 340103"
    ),
    "GZ": _words(
        "440103 440104 440105 440106 440111 440112 440113 440303 440304 440305 440306 440604 440606 350203 "
        "420106 430102 450103 510104"
    ),
}

MOBILE_PREFIXES = _words(
    "134 135 136 137 138 139 147 150 151 152 157 158 159 178 182 183 184 187 188 198 130 131 132 145 155 "
    "156 166 175 176 185 186 133 149 153 173 177 180 181 189 191 199"
)
LANDLINE_CODES: dict[str, str] = {"BJ": "010", "SH": "021", "GZ": "020"}

# UnionPay issuer numbers and how many digits their cards have.
CARD_ISSUERS: tuple[tuple[str, int], ...] = tuple(
    (issuer, int(digits))
    for issuer, digits in _pairs(
        "622202 19, 621226 19, 622848 19, 622845 19, 621700 19, 622700 16, 621661 19, 621785 19, 622260 19, "
        "622258 17, 622588 16, 622609 16, 621483 16, 622908 18, 622909 18, 621799 19, 622188 19, 622666 16, "
        "622155 16, 622622 16, 622521 16, 622630 16, 622696 16"
    )
)

CITIES: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "BJ": (
        "北京市",
        _words("东城区 西城区 朝阳区 丰台区 石景山区 海淀区 通州区 顺义区 昌平区 大兴区"),
        _words("建国路 学院路 中关村大街 阜成路 广渠路 安定路 西直门北大街 复兴路 望京街 天通苑北街 马家堡路 长安街"),
    ),
    "SH": (
        "上海市",
        _words("黄浦区 徐汇区 长宁区 静安区 普陀区 虹口区 杨浦区 闵行区 宝山区 浦东新区"),
        _words("淮海中路 南京西路 世纪大道 四川北路 延安西路 漕溪北路 中山北路 张杨路 龙阳路 七莘路 控江路 江苏路"),
    ),
    "GZ": (
        "广东省广州市",
        _words("荔湾区 越秀区 海珠区 天河区 白云区 黄埔区 番禺区 花都区 南沙区 增城区"),
        _words(
            "中山五路 天河路 北京路 江南大道 新港西路 广州大道中 黄埔大道 体育东路 环市东路 机场路 龙口西路 东风东路"
        ),
    ),
}
ESTATES = _words(
    "阳光花园 锦绣家园 翠湖苑 御景湾 书香门第 和平里 幸福小区 金色港湾 万科城 碧桂园 绿地新都 丽景苑 春江花月 龙湖时代"
)

EMAIL_DOMAINS = _words("qq.com qq.com qq.com 163.com 163.com 126.com sina.com sohu.com foxmail.com 139.com outlook.com")

CONDITIONS = _words(
    "高血压二级 Ⅱ型糖尿病 甲状腺结节3类 乳腺结节2类 慢性胃炎 脂肪肝（轻度） 乙肝病毒携带 肺结节6mm "
    "腰椎间盘突出 冠心病 支气管哮喘 高尿酸血症 胆囊息肉 子宫肌瘤 颈椎病 抑郁状态"
)
HEALTH_ENDINGS = _words("规律服药 定期复查 已手术 控制良好 近期住院一次 家族史阳性 未治疗 无并发症")
DIAGNOSES = _words(
    "急性阑尾炎 肺炎 桡骨远端骨折 甲状腺恶性肿瘤 急性心肌梗死 脑梗死 胆囊结石 腰椎间盘突出症 乳腺恶性肿瘤 "
    "交通事故外伤 膝关节半月板损伤 急性胰腺炎 剖宫产 意外烫伤 肾结石 白内障"
)
PRODUCTS = _words(
    "安康终身重大疾病保险 百万医疗险 定期寿险20年 意外伤害综合保险 少儿教育金保险 养老年金保险 防癌医疗险 "
    "家庭财产保险 机动车商业保险 增额终身寿险"
)
PRODUCTS_FOR_LIFE = ("安康终身重大疾病保险", "增额终身寿险")
NOTES = _words(
    "希望周末联系 对重疾险感兴趣 嫌保费偏高 由老客户介绍 已寄送计划书 需与配偶商量 要求电话前先发短信 "
    "车险下月到期 曾投诉等待时间过长 计划为孩子投保 已有其他公司保单 三个月后回访 只接受线上沟通 "
    "对分红不认可 请勿再致电单位"
)
CAPTIONS = _words("身份证正面 银行卡照片 投保单签字页 回访录音 体检报告 双录视频 理赔发票")
MEDIA_TYPES: tuple[tuple[str, bytes], ...] = (
    ("image/jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00"),
    ("image/png", b"\x89PNG\r\n\x1a\n"),
    ("application/pdf", b"%PDF-1.7\n"),
    ("audio/amr", b"#!AMR\n"),
    ("video/mp4", b"\x00\x00\x00\x18ftypmp42"),
)
RELATIONS = _words("配偶 父亲 母亲 兄弟 姐妹 朋友")
