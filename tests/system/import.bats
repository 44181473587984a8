# loaxa import: recordings from a stick into the audio directory: safe names, nothing overwritten, whole or not at all.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station stick=$BATS_TEST_TMPDIR/stick audio=$station/audio
	export LANGUAGE=en
	mkdir -p "$audio" "$stick"
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "audio" }
		output "ra" { sink = "dry-run" }
		zone "a" { name = "Cụm A"   output = "ra" }
	CONF
}

import() {
	run --separate-stderr "$loaxa" import --dir "$station" "$@"
}

tone() {
	sox -q -n -r 22050 -b 16 "$1" synth "${2:-1}" sine "${3:-440}" vol "${4:-0.2}" pad "${5:-0}" "${6:-0}"
}

kept() {
	(cd "$audio" && find . -mindepth 1 | sort | tr '\n' ' ')
}

@test "a recording gets a safe name, its text goes along, and the section to paste passes check" {
	tone "$stick/Thông báo LŨ_lụt (2).WAV"
	printf '\xef\xbb\xbfKính thưa bà con.\r\n' >"$stick/Thông báo LŨ_lụt (2).txt"
	import "$stick/Thông báo LŨ_lụt (2).WAV"
	[ "$status" -eq 0 ]
	[ "$(kept)" = "./thong-bao-lu-lut-2.txt ./thong-bao-lu-lut-2.wav " ]
	cmp "$stick/Thông báo LŨ_lụt (2).WAV" "$audio/thong-bao-lu-lut-2.wav"
	[ "$(cat "$audio/thong-bao-lu-lut-2.txt")" = "Kính thưa bà con." ]
	[[ $output == *"Taken in: thong-bao-lu-lut-2.wav (0:01), with its text: thong-bao-lu-lut-2.txt"* ]]
	[[ $output == *"loaxa letter"* ]]
	sed -n '/^bulletin/,/^}/p' <<<"$output" >>"$station/station.conf"
	grep -q 'title = "Thông báo LŨ lụt (2)"' "$station/station.conf"
	run "$loaxa" check "$station" --store "$BATS_TEST_TMPDIR/store"
	[ "$status" -eq 0 ]
}

@test "the same content is not copied again, and the file that has it is named" {
	tone "$stick/a.wav"
	import "$stick/a.wav"
	cp "$stick/a.wav" "$stick/b.wav"
	mkdir "$audio/sau"
	mv "$audio/a.wav" "$audio/sau/xua.wav"
	import "$stick/b.wav"
	[ "$status" -eq 0 ]
	[[ $output == *"Is there already: sau/xua.wav"* ]]
	[ "$(kept)" = "./sau ./sau/xua.wav " ]
}

@test "a text that a power cut left alone finds its recording again" {
	tone "$stick/bao.wav"
	echo "Bão." | tee "$stick/bao.txt" >"$audio/bao.txt"
	import "$stick/bao.wav"
	[ "$status" -eq 0 ]
	[ "$(kept)" = "./bao.txt ./bao.wav " ]
}

@test "nothing is overwritten: the next free number, or a refusal where a name was asked for" {
	tone "$stick/bao.wav"
	echo cu >"$audio/bao.txt"
	import "$stick/bao.wav"
	[ "$status" -eq 0 ]
	[[ $output == *"Taken in: bao-2.wav"*"The name bao was taken"* ]]
	tone "$stick/khac.wav" 1 550
	import "$stick/khac.wav" --name bao-2
	[ "$status" -eq 1 ]
	[[ $stderr == *"the name bao-2 is taken"* ]]
	[ "$(kept)" = "./bao-2.wav ./bao.txt " ]
	import "$stick/khac.wav" --name ../khac
	[ "$status" -eq 2 ]
	[ "$(cat "$audio/bao.txt")" = cu ]
}

