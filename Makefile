# loaxa: see README.md.  Everything built lies under $(BUILD).
#   make          the programs            make demo     a sample day on the screen, nothing on the air
#   make check    all tests               make run      the controller, live
#   make bench    the figures             make install  PREFIX= DESTDIR=
#   make deb      the Debian package
.DEFAULT_GOAL := all
SHELL  := /bin/bash
BUILD  ?= build
PREFIX ?= /usr/local
DESTDIR ?=
CC     ?= gcc
SAN    ?=
LINTS  ?= yes
WERROR ?=

CFLAGS   ?= -O2 -g
LOAXA_CFLAGS := -std=c17 -D_GNU_SOURCE -Isrc -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
	-Wformat=2 -Wvla -Wundef -fno-common -fstack-protector-strong -pthread \
	$(if $(WERROR),-Werror) $(if $(SAN),-fsanitize=$(SAN) -fno-omit-frame-pointer -DLOAXA_SANITIZED)
# The floor of the station's clock: the date of what is built, not of the building, so that builds can be repeated;
# a building machine whose own clock is behind that must not make a program that distrusts every clock.
BUILD_EPOCH := $(or $(SOURCE_DATE_EPOCH),$(shell now=$$(date +%s); made=$$(git log -1 --format=%ct 2>/dev/null); \
	made=$${made:-0}; echo $$((made > 0 && made < now ? made : 1625097600))))
LOAXA_LDFLAGS := -pthread $(if $(SAN),-fsanitize=$(SAN))

