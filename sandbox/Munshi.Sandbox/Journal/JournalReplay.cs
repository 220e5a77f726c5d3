using Munshi.Sandbox.Control;
using Munshi.Sandbox.Phone;

namespace Munshi.Sandbox.Journal;

/// <summary>Brings back phones and counters before the server listens.</summary>
internal sealed class JournalReplay(JournalFile journal, Phones phones, Tally tally) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (JournalLine line in journal.Read())
        {
            switch (line)
            {
                case JournalLine.Message { Entry: PhoneMessage message }:
                    phones.Restore(message);
                    if (message.CallbackData is { } callbackData)
                    {
                        tally.RecordCallbackData(callbackData);
                    }

                    break;
                case JournalLine.Status status:
                    phones.Restore(status);
                    break;
                case JournalLine.Identity identity:
                    phones.Restore(identity);
                    break;
                case JournalLine.Move move:
                    phones.Restore(move);
                    break;
                case JournalLine.Count count:
                    tally.Restore(count.What);
                    break;
            }
        }

        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
