# loaxa check: what is wrong in a schedule is said with file and line, in both languages, and never half used.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	dir=$BATS_TEST_TMPDIR/dai
	store=$BATS_TEST_TMPDIR/store
	mkdir -p "$dir"
	cat >"$dir/station.conf" <<-'END'
		station "22363" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh" }
		output "ampli" { sink = "dry-run"   channels = 2 }
		zone "cum-1" { output = "ampli" }
		bulletin "tiep-am" { class = "relay"   relay { source = "alsa:hw:1"   duration = "25m" } }
	END
}

check() { run --separate-stderr "$loaxa" check --store "$store" "$@"; }
vi() { LANGUAGE=vi check "$@"; }
en() { LANGUAGE=en check "$@"; }

# refused FILE LINE CODE WORDS-VI WORDS-EN: exactly one finding, the same in every shape
refused() {
	local place=$dir/$1
	[ "$1" = . ] && place=$dir
	vi "$dir" --json
	[ "$status" -eq 1 ] || { echo "exit $status: $output"; false; }
	[ "${#lines[@]}" -eq 1 ] || { echo "$output"; false; }
	[[ $output == "{\"file\":\"$place\",\"line\":$2,\"severity\":\"error\",\"code\":\"$3\",\"message\":\""*"\"}" ]] ||
		{ echo "$output"; false; }
	[ "$2" -eq 0 ] || place+=:$2
	vi "$dir"
	[ "$status" -eq 1 ]
	[[ $output == "$place: lỗi: "*"$4"* ]] || { echo "$output"; false; }
	[[ $stderr == "$dir: 1 lỗi, 0 cảnh báo — "* ]] || { echo "$stderr"; false; }
	en "$dir"
	[ "$status" -eq 1 ]
	[[ $output == "$place: error: "*"$5"* ]] || { echo "$output"; false; }
	[[ $stderr == "$dir: 1 error, 0 warnings — "* ]] || { echo "$stderr"; false; }
}

@test "a sound schedule: nothing on stdout, exit 0" {
	vi "$dir"
	[ "$status" -eq 0 ] || { echo "$output"; false; }
	[ -z "$output" ]
	[[ $stderr == *"$dir: 0 lỗi, 0 cảnh báo — lịch dùng được" ]]
	en "$dir/" --json
	[ "$status" -eq 0 ]
	[ -z "$output" ]
}

@test "the four samples and the holidays" {
	for d in loc-tho hoa-my-dong tan-hung dien-my; do
		cp -r "schedules/$d" "$BATS_TEST_TMPDIR/$d"
		sed -i "s|audio-dir = .*\"|audio-dir = \"$PWD/audio\"|" "$BATS_TEST_TMPDIR/$d/station.conf"
		cp schedules/ngay-le.conf "$BATS_TEST_TMPDIR/$d/45-ngay-le.conf"
		run --separate-stderr "$loaxa" check "$BATS_TEST_TMPDIR/$d"
		[ "$status" -eq 0 ] || { echo "$output"; false; }
	done
}

@test "wrong use: exit 2, nothing on stdout" {
	for args in "--jsn" "a b" "-x" "--store" "--json=1"; do
		check $args
		[ "$status" -eq 2 ] || { echo "$args: exit $status"; false; }
		[ -z "$output" ]
		[ -n "$stderr" ]
	done
}

@test "DIR is missing, is a file, cannot be read" {
	rm -r "$dir"
	refused . 0 dir-missing "không thấy \"$dir\"" "\"$dir\" is not there"
	touch "$dir"
	refused . 0 dir-missing "không phải thư mục" "is no folder"
	rm "$dir"
	mkdir "$dir"
	refused station.conf 0 no-station "không có mục station" "no section station"
	if [ "$(id -u)" -ne 0 ]; then
		chmod 0 "$dir"
		refused . 0 dir-missing "không đọc được" "cannot be read"
		chmod 755 "$dir"
	fi
}

