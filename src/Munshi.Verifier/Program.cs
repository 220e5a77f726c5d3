using Munshi.Verifier;

return VerifyProgram.Run(args, Console.Out, Console.Error);