@test "what the recording is like: soft, clipped, silent, with silence around it" {
	tone "$stick/nho.wav" 2 440 0.008
	import "$stick/nho.wav"
	[[ $output == *"very soft"* ]]
	sox -q -n -r 22050 -b 16 "$stick/vo.wav" synth 2 sine 440 gain 6 2>/dev/null
	import "$stick/vo.wav"
	[[ $output == *"Clipping: in "*" places, first at 0:00"* ]]
	sox -q -n -r 22050 -b 16 "$stick/cam.wav" trim 0 2
	import "$stick/cam.wav"
	[ "$status" -eq 0 ]
	[[ $output == *"SILENT from beginning to end"* ]]
	tone "$stick/lang.wav" 2 440 0.2 2 3
	import "$stick/lang.wav"
	[[ $output == *"Silence: 2.0 s before, 3.0 s after"*"--trim"* ]]
	[[ $output == *"Clipping: none"* ]]
	sox -q "$stick/lang.wav" "$stick/lang.wav" "$stick/giua.wav"
	import "$stick/giua.wav"
	[[ $output == *"silence of 5.0 s at 0:04"* ]]
}

@test "trimmed: a breath stays before and after, what lies between is the same to the sample" {
	tone "$stick/lang.wav" 2 440 0.2 2 3
	import "$stick/lang.wav" --trim
	[ "$status" -eq 0 ]
	[[ $output == *"2.0 s before and 3.0 s after, cut off"* ]]
	[ "$(kept)" = "./lang.flac " ]
	[ "$(soxi -s "$audio/lang.flac")" -eq $((22050 * 27 / 10)) ]
	sox "$stick/lang.wav" -t raw - trim 2 2 | md5sum >"$BATS_TEST_TMPDIR/want"
	sox "$audio/lang.flac" -t raw - trim 0.2 2 | md5sum >"$BATS_TEST_TMPDIR/got"
	cmp "$BATS_TEST_TMPDIR/want" "$BATS_TEST_TMPDIR/got"
	import "$stick/lang.wav" --trim
	[[ $output == *"Is there already: lang.flac"* ]]
	tone "$stick/ngan.wav"
	import "$stick/ngan.wav" --trim
	[ -e "$audio/ngan.wav" ]
}

@test "a telephone's recording is kept as FLAC, that airing it needs no ffmpeg" {
	command -v ffmpeg >/dev/null || skip "no ffmpeg"
	tone "$stick/goc.wav" 2
	ffmpeg -v error -i "$stick/goc.wav" "$stick/Ghi âm 001.m4a"
	ffmpeg -v error -i "$stick/goc.wav" -t 1.5 -f 3gp -c:a aac "$stick/x.3gp"
	ffmpeg -v error -i "$stick/goc.wav" -t 1 -f adts "$stick/y.aac"
	{
		printf '#!AMR\n'
		for i in {1..50}; do printf '\x3c0123456789012345678901234567890'; done
	} >"$stick/z.amr"
	import "$stick/Ghi âm 001.m4a" "$stick/x.3gp" "$stick/y.aac" "$stick/z.amr"
	[ "$status" -eq 0 ]
	[ "$(kept)" = "./ghi-am-001.flac ./x.flac ./y.flac ./z.flac " ]
	[ "$(head -c 4 "$audio/ghi-am-001.flac")" = fLaC ]
	import "$stick/Ghi âm 001.m4a"
	[[ $output == *"Is there already: ghi-am-001.flac"* ]]
	rm "$audio/x.flac"
	run --separate-stderr env PATH=/nowhere "$loaxa" import --dir "$station" "$stick/x.3gp"
	[ "$status" -eq 1 ]
	[[ $stderr == *"apt install ffmpeg"* ]]
}

