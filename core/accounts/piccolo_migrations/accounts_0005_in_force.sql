-- A grant without days always holds; one with days holds from the first to the last, in Vietnam.
-- Volatile like the clock it reads, so that the planner may inline it.
CREATE FUNCTION grant_in_force(valid_from date, valid_to date) RETURNS boolean
LANGUAGE sql VOLATILE AS $$
    SELECT (official_now() AT TIME ZONE 'Asia/Ho_Chi_Minh')::date
        BETWEEN coalesce(valid_from, '-infinity'::date) AND coalesce(valid_to, 'infinity'::date)
$$;
CREATE INDEX role_grant_delegated_by_idx ON role_grant (tenant_id, delegated_by) WHERE delegated_by IS NOT NULL;
-- Rooms migrate in order: the organisation's tables were made before accounts.
ALTER TABLE "unit_succession" ADD CONSTRAINT "unit_succession_made_by_fkey" FOREIGN KEY (tenant_id, made_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "person_move" ADD CONSTRAINT "person_move_asked_by_fkey" FOREIGN KEY (tenant_id, asked_by) REFERENCES "account" (tenant_id, id);
ALTER TABLE "person_move" ADD CONSTRAINT "person_move_answered_by_fkey" FOREIGN KEY (tenant_id, answered_by) REFERENCES "account" (tenant_id, id);
