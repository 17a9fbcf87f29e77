-- The trail is searched newest first: by itself, and by table. Who and record have their indexes.
CREATE INDEX "audit_event_at_seq_idx" ON "audit_event" (tenant_id, at, seq);
CREATE INDEX "audit_event_table_name_at_seq_idx" ON "audit_event" (tenant_id, table_name, at, seq);
