-- Roles, rights and extensions of thidua. PostgreSQL 15 to 18.
--
-- Run by a superuser, connected to the application's (empty or existing) database:
--     createdb --encoding UTF8 --template template0 thidua
--     psql -X -v ON_ERROR_STOP=1 -d thidua -f roles.sql
-- It may be run again at any time. It sets no passwords; see deploy/README.md.
-- The embedded server of `make up` and the tests run this same file.

DO $$
DECLARE
    wanted record;
BEGIN
    FOR wanted IN
        SELECT * FROM (VALUES
            -- migrations; owns the tables, bound by FORCE ROW LEVEL SECURITY like everyone
            ('thidua_owner',
             'LOGIN NOSUPERUSER CREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'),
            -- web and worker
            ('thidua_app',
             'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'),
            -- the operator's console: tenancy tables only
            ('thidua_platform',
             'LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION NOBYPASSRLS'),
            -- owns the few SECURITY DEFINER functions that must see across tenants
            ('thidua_definer',
             'NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION BYPASSRLS')
        ) AS roles(name, attributes)
    LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = wanted.name) THEN
            EXECUTE format('CREATE ROLE %I', wanted.name);
        END IF;
        EXECUTE format('ALTER ROLE %I %s', wanted.name, wanted.attributes);
    END LOOP;

    -- The owner may hand functions over to the definer, and gets no right of it by itself.
    -- (PostgreSQL 15 knows no INHERIT per grant; BYPASSRLS is never inherited anyway.)
    IF current_setting('server_version_num')::int >= 160000 THEN
        EXECUTE 'GRANT thidua_definer TO thidua_owner WITH INHERIT FALSE, SET TRUE';
    ELSE
        GRANT thidua_definer TO thidua_owner;
    END IF;

    -- The console shows which statements are slow (their texts hold no values).
    GRANT pg_read_all_stats TO thidua_definer;

    EXECUTE format('ALTER DATABASE %I OWNER TO thidua_owner', current_database());
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO thidua_app, thidua_platform',
                   current_database());
END
$$;

-- A plan made for one tenant must never be kept for another.
ALTER ROLE thidua_app SET plan_cache_mode = 'force_custom_plan';

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO thidua_owner;
GRANT USAGE, CREATE ON SCHEMA public TO thidua_definer;
GRANT USAGE ON SCHEMA public TO thidua_app, thidua_platform;

CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;
CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
