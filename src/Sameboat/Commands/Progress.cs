using System.Globalization;

namespace Sameboat.Commands;

/// <summary>
/// One line on an interactive terminal that says what is being done, from the second second on; it is wiped out when
/// the work is done. Elsewhere it shows nothing.
/// </summary>
internal sealed class Progress : IDisposable
{
    private static readonly TimeSpan ShownAfter = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShownEvery = TimeSpan.FromMilliseconds(500);

    private readonly Terminal _terminal;
    private readonly long _began;
    private readonly Lock _line = new();
    private readonly ITimer? _timer;
    private string _doing;
    private int _shownLength;
    private bool _ended;

    private Progress(Terminal terminal, string doing)
    {
        _terminal = terminal;
        _doing = doing;
        _began = terminal.Clock.GetTimestamp();
        _timer = terminal.ErrorIsInteractive
            ? terminal.Clock.CreateTimer(_ => Show(), null, ShownAfter, ShownEvery)
            : null;
    }

    /// <summary>Begins a piece of work.</summary>
    /// <param name="terminal">Where to show it.</param>
    /// <param name="doing">What is done, such as <c>reading cases.csv</c>.</param>
    internal static Progress Begin(Terminal terminal, string doing) => new(terminal, doing);

    /// <summary>Goes over to the next piece of the same work; the seconds count on.</summary>
    internal void Next(string doing)
    {
        lock (_line)
        {
            _doing = doing;
        }
    }

    /// <summary>Wipes the line out.</summary>
    public void Dispose()
    {
        _timer?.Dispose();
        lock (_line)
        {
            _ended = true;
            if (_shownLength > 0)
            {
                _terminal.Error.Write("\r" + new string(' ', _shownLength) + "\r");
            }
        }
    }

    private void Show()
    {
        lock (_line)
        {
            if (_ended)
            {
                return;
            }

            var seconds = (int)_terminal.Clock.GetElapsedTime(_began).TotalSeconds;
            var text = string.Create(CultureInfo.InvariantCulture, $"{_doing} ({seconds} s)");
            _terminal.Error.Write("\r" + text.PadRight(_shownLength));
            _terminal.Error.Flush();
            _shownLength = Math.Max(_shownLength, text.Length);
        }
    }
}
