namespace Sameboat.Exchange.Reports;

/// <summary>The style sheet of the page; its colours are those of the drawings, light, dark and print.</summary>
internal static class ReportStyle
{
    public const string Css = Page + Tables + Blocks + Narrow + Print;

    /// <summary>The mark at the head of every sheet of an exercise.</summary>
    public const string ExerciseOnPaper = """
        @page{@top-center{content:"EXERCISE · EXERCISE · EXERCISE";font:700 9pt system-ui,sans-serif;color:#000}}

        """;

    private const string Page = """
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%;scroll-padding-block-start:3.5rem}
        body{margin:0;background:var(--sb-paper);color:var(--sb-ink);
        font:1rem/1.6 system-ui,"Noto Sans",sans-serif;font-variant-numeric:tabular-nums}
        main{max-width:66rem;margin-inline:auto;padding-inline:1.25rem;padding-block:2.5rem 5rem}
        h1,h2,h3,h4,p,ul,ol,dl,nav{max-width:42rem}
        h1,h2,h3,h4{line-height:1.25;text-wrap:balance;font-weight:650}
        h1{font-size:2.125rem;margin-block:0 .5rem;letter-spacing:-.01em}
        h2{font-size:1.5rem;margin-block:0 1rem}
        h3{font-size:1.1875rem;margin-block:2.25rem .5rem}
        h4{font-size:1rem;margin-block:1.25rem .25rem}
        p,ul,ol{margin-block:0 1rem}
        section{border-block-start:1px solid var(--sb-line);margin-block-start:3.5rem;padding-block-start:1.5rem}
        h2 .n{color:var(--sb-soft);font-weight:400;margin-inline-end:.35em}
        a{color:var(--sb-fan);text-underline-offset:.15em}
        a:focus-visible,summary:focus-visible,.scroll:focus-visible{outline:3px solid var(--sb-fan);outline-offset:2px}
        .skip{position:absolute;inset-inline-start:-100rem}
        .skip:focus{position:fixed;inset-inline-start:1rem;inset-block-start:1rem;z-index:3;padding:.5rem 1rem;
        background:var(--sb-paper);border:2px solid var(--sb-ink)}
        .exercise{position:sticky;inset-block-start:0;z-index:2;max-width:none;margin:0;padding:.4rem 1.25rem;
        background:#ffd84d;color:#1a1400;text-align:center;border-block-end:2px solid #1a1400}
        .lead{font-size:1.1875rem;line-height:1.5;margin-block-end:1.75rem}
        .note{color:var(--sb-soft);font-size:.875rem;line-height:1.5}
        nav{margin-block-start:2.5rem}nav h2{font-size:1rem;margin-block-end:.5rem}
        nav ol{columns:18rem 2;column-gap:2rem;padding-inline-start:1.5rem}
        .made{display:grid;grid-template-columns:minmax(7rem,max-content) minmax(0,1fr);gap:.35rem 1.5rem;margin:0;
        padding-block:1rem;border-block:1px solid var(--sb-line)}
        .made dt{color:var(--sb-soft)}.made dd{margin:0;overflow-wrap:anywhere}
        .made ul{margin:0;padding-inline-start:1.1rem}
        code{font:.9375em ui-monospace,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere}
        .short{padding:0;list-style:none;font-size:1.0625rem}.short li{margin-block-end:.75rem}
        .print-only{display:none}

        """;

    private const string Tables = """
        .scroll{overflow-x:auto;margin-block:.75rem 1.5rem}
        table{border-collapse:collapse;font-size:.875rem;line-height:1.45;min-width:min(100%,42rem)}
        caption{text-align:start;font-weight:600;padding-block-end:.5rem}
        th,td{padding:.35rem .75rem;text-align:end;vertical-align:top;border-block-end:1px solid var(--sb-grid)}
        th:first-child,td:first-child{padding-inline-start:0}th:last-child,td:last-child{padding-inline-end:0}
        tbody th,.w{text-align:start;font-weight:400}
        thead th,thead .w{vertical-align:bottom;font-weight:600;color:var(--sb-soft);
        border-block-end:1px solid var(--sb-line)}
        th small,td small{display:block;color:var(--sb-soft);font-size:.8125rem}
        tbody th{min-width:8rem}
        td.w{min-width:8rem}td.why{min-width:20rem}.once{white-space:nowrap!important}
        td,td .sb-spark{white-space:nowrap}td.w{white-space:normal;overflow-wrap:anywhere}
        .plan td:nth-last-child(-n+2){text-align:start;white-space:normal;overflow-wrap:anywhere;
        min-width:12rem}
        .plan td:last-child{min-width:22rem}
        th.cut{padding-block:1rem .5rem;max-width:0;color:var(--sb-ink);border-block-end-color:var(--sb-line)}
        th.cut span{display:block;position:sticky;inset-inline-start:0;max-width:min(46rem,100vw - 2.5rem);
        overflow-wrap:anywhere}

        """;

