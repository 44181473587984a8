# status --wait-idle: returns when nobody would hear it.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sed -i '/^repeat/,/^}/d' "$station/station.conf"
}

teardown() {
	[ -z "${waiter:-}" ] || kill "$waiter" 2>/dev/null || true
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

@test "it waits while something is on air and while an emergency is active, and not without a controller" {
	run_start
	"$loaxa" status --wait-idle --state "$state"
	"$loaxa" emergency gap --yes --state "$state"
	"$loaxa" status --wait-idle --state "$state" 3>&- &
	waiter=$!
	aired() { "$loaxa" log --state "$state" --json | jq -e -s 'any(.[]; .state == "aired")' >/dev/null; }
	eventually aired
	kill -0 "$waiter" # its repeat is still to come
	"$loaxa" cancel gap --state "$state"
	wait "$waiter"
	waiter=
	"$loaxa" status --state "$state" --json | jq -e 'all(.zones[]; .on_air == null)'
	run_stop TERM
	run "$loaxa" status --wait-idle --state "$state"
	[ "$status" -eq 1 ]
}
