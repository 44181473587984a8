#!/usr/bin/env bats
# What the zones get is equally loud whatever it was recorded with: measured on the rendered lane, by ffmpeg's own meter.
# LOUDNESS_ALL=1 measures every width, rate and number of channels of WAV instead of some of each.

setup() {
	command -v ffmpeg >/dev/null || skip "no ffmpeg"
	BUILD=$(realpath "${BUILD:-build}")
	cd "$BATS_TEST_TMPDIR" || return 1
	mkdir -p station/audio
	begin=23:56
	export LANGUAGE=en
	unset LC_ALL LANG
}

# Speech, as the samples have it.
voice() {
	opusdec --quiet --rate 48000 "$BATS_TEST_DIRNAME/../../audio/thu-loa.opus" voice.wav 2>/dev/null
}

# bulletin NAME FILE : one more, in the order of the session
bulletin() {
	echo "bulletin \"$1\" { title = \"$1\"   until = \"1/1/2030\"   audio = { \"$2\" } }" >>bulletins
	play="$play${play:+, }\"$1\""
}

# rendered OUTPUT-KEYS : renders a session of all bulletins, gap 1 s; what was heard of each lies in heard/NAME.wav.
# The session is late in the evening, since a render goes on to midnight.
rendered() {
	{
		echo 'station "22363" { name = "Thử"   timezone = "Asia/Ho_Chi_Minh" }'
		echo "output \"a\" { sink = \"dry-run\"   $1 }"
		echo 'zone "c" { name = "Cụm 1"   output = "a" }'
		cat bulletins
		echo 'guard "g" { from = "3h"   to = "4h"   action = "refuse" }'
		echo "session \"s\" { start = \"$begin\"   end = \"23h59\"   gap = \"1s\"   play = { $play } }"
	} >station/station.conf
	"$BUILD/loaxa" dry-run station --from 2024-03-04T$begin --days 1 --state state --store store --render lane.wav >/dev/null 2>dry-run.err ||
		{ cat dry-run.err; return 1; }
	mkdir -p heard
	"$BUILD/loaxa" log --state state --json | jq -r '[.bulletin, .state, .segments[0][2], .frames_played] | @tsv' >log
	rate=$(soxi -r lane.wav)
	while read -r name state started frames; do
		[ "$state" = aired ] || { echo "$name: $state"; return 1; }
		at=$(($(date -d "$started" +%s%3N) - $(date -d "2024-03-04T$begin:00+07:00" +%s%3N)))
		sox -D lane.wav "heard/$name.wav" trim "$((at * rate / 1000))s" "${frames}s"
	done <log
}

# loudness FILE [REPEATS] : integrated loudness and true peak, as ffmpeg shows them
loudness() {
	ffmpeg -nostdin -hide_banner -stream_loop "${2:-0}" -i "$1" -af ebur128=peak=true -f null - 2>&1 | sed -n '/Summary/,$p' |
		awk '/ I: / { i = $2 } / Peak: / { p = $2 } END { print i, p }'
}

# even FILE [REPEATS] : -16 LUFS within 0.5, no peak above -1 dBTP
even() {
	local i p
	read -r i p <<<"$(loudness "$@")"
	awk -v i="$i" -v p="$p" 'BEGIN { exit !(i >= -16.5 && i <= -15.5 && p <= -1) }' || { echo "$1: $i LUFS, $p dBTP"; return 1; }
}

make_wavs() {
	local width rate channels all='8 16 24 float'
	for rate in 8000 11025 16000 22050 32000 44100 48000 88200 96000; do
		for width in $all; do
			for channels in 1 2; do
				[ -n "${LOUDNESS_ALL:-}" ] || case $width.$rate.$channels in
				8.8000.1 | 8.96000.2 | 16.8000.2 | 16.22050.1 | 16.44100.2 | 24.48000.1 | float.44100.1 | float.96000.2) ;;
				*) continue ;;
				esac
				case $width in
				float) sox voice.wav -e float -b 32 -r $rate -c $channels "station/audio/$width-$rate-$channels.wav" ;;
				*) sox voice.wav -b $width -r $rate -c $channels "station/audio/$width-$rate-$channels.wav" ;;
				esac
				bulletin "$width-$rate-$channels" "$width-$rate-$channels.wav"
			done
		done
	done 2>/dev/null
}

make_others() {
	local to
	for to in "-c:a flac v.flac" "-q:a 5 v.ogg" "-ar 48000 -c:a libopus -b:a 32k v.opus" "-b:a 64k v.mp3" "-q:a 5 -write_xing 0 no-xing.mp3" \
		"-b:a 96k v.m4a" "-ar 8000 -b:a 16k low.mp3"; do
		# shellcheck disable=SC2086
		ffmpeg -nostdin -v error -i voice.wav -ac 1 ${to% *} "station/audio/${to##* }"
		bulletin "$(tr . - <<<"${to##* }")" "${to##* }"
	done
	sox -R -n -r 44100 -b 16 station/audio/tone.wav synth 6 sine 440 vol 0.05
	sox -R -n -r 44100 -b 16 station/audio/loud-tone.wav synth 6 sine 1000 vol 0.99
	sox -R -n -r 44100 -b 16 station/audio/square.wav synth 6 square 300
	sox -R -n -r 16000 -b 16 station/audio/soft-square.wav synth 6 square 100 vol 0.05
	for to in tone loud-tone square soft-square; do bulletin $to $to.wav; done
}

@test "loudness: every format and rate is heard at -16 LUFS, no peak above -1 dBTP" {
	[ -z "${LOUDNESS_ALL:-}" ] || begin=23:40
	voice
	make_wavs
	make_others
	for keys in 'rate = 48000' 'rate = 44100   high-pass = 200' 'rate = 16000'; do
		[ "$keys" = 'rate = 48000' ] || [ -n "${LOUDNESS_ALL:-}" ] || [ "$keys" != 'rate = 16000' ] || continue
		rm -rf heard state
		rendered "$keys"
		[ "$(find heard -name '*.wav' | wc -l)" -eq "$(wc -l <bulletins)" ]
		for f in heard/*.wav; do even "$f"; done
	done
}

@test "loudness: clips too short for a meter are as loud as if they went on" {
	sox -R -n -r 48000 -b 16 station/audio/beep.wav synth 0.2 sine 880 vol 0.1
	sox -R -n -r 22050 -b 16 station/audio/buzz.wav synth 0.2 square 220
	bulletin beep beep.wav
	bulletin buzz buzz.wav
	rendered 'rate = 48000'
	even heard/beep.wav 9
	even heard/buzz.wav 9
}

@test "loudness: silence stays silence, and hiss is not raised" {
	sox -D -n -r 48000 -b 16 station/audio/silence.wav trim 0 3
	sox -R -n -r 48000 -b 24 station/audio/hiss.wav synth 6 whitenoise vol 0.001
	voice
	sox voice.wav -b 24 station/audio/far.wav vol 0.1
	bulletin silence silence.wav
	bulletin hiss hiss.wav
	bulletin far far.wav
	rendered 'rate = 48000'
	[ -z "$(tail -c +45 heard/silence.wav | tr -d '\0' | head -c 1)" ]
	read -r before _ <<<"$(loudness station/audio/hiss.wav)"
	read -r after _ <<<"$(loudness heard/hiss.wav)"
	awk -v a="$after" -v b="$before" 'BEGIN { exit !(b < -58 && a - b < 3) }' || { echo "hiss: $before -> $after"; false; }
	even heard/far.wav # soft speech is raised all the way
}
