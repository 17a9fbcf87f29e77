"""A numbered decision whose certificates were printed, put into the demo from outside."""

from __future__ import annotations

from tests.browser.site import Site

CODE = "0123456789ABCDEFGHJK"
_MAKE = """
WITH base AS (
  SELECT tenant.id AS tenant_id, root.id AS root_id, child.id AS unit_id,
    (SELECT id FROM account WHERE tenant_id = tenant.id AND username = 'chuyenvien') AS account_id
  FROM tenant JOIN unit AS root ON root.tenant_id = tenant.id AND root.parent_id IS NULL
  JOIN LATERAL (SELECT id FROM unit WHERE parent_id = root.id LIMIT 1) AS child ON true
  WHERE tenant.slug = $1
), decision AS (
  INSERT INTO award_decision (tenant_id, id, unit_id, kind, state, title, number, year,
    number_text, decided_on, place, signer_name, signer_title, created_at)
  SELECT tenant_id, gen_random_uuid(), root_id, 'award', 'issued',
    'Về việc tặng Giấy khen phong trào thi đua năm 2026', 345, 2026, '345/QĐ-SYT', '2026-11-18',
    'Bình Minh', 'Trần Văn Bình', 'Phó Giám đốc', now() FROM base RETURNING tenant_id, id
), award AS (
  INSERT INTO award_grant (tenant_id, id, decision_id, unit_id, subject_kind, subject_id,
    subject_unit_id, subject_name, subject_title, subject_unit_name, award, award_kind, year,
    achievement, decision_number, decided_on, gold_book_number, search_name, granted_at)
  SELECT base.tenant_id, gen_random_uuid(), decision.id, root_id, 'collective', unit_id, unit_id,
    names.name, names.title, 'Trung tâm Y tế', 'Giấy khen của Giám đốc Sở Y tế', names.kind, 2026,
    'Đã có thành tích xuất sắc trong phong trào thi đua đổi mới sáng tạo và chuyển đổi số',
    '345/QĐ-SYT', '2026-11-18', names.place, lower(names.name), now()
  FROM base, decision, (VALUES
    (1, 'Nguyễn Thị Hồng Ánh', 'Điều dưỡng trưởng', 'commendation'),
    (2, 'Lê Văn Sơn', 'Bác sĩ', 'commendation'),
    (3, repeat('Ặ', 120), '', 'commendation'),
    (4, 'Hoàng Thị Mai', 'Dược sĩ', 'good_worker')) AS names (place, name, title, kind)
  RETURNING tenant_id, id, gold_book_number
), paper AS (
  INSERT INTO certificate (tenant_id, id, unit_id, grant_id, code, created_at)
  SELECT award.tenant_id, gen_random_uuid(), root_id, award.id, $2, now() FROM award, base
  WHERE gold_book_number = 1 RETURNING tenant_id, id
), order_made AS (
  INSERT INTO certificate_run (tenant_id, id, unit_id, decision_id, output, state, total, done,
    warnings, requested_by, requested_at, finished_at)
  SELECT base.tenant_id, gen_random_uuid(), root_id, decision.id, 'one', 'done', 1, 1,
    '[{"name": "Tên rất dài", "spot": "Tên được khen", "sentence": "Chữ quá dài."}]',
    account_id, now(), now() FROM base, decision RETURNING tenant_id, id, unit_id
), copy_made AS (
  INSERT INTO certificate_print (tenant_id, id, run_id, certificate_id)
  SELECT paper.tenant_id, gen_random_uuid(), order_made.id, paper.id FROM paper, order_made
  RETURNING id
)
SELECT decision.id AS decision_id, order_made.id AS run_id, order_made.unit_id AS layout_unit_id,
  'commendation' AS award_kind, $2::text AS code FROM decision, order_made, copy_made
"""


def print_certificates(site: Site, slug: str) -> dict[str, str]:
    """Make the rows; return the examples for the addresses of their pages."""
    return {key: str(value) for key, value in site.sql(_MAKE, slug, CODE)[0].items()}
