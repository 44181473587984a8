# loaxa-relay alone: what it fetches, what it refuses, and that nothing of it is left behind.

bats_require_minimum_version 1.5.0

setup() {
	relay=${BUILD:-build}/loaxa-relay
	http=${BUILD:-build}/tests/system/http-tool
	export LANGUAGE=en
	# as root it fetches as nobody, who may not look into the test's own folder
	place=$(mktemp -d /tmp/loaxa-relay.XXXXXX)
	chmod 755 "$place"
	command -v ffmpeg >/dev/null || skip "no ffmpeg here"
	sox -q -n -r 16000 -c 2 -b 16 "$place/tone.wav" synth 3 sine 440 vol 0.5
	chmod 644 "$place/tone.wav"
}

teardown() {
	local p
	for p in ${server:-} ${fetcher:-}; do
		end "$p"
	done
	rm -rf "$place"
}

# frames N FILE: its first N frames, 16 bit, as numbers
frames() {
	od -An -v -t d2 -w2 -N $((2 * $1)) "$2" | tr -d ' '
}

# serve FILE: $port
serve() {
	"$http" "$1" >"$place/port" 3>&- &
	server=$!
	until [ -s "$place/port" ]; do sleep 0.01; done
	port=$(cat "$place/port")
}

end() {
	{ kill -9 "$1" && wait "$1"; } 2>/dev/null || true
}

# words ARGUMENT…: the first line it says on standard error, in $said
words() {
	rm -f "$place/words"
	PATH=${path:-$PATH} "$relay" "$@" >/dev/null 2>"$place/words" 3>&- &
	fetcher=$!
	until [ -s "$place/words" ] || ! kill -0 $fetcher 2>/dev/null; do sleep 0.01; done
	end $fetcher
	said=$(head -n 1 "$place/words")
}

answer_with() { # STATUS-LINE FILE
	{ printf 'HTTP/1.0 %s\r\nContent-Type: audio/wav\r\nConnection: close\r\n\r\n' "$1"; cat "$2"; } >"$place/answer"
}

@test "a file is mono PCM at the rate asked for, and begins anew when it is over" {
	"$relay" --rate 16000 "file://$place/tone.wav" 2>/dev/null 3>&- | head -c 160000 >"$place/out"
	[ "$(stat -c %s "$place/out")" -eq 160000 ]
	# 3 s of file, then the same again
	cmp -n 32000 "$place/out" <(tail -c +96001 "$place/out")
	[ "$(frames 4000 "$place/out" | sort -n | tail -n 1)" -gt 15000 ]
}

@test "an address is fetched" {
	answer_with "200 OK" "$place/tone.wav"
	serve "$place/answer"
	"$relay" --rate 16000 "http://127.0.0.1:$port/live.wav" 2>/dev/null 3>&- | head -c 32000 >"$place/out"
	[ "$(frames 16000 "$place/out" | sort -n | tail -n 1)" -gt 15000 ]
}

@test "why nothing comes is said in words, without the address" {
	answer_with "404 Not Found" /dev/null
	serve "$place/answer"
	words "http://user:secret@127.0.0.1:$port/live"
	[[ $said == *"404 Not Found"* ]]
	[[ $said != *secret* ]]
	words "http://127.0.0.1:1/live"
	[[ $said == *"Connection refused"* ]]
	words "file://$place/none.wav"
	[[ $said == *"No such file"* ]]
}

@test "a missing ffmpeg is said in words" {
	path=$place words "http://127.0.0.1:1/live"
	[[ $said == *"ffmpeg is not installed"* ]]
}

@test "an address leads to no file of this machine" {
	printf '#EXTM3U\n#EXT-X-TARGETDURATION:3\n#EXT-X-MEDIA-SEQUENCE:0\n#EXTINF:3,\nfile://%s/tone.wav\n#EXT-X-ENDLIST\n' \
		"$place" >"$place/list"
	answer_with "200 OK" "$place/list"
	sed -i 's|audio/wav|application/vnd.apple.mpegurl|' "$place/answer"
	serve "$place/answer"
	"$relay" --rate 16000 "http://127.0.0.1:$port/live.m3u8" >"$place/out" 2>"$place/words" 3>&- &
	fetcher=$!
	until [ -s "$place/words" ]; do sleep 0.01; done
	end $fetcher
	[ ! -s "$place/out" ]
}

@test "what is no address is refused" {
	for bad in ftp://h/x pipe:0 concat:a /etc/passwd "http://h/a b" http:// ""; do
		run -1 --separate-stderr "$relay" -- "$bad"
		[[ $stderr == *"no address a relay can fetch"* ]]
	done
	run -2 "$relay"
	run -2 "$relay" --rate 7 http://h/
	run -2 "$relay" --nonsense
	run -0 "$relay" --help
}

@test "killed, it leaves no ffmpeg behind; and it is nobody" {
	serve - # takes the connection and never answers
	"$relay" "http://127.0.0.1:$port/live" >/dev/null 2>&1 3>&- &
	fetcher=$!
	until child=$(pgrep -P $fetcher -x ffmpeg); do sleep 0.01; done
	if [ "$(id -u)" -eq 0 ]; then
		awk '/^Uid:/ { exit $2 == 0 || $3 == 0 || $4 == 0 }' "/proc/$fetcher/status"
		awk '/^Uid:/ { exit $2 == 0 || $3 == 0 || $4 == 0 }' "/proc/$child/status"
	fi
	[ "$(awk '/^NoNewPrivs:/ { print $2 }' "/proc/$child/status")" = 1 ]
	[ "$(tr '\0' '\n' <"/proc/$child/environ" | cut -d= -f1 | sort | tr '\n' ' ')" = "HOME LC_ALL PATH " ]
	end $fetcher
	while [ -e "/proc/$child" ] && ! grep -q '^State:.Z' "/proc/$child/status"; do sleep 0.01; done
}
