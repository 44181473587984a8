#!/usr/bin/env bats
# A running controller and whatever comes over its socket: answered in words, logged in one line, and the air goes on.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	run_start
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
	[ -z "${crowd:-}" ] || kill "$crowd" 2>/dev/null || true
}

# talk: standard input to the socket, what comes back to standard output, until the other side ends
talk() {
	perl -MSocket -MIO::Handle -e '
		$SIG{PIPE} = "IGNORE";
		my $s;
		socket($s, PF_UNIX, SOCK_STREAM, 0) and connect($s, sockaddr_un($ARGV[0])) or die "$!";
		local $/; my $said = <STDIN>;
		for (my $at = 0; $at < length $said;) { my $n = syswrite($s, $said, 65536, $at); last unless $n; $at += $n; }
		shutdown($s, 1);
		while (sysread($s, my $part, 65536)) { print $part; }' "$state/control.sock"
}

refused() { grep -c 'Request refused' "$BATS_TEST_TMPDIR/run.out"; }

aired() { "$loaxa" log --state "$state" --json | jq -es 'any(.[]; .kind == "emergency" and .state == "aired")' >/dev/null; }

@test "control: nonsense is refused in words and is one escaped line of the log each" {
	local n=0 line answer
	while IFS= read -r line; do
		answer=$(printf "$line\n" | talk)
		[ "$(jq -r .ok <<<"$answer")" = false ] || { echo "$line: $answer"; false; }
		eventually test "$(refused)" -gt "$n"
		n=$((n + 1))
		[ "$(refused)" = "$n" ]
	done <<-'END'
		{"v":1,"do":"ping"}\0
		\033]0;owned\007\033[2J
		\xff\xfe\xc0\xaf
		{"v":1,"do":"stop","zones":"a","by":"A\xe2\x80\xaetxt.wav"}
		{"v":1,"v":1,"do":"ping"}
		{"v":1e999,"do":"ping"}
		{"v":1,"do":[[[[[[[[]]]]]]]]}
		{"v":2,"do":"ping"}
	END
	head -c 1000000 /dev/zero | tr '\0' '[' | talk | grep -q 'at most 4096'
	eventually test "$(refused)" = 9
	run ! grep -nP '[\x00-\x08\x0b-\x1f\x7f]' "$BATS_TEST_TMPDIR/run.out"
	[ "$(wc -c <"$BATS_TEST_TMPDIR/run.out")" -lt 20000 ]
	# A flood fills no log.
	for n in {1..300}; do echo rubbish; done | talk >"$BATS_TEST_TMPDIR/answers"
	[ "$(grep -c '"ok":false' "$BATS_TEST_TMPDIR/answers")" = 300 ]
	[ "$(refused)" -lt 100 ] # ten a minute, on however slow a machine
	"$loaxa" status --state "$state" >/dev/null
	run_stop
	[ "$ended" = 0 ]
}

@test "control: with all places taken the next is told, an emergency is aired, the sound goes on" {
	"${BUILD:-build}/tests/system/crowd" "$state/control.sock" 32 >"$BATS_TEST_TMPDIR/crowd" 2>&1 3>&- &
	crowd=$!
	eventually grep -q here "$BATS_TEST_TMPDIR/crowd"
	run -1 "$loaxa" status --state "$state"
	[[ $output = *'32 others'*'emergencies and silence are still taken'* ]]
	"$loaxa" emergency gap --by Lan --state "$state"
	eventually aired
	run_stop
}
