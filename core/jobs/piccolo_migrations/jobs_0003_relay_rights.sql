-- The functions belong to the definer since the migration before; only their owner can change
-- who may call them (a REVOKE by anybody else is a warning and does nothing).
SET LOCAL ROLE thidua_definer;
REVOKE ALL ON FUNCTION outbox_pending(integer), outbox_mark_sent(uuid[]), outbox_requeue(interval)
    FROM PUBLIC;
GRANT EXECUTE ON FUNCTION outbox_pending(integer), outbox_mark_sent(uuid[]), outbox_requeue(interval)
    TO thidua_app;
RESET ROLE;
