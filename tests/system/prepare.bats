#!/usr/bin/env bats
# loaxa-prepare and real files: every format that can be made here, whole, cut and damaged; and what check says of them.

setup_file() {
	export made=$BATS_FILE_TMPDIR
	tools=$(realpath "${BUILD:-build}")
	(cd "$made" && make_recordings)
}

make_recordings() {
	wav_maker=none
	command -v ffmpeg >/dev/null && wav_maker=ffmpeg
	command -v sox >/dev/null && wav_maker=sox
	# 12 s of tones that swell: what speech is to a meter, without a voice to install
	case $wav_maker in
	sox) sox -R -n -r 44100 -b 16 whole.wav synth 12 sine 300 tremolo 3 60 vol 0.3 2>/dev/null ;;
	ffmpeg) ffmpeg -nostdin -v error -f lavfi -i "sine=300:duration=12:sample_rate=44100,tremolo=3:0.6" whole.wav ;;
	*) {
		printf 'RIFF\x84\x26\x10\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x44\xac\0\0\x88\x58\x01\0\x02\0\x10\0data\x60\x26\x10\0'
		high=$(printf '\\x00\\x10%.0s' {1..100}) low=$(printf '\\x00\\xf0%.0s' {1..100})
		for _ in {1..2646}; do printf "$high$low"; done
	} >whole.wav ;;
	esac
	if command -v ffmpeg >/dev/null; then
		for to in flac ogg mp3 m4a aac; do ffmpeg -nostdin -v error -i whole.wav "whole.$to"; done
		ffmpeg -nostdin -v error -i whole.wav -c:a libmp3lame -q:a 5 -write_xing 0 no-xing.mp3
		ffmpeg -nostdin -v error -i whole.wav -f flac - >pipe.flac
	elif command -v sox >/dev/null; then
		for to in flac ogg; do sox whole.wav "whole.$to"; done
	fi
	command -v opusenc >/dev/null && opusenc --quiet whole.wav whole.opus
	# these need nothing but the tree itself
	cp "$BATS_TEST_DIRNAME/../../audio/thu-loa.opus" sample.opus
	tail -c +45 whole.wav | "$tools/loaxa-prepare" --encode own.flac --rate 44100 --channels 1
}

setup() {
	BUILD=$(realpath "${BUILD:-build}")
	dir=$(mktemp -d)
	cd "$dir" || return 1
	export LANGUAGE=vi
	unset LC_ALL LANG
}

teardown() {
	rm -rf "$dir"
}

prepare() {
	"$BUILD/loaxa-prepare" --store "$dir/store" "$@"
}

# field FILE... : what `jq` finds in the one line that FILE gives
field() {
	prepare "$2" | jq -r "$1"
}

# cut PART FILE : the first PART percent of the bytes
cut() {
	head -c $(($(stat -c %s "$2") * $1 / 100)) "$2"
}

# damaged FILE : twenty bytes in its middle are other ones
damaged() {
	local size i at
	cp "$1" damaged
	size=$(stat -c %s damaged)
	for i in $(seq 20); do
		at=$((size / 4 + i * size / 45))
		printf '\xA5\x5A' | dd of=damaged bs=1 seek="$at" conv=notrunc status=none
	done
	mv damaged "damaged.${1##*.}"
}

@test "prepare: every format gives the whole sound at its level" {
	for f in "$made"/whole.* "$made"/own.flac "$made"/pipe.flac "$made"/no-xing.mp3; do
		[ -e "$f" ] || continue
		case $f in *.m4a | *.aac) command -v ffmpeg >/dev/null || continue ;; esac
		run prepare "$f"
		[ "$status" -eq 0 ]
		[ "$(jq -r .state <<<"$output")" = ready ] || { echo "$output"; false; }
		frames=$(jq .rates[0].frames <<<"$output")
		# 12 s; MP3 and AAC without a word about their padding have some of it
		[ "$frames" -ge 576000 ] && [ "$frames" -le 582000 ] || { echo "$f: $frames"; false; }
		jq -e '.rates[0].lufs > -16.5 and .rates[0].lufs < -15.5 and .rates[0].peak_dbtp <= -1' <<<"$output"
		case $f in
		*.wav | *.flac | *.opus | *.ogg) [ "$frames" -eq 576000 ] || { echo "$f: $frames"; false; } ;;
		esac
	done
}

