# kill -9 of a running controller at random moments: no acknowledged row is lost, none doubled, and every planned airing
# has one verdict, which never changes.  LOAXA_KILLS=500 for the long run.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_TEST_TMPDIR/store
	. "$BATS_TEST_DIRNAME/near-station.bash"
	NEAR_MINUTES=$((4 + ${LOAXA_KILLS:-20} / 30)) near_station "$station"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

# What is durable: every row in the order of the chain.
rows() {
	sqlite3 -readonly "$state/journal.db" 'SELECT seq, wall_us, kind, airing, body, hex(hash) FROM row ORDER BY seq'
}

# Something for the journal to do besides the schedule.
meddle() {
	case $((RANDOM % 8)) in
	0) "$loaxa" play dai --zones a --state "$state" ;;
	1) "$loaxa" emergency gap --state "$state" </dev/null ;;
	2) "$loaxa" cancel gap --state "$state" ;;
	3) "$loaxa" skip b --state "$state" ;;
	4) "$loaxa" hold a --state "$state" ;;
	5 | 6) "$loaxa" release all --state "$state" ;;
	esac >/dev/null 2>&1 || true
}

# The rows that were there before are still there, as they were and in their order.
begins_with() {
	cmp -n "$(stat -c %s "$1")" "$1" "$2"
}

decided() {
	"$loaxa" log --json --state "$state" | jq -r 'select(.state != null) | .id' | sort >"$BATS_TEST_TMPDIR/decided"
	[ -z "$(comm -23 "$BATS_TEST_TMPDIR/planned" "$BATS_TEST_TMPDIR/decided")" ]
}

@test "killed at random moments" {
	local i before=$BATS_TEST_TMPDIR/before after=$BATS_TEST_TMPDIR/after begun ended_at
	run_start
	"$loaxa" status --json --state "$state" | jq -e .schedule
	begun=$(TZ=Asia/Ho_Chi_Minh date +%FT%T)
	for ((i = 0; i < ${LOAXA_KILLS:-20}; i++)); do
		meddle
		sleep "0.$((RANDOM % 8))$((RANDOM % 10))"
		rows >"$before"
		run_stop KILL
		rows >"$after"
		begins_with "$before" "$after"
		run_start
		rows >"$before"
		begins_with "$after" "$before"
	done
	"$loaxa" release all --state "$state"
	ended_at=$(TZ=Asia/Ho_Chi_Minh date +%FT%T)
	"$loaxa" plan "$station" --store "$store" --days 2 --from "$(TZ=Asia/Ho_Chi_Minh date -d '-1 day' +%F)" --json |
		jq -r --arg from "$begun" --arg to "$ended_at" 'select(.planned[:19] > $from and .planned[:19] <= $to) | .id' |
		sort >"$BATS_TEST_TMPDIR/planned"
	[ -s "$BATS_TEST_TMPDIR/planned" ]
	eventually decided
	run_stop TERM
	[ "$ended" -eq 0 ]
	[ -z "$(sqlite3 -readonly "$state/journal.db" \
		"SELECT airing FROM row WHERE kind = 'verdict' GROUP BY airing HAVING count(*) > 1")" ]
	[ -z "$(sqlite3 -readonly "$state/journal.db" 'SELECT seq FROM row WHERE seq NOT IN (SELECT seq + 1 FROM row) AND seq > 1')" ]
	# chain, seals, the one key, and every planned airing has its row
	run -0 "$loaxa" verify --json --state "$state"
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE kind = 'key'")" -eq 1 ]
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE kind = 'schedule'")" -eq 1 ]
}
