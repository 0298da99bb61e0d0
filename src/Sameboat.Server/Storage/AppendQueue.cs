namespace Sameboat.Server.Storage;

/// <summary>Entries that one caller wants appended together, and the answer it waits for.</summary>
internal sealed class AppendCall(
    IReadOnlyList<PreparedEntry> entries, AppendTerms terms, CancellationToken cancellation)
{
    private readonly TaskCompletionSource<AppendOutcome> _answer =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal IReadOnlyList<PreparedEntry> Entries => entries;

    /// <summary>On what terms.</summary>
    internal AppendTerms Terms => terms;

    /// <summary>True when the caller left before its turn came: nothing is written for it.</summary>
    internal bool IsWithdrawn => cancellation.IsCancellationRequested;

    /// <summary>The answer, or cancelled as soon as the caller's token is.</summary>
    internal Task<AppendOutcome> AnswerAsync() => _answer.Task.WaitAsync(cancellation);

    internal void Answer(AppendOutcome outcome) => _answer.TrySetResult(outcome);

    internal void Refuse(AppendRefusal reason, EntityId entry, string sentence) =>
        Answer(new AppendOutcome.Refused(reason, entry, sentence));

    internal void Fail(Exception fault) => _answer.TrySetException(fault);
}

/// <summary>
/// Joins the appends that wait while one is written into the next transaction, so that many writers share one sync of
/// the disk (group commit). One batch is written at a time; a call is never split over two.
/// </summary>
/// <param name="write">Writes a batch and answers its calls.</param>
internal sealed class AppendQueue(Func<IReadOnlyList<AppendCall>, Task> write)
{
    /// <summary>How many entries may wait; a call that finds more is refused, unless nothing waits.</summary>
    internal const int EntriesWaitingMax = 65_536;

    /// <summary>How many entries of several calls are joined into one transaction.</summary>
    internal const int BatchEntriesMax = 1_024;

    /// <summary>
    /// How long the writer waits at a time for the callers of the last batch to come back with their next entry, while
    /// fewer than three in four have; and how often. A lone writer is never waited for.
    /// </summary>
    private static readonly TimeSpan GatherTime = TimeSpan.FromMilliseconds(1);

    private const int GathersMax = 3;

    private readonly Lock _gate = new();
    private readonly Queue<AppendCall> _waiting = new();
    private int _entriesWaiting;
    private Task? _writing;

    /// <summary>Takes a call in; false when too much waits.</summary>
    internal bool TryAdd(AppendCall call)
    {
        lock (_gate)
        {
            if (_entriesWaiting > 0 && _entriesWaiting + call.Entries.Count > EntriesWaitingMax)
            {
                return false;
            }

            _waiting.Enqueue(call);
            _entriesWaiting += call.Entries.Count;
            _writing ??= Task.Run(WriteAllAsync);
            return true;
        }
    }

    /// <summary>Returns when nothing waits or is being written.</summary>
    internal Task WhenIdleAsync()
    {
        lock (_gate)
        {
            return _writing ?? Task.CompletedTask;
        }
    }

    private async Task WriteAllAsync()
    {
        var lastCalls = 0;
        while (true)
        {
            for (var gather = 0; gather < GathersMax && CallsWaiting() < lastCalls * 3 / 4; gather++)
            {
                await Task.Delay(GatherTime);
            }

            var batch = Take();
            if (batch.Count == 0)
            {
                return;
            }

            lastCalls = batch.Count;
            await WriteAsync(batch);
        }
    }

    // A call that brings the writer down must not take the calls beside it along: they are written one by one.
    private async Task WriteAsync(List<AppendCall> batch)
    {
        var work = write(batch);
        await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (work.IsCompletedSuccessfully)
        {
            return;
        }

        if (batch.Count == 1)
        {
            batch[0].Fail(work.Exception?.InnerException ?? new OperationCanceledException());
            return;
        }

        foreach (var call in batch)
        {
            await WriteAsync([call]);
        }
    }

    private int CallsWaiting()
    {
        lock (_gate)
        {
            return _waiting.Count;
        }
    }

    private List<AppendCall> Take()
    {
        var batch = new List<AppendCall>();
        var entries = 0;
        lock (_gate)
        {
            while (_waiting.TryPeek(out var next)
                && (batch.Count == 0 || entries + next.Entries.Count <= BatchEntriesMax))
            {
                _waiting.Dequeue();
                _entriesWaiting -= next.Entries.Count;
                if (!next.IsWithdrawn)
                {
                    batch.Add(next);
                    entries += next.Entries.Count;
                }
            }

            if (batch.Count == 0)
            {
                _writing = null;
            }
        }

        return batch;
    }
}
