// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/running.h"

#include <elf.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/utsname.h>

#include "kernel/btf.h"
#include "kernel/kallsyms.h"
#include "kernel/livepatch.h"
#include "kernel/regular.h"

#define BTF_MAX_BYTES (512U << 20)
#define NOTES_MAX_BYTES (1U << 20)

static void read_release(const struct root *root, struct kernel_facts *facts)
{
	struct utsname name;

	if (root_read_line(root, "proc/sys/kernel/osrelease", facts->release,
			   sizeof(facts->release)) == 0)
		return;
	facts->release[0] = '\0';
	if (root->live && uname(&name) == 0)
		snprintf(facts->release, sizeof(facts->release), "%s", name.release);
}

static int read_btf(const struct root *root, struct kernel_facts *facts)
{
	static const char path[] = "sys/kernel/btf/vmlinux";
	_cleanup_close_ int fd = root_open_file(root, path, REGULAR_OPEN_FLAGS);
	_cleanup_free_ unsigned char *data = NULL;
	size_t length;
	int r = fd < 0 ? fd : regular_read(fd, BTF_MAX_BYTES, &data, &length);

	if (r == 0)
		return btf_read_facts((struct bytes){data, length}, facts);
	if (r == -ENOENT)
		snprintf(facts->note, sizeof(facts->note), "no /%s (CONFIG_DEBUG_INFO_BTF)", path);
	else
		snprintf(facts->note, sizeof(facts->note), "/%s: %s", path, strerror(-r));
	return r;
}

static void add_note(struct kernel_facts *facts, const char *text)
{
	size_t used = strlen(facts->note);

	snprintf(facts->note + used, sizeof(facts->note) - used, "%s%s", used ? "; " : "", text);
}

/*
 * BTF settles it when it lists the functions, or when neither they nor the state they keep in
 * struct iommu_group are there. pahole leaves out functions that it cannot describe.
 */
static bool btf_settles(const struct kernel_facts *facts)
{
	if (facts->prepare == TRI_YES)
		return true;
	return facts->prepare == TRI_NO && facts->resetting_domain == TRI_NO;
}

static int add_kallsyms(const struct root *root, bool have_btf, struct kernel_facts *facts)
{
	struct kallsyms symbols;
	int r = kallsyms_read(root, &symbols);

	if (r == -ENOMEM)
		return r;
	if (r < 0) {
		add_note(facts, r == -ENODATA ? "/proc/kallsyms shows no symbols of the kernel"
					      : "/proc/kallsyms could not be read");
		return 0;
	}
	if (!have_btf)
		snprintf(facts->source, sizeof(facts->source), "kallsyms");
	else if (facts->prepare != symbols.prepare)
		add_note(facts, "whether prepare/done exist is from kallsyms");
	facts->prepare = symbols.prepare;
	facts->done = symbols.done;
	return 0;
}

static int read_facts(const struct root *root, struct kernel_facts *facts)
{
	int r = read_btf(root, facts);

	if (r == 0)
		snprintf(facts->source, sizeof(facts->source), "btf");
	if (r == -ENOMEM || (r == 0 && btf_settles(facts)))
		return r;
	return add_kallsyms(root, r == 0, facts);
}

/* A livepatch may mend what the structures show to be broken, and keep its own state elsewhere. */
static void doubt_replaced(const struct root *root, struct kernel_facts *facts)
{
	char name[64], text[128];

	if (facts->prepare != TRI_YES || facts->reset_depth == TRI_YES ||
	    !livepatch_replaces_reset(root, name, sizeof(name)))
		return;
	facts->resetting_domain = TRI_UNKNOWN;
	facts->reset_depth = TRI_UNKNOWN;
	snprintf(text, sizeof(text), "a livepatch replaces %s(): the structures may not tell",
		 name);
	add_note(facts, text);
}

int facts_read_running(const struct root *root, const char *release, struct kernel_facts *facts)
{
	int r;

	*facts = (struct kernel_facts)KERNEL_FACTS_INIT;
	if (release)
		snprintf(facts->release, sizeof(facts->release), "%s", release);
	else
		read_release(root, facts);
	r = read_facts(root, facts);
	doubt_replaced(root, facts);
	return r;
}

int build_note_parse(struct bytes notes, struct build_note *note)
{
	const uint16_t one = 1;
	bool big_endian = *(const unsigned char *)&one == 0;
	uint64_t offset = 0, name, description, type;

	while (bytes_number(notes, offset, 4, big_endian, &name) &&
	       bytes_number(notes, offset + 4, 4, big_endian, &description) &&
	       bytes_number(notes, offset + 8, 4, big_endian, &type)) {
		uint64_t length = sizeof(Elf32_Nhdr) + ((name + 3) & ~3ULL) + description;
		struct bytes whole;

		if (!bytes_slice(notes, offset, length, &whole))
			break;
		if (type == NT_GNU_BUILD_ID && description > 0 && length <= sizeof(note->data) &&
		    name == sizeof(ELF_NOTE_GNU) &&
		    bytes_match(whole, sizeof(Elf32_Nhdr), ELF_NOTE_GNU, sizeof(ELF_NOTE_GNU))) {
			memcpy(note->data, whole.data, whole.length);
			note->length = whole.length;
			return 0;
		}
		offset += (length + 3) & ~3ULL;
	}
	return -ENOENT;
}

int build_note_read(const struct root *root, struct build_note *note)
{
	_cleanup_free_ char *data = NULL;
	size_t length;
	int r = root_read(root, "sys/kernel/notes", NOTES_MAX_BYTES, &data, &length);

	if (r < 0)
		return r;
	return build_note_parse((struct bytes){(const unsigned char *)data, length}, note);
}
