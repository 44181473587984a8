#!/bin/bash
# Whole commands as a user runs them, on the sample station: medians of nine runs, memory as the kernel counts it.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa
station=schedules/loc-tho
work=$(mktemp -d)
trap 'kill "${controller:-0}" 2>/dev/null; rm -rf "$work"' EXIT
failed=0

# median COMMAND...: seconds of the middle one of nine runs
median() {
	local i start end
	for i in 1 2 3 4 5 6 7 8 9; do
		start=$EPOCHREALTIME
		"$@" >"$work/out" 2>&1 || { echo "failed: $*" >&2; cat "$work/out" >&2; echo 999; return; }
		end=$EPOCHREALTIME
		awk -v a="$start" -v b="$end" 'BEGIN { printf "%.4f\n", b - a }'
	done | sort -n | sed -n 5p
}

# judge NAME FIGURE UNIT BOUND: at most
judge() {
	local word=ok
	awk -v f="$2" -v b="$4" 'BEGIN { exit !(f > b) }' && { word="MISSED"; failed=1; }
	printf '%-46s %10s %-4s (at most %s) %s\n' "$1" "$2" "$3" "$4" "$word"
}

"$loaxa" check $station >/dev/null || exit 1
day="--from 2021-07-01 --state $work/state"
judge "dry run with journal, 31 days" "$(median "$loaxa" dry-run $station $day --days 31)" s 0.3
judge "dry run with journal, 366 days" "$(median "$loaxa" dry-run $station $day --days 366)" s 3

# Memory must not grow with the days: the peak of a year beside that of a month.
peak() { /usr/bin/env bash -c 'exec "$@" >/dev/null' - "$@" & wait_peak $!; }
wait_peak() {
	local most=0 now
	while now=$(awk '/^VmHWM/ { print $2 }' "/proc/$1/status" 2>/dev/null) && [ -n "$now" ]; do most=$now; done
	echo "$most"
}
month=$(peak "$loaxa" dry-run $station $day --days 31)
year=$(peak "$loaxa" dry-run $station $day --days 366)
judge "peak memory, 366 days beside 31 days" "$(awk -v a="$year" -v b="$month" 'BEGIN { printf "%.2f", a / b }')" x 1.1

judge "plan of a day" "$(median "$loaxa" plan $station --from 2021-07-14)" s 0.03
"$loaxa" run $station --state "$work/live" --sink dry-run >"$work/run.out" 2>&1 &
controller=$!
for _ in $(seq 1 1000); do "$loaxa" status --state "$work/live" >/dev/null 2>&1 && break; done
judge "status of a running controller" "$(median "$loaxa" status --state "$work/live")" s 0.03
locked=$(awk '/^VmLck/ { print $2 }' "/proc/$controller/status")
rss=$(awk '/^VmRSS/ { print $2 }' "/proc/$controller/status")
judge "controller's memory, without locked emergencies" \
	"$(awk -v r="$rss" -v l="$locked" 'BEGIN { printf "%.1f", (r - l) / 1024 }')" MiB 12
kill "$controller" 2>/dev/null && wait "$controller" 2>/dev/null
controller=

# Rendering: the morning session, one zone and all, against the time it takes to hear it.
for what in "one zone as WAV:--zone cum-1 --render $work/one.wav" "one zone as FLAC:--zone cum-1 --render $work/one.flac" \
	"all 8 channels as WAV:--render $work/all.wav"; do
	seconds=$(median taskset -c 0 "$loaxa" dry-run $station --state "$work/state" --from 2021-07-14T05:30 \
		--until 2021-07-14T06:01 ${what#*:})
	speed=$(awk -v s="$seconds" 'BEGIN { printf "%.0f", 31 * 60 / s }')
	printf '%-46s %10s x real time, one core (at least 1500) %s\n' "render, ${what%%:*}" "$speed" \
		"$([ "$speed" -ge 1500 ] && echo ok || echo MISSED)"
	[ "$speed" -ge 1500 ] || failed=1
	rm -f "$work"/one.* "$work"/all.*
done
exit $failed
