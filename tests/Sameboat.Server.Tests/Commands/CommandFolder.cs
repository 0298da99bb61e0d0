using Sameboat.Commands;

namespace Sameboat.Server.Tests.Commands;

/// <summary>A folder for one test, in which commands are run on files that it writes.</summary>
internal sealed class CommandFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("sameboat-run-");

    public void Dispose() => _folder.Delete(recursive: true);

    internal string PathOf(string name) => Path.Combine(_folder.FullName, name);

    internal string Write(string name, string text)
    {
        File.WriteAllText(PathOf(name), text);
        return PathOf(name);
    }

    /// <summary>Runs a line in which <c>@name</c> is a file of the folder.</summary>
    internal async Task<(int Code, string Output, string Error)> RunAsync(string line)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var args = Array.ConvertAll(line.Split(' '), word => word.StartsWith('@') ? PathOf(word[1..]) : word);
        var code = await SameboatProgram.RunAsync(args, new Terminal(output, error, false, new StoppedClock()));
        var said = error.ToString().Replace(_folder.FullName + "/", string.Empty, StringComparison.Ordinal);
        return (code, output.ToString(), said);
    }

    /// <summary>Runs a line that ends in <c>--out @NAME</c> and must succeed; the text of the file.</summary>
    internal async Task<string> TextOfAsync(string line)
    {
        var (code, _, error) = await RunAsync(line);
        code.ShouldBe(ExitCode.Done, error);
        return await File.ReadAllTextAsync(
            PathOf(line[(line.LastIndexOf('@') + 1)..]), TestContext.Current.CancellationToken);
    }

    internal bool Has(string name) => File.Exists(PathOf(name));
}
