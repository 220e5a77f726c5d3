using Munshi.Access.ApiKeys.Pages;
using Munshi.Access.Pages;
using Munshi.Audit.Pages;
using Munshi.Channels;
using Munshi.Channels.Costs;
using Munshi.Channels.Costs.Pages;
using Munshi.Import;
using Munshi.Import.Pages;
using Munshi.Import.Uploading;
using Munshi.Intake.Deliveries;
using Munshi.Intake.Deliveries.Pages;
using Munshi.Knowledge;
using Munshi.Knowledge.Pages;
using Munshi.Notices;
using Munshi.Notices.Pages;
using Munshi.Search.Pages;
using Munshi.Setup;
using Munshi.Setup.Pages;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Fields.Pages;
using Munshi.Vault.Joining;
using Munshi.Vault.Joining.Pages;
using Munshi.Vault.Labels;
using Munshi.Vault.Labels.Pages;
using Munshi.Vault.Pages;
using Munshi.Vault.Suppression;
using Munshi.Vault.Suppression.Pages;
using Munshi.Vault.Transcripts;
using Munshi.Vault.Transcripts.Pages;
using Munshi.Vault.Views;
using Munshi.Web;
using Munshi.Web.Layout;

namespace Munshi.Tests.Web;

/// <summary>Every page and fragment, in the states that show the most.</summary>
internal static class RenderedPages
{
    public static async Task<IReadOnlyDictionary<string, string>> AllAsync(PageRenderer renderer, Language language)
    {
        PageContext page = renderer.Page(language);
        PageContext signedOut = renderer.Page(language, signedIn: false);
        InboxView inbox = Samples.Inbox(
            Samples.Row(),
            Samples.Row(Guid.NewGuid()) with { Owner = OwnerKind.Person, OwnerName = "Debjit Roy", OptedOut = true, Snippet = null, SnippetKind = "image" });
        ConversationView everything = Samples.Everything() with { FirstUnread = Samples.Message(5).Id };
        Dictionary<string, string> pages = new()
        {
            ["inbox"] = await renderer.RenderAsync<InboxPage>(page, ("View", inbox)),
            ["conversation"] = await renderer.RenderAsync<ConversationPage>(page, ("View", everything), ("Inbox", inbox)),
            ["conversation fragment"] = await renderer.RenderAsync<ConversationPane>(page, ("View", everything), ("AsFragment", true)),
            ["older messages"] = await renderer.RenderAsync<OlderMessages>(page, ("View", everything)),
            ["more rows"] = await renderer.RenderAsync<InboxRows>(page, ("View", inbox)),
            ["own conversation"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Owner = OwnerKind.Person, OwnedByViewer = true, Notice = ConversationNotice.TextTooLong, ReplyText = "kept" })),
            ["taken over"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Undo = new UndoOffer(ConversationNotice.TookOver, "waiting") })),
            ["handed back"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Undo = new UndoOffer(ConversationNotice.HandedBack, "responder") })),
            ["middle of the inbox"] = await renderer.RenderAsync<InboxPage>(page, ("View", inbox with { PreviousCursor = "2026~3" })),
            ["find"] = await renderer.RenderAsync<FindPage>(page, ("View", Samples.Found())),
            ["found options"] = await renderer.RenderAsync<FoundOptions>(page, ("View", Samples.Found())),
            ["found nothing"] = await renderer.RenderAsync<FindPage>(page, ("View", Samples.Found() with { Rows = [] })),
            ["search"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Found())),
            ["search building"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Building())),
            ["search empty"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Empty())),
            ["search nothing"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Nothing())),
            ["search filtered to nothing"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Nothing() with { Filter = SearchSamples.Filter })),
            ["search too long"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Nothing() with { IsTooLong = true })),
            ["search cut"] = await renderer.RenderAsync<SearchPage>(page, ("View", SearchSamples.Found() with { IsCut = true, Filter = new SearchFilter { Order = SearchOrder.Relevance } })),
            ["sign-in"] = await renderer.RenderAsync<SignInPage>(signedOut, ("Token", "abc")),
            ["sign-in expired"] = await renderer.RenderAsync<SignInExpiredPage>(signedOut),
            ["sign-in needed"] = await renderer.RenderAsync<SignInNeededPage>(signedOut),
            ["intake only"] = await renderer.RenderAsync<IntakeOnlyPage>(signedOut),
            ["signed out"] = await renderer.RenderAsync<SignedOutPage>(signedOut),
        };
        SetupState begun = new()
        {
            AppId = Guid.NewGuid(),
            VerifyToken = "verify-token-of-the-test",
            PublicAddress = "https://inbox.example",
            NumberId = Guid.NewGuid(),
            DisplayNumber = "919000000001",
            Callback = new CallbackState { HandshakeAt = PageRenderer.Now, BadSignatures = 1, BadSignatureAt = PageRenderer.Now, RefusedHandshakeAt = PageRenderer.Now.AddHours(1) },
            Test = new Munshi.Setup.TestResult(PageRenderer.Now, "refused", 131030),
        };
        foreach (SetupStep step in Enum.GetValues<SetupStep>())
        {
            pages[$"setup {step}"] = await renderer.RenderAsync<SetupPage>(page, ("State", new SetupState()), ("Form", new SetupForm()), ("Step", step));
            pages[$"setup begun {step}"] = await renderer.RenderAsync<SetupPage>(
                page, ("State", begun), ("Form", new SetupForm { Problem = "Setup.Number.BadId" }), ("Step", step));
        }

        foreach (SetupTrouble trouble in Enum.GetValues<SetupTrouble>())
        {
            pages[$"trouble {trouble}"] = await renderer.RenderAsync<TroubleNote>(page, ("Trouble", trouble), ("Code", 190), ("IsAlert", true));
        }

        pages["setup done"] = await renderer.RenderAsync<SetupPage>(
            page, ("State", begun with { ArrivedAt = PageRenderer.Now, Entries = 2 }), ("Form", new SetupForm()), ("Step", SetupStep.Test));
        pages["settings"] = await renderer.RenderAsync<ChannelsPage>(page, ("State", begun), ("Form", new SetupForm { Trouble = SetupTrouble.Token }), ("Replaced", true), ("SecretProblem", "Setup.App.BadSecret"), ("Health", HealthSamples.Troubled));
        pages["settings empty"] = await renderer.RenderAsync<ChannelsPage>(page, ("State", new SetupState()), ("Form", new SetupForm()), ("Health", HealthSamples.None));
        pages["setup link"] = await renderer.RenderAsync<SetupLinkPage>(signedOut, ("Token", "abc"));
        pages["first owner"] = await renderer.RenderAsync<FirstOwnerPage>(signedOut, ("Name", "Mita Sen"), ("HasProblem", true));
        pages["not set up"] = await renderer.RenderAsync<SignInNeededPage>(signedOut, ("IsFirstRun", true));
        EditableEntry entry = new(new FaqEntry { Id = "timings", Question = "When are you open?", Title = "Timings", Answer = "11 to 8." }, 2, PageRenderer.Now);
        pages["knowledge"] = await renderer.RenderAsync<KnowledgePage>(
            page, ("Entries", new[] { entry }), ("MayEdit", true), ("Changed", 2), ("Problems", new[] { new FaqProblem(3, "id", "is missing", "1 to 64") }));
        pages["knowledge empty"] = await renderer.RenderAsync<KnowledgePage>(page, ("Entries", Array.Empty<EditableEntry>()), ("MayEdit", false), ("Problems", Array.Empty<FaqProblem>()));
        pages["entry"] = await renderer.RenderAsync<EntryPage>(
            page, ("Form", EntryForm.Of(entry) with { IsStale = true, Wrong = ["question", "title", "answer", "examples"] }));
        pages["new entry"] = await renderer.RenderAsync<EntryPage>(page, ("Form", new EntryForm()));
        pages["notices"] = await renderer.RenderAsync<NoticesPage>(page, ("View", Samples.Notices()));
        pages["notices empty"] = await renderer.RenderAsync<NoticesPage>(
            page, ("View", Samples.Notices() with { Rows = [], NextCursor = null, HasServer = false, Form = new NoticesForm { Wrong = ["email", "zone", "quiet"] } }));
        pages["notices without address"] = await renderer.RenderAsync<NoticesPage>(
            page, ("View", Samples.Notices() with { HasAddress = false, Saved = true, Tested = true, IsFirst = false }));
        foreach ((string state, CostsView costs) in CostSamples.All())
        {
            pages[$"costs {state}"] = await renderer.RenderAsync<CostsPage>(page, ("View", costs));
        }

        pages["imports"] = await renderer.RenderAsync<ImportsPage>(page, ("View", Samples.Imports()));
        pages["imports refused"] = await renderer.RenderAsync<ImportsPage>(page, ("View", Samples.Imports() with { Draft = UploadDraft.Empty with { Problem = "wrong-number", Contact = "12" } }));
        foreach (UploadView upload in Samples.Uploads())
        {
            pages[$"upload {upload.State} {upload.Reason}"] = await renderer.RenderAsync<UploadPage>(page, ("Upload", upload));
        }

        pages["imports empty"] = await renderer.RenderAsync<ImportsPage>(page, ("View", new ImportsView([], IsTop: true, Before: null, IsDone: false)));
        pages["imports beyond the last"] = await renderer.RenderAsync<ImportsPage>(page, ("View", new ImportsView([], IsTop: false, Before: null, IsDone: false)));
        TranscriptView transcript = new(Guid.Parse("00000000-0000-4000-8000-000000000001"), "Asha <b>Rao</b>", 12_345, [new SavedTranscript(PageRenderer.Now, "Ritu Sen", 7), new SavedTranscript(PageRenderer.Now, null, 0)]);
        pages["transcript"] = await renderer.RenderAsync<TranscriptPage>(page, ("View", transcript));
        pages["transcript not saved"] = await renderer.RenderAsync<TranscriptPage>(page, ("View", transcript with { Saved = [], IsUnsigned = true }));
        pages["contact"] = await renderer.RenderAsync<ContactPage>(page, ("View", Samples.Contact() with { Done = ContactEventKind.Merged, Found = Samples.Found() }));
        pages["contact refused"] = await renderer.RenderAsync<ContactPage>(
            page, ("View", Samples.Contact() with { Done = ContactEventKind.Split, Problem = "Joining.NothingLeft", Found = Samples.Found() with { Rows = [] } }));
        pages["contact of one number"] = await renderer.RenderAsync<ContactPage>(page, ("View", Samples.Stranger() with { Problem = "Joining.Overtaken" }));
        pages["joining"] = await renderer.RenderAsync<JoinPage>(page, ("View", new JoinView(Samples.Contact(), Samples.Stranger()) { Problem = "Joining.Overtaken" }));
        pages["joining one"] = await renderer.RenderAsync<JoinPage>(page, ("View", new JoinView(Samples.Contact(), Samples.Contact())));
        pages["joining two people"] = await renderer.RenderAsync<JoinPage>(
            page, ("View", new JoinView(Samples.Contact(), Samples.Stranger() with { Identifiers = [.. Samples.Contact().Identifiers] })));
        pages["conversation of one that was two"] = await renderer.RenderAsync<ConversationPane>(page, ("View", everything with { HasContactHistory = true }));
        pages["opt-outs"] = await renderer.RenderAsync<SuppressionPage>(page, ("View", Samples.Suppressed()));
        pages["opt-outs empty"] = await renderer.RenderAsync<SuppressionPage>(page, ("View", new SuppressionView([], IsTop: true, Before: null)));
        pages["opt-outs beyond the last"] = await renderer.RenderAsync<SuppressionPage>(page, ("View", new SuppressionView([], IsTop: false, Before: null)));
        pages["api keys"] = await renderer.RenderAsync<ApiKeysPage>(page, ("View", Samples.ApiKeys()));
        pages["api keys empty"] = await renderer.RenderAsync<ApiKeysPage>(page, ("View", Samples.ApiKeys() with { Keys = [], Problem = "ApiKeys.BadName" }));
        pages["api key made"] = await renderer.RenderAsync<ApiKeysPage>(page, ("View", Samples.ApiKeys() with { Secret = "munshi_api_of-the-test" }));
        pages["api key made before"] = await renderer.RenderAsync<ApiKeysPage>(page, ("View", Samples.ApiKeys() with { IsMadeBefore = true, Problem = "ApiKeys.TooMany" }));
        pages["api key revoked"] = await renderer.RenderAsync<ApiKeysPage>(page, ("View", Samples.ApiKeys() with { IsRevoked = true }));
        pages["deliveries"] = await renderer.RenderAsync<DeliveriesPage>(page, ("View", DeliverySamples.List()));
        pages["deliveries empty"] = await renderer.RenderAsync<DeliveriesPage>(page, ("View", DeliverySamples.Empty()));
        pages["deliveries filtered to nothing"] = await renderer.RenderAsync<DeliveriesPage>(page, ("View", DeliverySamples.Empty(DeliverySamples.Filter)));
        pages["deliveries searched"] = await renderer.RenderAsync<DeliveriesPage>(page, ("View", DeliverySamples.Searched()));
        pages["delivery found"] = await renderer.RenderAsync<FoundUpdatesPage>(page, ("View", DeliverySamples.Found()));
        pages["delivery found nothing"] = await renderer.RenderAsync<FoundUpdatesPage>(page, ("View", new FoundUpdatesView { ProviderId = "x", IsWithoutPhone = true }));
        pages["delivery search refused"] = await renderer.RenderAsync<FoundUpdatesPage>(page, ("View", new FoundUpdatesView { ProviderId = "", IsBad = true }));
        foreach ((string state, UpdateView update) in DeliverySamples.Updates())
        {
            pages[$"update {state}"] = await renderer.RenderAsync<UpdatePage>(page, ("View", update));
        }

        pages["ledger"] = await renderer.RenderAsync<LedgerPage>(page, ("View", LedgerSamples.List()));
        pages["ledger searched"] = await renderer.RenderAsync<LedgerPage>(page, ("View", LedgerSamples.List() with { Filter = LedgerSamples.Filter, Rows = [], Searched = 5000 }));
        pages["ledger empty"] = await renderer.RenderAsync<LedgerPage>(page, ("View", new LedgerListView(new LedgerFilter(null, null, null), [], null, null, null)));
        pages["ledger filtered to nothing"] = await renderer.RenderAsync<LedgerPage>(page, ("View", new LedgerListView(LedgerSamples.Filter, [], null, null, null)));
        pages["ledger entry"] = await renderer.RenderAsync<LedgerEntryPage>(page, ("View", LedgerSamples.Entry()));
        pages["ledger entry not signed"] = await renderer.RenderAsync<LedgerEntryPage>(page, ("View", LedgerSamples.Entry() with { Checkpoint = null, Path = null }));
        foreach (LedgerEntryView damaged in LedgerSamples.Damaged())
        {
            pages[$"ledger entry damaged {pages.Count}"] = await renderer.RenderAsync<LedgerEntryPage>(page, ("View", damaged));
        }

        pages["ledger not yet signed"] = await renderer.RenderAsync<NotYetSignedPage>(page, ("MessageId", Guid.NewGuid()), ("ConversationId", Guid.NewGuid()));
        pages["ledger checkpoints"] = await renderer.RenderAsync<CheckpointsPage>(page, ("View", LedgerSamples.Checkpoints()));
        pages["ledger checkpoints uncosigned"] = await renderer.RenderAsync<CheckpointsPage>(page, ("View", LedgerSamples.Checkpoints(witnessed: false) with { OfLog = [], IsRefused = true }));
        pages["ledger checkpoints empty"] = await renderer.RenderAsync<CheckpointsPage>(page, ("View", LedgerSamples.Checkpoints() with { OfInstance = [] }));
        pages["ledger verifications"] = await renderer.RenderAsync<VerificationsPage>(page, ("View", LedgerSamples.Verifications()));
        pages["ledger verifications empty"] = await renderer.RenderAsync<VerificationsPage>(page, ("View", new VerificationsView([], null, null)));
        foreach (InboxTab tab in Enum.GetValues<InboxTab>())
        {
            pages[$"empty {tab}"] = await renderer.RenderAsync<InboxPage>(page, ("View", Samples.Inbox() with { Filter = new InboxFilter(tab) }));
        }

        foreach (Standing standing in Enum.GetValues<Standing>())
        {
            DateTimeOffset? until = standing is Standing.Snoozed ? PageRenderer.Now.AddDays(1) : null;
            pages[$"empty {standing}"] = await renderer.RenderAsync<InboxPage>(page, ("View", Samples.Inbox() with { Filter = new InboxFilter(InboxTab.Mine, standing) }));
            pages[$"narrowed to {standing}"] = await renderer.RenderAsync<InboxPage>(
                page, ("View", Samples.Inbox(Samples.Row() with { SnoozedUntil = until, Labels = Samples.Labels }) with { Filter = new InboxFilter(InboxTab.All, standing, Samples.Labels[0].Id), Labels = Samples.Labels }));
            pages[$"standing {standing}"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Standing = standing, SnoozedUntil = until, Labels = Samples.Labels, AllLabels = Samples.Labels, Asides = Samples.Asides() }));
        }

        pages["empty labelled"] = await renderer.RenderAsync<InboxPage>(
            page, ("View", Samples.Inbox() with { Filter = new InboxFilter(InboxTab.All, Standing.Open, Samples.Labels[0].Id), Labels = Samples.Labels }));
        foreach (ConversationNotice notice in new[] { ConversationNotice.CustomerWrote, ConversationNotice.BadTime, ConversationNotice.TooManyLabels, ConversationNotice.NoteMissing, ConversationNotice.NoteTooLong })
        {
            pages[$"notice {notice}"] = await renderer.RenderAsync<ConversationPane>(page, ("View", everything with { Notice = notice, NoteText = "kept", AllLabels = Samples.Labels }));
        }

        InboxView saved = Samples.Inbox(Samples.Row()) with
        {
            Filter = new InboxFilter(InboxTab.Mine, Standing.Snoozed),
            SavedViews = [new SavedView(Guid.NewGuid(), "Put off by me", new InboxFilter(InboxTab.Mine, Standing.Snoozed)), new SavedView(Guid.NewGuid(), "शिकायत", InboxFilter.Waiting)],
        };
        pages["saved views"] = await renderer.RenderAsync<InboxPage>(page, ("View", saved));
        foreach (string problem in new[] { "Views.BadName", "Views.NameTaken", "Views.TooMany" })
        {
            pages[problem] = await renderer.RenderAsync<InboxPage>(page, ("View", saved with { ViewProblem = problem, ViewName = "Mine" }));
        }

        foreach (ConversationNotice notice in new[] { ConversationNotice.None, ConversationNotice.FieldTooLong, ConversationNotice.FieldOvertaken })
        {
            pages[$"fields {notice}"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Fields = Samples.Fields, Notice = notice, FieldText = notice is ConversationNotice.None ? null : (Samples.Fields[0].Field.Id, "kept") }));
        }

        FieldsView fields = new() { Fields = [.. Samples.Fields.Select(value => value.Field)], NextId = Guid.NewGuid() };
        pages["customer fields"] = await renderer.RenderAsync<FieldsPage>(page, ("View", fields with { Done = "Fields.Made" }));
        pages["customer fields empty"] = await renderer.RenderAsync<FieldsPage>(page, ("View", fields with { Fields = [] }));
        pages["customer fields refused"] = await renderer.RenderAsync<FieldsPage>(page, ("View", fields with { Refused = fields.Fields[0] with { Name = "" }, Problem = "Fields.BadName" }));
        LabelsView labels = new() { Labels = Samples.Labels, NextId = Guid.NewGuid() };
        pages["labels"] = await renderer.RenderAsync<LabelsPage>(page, ("View", labels with { Done = "Labels.Made" }));
        pages["labels empty"] = await renderer.RenderAsync<LabelsPage>(page, ("View", labels with { Labels = [] }));
        pages["labels refused"] = await renderer.RenderAsync<LabelsPage>(page, ("View", labels with { Refused = Samples.Labels[0] with { Name = "" }, Problem = "Labels.BadName" }));
        pages["labels too many"] = await renderer.RenderAsync<LabelsPage>(page, ("View", labels with { Refused = new Label(Guid.NewGuid(), "One more", "red"), Problem = "Labels.TooMany" }));

        foreach (ReplyHindrance hindrance in Enum.GetValues<ReplyHindrance>())
        {
            pages[$"hindrance {hindrance}"] = await renderer.RenderAsync<ConversationPane>(
                page, ("View", everything with { Hindrance = hindrance, Owner = OwnerKind.Person, OwnerName = "Debjit Roy", ReplyText = "kept", Notice = ConversationNotice.OwnerChanged }));
        }

        foreach (WordsLoss loss in Enum.GetValues<WordsLoss>())
        {
            pages[$"words {loss}"] = await renderer.RenderAsync<ConversationPage>(
                page,
                ("View", Samples.Conversation(Samples.Message(1) with { Text = null, Loss = loss })),
                ("Inbox", Samples.Inbox(Samples.Row() with { Snippet = null, SnippetLoss = loss })));
        }

        foreach (LedgerState ledger in Enum.GetValues<LedgerState>())
        {
            PageContext shown = page with { Viewer = page.Viewer! with { Ledger = ledger } };
            pages[$"ledger {ledger}"] = await renderer.RenderAsync<InboxPage>(shown, ("View", inbox));
        }

        foreach (DeliveryState state in Enum.GetValues<DeliveryState>())
        {
            pages[$"delivery {state}"] = await renderer.RenderAsync<MessageBubble>(page, ("Message", Samples.Message(1) with { Status = state }));
        }

        foreach (int status in new[] { 400, 403, 404, 409, 418, 429, 500 })
        {
            pages[$"error {status}"] = await renderer.RenderAsync<ErrorPage>(signedOut, ("Status", status), ("Reference", "00-abc"));
        }

        return pages;
    }
}
