using Microsoft.AspNetCore.Connections;

namespace Sameboat.Server;

/// <summary>Runs a node as a program does: from start to Ctrl-C, with an exit code.</summary>
public static class NodeHost
{
    private const int Done = 0;
    private const int Refused = 1;

    /// <summary>
    /// Starts a node, says on <paramref name="output"/> where it answers as soon as it is ready, and waits until it is
    /// told to stop.
    /// </summary>
    /// <param name="options">How to start it.</param>
    /// <param name="output">Told the address.</param>
    /// <param name="error">Told in one line why the node did not start.</param>
    /// <param name="cancellation">Stops the node, as Ctrl-C and SIGTERM do.</param>
    /// <returns>0 after a stop, 1 when the node could not start.</returns>
    public static async Task<int> RunAsync(
        NodeOptions options, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(error);
        try
        {
            var node = await RunningNode.StartAsync(options, cancellation);
            await using (node.ConfigureAwait(false))
            {
                await output.WriteLineAsync(
                    options.ExerciseSeed is null
                        ? $"Sameboat is ready at {node.Address}"
                        : $"Sameboat is ready at {node.Address} with an EXERCISE: nothing in it is real.");
                if (node.SetUp is { } link)
                {
                    await output.WriteLineAsync($"No account yet. Make the first one, within 24 hours, at {link}");
                }

                if (node.Lead is { } lead)
                {
                    await output.WriteLineAsync($"Whoever runs the exercise signs in, within 24 hours, at {lead}");
                }

                await output.WriteLineAsync("Ctrl-C stops it.");
                await node.WaitForStopAsync(cancellation);
            }

            return Done;
        }
        catch (IOException refused)
        {
            await error.WriteLineAsync(
                refused.InnerException is AddressInUseException
                    ? $"Port {options.Port} of {options.Address} is in use. "
                        + "Name another with --port; 0 takes a free one."
                    : refused.Message);
            return Refused;
        }
        catch (UnauthorizedAccessException refused)
        {
            await error.WriteLineAsync(
                $"{refused.Message} The node needs a data folder that it may write: see --data.");
            return Refused;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return Done;
        }
    }
}
