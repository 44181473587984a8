#!/bin/bash
# Evidence: a journal of a million airings (five years; LOAXA_YEARS=100000 for less) stays fast, and so do its papers.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
programs=$BUILD/tests/bench
station=schedules/loc-tho
work=$BUILD/bench/evidence
airings=${LOAXA_YEARS:-1000000}
failed=0

# figure WORDS VALUE UNIT BOUND [MEMORY-KIB]: VALUE at most BOUND
figure() {
	local verdict=ok
	awk -v a="$2" -v b="$4" 'BEGIN { exit !(a != "" && a <= b) }' || { verdict=MISSED; failed=1; }
	printf '%-52s %10s %-3s (at most %s) %s%s\n' "$1" "${2:-?}" "$3" "$4" "$verdict" "${5:+, $5 KiB}"
}
measure() { "$programs/measure" "$@" || echo ""; }
rows() { sqlite3 -readonly "$1/journal.db" 'SELECT max(seq) FROM row'; }
milliseconds() { echo $(($(date +%s%N) / 1000000)); }

# begin STATE: the controller, in $controller; $took: milliseconds until it answered
begin() {
	took=$(milliseconds)
	"$loaxa" run $station --state "$1" --sink dry-run </dev/null >"$work/run.log" 2>&1 &
	controller=$!
	for _ in $(seq 3000); do
		"$loaxa" status --state "$1" >/dev/null 2>&1 && break
		sleep 0.01
	done
	took=$(($(milliseconds) - took))
}
end() { kill -TERM $controller && wait $controller 2>/dev/null; }

rm -rf "$work"
mkdir -p "$work"
trap 'rm -rf "$work"' EXIT
free=$(($(stat -f -c '%a * %S' "$work") / 1048576))
if [ "$free" -lt $((airings / 200)) ]; then
	echo "evidence: $((airings / 200)) MiB of free space are wanted, $free are there: LOAXA_YEARS=100000"
	exit 1
fi

read -r n all bytes _ < <("$programs/years" "$work/five" "$(date -d yesterday +%F)" "$airings")
echo "journal: $n airings, $all rows, $((bytes / 1048576)) MiB"
figure "journal: bytes an airing, progress rows included" $((bytes / n)) B 3600
"$loaxa" check $station >/dev/null 2>&1    # the sound is prepared
begin "$work/five"    # what it missed since the last row is written once
end
begin "$work/five"
figure "journal: start of the controller until it answers" "$took" ms 500
resident=$(awk '/^VmRSS/ { rss = $2 } /^VmLck/ { locked = $2 } END { printf "%.1f", (rss - locked) / 1024 }' /proc/$controller/status)
figure "journal: controller without locked emergencies" "$resident" MiB 16
end
late=$(date -d '-20 days' +%F) later=$(date -d '-19 days' +%F)
read -r ms rss < <(measure 5 "$loaxa" log --state "$work/five" --from "$late" --to "$later")
figure "journal: loaxa log of a day" "$ms" ms 150 "$rss"
early=$(date -d "-$((n / 552 - 5)) days" +%F) earlier=$(date -d "-$((n / 552 - 6)) days" +%F)
read -r ms rss < <(measure 5 "$loaxa" log --state "$work/five" --from "$early" --to "$earlier")
figure "journal: loaxa log of a day years ago" "$ms" ms 300 "$rss"
read -r ms rss < <(measure 5 "$loaxa" log --state "$work/five" --events --from "$late" --to "$later")
figure "journal: loaxa log --events of a day" "$ms" ms 300 "$rss"
read -r ms rss < <(measure 5 "$loaxa" report --state "$work/five" --station $station)
figure "journal: loaxa report of a month, 17,112 airings" "$ms" ms 2000 "$rss"

# Damage is found, and the file set aside, before the station answers.
dd if=/dev/zero of="$work/five/journal.db" bs=4096 seek=2 count=1 conv=notrunc status=none
begin "$work/five"
figure "journal: start over a damaged one, set aside" "$took" ms 1500
end
rm -rf "$work/five"

# A copy of 300 MB while notes are written.
"$programs/years" "$work/small" "$(date -d yesterday +%F)" 100000 >/dev/null
begin "$work/small"
before=$(rows "$work/small") slowest=0
"$loaxa" backup "$work/backup.tar" --state "$work/small" >/dev/null 2>&1 &
copying=$!
while kill -0 $copying 2>/dev/null; do
	t=$(milliseconds)
	"$loaxa" note "$(date +%F)" "thử" --state "$work/small" >/dev/null 2>&1
	t=$(($(milliseconds) - t))
	slowest=$((t > slowest ? t : slowest))
done
wait $copying || { echo "backup: failed"; failed=1; }
figure "backup while airing: slowest order meanwhile" "$slowest" ms 1000
written=$(($(rows "$work/small") - before))
echo "backup while airing: $written rows committed meanwhile"
[ "$written" -gt 0 ] || { echo "backup while airing: the journal stood still"; failed=1; }
end

# A month of the sample station, 3,162 airings: its paper; bundles are in bundle.sh.
"$loaxa" dry-run $station --from 2021-07-01 --days 31 --state "$work/july" >/dev/null 2>&1
read -r ms rss < <(measure 5 "$loaxa" report --month 7/2021 --pdf "$work/july.pdf" --state "$work/july")
figure "report: a month's PDF" "$ms" ms 1000 "$rss"
read -r ms rss < <(measure 5 "$loaxa" report --month 7/2021 --xlsx "$work/july.xlsx" --state "$work/july")
figure "report: a month's XLSX" "$ms" ms 1000 "$rss"
exit $failed