@test "prepare: the meter of ffmpeg shows -16 LUFS and no peak above -1" {
	command -v ffmpeg >/dev/null || skip "no ffmpeg"
	prepare "$made/whole.wav" >line
	pcm=$(echo store/*/*.pcm)
	shown=$(ffmpeg -nostdin -hide_banner -f s16le -ar 48000 -ac 1 -i "$pcm" -af ebur128=peak=true -f null - 2>&1 | sed -n '/Summary/,$p')
	[[ $shown =~ I:[[:space:]]+(-1[56]\.[0-9]) ]]
	awk -v i="${BASH_REMATCH[1]}" 'BEGIN { exit !(i >= -16.5 && i <= -15.5) }'
	[[ $shown =~ Peak:[[:space:]]+(-[0-9.]+) ]]
	awk -v p="${BASH_REMATCH[1]}" 'BEGIN { exit !(p <= -1) }'
}

@test "prepare: cut files are found to be cut" {
	for f in "$made"/whole.* "$made"/own.flac "$made"/sample.opus "$made"/pipe.flac "$made"/no-xing.mp3; do
		[ -e "$f" ] || continue
		cut 60 "$f" >"cut.${f##*.}"
		run prepare "cut.${f##*.}"
		[ "$(jq -r '.state + " " + .code' <<<"$output")" = "corrupt cut" ] || { echo "$f: $output"; false; }
		[[ $(jq -r .why <<<"$output") == *"bị cụt"* ]]
	done
}

@test "prepare: flipped bytes are found where the format can tell" {
	for f in "$made"/whole.{flac,ogg,opus,mp3,m4a} "$made"/own.flac "$made"/sample.opus; do
		[ -e "$f" ] || continue
		damaged "$f"
		run prepare "damaged.${f##*.}"
		[ "$(jq -r .state <<<"$output")" = corrupt ] || { echo "$f: $output"; false; }
	done
}

@test "prepare: what is no recording gets its own word" {
	: >empty.opus
	echo "xin chào bà con" >text.opus
	mkfifo pipe.opus
	mkdir folder.opus
	printf '#EXTM3U\nfile:///etc/passwd\n' >list.mp3
	{ printf 'RIFF\xff\xff\0\0WAVEfmt \x10\0\0\0\x01\0\xe8\x03\x80\xbb\0\0\0\0\0\0\xd0\x07\x10\0data\xa0\x0f\0\0'; head -c 4000 /dev/zero; } >many.wav
	head -c 200 /bin/sh >program.mp3
	run prepare empty.opus text.opus pipe.opus folder.opus list.mp3 many.wav program.mp3 gone.opus
	[ "$status" -eq 0 ]
	[ "$(jq -r '.file + " " + .state + " " + .code' <<<"$output" | sort)" = "$(sort <<-'WANT'
		empty.opus corrupt empty
		text.opus corrupt not-sound
		pipe.opus corrupt not-a-file
		folder.opus corrupt not-a-file
		list.mp3 corrupt not-sound
		many.wav corrupt channels
		program.mp3 corrupt not-sound
		gone.opus missing not-found
		WANT
	)" ]
	[ -z "$(find store -name '*.pcm' -o -name 'tmp-*')" ]
}

@test "prepare: without ffmpeg telephones' files say what they need" {
	[ -e "$made/whole.m4a" ] || skip "no ffmpeg to make one"
	PATH=/nonexistent run prepare "$made/whole.m4a"
	PATH=/usr/bin:/bin
	[ "$(jq -r .code <<<"$output")" = needs-ffmpeg ]
	[[ $output == *"cần ffmpeg"* ]]
	run prepare "$made/whole.m4a" # installed meanwhile
	[ "$(jq -r .state <<<"$output")" = ready ]
}

@test "prepare: the same bytes every time, and nothing done twice" {
	prepare "$made/whole.wav" >first
	"$BUILD/loaxa-prepare" --store other --jobs 1 "$made/whole.wav" >second
	[ "$(jq -r .rates[0].pcm_sha256 first)" = "$(jq -r .rates[0].pcm_sha256 second)" ]
	[ "$(sha256sum <"$(echo store/*/*.pcm)")" = "$(jq -r .rates[0].pcm_sha256 first)  -" ]
	[ "$(sha256sum <"$made/whole.wav")" = "$(jq -r .sha256 first)  -" ]
	[ "$(field .fresh "$made/whole.wav")" = false ]
	cp "$made/whole.wav" copy.wav
	[ "$(field .fresh copy.wav)" = false ] # another file, the same sound
	printf x >>copy.wav
	[ "$(field .fresh copy.wav)" = true ]
}

