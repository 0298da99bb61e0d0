using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Sameboat.Server.Tests.Storage;

/// <summary>
/// A PostgreSQL of Debian's binaries for these tests alone: its own folder, a free port of the loopback, no password,
/// stopped at the end. Where there are no binaries <see cref="Absence"/> says so and the tests that need it skip.
/// </summary>
public sealed class PostgresServer : IAsyncLifetime
{
    private const string Installed = "/usr/lib/postgresql";

    private readonly string _folder;
    private readonly int _port = FreePort();
    private int _databases;
    private string? _binaries;

    /// <summary>A server with its data in the folder for temporary files.</summary>
    public PostgresServer()
        : this(Path.GetTempPath())
    {
    }

    /// <summary>A server with its data on the disk of this folder.</summary>
    internal PostgresServer(string disk) =>
        _folder = Path.Combine(disk, "sameboat-postgres-" + Path.GetRandomFileName());

    /// <summary>Settings as <c>-c name=value</c> that it starts with beside its own.</summary>
    internal string Settings { get; init; } = "";

    /// <summary>Why there is no server, or null when it runs.</summary>
    public string? Absence { get; private set; }

    public async ValueTask InitializeAsync()
    {
        _binaries = Directory.Exists(Installed)
            ? Directory.EnumerateDirectories(Installed)
                .Select(version => Path.Combine(version, "bin"))
                .Where(folder => File.Exists(Path.Combine(folder, "initdb")))
                .OrderBy(folder => folder, StringComparer.Ordinal)
                .LastOrDefault()
            : null;
        if (_binaries is null)
        {
            Absence = $"PostgreSQL absent: no initdb under {Installed} (apt-get install postgresql)";
            return;
        }

        Directory.CreateDirectory(_folder);
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres:postgres", _folder);
        }

        await RunAsServerAsync(
            "initdb", "-D", Data, "-U", "app", "--auth=trust", "--no-sync", "--encoding=UTF8", "--locale=C.UTF-8");
        await StartAsync();
    }

    /// <summary>Ends the server as a power cut would: no checkpoint, no goodbye to anyone.</summary>
    internal async Task KillAsync()
    {
        var lines = await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid"));
        using var server = Process.GetProcessById(int.Parse(lines[0], CultureInfo.InvariantCulture));
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Starts a killed server, as soon as the last of its processes has noticed that it is gone.</summary>
    internal async Task StartAgainAsync()
    {
        const int AttemptsMax = 40;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await StartAsync();
                return;
            }
            catch (ShouldAssertException) when (attempt < AttemptsMax)
            {
                await Task.Delay(250);
            }
        }
    }

    /// <summary>Sees to it that a server that a full disk has ended, or that recovers, answers again.</summary>
    internal async Task ReviveAsync(string connection)
    {
        const int AttemptsMax = 240;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await using var probe = new Npgsql.NpgsqlConnection(connection + ";Pooling=false;Timeout=5");
                await probe.OpenAsync();
                return;
            }
            catch (Npgsql.NpgsqlException) when (attempt < AttemptsMax)
            {
                if (await RunAsServerForCodeAsync("pg_ctl", "-D", Data, "-s", "status") != 0)
                {
                    await StartAgainAsync();
                }

                await Task.Delay(250);
            }
        }
    }

    /// <summary>Makes a database without tables on the disk of a folder, which is the server's from then on.</summary>
    internal async Task<string> NewDatabaseOnAsync(string disk)
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        if (Environment.IsPrivilegedProcess)
        {
            await RunAsync("chown", "postgres:postgres", disk);
        }

        var name = $"node{Interlocked.Increment(ref _databases)}";
        await SqlAsync("=postgres", $"CREATE TABLESPACE {name} LOCATION '{disk}'");
        await RunAsync(
            Path.Combine(_binaries!, "createdb"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", "app", "-D", name, name);
        return $"Host=127.0.0.1;Port={_port};Username=app;Database={name}";
    }

    /// <summary>Runs a statement in a database as the superuser.</summary>
    internal Task SqlAsync(string connection, string sql)
    {
        var database = connection[(connection.LastIndexOf('=') + 1)..];
        return RunAsync(Path.Combine(_binaries!, "psql"),
            "-q", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", $"{_port}", "-U", "app", "-c", sql, database);
    }

    /// <summary>Makes a database without tables and answers with its connection string.</summary>
    public async Task<string> NewDatabaseAsync()
    {
        Assert.SkipWhen(Absence is not null, Absence ?? "");
        var name = $"node{Interlocked.Increment(ref _databases)}";
        await RunAsync(Path.Combine(_binaries!, "createdb"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", "app", name);
        return $"Host=127.0.0.1;Port={_port};Username=app;Database={name}";
    }

    public async ValueTask DisposeAsync()
    {
        if (Absence is null)
        {
            await RunAsServerAsync("pg_ctl", "-D", Data, "-s", "-m", "fast", "stop");
            Directory.Delete(_folder, recursive: true);
        }
    }

    private Task StartAsync() => RunAsServerAsync(
        "pg_ctl", "-D", Data, "-s", "-w", "-t", "30", "-l", Path.Combine(_folder, "log"),
        "-o", $"-p {_port} -c listen_addresses=127.0.0.1 -k {_folder} {Settings}", "start");

    private string Data => Path.Combine(_folder, "data");

    private async Task RunAsServerAsync(string program, params string[] arguments) =>
        (await RunAsServerForCodeAsync(program, arguments)).ShouldBe(0, $"{program} {string.Join(' ', arguments)}");

    // PostgreSQL refuses to run as root, which is what a container usually is.
    private Task<int> RunAsServerForCodeAsync(string program, params string[] arguments)
    {
        var path = Path.Combine(_binaries!, program);
        return Environment.IsPrivilegedProcess
            ? RunForCodeAsync("runuser", ["-u", "postgres", "--", path, .. arguments])
            : RunForCodeAsync(path, arguments);
    }

    private static async Task RunAsync(string program, params string[] arguments) =>
        (await RunForCodeAsync(program, arguments)).ShouldBe(0, $"{program} {string.Join(' ', arguments)}");

    private static async Task<int> RunForCodeAsync(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = Path.GetTempPath(),
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{program} did not start");

        // Not read to its end: a started server inherits the pipe and keeps it open.
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
