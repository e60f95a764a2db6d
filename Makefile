# paxgate: all run check check-style check-san fuzz soak bench bench-peers install
#                 uninstall clean
#
#	make run          set up, generate a day of traffic, screen it, show hits
#	make check        set up, run every test; last line: N passed, N failed
#	make SAN=1 ...    the same with AddressSanitizer and UBSan
#
# Folders depend downward only: tools web engine db rules watchlist law parsers
# base. Every *.c in them is built; nothing here names a single file.

CC      ?= gcc
BUILD   ?= build
PREFIX  ?= /usr/local
FOLDERS := base parsers law watchlist rules db engine web
PKGS    := rdkafka libpq yaml-0.1 libpcre2-8 libsodium jansson libutf8proc expat libmicrohttpd gnutls zlib \
           libcurl

OPT     ?= -O2 -g
WARN    := -Wall -Wextra -Wshadow -Wstrict-prototypes -Wmissing-prototypes \
           -Wvla -Wformat=2 -Werror
SAN     ?=
ifneq ($(SAN),)
BUILD   := $(BUILD)/san
OPT     := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all \
           -fno-omit-frame-pointer
endif
CFLAGS  := -std=gnu11 $(OPT) $(WARN) -D_GNU_SOURCE -I. \
           $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LDLIBS  := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -lcsv -lm -pthread

# Parsers wait for nothing but instructions: it makes them faster by a 15th.
$(BUILD)/parsers/%.o: CFLAGS := $(subst -O2,-O3,$(CFLAGS))

