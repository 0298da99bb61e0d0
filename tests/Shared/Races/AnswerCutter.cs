using System.Net;
using System.Net.Sockets;

namespace Sameboat.Races;

/// <summary>
/// A TCP proxy that hands a request on and, while it is armed, cuts both ends before any of the answer comes back: the
/// client cannot know whether its write was done.
/// </summary>
internal sealed class AnswerCutter : IDisposable
{
    private const int BufferLength = 8_192;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _target;
    private readonly TimeSpan _reachTime;
    private int _armed;
    private int _cuts;

    /// <summary>Starts to listen.</summary>
    /// <param name="target">The port of the node.</param>
    /// <param name="reachTime">The longest that an armed connection stays open after the request has gone on; the cut
    /// falls before, at or after the write by this and by what the node does.</param>
    internal AnswerCutter(int target, TimeSpan reachTime)
    {
        _target = target;
        _reachTime = reachTime;
        _listener.Start();
        _ = AcceptAsync();
    }

    internal Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>How many connections were cut.</summary>
    internal int Cuts => _cuts;

    /// <summary>Cuts the next connection.</summary>
    internal void Arm() => Interlocked.Exchange(ref _armed, 1);

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                _ = ServeAsync(client, Interlocked.Exchange(ref _armed, 0) == 1);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The run is over.
        }
    }

    private async Task ServeAsync(TcpClient client, bool cuts)
    {
        using var server = new TcpClient();
        using (client)
        {
            try
            {
                client.NoDelay = true;
                server.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, _target);
                var there = PumpAsync(client.GetStream(), server.GetStream());
                if (!cuts)
                {
                    await Task.WhenAny(there, PumpAsync(server.GetStream(), client.GetStream()));
                    return;
                }

                // The first byte of the answer shows that the write is over; a short wait may come before it.
                var answer = new byte[1];
                await Task.WhenAny(
                    server.GetStream().ReadAsync(answer).AsTask(), Task.Delay(_reachTime));
                Interlocked.Increment(ref _cuts);
                client.Client.Close(0);
                server.Client.Close(0);
            }
            catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException
                or InvalidOperationException)
            {
                // One end went away first.
            }
        }
    }

    private static async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[BufferLength];
        try
        {
            for (var read = await from.ReadAsync(buffer); read > 0; read = await from.ReadAsync(buffer))
            {
                await to.WriteAsync(buffer.AsMemory(0, read));
            }
        }
        catch (Exception cut) when (cut is IOException or SocketException or ObjectDisposedException
            or InvalidOperationException)
        {
            // Cut.
        }
    }
}
