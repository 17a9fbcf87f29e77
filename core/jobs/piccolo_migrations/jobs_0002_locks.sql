ALTER TABLE "outbox" DROP CONSTRAINT "outbox_pkey";
ALTER TABLE "outbox" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "outbox" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "outbox" ADD CONSTRAINT "outbox_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "outbox_done_at_idx" ON "outbox" (tenant_id, done_at);
ALTER TABLE "outbox" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "outbox" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "outbox" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "outbox" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "outbox" TO thidua_definer;

CREATE INDEX outbox_unsent_idx ON outbox (created_at) WHERE sent_at IS NULL;

-- The relay sees every tenant's outbox, through these functions only.
CREATE FUNCTION outbox_pending(at_most integer)
RETURNS TABLE (tenant_id uuid, id uuid, job text, arguments jsonb, actor_id uuid, not_before timestamptz)
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT o.tenant_id, o.id, o.job::text, o.arguments, o.actor_id, o.not_before FROM outbox o
    WHERE o.sent_at IS NULL ORDER BY o.created_at LIMIT at_most FOR UPDATE SKIP LOCKED
$$;
CREATE FUNCTION outbox_mark_sent(ids uuid[]) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    UPDATE outbox SET sent_at = clock_timestamp() WHERE id = ANY (ids)
$$;
-- Jobs handed over long ago and never finished are handed over again (a lost queue loses nothing).
CREATE FUNCTION outbox_requeue(older_than interval) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH again AS (
        UPDATE outbox SET sent_at = NULL
        WHERE done_at IS NULL AND error = '' AND sent_at < clock_timestamp() - older_than RETURNING 1
    ) SELECT count(*) FROM again
$$;
ALTER FUNCTION outbox_pending(integer) OWNER TO thidua_definer;
ALTER FUNCTION outbox_mark_sent(uuid[]) OWNER TO thidua_definer;
ALTER FUNCTION outbox_requeue(interval) OWNER TO thidua_definer;
REVOKE ALL ON FUNCTION outbox_pending(integer), outbox_mark_sent(uuid[]), outbox_requeue(interval) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outbox_pending(integer), outbox_mark_sent(uuid[]), outbox_requeue(interval)
    TO thidua_app;
