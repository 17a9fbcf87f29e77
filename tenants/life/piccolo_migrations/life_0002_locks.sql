ALTER TABLE "tenant_export" DROP CONSTRAINT "tenant_export_pkey";
ALTER TABLE "tenant_export" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "tenant_export" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "tenant_export" ADD CONSTRAINT "tenant_export_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "tenant_export_requested_at_id_idx" ON "tenant_export" (tenant_id, requested_at, id);
ALTER TABLE "tenant_export" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "tenant_export" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "tenant_export" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "tenant_export" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "tenant_export" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "tenant_export" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "deletion_request" DROP CONSTRAINT "deletion_request_pkey";
ALTER TABLE "deletion_request" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "deletion_request" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "deletion_request" ADD CONSTRAINT "deletion_request_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "deletion_request" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "deletion_request" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "deletion_request" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "deletion_request" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "deletion_request" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "deletion_request" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "tenant_export" ADD CONSTRAINT "tenant_export_requested_by_fkey" FOREIGN KEY (tenant_id, requested_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "deletion_request" ADD CONSTRAINT "deletion_request_requested_by_fkey" FOREIGN KEY (tenant_id, requested_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "deletion_request" ADD CONSTRAINT "deletion_request_revoked_by_fkey" FOREIGN KEY (tenant_id, revoked_by) REFERENCES "account" (tenant_id, id);


CREATE UNIQUE INDEX deletion_request_open_idx ON deletion_request (tenant_id) WHERE revoked_at IS NULL;

-- The open request's day, repeated in the catalogue (which the application may only read), so that
-- every page shows it without a query of its own.
GRANT UPDATE (delete_after) ON tenant TO thidua_definer;
CREATE FUNCTION mark_deletion() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE tenant SET delete_after = (
        SELECT r.delete_after FROM deletion_request AS r
        WHERE r.tenant_id = tenant.id AND r.revoked_at IS NULL)
    WHERE id = NEW.tenant_id;
    RETURN NULL;
END $$;
ALTER FUNCTION mark_deletion() OWNER TO thidua_definer;
CREATE TRIGGER mark_deletion AFTER INSERT OR UPDATE ON deletion_request
    FOR EACH ROW EXECUTE FUNCTION mark_deletion();

-- The trail of a department that is brought in or taken away as a whole is the department's own:
-- the rows that come in were recorded when they were made, and the certificate records the removal.
-- Only the owner's connection can say so, and only for one department at a time.
CREATE FUNCTION skip_whole_department() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF session_user = 'thidua_owner' AND NEW.hash = '' THEN
        RETURN NULL;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER skip_whole_department BEFORE INSERT ON audit_event FOR EACH ROW
    WHEN (NEW.tenant_id::text IN (current_setting('app.importing_tenant', true),
        current_setting('app.removing_tenant', true)))
    EXECUTE FUNCTION skip_whole_department();

-- Certificates are written by the owner alone and read by the operators.
GRANT SELECT ON deletion_certificate TO thidua_platform;
-- An archive names the migrations of the database that it came from.
GRANT SELECT ON migration TO thidua_app;
