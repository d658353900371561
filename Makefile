# SPDX-License-Identifier: GPL-2.0-or-later
# Builds in the current directory from $(srcdir); `make help` lists the targets.

# The sources by folder, without .c. A new file is a new word here.
base := array crc32 detach errname escape features hash_index lines monotonic nearest read_all root strbuf timespan words write_all
model := accelerator background bdf blocking chipset counter domain drift driver evidence evidence_read evidence_records evidence_stream evidence_write facts filter fleet fleet_conclude host_result known latency method nest picture plan record recovery scenario slug slug_findings slug_reasons slug_refusals snapshot totals tri verdict
kernel := boot btf_locate compression elf image image_facts kallsyms kernel_file livepatch regular running
kernel_btf := btf btf_load decompress
snapshot := addresses again algorithms blocks blocks_mounts blocks_root blocks_swap build config_space disk exports functions groups host host_state interface jobs match mounts node openless opens opens_descriptors opens_maps pcilib probe process routes sysfs use use_block use_console use_crypto use_cxl use_fabric use_memory use_network use_open use_service use_target use_vfio virtio
plan := independent join mates plan planner refuse refuse_host refuse_vfs scenario_attach_race scenario_driver scenario_nested scenario_pasid scenario_probe scenario_siblings scenario_single scenario_storm scenario_vf scenario_vfio scenarios
observe := config counter counter_irq counter_text kmsg kmsg_device kmsg_reader kmsg_record perf perf_event pstore trace_pair trace_probe uevent
observe_tracefs := trace trace_decode trace_mount trace_read trace_setup
journal := journal lines setting state state_text statedir step
step := action action_attach action_driver action_probe action_vfio action_write attribute changes group_type late link meanwhile observers rebind setting step taken traffic traffic_read traffic_send undo undo_link undo_methods vfio vfio_bind vfs worker worker_child worker_start worker_where writer
judge := case case_index config_registers config_space config_walk cycle cycle_walk declined drift_warn irq judge keep klog klog_function klog_generic klog_group klog_iommu klog_match klog_pci klog_process klog_trace owner picture picture_log picture_trace picture_writes proof proof_reset rule_attach rule_busy rule_config rule_counters rule_cycles rule_driver rule_faults rule_left rule_notes rule_outcome rule_pasid rule_probe rule_ready rule_registers rule_storm rule_vf rule_vfio rule_warnings scenario step
render := background_text check_advice check_text columns drift_text fleet_points fleet_text formats html html_around html_axis html_bars html_findings html_fleet html_heat html_lane html_latency html_legend html_marks html_matrix html_page html_run html_steps html_style html_svg html_timeline html_untested json_background json_check json_fleet json_get json_head json_list json_observed json_ocptv json_ocptv_line json_ocptv_step json_plan json_recover json_result json_result_parts json_result_read json_result_run json_rounds json_run json_step jsonl junit junit_case junit_fleet list list_columns list_table list_text log_entry plan_text points points_text progress_text prometheus prometheus_fleet prometheus_text recover_text rounds_text run_text step_text tap tap_fleet tap_point timeline untested_text when wrap
cli := answer answer_argp answer_run appearance campaign cmd_check cmd_explain cmd_judge cmd_list cmd_merge cmd_plan cmd_recover cmd_report cmd_run destination fallout follower hosts judging known_options layout ledger live lock log_socket main outlet parse past past_mend past_plan problem recheck restorer results rounds rounds_argp run_argp run_head save select signals skip_exit stream surroundings system_log taken target

completions := completions/iommu-resettest.bash completions/_iommu-resettest \
	completions/iommu-resettest.fish

schemadir = $(datadir)/iommu-resettest/schema
schemas := $(addprefix schema/,$(addsuffix .schema.json,list check plan run recover merge jsonl-event))

srcdir ?= .
program := build/iommu-resettest
library := build/libiommu-resettest.a

.DEFAULT_GOAL := all
.DELETE_ON_ERROR:
.SUFFIXES:

