#!/usr/bin/env bats
# A new station by conversation: what comes out passes check, and what is there is never touched.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	dir=$BATS_TEST_TMPDIR/dai
	answers=$BATS_TEST_TMPDIR/answers
	export LANGUAGE=en
}

# make ANSWER…: a line each
make() {
	printf '%s\n' "$@" >"$answers"
	"$loaxa" init "$dir" --answers "$answers"
}

key() { sed -n "s/^\t$1 = //p" "$dir/station.conf"; }

@test "init: Enter all the way makes a station that passes check, plans and runs dry" {
	make 22363 'Đài truyền thanh xã An Bình' '' '' '' '' '' 0 '' co
	[ "$(key name)" = '"Đài truyền thanh xã An Bình"' ]
	[ "$(key unit)" = '"UBND xã An Bình"' ]
	[ "$(key approval)" = yes ]
	[ -d "$dir/audio" ]
	run -0 --separate-stderr "$loaxa" check "$dir" --json
	[ "$output" = "" ]
	"$loaxa" plan "$dir" --from 2021-07-14
	"$loaxa" dry-run "$dir" --from 2021-07-14 --state "$BATS_TEST_TMPDIR/state"
}

@test "init: every answer stands in the file; a wrong one is asked for again, in words" {
	make 'xã 1' 22363 'Đài "Bình" ${HOME}' 'Đài "Bình" \ 1' 'UBND xã' 'UBND huyện' fr en Asia/Saigon2 Asia/Bangkok maybe khong \
		17 0 'Chợ, Đình , Trường học' co >"$BATS_TEST_TMPDIR/out"
	for words in 'cannot be used' 'cannot stand in a schedule file' 'no language' 'not known here' 'Neither yes nor no' 'none of the cards'; do
		grep -qF "$words" "$BATS_TEST_TMPDIR/out"
	done
	[ "$(key name)" = '"Đài \"Bình\" \\ 1"' ]
	[ "$(key reports-to)" = '"UBND huyện"' ]
	[ "$(key language)" = '"en"' ]
	[ "$(key timezone)" = '"Asia/Bangkok"' ]
	[ "$(key approval)" = no ]
	[ "$(grep -c '^zone' "$dir/station.conf")" = 3 ]
	grep -q '^zone "cum-2" { name = "Đình" ' "$dir/station.conf"
	"$loaxa" check "$dir"
}

@test "init: a card that is named is asked what it can do" {
	mkdir "$BATS_TEST_TMPDIR/card"
	export ALSA_CONFIG_PATH=$BATS_TEST_TMPDIR/asound.conf
	cat >"$ALSA_CONFIG_PATH" <<-CONF
		pcm_type.loaxa { lib "$(realpath "${BUILD:-build}/tests/card/paced.so")" }
		pcm.card { type loaxa dir "$BATS_TEST_TMPDIR/card" speed 1 rate 44100 channels 2 }
	CONF
	make 1 Loa '' '' '' '' '' alsa:card 'A,B,C' 'A,B' co >"$BATS_TEST_TMPDIR/out"
	grep -q '3 clusters are named, and the card has 2 channels' "$BATS_TEST_TMPDIR/out"
	[ "$(key sink)" = '"alsa:card"' ]
	[ "$(key rate)" = 44100 ]
	"$loaxa" check "$dir"
}

@test "init: who leaves, or has no more answers, leaves nothing behind" {
	run -1 make 22363 q
	[[ $output = *'nothing was written'* ]]
	run -1 make 22363 'Đài' '' ''
	run -1 make 22363 'Đài' '' '' '' '' '' 0 '' khong
	[ ! -e "$dir" ]
}

@test "init: a station that is there is never touched" {
	make 22363 'Đài' '' '' '' '' '' 0 '' co
	sum=$(sha256sum "$dir/station.conf")
	run -1 make 1 'Khác' '' '' '' '' '' 0 '' co
	[[ $output = *'is a station already'* ]]
	[ "$sum" = "$(sha256sum "$dir/station.conf")" ]
	mkdir "$BATS_TEST_TMPDIR/other"
	touch "$BATS_TEST_TMPDIR/other/10-lich.conf"
	run -1 "$loaxa" init "$BATS_TEST_TMPDIR/other" --answers "$answers"
	[[ $output = *'10-lich.conf'* ]]
	run -1 "$loaxa" init "$answers" --answers "$answers"
	[[ $output = *'cannot be used'* ]]
}

@test "init: in a folder that a group shares, the group may go on" {
	mkdir -m 2775 "$dir"
	make 22363 'Đài' '' '' '' '' '' 0 '' co
	[ "$(stat -c %a "$dir/station.conf")" = 664 ]
	[ "$(stat -c %a "$dir/audio")" = 2775 ]
}

@test "init: somebody makes a station there meanwhile: his stays" {
	mkfifo "$BATS_TEST_TMPDIR/slow"
	"$loaxa" init "$dir" --answers "$BATS_TEST_TMPDIR/slow" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	local init=$! ended=0
	{
		printf '%s\n' 22363 'Đài' '' '' '' '' '' 0 ''
		mkdir "$dir"
		echo '# mine' >"$dir/station.conf"
		echo co
	} >"$BATS_TEST_TMPDIR/slow"
	wait $init || ended=$?
	[ $ended = 1 ]
	[ "$(cat "$dir/station.conf")" = '# mine' ]
}
