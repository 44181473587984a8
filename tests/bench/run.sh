#!/bin/bash
# make bench: the figures, each with its bound; medians of five runs where runs are short.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
programs=$BUILD/tests/bench
station=schedules/loc-tho
work=$BUILD/bench
mkdir -p "$work"
failed=0

# figure WORDS VALUE UNIT BOUND [MEMORY-KIB]: VALUE at most BOUND
figure() {
	local verdict=ok
	awk -v a="$2" -v b="$4" 'BEGIN { exit !(a != "" && a <= b) }' || { verdict=MISSED; failed=1; }
	printf '%-52s %10s %-3s (at most %s) %s%s\n' "$1" "${2:-?}" "$3" "$4" "$verdict" "${5:+, $5 KiB}"
}
measure() { "$programs/measure" "$@" || echo ""; }

echo "machine: $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $(nproc) cores, $(uname -sr)"
for program in "$programs"/*; do
	case ${program##*/} in measure | usage | years | book) continue ;; esac
	"$program" || failed=1
done

"$loaxa" check $station >/dev/null 2>&1    # the sound is prepared
read -r ms month < <(measure 5 "$loaxa" dry-run $station --from 2021-07-01 --days 31 --state "$work/31")
figure "dry run, 31 days, with journal" "$ms" ms 300 "$month"
read -r ms year < <(measure 3 "$loaxa" dry-run $station --from 2021-07-01 --days 366 --state "$work/366")
figure "dry run, 366 days, with journal" "$ms" ms 3000 "$year"
figure "memory: 366 days by 31 days" "$(awk -v a="$year" -v b="$month" 'BEGIN { printf "%.2f", a / b }')" x 1.1
read -r ms rss < <(measure 5 "$loaxa" plan $station --from 2021-07-14 --days 1)
figure "loaxa plan" "$ms" ms 30 "$rss"

# 31 minutes of one zone, everything prepared; on one core
read -r ms rss < <(measure 3 taskset -c 0 "$loaxa" dry-run $station --from 2021-07-14T05:30 --until 2021-07-14T06:01 \
	--zone cum-1 --render "$work/session.wav" --state "$work/render")
figure "render: ms for 1860 s, 1500 x real time" "$ms" ms 1240 "$rss"

"$loaxa" run $station --state "$work/state" --sink dry-run </dev/null >"$work/run.log" 2>&1 &
controller=$!
for _ in $(seq 50); do [ -S "$work/state/control.sock" ] && break; sleep 0.1; done
read -r ms rss < <(measure 5 "$loaxa" status --state "$work/state")
figure "loaxa status" "$ms" ms 30 "$rss"
resident=$(awk '/^VmRSS/ { rss = $2 } /^VmLck/ { locked = $2 } END { printf "%.1f", (rss - locked) / 1024 }' /proc/$controller/status)
figure "controller: resident without locked emergencies" "$resident" MiB 12
kill -TERM $controller && wait $controller 2>/dev/null
tests/bench/formats.sh || failed=1
tests/bench/trouble.sh || failed=1
tests/bench/outputs.sh || failed=1
tests/bench/live.sh || failed=1
tests/bench/bundle.sh || failed=1
tests/bench/evidence.sh || failed=1
tests/bench/review.sh || failed=1
exit $failed