# These work on a machine that configure would refuse.
unconfigured_goals := check demo dist distcheck clean distclean help print-sources
ifneq ($(filter-out $(unconfigured_goals),$(or $(MAKECMDGOALS),all)),)
include config.mk
endif

config.mk: $(srcdir)/configure
	$(srcdir)/configure $(CONFIGURE_ARGS)

config.h: config.mk
	@test -f $@ || $(srcdir)/configure $(CONFIGURE_ARGS)

V ?= $(or $(VERBOSE),0)
ifeq ($(V),0)
Q := @
say = @echo '  $(1)	$(2)';
endif
INSTALL ?= install

# kernel_btf and observe_tracefs are left out when configure was told so.
optional_names := $(addprefix kernel/,$(kernel_btf)) $(addprefix observe/,$(observe_tracefs))
folders := base model kernel snapshot plan observe journal step judge render cli
always_names := $(foreach folder,$(folders),$(addprefix $(folder)/,$($(folder))))
names := $(always_names) \
	$(if $(HAVE_BTF),$(addprefix kernel/,$(kernel_btf))) \
	$(if $(HAVE_TRACEFS),$(addprefix observe/,$(observe_tracefs)))
objects := $(patsubst %,build/src/%.o,$(names))
main_object := build/src/cli/main.o
library_objects := $(filter-out $(main_object),$(objects))

