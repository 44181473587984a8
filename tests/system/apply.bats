# Taking a schedule: what it changes is shown and asked; and back again.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sed -i '/^guard/d' "$station/station.conf" # the usual quiet hours …
	quiet "$(local_time '+11 hours' +%H:%M)" "$(local_time '+13 hours' +%H:%M)"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

quiet() {
	echo "guard \"dem\" { from = \"$1\"   to = \"$2\"   action = \"refuse\" }" >>"$station/station.conf"
}

# session NAME CLOCK BULLETINS
session() {
	local end
	end=$(local_time "$2 +10 minutes" +%H:%M)
	echo "session \"$1\" { start = \"$2\" end = \"$end\" play = { $3 } }" >"$station/$1.conf"
}

zone() {
	live status --json | jq -e ".zones[] | select(.zone == \"$1\") | $2" >/dev/null
}

event() {
	live log --events --json | jq -e -s "any(.[]; $1)" >/dev/null
}

need_terminal() {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
}

# on_terminal ANSWER COMMAND…
on_terminal() {
	local answer=$1
	shift
	echo "$answer" | script -qec "$*" /dev/null
}

@test "a reload shows the difference of the next seven days" {
	clock=$(local_time '+6 hours' +%H:%M)
	session sang "$clock" '"ngan", "dai"'
	run_start
	session sang "$clock" '"dai", "ngan", "dai"'
	session chieu "$(local_time '+649 minutes' +%H:%M)" '"dai"'
	rm -f "$BATS_TEST_TMPDIR/said"
	live reload --yes >"$BATS_TEST_TMPDIR/said" --store "$store"
	cat "$BATS_TEST_TMPDIR/said"
	grep -E 'The next 7 days, from [0-9:]+ on [0-9/]+: [0-9]+ added, 0 removed, [0-9]+ moved, 0 changed' "$BATS_TEST_TMPDIR/said"
	grep -F 'Session "sang"' "$BATS_TEST_TMPDIR/said"
	grep -E '\+ added [0-9:]+  Tiếng dài \(0:02\)' "$BATS_TEST_TMPDIR/said"
	grep -F 'Minutes a day:' "$BATS_TEST_TMPDIR/said"
	grep -A1 -F 'Near quiet hours:' "$BATS_TEST_TMPDIR/said" | grep -F 'Tiếng dài (chieu) – ends shortly before'
	tail -1 "$BATS_TEST_TMPDIR/said" | grep -Fx 'The new schedule runs'
	# the same again: nothing differs, nothing is said to
	live reload --store "$store" | head -1 | grep -F 'stays as it is'
	run_stop TERM
}

@test "on a terminal it asks, and no means no; a script is not asked" {
	need_terminal
	run_start
	cp "$station/station.conf" "$BATS_TEST_TMPDIR/first"
	sed -i 's/Cụm A/Cụm Mới/' "$station/station.conf"
	on_terminal "" "$loaxa" reload --state "$state" --store "$store" >"$BATS_TEST_TMPDIR/said" && false
	grep -F 'Apply it?' "$BATS_TEST_TMPDIR/said"
	grep -F 'Nothing was applied' "$BATS_TEST_TMPDIR/said"
	zone a '.title == "Cụm A"'
	on_terminal c "$loaxa" reload --state "$state" --store "$store"
	zone a '.title == "Cụm Mới"'
	cp "$BATS_TEST_TMPDIR/first" "$station/station.conf"
	live reload --store "$store" </dev/null
	zone a '.title == "Cụm A"'
	run_stop TERM
}

@test "what was edited between the question and the answer is not applied" {
	need_terminal
	run_start
	sed -i 's/Cụm A/Cụm Mới/' "$station/station.conf"
	mkfifo "$BATS_TEST_TMPDIR/answer"
	script -qec "$loaxa reload --state $state --store $store" /dev/null <"$BATS_TEST_TMPDIR/answer" >"$BATS_TEST_TMPDIR/said" 2>&1 3>&- &
	exec 9>"$BATS_TEST_TMPDIR/answer"
	eventually grep -q 'Apply it?' "$BATS_TEST_TMPDIR/said"
	echo '# lời dặn' >>"$station/station.conf"
	echo c >&9
	eventually grep -F 'changed after the difference was shown' "$BATS_TEST_TMPDIR/said"
	exec 9>&-
	wait %2 2>/dev/null || true
	zone a '.title == "Cụm A"'
	run_stop TERM
}

