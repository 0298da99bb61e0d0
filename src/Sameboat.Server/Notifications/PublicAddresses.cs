using System.Net;
using System.Net.Sockets;

namespace Sameboat.Server.Notifications;

/// <summary>
/// Which addresses belong to the public Internet. A webhook's address is somebody's wish: it must not make the node
/// knock at doors inside its own network.
/// </summary>
/// <remarks>The special-purpose registries of RFC 6890 as they stood in 2025.</remarks>
internal static class PublicAddresses
{
    private static readonly IPNetwork[] Special =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12",
            "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24",
            "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    // Of the whole of IPv6 this much is handed out; the rest, and what carries an IPv4 address inside, is not public.
    private static readonly IPNetwork HandedOut = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialSix =
    [
        IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16"),
        IPNetwork.Parse("3fff::/20"),
    ];

    /// <summary>True for an address of the public Internet.</summary>
    internal static bool Holds(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Special.Any(network => network.Contains(plain))
            : HandedOut.Contains(plain) && !SpecialSix.Any(network => network.Contains(plain));
    }

    /// <summary>Connects to a name whose addresses are all public; the address that was looked at is the one that is
    /// used.</summary>
    /// <exception cref="HttpRequestException">One of them is not, or none answers.</exception>
    internal static async ValueTask<Stream> ConnectAsync(
        SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var name = context.DnsEndPoint;
        var found = await Dns.GetHostAddressesAsync(name.Host, cancellation);
        if (found.Length == 0 || !found.All(Holds))
        {
            throw new HttpRequestException($"{name.Host} is not an address of the public Internet.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(found, name.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (SocketException fault)
        {
            socket.Dispose();
            throw new HttpRequestException($"{name.Host} does not answer: {fault.Message}", fault);
        }
    }
}
