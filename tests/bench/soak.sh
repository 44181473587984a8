#!/bin/bash
# soak.sh [MINUTES [SEED]]: a station that never falls silent, on two cards of software; one of them runs dry, is pulled
# and put back, stalls, refuses and drops dead by chance, and emergencies cut in.  Afterwards the tapes must hold every
# item once and in order: nothing repeated, nothing left out, but at the instants when a card was pulled.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa clips=$BUILD/tests/card/clips
minutes=${1:-60} RANDOM=${2:-1}
work=$(mktemp -d /tmp/loaxa-soak-XXXXXX)
children=
trap 'kill $children 2>/dev/null; wait 2>/dev/null; [ -n "${KEEP:-}" ] && echo "$work" || rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
. tests/card/card.bash
cards_plug "$work/cards" 'bad=channels 2 ppm 300 grain 48' 'good=channels 1 ppm -200'
export LANGUAGE=en
hours_off=$((12 - 10#$(date -u +%H)))
zone=Etc/GMT$([ $hours_off -gt 0 ] && echo "-$hours_off" || echo "+$((-hours_off))")

mkdir -p "$work/station"
play=
for i in $(seq -f %02g 20); do
	"$clips" make "$work/c$i.wav" "$((10#$i))" $((3000 + RANDOM % 6000))
	play="$play, \"c$i\""
done
"$clips" make "$work/gap.wav" 1001 1500
list=$play
for ((n = 1; n < minutes / 2 + 1; n++)); do list=$list$play; done
{
	cat <<-CONF
		station "00001" { name = "Soak"   timezone = "$zone"   audio-dir = ".." }
		output "o-bad" { sink = "alsa:bad"   rate = 48000   channels = 2 }
		output "o-good" { sink = "alsa:good"   rate = 48000   channels = 1 }
		zone "a" { name = "A"   output = "o-bad"   channel = 1 }
		zone "b" { name = "B"   output = "o-bad"   channel = 2 }
		zone "c" { name = "C"   output = "o-good" }
		bulletin "gap" { title = "Emergency"   audio = { "gap.wav" } }
		emergency "khan" { play = { "gap" }   zones = { "a", "c" } }
		session "s" {
			start = "$(TZ=$zone date -d '+20 seconds' +%T)"   end = "$(TZ=$zone date -d "+$minutes minutes" +%T)"
			from = "$(TZ=$zone date +%F)"   until = "$(TZ=$zone date +%F)"
			play = { ${list#, } }
		}
	CONF
	for i in $(seq -f %02g 20); do echo "bulletin \"c$i\" { title = \"Clip\"   audio = { \"c$i.wav\" } }"; done
} >"$work/station/station.conf"
"$loaxa" check "$work/station" --store "$work/store" >"$work/check.out" 2>&1 || { grep error: "$work/check.out"; exit 1; }
"$loaxa" run "$work/station" --state "$work/state" --store "$work/store" </dev/null >"$work/run.log" 2>&1 &
ours=$!
children=$ours

faults=(xrun xrun xrun gone stall ebadfd eagain suspend short)
ends=$((SECONDS + minutes * 60))
sleep 25
while [ $SECONDS -lt $ends ] && kill -0 $ours 2>/dev/null; do
	case $((RANDOM % 3)) in
	0)
		"$loaxa" emergency khan --yes --by soak --state "$work/state" >/dev/null 2>>"$work/emergency.err"
		echo "emergency" >>"$work/done"
		;;
	*)
		fault=${faults[RANDOM % ${#faults[@]}]}
		card_fault "$work/cards/bad" "$fault" 480
		sleep "$((RANDOM % 2)).$((RANDOM % 900 + 100))"
		card_well "$work/cards/bad" "$fault"
		echo "$fault" >>"$work/done"
		;;
	esac
	sleep "$((RANDOM % 4 + 1)).$((RANDOM % 900 + 100))"
done
kill $ours
wait $ours
echo "controller ended with $?"
children=
sort "$work/done" | uniq -c | tr '\n' ' '
echo

# seams CARD CHANNELS CHANNEL: how each item went on where it was interrupted
seams() {
	card_heard "$work/cards/$1" "$2" "$3" "$work"/c??.wav "$work/gap.wav" >"$work/heard.$1.$3"
	awk -v name="$1 channel $3" '
		$1 == "gap" { gaps++; next }
		{ pieces++ }
		$1 == clip && $2 > 0 { off = $2 - end; if (off == 0) exact++; else if (off < 0) { again++; if (-off > most) most = -off }
			else { left++; if (off > gone) gone = off } }
		$1 == clip && $2 == 0 && end < 100000 { begun++ }
		{ clip = $1; end = $3 }
		END { printf "%s: %d pieces, %d emergencies; seams: %d exact, %d repeat (at most %d frames), %d leave out (at most %d frames), %d begin anew\n",
			name, pieces, gaps, exact, again, most, left, gone, begun; exit left > 0 }' "$work/heard.$1.$3"
}
failed=0
seams good 1 1 || failed=1
seams bad 2 1 || failed=1
seams bad 2 2 || failed=1
"$loaxa" log --state "$work/state" --json | awk '{ match($0, /"state":"?[a-z]*/); n[substr($0, RSTART + 8, RLENGTH - 8)]++ } END { for (s in n) printf "%s %d  ", s, n[s]; print "" }'
exit $failed
