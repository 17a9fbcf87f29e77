CREATE INDEX "password_reset_account_id_idx" ON "password_reset" (tenant_id, account_id);
