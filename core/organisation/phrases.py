"""Vietnamese words of the organisation pages and of their refusals."""

from __future__ import annotations

KINDS = {
    "department": "Sở Y tế",
    "department_office": "Phòng thuộc Sở",
    "hospital": "Bệnh viện",
    "center": "Trung tâm",
    "commune_station": "Trạm y tế",
    "subunit": "Khoa, phòng",
}
LEVELS = {"department": "Sở", "unit": "Đơn vị", "subunit": "Khoa, phòng"}

NO_NAME = "Cần ghi tên đơn vị."
NO_CODE = "Cần ghi mã đơn vị, tối đa 63 ký tự."
CODE_TAKEN = "Mã {code} đã có ở đơn vị khác."
UNKNOWN_KIND = "Loại đơn vị không hợp lệ."
UNKNOWN_PARENT = "Không tìm thấy đơn vị cấp trên có mã {code}."
NO_ROOT = "Sở chưa có cây đơn vị."
NO_PERSON_NAME = "Cần ghi họ và tên."
