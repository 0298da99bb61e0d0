#!/usr/bin/env bash
# Times the whole command `plan` on the world's counts at 50, 100 and 194 places, and at half the days, each in a
# process of its own: seconds and peak memory, median of RUNS. Needs the reference data beside the repository.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
cases=$here/../shared/data/jhu/cases_deaths_daily.csv
runs=${RUNS:-5}
[ -e "$cases" ] || { echo "The reference data (shared/data/jhu) is not beside the repository." >&2; exit 1; }
command -v /usr/bin/time >/dev/null || { echo "GNU time is missing: apt-get install time" >&2; exit 1; }
"$here/sameboat" --version >/dev/null
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

subset() { # places last-day
    awk -F, -v most="$1" -v last="$2" '
        NR == 1 { print; next }
        $1 != place { place = $1; seen++ }
        seen <= most && $2 <= last { print }' "$cases"
}

printf '| places | days | seconds | peak MiB |\n|---:|---:|---:|---:|\n'
for shape in '50 2022-02-28 777' '100 2022-02-28 777' '194 2022-02-28 777' '194 2021-02-04 380'; do
    read -r places last days <<<"$shape"
    subset "$places" "$last" >"$work/cases.csv"
    for _ in $(seq "$runs"); do
        /usr/bin/time -f '%e %M' -o "$work/time" "$here/sameboat" plan --cases "$work/cases.csv" \
            --offers "$here/docs/guide/example-offers.csv" --as-of "$last" --out "$work/out" >/dev/null 2>&1
        cat "$work/time"
    done | sort -n >"$work/times"
    awk -v places="$places" -v days="$days" -v middle=$(((runs + 1) / 2)) '
        NR == middle { seconds = $1 }
        $2 > peak { peak = $2 }
        END { printf "| %d | %d | %.2f | %.0f |\n", places, days, seconds, peak / 1024 }' "$work/times"
done
