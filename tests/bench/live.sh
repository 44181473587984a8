#!/bin/bash
# The figures on the air: one controller, one configuration, one run, on a card of software (tests/card/paced.c) that is
# 300 ppm fast; what was heard, and when, is read from its tape.  Beside it, on cards of the same kind, with the same clips, at
# the same time: cron + aplay, MPD + mpc, and with BENCH_ALL=1 Liquidsoap, as far as they are installed.
#
#   idle · 64 planned starts · one item alone · 100 × 2 emergencies into that item    about eleven minutes
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
loaxa=$BUILD/loaxa usage=$BUILD/tests/bench/usage clips=$BUILD/tests/card/clips
STARTS=64 ROUNDS=100 BULLETINS=100 IDLE_S=120 ALONE_S=30
work=$(mktemp -d /tmp/loaxa-bench-XXXXXX)
children=
trap 'kill $children 2>/dev/null; wait 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM
. tests/card/card.bash
. tests/bench/contenders.bash

settings='channels 1 ppm 300'
cards_plug "$work/cards" {ours,minute1,minute2,minute3,minute4,plain,flac,mp3,mpd}="$settings" \
	liquidsoap='channels 2 ppm 300' # it plays nothing on one channel
export LANGUAGE=en

sleep_until() { # seconds of the wall, with decimals
	local left
	left=$(awk -v t="$1" -v now="$EPOCHREALTIME" 'BEGIN { printf "%.3f", (t > now) ? t - now : 0 }')
	sleep "$left"
}
zone_hour=$((12 - 10#$(date -u +%H))) # the day of the bench is far from its nights
zone=Etc/GMT$([ $zone_hour -gt 0 ] && echo "-$zone_hour" || echo "+$((-zone_hour))")
local_time() { TZ=$zone date -d "$1" "$2"; }

# ── Clips, the station, and what is planned when ──
for i in $(seq -f %03g $BULLETINS); do "$clips" make "$work/clip-$i.wav" "$((10#$i))" 1000; done
"$clips" make "$work/gap.wav" 1001 700
"$clips" make "$work/dai.wav" 1002 420000
sox "$work/dai.wav" "$work/dai.flac"
ffmpeg -v error -i "$work/dai.wav" -b:a 128k "$work/dai.mp3" 2>/dev/null

# ── The others, before anything is planned: they take their time ──
have_aplay=$(command -v aplay) have_cron= have_mpd= have_liquidsoap=
if cron_start; then
	children="$children $cron" have_cron=$have_aplay
	[ -z "$have_aplay" ] || for i in 1 2 3 4; do minute_job "aplay$i" "exec aplay -q -D minute$i $work/clip-00$i.wav"; done
fi
if mpd_start; then
	children="$children $mpd" have_mpd=yes
	mpc_do -q add "file://$work/clip-001.wav"
	[ -z "${cron:-}" ] || minute_job mpd "exec mpc -h $work/mpd/socket -q play 1"
fi
if liquidsoap_start; then
	children="$children $liquidsoap" have_liquidsoap=yes
	[ -z "${cron:-}" ] || minute_job liquidsoap \
		"exec 3<>/dev/tcp/127.0.0.1/$LIQUIDSOAP_PORT; printf 'planned.push $work/clip-001.wav\nquit\n' >&3"
fi

write_station() { # first start: seconds of the wall
	local i at
	mkdir -p "$work/station"
	{
		cat <<-CONF
			station "00001" { name = "Bench"   timezone = "$zone"   audio-dir = ".." }
			output "ra" { sink = "alsa:ours"   rate = 48000   channels = 1   idle = "close" }
			zone "a" { name = "A"   output = "ra" }
			bulletin "gap" { title = "Emergency"   audio = { "gap.wav" } }
			bulletin "dai" { title = "Long"   audio = { "dai.wav" } }
			emergency "khan" { play = { "gap" } }
		CONF
		for i in $(seq 1 $BULLETINS); do
			printf 'bulletin "c%03d" { title = "Clip"   audio = { "clip-%03d.wav" } }\n' "$i" "$i"
		done
		for i in $(seq 1 $((STARTS + 1))); do
			at=$(($1 + (i - 1) * 2))
			printf 'repeat "r%d" { play = { "%s" }   at = { "%s" }   from = "%s"   until = "%s" }\n' "$i" \
				"$([ "$i" -le $STARTS ] && printf 'c%03d' "$i" || echo dai)" "$(local_time "@$at" +%H:%M:%S)" \
				"$(local_time "@$1" +%F)" "$(local_time "@$1" +%F)"
		done
	} >"$work/station/station.conf"
}
write_station "$(date +%s)"
"$loaxa" check "$work/station" --store "$work/store" >"$work/check.out" 2>&1 || { cat "$work/check.out"; exit 1; }
first=$(($(date +%s) + IDLE_S + 20))
write_station $first
alone=$((first + STARTS * 2))

# ── The run ──
"$loaxa" run "$work/station" --state "$work/state" --store "$work/store" </dev/null >"$work/run.log" 2>&1 &
ours=$!
children="$children $ours"
for _ in $(seq 300); do "$loaxa" status --state "$work/state" >/dev/null 2>&1 && break; sleep 0.1; done
kill -0 $ours 2>/dev/null || { cat "$work/run.log"; exit 1; }

# use NAME PID SECONDS: in the background, into $work/use.NAME
use() { "$usage" "$2" "$3" >"$work/use.$1" 2>/dev/null & measuring="$measuring $!"; }

measuring=
sleep_until $((first - IDLE_S - 5))
use ours.idle $ours $IDLE_S
[ -z "${cron:-}" ] || use cron.idle "$cron" $IDLE_S
[ -z "$have_mpd" ] || use mpd.idle "$mpd" $IDLE_S
[ -z "$have_liquidsoap" ] || use liquidsoap.idle "$liquidsoap" $IDLE_S
wait $measuring

sleep_until $((alone - 1))
minute_job mpd
minute_job liquidsoap
plays() { # NAME COMMAND…: in the background; its process in $played
	local name=$1
	shift
	"$@" >/dev/null 2>&1 &
	played=$!
	children="$children $played"
	use "$name.plays" $played $ALONE_S
}
sleep_until $((alone + 1))
[ -z "$have_mpd" ] || mpd_play dai.wav
[ -z "$have_liquidsoap" ] || liquidsoap_play planned dai.wav
sleep 3
measuring=
use ours.plays $ours $ALONE_S
if [ -n "$have_aplay" ]; then
	plays aplay aplay -q -D plain "$work/dai.wav"
	plain=$played
fi
[ -z "$(command -v play)" ] || plays sox-flac env AUDIODEV=flac AUDIODRIVER=alsa play -q "$work/dai.flac"
[ -z "$(command -v mpg123)" ] || plays mpg123-mp3 mpg123 -q -o alsa -a mp3 "$work/dai.mp3"
[ -z "$have_mpd" ] || use mpd.plays "$mpd" $ALONE_S
[ -z "$have_liquidsoap" ] || use liquidsoap.plays "$liquidsoap" $ALONE_S
wait $measuring

ahead=$("$usage" clocks)
emergency_ours() {
	echo "$EPOCHREALTIME" >>"$work/commands.ours"
	"$loaxa" emergency khan --yes --by bench --state "$work/state" >/dev/null 2>>"$work/emergency.err"
}
emergency_aplay() {
	echo "$EPOCHREALTIME" >>"$work/commands.plain"
	kill "$plain"
	wait "$plain" 2>/dev/null
	aplay -q -D plain "$work/gap.wav" 2>/dev/null
	aplay -q -D plain "$work/dai.wav" 2>/dev/null &
	plain=$!
}
emergency_mpd() {
	local was
	echo "$EPOCHREALTIME" >>"$work/commands.mpd"
	was=$(mpc_do status %currenttime%)
	mpc_do -q insert "file://$work/gap.wav" && mpc_do -q next
	sleep 0.9
	mpc_do -q play 1 && mpc_do -q seek "$was" && mpc_do -q del 2
}
emergency_liquidsoap() {
	echo "$EPOCHREALTIME" >>"$work/commands.liquidsoap"
	liquidsoap_play urgent gap.wav
}
at=$EPOCHREALTIME
for i in $(seq $ROUNDS); do
	emergency_ours
	[ -z "$have_aplay" ] || emergency_aplay
	[ -z "$have_mpd" ] || emergency_mpd
	[ -z "$have_liquidsoap" ] || emergency_liquidsoap
	emergency_ours # twice a round: of 200 the 99th in a hundred is more than the worst one
	at=$(awk -v t="$at" -v now="$EPOCHREALTIME" -v r=$RANDOM \
		'BEGIN { t += 2.8; if (t < now + 1) t = now + 1; printf "%.6f", t + r / 65536 }')
	sleep_until "$at"
done
kill $ours
wait $ours 2>/dev/null
"$loaxa" log --state "$work/state" --json >"$work/log.json" 2>/dev/null
kill $children "${plain:-}" 2>/dev/null
wait 2>/dev/null
children=

# ── What the tapes say ──
export work ahead first STARTS IDLE_S
. tests/bench/live-table.bash
