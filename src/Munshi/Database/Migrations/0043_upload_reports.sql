-- What was met in an uploaded export that was imported: counts, places, and words of our own.
ALTER TABLE vault.import_job
    ADD COLUMN report jsonb,
    ADD CHECK (report IS NULL OR (state = 'done' AND octet_length(report::text) <= 8192));
COMMENT ON COLUMN vault.import_job.report IS 'none: counts, line numbers and words of our own';
GRANT UPDATE (report) ON vault.import_job TO munshi_app;
