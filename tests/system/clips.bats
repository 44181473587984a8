# The finder of clips on a tape (tests/card/clips.c), on tapes made by hand.

setup() {
	. "$BATS_TEST_DIRNAME/../card/card.bash"
	clips=${BUILD:-build}/tests/card/clips
	cd "$BATS_TEST_TMPDIR"
	case $clips in /*) ;; *) clips=$OLDPWD/$clips BUILD=$OLDPWD/${BUILD:-build} ;; esac
	"$clips" make a.wav 1 500
	"$clips" make b.wav 2 500
	raw='-t raw -r 48000 -e signed -b 16 -c 1'
}

@test "clips are found by frame and instant, in a channel, softer, in pieces" {
	sox a.wav a1.wav trim 0s 10000s vol 0.11
	sox a.wav a2.wav trim 10000s
	sox -n -r 48000 -b 16 pause.wav trim 0s 777s
	sox b.wav quick.wav vol 0.5
	sox pause.wav a1.wav quick.wav a2.wav pause.wav left.wav
	sox -M pause.wav left.wav $raw -c 2 tape
	printf 'start 1000000000 0 48000.0\nstop 1100000000 4800 xrun\nstart 5000000000 4800 24000.0\n' >log
	run card_heard . 2 2 a.wav b.wav
	[ "${lines[0]}" = "a 0 10000 777 1016187500" ]
	[ "${lines[1]}" = "b 0 24000 10777 5249041666" ]
	[ "${lines[2]}" = "a 10000 24000 34777 6249041666" ]
	[ "${#lines[@]}" -eq 3 ]
}

@test "where one cuts in while the other fades out, both borders are found" {
	sox a.wav fading.wav trim 0s 11440s fade l 0 11440s 1440s
	sox -n -r 48000 -b 16 ten.wav trim 0s 10000s
	sox ten.wav b.wav late.wav
	sox -m -v 1 fading.wav -v 1 late.wav $raw tape
	echo 'start 0 0 48000' >log
	run card_heard . 1 1 a.wav b.wav
	read -r clip first end tape ns <<<"${lines[0]}"
	[ "$clip $first $tape" = "a 0 0" ]
	[ "$end" -ge 9999 ] && [ "$end" -le 10002 ]
	[ "${lines[1]}" = "b 0 24000 10000 208333333" ]
	[ "${#lines[@]}" -eq 2 ]
}

@test "what is on no clip is not found" {
	sox -n $raw tape synth 1 sine 300-900 vol 0.3
	echo 'start 0 0 48000' >log
	run card_heard . 1 1 a.wav b.wav
	[ "$status" -eq 0 ] && [ -z "$output" ]
}
