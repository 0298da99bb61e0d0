using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Sameboat.Server.Tests.Storage.Faults;

/// <summary>A TCP proxy that a test cuts or slows down.</summary>
internal sealed class CutProxy : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentDictionary<TcpClient, TcpClient> _open = new();
    private readonly int _target;

    internal CutProxy(int target)
    {
        _target = target;
        _listener.Start();
        _ = AcceptAsync();
    }

    internal int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long each piece of data is held back.</summary>
    internal TimeSpan Delay { get; set; }

    /// <summary>Closes every connection that is open, without a word to either end.</summary>
    internal void Cut()
    {
        foreach (var (client, server) in _open)
        {
            client.Client.Close(0);
            server.Client.Close(0);
        }

        _open.Clear();
    }

    public void Dispose()
    {
        _listener.Stop();
        Cut();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var server = new TcpClient();
                await server.ConnectAsync(IPAddress.Loopback, _target);
                _open[client] = server;
                _ = PumpAsync(client, server);
                _ = PumpAsync(server, client);
            }
        }
        catch (Exception stopped) when (stopped is SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task PumpAsync(TcpClient from, TcpClient to)
    {
        var buffer = new byte[8192];
        try
        {
            var (source, target) = (from.GetStream(), to.GetStream());
            for (var read = await source.ReadAsync(buffer); read > 0; read = await source.ReadAsync(buffer))
            {
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay);
                }

                await target.WriteAsync(buffer.AsMemory(0, read));
            }

            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception cut) when (cut is IOException or ObjectDisposedException or SocketException
            or InvalidOperationException)
        {
            // Cut, as a test asked for, or closed by one end.
        }
    }
}
