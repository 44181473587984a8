# Cards of software for system tests and figures: sourced.  $BUILD says where paced.so and clips are.

# cards_plug DIR [NAME[=SETTINGS]]…: cards NAME (paced.c's settings: "channels 1 ppm 300") with their folders DIR/NAME, in
# DIR/asound.conf; ALSA finds them, and no others, in this shell and what it starts.
cards_plug() {
	local dir=$1 card name settings
	shift
	mkdir -p "$dir"
	printf 'pcm_type.loaxa { lib "%s" }\n' "$(realpath "${BUILD:-build}")/tests/card/paced.so" >"$dir/asound.conf"
	for card; do
		name=${card%%=*} settings=
		[ "$name" = "$card" ] || settings=${card#*=}
		mkdir -p "$dir/$name"
		printf 'pcm.%s { type loaxa   dir "%s"   %s }\n' "$name" "$(realpath "$dir/$name")" "$settings" >>"$dir/asound.conf"
	done
	export ALSA_CONFIG_PATH=$dir/asound.conf
}

# card_fault DIR FAULT [NUMBER] and card_well DIR FAULT: see paced.c.
card_fault() {
	printf '%s' "${3:-}" >"$1/.$2"
	mv "$1/.$2" "$1/$2"
}
card_well() {
	rm -f "$1/$2"
}

# card_heard DIR CHANNELS CHANNEL FILE.wav…: lines CLIP FIRST END TAPE NS (clips.c).
card_heard() {
	"${BUILD:-build}/tests/card/clips" find "$@"
}
