using System.Collections.Immutable;
using Sameboat.Server.Record;
using Sameboat.Server.Accounts;
using Sameboat.Server.Notifications;

namespace Sameboat.Server;

/// <summary>How a node is started. The defaults are those of the demonstration, without its exercise.</summary>
public sealed record NodeOptions
{
    /// <summary>The port used when none is named.</summary>
    public const int PortDefault = 5080;

    /// <summary>The age of pages that <c>serve</c> allows: two seconds.</summary>
    public static readonly TimeSpan PageAgeServed = TimeSpan.FromSeconds(2);

    /// <summary>The seed by which the demonstration plays its exercise.</summary>
    public const ulong ExerciseSeedDefault = 5;

    /// <summary>
    /// The address to listen on: an IP address or <c>localhost</c>. The default is this machine alone.
    /// </summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>The port to listen on, 0 to 65535; 0 takes any free one.</summary>
    public int Port { get; init; } = PortDefault;

    /// <summary>
    /// The folder of keys and, without <see cref="Database"/>, of the embedded database. It is made where it does not
    /// exist. Null takes a temporary folder that is removed when the node stops.
    /// </summary>
    public string? DataFolder { get; init; }

    /// <summary>A PostgreSQL connection string; null or blank keeps the record in SQLite in the data folder.</summary>
    public string? Database { get; init; }

    /// <summary>
    /// The seed of the exercise that is played into an empty record on start; every number is a good seed and gives
    /// the same entries each time, save that each log names its own key. Null plays none.
    /// </summary>
    public ulong? ExerciseSeed { get; init; }

    /// <summary>
    /// Nodes that are asked to cosign this node's own logs, and at the start what they have seen of them; none by
    /// default.
    /// </summary>
    public ImmutableArray<WitnessSource> Witnesses { get; init; } = [];

    /// <summary>
    /// How long a public page may be shown as it was after newer entries came; zero, the default, shows every entry at
    /// once and reads the page anew for each. Not below zero.
    /// </summary>
    public TimeSpan PageAge { get; init; }

    /// <summary>
    /// The address by which readers reach the node, such as <c>https://node.example.org</c>; null takes what each
    /// request says. With https the cookie of a session is sent over https alone.
    /// </summary>
    public Uri? PublicAddress { get; init; }

    /// <summary>How many requests are answered; <see cref="Accounts.RateLimits.Usual"/> where none is named.</summary>
    public RateLimits RateLimits { get; init; } = RateLimits.Usual;

    /// <summary>
    /// The members admitted from the start, who admit others by a majority: the same list at every node. Empty takes
    /// the members whose logs this node writes.
    /// </summary>
    public IReadOnlyList<MemberId> Founders { get; init; } = [];

    /// <summary>
    /// Who runs the node and so holds the keys of its members' logs, which say so: a name of at most
    /// <see cref="Sameboat.Record.KeyHolding.HostLengthMax"/> characters, or the id of a member that runs it for
    /// itself. Null takes the host by which the logs are named.
    /// </summary>
    public string? Operator { get; init; }

    /// <summary>The server that takes notifications as mail; null sends none.</summary>
    public MailSettings? Mail { get; init; }

    /// <summary>
    /// True lets webhooks go to addresses of private networks, and over http: for a node whose readers share its
    /// network, and for tests.
    /// </summary>
    public bool WebhooksMayBePrivate { get; init; }

    /// <summary>The OTLP collector that traces and measures are sent to; null gathers and sends none.</summary>
    public Uri? Telemetry { get; init; }

    /// <summary>True writes one event for each request that was answered.</summary>
    public bool LogsRequests { get; init; }

    /// <summary>
    /// The clock by which entries are judged and stamped; null takes the machine's. An entry further ahead of it than
    /// 15 minutes is refused.
    /// </summary>
    public TimeProvider? Clock { get; init; }
}
