namespace Sameboat.Server.Storage;

/// <summary>
/// Lets the writers of one process take turns in the order in which they come. An embedded database admits one at a
/// time and tells the others to try again after a while; one that goes from transaction to transaction would then be
/// ahead of all others.
/// </summary>
internal sealed class WriterTurns
{
    private readonly Lock _gate = new();
    private Task _last = Task.CompletedTask;

    /// <summary>Returns when everyone who came before is done; disposing the answer lets the next one in.</summary>
    internal async Task<IDisposable> TakeAsync(CancellationToken cancellation)
    {
        var turn = new Turn();
        Task before;
        lock (_gate)
        {
            before = _last;
            _last = turn.Ended;
        }

        try
        {
            await before.WaitAsync(cancellation).ConfigureAwait(false);
            return turn;
        }
        catch (OperationCanceledException)
        {
            // Whoever comes after still waits for those before.
            _ = before.ContinueWith(
                (_, mine) => ((Turn)mine!).Dispose(), turn, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            throw;
        }
    }

    private sealed class Turn : IDisposable
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal Task Ended => _ended.Task;

        public void Dispose() => _ended.TrySetResult();
    }
}
