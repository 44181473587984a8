#!/bin/bash
# Every text of the program has its Vietnamese, every Vietnamese text is still used, and placeholders agree on both sides.
set -u
cd "${TOP:-$(dirname "$0")/../..}" || exit 2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
bad=0
find src -name '*.c' | sort | xgettext --files-from=- --language=C --keyword=_ --keyword=N_ --from-code=UTF-8 \
	-o "$work/loaxa.pot" 2>"$work/warnings" || { cat "$work/warnings"; exit 2; }
sed 's/charset=CHARSET/charset=UTF-8/' "$work/loaxa.pot" >"$work/ref.pot"
msgcat --force-po --use-first src/po/vi/*.po -o "$work/all.po" || exit 2
msgmerge --quiet --no-fuzzy-matching "$work/all.po" "$work/ref.pot" -o "$work/merged.po" || exit 2

# complain WORDS MSGATTRIB-OPTION…: names the messages of that kind
complain() {
	local words=$1 found
	shift
	found=$(msgattrib --no-wrap "$@" "$work/merged.po" | sed 's/^#~ //' | awk -v words="$words" '
		/^msgid /  { id = substr($0, 7); where = 1; next }
		/^msgstr / { if (id != "\"\"") print words ": " id; where = 0; next }
		/^"/       { if (where) id = (id == "\"\"" ? "" : id) $0 }')
	[ -z "$found" ] || { echo "$found"; bad=1; }
}
complain "no Vietnamese for" --untranslated --no-obsolete
complain "translated but no longer used" --only-obsolete
# msgmerge marks as fuzzy what has another %-format than its original.
complain "%-formats differ" --only-fuzzy --no-obsolete
# {1} … {8} of findings: the same ones on both sides (their order may differ)
msgcat --no-wrap "$work/merged.po" | awk '
	function places(s,    out, i) { for (i = 1; i <= 8; i++) if (index(s, "{" i "}")) out = out i; return out }
	/^#~/ { next }
	/^msgid /  { id = $0; where = 1; next }
	/^msgstr / { str = $0; where = 2; next }
	/^"/       { if (where == 1) id = id $0; else str = str $0; next }
	/^$/       { check() }
	END        { check(); exit bad }
	function check() {
		if (id != "" && str !~ /^msgstr ""$/ && places(id) != places(str)) { print "placeholders differ: " id; bad = 1 }
		id = str = ""
	}' || bad=1
# A sentence that nobody marked with _() or N_() would be English for ever.  Commands to copy and tables of Vietnamese
# syllables (reading/) are none.
unmarked=$(find src -name '*.c' ! -path 'src/reading/*' | sort | xargs -r perl -e '
	undef $/;
	for my $file (@ARGV) {
		open my $f, "<", $file or next;
		my $s = <$f>;
		$s =~ s{/\*.*?\*/}{}gs;
		while ($s =~ /((?:"(?:[^"\\\n]|\\.)*"\s*)+)/g) {
			my ($text, $before) = ($1, substr $s, 0, $-[0]);
			next if $before =~ /\b(?:N?_|ngettext)\(\s*$/ || $before =~ /\bngettext\(\s*(?:"(?:[^"\\]|\\.)*"\s*)+,\s*$/;
			next if $before =~ /(?:PRI\w+\s*|_Static_assert\([^;]*)$/ || $text =~ /"(?:apt install|Max) /;
			$text =~ s/"\s*"//g;
			print "not marked for translation: $file: $text\n" if $text =~ /[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}/;
		}
	}')
[ -z "$unmarked" ] || { echo "$unmarked"; bad=1; }
exit $bad
