"""Vietnamese sentences about the catalogue of departments."""

from __future__ import annotations

SLUG_RULE = "Mã của Sở gồm chữ thường, số và gạch nối, tối đa 63 ký tự."
SLUG_TAKEN = "Mã này đã thuộc một Sở khác."
HOST_TAKEN = "Địa chỉ “{host}” đã thuộc một Sở khác."
NO_HOST = "Cần ít nhất một địa chỉ (tên miền)."
BEING_FILLED = (
    "Dữ liệu của Sở này đang được ghi vào, nên chưa đưa vào phục vụ được. Khi ghi xong, Sở tự được"
    " đưa vào phục vụ; nếu việc ghi bị ngắt, hãy chạy lại lệnh tạo dữ liệu mẫu."
)
