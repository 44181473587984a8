#!/bin/bash
# How fast recordings of each format are made ready, in times real time of one core, beside ffmpeg and sox for the same
# work: decode, one channel, 48 kHz, loudness and true peak measured, gain, limiter, 16 bit.  sox does less: it
# cannot measure loudness and has no limiter, it only brings the peak to -1 dB; so it is shown, not judged by.  Ten
# minutes of speech at 44.1 kHz, stereo.
#
# opus in a virtual machine: libopus asks the processor what it is (CPUID) four times a packet, and a hypervisor catches
# each: a third of our time there, nothing on a machine of one's own.  ffmpeg has its own decoder, which asks once.
set -u
cd "$(dirname "$0")/../.." || exit 2
BUILD=${BUILD:-build}
SECONDS_OF_SOUND=600
work=$(mktemp -d /tmp/loaxa-bench-XXXXXX)
trap 'rm -rf "$work"' EXIT
command -v ffmpeg >/dev/null || { echo "prepare, per format: ffmpeg is not installed (apt-get install ffmpeg sox)"; exit 0; }
failed=0

for f in audio/*.opus; do echo "file '$PWD/$f'"; done >"$work/list"
ffmpeg -v error -f concat -safe 0 -stream_loop 3 -i "$work/list" -t $SECONDS_OF_SOUND -ar 44100 -ac 2 "$work/s.wav"
for format in flac ogg opus mp3; do ffmpeg -v error -i "$work/s.wav" -b:a 128k "$work/s.$format"; done

# times COMMAND: how many times less processor time than it sounds, best of three; nothing where it fails
times() {
	local best= took TIMEFORMAT='%U %S'
	for _ in 1 2 3; do
		took=$({ time sh -c "$1" >/dev/null 2>&1 || echo failed; } 2>&1)
		case $took in *failed*) return ;; esac
		best=$(awk -v best="$best" -v took="$took" 'BEGIN { split(took, t, " "); t[1] += t[2]
			print (best == "" || t[1] < best) ? t[1] : best }')
	done
	awk -v took="$best" -v s=$SECONDS_OF_SOUND 'BEGIN { printf "%.0f", s / took }'
}

printf '%-32s %8s %8s %8s\n' "prepare, times real time" ours ffmpeg "sox: less"
for format in wav flac ogg opus mp3; do
	in=$work/s.$format
	filter=aformat=channel_layouts=mono,aresample=48000
	ours=$(times "rm -rf $work/store; exec $BUILD/loaxa-prepare --jobs 1 --store $work/store $in")
	ffmpeg=$(times "ffmpeg -v error -threads 1 -i $in -af $filter,ebur128=peak=true -f null - &&
		exec ffmpeg -v error -threads 1 -y -i $in -af $filter,volume=-1dB,alimiter -c:a pcm_s16le $work/out.wav")
	sox=
	command -v sox >/dev/null && sox=$(times "exec sox $in -r 48000 -c 1 -b 16 $work/out.wav gain -n -1")
	verdict=ok
	awk -v a="${ours:-0}" -v b="${ffmpeg:-0}" 'BEGIN { exit !(a > 0 && a + 0 >= b + 0) }' || { verdict=MISSED; failed=1; }
	printf '  %-30s %8s %8s %8s  at least ffmpeg: %s\n' "$format" "${ours:-?}" "${ffmpeg:--}" "${sox:--}" $verdict
done
exit $failed
