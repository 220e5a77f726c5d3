using Munshi.Access.ApiKeys;
using Munshi.Import;
using Munshi.Import.Uploading;
using Munshi.Notices;
using Munshi.Vault;
using Munshi.Vault.Fields;
using Munshi.Vault.Importing;
using Munshi.Vault.Joining;
using Munshi.Vault.Labels;
using Munshi.Vault.Pages;
using Munshi.Vault.Resolving;
using Munshi.Vault.Suppression;

namespace Munshi.Tests.Web;

/// <summary>Plainly fictitious conversations.</summary>
internal static class Samples
{
    public static readonly Guid Priya = new("00000000-0000-4000-8000-000000000001");

    public static IReadOnlyList<Label> Labels { get; } =
    [
        new(new Guid("00000000-0000-4000-8000-00000000001a"), "Order", "blue"),
        new(new Guid("00000000-0000-4000-8000-00000000001b"), "शिकायत", "red"),
        new(new Guid("00000000-0000-4000-8000-00000000001c"), "A label with a name as long as may be ok", "violet"),
    ];

    public static IReadOnlyList<FieldValue> Fields { get; } =
    [
        new(new Field(new Guid("00000000-0000-4000-8000-00000000002a"), "Size"), "M", WordsLoss.None, new Guid("00000000-0000-4000-8000-00000000002f")),
        new(new Field(new Guid("00000000-0000-4000-8000-00000000002b"), "পছন্দের রং"), null, WordsLoss.None, null),
        new(new Field(new Guid("00000000-0000-4000-8000-00000000002c"), "City"), null, WordsLoss.Erased, new Guid("00000000-0000-4000-8000-00000000002e")),
    ];

    /// <summary>One of each, between the messages.</summary>
    public static IReadOnlyList<ThreadAside> Asides() =>
    [
        new ThreadAside.Change { Id = Guid.NewGuid(), At = PageRenderer.Now.AddDays(-1), Kind = StandingChange.Snoozed, ByName = "Mita Sen", Until = PageRenderer.Now.AddHours(-3) },
        new ThreadAside.Change { Id = Guid.NewGuid(), At = PageRenderer.Now.AddHours(-3), Kind = StandingChange.Woken },
        new ThreadAside.Change { Id = Guid.NewGuid(), At = PageRenderer.Now.AddHours(-2), Kind = StandingChange.Resolved },
        new ThreadAside.Change { Id = Guid.NewGuid(), At = PageRenderer.Now.AddMinutes(-60), Kind = StandingChange.Reopened, ByCustomer = true },
        new ThreadAside.Change { Id = Guid.NewGuid(), At = PageRenderer.Now.AddMinutes(-57).AddSeconds(-30), Kind = StandingChange.Reopened, ByName = "Mita Sen" },
        new ThreadAside.Note { Id = Guid.NewGuid(), At = PageRenderer.Now.AddMinutes(-56).AddSeconds(-30), ByName = "Mita Sen", Text = "She asked twice already.\nCall her on Monday.", CanDelete = true },
        new ThreadAside.Note { Id = Guid.NewGuid(), At = PageRenderer.Now.AddMinutes(-9), IsDeleted = true, DeletedBy = "Debjit Roy" },
        new ThreadAside.Note { Id = Guid.NewGuid(), At = PageRenderer.Now.AddMinutes(-8), Loss = WordsLoss.Erased },
    ];

    public static InboxRow Row(Guid? id = null) => new()
    {
        ConversationId = id ?? Priya,
        DisplayName = "Priya Ghosh",
        Snippet = "Is the shop open today?",
        LastAt = PageRenderer.Now.AddMinutes(-5),
        ShownAt = PageRenderer.Now.AddMinutes(-5),
        Unread = 2,
        Owner = OwnerKind.Waiting,
        WindowUntil = PageRenderer.Now.AddHours(2),
    };

    public static InboxView Inbox(params InboxRow[] rows) => new()
    {
        Rows = rows,
        NextCursor = rows.Length > 0 ? "2026~1" : null,
        Filter = InboxFilter.All,
        Counts = new InboxCounts(1234567, 1, 0) { Unread = new ViewUnread(3, 1, 0) },
    };

    /// <summary>One that stands, one that was taken back, one whose name is gone; with a page after it.</summary>
    public static ImportsView Imports() => new(
        [
            new ImportListing(Guid.NewGuid(), Guid.NewGuid(), PageRenderer.Now.AddHours(-1), "WhatsApp Chat with Asha Verma.zip", 39_876, 120, 3, IsWithdrawn: false) { Files = 412 },
            new ImportListing(Guid.NewGuid(), Guid.NewGuid(), PageRenderer.Now.AddDays(-3), "রত্নার সাথে চ্যাট.txt", 12, 0, 0, IsWithdrawn: true),
            new ImportListing(Guid.NewGuid(), Guid.NewGuid(), PageRenderer.Now.AddDays(-30), File: null, 0, 5, 0, IsWithdrawn: false),
        ],
        IsTop: false,
        Before: Guid.NewGuid(),
        IsDone: true)
    {
        Uploads = [.. Uploads()],
    };

