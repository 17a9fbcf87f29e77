-- Whatever ends a person's own grant (revoked, unit closed, account closed) ends what he lent of it.
CREATE FUNCTION end_lent_roles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE role_grant SET revoked_at = official_now()
    WHERE tenant_id = NEW.tenant_id AND delegated_by = NEW.account_id AND role = NEW.role
        AND unit_id = NEW.unit_id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER end_lent_roles AFTER UPDATE OF revoked_at ON role_grant FOR EACH ROW
    WHEN (NEW.revoked_at IS NOT NULL AND OLD.revoked_at IS NULL AND NEW.delegated_by IS NULL)
    EXECUTE FUNCTION end_lent_roles();
CREATE FUNCTION end_lent_of_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    UPDATE role_grant SET revoked_at = official_now()
    WHERE tenant_id = NEW.tenant_id AND delegated_by = NEW.id AND revoked_at IS NULL;
    RETURN NULL;
END $$;
CREATE TRIGGER end_lent_of_account AFTER UPDATE OF is_active ON account FOR EACH ROW
    WHEN (OLD.is_active AND NOT NEW.is_active) EXECUTE FUNCTION end_lent_of_account();
