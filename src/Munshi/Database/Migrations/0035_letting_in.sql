-- What was quarantined is let in once its number or account is connected: by the sorter, which reads of it where it stands in its delivery, not what it says.
ALTER TABLE intake.quarantine ADD COLUMN released_at timestamptz;
CREATE INDEX quarantine_kept ON intake.quarantine (app_id, delivery_id, ordinal) WHERE released_at IS NULL;
CREATE POLICY kept ON intake.quarantine FOR SELECT TO munshi_sorter USING (true);
CREATE POLICY released ON intake.quarantine FOR UPDATE TO munshi_sorter USING (true) WITH CHECK (true);
GRANT SELECT (delivery_id, ordinal, app_id, reason, received_at, key_id, released_at) ON intake.quarantine TO munshi_sorter;
GRANT UPDATE (released_at) ON intake.quarantine TO munshi_sorter;

ALTER TABLE intake.delivery_problem ADD COLUMN released_count int NOT NULL DEFAULT 0 CHECK (released_count BETWEEN 0 AND update_count);
CREATE POLICY told_of ON intake.delivery_problem FOR SELECT TO munshi_sorter USING (true);
CREATE POLICY let_in ON intake.delivery_problem FOR UPDATE TO munshi_sorter USING (true) WITH CHECK (true);
GRANT SELECT (client_id, delivery_id, reason, released_count) ON intake.delivery_problem TO munshi_sorter;
GRANT UPDATE (released_count) ON intake.delivery_problem TO munshi_sorter;

-- Who wants no automatic messages, or no marketing: a page lists them, newest first.
CREATE INDEX contact_opted_out ON vault.contact (client_id, opted_out_at DESC, id DESC) WHERE opted_out_at IS NOT NULL;
CREATE INDEX marketing_stopped ON vault.marketing_choice (client_id, at DESC, id DESC) WHERE choice = 'stop';

-- Whoever writes jobs or deliveries tells of them behind the commit: what notifies within a transaction makes all such transactions commit one by one.
DROP TRIGGER wake ON work.job;
DROP TRIGGER wake ON intake.delivery;
DROP FUNCTION work.wake();
DROP FUNCTION intake.wake();

-- A job that was made later than now tells that the clock was set back.
GRANT SELECT (created_at) ON work.job TO munshi_dispatch;
