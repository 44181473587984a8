#!/bin/bash
# What a receiver waits for: a year of 300 stations, 10 million airings; and a month's bundle taken in.  The answers are held
# against plain scans of all airings.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
programs=$BUILD/tests/bench
work=$BUILD/bench/book
failed=0

figure() {
	local verdict=ok
	awk -v a="$2" -v b="$4" 'BEGIN { exit !(a != "" && a <= b) }' || { verdict=MISSED; failed=1; }
	printf '%-52s %10s %-3s (at most %s) %s%s\n' "$1" "${2:-?}" "$3" "$4" "$verdict" "${5:+, $5 KiB}"
}
measure() { "$programs/measure" "$@" || echo ""; }
times() { "$loaxa" review --state "$work" --directive 1704 "$@" --json | jq -s '.[0].times'; }

rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
"$programs/book" "$work" "${BOOK_STATIONS:-300}" || exit 1
read -r ms rss < <(measure 5 "$loaxa" review --state "$work" --directive 1704 --month 7/2021)
figure "review: a month of one letter, 300 stations" "$ms" ms 150 "$rss"
read -r ms rss < <(measure 5 "$loaxa" review --state "$work" --directive 1704 --year 2021)
figure "review: a year of one letter, 300 stations" "$ms" ms 1000 "$rss"
{ read -r month; read -r year; } < <("$programs/book" "$work")
if [ "$(times --month 7/2021)" != "$month" ] || [ "$(times --year 2021)" != "$year" ]; then
	echo "review: the sums differ from the airings: $(times --month 7/2021) $(times --year 2021), not $month $year"
	failed=1
fi

"$loaxa" dry-run schedules/loc-tho --from 2021-07-01 --days 31 --state "$work/station" >/dev/null 2>&1
"$loaxa" export --state "$work/station" --month 7/2021 --out "$work/july.loaxa" >/dev/null
"$loaxa" review import "$work/july.loaxa" --state "$work" >/dev/null 2>&1
"$loaxa" review trust 22363 "$("$loaxa" key --state "$work/station" --json | jq -r .key)" --state "$work" >/dev/null
cp "$work/receiver.conf" "$work/station"
# The first time beside the ten million; then in a book of its own, five times.
mapfile -t all < <(
	measure 1 "$loaxa" review import "$work/july.loaxa" --state "$work"
	sed -i "s/station \"22363\" {/& key = \"$("$loaxa" key --state "$work/station" --json | jq -r .key)\"/" "$work/station/receiver.conf"
	for _ in 1 2 3 4 5; do
		measure 1 "$loaxa" review import "$work/july.loaxa" --state "$work/station"
		rm -f "$work"/station/review.db*
	done | sort -n
)
read -r ms rss <<<"${all[0]}"
figure "review: 3,162 airings taken in beside 10,000,000" "$ms" ms 200 "$rss"
read -r ms rss <<<"${all[3]}"
figure "review: 3,162 airings taken in, verified" "$ms" ms 200 "$rss"
exit $failed
