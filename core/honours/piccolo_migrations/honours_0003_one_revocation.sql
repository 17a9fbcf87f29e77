CREATE UNIQUE INDEX "revocation_open_idx" ON "revocation" (tenant_id, grant_id) WHERE state <> 'dropped';
ALTER TABLE "revocation" DROP CONSTRAINT "revocation_decision_id_fkey";
ALTER TABLE "revocation" ADD CONSTRAINT "revocation_decision_id_fkey" FOREIGN KEY (tenant_id, decision_id) REFERENCES "award_decision" (tenant_id, id) ON DELETE SET NULL (decision_id);
CREATE INDEX "award_grant_register_idx" ON "award_grant" (tenant_id, decided_on DESC, id DESC);
