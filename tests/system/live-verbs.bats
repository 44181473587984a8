# Live verbs without a controller: usage, refusals in words, exit codes.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	state=$BATS_TEST_TMPDIR/state
}

@test "without a controller every verb says so and exits 1" {
	for verb in "status" "status --json" "play a" "speak a" "emergency a --yes" "cancel a" "extend a" "drill a --yes" "extend a 6h" "duty a" "note 14/7/2021 x" "skip-session a" "play a --at 16h45" "stop all" "skip a" "hold a b" \
		"release all" "off a --reason hong" "on a" "volume a b 50" "silence" "reload" "clock confirm"; do
		run --separate-stderr "$loaxa" $verb --state "$state"
		[ "$status" -eq 1 ] || { echo "$verb: exit $status"; false; }
		[ -z "$output" ]
		[[ $stderr == *"loaxa run"*"$state/control.sock"* ]] || { echo "$verb: $stderr"; false; }
	done
}

@test "wrong use exits 2 and says how it is meant" {
	for verb in "status x" "play" "play a b" "emergency" "cancel" "stop" "off a" "volume a" "volume 50" "volume a 0" \
		"volume a 101" "volume a 5x" "silence a" "reload a b" "reload $BATS_TEST_TMPDIR/none" "clock" "clock x" \
		"play a --level loud" "play a --times 3" "play a --at 16h --times x" "play a --at 16h --every x" "drill" "drill a b" "extend" "extend a x" "extend a 0s" "duty" "note 14/7/2021" "skip-session" "skip-session a b" "skip a --undo" "stop a --date x" "speak" "speak a --level loud" "speak a --limit x" "speak a --limit 0s" "stop a --level test" "stop a --sta $BATS_TEST_TMPDIR" "stop a --state" \
		"status --json=yes" "stop -x"; do
		run --separate-stderr "$loaxa" $verb
		[ "$status" -eq 2 ] || { echo "$verb: exit $status"; false; }
		[ -z "$output" ]
		[ -n "$stderr" ]
	done
}

@test "the language is the user's, else Vietnamese" {
	LANGUAGE= LC_ALL= LC_MESSAGES= LANG=en_US.UTF-8 run "$loaxa" stop
	[[ $output == usage:* ]]
	LANGUAGE= LC_ALL=C.UTF-8 LC_MESSAGES= LANG= run "$loaxa" stop
	[[ $output == "cách dùng:"* ]]
}
