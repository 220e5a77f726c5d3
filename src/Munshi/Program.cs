using System.CommandLine;
using Munshi.Access;
using Munshi.Audit;
using Munshi.Channels;
using Munshi.CommandLine;
using Munshi.Database;
using Munshi.Knowledge;
using Munshi.Workspaces;

RootCommand root = new("Munshi answers a business's customers on WhatsApp, keeps every word, and can prove it.");
root.Subcommands.Add(ServeVerb.Build());
root.Subcommands.Add(MigrateVerb.Build());
root.Subcommands.Add(WorkspaceVerbs.Build());
root.Subcommands.Add(MemberVerbs.Build());
root.Subcommands.Add(ChannelVerbs.Build());
root.Subcommands.Add(KnowledgeVerbs.Build());
root.Subcommands.Add(LedgerVerbs.Build());
return await Verbs.RunAsync(root, args);