# Every test_*.c is a program of its own; the other files are linked into each of them.
unit_sources := $(sort $(wildcard $(srcdir)/tests/unit/*.c))
unit_programs := $(patsubst $(srcdir)/%.c,build/%,$(filter $(srcdir)/tests/unit/test_%,$(unit_sources)))
unit_support := $(patsubst $(srcdir)/%.c,build/%.o,$(filter-out $(srcdir)/tests/unit/test_%,$(unit_sources)))
abs_srcdir := $(abspath $(srcdir))

all_cppflags = -D_GNU_SOURCE -D_FILE_OFFSET_BITS=64 -D_TIME_BITS=64 -I. -I$(srcdir)/src -include config.h $(DEP_CFLAGS) $(CPPFLAGS)
all_cflags = -std=gnu17 -pthread $(WARN_CFLAGS) $(MODE_CFLAGS) $(CFLAGS)
all_ldflags = $(MODE_LDFLAGS) $(CFLAGS) $(LDFLAGS)
unit_cppflags = -I$(srcdir)/tests/unit -DTESTS_DIR='"$(abs_srcdir)/tests"' \
	-DGOLDEN_DIR='"$(abs_srcdir)/tests/golden"' $(TEST_CFLAGS)

.PHONY: all
all: $(program)

$(program): $(main_object) $(library) config.mk
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $(main_object) $(library) $(DEP_LIBS) $(LIBS)

# Made anew each time, so that a file taken out of the lists does not live on in it.
$(library): $(library_objects) $(srcdir)/Makefile config.mk
	$(call say,AR,$@)
	$(Q)rm -f $@ && $(AR) rcs $@ $(library_objects)

build/src/%.o: $(srcdir)/src/%.c config.mk config.h
	$(call say,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cppflags) $(all_cflags) -MMD -MP -c -o $@ $<

build/tests/%.o: $(srcdir)/tests/%.c config.mk config.h
	$(call say,CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(all_cppflags) $(unit_cppflags) $(all_cflags) -MMD -MP -c -o $@ $<

.SECONDARY: $(addsuffix .o,$(unit_programs))

build/tests/unit/test_%: build/tests/unit/test_%.o $(unit_support) $(library)
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $< $(unit_support) $(library) $(TEST_LIBS) $(DEP_LIBS) $(LIBS)

# What tests/bench/*.sh measure with.
bench_programs := $(patsubst $(srcdir)/%.c,build/%,$(wildcard $(srcdir)/tests/bench/bench_*.c))
.SECONDARY: $(addsuffix .o,$(bench_programs))
-include $(addsuffix .d,$(bench_programs))

build/tests/bench/bench_%: build/tests/bench/bench_%.o $(unit_support) $(library)
	$(call say,LINK,$@)
	$(Q)$(CC) $(all_ldflags) -o $@ $< $(unit_support) $(library) $(TEST_LIBS) $(DEP_LIBS) $(LIBS)

# The fuzz targets: the same sources once more, by clang with libFuzzer and its sanitizers.
FUZZ_CC ?= clang
fuzz_cflags = -std=gnu17 -g -O1 -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=all
fuzz_programs := $(patsubst $(srcdir)/tests/fuzz/%.c,build/fuzz/%,$(sort $(wildcard $(srcdir)/tests/fuzz/fuzz_*.c)))
fuzz_objects = $(patsubst build/%,build/fuzz/%,$(library_objects))
fuzz_seeds := $(patsubst %,build/fuzz/tests/%.o,fuzz/seeds unit/kernel_samples unit/kernel_samples_btf)

build/fuzz/%.o: $(srcdir)/%.c config.mk config.h
	$(call say,FUZZ-CC,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(FUZZ_CC) $(all_cppflags) -I$(srcdir)/tests/unit $(fuzz_cflags) -MMD -MP -c -o $@ $<

build/fuzz/library.a: $(fuzz_objects)
	$(Q)rm -f $@ && $(AR) rcs $@ $(fuzz_objects)

build/fuzz/fuzz_%: build/fuzz/tests/fuzz/fuzz_%.o build/fuzz/library.a
	$(call say,FUZZ-LD,$@)
	$(Q)$(FUZZ_CC) $(fuzz_cflags) -fsanitize=fuzzer -o $@ $< build/fuzz/library.a $(DEP_LIBS) $(LIBS)

build/fuzz/make-seeds: $(fuzz_seeds) build/fuzz/library.a
	$(call say,FUZZ-LD,$@)
	$(Q)$(FUZZ_CC) $(fuzz_cflags) -o $@ $(fuzz_seeds) build/fuzz/library.a $(DEP_LIBS) $(LIBS)

.PHONY: fuzz fuzz-programs
.SECONDARY: $(fuzz_seeds) $(fuzz_programs:build/fuzz/%=build/fuzz/tests/fuzz/%.o)
fuzz-programs: $(fuzz_programs) build/fuzz/make-seeds

fuzz: fuzz-programs
	@FUZZ_SECONDS=$(or $(FUZZ_SECONDS),60) $(srcdir)/tests/fuzz/run.sh build/fuzz $(TARGETS)

-include $(fuzz_objects:.o=.d) $(fuzz_seeds:.o=.d) \
	$(fuzz_programs:build/fuzz/%=build/fuzz/tests/fuzz/%.d)
-include $(objects:.o=.d) $(unit_support:.o=.d) $(addsuffix .d,$(unit_programs))

.PHONY: bench
bench: $(program)
	+@$(srcdir)/tests/install-deps.sh build test lab
	+@srcdir=$(abs_srcdir) MAKE='$(MAKE) --no-print-directory' $(srcdir)/tests/bench/run.sh $(BENCH)

.PHONY: install uninstall
install: $(program)
	$(INSTALL) -d $(DESTDIR)$(sbindir) $(DESTDIR)$(mandir)/man8 $(DESTDIR)$(bashcompletiondir) \
		$(DESTDIR)$(zshcompletiondir) $(DESTDIR)$(fishcompletiondir) $(DESTDIR)$(schemadir)
	$(INSTALL) -m 755 $(program) $(DESTDIR)$(sbindir)/iommu-resettest
	$(INSTALL) -m 644 $(srcdir)/man/iommu-resettest.8 $(DESTDIR)$(mandir)/man8/iommu-resettest.8
	$(INSTALL) -m 644 $(srcdir)/completions/iommu-resettest.bash \
		$(DESTDIR)$(bashcompletiondir)/iommu-resettest
	$(INSTALL) -m 644 $(srcdir)/completions/_iommu-resettest \
		$(DESTDIR)$(zshcompletiondir)/_iommu-resettest
	$(INSTALL) -m 644 $(srcdir)/completions/iommu-resettest.fish \
		$(DESTDIR)$(fishcompletiondir)/iommu-resettest.fish
	$(INSTALL) -m 644 $(addprefix $(srcdir)/,$(schemas) schema/CHANGELOG.md) \
		$(DESTDIR)$(schemadir)/

uninstall:
	rm -f $(DESTDIR)$(sbindir)/iommu-resettest $(DESTDIR)$(mandir)/man8/iommu-resettest.8 \
		$(DESTDIR)$(bashcompletiondir)/iommu-resettest \
		$(DESTDIR)$(zshcompletiondir)/_iommu-resettest \
		$(DESTDIR)$(fishcompletiondir)/iommu-resettest.fish \
		$(addprefix $(DESTDIR)$(schemadir)/,$(notdir $(schemas)) CHANGELOG.md)
	rmdir $(DESTDIR)$(schemadir) $(DESTDIR)$(datadir)/iommu-resettest 2>/dev/null || :

.PHONY: check demo
check:
	+@$(srcdir)/tests/install-deps.sh build test html lab arm64
	+@BUILD_DIR=$(CURDIR)/build/check $(srcdir)/tests/run.sh

demo:
	+@$(srcdir)/tests/install-deps.sh build lab
	+@$(MAKE) --no-print-directory all
	@BINARY=$(CURDIR)/$(program) $(srcdir)/tests/lab/demo.sh

.PHONY: unit-programs unit cli-tests lab soak lint distcheck
unit-programs: $(unit_programs)
ifneq ($(unit_programs),)
$(unit_programs): | have-cmocka
.PHONY: have-cmocka
have-cmocka:
	@test -n '$(TEST_LIBS)' || { echo 'The unit tests need cmocka: install libcmocka-dev,' \
		'then run ./configure again' >&2; exit 1; }
endif

unit: $(unit_programs)
	@failed=0; for program in $(unit_programs); do ./$$program || failed=1; done; exit $$failed

cli-tests: $(program)
	@failed=0; for script in $(sort $(wildcard $(srcdir)/tests/cli/*.sh)); do \
		BINARY=$(CURDIR)/$(program) sh $$script || failed=1; done; exit $$failed

lab: $(program)
	BINARY=$(CURDIR)/$(program) $(srcdir)/tests/lab/run.sh

soak: $(program)
	SOAK_SECONDS=$(or $(SOAK_SECONDS),600) BINARY=$(CURDIR)/$(program) \
		$(srcdir)/tests/lab/run.sh only 'soak$$'

lint: config.h
	@$(srcdir)/tests/lint.sh -std=gnu17 $(all_cppflags) $(unit_cppflags)

distcheck:
	+@BUILD_DIR=$(CURDIR)/build/check $(srcdir)/tests/run.sh dist

.PHONY: dist
dist:
	@$(srcdir)/tests/dist.sh $(CURDIR)

.PHONY: clean distclean
clean:
	rm -rf build conftest.dir

distclean: clean
	rm -f config.mk config.h config.log
	@if grep -qs '^# Generated by configure' Makefile; then rm -f Makefile; fi

.PHONY: print-sources help
print-sources:
	@printf '%s\n' $(patsubst %,src/%.c,$(always_names) $(optional_names))

help:
	@echo 'all          build $(program) (the default)'
	@echo 'install      install below DESTDIR and the prefix given to configure'
	@echo 'uninstall    remove what install put there'
	@echo 'demo         install what is missing, build, boot a broken and a fixed kernel'
	@echo 'check        install what is missing, build, run every test'
	@echo 'unit         the unit tests of this build'
	@echo 'cli-tests    the command line tests of this build'
	@echo 'lab          this build on real kernels in emulated machines'
	@echo 'soak         resets for SOAK_SECONDS [600], then a long run that is killed'
	@echo 'fuzz         the fuzz targets, FUZZ_SECONDS [60] each; TARGETS="kmsg tree" for some'
	@echo 'bench        how fast it is, against others; BENCH="list klog" for some'
	@echo 'lint         cppcheck, clang-tidy, shellcheck, mandoc'
	@echo 'dist         the source tarball; distcheck builds and checks it'
	@echo 'clean        remove build/; distclean also what configure wrote'
	@echo 'V=1 shows each command.'
