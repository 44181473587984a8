#!/bin/bash
# The objects that run in the audio thread between two writes need nothing that could wait: linked into one, what is
# left undefined is copying of memory.  No allocation, no lock, no file, no clock, no formatting.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
BUILD=${BUILD:-build}
object=${1:-$BUILD/realtime.o}
allowed='memcpy memmove memset __memcpy_chk __memmove_chk __memset_chk __stack_chk_fail _GLOBAL_OFFSET_TABLE_'
if [ $# -eq 0 ]; then
	make -s --no-print-directory BUILD="$BUILD" "$object" || exit 2
fi
extra=$(nm -u "$object" | awk '{print $2}' | grep -vE "^__(asan|ubsan|tsan)_" | grep -vxF -f <(tr ' ' '\n' <<<"$allowed"))
[ -z "$extra" ] && exit 0
echo "the audio thread must not need:" $extra
exit 1
