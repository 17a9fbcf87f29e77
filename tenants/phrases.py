"""Vietnamese sentences about the catalogue of departments."""

from __future__ import annotations

SLUG_RULE = "Mã của Sở gồm chữ thường, số và gạch nối, tối đa 63 ký tự."
SLUG_TAKEN = "Mã này đã thuộc một Sở khác."
HOST_TAKEN = "Địa chỉ “{host}” đã thuộc một Sở khác."
NO_HOST = "Cần ít nhất một địa chỉ (tên miền)."
