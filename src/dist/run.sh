#!/bin/bash
# make run: the controller in the foreground with the sample station, on the best sink there is; ends with Ctrl-C.
set -u
cd "$(dirname "$0")/../.." || exit 2
MAKE=${MAKE:-make} BUILD=${BUILD:-build}
src/dist/needs.sh build || exit 1
$MAKE -s -j"$(nproc)" --no-print-directory BUILD="$BUILD" all || exit 1

# The station's own card (10-cum-loa.conf) is hardly ever here: a card of this machine, else its sound server.
if grep -qs '^ *[0-9]' /proc/asound/cards; then
	sink=alsa:default
elif [ -S "${XDG_RUNTIME_DIR:-/nonexistent}/pulse/native" ]; then
	sink=ao:pulse
else
	sink=dry-run
	echo "KHÔNG CÓ CARD ÂM THANH: đài chạy đúng giờ và ghi nhật ký nhưng KHÔNG CÓ TIẾNG — cắm card rồi chạy lại."
	echo "NO SOUND CARD: the station keeps its times and its log, but makes NO SOUND."
fi
exec "$BUILD/loaxa" run schedules/loc-tho --sink "$sink"