    private const string Blocks = """
        figure{margin:1.5rem 0}.strip .sb-strip{max-width:32rem}.bars .sb-bars{max-width:36rem}
        figure h3{margin-block-start:0}
        .place{break-inside:avoid;margin-block:1.75rem;padding-block-start:.75rem;
        border-block-start:1px solid var(--sb-grid)}
        .place h3{margin-block:0 .25rem}
        .facts{color:var(--sb-soft);max-width:none;margin-block-end:.5rem}
        .charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,22rem),1fr));gap:.5rem 2rem}
        .charts figure{margin:0}.charts figcaption{font-size:.8125rem;color:var(--sb-soft)}
        .place table{min-width:0}.place .scroll{margin-block-end:.5rem}
        .fold{margin-block:.5rem 1rem}
        summary{cursor:pointer;padding-block:.3rem}
        .fold>summary{font-weight:600;color:var(--sb-fan)}
        .list{border-block-end:1px solid var(--sb-grid)}
        .row{border-block-start:1px solid var(--sb-grid)}
        .row>summary,.row>div.there{display:grid;list-style:none;align-items:baseline;gap:0 .75rem;padding-block:.4rem;
        grid-template-columns:minmax(9rem,1.5fr) minmax(0,1fr) minmax(0,1fr) minmax(0,1fr) minmax(0,1fr)}
        .row>summary::-webkit-details-marker{display:none}
        .row>summary>b{font-weight:600}.row>summary>b::before{content:"▸ ";color:var(--sb-fan)}
        .row[open]>summary>b::before{content:"▾ "}
        .row span{font-size:.875rem;text-align:end}.row i{font-style:normal;color:var(--sb-soft)}
        .row>.place{border:0;margin-block:0;padding-block:.5rem 1.5rem}
        .levels li{margin-block-end:.4rem}

        """;

    private const string Narrow = """
        @media(max-width:44rem){
        h1{font-size:1.625rem}h2{font-size:1.3125rem}main{padding-block-start:1.5rem}
        .made{grid-template-columns:minmax(0,1fr);gap:0}.made dd{margin-block-end:.6rem}
        .row>summary,.row>div.there{grid-template-columns:repeat(2,minmax(0,1fr))}
        .row>summary>b,.row>div.there>b{grid-column:1/-1}.row span{text-align:start}
        td.why,.plan td:last-child{min-width:16rem}
        }

        """;

    private const string Print = """
        @media print{
        @page{size:A4;margin:18mm 16mm;@bottom-right{content:counter(page) " / " counter(pages);
        font:8pt system-ui,sans-serif;color:#000}}
        :root,.sb-light,.sb-dark{--sb-ink:#000;--sb-soft:#333;--sb-line:#777;--sb-grid:#bbb;--sb-paper:#fff}
        html{font-size:9.5pt}body{background:#fff;color:#000;line-height:1.45}.lead,.short{font-size:1.1rem}
        .bars .sb-bars{max-width:100mm}.strip .sb-strip{max-width:90mm}
        main{max-width:none;padding:0}h1{font-size:20pt}h2{font-size:14pt}h3{font-size:11pt}
        a{color:#000;text-decoration:none}nav,.skip,.screen-only,.list{display:none}.print-only{display:block}
        section{margin-block-start:8mm;padding-block-start:4mm}
        h2,h3,h4,caption,summary,p:has(+ul){break-after:avoid}p,li{orphans:3;widows:3}
        table{font-size:7.5pt}th small,td small{font-size:6.5pt}.scroll{overflow:visible}
        .print-only td{white-space:nowrap!important}thead{display:table-header-group}
        tr,figure,.place,.block,.short li{break-inside:avoid}
        th,td{padding:.9mm 1.6mm;border-block-end-color:#bbb}
        tbody th,td.w,td.why,.plan td:nth-last-child(-n+2){min-width:0}td{white-space:normal}
        .exercise{position:static;background:#fff;color:#000;border:2pt solid #000}
        .charts{grid-template-columns:1fr 1fr}
        .fold>summary{color:#000}.fold:not([open])>summary::after{content:" (folded: open it before printing)";
        font-weight:400}
        }

        """;
}
