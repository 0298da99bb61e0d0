# To be read by the scripts beside it, with work set: starts a PostgreSQL of Debian's binaries in "$work" on a free port
# of the loopback and says in DATABASE how to reach it; stop_postgres ends it, and start_postgres goes on with what is
# there. Without password: for the loopback alone.
start_postgres() {
    binaries=$(ls -d /usr/lib/postgresql/*/bin 2>/dev/null | tail -n 1)
    [ -n "$binaries" ] || { echo "PostgreSQL is absent: apt-get install postgresql" >&2; exit 1; }
    postgres=$work/postgres
    mkdir -p "$postgres"
    run=
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres:postgres "$postgres"
        chmod 755 "$work"
        run="runuser -u postgres --"
    fi
    port=$((20000 + $$ % 20000))
    isNew=
    if [ ! -d "$postgres/data" ]; then
        isNew=yes
        (cd / && $run "$binaries/initdb" -D "$postgres/data" -U app --auth=trust --encoding=UTF8 \
            --locale=C.UTF-8 >"$postgres.log" 2>&1)
    fi
    (cd / && $run "$binaries/pg_ctl" -D "$postgres/data" -s -w -t 30 -l "$postgres/log" \
            -o "-p $port -c listen_addresses=127.0.0.1 -k $postgres" start >/dev/null)
    [ -z "$isNew" ] || "$binaries/createdb" -h 127.0.0.1 -p "$port" -U app app
    DATABASE="Host=127.0.0.1;Port=$port;Username=app;Database=app"
}

stop_postgres() {
    [ -z "${DATABASE:-}" ] || (cd / && $run "$binaries/pg_ctl" -D "$postgres/data" -s -m fast stop)
    DATABASE=
}
