#!/bin/sh
# Measures how fast a request of 1,231 lines opens: the request and its answers, over HTTP on a node of its own.
#
#   sh bench/long-request.sh [RUNS]        SAMEBOAT names another program than ./sameboat
#
# Prints the median and the slowest of RUNS (20) reads of each, in milliseconds, without the first. Ends its node.
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
runs=${1:-20}
sameboat=${SAMEBOAT:-$here/sameboat}
data=$(mktemp -d)
port=5988
node="http://127.0.0.1:$port"
$sameboat --help >/dev/null
$sameboat serve --data "$data" --port $port >"$data/out" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$data"' EXIT
tries=0
until curl -sf "$node/health/ready" >/dev/null 2>&1; do
  tries=$((tries + 1))
  [ $tries -lt 120 ] || { echo "the node does not answer" >&2; exit 1; }
  sleep 1
done

token() {
  $sameboat member token --data "$data" --member "$1" --label "$2" --host node.test \
    --roles reporter,requester,donor,logistics,publisher,administrator | tail -n 1
}
convener=$(token convener secretary)
requester=$(token ken planner)
sender=$(token per store)

say() {
  curl -sS --fail-with-body --max-time 30 -H "Authorization: Bearer $1" -H "Content-Type: application/json" \
    ${4:+-H "If-Match: \"v$4\""} -d "$3" "$node/api/v1/$2" >/dev/null
}
lines() {
  awk -v from="$1" -v to="$2" 'BEGIN { for (n = from; n <= to; n++) printf "%s{\"place\":\"KEN\",\"item\":\"item-%d\",\"unit\":\"each\",\"quantity\":%d}", (n > from ? "," : ""), n, n }'
}
sent() {
  awk -v from="$1" -v to="$2" 'BEGIN { for (n = from; n <= to; n++) printf "%s{\"lot\":\"a\",\"item\":\"item-%d\",\"unit\":\"each\",\"quantity\":%d}", (n > from ? "," : ""), n, n }'
}
outbreak=outbreak/convener/fever
say "$convener" outbreaks '{"id":"fever","name":"Fever","pack":"exercise-fever","declared":"2026-01-05"}'
say "$requester" requests "{\"id\":\"r1\",\"outbreak\":\"$outbreak\",\"parts\":5,\"lines\":[$(lines 1 300)]}"
for part in 2 3 4 5; do
  to=$((part * 300)); [ $to -le 1231 ] || to=1231
  say "$requester" requests/ken/r1/extended \
    "{\"part\":$part,\"lines\":[$(lines $(((part - 1) * 300 + 1)) $to)]}" $((part - 1))
done
for part in 1 2 3 4; do
  say "$sender" consignments "{\"id\":\"c$part\",\"outbreak\":\"$outbreak\",\"consignee\":\"ken\",
    \"destination\":\"KEN\",\"expected\":\"2026-02-01\",
    \"lines\":[$(sent $(((part - 1) * 300 + 1)) $((part * 300)))]}"
done

for path in requests/ken/r1 requests/ken/r1/answers; do
  count=$(curl -sS "$node/api/v1/$path" | grep -o '"needed_by"' | wc -l)
  [ "$count" -eq 1231 ] || { echo "$path: $count lines, expected 1231" >&2; exit 1; }
  for run in $(seq "$runs"); do
    curl -sS -o "$data/body" -w '%{time_total} %{size_download}\n' "$node/api/v1/$path"
  done | sort -n | awk -v path="$path" '{ t[NR] = $1; size = $2 } END {
    printf "%s: 1231 lines, %d bytes, median %.0f ms, slowest %.0f ms of %d\n",
      path, size, t[int((NR + 1) / 2)] * 1000, t[NR] * 1000, NR }'
done
