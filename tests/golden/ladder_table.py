"""The award ladders, typed by hand from the plans before the plugins were written.

Each row: award in the plan's words, issuer, who proposes (action), occasions, kinds of subject,
line of the plan (for Điện Biên: of ``dien_bien_restored.md``). None: the plan does not say.

How the cells were read
- Flags (Cờ) are for collectives only. No plan names an award for "đối tượng khác".
- ``decide``: the department signs it (Sở, Giám đốc Sở); ``propose``: the plan says "đề nghị";
  ``forward``: the form is listed for a higher level, who proposes it is not said.
- "Giấy khen" without an issuer may be a unit's or the department's: issuer and action None.
- Hà Nội lists its forms (mục 2.1) without an occasion of their own; they are read with the
  final review, as the reading that all five plugins follow puts them there.
- Lai Châu names no occasion at all.
"""

from typing import NamedTuple

BOTH = ("collective", "individual")
COLLECTIVE = ("collective",)


class Row(NamedTuple):
    """One line of a plan's ladder."""

    award: str
    issuer: str | None
    action: str | None
    occasions: tuple[str | None, ...]
    subjects: tuple[str, ...]
    line: int


ANNUAL, AD_HOC = "annual", "ad_hoc"
PRELIMINARY, FINAL = "preliminary_review", "final_review"

LADDER: dict[str, tuple[Row, ...]] = {
    "ha_noi": (
        Row(
            "biểu dương, khen thưởng kịp thời", "Sở Y tế", "decide", (ANNUAL, PRELIMINARY), BOTH, 72
        ),
        Row("khen thưởng", "UBND Thành phố", "propose", (PRELIMINARY,), BOTH, 73),
        Row("Huân chương Lao động", None, "forward", (FINAL,), BOTH, 64),
        Row("Cờ thi đua của Chính phủ", "Chính phủ", "forward", (FINAL,), COLLECTIVE, 65),
        Row(
            "Bằng khen của Thủ tướng Chính phủ",
            "Thủ tướng Chính phủ",
            "forward",
            (FINAL,),
            BOTH,
            66,
        ),
        # line 75 says of the final review: "có thể đề nghị UBND Thành phố khen thưởng"
        Row(
            "Bằng khen của Chủ tịch UBND Thành phố",
            "Chủ tịch UBND Thành phố",
            "propose",
            (FINAL,),
            BOTH,
            67,
        ),
        Row("Cờ thi đua UBND Thành phố", "UBND Thành phố", "propose", (FINAL,), COLLECTIVE, 68),
        Row("Giấy khen các cấp", None, None, (FINAL,), BOTH, 69),
    ),
    "vinh_long": (
        Row("Giấy khen Giám đốc Sở", "Giám đốc Sở", "decide", (ANNUAL,), BOTH, 290),
        Row(
            "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
            "Chủ tịch Ủy ban nhân dân tỉnh",
            "propose",
            (ANNUAL,),
            BOTH,
            292,
        ),
        Row("Bằng khen", "Chủ tịch Ủy ban nhân dân tỉnh", "propose", (PRELIMINARY,), BOTH, 304),
        # only for the exceptionally outstanding: "thành tích đặc biệt xuất sắc, tiêu biểu"
        Row("khen thưởng cấp nhà nước", None, "propose", (PRELIMINARY,), BOTH, 310),
        Row("Huân chương Lao động", None, "forward", (FINAL,), BOTH, 317),
        Row("Cờ thi đua của Chính phủ", "Chính phủ", "forward", (FINAL,), COLLECTIVE, 319),
        Row(
            "Bằng khen của Thủ tướng Chính phủ",
            "Thủ tướng Chính phủ",
            "forward",
            (FINAL,),
            BOTH,
            321,
        ),
        # lines 331-333 say of the final review: "có thể đề nghị UBND tỉnh khen thưởng"
        Row("Cờ thi đua của tỉnh", "tỉnh", "propose", (FINAL,), COLLECTIVE, 325),
        Row(
            "Bằng khen Ủy ban nhân dân tỉnh", "Ủy ban nhân dân tỉnh", "propose", (FINAL,), BOTH, 327
        ),
        Row("Giấy khen", None, None, (FINAL,), BOTH, 329),
    ),
    "lai_chau": (
        Row("Khen thưởng cấp Nhà nước", None, "forward", (None,), BOTH, 212),
        Row("Cờ thi đua của tỉnh", "tỉnh", "forward", (None,), COLLECTIVE, 216),
        Row(
            "Bằng khen của Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh", "forward", (None,), BOTH, 218
        ),
        Row("Giấy khen của Giám đốc Sở Y tế", "Giám đốc Sở Y tế", "decide", (None,), BOTH, 220),
    ),
    "dien_bien": (
        Row("Huân chương Lao động", None, "forward", (FINAL,), BOTH, 35),
        Row("Cờ Thi đua của Chính phủ", "Chính phủ", "forward", (FINAL,), COLLECTIVE, 35),
        Row(
            "Bằng khen của Thủ tướng Chính phủ",
            "Thủ tướng Chính phủ",
            "forward",
            (FINAL,),
            BOTH,
            35,
        ),
        Row("Cờ Thi đua của UBND tỉnh", "UBND tỉnh", "forward", (FINAL,), COLLECTIVE, 36),
        Row(
            "Bằng khen của Chủ tịch UBND tỉnh",
            "Chủ tịch UBND tỉnh",
            "forward",
            (PRELIMINARY, FINAL),
            BOTH,
            36,
        ),
        Row("Giấy khen", None, None, (ANNUAL, AD_HOC, PRELIMINARY, FINAL), BOTH, 37),
    ),
    "quang_ngai": (
        # lines 302-304: "đề nghị Giám đốc Sở Y tế theo thẩm quyền và đề nghị Chủ tịch UBND tỉnh"
        Row("khen thưởng", "Giám đốc Sở Y tế", "decide", (ANNUAL, PRELIMINARY), BOTH, 304),
        Row("khen thưởng", "Chủ tịch UBND tỉnh", "propose", (ANNUAL, PRELIMINARY), BOTH, 304),
        Row("Huân chương Lao động", None, "forward", (FINAL,), BOTH, 324),
        Row("Cờ Thi đua của Chính phủ", "Chính phủ", "forward", (FINAL,), COLLECTIVE, 326),
        Row(
            "Bằng khen của Thủ tướng Chính phủ",
            "Thủ tướng Chính phủ",
            "forward",
            (FINAL,),
            BOTH,
            328,
        ),
        Row("Cờ Thi đua của UBND tỉnh", "UBND tỉnh", "forward", (FINAL,), COLLECTIVE, 330),
        Row(
            "Bằng khen của Chủ tịch UBND tỉnh", "Chủ tịch UBND tỉnh", "forward", (FINAL,), BOTH, 332
        ),
        Row("Giấy khen của Giám đốc Sở Y tế", "Giám đốc Sở Y tế", "decide", (FINAL,), BOTH, 334),
    ),
}