@test "prepare: several rates, exact frames" {
	run prepare --rates 48000,44100,8000 "$made/whole.wav"
	[ "$(jq -c '[.rates[] | [.rate, .frames]]' <<<"$output")" = '[[48000,576000],[44100,529200],[8000,96000]]' ]
	for r in 48000 44100 8000; do
		[ "$(stat -c %s store/*/*-$r-v*.pcm)" -eq $((r * 12 * 2)) ]
	done
}

@test "prepare: for horns what lies below goes, and nothing else changes" {
	# half of the sound is a hum at 60 Hz, half a tone at 1000
	sox -R -n -r 48000 -b 16 hum.wav synth 4 sine 60 vol 0.2
	sox -R -n -r 48000 -b 16 tone.wav synth 4 sine 1000 vol 0.2
	run prepare --rates 48000,48000h200 hum.wav tone.wav
	[ "$status" -eq 0 ]
	[ "$(jq -c '[.rates[] | [.rate, .high_pass, .frames]]' <<<"$output" | sort -u)" = '[[48000,0,192000],[48000,200,192000]]' ]
	jq -se 'sort_by(.n) | .[0].rates as $hum | .[1].rates as $tone
		| $hum[0].source_lufs - $hum[1].source_lufs > 30
		and (($tone[0].source_lufs - $tone[1].source_lufs) | fabs) < 0.1
		and ([$tone[].lufs | . > -16.5 and . < -15.5] | all)
		and $tone[0].pcm_sha256 != $tone[1].pcm_sha256' <<<"$output"
	[ "$(find store -name '*-48000h200-v*.pcm' | wc -l)" -eq 2 ]
	run prepare --rates 48000h79 tone.wav
	[ "$status" -eq 2 ]
}

@test "prepare: the manual draws the filter that there is" {
	cmp <("$BUILD/tests/system/draw-high-pass") "$BATS_TEST_DIRNAME/../../src/man/high-pass.svg"
}

# telephone LETTER : a file that only ffmpeg reads, and in which false-ffmpeg finds what to do
telephone() {
	printf '\0\0\0\x10ftyp%sxxxxxxx\0\0\0\x08moov' "$1" >"$1.m4a"
}