@test "what is no recording is refused with its reason, and leaves nothing behind" {
	mkfifo "$stick/ong.wav"
	: >"$stick/trong.wav"
	truncate -s 2G "$stick/to.wav"
	truncate -s 900M "$stick/rong.wav"
	cp "$loaxa" "$stick/phim.mp3"
	tone "$stick/cut.wav" 5
	truncate -s 100000 "$stick/cut.wav"
	local bad
	for bad in ong trong to rong phim.mp3 cut khong-co; do
		[[ $bad == *.mp3 ]] || bad=$bad.wav
		import "$stick/$bad"
		[ "$status" -eq 1 ]
		[[ $stderr == "Not taken in: "*"$bad"*" — "* ]]
		[ -z "$(kept)" ]
	done
	import /dev/zero
	[ "$status" -eq 1 ]
	[ -z "$(kept)" ]
}

@test "several files: the good ones are taken in, the bad ones told" {
	tone "$stick/mot.wav"
	tone "$stick/hai.wav" 1 550
	echo chu >"$stick/chu.mp3"
	import "$stick/mot.wav" "$stick/chu.mp3" "$stick/hai.wav"
	[ "$status" -eq 1 ]
	[ "$(kept)" = "./hai.wav ./mot.wav " ]
	[[ $stderr == *chu.mp3* ]]
}

@test "a text that is none stays out, the recording comes in" {
	tone "$stick/a.wav"
	printf 'Ba\xdeo\n' >"$stick/a.txt"
	import "$stick/a.wav"
	[ "$status" -eq 0 ]
	[ "$(kept)" = "./a.wav " ]
	[[ $output == *"The text beside it was not taken"*UTF-8* ]]
}

@test "an audio folder that may not be written to says so" {
	tone "$stick/a.wav"
	chmod a-w "$audio"
	[ ! -w "$audio" ] || skip "nothing is forbidden to root"
	import "$stick/a.wav"
	[ "$status" -eq 1 ]
	[[ $stderr == *"may not write there"* ]]
}

@test "a stick: the recordings, the newest first, and what was picked is taken in" {
	mkdir -p "$stick/Ghi âm/2021" "$stick/System Volume Information" "$stick/.Trashes"
	tone "$stick/cu.wav"
	tone "$stick/Ghi âm/2021/Bản tin.wav" 1 550
	echo "Lời." >"$stick/Ghi âm/2021/Bản tin.txt"
	tone "$stick/.Trashes/xoa.wav"
	touch -d "2021-07-12 08:00" "$stick/cu.wav"
	touch -d "2021-07-13 16:02" "$stick/Ghi âm/2021/Bản tin.wav"
	echo >"$stick/thu.doc"
	TZ=UTC import "$stick" <<<"1"
	[ "$status" -eq 0 ]
	[[ $output == *": recordings 2, other files 2, folders 4"* ]]
	[[ $output == *"  1  13/07/2021 16:02   43.2 KB  Ghi âm/2021/Bản tin.wav"*"  2  12/07/2021 08:00"*"cu.wav"* ]]
	[ "$(kept)" = "./ban-tin.txt ./ban-tin.wav " ]
	import "$stick" <<<"1, 2"
	[[ $output == *"Is there already: ban-tin.wav"*"Taken in: cu.wav"* ]]
	echo 2 >"$BATS_TEST_TMPDIR/answers"
	import "$stick" --answers "$BATS_TEST_TMPDIR/answers" --name khac </dev/null
	[[ $output == *"Is there already: cu.wav"* ]]
}

@test "a stick is listed without taking anything: Enter, q, the end of the input" {
	tone "$stick/a.wav"
	for answer in "" q; do
		import "$stick" <<<"$answer"
		[ "$status" -eq 0 ]
		[[ $output == *"recordings 1"*"a.wav"*"Nothing was taken in."* ]]
	done
	import "$stick" </dev/null
	[ "$status" -eq 0 ]
	[ -z "$(kept)" ]
	import "$stick" < <(printf '7\nx\n1\n')
	[[ $output == *"numbers of the list are 1 to 1"* ]]
	[ "$(kept)" = "./a.wav " ]
}

