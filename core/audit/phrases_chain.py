"""Sentences about the chain, in Vietnamese."""

from __future__ import annotations

from core.audit.schemas import Anchor
from core.kit.i18n import vn_datetime


def missing(first: int, last: int) -> str:
    """Events are missing from the middle."""
    if first == last:
        return f"Thiếu sự kiện số {first}: đã bị xóa khỏi nhật ký."
    return f"Thiếu các sự kiện từ số {first} đến số {last}: đã bị xóa khỏi nhật ký."


def doubled(seq: int) -> str:
    """Two events claim the same place."""
    return f"Có hai sự kiện cùng mang số {seq}: một trong hai bị chèn vào sau."


def altered(seq: int) -> str:
    """The content is not what the hash says."""
    return f"Sự kiện số {seq} đã bị sửa: nội dung không khớp mã băm của chính nó."


def broken(seq: int) -> str:
    """The event does not follow the one before."""
    return f"Sự kiện số {seq} không nối với sự kiện trước: chuỗi bị nối lại ở đây."


def unlinked(count: int) -> str:
    """Events outside the chain."""
    return f"Có {count} sự kiện nằm ngoài chuỗi: được ghi vào mà không qua cơ chế của nhật ký."


def cut(last: int, head: int) -> str:
    """The tail is missing."""
    return f"Chuỗi dừng ở số {last} nhưng phải đến số {head}: phần cuối đã bị cắt."


def other_head(seq: int) -> str:
    """The head is not the last event."""
    return f"Đầu chuỗi không khớp sự kiện cuối (số {seq}): đầu chuỗi hoặc sự kiện đã bị sửa."


def cut_by_anchor(anchor: Anchor, last: int) -> str:
    """An anchor outside knows more events than there are."""
    return (
        f"Mốc ghi ngoài cơ sở dữ liệu lúc {vn_datetime(anchor.at)} biết đến sự kiện số"
        f" {anchor.seq}, nhưng chuỗi chỉ còn đến số {last}: phần cuối đã bị cắt."
    )


def remade(anchor: Anchor) -> str:
    """An anchor outside remembers another hash."""
    return (
        f"Sự kiện số {anchor.seq} khác với mốc ghi ngoài cơ sở dữ liệu lúc"
        f" {vn_datetime(anchor.at)}: chuỗi đã bị làm lại từ trước đó."
    )
