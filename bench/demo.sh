#!/usr/bin/env bash
# Prints how long the demo takes from the command to ready, and the most memory it holds until then.
#
#   bench/demo.sh [STARTS]     three starts where none is named
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
port=${PORT:-5199}
starts=${1:-3}
seconds_max=120
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
dotnet build "$here/src/Sameboat" -c Release -v q --nologo >"$work/build" 2>&1 ||
    { tail -n 20 "$work/build" >&2; exit 1; }

printf '| start | s | MiB at most |\n|---:|---:|---:|\n'
for start in $(seq "$starts"); do
    began=$(date +%s%N)
    dotnet "$here/artifacts/bin/Sameboat/release/sameboat.dll" demo --port "$port" >"$work/said" 2>&1 &
    node=$!
    until curl -sf "http://127.0.0.1:$port/health/ready" >/dev/null; do
        kill -0 "$node" 2>/dev/null && [ $((($(date +%s%N) - began) / 1000000000)) -lt "$seconds_max" ] ||
            { cat "$work/said" >&2; exit 1; }
        sleep 0.05
    done
    ended=$(date +%s%N)
    awk -v start="$start" -v taken=$((ended - began)) \
        '/VmHWM/ { printf "| %d | %.1f | %.0f |\n", start, taken / 1e9, $2 / 1024 }' "/proc/$node/status"
    kill -TERM "$node"
    wait "$node" || true
done
