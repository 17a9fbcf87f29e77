ALTER TABLE "report_version" ADD CONSTRAINT "report_version_delegated_by_fkey" FOREIGN KEY (tenant_id, delegated_by) REFERENCES "account" (tenant_id, id);
