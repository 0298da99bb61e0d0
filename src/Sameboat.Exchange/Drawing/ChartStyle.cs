namespace Sameboat.Exchange.Drawing;

/// <summary>The style sheet of every drawing of this folder: light, dark and print.</summary>
public static class ChartStyle
{
    /// <summary>
    /// CSS to stand once on a page. Colours are custom properties, so that a page can set its own. The class
    /// sb-light or sb-dark on a parent overrides what the reader's system prefers.
    /// </summary>
    /// <remarks>
    /// The ramps run from light to dark (in the dark form from dark to light) so that they can be told in grey and
    /// with any colour vision; blue and orange are the pair that most readers with a colour deficiency tell apart.
    /// </remarks>
    public const string Css = Properties + Shared + Charts + Narrow;

    private const string Light = """
        --sb-ink:#1b2733;--sb-soft:#5a6875;--sb-line:#97a3ae;--sb-grid:#e3e8ec;--sb-paper:#fff;--sb-sea:#f5f7f9;
        --sb-s1:#cbe1f1;--sb-s2:#9dc7e4;--sb-s3:#67a9d3;--sb-s4:#3383ba;--sb-s5:#145c93;--sb-s6:#07335c;
        --sb-d1:#cae3f5;--sb-d2:#a0c9e7;--sb-d3:#b3ada1;--sb-d4:#d28739;--sb-d5:#b35a10;--sb-d6:#6b2804;
        --sb-none:#fff;--sb-hatch:#c3ccd4;--sb-bar:#8d9ba8;--sb-fan:#1467a8;--sb-half:#8cbde0;--sb-most:#d0e4f3;
        --sb-came:#b94d00;--sb-given:#145c93;--sb-spare:#bcdaee;--sb-unmet:#fbe6d3;--sb-unmet-edge:#c2702a;
        """;

    private const string Dark = """
        --sb-ink:#e6edf3;--sb-soft:#a3b1bd;--sb-line:#71808d;--sb-grid:#2c3944;--sb-paper:#10181f;--sb-sea:#17222b;
        --sb-s1:#22425f;--sb-s2:#25608f;--sb-s3:#3583bb;--sb-s4:#62aadb;--sb-s5:#9dcff0;--sb-s6:#e3f3ff;
        --sb-d1:#1d4a70;--sb-d2:#37617f;--sb-d3:#6f7276;--sb-d4:#b5793c;--sb-d5:#f09a45;--sb-d6:#ffd9ae;
        --sb-none:#17222b;--sb-hatch:#4a5965;--sb-bar:#7d8b97;--sb-fan:#8fcbf7;--sb-half:#2f6a99;--sb-most:#1e405c;
        --sb-came:#ffa95c;--sb-given:#62aadb;--sb-spare:#25506f;--sb-unmet:#3a2a1c;--sb-unmet-edge:#d58a4a;
        """;

    private const string Properties =
        ":root,.sb-light{" + Light + "}\n"
        + "@media(prefers-color-scheme:dark){:root{" + Dark + "}}\n"
        + ".sb-light{" + Light + "}\n.sb-dark{" + Dark + "}\n"
        + "@media print{:root,.sb-light,.sb-dark{" + Light + "}}\n";

