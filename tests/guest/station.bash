# A station in the guest, with recordings of which every frame can be recognised: sourced by the tests after guest.bash.

# station_begin OUTPUT…: the schedule's beginning in $run/host/station; an output is NAME=SINK, its two channels become
# the zones NAME1 and NAME2.  Tests append to $conf what they air: "ngan" 3 s, "dai" 12 s, "lau" 30 s, emergency "gap" 4 s.
station_begin() {
	local dir=$run/host/station output cut name from length
	conf=$dir/station.conf
	mkdir -p "$dir"
	begun=$(guest hand now)
	begun=${begun%.*}
	# sox makes the same noise each time; each clip takes another part of it.
	for cut in dai:0:12 ngan:15:3 gap:20:4 lau:30:30; do
		IFS=: read -r name from length <<<"$cut"
		sox -q -R -n -r 48000 -b 16 "$dir/$name.wav" synth 60 whitenoise vol 0.2 trim "$from" "$length"
	done
	cat >"$conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		guard "xa" { from = "$(at 43200 %H:%M)"   to = "$(at 43260 %H:%M)"   action = "refuse" }
		bulletin "dai" { title = "Tiếng dài"   audio = { "dai.wav" } }
		bulletin "ngan" { title = "Tiếng ngắn"   audio = { "ngan.wav" } }
		bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }
		bulletin "bao" { title = "Báo động"   audio = { "gap.wav" } }
		emergency "gap" { play = { "bao" } }
	CONF
	for output; do
		cat >>"$conf" <<-CONF
			output "${output%%=*}" { sink = "${output#*=}"   rate = 48000   channels = 2   idle = "${idle:-close}" }
			zone "${output%%=*}1" { name = "Cụm 1"   output = "${output%%=*}"   channel = 1 }
			zone "${output%%=*}2" { name = "Cụm 2"   output = "${output%%=*}"   channel = 2 }
		CONF
	done
}

# at SECONDS [FORMAT]: the local time that long after the station began.
at() {
	TZ=Asia/Ho_Chi_Minh date -d "@$((begun + $1))" "+${2:-%H:%M:%S}"
}

# airing NAME BULLETIN SECONDS…: a repeat that airs it at these times; $more: further keys.
airing() {
	local name=$1 bulletin=$2 times= second
	shift 2
	for second; do times="$times, \"$(at "$second")\""; done
	cat >>"$conf" <<-CONF
		repeat "$name" { play = { "$bulletin" }   at = { ${times#, } }
			from = "$(at -86400 %F)"   until = "$(at 172800 %F)"   ${more:-} }
	CONF
}

# The controller in the guest; returns once it answers.
run_start() {
	guest "LANGUAGE=en loaxa run /host/station --state /state/s --store /state/store >>/host/run.out 2>&1 &"
	eventually live status || { cat "$run/host/run.out"; return 1; }
}

live() {
	guest "LANGUAGE=en loaxa $* --state /state/s" >"$run/live.out" 2>&1
}

# s INSTANT: seconds since 1970, with their fraction, of an instant in the log.
s() {
	date -d "$1" +%s.%3N
}

# less A B: numbers with fractions.
less() {
	jq -n -e "($1) < ($2)" >/dev/null || { echo "not less: $1, $2"; return 1; }
}

# verdict FILTER: does an airing of the log fit?
verdict() {
	live log --json
	jq -e -s "any(.[]; $1)" "$run/live.out" >/dev/null
}

# event FILTER: is there such a row in the journal?
event() {
	live log --events --json
	jq -e -s "any(.[]; $1)" "$run/live.out" >/dev/null
}

zone() {
	live status --json
	jq -e ".zones[] | select(.zone == \"$1\") | $2" "$run/live.out" >/dev/null
}

# eventually COMMAND…: true as soon as the command is, within five minutes: a busy host's guest is slow.
eventually() {
	local end=$((SECONDS + 300))
	while [ $SECONDS -lt $end ]; do
		"$@" && return 0
		sleep 0.5
	done
	echo "never: $*" >&2
	tail -5 "$run/live.out" >&2
	return 1
}

# clips NAME…: the clips as the store keeps them, beside the guest's other files.
clips() {
	local name sum
	for name; do
		sum=$(sha256sum "$run/host/station/$name.wav")
		guest "cp /state/store/*/${sum%% *}-48000-*.pcm /host/$name.pcm" || return 1
	done
}

# heard RECORDING CHANNEL NAME: what of that clip was heard, "AT FIRST END" a line.
heard() {
	"$guest_files/heard" "$run/$1" 2 "$2" "$run/host/$3.pcm"
}

# whole RECORDING CHANNEL NAME FRAMES: heard once, all of it, in one piece; $place: from which frame of the recording on.
whole() {
	local stretches
	stretches=$(heard "$1" "$2" "$3")
	place=${stretches%% *}
	[ "${stretches#* }" = "0 $4" ] || { echo "$3 on channel $2 of $1, not whole: $stretches"; return 1; }
}
