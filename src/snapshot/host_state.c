// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/host_state.h"

#include <errno.h>
#include <limits.h>

#include "snapshot/node.h"
#include "snapshot/process.h"

#define WATCHDOGS "sys/class/watchdog"
#define WATCHDOG_FILE "sys/class/misc/watchdog"
#define SYSCTL "proc/sys/kernel"
#define PATH_TEXT_MAX 320

/* Sysctls that a kernel may be built without; unknown when nothing can be told at all. */
static enum tri read_sysctl(const struct root *root, const char *name, uint64_t *value)
{
	char path[PATH_TEXT_MAX];
	int r;

	snprintf(path, sizeof(path), SYSCTL "/%s", name);
	*value = 0;
	r = root_read_u64(root, path, value);
	if (r == -ENOENT && root_exists(root, SYSCTL "/panic_on_oops"))
		return TRI_NO;
	return r < 0 ? TRI_UNKNOWN : TRI_YES;
}

/* A setting that is off when 0, and off too in a kernel too old to have it. */
static enum tri read_setting(const struct root *root, const char *name)
{
	uint64_t value;
	enum tri known = read_sysctl(root, name, &value);

	return known == TRI_YES ? tri_of(value != 0) : known;
}

/* The names of parameters may have dashes for underscores (parameqn()); the last one counts. */
static bool panics_on_warn_taint(char *cmdline)
{
	static const char option[] = "panic_on_taint=";
	char *next = cmdline, *word;
	bool panics = false;

	while ((word = strsep(&next, " \t\n\""))) {
		for (char *at = word; *at && *at != '='; at++)
			if (*at == '-')
				*at = '_';
		if (starts_with(word, option))
			panics = strtoull(word + strlen(option), NULL, 16) & TAINT_WARNED;
	}
	return panics;
}

/* A captured tree may be without a command line. */
static enum tri read_panic_on_taint(const struct root *root)
{
	_cleanup_free_ char *cmdline = NULL;
	int r = root_read(root, "proc/cmdline", 1U << 16, &cmdline, NULL);

	if (r < 0)
		return r == -ENOENT ? TRI_NO : TRI_UNKNOWN;
	return tri_of(panics_on_warn_taint(cmdline));
}

static void read_hung_task(const struct root *root, struct host *host)
{
	uint64_t panic, timeout_s;
	enum tri has_panic = read_sysctl(root, "hung_task_panic", &panic);

	if (has_panic != TRI_YES || !panic) {
		host->hung_task_panic = has_panic == TRI_UNKNOWN ? TRI_UNKNOWN : TRI_NO;
		return;
	}
	if (read_sysctl(root, "hung_task_timeout_secs", &timeout_s) != TRI_YES) {
		host->hung_task_panic = TRI_UNKNOWN;
		return;
	}
	host->hung_task_panic = tri_of(timeout_s != 0);
	host->hung_task_timeout_s = timeout_s > UINT_MAX ? UINT_MAX : (unsigned int)timeout_s;
}

/* Files of CONFIG_WATCHDOG_SYSFS; a watchdog without them may run, for all that is known. */
static void read_watchdog(const struct root *root, struct host *host, const char *name)
{
	char path[PATH_TEXT_MAX], state[32], identity[32];
	uint64_t timeout_s = 0;
	int r;

	snprintf(path, sizeof(path), WATCHDOGS "/%.200s/state", name);
	r = root_read_line(root, path, state, sizeof(state));
	if (r == 0 && streq(state, "inactive"))
		return;
	snprintf(path, sizeof(path), WATCHDOGS "/%.200s/timeout", name);
	if (r < 0 || root_read_u64(root, path, &timeout_s) < 0 || timeout_s > UINT_MAX)
		timeout_s = 0;
	if (host->watchdog[0] && host->watchdog_timeout_s <= timeout_s)
		return;
	snprintf(path, sizeof(path), WATCHDOGS "/%.200s/identity", name);
	if (root_read_line(root, path, identity, sizeof(identity)) < 0)
		strcpy(identity, "?");
	snprintf(host->watchdog, sizeof(host->watchdog), "%.20s (%s)", name, identity);
	host->watchdog_timeout_s = (unsigned int)timeout_s;
}

/* Drivers that do without the kernel's common part (ipmi_watchdog) have the file of old alone. */
static int read_watchdogs(const struct root *root, struct host *host)
{
	_cleanup_names_ struct names names = {0};
	int r = names_read(root, WATCHDOGS, &names);

	host->watchdog[0] = '\0';
	host->watchdog_timeout_s = 0;
	if (r == -ENOMEM)
		return r;
	if (r < 0 && r != -ENOENT)
		snprintf(host->watchdog, sizeof(host->watchdog), "%s", WATCHDOGS);
	for (size_t i = 0; i < names.count; i++)
		read_watchdog(root, host, names.list[i]);
	if (!root_is_absent(root, WATCHDOG_FILE) && !root_exists(root, WATCHDOGS "/watchdog0")) {
		snprintf(host->watchdog, sizeof(host->watchdog), "watchdog (of an old kind)");
		host->watchdog_timeout_s = 0;
	}
	return 0;
}

