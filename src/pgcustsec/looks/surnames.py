"""Surnames of one character, by which a Chinese name is told from other words; compound ones are with the masks."""

from __future__ import annotations

from pgcustsec.compile.forms import COMPOUND_SURNAMES

#: Those of about ninety-nine people in a hundred.
SINGLE = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林何高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔"
    "钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢"
    "安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路"
    "游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全"
    "佟应臧闵苟邬边卞姬师和仇栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝官封谈匡鞠惠荆乐冀郁胥南班储原栗燕楚"
    "鄢劳谌奚皮粟冼蔺楼盘满闻位厉伊仝区郜海阚花权强帅屠豆朴盖练廉禹井祖漆巴丰支卿国狄平计索宣晋相初门云容敬来扈晁"
    "張陳楊黃趙吳孫馬鄭謝許韓馮鄧蕭葉蘇呂盧鍾譚陸範賈鄒龔萬錢嚴湯溫龐顏倪莊聶魯歐關蘭甯紀畢單駱藍華饒時農簡項連蘆"
    "竇戚費衛閔鄔邊師榮叢鞏"
)
COMPOUND = frozenset(COMPOUND_SURNAMES)


def begins_with_surname(name: str) -> bool:
    """Whether *name*, of Chinese characters, begins with a surname and has a given name after it."""
    return (name[:1] in SINGLE and 2 <= len(name) <= 3) or (name[:2] in COMPOUND and 3 <= len(name) <= 4)
