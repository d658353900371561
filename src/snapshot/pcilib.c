// SPDX-License-Identifier: GPL-2.0-or-later
#include "snapshot/pcilib.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>

#include <pci/pci.h>

#define NAME_MAX_BYTES 1024
#define PCI_IDS_PATH "usr/share/misc/pci.ids"

/* Of machines with many functions, most are of a few kinds. */
#define KNOWN_NAMES 256

struct known_name {
	int kind, first, second;
	char *text; /* NULL: not looked up yet, or none */
};

struct pcilib {
	struct pci_access *access;
	int names_fd; /* the tree's own pci.ids, which libpci may read whenever it looks up; or -1
		       */
	struct known_name known[KNOWN_NAMES];
};

/* libpci's error callback gets no context and must not return. */
static _Thread_local jmp_buf *trap;

__attribute__((noreturn, format(printf, 1, 2))) static void fail(char *message, ...)
{
	(void)message;
	if (trap)
		longjmp(*trap, 1);
	abort();
}

__attribute__((format(printf, 1, 2))) static void ignore(char *message, ...)
{
	(void)message;
}

/* Runs one piece of libpci work. Returns false when the library gave up in the middle. */
static bool run_trapped(void (*work)(void *arg), void *arg)
{
	jmp_buf here;

	if (setjmp(here)) {
		trap = NULL;
		return false;
	}
	trap = &here;
	work(arg);
	trap = NULL;
	return true;
}

struct open_work {
	struct pci_access *access;
	char *sysfs_path;
};

static void init_access(void *arg)
{
	const struct open_work *work = arg;
	struct pci_access *access = work->access;

	access->method = PCI_ACCESS_SYS_BUS_PCI;
	access->error = fail;
	access->warning = ignore;
	access->debug = ignore;
	access->id_lookup_mode = 0; /* no cache file in a home directory, no DNS */
	pci_set_param(access, (char *)"sysfs.path", work->sysfs_path);
	pci_init(access);
}

static void load_names(void *arg)
{
	pci_load_name_list(arg);
}

/* A captured tree may bring the names its machine had. */
static int set_names_path(struct pcilib *lib, const struct root *root)
{
	char *path;

	if (root->live)
		return 0;
	lib->names_fd = root_open_file(root, PCI_IDS_PATH, O_RDONLY | O_NONBLOCK);
	if (lib->names_fd < 0)
		return 0;
	if (asprintf(&path, "/proc/self/fd/%d", lib->names_fd) < 0)
		return -ENOMEM;
	pci_set_name_list_path(lib->access, path, 1);
	return 0;
}

int pcilib_load_names(struct pcilib *lib, const struct root *root)
{
	int r = set_names_path(lib, root);

	if (r == 0)
		run_trapped(load_names, lib->access);
	return r;
}

int pcilib_open(const struct root *root, struct pcilib **out)
{
	_cleanup_free_ char *sysfs_path = NULL;
	_cleanup_pcilib_ struct pcilib *lib = calloc(1, sizeof(*lib));
	struct open_work work;

	if (!lib)
		return -ENOMEM;
	lib->names_fd = -1;
	if (asprintf(&sysfs_path, "%s/sys/bus/pci", root->live ? "" : root->path) < 0) {
		sysfs_path = NULL;
		return -ENOMEM;
	}
	lib->access = pci_alloc();
	work = (struct open_work){lib->access, sysfs_path};
	if (!run_trapped(init_access, &work))
		return -EIO;
	*out = TAKE_PTR(lib);
	return 0;
}

static void cleanup_access(void *arg)
{
	pci_cleanup(arg);
}

void pcilib_close(struct pcilib *lib)
{
	if (!lib)
		return;
	if (lib->access && lib->access->methods)
		run_trapped(cleanup_access, lib->access);
	if (lib->names_fd >= 0)
		close(lib->names_fd);
	for (size_t i = 0; i < KNOWN_NAMES; i++)
		free(lib->known[i].text);
	free(lib);
}

struct name_work {
	struct pci_access *access;
	int kind, first, second;
	char *found;
	char text[NAME_MAX_BYTES];
};

static void look_up(void *arg)
{
	struct name_work *work = arg;

	work->found = pci_lookup_name(work->access, work->text, sizeof(work->text),
				      work->kind | PCI_LOOKUP_NO_NUMBERS | PCI_LOOKUP_NO_HWDB,
				      work->first, work->second);
}

static char *name(struct pcilib *lib, int kind, int first, int second)
{
	unsigned int slot = (unsigned int)(kind * 31 + first * 7 + second) % KNOWN_NAMES;
	struct known_name *known = &lib->known[slot];
	struct name_work work;

	if (!known->text || known->kind != kind || known->first != first ||
	    known->second != second) {
		work.access = lib->access;
		work.kind = kind;
		work.first = first;
		work.second = second;
		work.found = NULL;
		if (!run_trapped(look_up, &work) || !work.found)
			return NULL;
		free(known->text);
		*known = (struct known_name){kind, first, second, strdup(work.found)};
	}
	return known->text ? strdup(known->text) : NULL;
}

char *pcilib_vendor_name(struct pcilib *lib, uint16_t vendor)
{
	return name(lib, PCI_LOOKUP_VENDOR, vendor, 0);
}

char *pcilib_device_name(struct pcilib *lib, uint16_t vendor, uint16_t device)
{
	return name(lib, PCI_LOOKUP_DEVICE, vendor, device);
}

char *pcilib_class_name(struct pcilib *lib, uint32_t class_code)
{
	char *found = name(lib, PCI_LOOKUP_CLASS, (int)(class_code >> 8), 0);
	char *number = found ? strstr(found, " [") : NULL;

	/* libpci adds the number to the name of a base class when the sub class has none. */
	if (number)
		*number = '\0';
	return found;
}
