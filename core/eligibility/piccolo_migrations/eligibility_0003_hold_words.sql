DROP TRIGGER audit ON "subject_hold";
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON "subject_hold" FOR EACH ROW EXECUTE FUNCTION record_audit('reason', 'release_note');
