-- Sending: two lanes of the queue, a number that is stopped, pacing before Meta refuses, and templates.

-- Lane 0 goes first: what a customer or a person waits for. Lane 1 is in bulk, and holds nobody up.
ALTER TABLE work.job ADD COLUMN lane smallint NOT NULL DEFAULT 0 CHECK (lane IN (0, 1));
COMMENT ON COLUMN work.job.lane IS 'none';
DROP INDEX work.job_due;
CREATE INDEX job_due ON work.job (run_at) WHERE dead_at IS NULL AND lane = 0;
CREATE INDEX job_due_bulk ON work.job (run_at) WHERE dead_at IS NULL AND lane = 1;
CREATE INDEX job_subject ON work.job (client_id, subject);
GRANT SELECT (lane) ON work.job TO munshi_dispatch;

ALTER TABLE channel.outbox ADD COLUMN bulk boolean NOT NULL DEFAULT false;
CREATE INDEX outbox_queued ON channel.outbox (client_id, number_id, created_at, message_id) WHERE state = 'queued';

ALTER TABLE vault.message DROP CONSTRAINT message_source_check;
ALTER TABLE vault.message ADD CONSTRAINT message_source_check CHECK (source IN ('webhook', 'dashboard', 'responder', 'import', 'api'));

-- The business account at Meta that a number belongs to; its templates are asked for there.
ALTER TABLE channel.number ADD COLUMN waba_id_sealed bytea;
COMMENT ON COLUMN channel.number.waba_id_sealed IS 'pii:provider-id of the business account, sealed under the workspace''s own key';
GRANT UPDATE (waba_id_sealed) ON channel.number TO munshi_app;

-- A number whose messages Meta refuses all alike: they wait together, and one at a time asks whether it is over.
CREATE TABLE channel.number_stop (
    client_id uuid NOT NULL,
    number_id uuid NOT NULL,
    code      int NOT NULL,
    since     timestamptz NOT NULL,
    probes    int NOT NULL DEFAULT 0 CHECK (probes >= 0),
    probe_at  timestamptz NOT NULL,
    PRIMARY KEY (client_id, number_id),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
) WITH (fillfactor = 80);

-- How fast a number sends. Processes take turns in blocks from next_at, so that all of them together keep the pace.
CREATE TABLE channel.number_pace (
    client_id  uuid NOT NULL,
    number_id  uuid NOT NULL,
    per_second int NOT NULL CHECK (per_second BETWEEN 1 AND 1000),
    next_at    timestamptz NOT NULL,
    held_until timestamptz,
    lowered_to double precision CHECK (lowered_to > 0),
    lowered_at timestamptz,
    PRIMARY KEY (client_id, number_id),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number,
    CHECK ((lowered_to IS NULL) = (lowered_at IS NULL))
) WITH (fillfactor = 50);

-- When what was sent to one customer ahead of its time is paid back.
CREATE TABLE channel.pair_pace (
    client_id       uuid NOT NULL,
    conversation_id uuid NOT NULL,
    free_at         timestamptz NOT NULL,
    PRIMARY KEY (client_id, conversation_id),
    FOREIGN KEY (client_id, conversation_id) REFERENCES vault.conversation
) WITH (fillfactor = 80);

-- Message templates as Meta holds them; each refresh writes what is there and takes away what is not.
CREATE TABLE channel.template (
    client_id    uuid NOT NULL,
    number_id    uuid NOT NULL,
    id           uuid NOT NULL,
    name         text NOT NULL CHECK (name ~ '^[a-z0-9_]+$' AND length(name) <= 512),
    language     text NOT NULL CHECK (language ~ '^[A-Za-z_]{2,16}$'),
    category     text NOT NULL CHECK (category ~ '^[A-Z_]{1,64}$'),
    status       text NOT NULL CHECK (status ~ '^[A-Z_]{1,64}$'),
    components   jsonb NOT NULL,
    refreshed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, id),
    UNIQUE (client_id, number_id, name, language),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
);
COMMENT ON COLUMN channel.template.name IS 'none: the business''s own name for it';
COMMENT ON COLUMN channel.template.language IS 'none';
COMMENT ON COLUMN channel.template.category IS 'none: Meta''s word';
COMMENT ON COLUMN channel.template.status IS 'none: Meta''s word';
COMMENT ON COLUMN channel.template.components IS 'none: the business''s own wording with its places left open, without the examples';

ALTER TABLE channel.number_stop ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.number_stop FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.number_stop TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.number_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.number_pace FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.number_pace TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.pair_pace ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.pair_pace FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.pair_pace TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.template ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.template FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.template TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT, DELETE ON channel.number_stop, channel.template TO munshi_app;
GRANT UPDATE (code, probes, probe_at) ON channel.number_stop TO munshi_app;
GRANT UPDATE (category, status, components, refreshed_at) ON channel.template TO munshi_app;
GRANT SELECT, INSERT ON channel.number_pace, channel.pair_pace TO munshi_app;
GRANT UPDATE (per_second, next_at, held_until, lowered_to, lowered_at) ON channel.number_pace TO munshi_app;
GRANT UPDATE (free_at) ON channel.pair_pace TO munshi_app;

-- Messages a second now: what was lowered grows back by a hundredth of the whole each second. Five in a hundred are left to chance.
CREATE FUNCTION channel.pace(p channel.number_pace) RETURNS double precision
LANGUAGE sql VOLATILE SET search_path = pg_catalog AS $$
SELECT greatest(0.5, 0.95 * CASE
    WHEN p.lowered_at IS NULL THEN p.per_second
    ELSE least(p.per_second, p.lowered_to + p.per_second * 0.01 * greatest(0, extract(epoch FROM clock_timestamp() - p.lowered_at)::double precision))
END)
$$;
REVOKE ALL ON FUNCTION channel.pace(channel.number_pace) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION channel.pace(channel.number_pace) TO munshi_app;