LIB_SRC := $(foreach d,$(FOLDERS),$(wildcard $(d)/*.c))
LIB_OBJ := $(LIB_SRC:%.c=$(BUILD)/%.o)
SQL     := $(sort $(wildcard db/sql/*.sql))
ifneq ($(SQL),)
LIB_OBJ += $(BUILD)/db/sql_text.o
endif
TOOL_OBJ:= $(patsubst %.c,$(BUILD)/%.o,$(wildcard tools/*.c))
UNIT    := $(patsubst tests/unit/%.c,$(BUILD)/tests/%,$(wildcard tests/unit/t_*.c))
FUZZ    := $(patsubst tests/fuzz/%.c,$(BUILD)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_SECONDS ?= 5

.PHONY: all setup stream-tools unit run check check-style check-san clang fuzz soak bench bench-peers \
        install uninstall clean
.SECONDARY:

all: $(BUILD)/paxgate

$(BUILD)/%.o: %.c
	@mkdir -p $(@D)
	@echo "  CC $@"
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

$(BUILD)/db/sql_text.c: $(SQL) tools/dev/embed_sql.sh
	@mkdir -p $(@D)
	tools/dev/embed_sql.sh $(SQL) >$@

$(BUILD)/db/sql_text.o: $(BUILD)/db/sql_text.c
	@$(CC) $(CFLAGS) -c $< -o $@

$(BUILD)/libpaxgate.a: $(LIB_OBJ)
	@rm -f $@ && ar rcsT $@ $^

$(BUILD)/paxgate: $(TOOL_OBJ) $(BUILD)/libpaxgate.a
	@echo "  LD $@"
	@$(CC) $(CFLAGS) $^ $(LDLIBS) -o $@

# What tests of the tools take from them.
$(BUILD)/libtools.a: $(filter-out %/paxgate.o,$(TOOL_OBJ))
	@rm -f $@ && ar rcsT $@ $^

$(BUILD)/tests/%: tests/unit/%.c $(BUILD)/libtools.a $(BUILD)/libpaxgate.a
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) -MMD -MP $< $(BUILD)/libtools.a $(BUILD)/libpaxgate.a \
	  -lcheck_pic -lsubunit -lrt $(LDLIBS) -o $@

# Programs that tests/stream/ scripts use.
$(BUILD)/tests/%: tests/stream/%.c $(BUILD)/libpaxgate.a
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) -MMD -MP $< $(BUILD)/libpaxgate.a $(LDLIBS) -o $@

# Libraries that tests/stream/ scripts preload.
$(BUILD)/tests/%.so: tests/stream/preload/%.c
	@mkdir -p $(@D)
	@echo "  LD $@"
	@$(CC) $(CFLAGS) -fno-builtin -fPIC -shared $< -o $@

stream-tools: $(BUILD)/paxgate \
  $(patsubst tests/stream/preload/%.c,$(BUILD)/tests/%.so,$(wildcard tests/stream/preload/*.c)) \
  $(patsubst tests/stream/%.c,$(BUILD)/tests/%,$(wildcard tests/stream/*.c))

unit: $(UNIT)

# Fuzzers are built by clang, library and all, in a tree of their own.
fuzz-build:
	+$(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/clang-fuzz \
	  OPT='-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all' \
	  fuzz-link

fuzz-link: $(patsubst tests/fuzz/%.c,$(BUILD)/%,$(wildcard tests/fuzz/fuzz_*.c))

$(BUILD)/fuzz_%: tests/fuzz/fuzz_%.c $(BUILD)/libpaxgate.a $(wildcard tests/fuzz/*.h)
	@$(CC) $(CFLAGS) -fsanitize=fuzzer $< $(BUILD)/libpaxgate.a $(LDLIBS) -o $@

fuzz: fuzz-build
	tests/fuzz/run.sh $(BUILD)/clang-fuzz $(FUZZ_SECONDS)

clang:
	+$(MAKE) --no-print-directory CC=clang BUILD=$(BUILD)/clang all unit

setup:
	@tools/dev/setup.sh

run: setup
	@+$(MAKE) --no-print-directory -s all
	@tools/dev/run.sh $(BUILD)/paxgate

check: setup
	@tests/check.sh

check-style:
	@tests/style/run.sh

check-san: setup
	@+tests/check.sh san

soak: setup
	@tests/soak.sh

bench: all
	$(BUILD)/paxgate bench

bench-peers: all
	@tools/dev/peers.sh

SHARE   := $(DESTDIR)$(PREFIX)/share
UNITS   := $(DESTDIR)$(PREFIX)/lib
UNIT_FILES := paxgate.service paxgate-gateway.service \
           paxgate-retention.service paxgate-retention.timer

# Binary, man pages, completion, unit; etc/ as samples that work as they are.
install: all
	install -D -m 755 $(BUILD)/paxgate $(DESTDIR)$(PREFIX)/bin/paxgate
	cd etc && find . -path ./systemd -prune -o -path ./completion -prune -o \
	  -type f -exec install -D -m 644 {} $(SHARE)/paxgate/etc/{} \;
	tools/dev/man_pages.sh $(BUILD)/paxgate $(SHARE)/man
	install -D -m 644 etc/completion/paxgate.bash \
	  $(SHARE)/bash-completion/completions/paxgate
	install -D -m 644 etc/systemd/sysusers.conf \
	  $(UNITS)/sysusers.d/paxgate.conf
	install -d $(UNITS)/systemd/system $(UNITS)/tmpfiles.d
	for unit in $(UNIT_FILES); do \
	  sed 's|@PREFIX@|$(PREFIX)|' etc/systemd/$$unit.in \
	    >$(UNITS)/systemd/system/$$unit || exit 1; done
	sed 's|@PREFIX@|$(PREFIX)|' etc/systemd/tmpfiles.conf.in \
	  >$(UNITS)/tmpfiles.d/paxgate.conf

# What install wrote; settings in /etc/paxgate and data stay.
uninstall:
	rm -rf $(SHARE)/paxgate $(SHARE)/man/man1/paxgate.1 \
	  $(SHARE)/man/man1/paxgate-*.1 $(SHARE)/man/man5/paxgate.yaml.5 \
	  $(SHARE)/bash-completion/completions/paxgate \
	  $(UNITS)/sysusers.d/paxgate.conf $(UNITS)/tmpfiles.d/paxgate.conf \
	  $(UNIT_FILES:%=$(UNITS)/systemd/system/%) \
	  $(DESTDIR)$(PREFIX)/bin/paxgate

clean:
	rm -rf build

-include $(LIB_OBJ:.o=.d) $(TOOL_OBJ:.o=.d) $(UNIT:=.d)