@test "a stick of odd things: each with its reason, none of them opened" {
	echo '[viet-tat]' >"$BATS_TEST_TMPDIR/mat.wav"
	mkfifo "$stick/ong.wav"
	python3 -c 'import socket, sys; socket.socket(socket.AF_UNIX).bind(sys.argv[1])' "$stick/o cam" 2>/dev/null || true
	ln -s "$BATS_TEST_TMPDIR/mat.wav" "$stick/ra-ngoai.wav"
	ln -s / "$stick/goc"
	truncate -s 2G "$stick/to.mp3"
	: >"$stick/trong.ogg"
	echo "<html>" >"$stick/gia.mp3"
	tone "$stick/$(printf 'Ba\xdeo lo\xf2n.wav')"
	tone "$stick/$(printf 'Ba\xcc\x83o NFD.wav')" 1 550
	tone "$stick/$(printf 'x\x1b[31my.wav')" 1 660
	import "$stick" <<<"1 2 3"
	[ "$status" -eq 0 ]
	[[ $output == *": recordings 3"* ]]
	[[ $output == *"not usable: gia.mp3 — no recording inside"*"not usable: goc — a link"*"not usable: ong.wav — a pipe"* ]]
	[[ $output == *"not usable: ra-ngoai.wav — a link"*"not usable: to.mp3 — larger than 1 GB"*"not usable: trong.ogg — empty"* ]]
	[[ $output != *$'\x1b'* ]]
	[ "$(kept)" = "./bao-lon.wav ./bao-nfd.wav ./x-31my.wav " ]
	[[ $output == *'title = "Bão lọn"'* ]]
}

@test "a stick of ten thousand folders is looked at as far as it goes, and says so" {
	mkdir "$stick/nhieu"
	(cd "$stick/nhieu" && seq 1 10000 | xargs mkdir)
	tone "$stick/tren.wav"
	mkdir -p "$stick/$(printf 'sau/%.0s' {1..60})"
	import "$stick" <<<"1"
	[ "$status" -eq 0 ]
	[[ $output == *": recordings 1, other files 0, folders "*"There is more than was looked at"* ]]
	[ "$(kept)" = "./tren.wav " ]
}

@test "a stick that goes away in the middle, or was never there" {
	tone "$stick/a.wav"
	mkfifo "$BATS_TEST_TMPDIR/answers"
	exec 9<>"$BATS_TEST_TMPDIR/answers" # so that neither end waits for the other
	"$loaxa" import --dir "$station" "$stick" --answers "$BATS_TEST_TMPDIR/answers" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	. "$BATS_TEST_DIRNAME/near-station.bash"
	eventually grep -q "Which ones" "$BATS_TEST_TMPDIR/out"
	rm -r "$stick"
	echo 1 >&9
	local code=0
	wait $! || code=$?
	[ "$code" -eq 1 ]
	exec 9>&-
	grep -F '"a.wav" is no longer there' "$BATS_TEST_TMPDIR/out"
	[ -z "$(kept)" ]
	import "$stick"
	[ "$status" -eq 1 ]
	[[ $stderr == *"cannot be read"* ]]
}

