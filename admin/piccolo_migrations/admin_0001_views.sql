-- What the panel shows, under Vietnamese names. security_invoker: the reader's own rights and
-- row-level security hold. Columns that may be edited there are granted one by one.

CREATE VIEW "đơn_vị" WITH (security_invoker = true) AS SELECT
    t.id,
    t.name,
    t.code,
    t.short_name,
    t.kind,
    t.level,
    t.parent_id,
    t.notation,
    t.place,
    t.owes_reports,
    t.is_active
FROM "unit" t;
GRANT SELECT ON "đơn_vị" TO thidua_app;

CREATE VIEW "người" WITH (security_invoker = true) AS SELECT
    t.id,
    t.full_name,
    t.job_title,
    t.unit_id
FROM "person" t;
GRANT SELECT ON "người" TO thidua_app;

CREATE VIEW "tài_khoản" WITH (security_invoker = true) AS SELECT
    t.id,
    t.username,
    t.display_name,
    t.unit_id,
    t.email,
    CASE WHEN NOT t.is_active THEN 'inactive' WHEN t.locked_at IS NOT NULL THEN 'locked' ELSE 'active' END AS state,
    t.totp_confirmed_at IS NOT NULL AS has_totp,
    t.must_change_password,
    t.password_changed_at,
    t.created_at
FROM "account" t;
GRANT SELECT ON "tài_khoản" TO thidua_app;

CREATE VIEW "vai_trò" WITH (security_invoker = true) AS SELECT
    t.id,
    t.role,
    t.account_id,
    t.unit_id,
    t.valid_from,
    t.valid_to,
    t.granted_at,
    t.revoked_at
FROM "role_grant" t;
GRANT SELECT ON "vai_trò" TO thidua_app;

CREATE VIEW "thiết_lập" WITH (security_invoker = true) AS SELECT
    t.id,
    t.key,
    t.value
FROM "tenant_setting" t;
GRANT SELECT ON "thiết_lập" TO thidua_app;

CREATE VIEW "thư" WITH (security_invoker = true) AS SELECT
    t.id,
    t.subject,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.account_id) AS account_name,
    t.to_address,
    t.state,
    t.created_at,
    t.sent_at,
    t.error
FROM "mail" t;
GRANT SELECT ON "thư" TO thidua_app;

CREATE VIEW "nhật_ký" WITH (security_invoker = true) AS SELECT
    t.id,
    t.seq,
    t.at,
    coalesce((SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.actor_id), 'Hệ thống') AS actor_name,
    t.action,
    t.table_name,
    t.row_id,
    t.reason,
    t.changes::text AS changes,
    t.hash
FROM "audit_event" t;
GRANT SELECT ON "nhật_ký" TO thidua_app;

CREATE VIEW "bản_kế_hoạch" WITH (security_invoker = true) AS SELECT
    t.id,
    t.number,
    t.plugin_slug,
    t.plugin_version,
    t.reason,
    t.effective_from,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.published_by) AS published_by,
    t.published_at,
    t.content_hash
FROM "plan_edition" t;
GRANT SELECT ON "bản_kế_hoạch" TO thidua_app;

CREATE VIEW "tệp" WITH (security_invoker = true) AS SELECT
    t.id,
    t.name,
    t.id::text || '/' || t.name AS file,
    t.media_type,
    t.size,
    t.purpose,
    t.scan_state,
    t.unit_id,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.uploaded_by) AS uploaded_by,
    t.uploaded_at,
    t.sha256
FROM "stored_file" t;
GRANT SELECT ON "tệp" TO thidua_app;

CREATE VIEW "kỳ_báo_cáo" WITH (security_invoker = true) AS SELECT
    t.id,
    t.title,
    t.kind,
    t.year,
    t.state,
    t.due_at,
    t.inner_due_at,
    t.due_source,
    t.decision_number,
    t.decision_file_id,
    t.edition_id,
    t.message,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.opened_by) AS opened_by,
    t.opened_at,
    t.closed_at
FROM "reporting_round" t;
GRANT SELECT ON "kỳ_báo_cáo" TO thidua_app;

CREATE VIEW "tệp_kèm_kỳ" WITH (security_invoker = true) AS SELECT
    t.id,
    t.round_id,
    t.file_id
FROM "round_attachment" t;
GRANT SELECT ON "tệp_kèm_kỳ" TO thidua_app;

