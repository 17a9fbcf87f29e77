-- What happened to the tree, for the panel (see admin_0001_views.sql).

CREATE VIEW "mã_chính_thức" WITH (security_invoker = true) AS SELECT
    t.id,
    t.code,
    t.valid_from,
    t.valid_to,
    t.source,
    t.is_confirmed,
    t.created_at
FROM "official_code" t;
GRANT SELECT ON "mã_chính_thức" TO thidua_app;

CREATE VIEW "lịch_sử_đơn_vị" WITH (security_invoker = true) AS SELECT
    t.id,
    t.old_name,
    t.kind,
    t.new_name,
    t.unit_id,
    t.successor_id,
    t.effective_on,
    t.decision,
    t.reason,
    t.old_code,
    t.new_code,
    t.old_parent_name,
    t.new_parent_name,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.made_by) AS made_by,
    t.made_at
FROM "unit_succession" t;
GRANT SELECT ON "lịch_sử_đơn_vị" TO thidua_app;

CREATE VIEW "chuyển_công_tác" WITH (security_invoker = true) AS SELECT
    t.id,
    t.person_id,
    t.from_name,
    t.to_name,
    t.effective_on,
    t.decision,
    t.note,
    t.cause,
    t.state,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.asked_by) AS asked_by,
    t.asked_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.answered_by) AS answered_by,
    t.answered_at,
    t.answer,
    t.done_at
FROM "person_move" t;
GRANT SELECT ON "chuyển_công_tác" TO thidua_app;

CREATE VIEW "khối_thi_đua" WITH (security_invoker = true) AS SELECT
    t.id,
    t.name,
    t.note
FROM "emulation_block" t;
GRANT SELECT ON "khối_thi_đua" TO thidua_app;
GRANT UPDATE (note) ON "khối_thi_đua" TO thidua_app;

CREATE VIEW "đơn_vị_trong_khối" WITH (security_invoker = true) AS SELECT
    t.id,
    t.year,
    t.block_id,
    t.unit_id
FROM "emulation_block_member" t;
GRANT SELECT ON "đơn_vị_trong_khối" TO thidua_app;
