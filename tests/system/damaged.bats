# A journal that is damaged between two runs: the station starts and airs, what can be read is kept and can be read, nothing
# that has a verdict there airs again.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

aired() {
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE body LIKE '%\"state\":\"aired\"%'")" -ge "$1" ]
}

verdicts() {
	sqlite3 -readonly "$1/journal.db" "SELECT airing FROM row WHERE kind = 'verdict' ORDER BY airing"
}

# Rows in the database itself, and rows that are in its -wal only.
two_runs() {
	run_start
	eventually aired 4
	run_stop TERM
	run_start
	eventually aired 6
	run_stop KILL
}

# What a start makes of it: it airs, and says what happened.
goes_on() {
	run_start
	eventually aired 2
	live status | grep -F 'THE LOG WAS DAMAGED'
	[ "$(sqlite3 -readonly "$state/journal.db" 'SELECT kind FROM row WHERE seq = 1')" = journal ]
	kept=$state/$(sqlite3 -readonly "$state/journal.db" "SELECT body->>'kept' FROM row WHERE seq = 1")
	[ -s "$kept/damaged.db" ] || [ -s "$kept/damaged.db-wal" ]
	eventually test -s "$kept/salvage.json"
	run_stop TERM
	run -0 live verify
}

@test "damaged: pages in the middle are zero" {
	two_runs
	dd if=/dev/zero of="$state/journal.db" bs=4096 seek=2 count=4 conv=notrunc status=none
	: >"$state/journal.db-wal"
	goes_on
	[ "$(verdicts "$kept" | sort - <(verdicts "$state") | uniq -d | wc -l)" -eq 0 ]
	live doctor --json | jq -e -s 'any(.[]; .check == "log-kept" and .mark == "hint")'
	live log 2>&1 >/dev/null | grep -F -- "--state $kept"
	"$loaxa" log --state "$kept" --json | jq -e -s 'any(.[]; .state == "aired")'
}

@test "damaged: the file is a text, its newest rows are in the -wal" {
	two_runs
	yes 'BÁO CÁO tháng 7' | head -c 200000 >"$state/text"
	cat "$state/text" >"$state/journal.db"
	goes_on
	[ "$(jq .rows "$kept/salvage.json")" -gt 3 ]
	[ "$(verdicts "$kept" | sort - <(verdicts "$state") | uniq -d | wc -l)" -eq 0 ]
}

@test "damaged: the file was cut" {
	two_runs
	rm "$state/journal.db-wal"
	truncate -s 40000 "$state/journal.db"
	goes_on
	[ "$(verdicts "$kept" | sort - <(verdicts "$state") | uniq -d | wc -l)" -eq 0 ]
}

@test "damaged: without its -wal the journal goes on and says which rows it lacks" {
	two_runs
	last=$(sqlite3 -readonly "$state/journal.db" 'SELECT max(seq) FROM row')
	rm "$state/journal.db-wal" "$state/journal.db-shm"
	run_start
	eventually aired 6
	live status | grep -F "TO $last:"
	sqlite3 -readonly "$state/journal.db" "SELECT body->>'known_seq' FROM row WHERE kind = 'journal'" | grep -x "$last"
	run_stop TERM
}
