# Stations on cards of software: sourced by tests of outputs, zones and amplifiers, after near-station.bash and card.bash.

# outputs_station: two cards "mot" (zones a, b) and "hai" (zone c) under $cards, clips of 1.5 and 3 s (or $long ms); $extra goes into
# output "mot".  gap: an emergency everywhere; gap-a: one in zone a alone; what else is wanted is appended by the test.
outputs_station() {
	mkdir -p "$station"
	"${BUILD:-build}/tests/card/clips" make "$station/ngan.wav" 1 1500
	"${BUILD:-build}/tests/card/clips" make "$station/dai.wav" 2 "${long:-3000}"
	"${BUILD:-build}/tests/card/clips" make "$station/bao.wav" 3 1500
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "mot" { sink = "alsa:mot"   channels = 2   ${extra:-} }
		output "hai" { sink = "alsa:hai"   channels = 1 }
		zone "a" { name = "Cụm A"   output = "mot"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "mot"   channel = 2 }
		zone "c" { name = "Cụm C"   output = "hai"   channel = 1 }
		guard "xa" { from = "$(local_time '+12 hours' +%H:%M)"   to = "$(local_time '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "ngan" { title = "Tiếng ngắn"   audio = { "ngan.wav" } }
		bulletin "dai" { title = "Tiếng dài"   audio = { "dai.wav" } }
		bulletin "bao" { title = "Báo bão"   audio = { "bao.wav" } }
		emergency "gap" { play = { "bao" } }
		emergency "gap-a" { play = { "bao" }   zones = { "a" } }
	CONF
}

# heard_on CARD CHANNEL: what was heard there, lines CLIP FIRST END TAPE NS.
heard_on() {
	local channels=2
	[ "$1" = mot ] || channels=1
	card_heard "$cards/$1" "$channels" "$2" "$station"/{ngan,dai,bao}.wav
}

# log_of FILTER: the airings, as jq shows them.
log_of() {
	"$loaxa" log --state "$state" --json | jq -c "$1"
}
