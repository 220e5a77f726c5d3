-- The verifier compares look-ups and references with the sealed values that they were made from.
CREATE POLICY all_workspaces ON vault.provider_reference FOR SELECT TO munshi_reader USING (true);
CREATE POLICY all_workspaces ON vault.import_reference FOR SELECT TO munshi_reader USING (true);
CREATE POLICY all_workspaces ON workspace.workspace_key FOR SELECT TO munshi_reader USING (true);
GRANT SELECT ON vault.provider_reference, vault.import_reference TO munshi_reader;
GRANT SELECT (client_id, purpose, key_id) ON workspace.workspace_key TO munshi_reader;
