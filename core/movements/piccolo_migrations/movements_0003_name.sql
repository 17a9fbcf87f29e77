-- A published edition puts the movement's name into the catalogue (which the application may only
-- read), so that pages show it without a query of their own.
GRANT UPDATE (settings) ON tenant TO thidua_definer;
CREATE FUNCTION remember_movement() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public AS $$
BEGIN
    UPDATE tenant SET settings = settings
        || jsonb_build_object('movement_name', NEW.content #>> '{movement,name}')
    WHERE id = NEW.tenant_id;
    RETURN NULL;
END $$;
ALTER FUNCTION remember_movement() OWNER TO thidua_definer;
CREATE TRIGGER remember_movement AFTER INSERT ON plan_edition
    FOR EACH ROW EXECUTE FUNCTION remember_movement();
