#!/usr/bin/env bash
# Times Cori's method and the uncertain serial interval beside EpiEstim from Debian (r-base-core, r-cran-epiestim) in
# one run, one core each: 194 places x 700 days with seven quantiles; 100 serial intervals x 1000 days. Needs the
# reference data beside the repository. EpiEstim runs on the first PLACES places and is scaled up to all.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cases=$here/../shared/data/jhu/cases_deaths_daily.csv
places=${PLACES:-40}
[ -e "$cases" ] || { echo "The reference data (shared/data/jhu) is not beside the repository." >&2; exit 1; }
command -v Rscript >/dev/null || { echo "R is missing: apt-get install r-base-core r-cran-epiestim" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

awk -F, 'NR > 1 {
    if ($1 != place) { if (place != "") print line; place = $1; line = ""; days = 0 }
    if (days++ < 700) line = line (line == "" ? "" : ",") ($3 == "" || $3 == "NA" || $3 < 0 ? 0 : $3) }
    END { print line }' "$cases" >"$work/counts.csv"
all=$(wc -l <"$work/counts.csv")

cat >"$work/time.R" <<'END'
suppressMessages(library(EpiEstim))
arguments <- commandArgs(TRUE)
counts <- as.matrix(read.csv(arguments[1], header = FALSE))
places <- min(as.integer(arguments[2]), nrow(counts))
seconds <- function(work) sum(system.time(suppressWarnings(suppressMessages(work())))[1:2])
cori <- seconds(function() for (place in seq_len(places))
    estimate_R(as.numeric(counts[place, ]), method = "parametric_si",
        config = make_config(list(mean_si = 6.3, std_si = 4.2))))
days <- as.numeric(counts[1, (seq_len(1000) - 1) %% 700 + 1])
set.seed(1)
uncertain <- seconds(function() estimate_R(days, method = "uncertain_si", config = make_config(list(
    mean_si = 6.3, std_mean_si = 0.5, min_mean_si = 5.3, max_mean_si = 7.3,
    std_si = 4.2, std_std_si = 0.3, min_std_si = 3.6, max_std_si = 4.8, n1 = 100, n2 = 100))))
cat(cori * nrow(counts) / places, uncertain, "\n")
END
read -r cori uncertain < <(Rscript "$work/time.R" "$work/counts.csv" "$places" 2>/dev/null)

export SAMEBOAT_BENCH_COUNTS=$work/counts.csv
dotnet run --project "$here/bench/Sameboat.Benchmarks" -c Release -v q -- --filter '*EpiEstimBeside*' >"$work/ours" 2>&1 ||
    { tail -n 20 "$work/ours" >&2; exit 1; }

# The other side is CPU time, so ours is the shortest of the warm runs: the one least disturbed by other programs.
shortest() { # benchmark: seconds, from the column Min
    awk -F'|' -v name="$1" '
        { gsub(/[ ,*]/, "", $2) }
        $2 == "Method" { for (i = 2; i <= NF; i++) { cell = $i; gsub(/[ *]/, "", cell); if (cell == "Min") at = i } }
        $2 == name && at { split($at, part, " "); unit = part[2]; value = part[1]; gsub(",", "", value)
            print value * (unit == "s" ? 1 : unit == "ms" ? 1e-3 : 1e-6) }' "$work/ours" | tail -n 1
}

printf '| work | EpiEstim s | ours s | ratio |\n|---|---:|---:|---:|\n'
report() { awk -v name="$1" -v theirs="$2" -v ours="$3" \
    'BEGIN { printf "| %s | %.2f | %.4f | %.0f |\n", name, theirs, ours, theirs / ours }'; }
report "Cori, $all x 700 days, 7 quantiles" "$cori" "$(shortest Cori)"
report "100 serial intervals, 1000 days" "$uncertain" "$(shortest Uncertain)"
printf '| renewal, %s x 700 days | | %.2f | |\n' "$all" "$(shortest Renewal)"