@test "a file of 10 MB, a folder, a FIFO, a link" {
	head -c 10000000 /dev/zero | tr '\0' '#' >"$dir/x.conf"
	refused x.conf 0 too-big "lớn hơn 1 MiB" "larger than 1 MiB"
	rm "$dir/x.conf"; mkdir "$dir/x.conf"
	refused x.conf 0 not-a-file "đây là thư mục" "this is a folder"
	rmdir "$dir/x.conf"; mkfifo "$dir/x.conf"
	refused x.conf 0 not-a-file "không phải tệp thường" "no plain file"
	rm "$dir/x.conf"; ln -s station.conf "$dir/x.conf"
	refused x.conf 0 unreadable "là liên kết" "is a link"
	rm "$dir/x.conf"; ln -s /dev/zero "$dir/.x.conf"; echo '}' >"$dir/x.conf~"
	check "$dir"
	[ "$status" -eq 0 ]
}

@test "more than 200 files, more than 16 MiB" {
	for i in {1..18}; do yes "# lời chú" | head -c 1000000 | iconv -c -f UTF-8 -t UTF-8 >"$dir/$i.conf"; done
	refused . 0 too-big "16 MiB" "16 MiB"
	rm "$dir"/[0-9]*.conf
	for i in {1..200}; do : >"$dir/$i.conf"; done
	refused . 0 too-many "hơn 200 tệp" "more than 200 files"
}

@test "binary, bad UTF-8, UTF-16; a mark at the beginning and CR at the ends of lines are fine" {
	head -c 3000 "$loaxa" >"$dir/x.conf"
	refused x.conf 1 encoding "không phải tệp văn bản" "no text file"
	printf '# a\n# \xC4\xE1i\n' >"$dir/x.conf"
	refused x.conf 2 encoding "không thuộc UTF-8" "not UTF-8"
	echo 'zone "c" { }' | iconv -t UTF-16 >"$dir/x.conf"
	refused x.conf 1 encoding "UTF-16" "UTF-16"
	printf '\xEF\xBB\xBF# đài\r\nzone "cum-2" {\r\n\toutput = "ampli" # máy\r\n\tchannel = 2\r\n}\r\n' >"$dir/x.conf"
	check "$dir"
	[ "$status" -eq 0 ] || { echo "$output"; false; }
	printf '\xEF\xBB\xBF# đài\r\nzone "cum-2" {\r\n\toutput = "ampli"\r\n\tchanel = 2\r\n\tchannel = 2 }\r\n' >"$dir/x.conf"
	refused x.conf 4 unknown-key "có lẽ là \"channel\"" "\"channel\""
}

@test "cut off inside a section, a missing quote, an unterminated text, 100,000 braces" {
	printf '\nzone "cum-2" { output = "ampli"   channel = 2 }\nguard "dem" {\n\tfrom = "21h"\n\tto = "5' >"$dir/x.conf"
	refused x.conf 5 syntax "thiếu dấu nháy đóng" "no closing quote"
	printf '\nzone "cum-2" { output = "ampli"   channel = 2 }\nguard "dem" {\n\tfrom = "21h"\n\tto = "5h"\n' >"$dir/x.conf"
	refused x.conf 3 not-closed "mở ở đây mà không đóng" "does not end"
	printf 'guard "dem" {\n\tfrom = "21h\n\tto = "5h"\n\taction = "refuse"\n}\n' >"$dir/x.conf"
	refused x.conf 2 syntax "thiếu dấu nháy đóng" "no closing quote"
	printf 'guard "dem" {\n\tfrom = 21h"\n\tto = "5h"\n\taction = "refuse"\n}\n' >"$dir/x.conf"
	refused x.conf 2 syntax "thiếu dấu nháy đóng" "no closing quote"
	{ echo 'zone "a"'; head -c 100000 /dev/zero | tr '\0' '{'; } >"$dir/x.conf"
	refused x.conf 1 not-closed "không đóng" "does not end"
	head -c 100000 /dev/zero | tr '\0' '{' >"$dir/x.conf"
	refused x.conf 1 syntax "không mở được mục" "no section begins"
}

