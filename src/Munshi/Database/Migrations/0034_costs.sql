-- What Meta charges: each message counted once, what it costs, and the limit that a business sets itself.

-- What is known of the cost of one message that left: told by its statuses, or expected while it is on its way.
-- It outlives the message's record: what was charged stays charged.
CREATE TABLE channel.message_cost (
    client_id  uuid NOT NULL,
    message_id uuid NOT NULL,
    number_id  uuid NOT NULL,
    month      date NOT NULL CHECK (extract(day FROM month) = 1),
    category   text CHECK (category ~ '^[A-Za-z0-9_.-]{1,64}$'),
    type       text CHECK (type ~ '^[A-Za-z0-9_.-]{1,64}$'),
    delivered  boolean NOT NULL,
    leaving    boolean NOT NULL,
    counted_by uuid,
    PRIMARY KEY (client_id, message_id),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number,
    CHECK (NOT leaving OR (category IS NOT NULL AND counted_by IS NULL)),
    CHECK (counted_by IS NULL OR (category IS NOT NULL AND type IS NOT NULL AND delivered))
) WITH (fillfactor = 80);
CREATE INDEX message_cost_leaving ON channel.message_cost (client_id, month) WHERE leaving;
COMMENT ON COLUMN channel.message_cost.category IS 'none: Meta''s word, or the one expected';
COMMENT ON COLUMN channel.message_cost.type IS 'none: Meta''s word';

-- The delivered messages of a month whose price was told, by number and Meta's words.
CREATE TABLE channel.cost_count (
    client_id uuid NOT NULL,
    month     date NOT NULL CHECK (extract(day FROM month) = 1),
    number_id uuid NOT NULL,
    category  text NOT NULL CHECK (category ~ '^[A-Za-z0-9_.-]{1,64}$'),
    type      text NOT NULL CHECK (type ~ '^[A-Za-z0-9_.-]{1,64}$'),
    messages  bigint NOT NULL CHECK (messages > 0),
    PRIMARY KEY (client_id, month, number_id, category, type),
    FOREIGN KEY (client_id, number_id) REFERENCES channel.number
) WITH (fillfactor = 50);
COMMENT ON COLUMN channel.cost_count.category IS 'none: Meta''s word';
COMMENT ON COLUMN channel.cost_count.type IS 'none: Meta''s word';

-- The price of one message of a category, where the business set one; a null price says that none is set.
CREATE TABLE channel.cost_price (
    client_id  uuid NOT NULL REFERENCES workspace.workspace,
    category   text NOT NULL CHECK (category ~ '^[A-Za-z0-9_.-]{1,64}$'),
    micros     bigint CHECK (micros BETWEEN 0 AND 1000000000),
    changed_at timestamptz NOT NULL,
    PRIMARY KEY (client_id, category)
);
COMMENT ON COLUMN channel.cost_price.category IS 'none: Meta''s word';
COMMENT ON COLUMN channel.cost_price.micros IS 'millionths of a rupee';

-- What may be spent in a month. Senders of what may cost hold the row; a null limit says that there is none.
CREATE TABLE channel.cost_cap (
    client_id    uuid PRIMARY KEY REFERENCES workspace.workspace,
    micros       bigint CHECK (micros BETWEEN 0 AND 10000000000000),
    changed_at   timestamptz NOT NULL,
    near_told    date,
    reached_told date
) WITH (fillfactor = 50);
COMMENT ON COLUMN channel.cost_cap.micros IS 'millionths of a rupee';

ALTER TABLE channel.message_cost ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.message_cost FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.message_cost TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.cost_count ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.cost_count FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.cost_count TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.cost_price ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.cost_price FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.cost_price TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
ALTER TABLE channel.cost_cap ENABLE ROW LEVEL SECURITY;
ALTER TABLE channel.cost_cap FORCE ROW LEVEL SECURITY;
CREATE POLICY of_workspace ON channel.cost_cap TO munshi_app
    USING (client_id = current_setting('munshi.client_id')::uuid)
    WITH CHECK (client_id = current_setting('munshi.client_id')::uuid);
GRANT SELECT, INSERT ON channel.message_cost, channel.cost_count, channel.cost_price, channel.cost_cap TO munshi_app;
GRANT UPDATE (month, category, type, delivered, leaving, counted_by) ON channel.message_cost TO munshi_app;
GRANT UPDATE (messages) ON channel.cost_count TO munshi_app;
GRANT UPDATE (micros, changed_at) ON channel.cost_price TO munshi_app;
GRANT UPDATE (micros, changed_at, near_told, reached_told) ON channel.cost_cap TO munshi_app;

-- Whether the app gets the webhooks of the number's account, as Meta last said; null before it was asked.
ALTER TABLE channel.number_health ADD COLUMN subscribed boolean;
ALTER TABLE channel.number_health ADD COLUMN subscription_asked_at timestamptz;
GRANT UPDATE (subscribed, subscription_asked_at) ON channel.number_health TO munshi_app;