    /// <summary>One in each state, refused for every reason.</summary>
    public static IEnumerable<UploadView> Uploads() =>
    [
        new UploadView(Guid.NewGuid(), UploadState.Waiting, PageRenderer.Now, "WhatsApp Chat with Asha Verma.zip"),
        new UploadView(Guid.NewGuid(), UploadState.Running, PageRenderer.Now, "रत्ना.txt") { Records = 39_876, Passed = 1_500, Added = 1_200 },
        new UploadView(Guid.NewGuid(), UploadState.Running, PageRenderer.Now, File: null) { Records = 10, Passed = 5, IsStopping = true },
        new UploadView(Guid.NewGuid(), UploadState.Done, PageRenderer.Now.AddHours(-1), File: null) { Records = 10, Passed = 10, Added = 3 },
        new UploadView(Guid.NewGuid(), UploadState.Stopped, PageRenderer.Now.AddHours(-2), File: null) { Records = 10, Passed = 5, Added = 5 },
        .. Enum.GetValues<ImportRefusal>().Select(ImportRefusalWord.Of).Concat(Enum.GetValues<Munshi.WhatsApp.Exports.ExportRefusal>().Select(ImportRefusalWord.Of))
            .Select(reason => new UploadView(Guid.NewGuid(), UploadState.Refused, PageRenderer.Now.AddDays(-1), File: null) { Reason = reason }),
    ];

    /// <summary>One of each kind, with a page after it.</summary>
    public static SuppressionView Suppressed() => new(
        [
            new SuppressedPerson(Guid.NewGuid(), "Asha Verma", PageRenderer.Now.AddHours(-2), MarketingOf: null, Guid.NewGuid()),
            new SuppressedPerson(Guid.NewGuid(), "+91 ••••• ••101", PageRenderer.Now.AddDays(-2), "919000000001", Guid.NewGuid()),
            new SuppressedPerson(Guid.NewGuid(), "রত্না", PageRenderer.Now.AddDays(-20), MarketingOf: null, ConversationId: null),
        ],
        IsTop: false,
        Before: "1~00000000000000000000000000000001");

    /// <summary>A key in each state.</summary>
    public static ApiKeysView ApiKeys() => new()
    {
        Keys =
        [
            new ApiKeyRow(Guid.NewGuid(), "Bookkeeping", "Mita Sen", PageRenderer.Now.AddDays(-20), PageRenderer.Now.AddHours(-3), RevokedAt: null),
            new ApiKeyRow(Guid.NewGuid(), "हिसाब", MadeBy: null, PageRenderer.Now.AddDays(-3), UsedAt: null, RevokedAt: null),
            new ApiKeyRow(Guid.NewGuid(), "The first try", "Mita Sen", PageRenderer.Now.AddDays(-30), PageRenderer.Now.AddDays(-29), PageRenderer.Now.AddDays(-28)),
        ],
        NextId = Guid.NewGuid(),
    };

    /// <summary>A notice of every severity, with a mail in every state and for every reason.</summary>
    public static NoticesView Notices()
    {
        string[] reasons = ["no-server", "no-address", "refused", "sign-in", "deferred", "unreachable", "private-address", "no-tls", "no-answer", "broken-off", "given-up"];
        MailRow[] mails =
        [
            .. Enum.GetValues<MailState>().Select(state => new MailRow("Mita Sen", state, null, null, PageRenderer.Now.AddHours(2))),
            .. reasons.Select(reason => new MailRow(null, MailState.Failed, reason, 550, null)),
        ];
        NoticeRow broken = new()
        {
            Id = Guid.NewGuid(),
            Severity = NoticeSeverity.Alert,
            Kind = "ledger-broken",
            Parameters = ["shop", "7", "aa", "bb"],
            RaisedAt = PageRenderer.Now.AddMinutes(-5),
            LastAt = PageRenderer.Now,
            Repeats = 3,
            Mails = mails,
        };
        return new NoticesView
        {
            Rows =
            [
                broken,
                broken with { Severity = NoticeSeverity.Warning, Repeats = 1, Mails = [] },
                broken with { Severity = NoticeSeverity.Info, Kind = "digest", Parameters = ["2026-11-22"], Repeats = 0 },
                broken with { Severity = NoticeSeverity.Info, Kind = "test", Parameters = [], Repeats = 0 },
            ],
            NextCursor = "2026~1",
            HasServer = true,
            HasAddress = true,
            Form = new NoticesForm { Email = "mita@aparajita.example", LanguageCode = "en", Zone = "Asia/Kolkata", QuietFrom = "22:00", QuietUntil = "07:00", WantsAlert = true },
        };
    }