@test "times and dates that do not exist" {
	for t in 24:00 25:61 25h30; do
		echo "session \"sang\" { start = \"$t\"   end = \"6h\"   play = { \"tiep-am\" } }" >"$dir/x.conf"
		refused x.conf 1 bad-time "giờ \"$t\" không có thật — giờ từ 00:00 đến 23:59 — viết lại, ví dụ start = \"5h30\"." \
			"time \"$t\" does not exist — times run 00:00–23:59 — write e.g. start = \"5h30\"."
	done
	echo 'exception "x" { dates = { "30/02/2021" }   skip = { "all" } }' >"$dir/x.conf"
	refused x.conf 1 bad-date 'ngày "30/02/2021" không có thật' 'date "30/02/2021" does not exist'
}

@test "08 is eight" {
	echo 'limit "x" { sessions-per-day = 08 }' >"$dir/x.conf"
	check "$dir"
	[ "$status" -eq 0 ]
	echo 'limit "x" { sessions-per-day = 010101 }' >"$dir/x.conf"
	refused x.conf 1 bad-number 'phải là số nguyên từ 1 đến 100' 'whole number from 1 to 100'
}

@test "environment variables are not read" {
	printf 'zone "cum-2" {\n\tarea = "${HOME}"\n\toutput = "ampli"   channel = 2 }\n' >"$dir/x.conf"
	refused x.conf 2 variable 'không dùng được "${"' '"${" is not allowed'
	printf 'zone "cum-2" {\n\tarea = ${HOME}\n\toutput = "ampli"   channel = 2 }\n' >"$dir/x.conf"
	refused x.conf 2 variable 'không dùng được "${"' '"${" is not allowed'
}

@test "keys: unknown, twice, missing" {
	printf 'bulletin "b" {\n\taudio = "x.opus"\n\taproved-by = "Chủ tịch"\n}\n' >"$dir/x.conf"
	refused x.conf 3 unknown-key 'mục bulletin không có khóa "aproved-by" — có lẽ là "approved-by" (người duyệt) — sửa rồi chạy: loaxa check.' \
		'bulletin has no key "aproved-by" — "approved-by" (who approved it) perhaps — correct it, run loaxa check.'
	printf 'bulletin "b" {\n\taudio = "x.opus"\n\taudio = "y.opus"\n}\n' >"$dir/x.conf"
	refused x.conf 3 duplicate-key 'dòng 2 đã ghi rồi' 'line 2 says it already'
	echo 'guard "dem" { from = "21h"   to = "5h" }' >"$dir/x.conf"
	refused x.conf 1 missing-key 'thiếu khóa "action"' 'lacks "action"'
}

@test "names: twice, across files, unknown" {
	printf '\nzone "cum-1" { output = "ampli"   channel = 2 }\n' >"$dir/x.conf"
	refused x.conf 2 duplicate-name "$dir/station.conf:3 đã dùng" "$dir/station.conf:3 has it already"
	echo 'session "sang" { start = "5h"   end = "6h"   play = { "tiep-an" } }' >"$dir/x.conf"
	refused x.conf 1 unknown-name 'không có bulletin "tiep-an" — có lẽ là "tiep-am"' 'no bulletin "tiep-an" — "tiep-am" perhaps'
	echo 'sesion "sang" { start = "5h"   end = "6h"   play = { "x" } }' >"$dir/x.conf"
	refused x.conf 1 unknown-section 'không có mục "sesion" — có lẽ là "session"' 'no section "sesion" here — "session" perhaps'
}

