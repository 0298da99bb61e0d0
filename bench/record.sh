#!/usr/bin/env bash
# Prints what the record reaches on SQLite and on PostgreSQL, with the disk synchronised before an append is
# acknowledged: appends, one writer, proofs, verification, tiles over HTTP; bench/rebuild.sh has the rebuild. ENTRIES
# (1000000) is the largest log; DATABASES ("sqlite postgres") says which are measured. Needs postgresql and wrk from
# Debian. Takes about ten minutes and 6 GB of disk.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
entries=${ENTRIES:-1000000}
command -v wrk >/dev/null || { echo "wrk is missing: apt-get install wrk" >&2; exit 1; }
work=$(mktemp -d)
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT

dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
measure() { # name, connection
    printf '\n%s\n\n| what | figure |\n|---|---|\n' "$1"
    mkdir -p "$work/$1"
    dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" record "$work/$1" "$2" "$entries"
}

for database in ${DATABASES:-sqlite postgres}; do
    if [ "$database" = sqlite ]; then measure SQLite ''; continue; fi
    start_postgres
    measure PostgreSQL "$DATABASE"
    stop_postgres
done