# Whenever it comes, a kill leaves nothing, or all.
@test "killed at any moment: nothing is there, or both sound and text" {
	tone "$stick/dai.wav" 20
	echo "Lời." >"$stick/dai.txt"
	local i
	for i in 001 002 004 006 008 010 015 020 025 030 040 050 070 100 150; do
		timeout -s KILL "0.$i" "$loaxa" import --dir "$station" "$stick/dai.wav" >/dev/null 2>&1 || true
		[[ "$(kept)" = "" || "$(kept)" = "./dai.txt " || "$(kept)" = "./dai.txt ./dai.wav " ]]
		rm -f "$audio"/*
	done
}

@test "spoilt recordings: taken in or refused with a reason, nothing half done, nothing hangs" {
	sox -q -n -r 44100 -b 16 "$stick/a.wav" synth 1 sine 300 tremolo 3 60 vol 0.3
	sox "$stick/a.wav" "$stick/a.flac"
	sox "$stick/a.wav" "$stick/a.ogg"
	opusenc --quiet "$stick/a.wav" "$stick/a.opus"
	local i kind size good=0
	for i in {1..12}; do
		for kind in wav flac ogg opus; do
			size=$(stat -c %s "$stick/a.$kind")
			cp "$stick/a.$kind" "$stick/x.$kind"
			[ $((i % 3)) -gt 0 ] || truncate -s $((size * i / 13)) "$stick/x.$kind"
			printf '\xFF%.0s' {1..7} | dd of="$stick/x.$kind" bs=1 seek=$((size * i / 14)) conv=notrunc status=none
			[ $((i % 2)) -gt 0 ] || printf '\x7F\x80' | dd of="$stick/x.$kind" bs=1 seek=$((i * 2)) conv=notrunc status=none
			import --trim "$stick/x.$kind"
			[ "$status" -le 1 ]
			[ "$status" -eq 0 ] || [[ -z "$(kept)" && $stderr == "Not taken in: "*" — "* ]]
			[ "$status" -gt 0 ] || good=$((good + 1))
			rm -f "$audio"/*
		done
	done
	[ "$good" -gt 0 ]
	[ "$good" -lt 48 ]
}

# A program beside a copy of ours does something to the stick while the recording is looked at.
meddle() {
	mkdir -p "$BATS_TEST_TMPDIR/bin"
	cp "$loaxa" "$BATS_TEST_TMPDIR/bin/"
	printf '#!/bin/bash\n"%s" "$@"\n%s\n' "$(realpath "${loaxa}-prepare")" "$1" >"$BATS_TEST_TMPDIR/bin/loaxa-prepare"
	chmod +x "$BATS_TEST_TMPDIR/bin/loaxa-prepare"
	run --separate-stderr "$BATS_TEST_TMPDIR/bin/loaxa" import --dir "$station" "$stick/a.wav"
}

@test "what changes, shrinks or vanishes while it is read" {
	tone "$stick/a.wav" 2
	meddle "echo x >>'$stick/a.wav'"
	[ "$status" -eq 1 ]
	[[ $stderr == *"was changed while it was being read"* ]]
	[ -z "$(kept)" ]
	tone "$stick/a.wav" 2
	meddle "truncate -s 1000 '$stick/a.wav'"
	[ "$status" -eq 1 ]
	[ -z "$(kept)" ]
	tone "$stick/a.wav" 2
	meddle "rm '$stick/a.wav'" # it is open: all of it can still be read
	[ "$status" -eq 0 ]
	[ "$(kept)" = "./a.wav " ]
}

@test "a program that answers nonsense, or nothing, is not believed" {
	tone "$stick/a.wav"
	local answer
	for answer in "" "{}" '{"state":"ready","look":{"kind":"exe"}}' "$(printf '%.0sx' {1..9000})"; do
		mkdir -p "$BATS_TEST_TMPDIR/bin"
		cp "$loaxa" "$BATS_TEST_TMPDIR/bin/"
		printf '#!/bin/bash\necho %q\n' "$answer" >"$BATS_TEST_TMPDIR/bin/loaxa-prepare"
		chmod +x "$BATS_TEST_TMPDIR/bin/loaxa-prepare"
		run --separate-stderr "$BATS_TEST_TMPDIR/bin/loaxa" import --dir "$station" "$stick/a.wav"
		[ "$status" -eq 1 ]
		[[ $stderr == "Not taken in: "* ]]
		[ -z "$(kept)" ]
	done
}

@test "a full disk leaves nothing behind" {
	unshare -rm true 2>/dev/null || skip "no file system can be mounted here"
	tone "$stick/a.wav" 20
	run unshare -rm bash -c 'mount -t tmpfs -o size=200k none "$1" && "$2" import --dir "$3" "$4"; code=$?; ls -A "$1"; exit $code' - \
		"$audio" "$loaxa" "$station" "$stick/a.wav"
	[ "$status" -eq 1 ]
	[[ $output == *"cannot be kept in"*"make room"* ]]
	[[ $output != *wav$'\n'* ]]
}