@test "a channel the output lacks, a channel used twice" {
	printf 'zone "cum-2" {\n\toutput = "ampli"\n\tchannel = 3\n}\n' >"$dir/x.conf"
	refused x.conf 3 channel-missing 'ngõ ra ấy chỉ có 2 kênh' 'that has only 2'
	printf 'zone "cum-2" {\n\toutput = "ampli"\n\tchannel = 1\n}\n' >"$dir/x.conf"
	refused x.conf 3 channel-twice 'cụm loa "cum-1" đã nối kênh ấy' 'zone "cum-1" does already'
}

@test "windows that overlap" {
	printf 'repeat "r" { play = { "tiep-am" }   every = "1h"\n\twithin = { "22h-2h",\n\t"1h-3h" } }\n' >"$dir/x.conf"
	refused x.conf 3 window-overlap 'chồng lên 22:00–02:00' 'overlaps 22:00–02:00'
}

@test "a recording that is not there, with the nearest name; a text that is not there" {
	cp audio/thu-loa.opus "$dir/thu-loa2.opus"
	sed -i 's/Minh" }/Minh"   audio-dir = "." }/' "$dir/station.conf"
	printf 'bulletin "thu" {\n\ttitle = "Thử"   class = "test"\n\taudio = { "thu-loa.opus" } }\n' >"$dir/x.conf"
	refused x.conf 3 audio-missing 'không thấy tệp "thu-loa.opus"' '"thu-loa.opus"'
	[[ $output == *thu-loa2.opus* ]]
	printf 'bulletin "thu" { class = "test"   audio = "thu-loa2.opus"\n\ttext = "thu-loa.txt" }\n' >"$dir/x.conf"
	vi "$dir"
	[ "$status" -eq 0 ]
	[[ $output == "$dir/x.conf:1: cảnh báo: không thấy tệp lời văn \"thu-loa.txt\""* ]] || { echo "$output"; false; }
	touch "$dir/thu-loa.txt"
	vi "$dir"
	[ "$status" -eq 0 ]
	[ -z "$output" ] || { echo "$output"; false; }
}

@test "what a file holds cannot repaint the terminal" {
	printf 'guard "dem" { from = "\x1b[31m"   to = "5h"   action = "warn" }\n' >"$dir/x.conf"
	refused x.conf 1 bad-time 'giờ "\x1b[31m" không có thật' 'time "\x1b[31m" does not exist'
	printf 'limit "dem" { sessions-per-day = 1 \xC2\x9B31m = 2 }\n' >"$dir/x.conf"
	refused x.conf 1 unknown-key '"\x9b31m"' '"\x9b31m"'
}

@test "all errors of all files at once, in order of file and line" {
	printf 'limit "a" { }\nlimit "b" { days = "T9" }\n' >"$dir/10.conf"
	printf 'zone "cum-2" { output = "ampli"   channel = "hai"   volume = 200 }\nzone "cum-3" {' >"$dir/20.conf"
	printf 'no = "section"\n' >"$dir/30.conf"
	vi "$dir" --json
	[ "$status" -eq 1 ]
	places=$(sed -E 's|.*/([0-9]+).conf","line":([0-9]+).*"code":"([a-z-]+)".*|\1:\2:\3|' <<<"$output" | tr '\n' ' ')
	[ "$places" = "10:1:missing-key 10:2:bad-days 10:2:missing-key 20:1:bad-number 20:1:bad-number 20:2:not-closed 30:1:syntax " ] ||
		{ echo "$places"; false; }
	[[ $stderr == "$dir: 7 lỗi, 0 cảnh báo — lịch chưa dùng được" ]]
}

@test "the lists of keys and codes" {
	run "$loaxa" help --keys
	[ "$status" -eq 0 ]
	[ "$(cut -d. -f1 <<<"$output" | sort -u | wc -l)" -eq 15 ]
	grep -q '^bulletin.approved-by  *người duyệt' <<<"$output"
	run "$loaxa" help --codes
	[ "$status" -eq 0 ]
	grep -q '^unknown-key  *lỗi  ' <<<"$output"
}
