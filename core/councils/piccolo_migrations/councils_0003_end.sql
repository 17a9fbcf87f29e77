ALTER TABLE "council" ADD CONSTRAINT "council_end_file_id_fkey" FOREIGN KEY (tenant_id, end_file_id) REFERENCES "stored_file" (tenant_id, id);
CREATE INDEX "council_member_person_id_idx" ON "council_member" (tenant_id, person_id);
