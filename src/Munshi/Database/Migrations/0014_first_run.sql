-- The first run: the one-time link to the first owner, how far setting up has come, and what was seen at an app's callback.
CREATE SCHEMA setup;
GRANT USAGE ON SCHEMA setup TO munshi_app;

-- Belongs to no workspace: it exists before there is one. Pressing it gives a claim, with which the first owner is made once.
CREATE TABLE setup.link (
    token_hash  bytea PRIMARY KEY CHECK (octet_length(token_hash) = 32),
    created_at  timestamptz NOT NULL,
    expires_at  timestamptz NOT NULL,
    pressed_at  timestamptz,
    claim_hash  bytea UNIQUE CHECK (octet_length(claim_hash) = 32),
    claim_until timestamptz,
    CHECK ((pressed_at IS NULL) = (claim_hash IS NULL) AND (pressed_at IS NULL) = (claim_until IS NULL))
);
COMMENT ON COLUMN setup.link.token_hash IS 'secret: SHA-256 of a random 256-bit token';
COMMENT ON COLUMN setup.link.claim_hash IS 'secret: SHA-256 of a random 256-bit token';
GRANT SELECT, INSERT ON setup.link TO munshi_app;
GRANT UPDATE (expires_at, pressed_at, claim_hash, claim_until) ON setup.link TO munshi_app;

-- One row at most: of two claims pressed at once, one makes the first owner.
CREATE TABLE setup.first_owner (
    sole boolean PRIMARY KEY DEFAULT true CHECK (sole),
    at   timestamptz NOT NULL
);
GRANT SELECT, INSERT ON setup.first_owner TO munshi_app;

-- What a workspace's owner has said while setting up and what the last test came to; the rest is read from what it is about.
CREATE TABLE setup.progress (
    client_id      uuid PRIMARY KEY REFERENCES workspace.workspace,
    public_address text CHECK (length(public_address) BETWEEN 9 AND 255),
    waba_id_sealed bytea,
    tested_at      timestamptz,
    test_outcome   text CHECK (test_outcome IN ('accepted', 'refused', 'not-sent', 'uncertain')),
    test_code      int,
    CHECK ((tested_at IS NULL) = (test_outcome IS NULL))
);
COMMENT ON COLUMN setup.progress.public_address IS 'none: where this installation is reached from outside';
COMMENT ON COLUMN setup.progress.waba_id_sealed IS 'pii:provider-id of the business, sealed under the workspace''s own key';
COMMENT ON COLUMN setup.progress.test_outcome IS 'none';
ALTER TABLE setup.progress ENABLE ROW LEVEL SECURITY;
ALTER TABLE setup.progress FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON setup.progress TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON setup.progress TO munshi_app;
GRANT UPDATE (public_address, waba_id_sealed, tested_at, test_outcome, test_code) ON setup.progress TO munshi_app;

-- What was seen at an app's callback since its secret and its verify token are what they are.
CREATE TABLE channel.callback_state (
    client_id            uuid NOT NULL,
    app_id               uuid NOT NULL,
    handshake_at         timestamptz,
    refused_handshakes   bigint NOT NULL DEFAULT 0 CHECK (refused_handshakes >= 0),
    refused_handshake_at timestamptz,
    delivery_at          timestamptz,
    bad_signatures       bigint NOT NULL DEFAULT 0 CHECK (bad_signatures >= 0),
    bad_signature_at     timestamptz,
    PRIMARY KEY (client_id, app_id),
    FOREIGN KEY (client_id, app_id) REFERENCES channel.meta_app
);
ALTER TABLE channel.callback_state ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.callback_state FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.callback_state TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.callback_state TO munshi_app;
GRANT UPDATE (handshake_at, refused_handshakes, refused_handshake_at, delivery_at, bad_signatures, bad_signature_at) ON channel.callback_state TO munshi_app;

-- The verify token is shown to the owner again until Meta has it.
ALTER TABLE channel.meta_app ADD COLUMN verify_token_sealed bytea;
COMMENT ON COLUMN channel.meta_app.verify_token_sealed IS 'secret: the verify token, sealed under the workspace''s own key; null where it was given before there was this column';
GRANT UPDATE (verify_token_sealed) ON channel.meta_app TO munshi_app;

-- When a customer's message last arrived.
CREATE INDEX update_message ON intake.update (client_id, received_at DESC) WHERE kind = 'message';
