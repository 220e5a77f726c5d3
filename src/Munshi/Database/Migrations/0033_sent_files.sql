-- A file of ours is stored before its message is; what Meta calls it after the upload stands beside it, and is replaced when Meta does not know it any more.
ALTER TABLE vault.media ADD COLUMN upload_sealed bytea;
ALTER TABLE vault.media ADD COLUMN uploaded_at timestamptz;
ALTER TABLE vault.media ADD CONSTRAINT media_upload_whole CHECK ((upload_sealed IS NULL) = (uploaded_at IS NULL));
ALTER TABLE vault.media ADD CONSTRAINT media_upload_stored CHECK (upload_sealed IS NULL OR state = 'stored');
COMMENT ON COLUMN vault.media.upload_sealed IS 'pii:provider id of the uploaded file, sealed under the data key of identifier and month';
COMMENT ON COLUMN vault.media.type IS 'none: read from the first bytes, of office files and plain text with the ending; one of our own list';
GRANT UPDATE (upload_sealed, uploaded_at) ON vault.media TO munshi_app;
