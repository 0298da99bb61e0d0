#!/usr/bin/env bash
# What each payer's choice of recipients cost in the published record of vaccine deliveries: the pool divided fairly (1) as
# if every payer's lots could go to the recipients it gave to and to nobody else, (2) the same with one payer at a time set
# free, (3) with all set free. A payer that is not stated is free throughout. Divisible doses; coverage of 70 % of each
# population at two doses. Needs jq and the reference data beside the repository.
#
#   bench/covax-earmarks.sh > table.md
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
record=$here/../shared/data/covax/covax_deliveries_by_donor.csv
cases=$here/../shared/data/jhu/cases_deaths_daily.csv
[ -e "$record" ] || { echo "The reference data (shared/data/covax) is not beside the repository." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/sameboat" plan --cases "$cases" --offers "$record" --as-of 2022-02-28 --out "$work/plan" > /dev/null 2>&1

# Who gave to whom, by the record's own columns; the fields before the doses hold no commas.
awk -F, 'NR > 2 && $2 != "" && $5 != "Procured" {
    gsub(/^ +| +$/, "", $5)
    if ($5 != "" && $5 != "Unknown" && !seen[$5, $2]++) print $5 "\t" $2 }' "$record" > "$work/given.tsv"
jq -R 'split("\t") | { payer: .[0], place: .[1] }' "$work/given.tsv" | jq -s . > "$work/given.json"
awk -F, 'NR > 1 { print $1 }' "$work/plan/comparison.csv" | jq -R . | jq -s . > "$work/places.json"
awk -F, 'NR > 1 { print $2 }' "$work/plan/lots.csv" | jq -R . | jq -s . > "$work/payers.json"

jq -c --slurpfile given "$work/given.json" --slurpfile places "$work/places.json" --slurpfile payers "$work/payers.json" '
    .items[0] as $item | $places[0] as $place | $payers[0] as $payer
    | (reduce $given[0][] as $one ({}; .[$one.payer] += [$one.place])) as $to
    | ($item.claims | map({ member: $place[.id], item: "vaccine", need, received })) as $claims
    | ($item.lots | map({ lot: "\(.id)", item: "vaccine", quantity, pack: 1 })) as $lots
    | def lanes(free): [ $item.lots[].id as $lot | $payer[$lot] as $own
        | (if free == "all" or free == $own or ($to[$own] | not) then $place else $to[$own] end)[]
        | { lot: "\($lot)", member: . } ];
    ("none", ($payer | unique[] | select($to[.])), "all")
    | { id: ., claims: $claims, lots: $lots, lanes: lanes(.), limits: [] }' \
    "$work/plan/certificates.json" > "$work/instances.jsonl"
"$here/sameboat" allocate --instance "$work/instances.jsonl" --out "$work/plans.jsonl" --divisible > /dev/null

printf '| set free | lowest | second lowest | median | recipients better | worse |\n|---|---:|---:|---:|---:|---:|\n'
jq -rs '
    def number: split("/") | if length == 2 then (.[0] | tonumber) / (.[1] | tonumber) else .[0] | tonumber end;
    def shares: [.coverage[] | { key: .member, value: (.ratio | number) }] | from_entries;
    def percent: . * 10000 | round / 100;
    (.[0] | shares) as $bound
    | map(shares as $own | ([$own[]] | sort) as $sorted
        | { id, low: $sorted[0], next: $sorted[1], middle: (($sorted[14] + $sorted[15]) / 2),
            up: ([$own | to_entries[] | select(.value > $bound[.key] + 1e-9)] | length),
            down: ([$own | to_entries[] | select(.value < $bound[.key] - 1e-9)] | length) })
    | ([.[0]] + (.[1:-1] | map(select(.up + .down > 0)) | sort_by(-.low)) + [.[-1]])[]
    | "| \(.id) | \(.low | percent) % | \(.next | percent) % | \(.middle | percent) % | \(.up) | \(.down) |"' \
    "$work/plans.jsonl"
printf '\n%s payers stated; those not listed change nothing when they alone are set free.\n' \
    "$(($(wc -l < "$work/plans.jsonl") - 2))"
