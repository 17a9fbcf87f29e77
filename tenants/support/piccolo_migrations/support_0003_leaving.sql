SET LOCAL ROLE thidua_definer;

-- Whoever leaves the operators is out of every department at once: sessions end, tickets lapse.
CREATE FUNCTION platform_end_support(of_operator uuid) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = pg_catalog, public AS $$
    WITH lapsed AS (
        UPDATE support_entry SET expires_at = official_now()
        WHERE operator_id = of_operator AND used_at IS NULL AND expires_at > official_now()
    ), ended AS (
        UPDATE session AS s SET revoked_at = official_now() FROM support_entry AS e
        WHERE e.operator_id = of_operator AND s.tenant_id = e.tenant_id AND s.id = e.session_id
            AND s.revoked_at IS NULL
        RETURNING s.id
    )
    SELECT count(*) FROM ended
$$;

REVOKE ALL ON FUNCTION platform_end_support(uuid) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION platform_end_support(uuid) TO thidua_platform;
RESET ROLE;
