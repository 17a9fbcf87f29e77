-- What the console knows across departments: counts, states and error texts, never contents.
SET LOCAL ROLE thidua_definer;

CREATE FUNCTION platform_overview() RETURNS TABLE (
    tenant_id uuid, accounts bigint, storage_bytes bigint, last_activity timestamptz,
    edition_number integer, edition_plugin text, edition_version text, edition_from date,
    open_rounds bigint, failed_jobs bigint, failed_mails bigint
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT t.id,
        (SELECT count(*) FROM account AS a WHERE a.tenant_id = t.id AND a.is_active),
        (SELECT coalesce(sum(f.size), 0)::bigint FROM (SELECT DISTINCT ON (s.storage_key) s.size
            FROM stored_file AS s WHERE s.tenant_id = t.id) AS f),
        (SELECT e.at FROM audit_event AS e WHERE e.tenant_id = t.id ORDER BY e.seq DESC LIMIT 1),
        n.number, n.plugin_slug::text, n.plugin_version::text, n.effective_from,
        (SELECT count(*) FROM reporting_round AS r WHERE r.tenant_id = t.id AND r.state = 'open'),
        (SELECT count(*) FROM outbox AS o
            WHERE o.tenant_id = t.id AND o.done_at IS NULL AND o.error <> ''),
        (SELECT count(*) FROM mail AS m WHERE m.tenant_id = t.id AND m.state = 'failed')
    FROM tenant AS t LEFT JOIN LATERAL (
        SELECT p.number, p.plugin_slug, p.plugin_version, p.effective_from FROM plan_edition AS p
        WHERE p.tenant_id = t.id ORDER BY p.number DESC LIMIT 1) AS n ON true
$$;

CREATE FUNCTION platform_job_counts() RETURNS TABLE (tenant_id uuid, state text, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT o.tenant_id, CASE WHEN o.done_at IS NOT NULL THEN 'done' WHEN o.error <> '' THEN 'failed'
        WHEN o.sent_at IS NOT NULL THEN 'running' ELSE 'waiting' END, count(*)
    FROM outbox AS o GROUP BY 1, 2
$$;

CREATE FUNCTION platform_failed_jobs(at_most integer) RETURNS TABLE (
    tenant_id uuid, id uuid, job text, created_at timestamptz, attempts integer, error text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT o.tenant_id, o.id, o.job::text, o.created_at, o.attempts, left(o.error, 500)
    FROM outbox AS o WHERE o.done_at IS NULL AND o.error <> ''
    ORDER BY o.created_at DESC, o.id LIMIT at_most
$$;

-- Hands failed jobs over again (all of them without ids); a mail that was given up waits again.
CREATE FUNCTION platform_retry_jobs(ids uuid[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    again uuid[];
BEGIN
    SELECT coalesce(array_agg(o.id), '{}') INTO again FROM outbox AS o
        WHERE o.done_at IS NULL AND o.error <> '' AND (ids IS NULL OR o.id = ANY (ids));
    UPDATE mail AS m SET state = 'queued', error = '' FROM outbox AS o
        WHERE o.id = ANY (again) AND o.job = 'notifications.send_mail'
        AND m.tenant_id = o.tenant_id AND m.id = (o.arguments ->> 'mail_id')::uuid
        AND m.state = 'failed';
    UPDATE outbox SET error = '', sent_at = NULL, attempts = 0, not_before = NULL
        WHERE id = ANY (again);
    RETURN cardinality(again);
END $$;

CREATE FUNCTION platform_mail_counts() RETURNS TABLE (tenant_id uuid, state text, count bigint)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.tenant_id, m.state::text, count(*) FROM mail AS m GROUP BY 1, 2
$$;

-- Neither address nor subject nor text.
CREATE FUNCTION platform_stuck_mails(at_most integer) RETURNS TABLE (
    tenant_id uuid, id uuid, state text, created_at timestamptz, error text
) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT m.tenant_id, m.id, m.state::text, m.created_at, left(m.error, 300) FROM mail AS m
    WHERE m.state IN ('failed', 'unknown') ORDER BY m.created_at DESC, m.id LIMIT at_most
$$;

-- Only what certainly did not go out is sent again; `unknown` and `sending` never are.
CREATE FUNCTION platform_retry_mails(ids uuid[]) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    one record;
    made bigint := 0;
BEGIN
    FOR one IN UPDATE mail SET state = 'queued', error = ''
        WHERE state = 'failed' AND (ids IS NULL OR id = ANY (ids)) RETURNING tenant_id, id
    LOOP
        UPDATE outbox AS o SET done_at = clock_timestamp()
            WHERE o.tenant_id = one.tenant_id AND o.job = 'notifications.send_mail'
            AND o.done_at IS NULL AND o.arguments ->> 'mail_id' = one.id::text;
        INSERT INTO outbox (tenant_id, id, job, arguments, created_at)
            VALUES (one.tenant_id, gen_random_uuid(), 'notifications.send_mail',
                jsonb_build_object('mail_id', one.id), clock_timestamp());
        made := made + 1;
    END LOOP;
    RETURN made;
END $$;

-- Rows of every tenant table by department; reads all of them, so it is asked for on its own page.
CREATE FUNCTION platform_sizes() RETURNS TABLE (tenant_id uuid, table_name text, rows bigint)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
DECLARE
    one text;
BEGIN
    FOR one IN SELECT c.relname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid
        WHERE a.attname = 'tenant_id' AND c.relkind IN ('r', 'p') AND c.relrowsecurity
        AND c.relnamespace = 'public'::regnamespace ORDER BY 1
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT tenant_id, %L::text, count(*) FROM %I GROUP BY 1', one, one);
    END LOOP;
END $$;

-- Statements that take long now. Values are never in them: they are bound, not written out.
CREATE FUNCTION platform_long_statements(longer_than interval) RETURNS TABLE (
    pid integer, role text, seconds double precision, state text, waits_for text, statement text
) LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    SELECT s.pid, s.usename::text, extract(epoch FROM clock_timestamp() - s.query_start)::float8,
        s.state, coalesce(s.wait_event, ''), left(s.query, 300)
    FROM pg_stat_activity AS s
    WHERE s.datname = current_database() AND s.state <> 'idle' AND s.pid <> pg_backend_pid()
    AND clock_timestamp() - s.query_start > longer_than ORDER BY 3 DESC LIMIT 50
$$;

-- The slowest kinds of statements; nothing where pg_stat_statements is not installed.
CREATE FUNCTION platform_slow_statements(at_most integer) RETURNS TABLE (
    role text, calls bigint, mean_ms double precision, total_ms double precision, statement text
) LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
BEGIN
    IF to_regclass('pg_stat_statements') IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY EXECUTE
        'SELECT r.rolname::text, s.calls, s.mean_exec_time, s.total_exec_time, left(s.query, 300)
         FROM pg_stat_statements AS s LEFT JOIN pg_roles AS r ON r.oid = s.userid
         WHERE s.dbid = (SELECT oid FROM pg_database WHERE datname = current_database())
         ORDER BY s.total_exec_time DESC LIMIT $1' USING at_most;
END $$;

REVOKE ALL ON FUNCTION platform_overview(), platform_job_counts(), platform_failed_jobs(integer),
    platform_retry_jobs(uuid[]), platform_mail_counts(), platform_stuck_mails(integer),
    platform_retry_mails(uuid[]), platform_sizes(), platform_long_statements(interval),
    platform_slow_statements(integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_overview(), platform_job_counts(),
    platform_failed_jobs(integer), platform_retry_jobs(uuid[]), platform_mail_counts(),
    platform_stuck_mails(integer), platform_retry_mails(uuid[]), platform_sizes(),
    platform_long_statements(interval), platform_slow_statements(integer) TO thidua_platform;
RESET ROLE;
