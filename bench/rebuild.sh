#!/usr/bin/env bash
# Prints how long it takes to make all projections anew from ENTRIES (1000000) entries of 600 bytes, on SQLite and on
# PostgreSQL, each with its defaults. DATABASES ("sqlite postgres") says which. Needs postgresql from Debian. Takes about
# ten minutes and 4 GB of disk.
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
entries=${ENTRIES:-1000000}
work=$(mktemp -d)
binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
as_server() { if [ "$(id -u)" -eq 0 ]; then runuser -u postgres -- "$@"; else "$@"; fi; }
started=no
finish() {
    [ "$started" = no ] || as_server "$binaries/pg_ctl" -D "$work/pg/data" -s -m fast stop
    rm -rf "$work"
}
trap finish EXIT

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
    [ -n "$binaries" ] || { echo "PostgreSQL is missing: apt-get install postgresql" >&2; exit 1; }
    mkdir "$work/pg"
    chmod 755 "$work"
    [ "$(id -u)" -ne 0 ] || chown postgres:postgres "$work/pg"
    port=${PORT:-55438}
    as_server "$binaries/initdb" -D "$work/pg/data" -U app --auth=trust --encoding=UTF8 --locale=C.UTF-8 >/dev/null
    as_server "$binaries/pg_ctl" -D "$work/pg/data" -s -w -t 30 -l "$work/pg/log" \
        -o "-p $port -c listen_addresses=127.0.0.1 -k $work/pg" start
    started=yes
    "$binaries/createdb" -h 127.0.0.1 -p "$port" -U app bench
    measure PostgreSQL "Host=127.0.0.1;Port=$port;Username=app;Database=bench"
done
