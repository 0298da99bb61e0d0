return await Sameboat.Commands.SameboatProgram.RunAsync(args, Sameboat.Commands.SystemTerminal.Open());
