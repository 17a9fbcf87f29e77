-- The functions that tables, triggers and the application share. Run once, by the owner.
-- Functions that must see across tenants or write the audit chain belong to thidua_definer.

GRANT USAGE ON SCHEMA public TO thidua_app, thidua_platform, thidua_definer;
GRANT CREATE ON SCHEMA public TO thidua_definer;

-- The official instant: the real clock, or the one set for this transaction (tests, demo).
CREATE FUNCTION official_now() RETURNS timestamptz LANGUAGE sql VOLATILE AS $$
    SELECT coalesce(nullif(current_setting('app.now', true), '')::timestamptz, clock_timestamp())
$$;

-- Text without diacritics, lower case, for search; immutable so that it may be indexed.
CREATE FUNCTION fold(value text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, value))
$$;

-- One line of the chain as text; the hash covers it together with the previous hash.
CREATE FUNCTION audit_line(
    seq bigint, at timestamptz, actor_id uuid, reason text,
    table_name text, row_id uuid, action text, changes jsonb
) RETURNS text LANGUAGE sql STABLE AS $$
    SELECT concat_ws('|', seq, to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        actor_id, reason, table_name, row_id, action, changes::text)
$$;

-- Written for every change of an audited table. The arguments name columns of which only a
-- hash is kept. Values equal before and after are left out.
CREATE FUNCTION record_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) END;
    whole jsonb := coalesce(after, before);
    kept jsonb := '{}';
    item text;
    was jsonb;
    is_now jsonb;
BEGIN
    FOR item IN SELECT jsonb_object_keys(whole) LOOP
        was := before -> item;
        is_now := after -> item;
        CONTINUE WHEN was IS NOT DISTINCT FROM is_now OR item IN ('id', 'tenant_id');
        IF item = ANY (TG_ARGV) THEN
            was := to_jsonb(encode(sha256(convert_to(was::text, 'UTF8')), 'hex'));
            is_now := to_jsonb(encode(sha256(convert_to(is_now::text, 'UTF8')), 'hex'));
        END IF;
        kept := kept || jsonb_build_object(item, jsonb_build_array(was, is_now));
    END LOOP;
    IF TG_OP = 'UPDATE' AND kept = '{}' THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_event (tenant_id, id, at, actor_id, reason, table_name, row_id, action, changes)
    VALUES ((whole ->> 'tenant_id')::uuid, gen_random_uuid(), official_now(),
        nullif(current_setting('app.actor_id', true), '')::uuid,
        coalesce(current_setting('app.reason', true), ''),
        TG_TABLE_NAME, (whole ->> 'id')::uuid, lower(TG_OP), kept);
    RETURN NULL;
END $$;

-- Links the transaction's events into the tenant's chain. Deferred to the commit, so that the
-- chain's head is locked only for that moment; the first call links all of them at once.
CREATE FUNCTION link_audit() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    head audit_head%ROWTYPE;
    event audit_event%ROWTYPE;
    digest text;
BEGIN
    IF (SELECT hash FROM audit_event WHERE tenant_id = NEW.tenant_id AND id = NEW.id) <> '' THEN
        RETURN NULL;
    END IF;
    INSERT INTO audit_head (tenant_id, id, seq, hash) VALUES (NEW.tenant_id, NEW.tenant_id, 0, '')
        ON CONFLICT DO NOTHING;
    SELECT * INTO head FROM audit_head WHERE tenant_id = NEW.tenant_id FOR UPDATE;
    FOR event IN
        SELECT * FROM audit_event WHERE tenant_id = NEW.tenant_id AND hash = '' ORDER BY at, ctid
    LOOP
        digest := encode(sha256(convert_to(head.hash || '|' || audit_line(head.seq + 1, event.at,
            event.actor_id, event.reason, event.table_name, event.row_id, event.action,
            event.changes), 'UTF8')), 'hex');
        UPDATE audit_event SET seq = head.seq + 1, prev_hash = head.hash, hash = digest
            WHERE tenant_id = event.tenant_id AND id = event.id;
        head.seq := head.seq + 1;
        head.hash := digest;
    END LOOP;
    UPDATE audit_head SET seq = head.seq, hash = head.hash WHERE tenant_id = NEW.tenant_id;
    RETURN NULL;
END $$;

-- Once linked, an event is never changed; nothing is ever deleted.
CREATE FUNCTION keep_audit() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND current_setting('app.removing_tenant', true) = OLD.tenant_id::text
        AND session_user = 'thidua_owner' THEN
        RETURN OLD;
    END IF;
    IF TG_OP = 'DELETE' OR OLD.hash <> '' THEN
        RAISE EXCEPTION 'audit_event is append-only';
    END IF;
    RETURN NEW;
END $$;

ALTER TABLE "audit_event" DROP CONSTRAINT "audit_event_pkey";
ALTER TABLE "audit_event" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "audit_event" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "audit_event" ADD CONSTRAINT "audit_event_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
CREATE INDEX "audit_event_seq_idx" ON "audit_event" (tenant_id, seq);
CREATE INDEX "audit_event_row_id_at_idx" ON "audit_event" (tenant_id, row_id, at);
CREATE INDEX "audit_event_actor_id_at_idx" ON "audit_event" (tenant_id, actor_id, at);
ALTER TABLE "audit_event" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_event" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "audit_event" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT ON "audit_event" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "audit_event" TO thidua_definer;
ALTER TABLE "audit_head" DROP CONSTRAINT "audit_head_pkey";
ALTER TABLE "audit_head" ADD PRIMARY KEY (tenant_id, id);
ALTER TABLE "audit_head" ALTER COLUMN tenant_id SET DEFAULT nullif(current_setting('app.tenant_id', true), '')::uuid;
ALTER TABLE "audit_head" ADD CONSTRAINT "audit_head_tenant_fkey" FOREIGN KEY (tenant_id) REFERENCES tenant (id);
ALTER TABLE "audit_head" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "audit_head" FORCE ROW LEVEL SECURITY;
CREATE POLICY tenant_isolation ON "audit_head" USING (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid) WITH CHECK (tenant_id = nullif(current_setting('app.tenant_id', true), '')::uuid);
GRANT SELECT, INSERT, UPDATE, DELETE ON "audit_head" TO thidua_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "audit_head" TO thidua_definer;

CREATE INDEX audit_event_unlinked_idx ON audit_event (tenant_id) WHERE hash = '';
CREATE CONSTRAINT TRIGGER link AFTER INSERT ON audit_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION link_audit();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON audit_event FOR EACH ROW EXECUTE FUNCTION keep_audit();
REVOKE INSERT ON audit_event FROM thidua_app;
REVOKE INSERT, UPDATE, DELETE ON audit_head FROM thidua_app;
ALTER FUNCTION record_audit() OWNER TO thidua_definer;
ALTER FUNCTION link_audit() OWNER TO thidua_definer;
