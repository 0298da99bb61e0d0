#!/usr/bin/env bash
# Prints how long it takes to make all projections anew from ENTRIES (1000000) entries of 600 bytes, on SQLite and on
# PostgreSQL, each with its defaults. DATABASES ("sqlite postgres") says which. Needs postgresql from Debian. Takes about
# ten minutes and 4 GB of disk.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
entries=${ENTRIES:-1000000}
work=$(mktemp -d)
. "$here/bench/on-postgres.sh"
trap 'stop_postgres; rm -rf "$work"' EXIT

dotnet build "$here/bench/Sameboat.Benchmarks" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }
measure() { # name, connection
    printf '\n%s\n\n| what | time | processor time of the program |\n|---|---:|---:|\n' "$1"
    mkdir -p "$work/$1"
    dotnet "$here/artifacts/bin/Sameboat.Benchmarks/release/Sameboat.Benchmarks.dll" rebuild "$work/$1" "$2" "$entries"
    rm -rf "${work:?}/$1"
}

for database in ${DATABASES:-sqlite postgres}; do
    if [ "$database" = sqlite ]; then measure SQLite ''; continue; fi
    start_postgres
    measure PostgreSQL "$DATABASE"
    stop_postgres
done
