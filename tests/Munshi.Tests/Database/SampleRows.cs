namespace Munshi.Tests.Database;

/// <summary>One row for every table that holds workspaces' rows, in the order of their foreign keys.</summary>
internal static class SampleRows
{
    private const string Hash = "decode(repeat('5a', 32), 'hex')";
    private const string Sealed = "decode('01', 'hex')";
    private const string Now = "'2026-11-21T06:30:00Z'";

    /// <summary>Every id of a workspace's sample rows ends in its letter.</summary>
    public static Guid Id(char workspace) => Guid.Parse($"00000000-0000-4000-8000-00000000000{workspace}");

    /// <param name="workspace">A hexadecimal digit, lower case.</param>
    /// <returns>Table and statement.</returns>
    public static IReadOnlyList<(string Table, string Insert)> Of(char workspace)
    {
        Guid id = Id(workspace);
        string hash = $"decode(repeat('5{workspace}', 32), 'hex')";
        return
        [
            ("workspace.workspace", $"INSERT INTO workspace.workspace (client_id, slug, name_sealed, created_at) VALUES ('{id}', 'shop-{workspace}', {Sealed}, {Now})"),
            ("workspace.workspace_key", $"INSERT INTO workspace.workspace_key (client_id, purpose, key_id, created_at) VALUES ('{id}', 'lookup', '{id}', {Now})"),
            ("workspace.archive_import", $"INSERT INTO workspace.archive_import (client_id, origin, manifest_hash, exported_at, begun_at, completed_at) VALUES ('{id}', '{id}', {Hash}, {Now}, {Now}, {Now})"),
            ("access.membership", $"INSERT INTO access.membership (client_id, person_id, role, name_sealed, created_at) VALUES ('{id}', '{id}', 'owner', {Sealed}, {Now})"),
            ("access.sign_in_link", $"INSERT INTO access.sign_in_link (client_id, token_hash, person_id, created_at, expires_at) VALUES ('{id}', {hash}, '{id}', {Now}, {Now})"),
            ("access.session", $"INSERT INTO access.session (client_id, token_hash, id, person_id, created_at, expires_at) VALUES ('{id}', {hash}, '{id}', '{id}', {Now}, {Now})"),
            ("access.api_key", $"INSERT INTO access.api_key (client_id, id, secret_hash, name_sealed, made_by, created_at) VALUES ('{id}', '{id}', {hash}, {Sealed}, '{id}', {Now})"),
            ("channel.meta_app", $"INSERT INTO channel.meta_app (client_id, id, secret_sealed, verify_token_hash, created_at) VALUES ('{id}', '{id}', {Sealed}, {Hash}, {Now})"),
            ("channel.number", $"INSERT INTO channel.number (client_id, id, app_id, phone_number_id_lookup, phone_number_id_sealed, display_number_sealed, token_sealed, created_at) VALUES ('{id}', '{id}', '{id}', {hash}, {Sealed}, {Sealed}, {Sealed}, {Now})"),
            ("channel.callback_state", $"INSERT INTO channel.callback_state (client_id, app_id, handshake_at) VALUES ('{id}', '{id}', {Now})"),
            ("channel.number_account", $"INSERT INTO channel.number_account (client_id, number_id, account_lookup, display_lookup, learnt_at) VALUES ('{id}', '{id}', {Hash}, {Hash}, {Now})"),
            ("channel.told", $"INSERT INTO channel.told (client_id, id, digest, kind, word, severity, at, received_at, body_sealed) VALUES ('{id}', '{id}', {Hash}, 'account', 'ACCOUNT_RESTRICTION', 'alert', {Now}, {Now}, {Sealed})"),
            ("channel.number_health", $"INSERT INTO channel.number_health (client_id, number_id) VALUES ('{id}', '{id}')"),
            ("setup.progress", $"INSERT INTO setup.progress (client_id, public_address) VALUES ('{id}', 'https://inbox.example')"),
            ("work.job", $"INSERT INTO work.job (client_id, id, kind, subject, created_at, run_at) VALUES ('{id}', '{id}', 'intake.update', '{id}', {Now}, {Now})"),
            ("audit.event", $"INSERT INTO audit.event (client_id, at, actor, action, object, commitment, ciphertext_hash) VALUES ('{id}', {Now}, 'program:intake', 'message.received', 'message:{id}', {Hash}, {Hash})"),
            ("ledger.entry", $"INSERT INTO ledger.entry (client_id, seq, event_id, leaf, row_hash) VALUES ('{id}', 0, {(int)workspace}, 'leaf', {Hash})"),
            ("ledger.node", $"INSERT INTO ledger.node (client_id, height, index, hashes) VALUES ('{id}', 0, 0, decode(repeat('5a', 480), 'hex'))"),
            ("ledger.place", $"INSERT INTO ledger.place (client_id, object, seq) VALUES ('{id}', '{id}', 0)"),
            ("ledger.restore", $"INSERT INTO ledger.restore (client_id, id, first_seq, last_seq, at) VALUES ('{id}', '{id}', 0, 0, {Now})"),
            ("ledger.erasure", $"INSERT INTO ledger.erasure (client_id, id, note, at) VALUES ('{id}', '{id}', 'note', {Now})"),
            ("ledger.checkpoint", $"INSERT INTO ledger.checkpoint (client_id, size, root, note, tick, place, salt, path) VALUES ('{id}', 1, {Hash}, 'note', 0, 0, {Hash}, {Hash})"),
            ("vault.contact", $"INSERT INTO vault.contact (client_id, id, created_at) VALUES ('{id}', '{id}', {Now})"),
            ("vault.identifier", $"INSERT INTO vault.identifier (client_id, id, contact_id, kind, lookup, value_sealed, created_at) VALUES ('{id}', '{id}', '{id}', 'phone', {Hash}, {Sealed}, {Now})"),
            ("vault.data_key", $"INSERT INTO vault.data_key (client_id, identifier_id, period, key_id, created_at) VALUES ('{id}', '{id}', 202611, '{id}', {Now})"),
            ("vault.conversation", $"INSERT INTO vault.conversation (client_id, id, contact_id, number_id, opened_at, last_at, last_message_id, inbound_count, read_count, owner_kind, owner_epoch) VALUES ('{id}', '{id}', '{id}', '{id}', {Now}, {Now}, '{id}', 1, 0, 'responder', 0)"),
            ("vault.message", $"INSERT INTO vault.message (client_id, id, conversation_id, identifier_id, direction, author, kind, source, turn, at, received_at, key_id, text_sealed) VALUES ('{id}', '{id}', '{id}', '{id}', 'in', 'customer:{id}', 'text', 'webhook', 1, {Now}, {Now}, '{id}', {Sealed})"),
            ("vault.import", $"INSERT INTO vault.import (client_id, id, conversation_id, identifier_id, file_lookup, time_zone, date_order, at, key_id, file_sealed) VALUES ('{id}', '{id}', '{id}', '{id}', {Hash}, 'Asia/Kolkata', 'dmy', {Now}, '{id}', {Sealed})"),
            ("vault.observation", $"INSERT INTO vault.observation (client_id, import_id, ordinal, message_id, outcome) VALUES ('{id}', '{id}', 0, '{id}', 'new')"),
            ("vault.import_job", $"INSERT INTO vault.import_job (client_id, id, person_id, state, created_at, length, key_id, file_hash, request_sealed) VALUES ('{id}', '{id}', '{id}', 'waiting', {Now}, 1, '{id}', {Hash}, {Sealed})"),
            ("vault.import_fence", $"INSERT INTO vault.import_fence (client_id, identifier_id, epoch) VALUES ('{id}', '{id}', 1)"),
            ("vault.withdrawn_import", $"INSERT INTO vault.withdrawn_import (client_id, import_id, withdrawn, at) VALUES ('{id}', '{id}', true, {Now})"),
            ("vault.provider_reference", $"INSERT INTO vault.provider_reference (client_id, reference, message_id) VALUES ('{id}', {Hash}, '{id}')"),
            ("vault.message_status", $"INSERT INTO vault.message_status (client_id, id, message_id, status, at, received_at, key_id) VALUES ('{id}', '{id}', '{id}', 'sent', {Now}, {Now}, '{id}')"),
            ("vault.marketing_choice", $"INSERT INTO vault.marketing_choice (client_id, id, identifier_id, number_id, choice, at, received_at, key_id, raw_sealed) VALUES ('{id}', '{id}', '{id}', '{id}', 'stop', {Now}, {Now}, '{id}', {Sealed})"),
            ("vault.media", $"INSERT INTO vault.media (client_id, id, message_id, number_id, key_id, created_at, told_at, from_export) VALUES ('{id}', '{id}', '{id}', '{id}', '{id}', {Now}, {Now}, true)"),
            ("vault.media_import", $"INSERT INTO vault.media_import (client_id, media_id, import_id) VALUES ('{id}', '{id}', '{id}')"),
            ("vault.contact_event", $"INSERT INTO vault.contact_event (client_id, id, kind, contact_id, other_contact_id, identifier_ids, conversation_ids, superseded_ids, resumed_ids, actor, at) VALUES ('{id}', '{id}', 'merged', '{id}', '{id}', '{{{id}}}', '{{}}', '{{}}', '{{}}', 'person:{id}', {Now})"),
            ("vault.conversation_event", $"INSERT INTO vault.conversation_event (client_id, id, conversation_id, kind, actor, at) VALUES ('{id}', '{id}', '{id}', 'resolved', 'person:{id}', {Now})"),
            ("vault.label", $"INSERT INTO vault.label (client_id, id, name_sealed, lookup, colour, created_at) VALUES ('{id}', '{id}', {Sealed}, {Hash}, 'blue', {Now})"),
            ("vault.conversation_label", $"INSERT INTO vault.conversation_label (client_id, conversation_id, label_id, state, shown_at, added_at) VALUES ('{id}', '{id}', '{id}', 'open', {Now}, {Now})"),
            ("vault.note", $"INSERT INTO vault.note (client_id, id, conversation_id, identifier_id, person_id, at, key_id, text_sealed) VALUES ('{id}', '{id}', '{id}', '{id}', '{id}', {Now}, '{id}', {Sealed})"),
            ("vault.saved_view", $"INSERT INTO vault.saved_view (client_id, id, person_id, name_sealed, lookup, tab, state, label_id, created_at) VALUES ('{id}', '{id}', '{id}', {Sealed}, {Hash}, 'mine', 'snoozed', '{id}', {Now})"),
            ("vault.field", $"INSERT INTO vault.field (client_id, id, name_sealed, lookup, created_at) VALUES ('{id}', '{id}', {Sealed}, {Hash}, {Now})"),
            ("vault.field_value", $"INSERT INTO vault.field_value (client_id, id, field_id, identifier_id, person_id, at, key_id, value_sealed) VALUES ('{id}', '{id}', '{id}', '{id}', '{id}', {Now}, '{id}', {Sealed})"),
            ("vault.note_removal", $"INSERT INTO vault.note_removal (client_id, note_id, person_id, at) VALUES ('{id}', '{id}', '{id}', {Now})"),
            ("vault.transcript", $"INSERT INTO vault.transcript (client_id, id, conversation_id, person_id, messages, made_at) VALUES ('{id}', '{id}', '{id}', '{id}', 1, {Now})"),
            ("channel.outbox", $"INSERT INTO channel.outbox (client_id, message_id, conversation_id, number_id, withdrawable, owner_epoch, turn, state, created_at) VALUES ('{id}', '{id}', '{id}', '{id}', true, 0, 1, 'queued', {Now})"),
            ("channel.number_stop", $"INSERT INTO channel.number_stop (client_id, number_id, code, since, probe_at) VALUES ('{id}', '{id}', 190, {Now}, {Now})"),
            ("channel.number_pace", $"INSERT INTO channel.number_pace (client_id, number_id, per_second, next_at) VALUES ('{id}', '{id}', 80, {Now})"),
            ("channel.message_cost", $"INSERT INTO channel.message_cost (client_id, message_id, number_id, month, category, delivered, leaving) VALUES ('{id}', '{id}', '{id}', '2026-11-01', 'service', false, true)"),
            ("channel.cost_count", $"INSERT INTO channel.cost_count (client_id, month, number_id, category, type, messages) VALUES ('{id}', '2026-11-01', '{id}', 'service', 'regular', 1)"),
            ("channel.cost_price", $"INSERT INTO channel.cost_price (client_id, category, micros, changed_at) VALUES ('{id}', 'utility', 115000, {Now})"),
            ("channel.cost_cap", $"INSERT INTO channel.cost_cap (client_id, micros, changed_at) VALUES ('{id}', 500000000, {Now})"),
            ("channel.pair_pace", $"INSERT INTO channel.pair_pace (client_id, conversation_id, free_at) VALUES ('{id}', '{id}', {Now})"),
            ("channel.template", $"INSERT INTO channel.template (client_id, number_id, id, name, language, category, status, components, refreshed_at) VALUES ('{id}', '{id}', '{id}', 'order_ready', 'en', 'UTILITY', 'APPROVED', '[]', {Now})"),
            ("channel.idempotency_key", $"INSERT INTO channel.idempotency_key (client_id, key, message_id, created_at) VALUES ('{id}', '{id}', '{id}', {Now})"),
            ("intake.update", $"INSERT INTO intake.update (client_id, id, delivery_id, ordinal, kind, received_at, key_id, body_sealed) VALUES ('{id}', '{id}', '{id}', 0, 'message', {Now}, '{id}', {Sealed})"),
            ("intake.delivery_problem", $"INSERT INTO intake.delivery_problem (client_id, delivery_id, reason, update_count, received_at, sorted_at) VALUES ('{id}', '{id}', 'unknown-number', 1, {Now}, {Now})"),
            ("intake.replay", $"INSERT INTO intake.replay (client_id, id, kind, reason, asked_by, asked_at) VALUES ('{id}', '{id}', 'message', 'given-up', '{id}', {Now})"),
            ("knowledge.entry", $"INSERT INTO knowledge.entry (client_id, entry_id, revision, row_id, retired, entry_sealed, created_at) VALUES ('{id}', 'timings', 1, '{id}', false, {Sealed}, {Now})"),
            ("responder.agent_run", $"INSERT INTO responder.agent_run (client_id, id, conversation_id, message_id, provider, decision, reason, prompt_hash, sources, latency_ms, at) VALUES ('{id}', '{id}', '{id}', '{id}', 'retrieval', 'answer', 'clear-winner', {Hash}, '{{timings}}', 3, {Now})"),
            ("responder.answer_outcome", $"INSERT INTO responder.answer_outcome (client_id, id, conversation_id, message_id, reply_message_id, helped, sources, at) VALUES ('{id}', '{id}', '{id}', '{id}', '{id}', true, '{{timings}}', {Now})"),
            ("notice.recipient", $"INSERT INTO notice.recipient (client_id, person_id, email_sealed, language, time_zone, wants_info, wants_warning, wants_alert, wants_digest, digest_due_at, changed_at) VALUES ('{id}', '{id}', {Sealed}, 'en', 'Asia/Kolkata', false, true, true, true, {Now}, {Now})"),
            ("work.restoration", $"INSERT INTO work.restoration (client_id, at) VALUES ('{id}', {Now})"),
            ("notice.notice", $"INSERT INTO notice.notice (client_id, id, severity, kind, subject, dedup_key, parameters, raised_at, last_at) VALUES ('{id}', '{id}', 'alert', 'ledger-broken', '{id}', '7', '{{7}}', {Now}, {Now})"),
            ("notice.delivery", $"INSERT INTO notice.delivery (client_id, id, notice_id, person_id, state, created_at) VALUES ('{id}', '{id}', '{id}', '{id}', 'queued', {Now})"),
            ("notice.delivery_log", $"INSERT INTO notice.delivery_log (client_id, delivery_id, attempt, state, at) VALUES ('{id}', '{id}', 0, 'queued', {Now})"),
            ("responder.hand_off", $"INSERT INTO responder.hand_off (client_id, id, conversation_id, message_id, reason, language, asked, offered, owner_epoch, key_id, summary_sealed, at) VALUES ('{id}', '{id}', '{id}', '{id}', 'no-clear-winner', 'en', '{{{id}}}', '{{timings}}', 1, '{id}', {Sealed}, {Now})"),
        ];
    }

    /// <summary>Writes a whole workspace, as superuser.</summary>
    public static async Task WriteAsync(Session superuser, char workspace)
    {
        await superuser.ExecuteAsync($"INSERT INTO access.person (id, created_at) VALUES ('{Id(workspace)}', {Now})");
        await superuser.ExecuteAsync($"INSERT INTO intake.delivery (id, app_id, received_at, key_id, body_sealed) VALUES ('{Id(workspace)}', '{Id(workspace)}', {Now}, '{Id(workspace)}', {Sealed})");
        await superuser.ExecuteAsync(string.Join(";\n", Of(workspace).Select(row => row.Insert)));
    }
}
