# The station live: loaxa status --watch, on a terminal and without one.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	screen=$BATS_TEST_TMPDIR/screen keys=$BATS_TEST_TMPDIR/keys
	export LANGUAGE=en TERM=xterm
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
}

teardown() {
	local process
	for process in ${controller:-} ${watcher:-}; do
		kill -9 "$process" 2>/dev/null || true
	done
}

need_terminal() {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
}

sent() {
	grep -qaF "$1" "$screen"
}

@test "on a terminal: drawn, redrawn in parts, and q leaves it as it was" {
	need_terminal
	run_start
	cat >"$BATS_TEST_TMPDIR/session" <<-SH
		stty cols 80 rows 24
		before=\$(stty -g)
		"$loaxa" status --watch --state "$state"
		echo "code \$?"
		[ "\$before" = "\$(stty -g)" ] && echo "terminal as before"
	SH
	local key
	for key in q '\003'; do
		rm -f "$keys"
		mkfifo "$keys"
		script -qefc "bash $BATS_TEST_TMPDIR/session" /dev/null <"$keys" >"$screen" 3>&- &
		watcher=$!
		exec 7>"$keys"
		eventually sent 'Đài thử'
		eventually sent 'q: leave'
		# a second picture: the clock alone, in its place, and no row of before
		eventually grep -qaP '\x1b\[1;\d+H\d{1,5}\x1b|\x1b\[1;\d+H\x1b\[1m[\d:]+\x1b\[0m' "$screen"
		[ "$(grep -aoF 'q: leave' "$screen" | wc -l)" -eq 1 ]
		# shellcheck disable=SC2059 # the key is the format
		printf "$key" >&7
		eventually sent 'terminal as before'
		sent 'code 0'
		# another screen, without cursor; and back, in that order
		[ "$(grep -aoP '\x1b\[\?(1049|25)[hl]' "$screen" | tr -d '\033\r\n')" = '[?1049h[?25l[?25h[?1049l' ]
		exec 7>&-
		wait "$watcher" || true
		watcher=
	done
	run_stop
}

@test "without a terminal: blocks of lines, a new one when something changed" {
	run_start
	"$loaxa" status --watch --state "$state" >"$screen" 2>&1 3>&- &
	watcher=$!
	eventually sent 'NEXT'
	"$loaxa" off b --reason 'hỏng loa' --by Lan --state "$state"
	eventually sent '✗ OFF since '
	! grep -qaP '\x1b' "$screen" || false
	run_stop
	eventually sent 'NO ANSWER since '
	run_start
	"$loaxa" on b --state "$state"
	[ "$(grep -c 'NO ANSWER' "$screen")" -eq 1 ]
	kill "$watcher"
	wait "$watcher" || true
	watcher=
	run_stop
}

@test "nobody there at the start is said; --json and --watch do not go together" {
	run -1 "$loaxa" status --watch --state "$state"
	[[ $output == *'is not running'* ]]
	run -2 "$loaxa" status --watch --json --state "$state"
}

@test "who reads no more ends it" {
	run_start
	"$loaxa" status --watch --state "$state" 3>&- | head -1 >"$screen"
	[ -s "$screen" ]
	run_stop
}
