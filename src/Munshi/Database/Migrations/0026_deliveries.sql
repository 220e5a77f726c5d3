-- What became of deliveries and updates, to be looked at, searched and, where it failed, done again.
ALTER TABLE intake.update
    ADD COLUMN sorted_at   timestamptz,
    ADD COLUMN reference   bytea CHECK (octet_length(reference) = 32),
    ADD COLUMN became      uuid,
    ADD COLUMN replays     int NOT NULL DEFAULT 0 CHECK (replays >= 0),
    ADD COLUMN replayed_at timestamptz,
    ADD CHECK (became IS NULL OR state = 'stored'),
    ADD CHECK ((replays = 0) = (replayed_at IS NULL));
COMMENT ON COLUMN intake.update.reference IS 'pii:provider-id as HMAC under the hour''s intake key: it says as long as the body opens';
GRANT INSERT (sorted_at, reference) ON intake.update TO munshi_sorter;
GRANT UPDATE (became, replays, replayed_at) ON intake.update TO munshi_app;

-- What was settled stays; only what failed may wait again, and each time that is counted.
CREATE FUNCTION intake.check_state() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
    IF OLD.state = 'pending' AND NEW.state <> 'pending' AND (NEW.replays, NEW.replayed_at) IS NOT DISTINCT FROM (OLD.replays, OLD.replayed_at) THEN
        RETURN NEW;
    END IF;
    IF OLD.state = 'failed' AND NEW.state = 'pending' AND NEW.reason IS NULL AND NEW.replays = OLD.replays + 1 AND NEW.replayed_at IS NOT NULL THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'what waits is settled once, and only what failed waits again' USING ERRCODE = 'check_violation';
END
$$;
CREATE TRIGGER settled_stays BEFORE UPDATE OF state, reason, settled_at, became, replays, replayed_at ON intake.update
    FOR EACH ROW WHEN ((OLD.state, OLD.reason, OLD.settled_at, OLD.became, OLD.replays, OLD.replayed_at) IS DISTINCT FROM
        (NEW.state, NEW.reason, NEW.settled_at, NEW.became, NEW.replays, NEW.replayed_at))
    EXECUTE FUNCTION intake.check_state();
ALTER TABLE intake.update ENABLE ALWAYS TRIGGER settled_stays;

-- An id begins with the millisecond of its delivery, so that the primary key lists all of a workspace, newest first. These list the few among the many.
DROP INDEX intake.update_unsettled;
CREATE INDEX update_apart ON intake.update (client_id, state, id) WHERE state <> 'stored';
CREATE INDEX update_of_kind ON intake.update (client_id, kind, id) WHERE kind NOT IN ('message', 'status');
CREATE INDEX update_reference ON intake.update (client_id, key_id, reference) WHERE reference IS NOT NULL;
CREATE INDEX job_dead ON work.job (client_id, subject) WHERE dead_at IS NOT NULL;

-- What of a delivery could not be used, told to the workspace whose app signed it: times, a reason word and a count, nothing of what it says.
CREATE TABLE intake.delivery_problem (
    client_id    uuid NOT NULL REFERENCES workspace.workspace,
    delivery_id  uuid NOT NULL,
    reason       text NOT NULL CHECK (reason ~ '^[a-z-]{1,48}$'),
    update_count int NOT NULL CHECK (update_count >= 0),
    received_at  timestamptz NOT NULL,
    sorted_at    timestamptz NOT NULL,
    PRIMARY KEY (client_id, delivery_id, reason)
);
COMMENT ON COLUMN intake.delivery_problem.reason IS 'none: one of our own reason words';
ALTER TABLE intake.delivery_problem ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.delivery_problem FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON intake.delivery_problem TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
CREATE POLICY told ON intake.delivery_problem FOR INSERT TO munshi_sorter WITH CHECK (true);
GRANT SELECT ON intake.delivery_problem TO munshi_app;
GRANT INSERT ON intake.delivery_problem TO munshi_sorter;

-- A replay of all that failed alike up to the moment it was asked for, and how far it has come.
CREATE TABLE intake.replay (
    client_id uuid NOT NULL REFERENCES workspace.workspace,
    id        uuid NOT NULL,
    kind      text NOT NULL CHECK (kind ~ '^[a-z_]{1,48}$'),
    reason    text NOT NULL CHECK (reason ~ '^[a-z-]{1,48}$'),
    asked_by  uuid NOT NULL,
    asked_at  timestamptz NOT NULL,
    passed    uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
    replayed  bigint NOT NULL DEFAULT 0 CHECK (replayed >= 0),
    unopened  bigint NOT NULL DEFAULT 0 CHECK (unopened >= 0),
    ended_at  timestamptz,
    given_up  boolean NOT NULL DEFAULT false,
    PRIMARY KEY (client_id, id),
    FOREIGN KEY (client_id, asked_by) REFERENCES access.membership
);
COMMENT ON COLUMN intake.replay.kind IS 'none';
COMMENT ON COLUMN intake.replay.reason IS 'none: one of our own reason words';
ALTER TABLE intake.replay ENABLE ROW LEVEL SECURITY;
ALTER TABLE intake.replay FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON intake.replay TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON intake.replay TO munshi_app;
GRANT UPDATE (passed, replayed, unopened, ended_at, given_up) ON intake.replay TO munshi_app;
