ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_delegated_by_fkey" FOREIGN KEY (tenant_id, delegated_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "role_grant" ADD CONSTRAINT "role_grant_days_check" CHECK (valid_to IS NULL OR valid_from IS NULL OR valid_from <= valid_to);