    private const string Shared = """
        .sb-chart{display:block;width:100%;height:auto;direction:ltr;color:var(--sb-ink);print-color-adjust:exact;
        -webkit-print-color-adjust:exact;break-inside:avoid}
        .sb-chart text{fill:var(--sb-ink);font:13px system-ui,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
        .sb-chart .sb-s{text-anchor:start}.sb-chart .sb-m{text-anchor:middle}.sb-chart .sb-e{text-anchor:end}
        .sb-fan text,.sb-rt text,.sb-strip text,.sb-chart .sb-soft{fill:var(--sb-soft)}
        .sb-fan,.sb-rt,.sb-bars,.sb-strip{max-width:45rem}
        .sb-spark{display:inline-block;width:120px;height:28px;vertical-align:middle}
        .sb-figure{margin:0}
        .sb-note{color:var(--sb-soft);font-size:.8125rem;margin-block-start:.5rem}
        .sb-legend{display:flex;flex-wrap:wrap;gap:.25rem 1rem;list-style:none;margin:.5rem 0 0;padding:0;
        font-size:.875rem;color:var(--sb-ink)}
        .sb-legend li{display:flex;align-items:center;gap:.375rem}
        .sb-swatch{width:20px;height:14px;flex:none;print-color-adjust:exact;-webkit-print-color-adjust:exact}
        .sb-sea{fill:var(--sb-sea)}
        .sb-land{stroke:var(--sb-paper);stroke-width:.7;stroke-linejoin:round;fill-rule:evenodd}
        .sb-empty{stroke:var(--sb-hatch)}.sb-spot{stroke:var(--sb-soft)}
        .sb-swatch .sb-land{stroke:var(--sb-line)}
        .sb-map a:hover *,.sb-map a:focus *,.sb-land>:hover{stroke:var(--sb-ink);stroke-width:2}
        .sb-none{fill:var(--sb-none)}.sb-hatch{stroke:var(--sb-hatch);stroke-width:3}
        .sb-s1{fill:var(--sb-s1)}.sb-s2{fill:var(--sb-s2)}.sb-s3{fill:var(--sb-s3)}
        .sb-s4{fill:var(--sb-s4)}.sb-s5{fill:var(--sb-s5)}.sb-s6{fill:var(--sb-s6)}
        .sb-d1{fill:var(--sb-d1)}.sb-d2{fill:var(--sb-d2)}.sb-d3{fill:var(--sb-d3)}
        .sb-d4{fill:var(--sb-d4)}.sb-d5{fill:var(--sb-d5)}.sb-d6{fill:var(--sb-d6)}

        """;

    private const string Charts = """
        .sb-axis{fill:none;stroke:var(--sb-line);stroke-width:1}.sb-grid{fill:none;stroke:var(--sb-grid);stroke-width:1}
        .sb-bar{fill:var(--sb-bar)}.sb-line{fill:none;stroke:var(--sb-fan);stroke-width:1.6;stroke-linejoin:round}
        .sb-most{fill:var(--sb-most)}.sb-half{fill:var(--sb-half)}
        .sb-median{fill:none;stroke:var(--sb-fan);stroke-width:2;stroke-linejoin:round}
        .sb-median-dot,.sb-dot{fill:var(--sb-fan)}
        .sb-came{fill:none;stroke:var(--sb-came);stroke-width:2;stroke-dasharray:5 3}
        .sb-came-dot{fill:var(--sb-paper);stroke:var(--sb-came);stroke-width:2}
        .sb-one{fill:none;stroke:var(--sb-ink);stroke-width:1.4;stroke-dasharray:5 4}
        .sb-given{fill:var(--sb-given)}.sb-spare{fill:var(--sb-spare)}
        .sb-spare-line{stroke:var(--sb-given);stroke-width:1.6}.sb-offer{stroke:var(--sb-given);stroke-width:1}
        .sb-unmet{fill:var(--sb-unmet);stroke:var(--sb-unmet-edge);stroke-width:1}
        .sb-whole{fill:none;stroke:var(--sb-ink);stroke-width:2}
        .sb-dots{fill:none;stroke:var(--sb-given);stroke-width:5.2;stroke-linecap:round;stroke-opacity:.85}
        .sb-middle{fill:none;stroke:var(--sb-came);stroke-width:4}
        .sb-chart .sb-on{fill:var(--sb-ink)}

        """;

    // On a narrow screen the drawing shrinks and its text must not.
    private const string Narrow = """
        @media(max-width:30rem){.sb-chart text{font-size:17px}.sb-land{stroke-width:.9}}
        @media print{.sb-map{max-width:100%}.sb-fan,.sb-rt,.sb-bars,.sb-strip{max-width:120mm}}
        """;
}