CREATE VIEW "nghĩa_vụ_báo_cáo" WITH (security_invoker = true) AS SELECT
    t.id,
    (SELECT u.name FROM unit u WHERE u.tenant_id = t.tenant_id AND u.id = t.unit_id) AS unit_name,
    t.unit_id,
    t.round_id,
    t.receiver_unit_id,
    t.level,
    t.due_at,
    t.excused_reason,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.excused_by) AS excused_by,
    t.reminded_at,
    t.reminder_count
FROM "report_obligation" t;
GRANT SELECT ON "nghĩa_vụ_báo_cáo" TO thidua_app;

CREATE VIEW "gia_hạn" WITH (security_invoker = true) AS SELECT
    t.id,
    t.obligation_id,
    t.old_due_at,
    t.new_due_at,
    t.reason,
    t.decision_number,
    t.decision_file_id,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.granted_by) AS granted_by,
    t.granted_at
FROM "extension" t;
GRANT SELECT ON "gia_hạn" TO thidua_app;

CREATE VIEW "báo_cáo" WITH (security_invoker = true) AS SELECT
    t.id,
    (SELECT u.name FROM unit u WHERE u.tenant_id = t.tenant_id AND u.id = t.unit_id) AS unit_name,
    t.unit_id,
    t.round_id,
    t.receiver_unit_id,
    t.state,
    t.timing,
    t.parts_done,
    t.parts_total,
    t.parts_returned,
    t.submitted_at,
    t.late_seconds,
    t.returned_due_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.on_behalf_by) AS on_behalf_by,
    t.activity_at
FROM "report" t;
GRANT SELECT ON "báo_cáo" TO thidua_app;

CREATE VIEW "phần_báo_cáo" WITH (security_invoker = true) AS SELECT
    t.id,
    t.key,
    t.report_id,
    t.position,
    t.version,
    t.is_asked,
    t.is_done,
    t.review,
    t.return_reason,
    t.return_due_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.saved_by) AS saved_by,
    t.saved_at
FROM "report_part" t;
GRANT SELECT ON "phần_báo_cáo" TO thidua_app;

CREATE VIEW "minh_chứng" WITH (security_invoker = true) AS SELECT
    t.id,
    t.part_id,
    t.file_id,
    t.removed_at
FROM "evidence" t;
GRANT SELECT ON "minh_chứng" TO thidua_app;

CREATE VIEW "bản_nộp" WITH (security_invoker = true) AS SELECT
    t.id,
    t.receipt_code,
    t.report_id,
    t.number,
    t.submitted_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.submitted_by) AS submitted_by,
    t.on_behalf,
    t.due_at,
    t.late_seconds,
    t.content_hash
FROM "report_version" t;
GRANT SELECT ON "bản_nộp" TO thidua_app;

CREATE VIEW "bước_xử_lý" WITH (security_invoker = true) AS SELECT
    t.id,
    t.at,
    t.report_id,
    t.action,
    t.from_state,
    t.to_state,
    t.note,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.actor_id) AS actor_name
FROM "report_event" t;
GRANT SELECT ON "bước_xử_lý" TO thidua_app;

CREATE VIEW "tổng_hợp" WITH (security_invoker = true) AS SELECT
    t.id,
    t.round_id,
    t.receiver_unit_id,
    t.state,
    t.is_provisional,
    t.version,
    t.number,
    t.document_date,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.made_by) AS made_by,
    t.made_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.approved_by) AS approved_by,
    t.approved_at,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.issued_by) AS issued_by,
    t.issued_at,
    t.signed_file_id
FROM "consolidation" t;
GRANT SELECT ON "tổng_hợp" TO thidua_app;

CREATE VIEW "văn_bản" WITH (security_invoker = true) AS SELECT
    t.id,
    t.name,
    t.kind,
    t.unit_id,
    t.state,
    t.subject_version,
    t.pdf_file_id,
    t.docx_file_id,
    (SELECT a.display_name FROM account a WHERE a.tenant_id = t.tenant_id AND a.id = t.requested_by) AS requested_by,
    t.requested_at,
    t.finished_at
FROM "document" t;
GRANT SELECT ON "văn_bản" TO thidua_app;

CREATE VIEW "sổ_số_văn_bản" WITH (security_invoker = true) AS SELECT
    t.id,
    t.unit_id,
    t.series,
    t.year,
    t.last_number
FROM "number_series" t;
GRANT SELECT ON "sổ_số_văn_bản" TO thidua_app;

GRANT UPDATE (notation, place) ON "đơn_vị" TO thidua_app;
GRANT UPDATE (job_title) ON "người" TO thidua_app;
