-- Work to be done once, written in the transaction of the fact that causes it.
CREATE TABLE work.job (
    client_id    uuid NOT NULL REFERENCES workspace.workspace,
    id           uuid NOT NULL,
    kind         text NOT NULL,
    subject      uuid NOT NULL,
    created_at   timestamptz NOT NULL,
    run_at       timestamptz NOT NULL,
    attempts     int NOT NULL DEFAULT 0,
    lease        uuid,
    leased_until timestamptz,
    dead_at      timestamptz,
    last_error   text,
    PRIMARY KEY (client_id, id)
) WITH (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.02);
CREATE INDEX job_due ON work.job (run_at) WHERE dead_at IS NULL;
COMMENT ON COLUMN work.job.kind IS 'none';
COMMENT ON COLUMN work.job.last_error IS 'none: the type of a failure, never its message';

ALTER TABLE work.job ENABLE ROW LEVEL SECURITY;
ALTER TABLE work.job FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON work.job TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY enqueue ON work.job FOR INSERT TO munshi_sorter WITH CHECK (kind = 'intake.update');
CREATE POLICY claim_read ON work.job FOR SELECT TO munshi_dispatch USING (true);
CREATE POLICY claim ON work.job FOR UPDATE TO munshi_dispatch USING (true) WITH CHECK (true);
GRANT SELECT, INSERT, DELETE ON work.job TO munshi_app;
GRANT UPDATE (run_at, attempts, lease, leased_until, dead_at, last_error) ON work.job TO munshi_app;
GRANT INSERT ON work.job TO munshi_sorter;
GRANT SELECT (client_id, id, kind, run_at, attempts, lease, leased_until, dead_at) ON work.job TO munshi_dispatch;
GRANT UPDATE (attempts, lease, leased_until) ON work.job TO munshi_dispatch;

CREATE VIEW work.dead_letter WITH (security_invoker = true) AS
SELECT client_id, id, kind, subject, created_at, dead_at, attempts, last_error FROM work.job WHERE dead_at IS NOT NULL;
GRANT SELECT ON work.dead_letter TO munshi_app;

CREATE FUNCTION work.wake() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    PERFORM pg_notify('munshi_work', '');
    RETURN NULL;
END
$$;
CREATE TRIGGER wake AFTER INSERT ON work.job FOR EACH STATEMENT EXECUTE FUNCTION work.wake();