/*
 * The first namespaces of a machine have numbers of their own (include/uapi/linux/nsfs.h,
 * PID_NS_INIT_INO and USER_NS_INIT_INO). In another one, other processes are out of sight.
 */
static enum tri is_first_namespace(const struct root *root, const char *name, const char *first)
{
	char path[64], link[64];
	int r;

	snprintf(path, sizeof(path), "proc/self/ns/%s", name);
	r = root_read_link(root, path, link, sizeof(link));
	if (r == -ENOENT) /* a kernel without such namespaces */
		return TRI_YES;
	return r < 0 ? TRI_UNKNOWN : tri_of(streq(link, first));
}

/* What process 1 sees is the machine's own, whatever files an image was made with. */
static bool is_at_home(const struct root *root)
{
	char own[64], first[64];

	return root_read_link(root, "proc/self/ns/mnt", own, sizeof(own)) == 0 &&
	       root_read_link(root, "proc/1/ns/mnt", first, sizeof(first)) == 0 &&
	       streq(own, first);
}

static enum tri read_container(const struct root *root)
{
	static const char *const marks[] = {"run/systemd/container", ".dockerenv",
					    "run/.containerenv"};
	enum tri pid = is_first_namespace(root, "pid", "pid:[4026531836]");
	enum tri user = is_first_namespace(root, "user", "user:[4026531837]");
	bool unmarked = true;

	if (pid == TRI_YES && user == TRI_YES && is_at_home(root))
		return TRI_NO;
	for (size_t i = 0; i < ARRAY_SIZE(marks); i++) {
		if (root_exists(root, marks[i]))
			return TRI_YES;
		unmarked &= root_is_absent(root, marks[i]);
	}
	/* Not all containers are marked, and some have the host's processes; services have its
	 * root. */
	if (pid == TRI_NO || user == TRI_NO || (!is_at_home(root) && process_is_confined(root)))
		return TRI_YES;
	return unmarked && pid == TRI_YES && user == TRI_YES ? TRI_NO : TRI_UNKNOWN;
}

static bool cpu_says_hypervisor(const struct root *root)
{
	_cleanup_free_ char *text = NULL;
	char *flags, *end;

	if (root_read(root, "proc/cpuinfo", 64U << 20, &text, NULL) < 0)
		return false;
	flags = strstr(text, "\nflags");
	if (!flags)
		return false;
	end = strchr(flags + 1, '\n');
	if (end)
		*end = '\0';
	return strstr(flags, " hypervisor") != NULL;
}

static bool firmware_says(const struct root *root, const char *name, struct host *host)
{
	static const char *const products[] = {"QEMU", "KVM", "VMware", "Virtual Machine",
					       "VirtualBox"};
	char path[64], line[64];

	snprintf(path, sizeof(path), "sys/class/dmi/id/%s", name);
	if (root_read_line(root, path, line, sizeof(line)) < 0)
		return false;
	for (size_t i = 0; i < ARRAY_SIZE(products); i++)
		if (strstr(line, products[i])) {
			snprintf(host->guest, sizeof(host->guest), "the firmware says %.40s", line);
			return true;
		}
	return false;
}

/* Empty on bare metal, and wherever nothing gives the host away. */
static void read_guest(const struct root *root, struct host *host)
{
	char line[32];

	if (root_read_line(root, "sys/hypervisor/type", line, sizeof(line)) == 0 &&
	    !streq(line, "none"))
		snprintf(host->guest, sizeof(host->guest), "sys/hypervisor/type says %s", line);
	else if (cpu_says_hypervisor(root))
		snprintf(host->guest, sizeof(host->guest), "the processor says hypervisor");
	else if (root_exists(root, "proc/device-tree/hypervisor"))
		snprintf(host->guest, sizeof(host->guest), "the device tree names a hypervisor");
	else if (!firmware_says(root, "sys_vendor", host))
		(void)firmware_says(root, "product_name", host);
}

int host_settings_read(const struct root *root, struct host *host)
{
	uint64_t oops_limit;
	char line[64];

	host->panic_on_warn = read_setting(root, "panic_on_warn");
	host->warn_limit = read_setting(root, "warn_limit");
	host->panic_on_taint = read_panic_on_taint(root);
	host->panic_on_oops = read_setting(root, "panic_on_oops");
	host->oops_limit = read_sysctl(root, "oops_limit", &oops_limit);
	if (host->oops_limit == TRI_YES)
		host->oops_limit = tri_of(oops_limit == 1);
	read_hung_task(root, host);
	if (root_read_line(root, "sys/kernel/security/lockdown", line, sizeof(line)) == 0)
		host->confidential = tri_of(strstr(line, "[confidentiality]") != NULL);
	host->tainted_known = read_sysctl(root, "tainted", &host->tainted);
	return read_watchdogs(root, host);
}

int host_state_read(const struct root *root, struct host *host)
{
	host->container = read_container(root);
	read_guest(root, host);
	return host_settings_read(root, host);
}
