#!/bin/bash
# The figures of outputs, on cards of software: zones of two cards that drift apart, an emergency from a closed output, and
# a card that is pulled again and again.  LOAXA_PULLS=100 for the whole of the last (ten minutes); else 10.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa clips=$BUILD/tests/card/clips
STARTS=16 EMERGENCIES=8 PULLS=${LOAXA_PULLS:-10}
work=$(mktemp -d /tmp/loaxa-outputs-XXXXXX)
controller=
trap 'kill $controller 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
. tests/card/card.bash
cards_plug "$work/cards" fast='channels 2 ppm 300' slow='channels 1 ppm -300' gone='channels 1'
export LANGUAGE=en
failed=0

# figure WORDS VALUE UNIT BOUND: VALUE at most BOUND
figure() {
	local verdict=ok
	awk -v a="$2" -v b="$4" 'BEGIN { exit !(a != "" && a + 0 <= b + 0) }' || { verdict=MISSED; failed=1; }
	printf '%-60s %10s %-6s (at most %s) %s\n' "$1" "${2:-?}" "$3" "$4" "$verdict"
}
most() { sort -g | tail -1; }
local_time() { TZ=Asia/Ho_Chi_Minh date -d "$@"; }
live() { "$loaxa" "$@" --state "$work/state"; }
rows() { sqlite3 -readonly "$work/state/journal.db" "$1"; }
heard() { card_heard "$work/cards/$1" "$2" "$3" "$work"/{ngan,gap,dai}.wav; }
until_true() { # COMMAND…: within 20 s
	local i
	for ((i = 0; i < 2000; i++)); do
		"$@" && return 0
		sleep 0.01
	done
	return 1
}

"$clips" make "$work/ngan.wav" 1 700
"$clips" make "$work/gap.wav" 2 700
"$clips" make "$work/dai.wav" 3 240000
first=$(($(date +%s) + 20))
{
	cat <<-CONF
		station "00001" { name = "Bench"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "fast" { sink = "alsa:fast"   channels = 2 }
		output "slow" { sink = "alsa:slow"   channels = 1   warm-up = "1s" }
		output "gone" { sink = "alsa:gone"   channels = 1 }
		zone "a" { output = "fast"   channel = 1 }
		zone "b" { output = "fast"   channel = 2 }
		zone "c" { output = "slow" }
		zone "d" { output = "gone" }
		guard "xa" { from = "$(local_time '+12 hours' +%H:%M)"   to = "$(local_time '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "ngan" { title = "Short"   audio = { "ngan.wav" } }
		bulletin "gap" { title = "Emergency"   audio = { "gap.wav" } }
		bulletin "dai" { title = "Long"   audio = { "dai.wav" } }
		emergency "khan" { play = { "gap" }   zones = { "c" } }
	CONF
	printf 'repeat "nhip" { play = { "ngan" }   zones = { "a", "b", "c" }   at = {'
	for ((i = 0; i < STARTS; i++)); do
		printf '%s "%s"' "$([ $i -eq 0 ] || echo ,)" "$(local_time "@$((first + 2 * i))" +%H:%M:%S)"
	done
	printf ' } }\n'
} >"$work/station.conf"
"$loaxa" run "$work" --state "$work/state" --store "$work/store" </dev/null >"$work/run.log" 2>&1 &
controller=$!
until_true eval 'live status >/dev/null 2>&1' || { cat "$work/run.log"; exit 1; }

# ── Starts: the same instant on both cards, the same frame in both zones of one ──
sleep $((first + 2 * STARTS + 1 - $(date +%s)))
# ── Emergencies, each from a closed output with a warm-up of 1 s: the chime's first frame is 48000 before the bulletin's ──
closed() { tail -1 "$work/cards/slow/log" | grep -q ^stop; }
for ((i = 0; i < EMERGENCIES; i++)); do
	until_true closed || break
	commands="${commands:-} $(date +%s%N)"
	live emergency khan --by bench </dev/null >/dev/null
	until_true eval '! closed'
done
until_true closed
ahead=$("$BUILD/tests/bench/usage" clocks)

# ── Pulls ──
times() { [ "$(rows "SELECT count(*) FROM row WHERE kind = 'device' AND body LIKE '%\"gone\"%$1%'")" -ge "$2" ]; }
instant() { rows "SELECT wall_us FROM row WHERE kind = 'device' AND body LIKE '%\"gone\"%$1%' ORDER BY seq DESC LIMIT 1"; }
micros() { echo "${EPOCHREALTIME/[.,]/}"; }
on_air() { live status --json | jq -e '.zones[] | select(.zone == "d") | .on_air.position_ms > 0' >/dev/null; }
back=0
RANDOM=1
for ((i = 1; i <= PULLS; i++)); do
	on_air || live play dai --zones d --by bench >/dev/null
	until_true on_air || break
	sleep "0.$((RANDOM % 9 + 1))"
	at=$(micros)
	card_fault "$work/cards/gone" gone
	until_true times lost "$i" || break
	echo $((($(instant lost) - at) / 1000)) >>"$work/noticed"
	sleep "$((RANDOM % 3)).$((RANDOM % 10))"
	at=$(micros)
	card_well "$work/cards/gone" gone
	until_true times back "$i" || break
	echo $((($(instant back) - at) / 1000)) >>"$work/reopened"
	until_true on_air && back=$((back + 1))
done
live stop d --by bench >/dev/null
kill -TERM "$controller" && wait "$controller"

# ── The tapes ──
both() { paste <(heard fast 2 1 | awk '$1 == "ngan" { print $4, $5 }') <(heard fast 2 2 | awk '$1 == "ngan" { print $4 }') \
	<(heard slow 1 1 | awk '$1 == "ngan" { print $5 }'); }
both >"$work/both"
[ "$(wc -l <"$work/both")" -eq $STARTS ] || { echo "of $STARTS starts $(wc -l <"$work/both") were heard"; failed=1; }
figure "two zones of one card: first frames apart, most" "$(awk '{ print sqrt(($1 - $3) ^ 2) }' "$work/both" | most)" frames 0
figure "zones of two cards (+300, -300 ppm): apart, most" \
	"$(awk '{ printf "%.3f\n", sqrt(($2 - $4) ^ 2) / 1e6 }' "$work/both" | most)" ms 5
heard slow 1 1 | awk -v ahead="$ahead" '$1 == "gap" { printf "%.0f\n", $5 + ahead - 1e9 }' >"$work/chimes"
figure "emergency from a closed output: command to chime, most" \
	"$(paste -d' ' <(tr ' ' '\n' <<<"${commands# }") "$work/chimes" | awk 'NF == 2 { printf "%.1f\n", ($2 - $1) / 1e6 }' | most)" ms 250
figure "card pulled: noticed after, most of $PULLS" "$(most <"$work/noticed")" ms 1000
figure "card put back: open again after, most of $PULLS" "$(most <"$work/reopened")" ms 3000
figure "card put back: not on air again, of $PULLS" $((PULLS - back)) times 0
# What the log says was heard, against the tape: each segment begins on the tape where it says, and goes on at least as far.
live log --json | jq -r 'select(.bulletin == "dai") | .segments[] | "\(.[0]) \(.[1])"' >"$work/segments"
heard gone 1 1 | awk '$1 == "dai" { print $2, $3 }' >"$work/tape"
figure "segments in the log that are not on the tape, of $(wc -l <"$work/segments")" \
	"$(awk 'FNR == NR { end[$1] = $2; next } !($1 in end) || end[$1] < $2 { n++ } END { print n + 0 }' "$work/tape" "$work/segments")" "" 0
exit $failed
