# loaxa edit session: one line of one file, everything else as it was; a schedule that would be refused is not written.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	mkdir -p "$BATS_TEST_TMPDIR/schedules"
	cp -r schedules/loc-tho "$BATS_TEST_TMPDIR/schedules/"
	ln -s "$PWD/audio" "$BATS_TEST_TMPDIR/audio"
	station=$BATS_TEST_TMPDIR/schedules/loc-tho
	export LANGUAGE=en
}

edit() {
	run --separate-stderr "$loaxa" edit session "$1" "$station" "${@:2}"
}

# What the files say otherwise than the sample: the lines taken out and put in.
changed() {
	diff -r schedules/loc-tho "$station" | grep '^[<>]' | tr -d '\t'
}

@test "added where it was said, and out again: not a byte is another" {
	edit sang --add so-lieu --after mo-dau-sang
	[ "$status" -eq 0 ]
	[[ $output == *'Written: 40-lich.conf.'*'loaxa reload'* ]]
	[ "$(changed)" = '< "nhac-hieu", "mo-dau-sang",
> "nhac-hieu", "mo-dau-sang", "so-lieu",' ]
	edit sang --remove so-lieu:1
	[ "$status" -eq 0 ]
	[ -z "$(changed)" ]
}

@test "added where there is room before what has a time of its own" {
	edit sang --add bz-giu-bat
	[ "$status" -eq 0 ]
	# 52 s before the relay would do in July, not in August
	[ "$(changed)" = '> "bz-giu-bat",' ]
	grep -A1 tiep-am-vov@6h00 "$station/40-lich.conf" | grep bz-giu-bat
	edit chieu --add so-lieu
	[[ $(changed) == *'"bz-cai-dat", "so-lieu", "nhac-nen"'* ]]
	run -0 "$loaxa" check "$station"
	[[ $output == *'0 errors, 1 warning '* ]]
}

@test "the difference of the days to come is shown" {
	edit chieu --remove nhac-hieu
	[ "$status" -eq 0 ]
	[[ $output == *'- '*'17:00'*'Nhạc hiệu'* ]]
}

@test "refused, and nothing written" {
	edit sang --add nothing
	[ "$status" -eq 1 ]
	[[ $stderr == *'40-lich.conf:'*'nothing'*'nothing was written'* ]]
	edit sang --add tiep-am-vov@5h20
	[ "$status" -eq 1 ]
	[[ $stderr == *'nothing was written'* ]]
	edit sang --remove bao
	[ "$status" -eq 1 ]
	[[ $stderr == *'"bao" is not in the list "play" of session "sang"'* ]]
	edit toi --add bao
	[ "$status" -eq 1 ]
	[[ $stderr == *'no session "toi"'* ]]
	edit sagn --add bao
	[[ $stderr == *'"sang" perhaps'* ]]
	edit song-than --add bao
	[ "$status" -eq 1 ]
	[ -z "$(changed)" ]
	edit chieu --add nhac-hieu --after bz-giu-bat
	edit chieu --remove nhac-hieu
	[ "$status" -eq 1 ]
	[[ $stderr == *'nhac-hieu:1'* ]]
}

@test "usage" {
	local words
	for words in "sang" "sang --after bao" "sang --add bao --remove bao" "sang --remove bao --after bao"; do
		run -2 "$loaxa" edit session $words
	done
	run -2 "$loaxa" edit zone cum-1 --add bao
}

@test "the last of a list is not taken out, a file that cannot be read is not touched" {
	edit trua --remove bz-cai-dat
	[ "$status" -eq 1 ]
	[ -z "$(changed)" ]
	echo 'session "toi" {' >>"$station/40-lich.conf"
	edit sang --add so-lieu
	[ "$status" -eq 1 ]
	[[ $stderr == *'40-lich.conf:'* ]]
	[ "$(changed)" = '> session "toi" {' ]
}
