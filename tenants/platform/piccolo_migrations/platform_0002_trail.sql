-- Operators: keys, least rights, and their trail. Run once, by the owner.
ALTER TABLE operator_session ADD CONSTRAINT operator_session_operator_id_fkey
    FOREIGN KEY (operator_id) REFERENCES operator (id) ON DELETE CASCADE;
ALTER TABLE operator_recovery_code ADD CONSTRAINT operator_recovery_code_operator_id_fkey
    FOREIGN KEY (operator_id) REFERENCES operator (id) ON DELETE CASCADE;
CREATE INDEX operator_session_operator_idx ON operator_session (operator_id);
CREATE INDEX operator_recovery_code_operator_idx ON operator_recovery_code (operator_id);
CREATE INDEX platform_event_seq_idx ON platform_event (seq);
CREATE INDEX platform_event_unlinked_idx ON platform_event (at) WHERE hash = '';

GRANT SELECT, INSERT, UPDATE, DELETE ON operator, operator_session, operator_recovery_code
    TO thidua_platform;
GRANT SELECT ON platform_event, platform_head TO thidua_platform;
GRANT SELECT, INSERT, UPDATE ON platform_event, platform_head TO thidua_definer;

SET LOCAL ROLE thidua_definer;

-- Written for every change of a table of the platform. The arguments name columns of which only
-- a hash is kept. What only counts (failures, steps of codes) is not an event.
CREATE FUNCTION record_platform() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
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
        CONTINUE WHEN was IS NOT DISTINCT FROM is_now
            OR item IN ('id', 'failed_count', 'totp_last_step');
        IF item = ANY (TG_ARGV) THEN
            was := to_jsonb(encode(sha256(convert_to(was::text, 'UTF8')), 'hex'));
            is_now := to_jsonb(encode(sha256(convert_to(is_now::text, 'UTF8')), 'hex'));
        END IF;
        kept := kept || jsonb_build_object(item, jsonb_build_array(was, is_now));
    END LOOP;
    IF TG_OP = 'UPDATE' AND kept = '{}' THEN
        RETURN NULL;
    END IF;
    INSERT INTO platform_event (id, at, operator_id, reason, table_name, subject, row_id, action,
        changes)
    VALUES (gen_random_uuid(), official_now(),
        nullif(current_setting('app.actor_id', true), '')::uuid,
        coalesce(current_setting('app.reason', true), ''), TG_TABLE_NAME,
        coalesce(whole ->> 'slug', whole ->> 'host', whole ->> 'username', ''),
        (whole ->> 'id')::uuid, lower(TG_OP), kept);
    RETURN NULL;
END $$;

-- What an operator does without changing a table of the platform: retries, support, signing in.
CREATE FUNCTION platform_note(the_action text, the_subject text, about uuid, details jsonb)
RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    INSERT INTO platform_event (id, at, operator_id, reason, table_name, subject, row_id, action,
        changes)
    VALUES (gen_random_uuid(), official_now(),
        nullif(current_setting('app.actor_id', true), '')::uuid,
        coalesce(current_setting('app.reason', true), ''), 'note', the_subject, about, the_action,
        details)
$$;

CREATE FUNCTION platform_line(event platform_event, seq bigint) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public AS $$
    SELECT audit_line(seq, event.at, event.operator_id, event.reason,
        event.table_name || ':' || event.subject, event.row_id, event.action, event.changes)
$$;

-- Links the transaction's events into the chain at the commit; the first call links all of them.
CREATE FUNCTION link_platform() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
DECLARE
    head platform_head%ROWTYPE;
    event platform_event%ROWTYPE;
    digest text;
BEGIN
    IF (SELECT hash FROM platform_event WHERE id = NEW.id) <> '' THEN
        RETURN NULL;
    END IF;
    SELECT * INTO head FROM platform_head FOR UPDATE;
    FOR event IN SELECT * FROM platform_event WHERE hash = '' ORDER BY at, ctid LOOP
        digest := encode(sha256(convert_to(
            head.hash || '|' || platform_line(event, head.seq + 1), 'UTF8')), 'hex');
        UPDATE platform_event SET seq = head.seq + 1, prev_hash = head.hash, hash = digest
            WHERE id = event.id;
        head.seq := head.seq + 1;
        head.hash := digest;
    END LOOP;
    UPDATE platform_head SET seq = head.seq, hash = head.hash;
    RETURN NULL;
END $$;

CREATE FUNCTION keep_platform() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR OLD.hash <> '' THEN
        RAISE EXCEPTION 'platform_event is append-only';
    END IF;
    RETURN NEW;
END $$;

REVOKE ALL ON FUNCTION platform_note(text, text, uuid, jsonb) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_note(text, text, uuid, jsonb) TO thidua_platform;
RESET ROLE;

INSERT INTO platform_head (id, seq, hash) VALUES (gen_random_uuid(), 0, '');
CREATE TRIGGER trail AFTER INSERT OR UPDATE OR DELETE ON tenant
    FOR EACH ROW EXECUTE FUNCTION record_platform();
CREATE TRIGGER trail AFTER INSERT OR UPDATE OR DELETE ON tenant_host
    FOR EACH ROW EXECUTE FUNCTION record_platform();
CREATE TRIGGER trail AFTER INSERT OR UPDATE OR DELETE ON operator
    FOR EACH ROW EXECUTE FUNCTION record_platform('password_hash', 'totp_secret');
CREATE CONSTRAINT TRIGGER link AFTER INSERT ON platform_event DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION link_platform();
CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON platform_event
    FOR EACH ROW EXECUTE FUNCTION keep_platform();
CREATE TRIGGER keep_whole BEFORE TRUNCATE ON platform_event
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_truncate();
