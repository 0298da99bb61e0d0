using System.Text;

namespace Sameboat.Tests;

/// <summary>The rows of a small CSV file as written, header included: quotes are taken off, lines end by \n.</summary>
internal static class TableRows
{
    internal static List<string[]> Read(string path)
    {
        var rows = new List<string[]>();
        var row = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        foreach (var letter in File.ReadAllText(path))
        {
            if (letter == '"')
            {
                quoted = !quoted;
            }
            else if (!quoted && (letter is ',' or '\n'))
            {
                row.Add(cell.ToString());
                cell.Clear();
                if (letter == '\n')
                {
                    rows.Add([.. row]);
                    row.Clear();
                }
            }
            else if (letter != '\r')
            {
                cell.Append(letter);
            }
        }

        return rows;
    }
}
