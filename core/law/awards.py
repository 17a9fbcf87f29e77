"""Kinds of awards: what a plan's words mean in law, who decides, who proposes (Điều 77-83).

Every answer rests on dated rows (theme "Hình thức khen thưởng và thẩm quyền").
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from functools import lru_cache

from core.law import service as law
from core.law.schemas import Parameter


class AwardKind(StrEnum):
    """The normal form of an award; `UNNAMED`: the plan names no form."""

    COMMENDATION = "commendation"
    PROVINCE_CERTIFICATE = "province_certificate"
    PROVINCE_FLAG = "province_flag"
    PRIME_MINISTER_CERTIFICATE = "prime_minister_certificate"
    GOVERNMENT_FLAG = "government_flag"
    LABOUR_ORDER = "labour_order"
    LABOUR_ORDER_3 = "labour_order_3"
    LABOUR_ORDER_2 = "labour_order_2"
    LABOUR_ORDER_1 = "labour_order_1"
    GOOD_WORKER = "good_worker"
    BASE_TITLE = "base_title"
    PROVINCE_TITLE = "province_title"
    NATIONAL_TITLE = "national_title"
    GOOD_COLLECTIVE = "good_collective"
    EXCELLENT_COLLECTIVE = "excellent_collective"
    UNNAMED = "unnamed"


class AwardLevel(StrEnum):
    """Where an award is decided, lowest first."""

    BASE = "base"
    PROVINCE = "province"
    STATE = "state"
    UNKNOWN = "unknown"


WORDS: dict[AwardKind, str] = {
    AwardKind.COMMENDATION: "Giấy khen",
    AwardKind.PROVINCE_CERTIFICATE: "Bằng khen cấp tỉnh",
    AwardKind.PROVINCE_FLAG: "Cờ thi đua cấp tỉnh",
    AwardKind.PRIME_MINISTER_CERTIFICATE: "Bằng khen của Thủ tướng Chính phủ",
    AwardKind.GOVERNMENT_FLAG: "Cờ thi đua của Chính phủ",
    AwardKind.LABOUR_ORDER: "Huân chương Lao động",
    AwardKind.LABOUR_ORDER_3: "Huân chương Lao động hạng Ba",
    AwardKind.LABOUR_ORDER_2: "Huân chương Lao động hạng Nhì",
    AwardKind.LABOUR_ORDER_1: "Huân chương Lao động hạng Nhất",
    AwardKind.GOOD_WORKER: "Lao động tiên tiến",
    AwardKind.BASE_TITLE: "Chiến sĩ thi đua cơ sở",
    AwardKind.PROVINCE_TITLE: "Chiến sĩ thi đua cấp tỉnh",
    AwardKind.NATIONAL_TITLE: "Chiến sĩ thi đua toàn quốc",
    AwardKind.GOOD_COLLECTIVE: "Tập thể lao động tiên tiến",
    AwardKind.EXCELLENT_COLLECTIVE: "Tập thể lao động xuất sắc",
    AwardKind.UNNAMED: "Khen thưởng, kế hoạch không gọi tên hình thức",
}
_PRESIDENT, _PRIME_MINISTER = "award_decider_president", "award_decider_prime_minister"
_NATIONAL_TITLE = "award_decider_national_title"
_PROVINCE, _BASE = "award_decider_province", "award_decider_base"
_DECIDERS: dict[AwardKind, str] = {
    AwardKind.COMMENDATION: _BASE,
    AwardKind.GOOD_WORKER: _BASE,
    AwardKind.BASE_TITLE: _BASE,
    AwardKind.GOOD_COLLECTIVE: _BASE,
    AwardKind.PROVINCE_CERTIFICATE: _PROVINCE,
    AwardKind.PROVINCE_FLAG: _PROVINCE,
    AwardKind.PROVINCE_TITLE: _PROVINCE,
    AwardKind.EXCELLENT_COLLECTIVE: _PROVINCE,
    AwardKind.PRIME_MINISTER_CERTIFICATE: _PRIME_MINISTER,
    AwardKind.GOVERNMENT_FLAG: _PRIME_MINISTER,
    AwardKind.NATIONAL_TITLE: _NATIONAL_TITLE,
    AwardKind.LABOUR_ORDER: _PRESIDENT,
    AwardKind.LABOUR_ORDER_3: _PRESIDENT,
    AwardKind.LABOUR_ORDER_2: _PRESIDENT,
    AwardKind.LABOUR_ORDER_1: _PRESIDENT,
}
_LEVELS = {_BASE: AwardLevel.BASE, _PROVINCE: AwardLevel.PROVINCE}
_PROPOSERS = {
    AwardLevel.BASE: "award_proposer_base",
    AwardLevel.PROVINCE: "award_proposer_province",
    AwardLevel.STATE: "award_proposer_state",
}
_BARE_CERTIFICATE = "bằng khen"
_STATE = "cấp nhà nước"
_PROVINCIAL = ("chủ tịch", "ủy ban nhân dân", "ubnd", "tỉnh", "thành phố")


def kind_of(award: str, issuer: str | None, on: date) -> AwardKind:
    """Return what a plan's words mean; `UNNAMED` where they name no form.

    "Bằng khen" alone is the province's or the Prime Minister's by the one who gives it.

    Raises:
        LawParameterError: no row is in force.
    """
    words = award.casefold().strip()
    pairs = _pairs(law.names("award_words", on))
    for start, kind in pairs:
        if words.startswith(start):
            return kind
    if words.startswith(_BARE_CERTIFICATE) and issuer:
        return kind_of(f"{_BARE_CERTIFICATE} của {issuer}", None, on)
    return AwardKind.UNNAMED


@lru_cache(maxsize=64)
def _pairs(lines: frozenset[str]) -> tuple[tuple[str, AwardKind], ...]:
    """Return (start of the words, kind), the longest start first."""
    split = (line.partition(" = ") for line in lines)
    found = [(words.casefold(), AwardKind(kind)) for kind, _, words in split]
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair[0])))


def level_of(kind: AwardKind, award: str = "", issuer: str | None = None) -> AwardLevel:
    """Return at which level an award is decided; of an unnamed one by the plan's words."""
    if kind in _DECIDERS:
        return _LEVELS.get(_DECIDERS[kind], AwardLevel.STATE)
    if _STATE in award.casefold():
        return AwardLevel.STATE
    giver = (issuer or "").casefold()
    if giver.startswith(("sở", "giám đốc sở")):
        return AwardLevel.BASE
    return AwardLevel.PROVINCE if giver.startswith(_PROVINCIAL) else AwardLevel.UNKNOWN


def decider_of(kind: AwardKind, on: date) -> Parameter | None:
    """Return the row that says who decides; None for an award without a name.

    Raises:
        LawParameterError: no row is in force.
    """
    return law.parameter(_DECIDERS[kind], on) if kind in _DECIDERS else None


def proposer_of(level: AwardLevel, on: date) -> Parameter | None:
    """Return the row that says who proposes at a level; None where the level is not known.

    Raises:
        LawParameterError: no row is in force.
    """
    return law.parameter(_PROPOSERS[level], on) if level in _PROPOSERS else None
