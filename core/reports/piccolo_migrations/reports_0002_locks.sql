ALTER TABLE "reporting_round" DROP CONSTRAINT "reporting_round_pkey";
ALTER TABLE "reporting_round" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "reporting_round" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "reporting_round" ADD CONSTRAINT "reporting_round_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "reporting_round_year_kind_idx" ON "reporting_round" (tenant_id, year, kind);
ALTER TABLE "reporting_round" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "reporting_round" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "reporting_round" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "reporting_round" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "reporting_round" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "reporting_round" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "round_attachment" DROP CONSTRAINT "round_attachment_pkey";
ALTER TABLE "round_attachment" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "round_attachment" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "round_attachment" ADD CONSTRAINT "round_attachment_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "round_attachment" ADD CONSTRAINT "round_attachment_round_id_file_id_unique" UNIQUE (tenant_id, round_id, file_id);
ALTER TABLE "round_attachment" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "round_attachment" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "round_attachment" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "round_attachment" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "round_attachment" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "round_attachment" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "round_counter" DROP CONSTRAINT "round_counter_pkey";
ALTER TABLE "round_counter" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "round_counter" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "round_counter" ADD CONSTRAINT "round_counter_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "round_counter" ADD CONSTRAINT "round_counter_round_id_receiver_unit_id_state_timing_unique" UNIQUE (tenant_id, round_id, receiver_unit_id, state, timing);
ALTER TABLE "round_counter" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "round_counter" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "round_counter" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "round_counter" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "round_counter" TO thidua_definer;
ALTER TABLE "report_obligation" DROP CONSTRAINT "report_obligation_pkey";
ALTER TABLE "report_obligation" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "report_obligation" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_round_id_unit_id_unique" UNIQUE (tenant_id, round_id, unit_id);
CREATE INDEX "report_obligation_unit_id_idx" ON "report_obligation" (tenant_id, unit_id);
CREATE INDEX "report_obligation_receiver_unit_id_round_id_idx" ON "report_obligation" (tenant_id, receiver_unit_id, round_id);
ALTER TABLE "report_obligation" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_obligation" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "report_obligation" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_obligation" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_obligation" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "report_obligation" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "extension" DROP CONSTRAINT "extension_pkey";
ALTER TABLE "extension" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "extension" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "extension" ADD CONSTRAINT "extension_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "extension" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "extension" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "extension" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "extension" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "extension" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "extension" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "report" DROP CONSTRAINT "report_pkey";
ALTER TABLE "report" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "report" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "report" ADD CONSTRAINT "report_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "report" ADD CONSTRAINT "report_obligation_id_unique" UNIQUE (tenant_id, obligation_id);
CREATE INDEX "report_round_id_receiver_unit_id_state_idx" ON "report" (tenant_id, round_id, receiver_unit_id, state);
CREATE INDEX "report_unit_id_idx" ON "report" (tenant_id, unit_id);
ALTER TABLE "report" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "report" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "report" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "report" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "report" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "report_part" DROP CONSTRAINT "report_part_pkey";
ALTER TABLE "report_part" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "report_part" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "report_part" ADD CONSTRAINT "report_part_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "report_part" ADD CONSTRAINT "report_part_report_id_key_unique" UNIQUE (tenant_id, report_id, key);
ALTER TABLE "report_part" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_part" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "report_part" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_part" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_part" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "report_part" FOR EACH ROW EXECUTE FUNCTION record_audit('fields');
ALTER TABLE "evidence" DROP CONSTRAINT "evidence_pkey";
ALTER TABLE "evidence" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "evidence" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_part_id_file_id_unique" UNIQUE (tenant_id, part_id, file_id);
ALTER TABLE "evidence" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "evidence" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "evidence" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "evidence" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "evidence" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "evidence" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "report_version" DROP CONSTRAINT "report_version_pkey";
ALTER TABLE "report_version" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "report_version" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_report_id_number_unique" UNIQUE (tenant_id, report_id, number);
ALTER TABLE "report_version" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_version" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "report_version" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "report_version" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_version" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "report_version" FOR EACH ROW EXECUTE FUNCTION record_audit('content');
ALTER TABLE "report_event" DROP CONSTRAINT "report_event_pkey";
ALTER TABLE "report_event" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "report_event" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "report_event_report_id_at_idx" ON "report_event" (tenant_id, report_id, at);
ALTER TABLE "report_event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "report_event" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "report_event" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "report_event" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "report_event" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "report_event" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "reporting_round" ADD CONSTRAINT "reporting_round_edition_id_fkey" FOREIGN KEY (tenant_id, edition_id) REFERENCES "plan_edition" (tenant_id, id);
ALTER TABLE "reporting_round" ADD CONSTRAINT "reporting_round_opened_by_fkey" FOREIGN KEY (tenant_id, opened_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "reporting_round" ADD CONSTRAINT "reporting_round_decision_file_id_fkey" FOREIGN KEY (tenant_id, decision_file_id) REFERENCES "stored_file" (tenant_id, id);
ALTER TABLE "round_attachment" ADD CONSTRAINT "round_attachment_round_id_fkey" FOREIGN KEY (tenant_id, round_id) REFERENCES "reporting_round" (tenant_id, id);
ALTER TABLE "round_attachment" ADD CONSTRAINT "round_attachment_file_id_fkey" FOREIGN KEY (tenant_id, file_id) REFERENCES "stored_file" (tenant_id, id);
ALTER TABLE "round_counter" ADD CONSTRAINT "round_counter_round_id_fkey" FOREIGN KEY (tenant_id, round_id) REFERENCES "reporting_round" (tenant_id, id);
ALTER TABLE "round_counter" ADD CONSTRAINT "round_counter_receiver_unit_id_fkey" FOREIGN KEY (tenant_id, receiver_unit_id) REFERENCES "unit" (tenant_id, id);
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_round_id_fkey" FOREIGN KEY (tenant_id, round_id) REFERENCES "reporting_round" (tenant_id, id);
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_unit_id_fkey" FOREIGN KEY (tenant_id, unit_id) REFERENCES "unit" (tenant_id, id);
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_receiver_unit_id_fkey" FOREIGN KEY (tenant_id, receiver_unit_id) REFERENCES "unit" (tenant_id, id);
ALTER TABLE "report_obligation" ADD CONSTRAINT "report_obligation_excused_by_fkey" FOREIGN KEY (tenant_id, excused_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "extension" ADD CONSTRAINT "extension_obligation_id_fkey" FOREIGN KEY (tenant_id, obligation_id) REFERENCES "report_obligation" (tenant_id, id);
ALTER TABLE "extension" ADD CONSTRAINT "extension_decision_file_id_fkey" FOREIGN KEY (tenant_id, decision_file_id) REFERENCES "stored_file" (tenant_id, id);
ALTER TABLE "extension" ADD CONSTRAINT "extension_granted_by_fkey" FOREIGN KEY (tenant_id, granted_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_obligation_id_fkey" FOREIGN KEY (tenant_id, obligation_id) REFERENCES "report_obligation" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_round_id_fkey" FOREIGN KEY (tenant_id, round_id) REFERENCES "reporting_round" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_unit_id_fkey" FOREIGN KEY (tenant_id, unit_id) REFERENCES "unit" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_receiver_unit_id_fkey" FOREIGN KEY (tenant_id, receiver_unit_id) REFERENCES "unit" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_edition_id_fkey" FOREIGN KEY (tenant_id, edition_id) REFERENCES "plan_edition" (tenant_id, id);
ALTER TABLE "report" ADD CONSTRAINT "report_on_behalf_by_fkey" FOREIGN KEY (tenant_id, on_behalf_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "report_part" ADD CONSTRAINT "report_part_report_id_fkey" FOREIGN KEY (tenant_id, report_id) REFERENCES "report" (tenant_id, id);
ALTER TABLE "report_part" ADD CONSTRAINT "report_part_saved_by_fkey" FOREIGN KEY (tenant_id, saved_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_part_id_fkey" FOREIGN KEY (tenant_id, part_id) REFERENCES "report_part" (tenant_id, id);
ALTER TABLE "evidence" ADD CONSTRAINT "evidence_file_id_fkey" FOREIGN KEY (tenant_id, file_id) REFERENCES "stored_file" (tenant_id, id);
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_report_id_fkey" FOREIGN KEY (tenant_id, report_id) REFERENCES "report" (tenant_id, id);
ALTER TABLE "report_version" ADD CONSTRAINT "report_version_submitted_by_fkey" FOREIGN KEY (tenant_id, submitted_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_report_id_fkey" FOREIGN KEY (tenant_id, report_id) REFERENCES "report" (tenant_id, id);
ALTER TABLE "report_event" ADD CONSTRAINT "report_event_actor_id_fkey" FOREIGN KEY (tenant_id, actor_id) REFERENCES "account" (tenant_id, id);

-- Counters of a round, kept by the transaction that changes a report (never by a scan).
CREATE FUNCTION count_reports() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO round_counter AS c (tenant_id, id, round_id, receiver_unit_id, state, timing, total)
        SELECT tenant_id, gen_random_uuid(), round_id, receiver_unit_id, state, timing, count(*)
        FROM after_rows GROUP BY 1, 3, 4, 5, 6 ORDER BY 3, 4, 5, 6
        ON CONFLICT (tenant_id, round_id, receiver_unit_id, state, timing)
        DO UPDATE SET total = c.total + excluded.total;
        RETURN NULL;
    END IF;
    INSERT INTO round_counter AS c (tenant_id, id, round_id, receiver_unit_id, state, timing, total)
    SELECT tenant_id, gen_random_uuid(), round_id, receiver_unit_id, state, timing, sum(change)
    FROM (
        SELECT tenant_id, round_id, receiver_unit_id, state, timing, 1 AS change FROM after_rows
        UNION ALL
        SELECT tenant_id, round_id, receiver_unit_id, state, timing, -1 FROM before_rows
    ) AS both_sides
    GROUP BY 1, 3, 4, 5, 6 HAVING sum(change) <> 0 ORDER BY 3, 4, 5, 6
    ON CONFLICT (tenant_id, round_id, receiver_unit_id, state, timing)
    DO UPDATE SET total = c.total + excluded.total;
    RETURN NULL;
END $$;
CREATE TRIGGER count_inserted AFTER INSERT ON report REFERENCING NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_reports();
CREATE TRIGGER count_updated AFTER UPDATE ON report
    REFERENCING OLD TABLE AS before_rows NEW TABLE AS after_rows
    FOR EACH STATEMENT EXECUTE FUNCTION count_reports();