# ── Rooms ─────────────────────────────────────────────────────────────────────────────────────────────────────
# The pure rooms, and base without log, spawn and write: what the purity lint links alone.
PURE_ROOMS := schedule airing reading
ROOMS      := base schedule airing reading engine config sound journal report control os
room_c      = $(wildcard src/$(1)/*.c)
objects     = $(patsubst %.c,$(BUILD)/obj/%.o,$(1))

# loaxa: controller and client verbs.  Decoders live in sound/prepare and are linked into loaxa-prepare only.
LOAXA_C   := src/main.c $(filter-out $(wildcard src/cli/loaxa-*.c src/cli/report-*.c src/cli/review-*.c),$(wildcard src/cli/*.c)) \
	$(foreach r,$(ROOMS),$(call room_c,$(r)))
PREPARE_C := src/cli/loaxa-prepare.c src/cli/language.c src/cli/place.c $(call room_c,base) \
	$(wildcard src/sound/store*.c) src/sound/why.c $(call room_c,sound/prepare)
RELAY_C   := src/cli/loaxa-relay.c src/cli/language.c src/cli/place.c $(call room_c,base) \
	src/schedule/relay-source.c src/sound/relay-talk.c $(call room_c,sound/relay)

# loaxa-report: what prints papers, and the receiver's book of many stations.  Its libraries are large: the controller
# has none of them.
REPORT_C  := $(wildcard src/cli/loaxa-report.c src/cli/report-*.c src/cli/review-*.c) \
	$(patsubst %,src/cli/%.c,covered earlier language letters options place schedules screen usage wrap) \
	$(foreach r,base schedule airing config journal report report/print review,$(call room_c,$(r))) src/os/tzfile.c

LOAXA_LIBS   := -lconfuse -lsqlite3 -lsodium -lzstd -lnettle -ljansson -lutf8proc -lao -lasound -lm
PREPARE_LIBS := -lsndfile -lsoxr -lebur128 -lnettle -ljansson -lutf8proc -lm

RELAY_LIBS   := -lnettle -ljansson -lutf8proc
PRINT_LIBS   := $(shell pkg-config --libs pangocairo 2>/dev/null) -lxlsxwriter
REPORT_LIBS  := -lconfuse -lsqlite3 -lsodium -lzstd -lnettle -ljansson -lutf8proc -lm $(PRINT_LIBS)

PROGRAMS := $(BUILD)/loaxa $(BUILD)/loaxa-prepare $(BUILD)/loaxa-relay $(if $(wildcard src/cli/loaxa-report.c),$(BUILD)/loaxa-report)

.PHONY: all
all: $(PROGRAMS) locale $(BUILD)/cach-doc.txt

# How loaxa say reads abbreviations: people edit it.
$(BUILD)/cach-doc.txt: src/reading/cach-doc.txt
	@mkdir -p $(@D)
	cp $< $@

$(BUILD)/loaxa: $(call objects,$(LOAXA_C))
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(LOAXA_LIBS)

$(BUILD)/loaxa-prepare: $(call objects,$(PREPARE_C))
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(PREPARE_LIBS)

$(BUILD)/loaxa-relay: $(call objects,$(RELAY_C))
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(RELAY_LIBS)

$(BUILD)/loaxa-report: $(call objects,$(REPORT_C))
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(REPORT_LIBS)

# What the purity lint looks at: the pure rooms and base as one object, everything else undefined.
$(BUILD)/pure.o: $(call objects,$(foreach r,base $(PURE_ROOMS),$(filter-out src/base/log.c src/base/spawn.c src/base/write.c,$(call room_c,$(r)))))
	$(LD) -r -o $@ $^

# What the real-time lint looks at: all that an audio thread runs between two writes.
$(BUILD)/realtime.o: $(call objects,$(foreach m,bus device-meter device-turn frame-clock frames lane limiter live-tap mailbox meter ring spans volume,src/sound/$(m).c))
	$(LD) -r -o $@ $^

$(BUILD)/obj/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(LOAXA_CFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(BUILD)/obj/src/report/print/%.o: LOAXA_CFLAGS += $(PRINT_CFLAGS)
PRINT_CFLAGS := $(shell pkg-config --cflags pangocairo 2>/dev/null)

$(BUILD)/obj/src/os/clock.o: LOAXA_CFLAGS += -DLOAXA_BUILD_EPOCH=$(BUILD_EPOCH)

-include $(shell find $(BUILD)/obj -name '*.d' 2>/dev/null)

# ── Languages ─────────────────────────────────────────────────────────────────────────────────────────────────
MO := $(BUILD)/locale/vi/LC_MESSAGES/loaxa.mo
.PHONY: locale
locale: $(MO)
$(MO): $(wildcard src/po/vi/*.po)
	@mkdir -p $(@D)
	msgcat --use-first $^ | msgfmt -o $@ -

# ── Tests ─────────────────────────────────────────────────────────────────────────────────────────────────────
# Every tests/unit/ROOM/x.c is one program, linked with all rooms (and loaxa-prepare's own for sound/prepare).
TEST_C   := $(wildcard tests/unit/*/*.c)
TESTS    := $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(TEST_C))
# Helpers of the system tests: programs that tests/system/*.bats run, no tests themselves.
HELPERS  := $(patsubst tests/%.c,$(BUILD)/tests/%,$(wildcard tests/system/*.c))
TEST_LIB := $(foreach r,$(ROOMS),$(call room_c,$(r))) $(call room_c,sound/prepare) $(call room_c,sound/relay) \
	$(call room_c,report/print) $(call room_c,review) \
	$(filter-out $(addprefix src/cli/,cmd-% loaxa-% commands.c),$(call room_c,cli))
CHECK_LIBS = $(shell pkg-config --libs check)
TEST_LIBS := $(LOAXA_LIBS) $(PRINT_LIBS) -lsndfile -lsoxr -lebur128

$(BUILD)/tests/libloaxa.a: $(call objects,$(TEST_LIB))
	@mkdir -p $(@D); rm -f $@
	ar qcs $@ $^

$(BUILD)/tests/unit/%: $(BUILD)/obj/tests/unit/%.o $(BUILD)/tests/libloaxa.a
	@mkdir -p $(@D)
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(CHECK_LIBS) $(TEST_LIBS)

$(BUILD)/tests/system/%: $(BUILD)/obj/tests/system/%.o $(BUILD)/tests/libloaxa.a
	@mkdir -p $(@D)
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(TEST_LIBS)

# A sound card of software, for tests of the ALSA sink: a plugin that alsa-lib loads.
CARD := $(BUILD)/tests/card/paced.so
$(CARD): tests/card/paced.c tests/card/ear.c tests/card/card.h
	@mkdir -p $(@D)
	$(CC) -shared -fPIC -DPIC -D_GNU_SOURCE -Wall -Wextra $(CFLAGS) -o $@ $(filter %.c,$^) -lasound

# Recognisable clips, and the finder of what a card's tape holds.
CLIPS := $(BUILD)/tests/card/clips
$(CLIPS): tests/card/clips.c
	@mkdir -p $(@D)
	$(CC) $(LOAXA_CFLAGS) $(CFLAGS) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $< -lm

.PRECIOUS: $(BUILD)/obj/%.o
.PHONY: test-programs check clean
test-programs: all $(TESTS) $(HELPERS) $(CARD) $(CLIPS)

check:
	@tests/install-needs
	@$(MAKE) --no-print-directory BUILD=$(BUILD) test-programs
	@BUILD=$(BUILD) LINTS=$(LINTS) tests/run-all

# A kernel of its own under QEMU, for real drivers, pulled cards and clocks that step: minutes, and no part of `check`.
# GUEST_TESTS=pull.bats: only that; LOAXA_PULLS=100: how often the card is pulled.
GUEST := $(addprefix $(BUILD)/guest/,probe hand heard)
$(GUEST): $(BUILD)/guest/%: tests/guest/%.c
	@mkdir -p $(@D)
	$(CC) -std=c17 -D_GNU_SOURCE -Wall -Wextra $(CFLAGS) -o $@ $< -lasound

.PHONY: check-guest
check-guest:
	@src/dist/needs.sh guest
	@$(MAKE) --no-print-directory BUILD=$(BUILD) all $(GUEST)
	@BUILD=$(BUILD) GUEST_TESTS='$(GUEST_TESTS)' tests/guest/run

clean:
	rm -rf $(BUILD)

# Every tests/fuzz/x.c is a libFuzzer target (clang); x.dict beside it is its dictionary.  make fuzz RUNS=10000000
RUNS ?= 100000
$(BUILD)/tests/fuzz/%: $(BUILD)/obj/tests/fuzz/%.o $(BUILD)/tests/libloaxa.a
	@mkdir -p $(@D)
	$(CC) $(LOAXA_LDFLAGS) -fsanitize=fuzzer $(LDFLAGS) -o $@ $^ $(TEST_LIBS)

.PHONY: fuzz fuzz-programs
fuzz-programs: $(patsubst tests/fuzz/%.c,$(BUILD)/tests/fuzz/%,$(wildcard tests/fuzz/*.c))
fuzz:
	@$(MAKE) --no-print-directory CC=clang SAN=address,undefined,fuzzer-no-link BUILD=$(BUILD)/fuzz fuzz-programs
	@BUILD=$(BUILD)/fuzz RUNS=$(RUNS) tests/fuzz/run.sh

# ── For users ─────────────────────────────────────────────────────────────────────────────────────────────────
.PHONY: demo run audio bench install deb
demo:
	+@MAKE='$(MAKE)' BUILD='$(BUILD)' src/dist/demo.sh

run:
	+@MAKE='$(MAKE)' BUILD='$(BUILD)' src/dist/run.sh

# Only after a text in audio/ was changed: the recordings themselves are kept with the sources.
audio:
	@audio/make-recordings

# tests/bench/x.c are programs linked like the tests; run.sh runs them and times the commands.
$(BUILD)/tests/bench/%: $(BUILD)/obj/tests/bench/%.o $(BUILD)/tests/libloaxa.a
	@mkdir -p $(@D)
	$(CC) $(LOAXA_LDFLAGS) $(LDFLAGS) -o $@ $^ $(TEST_LIBS)

bench: all $(CARD) $(CLIPS) $(patsubst tests/bench/%.c,$(BUILD)/tests/bench/%,$(wildcard tests/bench/*.c))
	@BUILD=$(BUILD) tests/bench/run.sh

deb:
	@CC='$(CC)' BUILD='$(BUILD)' src/dist/deb.sh

# Makes no directory of a running station: systemd-sysusers and systemd-tmpfiles make accounts, /etc/loaxa and
# /var/lib/loaxa, or loaxa run makes its own.
BINDIR := $(DESTDIR)$(PREFIX)/bin
SHARE  := $(DESTDIR)$(PREFIX)/share
UNITDIR ?= $(PREFIX)/lib/systemd/system
UDEVDIR ?= $(PREFIX)/lib/udev/rules.d
UNITS := $(wildcard src/dist/units/*)
install: all
	install -d $(BINDIR) $(SHARE)/locale/vi/LC_MESSAGES $(SHARE)/man/man1 $(SHARE)/man/man5 $(SHARE)/doc/loaxa/examples $(SHARE)/loaxa
	install -d $(DESTDIR)$(UNITDIR)
	install -m 755 $(PROGRAMS) $(BINDIR)
	install -m 644 $(MO) $(SHARE)/locale/vi/LC_MESSAGES
	for page in src/man/*.[1-9]; do \
		gzip -9nc $$page >$(SHARE)/man/man$${page##*.}/$$(basename $$page).gz || exit 1; \
	done
	install -m 644 README.md LICENSE $(SHARE)/doc/loaxa
	install -m 644 src/reading/cach-doc.txt $(SHARE)/loaxa
	install -D -m 644 src/dist/loaxa.bash-completion $(SHARE)/bash-completion/completions/loaxa
	install -m 755 src/dist/bao-qua-thu $(SHARE)/doc/loaxa/examples
	install -m 644 src/dist/receiver.conf $(SHARE)/doc/loaxa/examples
	find audio schedules -type f \( -name '*.conf' -o -name '*.txt' -o -name '*.opus' \) \
		-exec install -D -m 644 {} $(SHARE)/doc/loaxa/{} \;
	for unit in $(UNITS); do \
		sed 's|@BINDIR@|$(PREFIX)/bin|' $$unit >$(DESTDIR)$(UNITDIR)/$$(basename $$unit) || exit 1; \
	done
	install -D -m 644 src/dist/system/sysusers.conf $(DESTDIR)$(PREFIX)/lib/sysusers.d/loaxa.conf
	install -D -m 644 src/dist/system/tmpfiles.conf $(DESTDIR)$(PREFIX)/lib/tmpfiles.d/loaxa.conf
	install -D -m 644 src/dist/system/udev.rules $(DESTDIR)$(UDEVDIR)/60-loaxa.rules
