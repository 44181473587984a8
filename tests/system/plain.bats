#!/usr/bin/env bats
# For whom the screen is something else: unaccented text where a terminal has no Vietnamese, no colours where nobody wants
# them, one fact a line for a screen reader.
bats_require_minimum_version 1.5.0

setup_file() {
	export BATS_SHARED=$BATS_FILE_TMPDIR/s
	"${BUILD:-build}/loaxa" dry-run schedules/loc-tho --from 2021-07-14 --state "$BATS_SHARED" >/dev/null 2>&1
}

setup() {
	cd "$BATS_TEST_DIRNAME/../.." || return 1
	loaxa=${BUILD:-build}/loaxa
	station=schedules/loc-tho
	unset LANGUAGE LC_ALL LC_CTYPE LANG LC_MESSAGES NO_COLOR LOAXA_PLAIN
	export TERM=xterm
}

# terminal COMMAND…: what a terminal shows of it
terminal() { script -qec "$*" /dev/null </dev/null | tr -d '\r'; }

drawers() {
	echo "plan $station --from 2021-07-14"
	echo "dry-run $station --from 2021-07-14 --state $BATS_TEST_TMPDIR/s"
	echo "log --state $BATS_SHARED"
	echo "log --events --state $BATS_SHARED"
	echo "doctor $station --state $BATS_TEST_TMPDIR/none"
	echo "check $station"
	echo "devices $station"
	echo "help"
	echo "help --codes"
	echo "no-such-command"
	echo "desk --state $BATS_TEST_TMPDIR/none"
	echo "status --state $BATS_TEST_TMPDIR/none"
}

@test "plain: a terminal without UTF-8 gets unaccented text, and never a question mark for a letter" {
	while read -r command; do
		LC_ALL=C terminal "$loaxa" "$command" >"$BATS_TEST_TMPDIR/out"
		[ -s "$BATS_TEST_TMPDIR/out" ]
		if LC_ALL=C grep -nP '[\x80-\xff]' "$BATS_TEST_TMPDIR/out"; then echo "$command"; false; fi
	done < <(drawers)
	LC_ALL=C terminal "$loaxa" plan $station --from 2021-07-14 | grep -q '^.*BANG PHAT - Dai truyen thanh phuong Loc Tho'
	LC_ALL=C terminal "$loaxa" no-such-command | grep -q 'khong co lenh'
}

@test "plain: a terminal with UTF-8 gets Vietnamese, whatever locales are installed; so does a pipe" {
	LANG=vi_VN.UTF-8 terminal "$loaxa" plan $station --from 2021-07-14 | grep -q 'BẢNG PHÁT'
	LC_ALL=C "$loaxa" plan $station --from 2021-07-14 | grep -q 'BẢNG PHÁT'
}

@test "plain: colours on a terminal only, and not with NO_COLOR, a dumb one or --plain" {
	local escape=$'\e'
	for command in "plan $station --from 2021-07-14" "dry-run $station --from 2021-07-14 --state $BATS_TEST_TMPDIR/s"; do
		LANG=C.UTF-8 terminal "$loaxa" $command | grep -qF "${escape}["
		LANG=C.UTF-8 NO_COLOR=1 terminal "$loaxa" $command >"$BATS_TEST_TMPDIR/out"
		LANG=C.UTF-8 TERM=dumb terminal "$loaxa" $command >>"$BATS_TEST_TMPDIR/out"
		LANG=C.UTF-8 terminal "$loaxa" $command --plain >>"$BATS_TEST_TMPDIR/out"
		"$loaxa" $command >>"$BATS_TEST_TMPDIR/out"
		run ! grep -qF "${escape}[" "$BATS_TEST_TMPDIR/out"
	done
}

@test "plain: for a screen reader no bars, no signs, no columns" {
	while read -r command; do
		"$loaxa" $command --plain >"$BATS_TEST_TMPDIR/out" 2>&1 || true
		[ -s "$BATS_TEST_TMPDIR/out" ]
		if LC_ALL=C.UTF-8 grep -nE '[█░▒▶✓✗⋮♪─│┌└├]' "$BATS_TEST_TMPDIR/out"; then echo "$command"; false; fi
	done < <(drawers)
	while read -r command; do
		run ! grep -n '  ' <("$loaxa" --plain $command 2>&1)
	done < <(drawers)
	"$loaxa" plan $station --from 2021-07-14 --plain | grep -qx '05:31:52, Số người cài Bluezone ở Nha Trang, 0:45, thông báo, buổi phát "sang", 6 cụm loa'
	"$loaxa" log --state "$BATS_SHARED" --plain | grep -qE '^05:30:00, .*sang, Nhạc hiệu, .*6 cụm loa, đã phát$'
}

@test "plain: programs get the same either way" {
	diff <("$loaxa" log --state "$BATS_SHARED" --json) <(LC_ALL=C "$loaxa" log --state "$BATS_SHARED" --json --plain)
	diff <("$loaxa" log --state "$BATS_SHARED" --csv) <("$loaxa" log --state "$BATS_SHARED" --csv --plain)
}