    public static ContactView Contact()
    {
        KnownAs phone = new(new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]), IsUser: false, "+91 ••••• ••101", WordsLoss.None, PageRenderer.Now.AddDays(-40));
        KnownAs user = new(new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]), IsUser: true, "•••••9f2", WordsLoss.None, PageRenderer.Now.AddDays(-3));
        KnownAs lost = new(new Guid(3, 0, 0, [0, 0, 0, 0, 0, 0, 0, 2]), IsUser: false, Masked: null, WordsLoss.Erased, PageRenderer.Now.AddDays(-2));
        return new ContactView
        {
            ConversationId = Priya,
            DisplayName = "Priya Ghosh",
            MaskedNumber = "+91 ••••• ••101",
            OptedOut = true,
            Version = new ContactVersion(Priya, Guid.Empty),
            Identifiers = [phone, user, lost],
            History =
            [
                new ContactEvent { Id = new Guid(1, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]), Kind = ContactEventKind.Merged, At = PageRenderer.Now, ByPerson = true, ByName = "Debjit Roy", Moved = [user], CanUndo = true },
                new ContactEvent { Id = new Guid(2, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]), Kind = ContactEventKind.Split, At = PageRenderer.Now.AddDays(-1), ByPerson = true, Moved = [lost] },
                new ContactEvent { Id = new Guid(3, 0, 0, [0, 0, 0, 0, 0, 0, 0, 3]), Kind = ContactEventKind.Merged, At = PageRenderer.Now.AddDays(-2), ByPerson = false, Moved = [lost], CanUndo = true },
            ],
            Conversations = [new ContactConversation(Priya, NumberId: null, PageRenderer.Now.AddMinutes(-5))],
            NextEventId = Guid.Parse("00000000-0000-4000-8000-0000000000ff"),
        };
    }

    /// <summary>A customer with one number and no history.</summary>
    public static ContactView Stranger()
    {
        Guid id = Guid.Parse("00000000-0000-4000-8000-0000000000ee");
        return Contact() with
        {
            ConversationId = id,
            DisplayName = "+91 ••••• ••202",
            MaskedNumber = null,
            OptedOut = false,
            Version = new ContactVersion(id, Guid.Empty),
            Identifiers = [new KnownAs(id, IsUser: false, "+91 ••••• ••202", WordsLoss.None, PageRenderer.Now)],
            History = [],
            Conversations = [new ContactConversation(id, NumberId: null, PageRenderer.Now)],
        };
    }

    public static FoundView Found() => new()
    {
        Sought = "priya",
        Rows = [new FoundConversation(Priya, "Priya Ghosh", "+91 90••• ••001", PageRenderer.Now.AddMinutes(-5))],
        Cut = true,
    };

    public static MessageView Message(int number, DateTimeOffset? at = null) => new()
    {
        Id = new Guid(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]),
        Direction = MessageDirection.In,
        Author = MessageAuthor.Customer,
        At = at ?? PageRenderer.Now.AddMinutes(number - 60),
        Text = $"Message {number}",
    };

    public static ConversationView Conversation(params MessageView[] messages) => new()
    {
        ConversationId = Priya,
        DisplayName = "Priya Ghosh",
        MaskedNumber = "+91 90••• ••001",
        Owner = OwnerKind.Waiting,
        OwnerEpoch = 7,
        Colleagues = [new Colleague(new Guid("00000000-0000-4000-8000-00000000002a"), "Debjit Roy"), new Colleague(new Guid("00000000-0000-4000-8000-00000000002b"), "सुनीता <b>जोशी</b>")],
        WindowUntil = PageRenderer.Now.AddHours(2),
        Messages = messages,
        OlderCursor = "2026~2",
        IdempotencyKey = "4f8b5a8e-6f0c-4f0b-9d1d-7a1f9e6f2b11",
        FileKey = "0d0c1c52-94a5-4b0f-8a3e-55f0b7d9a0c4",
    };

    /// <summary>One message in each state, of each author.</summary>
    public static ConversationView Everything() => Conversation(
        Message(1),
        Message(2) with
        {
            Direction = MessageDirection.Out,
            Author = MessageAuthor.Automatic,
            Status = DeliveryState.Read,
            Sources = [new MessageSource("faq-1", "When are you open?", "Every day from 10 to 8."), new MessageSource("faq-2", null, null)],
            Reactions = [new MessageReaction("👍", "Priya Ghosh")],
        },
        Message(3) with
        {
            Direction = MessageDirection.Out,
            Author = MessageAuthor.Person,
            AuthorName = "Debjit Roy",
            Status = DeliveryState.Failed,
            Explanation = "The phone was switched off.",
            RetryKey = new Guid("4f8b5a8e-6f0c-4f0b-9d1d-7a1f9e6f2b12"),
            QuotedSnippet = "Message 1",
        },
        Message(4) with { Direction = MessageDirection.Out, Author = MessageAuthor.Person, AuthorName = "Debjit Roy", Status = DeliveryState.Uncertain },
        Message(5) with { Kind = "image", Text = null },
        Message(6) with { Kind = "a_kind_of_next_year", Text = null });
}
