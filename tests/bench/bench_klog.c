// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The classification of the kernel log, to be measured by klog.sh:
 *	bench_klog records COUNT	writes a log as /dev/kmsg gives it, always the same
 *	bench_klog patterns		writes the tables as extended regular expressions
 *	bench_klog classify < LOG	reads and classifies each record; prints how many are of a
 *kind
 */
#include <inttypes.h>

#include "judge/klog_match.h"
#include "klog_lines.h"
#include "observe/kmsg_record.h"

#define BLOCK_BYTES (1 << 18)
#define OWN_EVERY 25 /* so many lines of others for one that is in the tables */
#define NUMBERS_MAX 3

/* What a server's log is full of, with up to three numbers in each. */
struct foreign {
	unsigned int priority;
	const char *text;
	const char *dictionary; /* NULL: none */
};

static const struct foreign foreign[] = {
	{6, "usb 1-%u: new high-speed USB device number %u using xhci_hcd",
	 " SUBSYSTEM=usb\n DEVICE=c189:%u\n"},
	{6, "usb 1-%u: New USB device found, idVendor=0bda, idProduct=%04x, bcdDevice= 1.%02u",
	 " SUBSYSTEM=usb\n"},
	{6, "usb 1-%u: Product: USB Optical Mouse", " SUBSYSTEM=usb\n"},
	{6, "input: Power Button as /devices/LNXSYSTM:00/LNXPWRBN:00/input/input%u", NULL},
	{6, "hid-generic 0003:046D:C077.%04X: input,hidraw%u: USB HID v1.11 Mouse [Logitech]",
	 " SUBSYSTEM=hid\n DEVICE=+hid:0003:046D:C077.0001\n"},
	{6, "e1000e 0000:00:1f.6 eno1: NIC Link is Up 1000 Mbps Full Duplex, Flow Control: Rx/Tx",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:00:1f.6\n"},
	{6, "mlx5_core 0000:%02x:00.0: firmware version: 28.%u.1002",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:17:00.0\n"},
	{6, "mlx5_core 0000:%02x:00.1 ens1f1np1: Link up",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:17:00.1\n"},
	{4,
	 "mlx5_core 0000:%02x:00.0: mlx5_pcie_event:%u:(pid %u): Detected insufficient power on "
	 "the PCIe slot (27W).",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:17:00.0\n"},
	{6, "nvme nvme%u: %u/0/0 default/read/poll queues", " SUBSYSTEM=nvme\n"},
	{6, "nvme nvme%u: pci function 0000:%02x:00.0", " SUBSYSTEM=nvme\n"},
	{6, "pci 0000:%02x:00.0: [8086:%04x] type 00 class 0x020000 PCIe Endpoint",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3b:00.0\n"},
	{6, "pci 0000:%02x:00.0: BAR 0 [mem 0xfb%06x-0xfb7fffff 64bit pref]",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3b:00.0\n"},
	{6, "pci 0000:%02x:00.0: PME# supported from D0 D3hot D3cold",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3b:00.0\n"},
	{6, "pci 0000:%02x:1c.0: PCI bridge to [bus %02x]",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:00:1c.0\n"},
	{6, "pcieport 0000:%02x:02.0: PME: Signaling with IRQ %u",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3a:02.0\n"},
	{6, "pcieport 0000:%02x:02.0: AER: enabled with IRQ %u",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3a:02.0\n"},
	{6, "pci 0000:%02x:00.%u: Adding to iommu group %u",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3b:00.0\n"},
	{6, "DMAR: dmar%u: reg_base_addr d37fc000 ver 1:0 cap 8d2078c106f0466 ecap f020df", NULL},
	{6, "DMAR: RMRR base: 0x0000006f76%04x end: 0x0000006f76ffff", NULL},
	{6, "ACPI: \\_SB_.PC%02u: new power resource", NULL},
	{6, "ACPI: SSDT 0x00000000%08X 000BC9 (v02 INTEL  CpuSsdt  00003000 INTL 20191018)", NULL},
	{6,
	 "EXT4-fs (sda%u): mounted filesystem 5f2e8e34-1f2d-47a6-8f5b-0000%08x r/w with ordered "
	 "data mode. Quota mode: none.",
	 NULL},
	{6, "XFS (dm-%u): Ending clean mount", NULL},
	{6, "sd %u:0:0:0: [sda] 7814037168 512-byte logical blocks: (4.00 TB/3.64 TiB)",
	 " SUBSYSTEM=scsi\n DEVICE=+scsi:0:0:0:0\n"},
	{5, "sd %u:0:0:%u: [sdb] Attached SCSI disk", " SUBSYSTEM=scsi\n DEVICE=+scsi:0:0:0:1\n"},
	{6, "ata%u: SATA link up 6.0 Gbps (SStatus 133 SControl 300)", " SUBSYSTEM=ata_port\n"},
	{6, "br-%08x: port %u(veth%06x) entered blocking state", NULL},
	{6, "veth%06x: renamed from eth0", NULL},
	{6, "docker0: port %u(veth%06x) entered forwarding state", NULL},
	{6, "IPv6: ADDRCONF(NETDEV_CHANGE): veth%06x: link becomes ready", NULL},
	{6, "bond0: (slave ens%uf0): link status definitely up, %u Mbps full duplex", NULL},
	{5,
	 "audit: type=1400 audit(17955%05u.%03u:%u): apparmor=\"DENIED\" operation=\"open\" "
	 "profile=\"snap.lxd\" name=\"/proc/sys/kernel/random/uuid\" comm=\"lxd\"",
	 NULL},
	{5,
	 "audit: type=1130 audit(17955%05u.%03u:%u): pid=1 uid=0 auid=4294967295 ses=4294967295 "
	 "subj=unconfined msg='unit=cron comm=\"systemd\" res=success'",
	 NULL},
	{6,
	 "perf: interrupt took too long (%u > %u), lowering kernel.perf_event_max_sample_rate to "
	 "%u",
	 NULL},
	{6, "kvm: SMP vm created on host with unstable TSC; guest TSC will not be reliable", NULL},
	{6,
	 "[UFW BLOCK] IN=eno1 OUT= MAC=3c:ec:ef:%02x SRC=192.0.2.%u DST=198.51.100.7 LEN=40 "
	 "TOS=0x00 PREC=0x00 TTL=243 ID=%u PROTO=TCP SPT=49152 DPT=22 WINDOW=1024 RES=0x00 SYN",
	 NULL},
	{6, "[drm] Initialized ast 0.1.0 for 0000:%02x:00.0 on minor %u", NULL},
	{4, "EDAC MC%u: Giving out device to module skx_edac controller Skylake Socket#0 IMC#%u",
	 NULL},
	{6, "systemd[1]: Started session-%u.scope - Session %u of User root.", NULL},
	{6, "process '%u/runc' started with executable stack", NULL},
	{6, "TCP: request_sock_TCP: Possible SYN flooding on port %u. Sending cookies.", NULL},
	{6, "x86/split lock detection: #AC: qemu-kvm/%u took a split_lock trap at address: 0x%x",
	 NULL},
	{6,
	 "Memory cgroup out of memory: Killed process %u (java) total-vm:%ukB, anon-rss:%ukB, "
	 "file-rss:0kB, shmem-rss:0kB, UID:1000 pgtables:1200kB oom_score_adj:987",
	 NULL},
	{6, "vfio-pci 0000:%02x:00.0: enabling device (0000 -> 0003)",
	 " SUBSYSTEM=pci\n DEVICE=+pci:0000:3b:00.0\n"},
	{6, "virtio_blk virtio%u: [vda] %u 512-byte logical blocks (64.4 GB/60.0 GiB)",
	 " SUBSYSTEM=virtio\n DEVICE=+virtio:virtio1\n"},
	{30, "systemd[1]: Finished logrotate.service - Rotate log files (%u ms).", NULL},
	{30, "systemd[1]: run-docker-runtime-moby-%08x.mount: Deactivated successfully.", NULL},
	{15, "iommu-resettest: step %u", NULL},
	{11, "DMAR: [DMA Read NO_PASID] Request device [0d:00.0] fault addr 0x%x", NULL},
};

static uint32_t next_random(uint32_t *state)
{
	*state = *state * 1664525 + 1013904223;
	return *state >> 8;
}

/* printf() of a format with up to three numbers, which the compiler cannot check. */
static void print_numbers(const char *format, const uint32_t numbers[NUMBERS_MAX])
{
	unsigned int at = 0;

	while (*format) {
		size_t plain = strcspn(format, "%"), length;
		char one[16];

		fwrite(format, 1, plain, stdout);
		format += plain;
		if (!*format)
			return;
		length = strcspn(format, "uxX") + 1;
		snprintf(one, sizeof(one), "%.*s", (int)length, format);
		format += length;
		if (streq(one, "%u"))
			printf("%u", numbers[at++] % 4000);
		else if (streq(one, "%08x") || streq(one, "%08X"))
			printf("%08x", numbers[at++]);
		else
			printf("%0*x", one[1] == '0' ? one[2] - '0' : 1, numbers[at++] & 0xff);
	}
}

/* Line @at of those that the tests of the tables have. */
static const struct line *own_line(size_t at)
{
	at %= iommu_line_count + pci_line_count + generic_line_count;
	if (at < iommu_line_count)
		return &iommu_lines[at];
	at -= iommu_line_count;
	return at < pci_line_count ? &pci_lines[at] : &generic_lines[at - pci_line_count];
}

/* As the kernel escapes it. */
static void print_escaped(const char *text)
{
	for (; *text; text++)
		if (*text < ' ' || *text >= 0x7f || *text == '\\')
			printf("\\x%02x", (unsigned char)*text);
		else
			putchar(*text);
}

static void print_record(uint64_t number, uint32_t *random)
{
	uint32_t choice = next_random(random);
	uint32_t numbers[NUMBERS_MAX] = {next_random(random), next_random(random),
					 next_random(random)};
	uint64_t time_us = 5000000 + number * 937;

	if (choice % OWN_EVERY == 0) {
		const struct line *line = own_line(numbers[0]);

		printf("3,%" PRIu64 ",%" PRIu64 ",-,caller=T%u;", number, time_us,
		       numbers[1] % 99999);
		print_escaped(line->text);
		printf(line->device ? "\n SUBSYSTEM=pci\n DEVICE=%s\n" : "\n", line->device);
	} else {
		const struct foreign *line = &foreign[choice / OWN_EVERY % ARRAY_SIZE(foreign)];

		printf("%u,%" PRIu64 ",%" PRIu64 ",-,caller=T%u;", line->priority, number, time_us,
		       numbers[1] % 99999);
		print_numbers(line->text, numbers);
		putchar('\n');
		if (line->dictionary)
			print_numbers(line->dictionary, numbers);
	}
}

static int write_records(const char *count)
{
	unsigned long records = strtoul(count, NULL, 10);
	uint32_t random = 20261122;

	for (unsigned long i = 0; i < records; i++)
		print_record(i, &random);
	return 0;
}

static void print_quoted(const char *text)
{
	for (; *text; text++) {
		if (*text == '\t')
			printf("\\\\x09");
		else if (strchr(".[]{}()*+?^$|\\", *text))
			printf("\\%c", *text);
		else
			putchar(*text);
	}
}

/*
 * What lines of a row begin with, behind the names of driver and device. That alone is the fastest
 * that grep can be: with the rest of the row it takes three times as long.
 */
static void print_pattern(const struct klog_table *table, const struct klog_row *row)
{
	if (row->needle[0]) {
		print_quoted(table->tag);
		print_quoted(row->needle);
	} else {
		print_quoted(row->also);
	}
	putchar('\n');
}

static void print_patterns(const struct klog_table *tables, size_t count)
{
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < tables[i].count; j++)
			if (tables[i].rows[j].kind != KLOG_OTHER)
				print_pattern(&tables[i], &tables[i].rows[j]);
}

static int write_patterns(void)
{
	print_patterns(klog_pci_device_tables, klog_pci_device_table_count);
	print_patterns(klog_iommu_device_tables, klog_iommu_device_table_count);
	print_patterns(klog_iommu_tables, klog_iommu_table_count);
	print_patterns(klog_generic_tables, klog_generic_table_count);
	return 0;
}

/* The end of the record at @text: the newline that no line of its dictionary follows; or NULL. */
static char *record_end(char *text, const char *end)
{
	char *newline = memchr(text, '\n', (size_t)(end - text));

	while (newline && newline + 1 < end && newline[1] == ' ')
		newline = memchr(newline + 1, '\n', (size_t)(end - newline - 1));
	return newline && newline + 1 < end ? newline : NULL;
}

/* As a step does in a flood, where only what is of interest is kept and classified. */
static bool is_found(const struct log_record *record)
{
	return klog_is_interesting(record) && klog_classify(record).kind != KLOG_OTHER;
}

/* Classifies the whole records of the text. Returns what is left of it. */
static char *classify_text(char *text, char *end, uint64_t *found)
{
	char *newline;

	while ((newline = record_end(text, end))) {
		struct log_record record;

		if (kmsg_record_parse(text, (size_t)(newline - text), &record) == 0)
			*found += is_found(&record);
		text = newline + 1;
	}
	return text;
}

static int classify(void)
{
	static char block[BLOCK_BYTES + 1];
	size_t kept = 0;
	uint64_t found = 0;
	ssize_t got;

	while ((got = read(STDIN_FILENO, block + kept, BLOCK_BYTES - kept)) > 0) {
		char *end = block + kept + got;
		char *rest = classify_text(block, end, &found);

		kept = (size_t)(end - rest);
		memmove(block, rest, kept);
	}
	/* Nothing follows the last one: it is whole. */
	block[kept] = '0';
	classify_text(block, block + kept + 1, &found);
	printf("%" PRIu64 "\n", found);
	return got < 0 ? 1 : 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && streq(argv[1], "records"))
		return write_records(argv[2]);
	if (argc == 2 && streq(argv[1], "patterns"))
		return write_patterns();
	if (argc == 2 && streq(argv[1], "classify"))
		return classify();
	fprintf(stderr, "usage: bench_klog records COUNT | patterns | classify < LOG\n");
	return 2;
}
