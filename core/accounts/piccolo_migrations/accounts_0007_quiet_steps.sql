ALTER TABLE "planned_change" ADD CONSTRAINT "planned_change_made_by_fkey" FOREIGN KEY (tenant_id, made_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "planned_change" ADD CONSTRAINT "planned_change_closed_by_fkey" FOREIGN KEY (tenant_id, closed_by) REFERENCES "account" (tenant_id, id);
-- The step of the code that was used last is no change of the account: each sign-in moves it.
DROP TRIGGER audit ON "account";
CREATE TRIGGER audit AFTER INSERT OR DELETE ON "account" FOR EACH ROW EXECUTE FUNCTION record_audit('password_hash', 'totp_secret');
CREATE TRIGGER audit_update AFTER UPDATE ON "account" FOR EACH ROW WHEN ((to_jsonb(OLD) - 'totp_last_step') IS DISTINCT FROM (to_jsonb(NEW) - 'totp_last_step')) EXECUTE FUNCTION record_audit('password_hash', 'totp_secret');
