ALTER TABLE "identity" DROP CONSTRAINT "identity_pkey";
ALTER TABLE "identity" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "identity" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "identity" ADD CONSTRAINT "identity_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "identity" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "identity" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "identity" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "identity" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "identity" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "identity" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "official_code" DROP CONSTRAINT "official_code_pkey";
ALTER TABLE "official_code" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "official_code" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "official_code" ADD CONSTRAINT "official_code_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "official_code_valid_from_idx" ON "official_code" (tenant_id, valid_from);
ALTER TABLE "official_code" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "official_code" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "official_code" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "official_code" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "official_code" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "official_code" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "identity" ADD CONSTRAINT "identity_logo_file_id_fkey" FOREIGN KEY (tenant_id, logo_file_id) REFERENCES "stored_file" (tenant_id, id);
ALTER TABLE "official_code" ADD CONSTRAINT "official_code_days_check" CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to);

-- What every visitor of a department's site may see: the catalogue of hosts reads it for all of them.
SET LOCAL ROLE thidua_definer;
CREATE FUNCTION department_faces() RETURNS TABLE (
    tenant_id uuid, name text, short_name text, logo text,
    privacy_name text, privacy_phone text, privacy_email text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT u.tenant_id, u.name, u.short_name, coalesce(f.sha256, ''),
        coalesce(i.privacy_name, ''), coalesce(i.privacy_phone, ''), coalesce(i.privacy_email, '')
    FROM unit AS u
    LEFT JOIN identity AS i ON i.tenant_id = u.tenant_id
    LEFT JOIN stored_file AS f ON f.tenant_id = i.tenant_id AND f.id = i.logo_file_id
    WHERE u.parent_id IS NULL
$$;
REVOKE EXECUTE ON FUNCTION department_faces() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION department_faces() TO thidua_app;
RESET ROLE;
