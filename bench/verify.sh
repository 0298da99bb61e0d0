#!/usr/bin/env bash
# Prints how long the verifiers take for a log in a folder, and the most memory they hold: `sameboat log verify` and the
# one in JavaScript, each a whole process. Entries are of about 600 bytes.
#
#   bench/verify.sh              1,000 to 1,000,000 entries
#   bench/verify.sh 1000 10000   these sizes
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
[ $# -gt 0 ] || set -- 1000 10000 100000 1000000
command -v /usr/bin/time >/dev/null || { echo "time is missing: apt-get install time" >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
dotnet build "$here/src/Sameboat" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }

measure() { # name, entries, command...
    local name=$1 entries=$2
    shift 2
    /usr/bin/time -f '%e %M' -o "$work/time" "$@" >"$work/said" 2>&1 || { cat "$work/said" >&2; exit 1; }
    awk -v name="$name" -v entries="$entries" \
        '{ printf "| %s | %d | %.2f | %.0f |\n", name, entries, $1, $2 / 1024 }' "$work/time"
}

printf '| verifier | entries | s | MiB at most |\n|---|---:|---:|---:|\n'
for entries in "$@"; do
    rm -rf "$work/log"
    key=$(dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" \
        log-folder "$work/log" "$entries")
    measure 'sameboat log verify' "$entries" \
        dotnet "$here/artifacts/bin/Sameboat/release/sameboat.dll" log verify "$work/log" --key "$key"
    ! command -v node >/dev/null || measure 'verify.mjs in Node' "$entries" \
        node "$here/src/Sameboat.Server/wwwroot/record/verify.mjs" --key "$key" "$work/log"
done
