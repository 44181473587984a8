#!/bin/bash
# schedule/ and airing/, with base/ (without its log) under them, need nothing of the outside world: linked into one
# object, what is left undefined is memory, strings, formatting into buffers and the three pure libraries of base/.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
BUILD=${BUILD:-build}
object=${1:-$BUILD/pure.o}
allowed='abort calloc free malloc realloc qsort
memchr memcmp memcpy memmove memset memrchr mempcpy
strcmp strncmp strcasecmp strncasecmp strlen strnlen strchr strchrnul strrchr strstr strspn strcspn strpbrk
strtol strtoll strtoul strtoull toupper tolower
snprintf vsnprintf vasprintf asprintf
__stack_chk_fail __memcpy_chk __memset_chk __memmove_chk __snprintf_chk __vsnprintf_chk __vasprintf_chk
__isoc99_sscanf __isoc23_strtol __isoc23_strtoll __isoc23_strtoul __isoc23_strtoull __ctype_b_loc
nettle_sha256_init nettle_sha256_update nettle_sha256_digest
json_loadb json_delete json_object_get json_object_iter json_object_iter_key json_object_iter_next
json_object_iter_value json_array_get json_array_size json_string_value json_integer_value json_real_value
utf8proc_charwidth utf8proc_iterate utf8proc_map utf8proc_map_custom utf8proc_toupper utf8proc_category utf8proc_grapheme_break_stateful
_GLOBAL_OFFSET_TABLE_'
if [ $# -eq 0 ]; then
	# Always a plain build: a sanitizer's own calls are not ours.
	make -s --no-print-directory BUILD="$BUILD" SAN= "$object" || exit 2
fi
extra=$(nm -u "$object" | awk '{print $2}' | grep -vxF -f <(tr ' ' '\n' <<<"$allowed"))
[ -z "$extra" ] && exit 0
echo "the pure rooms must not need:" $extra
exit 1