@test "rollback: the schedule before, there and back, an older one by its number" {
	run_start
	for name in Hai Ba Bốn; do
		sed -i "s/zone \"a\" { name = \"[^\"]*\"/zone \"a\" { name = \"$name\"/" "$station/station.conf"
		live reload --store "$store" >/dev/null
	done
	zone a '.title == "Bốn"'
	live rollback --store "$store" --by Lan | tee "$BATS_TEST_TMPDIR/said"
	grep -F 'zone "a": changed' "$BATS_TEST_TMPDIR/said"
	zone a '.title == "Ba"'
	live status | grep -F 'differs'
	event '.kind == "rollback" and .body.by == "Lan"'
	live rollback --store "$store"
	zone a '.title == "Bốn"'
	[ "$(live rollback --list --json | jq -s '[.[].running] == [true, false, false, false]')" = true ]
	oldest=$(live rollback --list --json | jq -s '.[-1].copy')
	live rollback --to "$oldest" --store "$store"
	zone a '.title == "Cụm A"'
	run -1 live rollback --to 99 --store "$store"
	run_stop KILL
	run_start # what went back stays so
	zone a '.title == "Cụm A"'
	run_stop TERM
}

@test "five copies are kept behind the one that runs" {
	run_start
	for i in 1 2 3 4 5 6 7 8; do
		sed -i "s/zone \"a\" { name = \"[^\"]*\"/zone \"a\" { name = \"Cụm $i\"/" "$station/station.conf"
		live reload --store "$store" >/dev/null
	done
	[ "$(live rollback --list --json | wc -l)" -eq 6 ]
	live rollback --store "$store" >/dev/null
	[ "$(live rollback --list --json | wc -l)" -eq 6 ]
	live rollback --list | head -1 | grep -F 'runs'
	run_stop TERM
}

@test "a rollback without anything before it, and without a controller" {
	run_start
	run -1 live rollback --store "$store"
	[[ $output == *"no such earlier schedule"* ]]
	run_stop TERM
	run -1 live rollback --store "$store"
	run -2 live rollback extra
	run -2 live rollback --to x
	run -2 live rollback --list --to 3
}

@test "scripts of a dry run roll back too" {
	mkdir "$BATS_TEST_TMPDIR/moi"
	cp "$station"/*.wav "$BATS_TEST_TMPDIR/moi"
	base='station "00001" { name = "Đài thử" timezone = "Asia/Ho_Chi_Minh" audio-dir = "." }
output "ra" { sink = "dry-run" rate = 48000 channels = 1 }
zone "a" { name = "Cụm A" output = "ra" }
bulletin "ngan" { title = "Ngắn" audio = { "ngan.wav" } }
bulletin "dai" { title = "Dài" audio = { "dai.wav" } }'
	rm "$station"/*.conf
	printf '%s\nrepeat "r" { play = { "ngan" } at = { "8h", "9h", "10h" } until = "1/1/2030" }\n' "$base" >"$station/station.conf"
	printf '%s\nrepeat "r" { play = { "dai" } at = { "8h", "9h", "10h" } until = "1/1/2030" }\n' "$base" >"$BATS_TEST_TMPDIR/moi/station.conf"
	printf '2021-07-14T07:59 rollback\n2021-07-14T08:30 reload moi\n2021-07-14T09:30 rollback by Lan\n' >"$BATS_TEST_TMPDIR/script"
	run --separate-stderr "$loaxa" dry-run "$station" --from 2021-07-14 --days 1 --script "$BATS_TEST_TMPDIR/script" \
		--state "$state" --store "$store"
	[ "$status" -eq 0 ]
	[[ $stderr == *"script:1:"*"no schedule that ran before"* ]]
	[ "$(live log --json | jq -r .bulletin | xargs)" = "ngan dai ngan" ]
	live log --events | grep -F 'earlier schedule'
}
