ALTER TABLE "support_grant" DROP CONSTRAINT "support_grant_pkey";
ALTER TABLE "support_grant" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "support_grant" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "support_grant" ADD CONSTRAINT "support_grant_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "support_grant_expires_at_idx" ON "support_grant" (tenant_id, expires_at);
ALTER TABLE "support_grant" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "support_grant" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "support_grant" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "support_grant" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "support_grant" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "support_grant" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "support_entry" DROP CONSTRAINT "support_entry_pkey";
ALTER TABLE "support_entry" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "support_entry" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "support_entry" ADD CONSTRAINT "support_entry_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "support_entry" ADD CONSTRAINT "support_entry_ticket_hash_unique" UNIQUE (tenant_id, ticket_hash);
CREATE INDEX "support_entry_grant_id_idx" ON "support_entry" (tenant_id, grant_id);
ALTER TABLE "support_entry" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "support_entry" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "support_entry" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "support_entry" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "support_entry" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "support_entry" FOR EACH ROW EXECUTE FUNCTION record_audit('ticket_hash');
ALTER TABLE "support_visit" DROP CONSTRAINT "support_visit_pkey";
ALTER TABLE "support_visit" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "support_visit" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "support_visit" ADD CONSTRAINT "support_visit_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "support_visit_entry_id_idx" ON "support_visit" (tenant_id, entry_id);
ALTER TABLE "support_visit" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "support_visit" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "support_visit" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "support_visit" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "support_visit" TO thidua_definer;
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "support_visit" FOR EACH ROW EXECUTE FUNCTION record_audit();
ALTER TABLE "support_grant" ADD CONSTRAINT "support_grant_granted_by_fkey" FOREIGN KEY (tenant_id, granted_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "support_grant" ADD CONSTRAINT "support_grant_ended_by_fkey" FOREIGN KEY (tenant_id, ended_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "support_entry" ADD CONSTRAINT "support_entry_grant_id_fkey" FOREIGN KEY (tenant_id, grant_id) REFERENCES "support_grant" (tenant_id, id);
ALTER TABLE "support_entry" ADD CONSTRAINT "support_entry_account_id_fkey" FOREIGN KEY (tenant_id, account_id) REFERENCES "account" (tenant_id, id);
ALTER TABLE "support_visit" ADD CONSTRAINT "support_visit_entry_id_fkey" FOREIGN KEY (tenant_id, entry_id) REFERENCES "support_entry" (tenant_id, id);

SET LOCAL ROLE thidua_definer;

-- The grants in force, for the console.
CREATE FUNCTION platform_support_grants() RETURNS TABLE (
    tenant_id uuid, grant_id uuid, role text, reason text, granted_by text,
    granted_at timestamptz, expires_at timestamptz
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT g.tenant_id, g.id, g.role::text, g.reason, coalesce(a.display_name, ''), g.granted_at,
        g.expires_at
    FROM support_grant AS g
    LEFT JOIN account AS a ON a.tenant_id = g.tenant_id AND a.id = g.granted_by
    WHERE g.ended_at IS NULL AND g.expires_at > official_now() ORDER BY g.expires_at
$$;

-- A ticket to come in by a grant that is in force; the department, or NULL when it is not.
CREATE FUNCTION platform_support_ticket(
    by_grant uuid, of_operator uuid, with_name text, the_ticket_hash text
) RETURNS uuid LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO support_entry (tenant_id, id, grant_id, operator_id, operator_name, ticket_hash,
        created_at, expires_at)
    SELECT g.tenant_id, gen_random_uuid(), g.id, of_operator, with_name, the_ticket_hash,
        official_now(), official_now() + interval '2 minutes'
    FROM support_grant AS g
    WHERE g.id = by_grant AND g.ended_at IS NULL AND g.expires_at > official_now()
    RETURNING tenant_id
$$;

REVOKE ALL ON FUNCTION platform_support_grants(),
    platform_support_ticket(uuid, uuid, text, text) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_support_grants(),
    platform_support_ticket(uuid, uuid, text, text) TO thidua_platform;
RESET ROLE;
