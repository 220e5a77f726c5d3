-- The plain table of pgbench: the columns of intake.delivery, without policies, triggers or a second index.
CREATE TABLE plain (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    app_id      uuid NOT NULL,
    received_at timestamptz NOT NULL,
    key_id      uuid NOT NULL,
    body        bytea NOT NULL
);
