#!/bin/sh
# Walks one request of two members and one organisation over HTTP: outbreak, request, offer, consignment, goods
# received, and the record of the consignee.
#
#   NODE=http://127.0.0.1:5080 CONVENER=token REQUESTER=token SECOND=token SENDER=token sh docs/guide/one-request.sh
#
# Tokens come from `./sameboat member token`. CONVENER acts for the organisation "convener"; REQUESTER and SECOND act
# for the member "ken" in two capacities, since one writes a request and another validates it; SENDER acts for "per".
set -eu

: "${NODE:?}" "${CONVENER:?}" "${REQUESTER:?}" "${SECOND:?}" "${SENDER:?}"

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

echo "2. A member writes a request; another person of it validates, and it is published."
say "$REQUESTER" requests "{\"id\":\"r1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"lines\":[
  {\"place\":\"KEN\",\"item\":\"ors\",\"unit\":\"sachet\",\"quantity\":100,\"needed_by\":\"2026-02-01\"}]}"
say "$SECOND" requests/ken/r1/validated '{}' 1
say "$SECOND" requests/ken/r1/published '{}' 2

echo "3. Another member offers a lot and stands by it."
say "$SENDER" offers "{\"id\":\"o1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"kind\":\"Goods\",\"lot\":\"a1\",
  \"item\":\"ors\",\"unit\":\"sachet\",\"quantity\":100,\"pack\":1,\"origin\":\"PER\"}"
say "$SENDER" offers/per/o1/accepted '{"quantity":100}' 1

echo "4. It sends the lot."
say "$SENDER" consignments "{\"id\":\"c1\",\"exercise\":true,\"outbreak\":\"$outbreak\",\"consignee\":\"ken\",
  \"destination\":\"KEN\",\"expected\":\"2026-01-28\",\"lines\":[
  {\"item\":\"ors\",\"unit\":\"sachet\",\"lot\":\"a1\",\"expires\":\"2027-01-01\",\"quantity\":100}]}"
say "$SENDER" consignments/per/c1/packed '{}' 1
say "$SENDER" consignments/per/c1/dispatched '{"waybill":"w-1"}' 2
say "$SENDER" consignments/per/c1/departed '{}' 3
say "$SECOND" consignments/per/c1/held '{"reason":"papers are looked at"}' 4
say "$SECOND" consignments/per/c1/released '{}' 5
say "$SECOND" consignments/per/c1/arrived '{}' 6

echo "5. The consignee receives it in two parts; some of it is damaged."
say "$SECOND" consignments/per/c1/received \
  '{"note":"n1","lines":[{"line":0,"received":60,"damaged":5,"reason":"wet"}]}' 7
say "$SECOND" consignments/per/c1/received '{"note":"n2","lines":[{"line":0,"received":35}]}' 8
say "$SENDER" consignments/per/c1/reconciled '{}' 9
say "$SECOND" requests/ken/r1/closed '{}' 3

echo "6. Where it stands, and whether the quantities add up."
read_ /api/v1/consignments/per/c1
read_ /api/v1/requests/ken/r1/answers
read_ "/api/v1/conservation?outbreak=$outbreak"

echo "7. The signed checkpoint of the consignee's log; anyone may verify it at /en/record."
read_ /log/ken/checkpoint
