"""Invented names, numbers and addresses. Nobody here exists: ID numbers carry region 000000, mobiles 1380000."""

from random import Random

_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
_FEMALE = "雅琴 秀兰 晓燕 慧敏 雨桐 静怡 丽华 婉清 梦洁 春梅 若溪 佳颖 月娥 欣妍 素芬 海棠 文君 思涵 玉珍 可心".split()
_MALE = "建国 志强 大友 文博 永康 海涛 立群 子轩 德明 国栋 浩然 正平 家豪 天佑 振华 小舟 启明 云峰 长河 伟民".split()


def person_name(random: Random) -> tuple[str, str]:
    """A name and its gender: ``1`` male, ``2`` female (GB/T 2261.1)."""
    female = random.random() < 0.45  # noqa: PLR2004 - about the share of women among members
    given = random.choice(_FEMALE if female else _MALE)
    return random.choice(_SURNAMES) + given, "2" if female else "1"


def id_number(serial: int, gender: str) -> str:
    """An 18-digit citizen number no one can have: region 000000, birth year 1900 (wire-formats A and B use such)."""
    order = serial * 2 + (1 if gender == "1" else 0)
    return f"000000190001{order // 1000 % 28 + 1:02d}{order % 1000:03d}{order // 28000 % 10}"


def mobile(serial: int) -> str:
    """An invented mobile number; the same serial gives the same number."""
    return f"1380000{serial % 10000:04d}" if serial < 10_000 else f"1990{serial:07d}"  # noqa: PLR2004 - what four digits hold


def office_phone(random: Random, area: str) -> str:
    """An invented landline."""
    return f"{area}-00{random.randrange(1_000_000):06d}"
