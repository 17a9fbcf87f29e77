CREATE INDEX "account_roster_key_id_idx" ON "account" (tenant_id, roster_key, id);
