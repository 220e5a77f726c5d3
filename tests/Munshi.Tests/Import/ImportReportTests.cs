using Munshi.Tests.Running;
using Munshi.Vault.Importing;

namespace Munshi.Tests.Import;

public sealed class ImportReportTests(SharedServer shared) : IClassFixture<SharedServer>
{
    private readonly RunningServer _server = shared.Server;

    [Fact]
    public async Task A_report_tells_what_was_decided_of_each_record_and_what_the_file_does_not_hold()
    {
        string customer = shared.NewCustomer();
        const string First = "13/01/21, 10:00 - Asha: good morning\n13/01/21, 10:01 - Asha: two metres\n13/01/21, 10:02 - Asha: of this\n13/01/21, 10:03 - Aparajita Sarees: yes\n";
        ExportedChat.Done(await _server.ImportAsync(First, customer));
        ExportedChat.Done(await _server.ImportAsync(
            "13/01/21, 10:00 - Asha: good morning\n13/01/21, 10:01 - Asha: three metres <This message was edited>\n13/01/21, 10:03 - Aparajita Sarees: yes\n13/01/21, 10:04 - Asha: bye\n", customer));
        Guid later = (await _server.Get<ImportList>().ReadAsync(_server.ClientId, null, TestContext.Current.CancellationToken))[0].Id;
        StoredMessage[] stored = [.. await _server.MessagesAsync(customer)];

        List<(long?, string, Guid)> told = [];
        await foreach (ImportDecision decision in _server.Get<ImportDecisions>().ReadAsync(_server.ClientId, later, TestContext.Current.CancellationToken))
        {
            told.Add((decision.Record, decision.Outcome, decision.MessageId));
        }

        Guid Id(string text) => stored.Single(message => message.Text == text).Id;
        Assert.Equal(
            [(0, "same", Id("good morning")), (1, "same", Id("two metres")), (1, "changed", Id("three metres")), (2, "same", Id("yes")), (3, "new", Id("bye")), (null, "absent", Id("of this"))],
            told);
    }
}
