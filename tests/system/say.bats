# loaxa say: a text read aloud by a machine becomes a recording of the station.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station audio=$station/audio
	export LANGUAGE=en
	mkdir -p "$audio"
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "audio" }
		output "ra" { sink = "dry-run" }
		zone "a" { name = "Cụm A"   output = "ra" }
	CONF
}

say() {
	run --separate-stderr "$loaxa" say --dir "$station" "$@"
}

needs_a_voice() {
	command -v espeak-ng >/dev/null || skip "no espeak-ng"
}

@test "words alone need no voice and make nothing" {
	run --separate-stderr env PATH=/nowhere "$loaxa" say --dir "$station" --words "UBND xã họp lúc 5h30 ngày 13/7/2021"
	[ "$status" -eq 0 ]
	[ "$output" = "Ủy ban nhân dân xã họp lúc năm giờ ba mươi ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" ]
	[ -z "$(ls "$audio")" ]
}

@test "a recording with its text, even enough for the air, and a section that passes check" {
	needs_a_voice
	say "Kính thưa bà con, đúng 5h30 ngày 13/7/2021, UBND phường phun thuốc diệt muỗi." --voice vi-vn-x-central
	[ "$status" -eq 0 ]
	[ "$(ls "$audio" | tr '\n' ' ')" = "kinh-thua-ba-con-dung-5h30-ngay-13-7.flac kinh-thua-ba-con-dung-5h30-ngay-13-7.txt " ]
	grep -q "5h30 ngày 13/7/2021" "$audio"/*.txt
	[[ $output == "Read as: Kính thưa bà con, đúng năm giờ ba mươi ngày mười ba"* ]]
	[[ $output == *"Clipping: none"* ]]
	sed -n '/^bulletin/,/^}/p' <<<"$output" >>"$station/station.conf"
	run "$loaxa" check "$station" --store "$BATS_TEST_TMPDIR/store"
	[ "$status" -eq 0 ]
	[[ $output != *limit* ]]
}

@test "from standard input, under a name of one's own; the same once more is the same" {
	needs_a_voice
	run --separate-stderr "$loaxa" say - --out bao-3 --dir "$station" <<<"Bão đang vào gần bờ."
	[ "$status" -eq 0 ]
	[ -e "$audio/bao-3.flac" ]
	[[ $output == *"loaxa listen $audio/bao-3.flac"*"--with $audio/bao-3.flac"* ]]
	say "Bão đang vào gần bờ."
	[ "$status" -eq 0 ]
	[[ $output == *"Is there already: bao-3.flac"* ]]
	say "Bão đã tan." --out bao-3
	[ "$status" -eq 1 ]
	[[ $stderr == *"the name bao-3 is taken"* ]]
	[ "$(ls "$audio" | wc -l)" -eq 2 ]
}

@test "the station's own table comes first; an error in it is named with its line" {
	printf '[cach-noi]\nlinh = lẻ\nnghin = ngàn\n[viet-tat]\nLT = Lộc Thọ\n' >"$station/cach-doc.txt"
	say --words "UBND phường LT: 1.704 hộ"
	[ "$output" = "Ủy ban nhân dân phường Lộc Thọ: một ngàn bảy trăm lẻ bốn hộ" ]
	echo "hỏng" >>"$station/cach-doc.txt"
	say --words "a"
	[ "$status" -eq 1 ]
	[[ $stderr == *"cach-doc.txt:6: this line is not understood"* ]]
}

@test "the station's own voice" {
	needs_a_voice
	say "Bà con chú ý." --out bac
	printf '[cach-noi]\ngiong = vi-vn-x-south\n' >"$station/cach-doc.txt"
	say "Bà con chú ý." --out nam
	[ "$status" -eq 0 ]
	! cmp -s "$audio/bac.flac" "$audio/nam.flac" || false
	say "Bà con chú ý." --voice vi
	[[ $output == *"Is there already: bac.flac"* ]]
}

@test "the table is the one that people edit, not one beside an accepted copy" {
	state=$BATS_TEST_TMPDIR/state store=$BATS_TEST_TMPDIR/store
	. "$BATS_TEST_DIRNAME/near-station.bash"
	run_start
	run_stop
	printf 'LT = Lộc Thọ\n' >"$station/cach-doc.txt"
	run --separate-stderr "$loaxa" say --state "$state" --words "phường LT"
	[ "$output" = "phường Lộc Thọ" ]
	needs_a_voice
	run --separate-stderr "$loaxa" say --state "$state" --out a "phường LT"
	[ "$status" -eq 0 ]
	[ -e "$audio/a.flac" ]
}

@test "no voice, no such voice, nothing to say, too much to say: a reason each, nothing left behind" {
	run --separate-stderr env PATH=/nowhere "$loaxa" say --dir "$station" "Bão."
	[ "$status" -eq 1 ]
	[[ $stderr == *"espeak-ng is not installed"*"apt install espeak-ng"* ]]
	say "..."
	[ "$status" -eq 1 ]
	[[ $stderr == *"nothing to read aloud"* ]]
	run --separate-stderr "$loaxa" say - --dir "$station" < <(head -c 20000 /dev/zero | tr '\0' a)
	[ "$status" -eq 1 ]
	[[ $stderr == *"longer than 16 KB"* ]]
	say $'\xff'
	[ "$status" -eq 1 ]
	say "Bão." --out "../x"
	[ "$status" -eq 2 ]
	if command -v espeak-ng >/dev/null; then
		say "Bão." --voice xx-khong-co
		[ "$status" -eq 1 ]
		[[ $stderr == *'no voice "xx-khong-co"'* ]]
	fi
	[ -z "$(ls "$audio")" ]
}

@test "the texts of the sample bulletins are read without a digit or an unknown abbreviation" {
	for text in audio/*.txt; do
		run --separate-stderr "$loaxa" say --dir "$station" --words - <"$text"
		[ "$status" -eq 0 ]
		! grep -E '[0-9]|[[:upper:]]{2}' <<<"$output" || false
	done
}