@test "prepare: a decoder that a file has taken over comes to nothing" {
	nm "$BUILD/loaxa-prepare" | grep -qE '__(asan|tsan)_init' && skip "sanitizers need what the cage refuses"
	cage=$(prepare --cage)
	[[ $cage =~ ^\{\"landlock\":[0-9]+,\"seccomp\":(true|false)\}$ ]]
	mkdir bin
	cp "$BUILD/tests/system/false-ffmpeg" bin/ffmpeg
	for what in good turns half crash; do telephone ${what:0:1}; done
	PATH=$dir/bin:$PATH run prepare --jobs 4 g.m4a t.m4a h.m4a c.m4a "$made/whole.wav"
	[ "$status" -eq 0 ]
	[ "$(jq -r '.file + " " + .state + " " + .code' <<<"$output" | sed 's|.*/||' | sort | tr '\n' ',')" = \
		"c.m4a corrupt not-sound,g.m4a ready none,h.m4a corrupt crashed,t.m4a corrupt crashed,whole.wav ready none," ]
	[[ $(jq -r 'select(.file == "t.m4a").why' <<<"$output") == *"không giải mã được"* ]]
	[ -z "$(find store -name 'tmp-*')" ]
	jq -e '.seccomp and .landlock > 0' <<<"$cage" || skip "this kernel has no Landlock or no seccomp: $cage"
	telephone o
	[ "$(PATH=$dir/bin:$PATH field .state o.m4a)" = ready ]
	telephone m
	[ "$(PATH=$dir/bin:$PATH field .state m.m4a)" = ready ]
}

@test "prepare: a store that cannot be written still tells the facts" {
	run "$BUILD/loaxa-prepare" --store /proc/nowhere "$made/whole.wav"
	[ "$status" -eq 0 ]
	[ "$(jq -r '.state, .stored, .rates[0].frames' <<<"$output" | tr '\n' ' ')" = "ready false 576000 " ]
}

@test "prepare: encodes a pipe to FLAC" {
	head -c 960000 /dev/zero | "$BUILD/loaxa-prepare" --encode out.flac --rate 48000 --channels 2
	[ "$(head -c 4 out.flac)" = fLaC ]
	[ ! -e out.flac.part ]
	[ "$(field .rates[0].frames out.flac)" -eq 240000 ]
	run "$BUILD/loaxa-prepare" --encode none.flac --rate 48000 --channels 2 </dev/null
	[ "$status" -eq 1 ]
	[ ! -e none.flac ]
	run "$BUILD/loaxa-prepare" --encode /proc/nowhere/out.flac --rate 48000 --channels 2 <out.flac
	[ "$status" -eq 1 ]
}

@test "prepare: a wrong call is told how to call it" {
	for call in "" "--rates 1 x" "--rates x x" "--jobs 0 x" "--encode x --rate 1" "--encode x --rate 48000 --channels 9" \
		"--no-such-option"; do
		# shellcheck disable=SC2086
		run "$BUILD/loaxa-prepare" --store "$dir/store" $call </dev/null
		[ "$status" -eq 2 ] || { echo "$call: $status"; false; }
		[[ $output == *"cách dùng: loaxa-prepare"* ]]
	done
}

@test "prepare: runs with its standard descriptors closed" {
	"$BUILD/loaxa-prepare" --store store "$made/whole.wav" <&- 2>&- >line
	[ "$(jq -r .state line)" = ready ]
}

@test "prepare: check says of each recording what is wrong with it" {
	mkdir -p station/audio
	cp "$made/sample.opus" station/audio/bluezone-cai-dat2.opus
	cp "$made/sample.opus" station/audio/good.opus
	cut 60 "$made/sample.opus" >station/audio/cut.opus
	ln -s /etc/passwd station/audio/out.opus
	mkfifo station/audio/pipe.opus
	cat >station/s.conf <<-'CONF'
		station "22363" { name = "Thử" timezone = "Asia/Ho_Chi_Minh" audio-dir = "audio" }
		output "a" { sink = "dry-run" rate = 48000 channels = 1 }
		zone "c" { name = "Cụm 1" output = "a" channel = 1 }
		bulletin "b1" { title = "1" until = "1/1/2024" audio = { "bluezone-cai-dat.opus" } }
		bulletin "b2" { title = "2" until = "1/1/2024" audio = { "cut.opus" } }
		bulletin "b3" { title = "3" until = "1/1/2024" audio = { "out.opus" } }
		bulletin "b4" { title = "4" until = "1/1/2024" audio = { "pipe.opus" } }
		bulletin "b5" { title = "5" until = "1/1/2024" audio = { "good.opus" } }
		session "s" { start = "5h30" end = "6h30" play = { "b1", "b2", "b3", "b4", "b5" } }
	CONF
	run "$BUILD/loaxa" check station --store store
	[ "$status" -eq 1 ]
	[[ $output == *'s.conf:4: lỗi: không thấy tệp "bluezone-cai-dat.opus" — đã tìm trong station/audio; gần giống: "bluezone-cai-dat2.opus"'* ]]
	[[ $output == *'s.conf:5: lỗi: không phát được: "cut.opus" bị cụt'* ]]
	[[ $output == *'s.conf:6: lỗi: không phát được: "out.opus" nằm ngoài thư mục âm thanh'* ]]
	[[ $output == *'s.conf:7: lỗi: không phát được: "pipe.opus" không phải tệp thường'* ]]
	[[ $output != *"s.conf:8"* ]]
}
