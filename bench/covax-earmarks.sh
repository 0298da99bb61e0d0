#!/usr/bin/env bash
# The published record of vaccine deliveries divided again: whole packs, transport in dose-kilometres, and what each
# donor's choice of recipients cost, as Markdown. Every plan is proved again by check. Needs the reference data beside the
# repository; half a minute.
#
#   bench/covax-earmarks.sh > report.md
set -euo pipefail
here=$(cd "$(dirname "$0")/.." && pwd)
record=$here/../shared/data/covax/covax_deliveries_by_donor.csv
[ -e "$record" ] || { echo "The reference data (shared/data/covax) is not beside the repository." >&2; exit 1; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"$here/sameboat" donations --deliveries "$record" --out "$work/donations" >&2
for kind in divisible packs; do
    "$here/sameboat" check --instance "$work/donations/$kind-instances.jsonl" \
        --plan "$work/donations/$kind-plans.jsonl" >&2
done
cat "$work/donations/report.md"
