#!/bin/sh
# Walks one request of two members and one organisation over HTTP: outbreak, reports, request, offer, a round whose plan
# its parties accept, consignment with its tracking code, goods received, and the record of the consignee.
#
#   NODE=http://127.0.0.1:5080 CONVENER=token DIRECTOR=token REQUESTER=token SECOND=token SENDER=token \
#     sh docs/guide/one-request.sh
#
# Tokens come from `./sameboat member token`. CONVENER and DIRECTOR act for the organisation "convener" in two
# capacities, since one proposes a plan and another decides; REQUESTER and SECOND act for the member "ken", since one
# writes a request and another validates it; SENDER acts for "per". "ken" answers for the territory KEN.
set -eu

: "${NODE:?}" "${CONVENER:?}" "${DIRECTOR:?}" "${REQUESTER:?}" "${SECOND:?}" "${SENDER:?}"

# say TOKEN PATH BODY [VERSION]: writes, and prints the answer; fails on any refusal.
say() {
  if [ $# -eq 4 ]; then
    curl -sS --max-time 30 --fail-with-body -H "Authorization: Bearer $1" -H "Content-Type: application/json" \
      -H "If-Match: \"v$4\"" -d "$3" "$NODE/api/v1/$2"
  else
    curl -sS --max-time 30 --fail-with-body -H "Authorization: Bearer $1" -H "Content-Type: application/json" \
      -H "Idempotency-Key: one-request-$2" -d "$3" "$NODE/api/v1/$2"
  fi
  echo
}

read_() {
  curl -sS --max-time 30 --fail-with-body "$NODE$1"
  echo
}

outbreak=outbreak/convener/fever

echo "1. The organisation declares the outbreak."
say "$CONVENER" outbreaks \
  '{"id":"fever","name":"Fever","pack":"exercise-fever","declared":"2026-01-05","exercise":true}'

echo "2. A member reports eight weeks of cases; its whole count is checked against the new ones."
counts=$(awk 'BEGIN { for (day = 0; day < 56; day++) printf "%s%d", (day ? "," : ""), 40 + day }')
say "$REQUESTER" situations "{\"id\":\"s1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"place\":\"KEN\",
  \"first\":\"2026-01-05\",\"cases\":[$counts],\"deaths\":[],\"cumulative_cases\":4000}"

echo "3. It writes a request; another person of it validates, and it is published."
say "$REQUESTER" requests "{\"id\":\"r1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"lines\":[
  {\"place\":\"KEN\",\"item\":\"gown\",\"unit\":\"each\",\"quantity\":100,\"needed_by\":\"2026-04-01\"}]}"
say "$SECOND" requests/ken/r1/validated '{}' 1
say "$SECOND" requests/ken/r1/published '{}' 2

echo "4. Another member offers a lot; the convener freezes the record, plans, and puts the plan to the parties."
say "$SENDER" offers "{\"id\":\"o1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"kind\":\"Goods\",\"lot\":\"a1\",
  \"item\":\"gown\",\"unit\":\"each\",\"quantity\":100,\"pack\":1,\"origin\":\"PER\"}"
say "$CONVENER" rounds "{\"id\":\"one\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"as_of\":\"2026-03-01\",
  \"weeks\":4,\"seed\":\"7\"}"
say "$CONVENER" rounds/convener/one/plan '{}' 1
say "$CONVENER" rounds/convener/one/reviewed '{}' 3
say "$DIRECTOR" rounds/convener/one/decided '{"reason":"the whole lot goes to the one place that needs it"}' 4
say "$CONVENER" rounds/convener/one/submitted '{"answer_by":"2099-12-31"}' 5
say "$SENDER" acceptances '{"id":"a1","exercise":true,"plan":"plan/convener/one-1","line":0}'
say "$SECOND" acceptances '{"id":"a1","exercise":true,"plan":"plan/convener/one-1","line":0}'
say "$CONVENER" rounds/convener/one/settlement '{}' 6
read_ /api/v1/rounds/convener/one/lines
read_ /api/v1/rounds/convener/one/replay

echo "5. The donor sends the lot under the line of the plan."
say "$SENDER" offers/per/o1/accepted '{"quantity":100}' 1
say "$SENDER" consignments "{\"id\":\"c1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"consignee\":\"ken\",
  \"destination\":\"KEN\",\"expected\":\"2026-03-20\",\"legs\":[
  {\"from\":\"Lima\",\"to\":\"Nairobi\",\"mode\":\"air\",\"comes\":\"2026-03-18\"}],\"lines\":[
  {\"item\":\"gown\",\"unit\":\"each\",\"lot\":\"a1\",\"expires\":\"2027-01-01\",\"quantity\":100,\"packages\":2,
  \"plan\":\"plan/convener/one-1\",\"plan_line\":0}]}"
say "$SENDER" consignments/per/c1/packed '{}' 1
say "$SENDER" consignments/per/c1/dispatched '{"waybill":"w-1"}' 2
say "$SENDER" consignments/per/c1/departed '{}' 3
say "$SENDER" consignments/per/c1/moved '{"leg":0,"left":"2026-03-10"}' 4
say "$SECOND" consignments/per/c1/held '{"reason":"papers are looked at"}' 5
say "$SECOND" consignments/per/c1/released '{}' 6
say "$SECOND" consignments/per/c1/arrived '{}' 7
read_ /api/v1/consignments/per/c1/waybill

echo "6. The consignee receives it in two parts; some of it is damaged."
say "$SECOND" consignments/per/c1/received \
  '{"note":"n1","lines":[{"line":0,"received":60,"damaged":5,"reason":"wet","report":"d-1"}]}' 8
say "$SECOND" consignments/per/c1/received '{"note":"n2","lines":[{"line":0,"received":35}]}' 9
say "$SENDER" consignments/per/c1/reconciled '{}' 10
say "$SECOND" requests/ken/r1/closed '{}' 3

echo "7. Where it stands, and whether the quantities add up."
read_ /api/v1/consignments/per/c1
read_ /api/v1/requests/ken/r1/answers
read_ "/api/v1/conservation?outbreak=$outbreak"
read_ "/api/v1/honesty?outbreak=$outbreak"

echo "8. The signed checkpoint of the consignee's log; anyone may verify it at /en/record."
read_ /log/ken/checkpoint
