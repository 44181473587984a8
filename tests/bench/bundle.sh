#!/bin/bash
# A month's bundle, and a million rows: written and verified.  The rows are a rehearsal's; the bounds are issue 5's.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
work=$BUILD/bench
mkdir -p "$work"
failed=0

# figure WORDS MS BOUND WHAT-ELSE
figure() {
	local verdict=ok
	[ -n "$2" ] && [ "$2" -le "$3" ] || { verdict=MISSED; failed=1; }
	printf '%-52s %10s %-3s (at most %s) %s, %s\n' "$1" "${2:-?}" ms "$3" "$verdict" "$4"
}
# timed N COMMAND…: the median in whole milliseconds
timed() {
	"$BUILD/tests/bench/measure" "$@" | awk '{ printf "%d", $1 + 0.5 }'
}

state=$work/bundle-31
"$loaxa" dry-run schedules/loc-tho --from 2021-07-01 --days 31 --state "$state" >/dev/null
ms=$(timed 5 "$loaxa" export --state "$state" --month 7/2021 --out "$work/month.loaxa")
figure "export a month" "$ms" 500 "$(($(stat -c %s "$work/month.loaxa") / 1000)) kB"
rows=$("$loaxa" verify --json "$work/month.loaxa" | jq .last)
figure "verify a month's bundle" "$(timed 5 "$loaxa" verify "$work/month.loaxa")" 200 "$rows rows"

state=$work/bundle-years
"$loaxa" dry-run schedules/loc-tho --from 2021-07-01 --days 2000 --state "$state" >/dev/null
ms=$(timed 1 "$loaxa" export --state "$state" --from 1/7/2021 --to 31/12/2026 --out "$work/years.loaxa")
figure "export all of it" "$ms" 15000 "$(($(stat -c %s "$work/years.loaxa") / 1000000)) MB"
rows=$("$loaxa" verify --json "$work/years.loaxa" | jq .last)
figure "verify a million rows" "$(timed 3 "$loaxa" verify "$work/years.loaxa")" 5000 "$rows rows"
figure "verify a million rows, in the journal" "$(timed 3 "$loaxa" verify --state "$state")" 5000 "$rows rows"
rm -rf "$state" "$work/years.loaxa"
exit $failed
