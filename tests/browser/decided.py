"""Decisions in several steps over the demo's nominations, put into the demo from outside."""

from __future__ import annotations

from tests.browser.site import Site

_MAKE = """
WITH base AS (
  SELECT tenant.id AS tenant_id, award_round.id AS round_id, award_round.unit_id
  FROM tenant JOIN award_round ON award_round.tenant_id = tenant.id
  WHERE tenant.slug = $1 LIMIT 1
), made AS (
  INSERT INTO award_decision (tenant_id, id, unit_id, round_id, kind, state, title, body, number,
    year, number_text, decided_on, place, signer_name, signer_title, created_at)
  SELECT tenant_id, gen_random_uuid(), unit_id, round_id, step.kind, step.state,
    'Về việc tặng Giấy khen trong phong trào thi đua đổi mới sáng tạo và chuyển đổi số',
    '{"articles": ["Tặng Giấy khen.", "Thi hành."], "legal_bases": ["Căn cứ Luật Thi đua"]}',
    step.number, CASE WHEN step.number IS NULL THEN NULL ELSE 2026 END,
    CASE WHEN step.number IS NULL THEN '' ELSE '0' || step.number END,
    CASE WHEN step.number IS NULL THEN NULL ELSE date '2026-11-18' END, 'Bình Minh',
    'Trần Văn Bình', 'Phó Giám đốc', now()
  FROM base, (VALUES ('award', 'draft', NULL::int), ('award', 'review', NULL),
    ('award', 'approved', NULL), ('award', 'numbered', 7), ('forward', 'issued', 8))
    AS step (kind, state, number)
  RETURNING tenant_id, id, kind, state, round_id
), listed AS (
  INSERT INTO decision_entry (tenant_id, id, decision_id, nomination_id, position)
  SELECT made.tenant_id, gen_random_uuid(), made.id, nomination.id,
    row_number() OVER (PARTITION BY made.id ORDER BY nomination.id)
  FROM made JOIN nomination ON nomination.round_id = made.round_id RETURNING id
), money AS (
  INSERT INTO fund_entry (tenant_id, id, unit_id, round_id, kind, amount, entered_on, basis,
    made_at)
  SELECT tenant_id, gen_random_uuid(), unit_id, round_id, 'allocation', 50000000, '2026-11-18',
    'Quyết định số 12', now() FROM base RETURNING id
)
SELECT 'decision_' || state AS name, id FROM made
UNION ALL SELECT 'award_round_id', round_id FROM base
"""


def make_decisions(site: Site, slug: str) -> dict[str, str]:
    """Make the rows; return the ids by name: decision_draft, decision_review, …, award_round_id."""
    return {row["name"]: str(row["id"]) for row in site.sql(_MAKE, slug)}
