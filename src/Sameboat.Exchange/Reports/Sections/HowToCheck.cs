namespace Sameboat.Exchange.Reports.Sections;

/// <summary>How a reader who doubts can go over all of it, and what even then is not known.</summary>
internal static class HowToCheck
{
    public static void Write(PageWriter page, ReportFacts facts)
    {
        page.Add($"<p>Nothing here has to be believed. Beside this page lie the tables, the proofs and the signed log "
            + $"of the run; with them, and without the counts or the network, anyone can run</p>\n"
            + $"<p><code>sameboat check DIR</code></p>\n<p>where DIR is the folder that holds this page. "
            + $"The check names the first thing that does not hold.</p>\n"
            + $"<h3>What the check goes over</h3>\n<ul>\n"
            + $"<li>The log: its signature, its hashes, and that every file is the one that was logged.</li>\n"
            + $"<li>Conservation: no lot gives more than it holds, none goes where its donor or its dates forbid, and "
            + $"plan, coverage and lots add up to the last unit.</li>\n"
            + $"<li>Need: estimated again from the weeks of cases, item by item.</li>\n"
            + $"<li>Fairness: the proof of every round, in exact fractions, by a checker that shares no code with the "
            + $"engine that made the plan.</li>\n</ul>\n");
        page.Add($"<h3>What it does not go over</h3>\n<ul>\n"
            + $"<li>Whether the counts are true, or the offers meant. The digests above say which files were read; "
            + $"the same program run on the same files with the same seed gives the same bytes.</li>\n"
            + $"<li>The words and drawings of this page. The log binds its bytes; the check reads the tables and the "
            + $"proofs, not the page.</li>\n"
            + $"<li>Who holds the key that signed the log. Compare verifier-key.txt with the key its owner "
            + $"published.</li>\n</ul>\n");
        WriteLimits(page, facts);
        page.Add($"<h3>How it is worked out</h3>\n<p>Each method has a page with its equations, sources and limits in "
            + $"the program’s documentation, under docs/methods: cleaning, reproduction-number, assessment, "
            + $"forecast-combination, disease-packs, need-corrected, leximin, whole-packs, certificates, "
            + $"record-entries, merkle-log, signed-checkpoints, map-projection.</p>\n");
    }

    private static void WriteLimits(PageWriter page, ReportFacts facts)
    {
        page.Add($"<h3>What is not known</h3>\n<ul>\n"
            + $"<li>The forecast’s intervals come from how wrong the same method was in the place’s own past. A new "
            + $"variant, a lockdown or a change in testing is not foreseen.</li>\n"
            + $"<li>Low and high need take each week at its own 10 % and 90 % quantile. Weeks seldom all err the same "
            + $"way, so the range of the sum is wider than 80 %.</li>\n"
            + $"<li>Need is what a planning tool computes from cases, beds, staff and rates of use. It is not a "
            + $"request that an authority made, and what a place has in stock is not taken off it.</li>\n"
            + $"<li>No travel time is assumed: a lot arrives on the day on which it is available. Nothing in the plan "
            + $"has been accepted by anyone yet.</li>\n"
            + $"<li>Only counts up to {Figures.DayInWords(facts.Settings.AsOf)} by reporting day are used, without "
            + $"hindsight as to later days; but a file read later may carry corrections to earlier ones.</li>\n"
            + $"</ul>\n");
    }
}
