// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/btf.h"

#include <bpf/btf.h>
#include <limits.h>

#include "kernel/btf_load.h"

/* Members looked at in all. A kernel needs some hundreds; hostile BTF could ask for years. */
#define MEMBER_BUDGET (1U << 22)
#define ANONYMOUS_DEPTH 8

/* What one pass over the types found; 0 is no type. */
struct found {
	unsigned int pci_dev;
	unsigned int device;
	unsigned int iommu_domain;
	unsigned int iommu_group;
	unsigned int group_device;
	unsigned int functions;
	bool earlier_prepare;
	char counter[48];    /* "struct.member" that may count resets and is not known, or "" */
	unsigned int budget; /* members that may still be looked at */
};

struct member {
	unsigned int type;
	unsigned long bits;
};

/* Looks @name up in a structure and in the anonymous structures and unions in it. */
static bool find_member(const struct btf *btf, const struct btf_type *type, const char *name,
			unsigned int depth, unsigned int *budget, struct member *out)
{
	const struct btf_member *members = btf_members(type);

	for (unsigned int i = 0; i < btf_vlen(type) && *budget > 0; i++) {
		const char *text = btf__name_by_offset(btf, members[i].name_off);
		const struct btf_type *inner;

		(*budget)--;
		if (text && streq(text, name)) {
			out->type = members[i].type;
			out->bits += btf_member_bit_offset(type, i);
			return true;
		}
		if (!text || *text || depth == ANONYMOUS_DEPTH)
			continue;
		inner = btf__type_by_id(btf, members[i].type);
		if (!inner || !btf_is_composite(inner) ||
		    !find_member(btf, inner, name, depth + 1, budget, out))
			continue;
		out->bits += btf_member_bit_offset(type, i);
		return true;
	}
	return false;
}

static bool has_member(const struct btf *btf, const struct btf_type *type, const char *name,
		       struct found *found)
{
	struct member unused = {0};

	return find_member(btf, type, name, 0, &found->budget, &unused);
}

static bool has_any(const char *text, const char *const *words)
{
	for (; *words; words++)
		if (strstr(text, *words))
			return true;
	return false;
}

/* Vendors may count under another name, and elsewhere, what 0d5fd7a9323c counts in reset_depth. */
static bool may_count_resets(const char *structure, const char *member)
{
	static const char *const known[] = {"blocked", "blocking_domain", "owner_cnt",
					    "recovery_cnt", "resetting_domain"};
	static const char *const events[] = {"reset", "recover", "block", NULL};
	static const char *const counts[] = {"depth", "cnt", "count", "nest", "level", NULL};

	for (size_t i = 0; i < ARRAY_SIZE(known); i++)
		if (streq(member, known[i]))
			return false;
	if (streq(structure, "iommu_group") || streq(structure, "group_device"))
		return has_any(member, events) || has_any(member, counts);
	/* The others are large, and not about resets. */
	return (has_any(member, events) || strstr(member, "iommu")) && has_any(member, counts);
}

static void find_counter(const struct btf *btf, const struct btf_type *type, const char *structure,
			 unsigned int depth, struct found *found)
{
	const struct btf_member *members = btf_members(type);

	for (unsigned int i = 0; i < btf_vlen(type) && found->budget > 0 && !found->counter[0];
	     i++) {
		const char *text = btf__name_by_offset(btf, members[i].name_off);
		const struct btf_type *inner;

		found->budget--;
		if (text && *text) {
			if (may_count_resets(structure, text))
				snprintf(found->counter, sizeof(found->counter), "%s.%s", structure,
					 text);
			continue;
		}
		inner = depth < ANONYMOUS_DEPTH ? btf__type_by_id(btf, members[i].type) : NULL;
		if (inner && btf_is_composite(inner))
			find_counter(btf, inner, structure, depth + 1, found);
	}
}

/* Byte offset of a member of a member..., such as "dev", "kobj", "name"; -1 when there is none. */
static long path_offset(const struct btf *btf, unsigned int type, const char *const *path,
			struct found *found)
{
	unsigned long bits = 0;

	for (; *path; path++) {
		struct member member = {0};
		int resolved = type ? btf__resolve_type(btf, type) : -1;
		const struct btf_type *owner;

		if (resolved < 0)
			return -1;
		owner = btf__type_by_id(btf, (unsigned int)resolved);
		if (!owner || !btf_is_composite(owner) ||
		    !find_member(btf, owner, *path, 0, &found->budget, &member))
			return -1;
		bits += member.bits;
		type = member.type;
	}
	return bits % CHAR_BIT ? -1 : (long)(bits / CHAR_BIT);
}

/* A structure may be there more than once: a member of any of them counts. */
static void merge(enum tri *fact, bool yes)
{
	if (*fact != TRI_YES)
		*fact = tri_of(yes);
}

static void look_at_struct(const struct btf *btf, unsigned int id, const struct btf_type *type,
			   const char *name, struct found *found, struct kernel_facts *facts)
{
	if (streq(name, "iommu_group") || streq(name, "group_device") || streq(name, "pci_dev") ||
	    streq(name, "dev_iommu"))
		find_counter(btf, type, name, 0, found);
	if (streq(name, "iommu_group")) {
		found->iommu_group = id;
		merge(&facts->resetting_domain, has_member(btf, type, "resetting_domain", found));
		merge(&facts->recovery_cnt, has_member(btf, type, "recovery_cnt", found));
	} else if (streq(name, "group_device")) {
		found->group_device = id;
		merge(&facts->blocked, has_member(btf, type, "blocked", found));
		merge(&facts->reset_depth, has_member(btf, type, "reset_depth", found));
	} else if (streq(name, "pci_dev")) {
		found->pci_dev = id;
	} else if (streq(name, "device")) {
		found->device = id;
	} else if (streq(name, "iommu_domain")) {
		found->iommu_domain = id;
	}
}

static void look_at_function(const char *name, struct found *found, struct kernel_facts *facts)
{
	found->functions++;
	if (streq(name, "pci_dev_reset_iommu_prepare"))
		facts->prepare = TRI_YES;
	else if (streq(name, "pci_dev_reset_iommu_done"))
		facts->done = TRI_YES;
	else if (streq(name, EARLIER_PREPARE))
		found->earlier_prepare = true;
}

static void read_types(const struct btf *btf, struct found *found, struct kernel_facts *facts)
{
	unsigned int count = btf__type_cnt(btf);

	for (unsigned int id = 1; id < count; id++) {
		const struct btf_type *type = btf__type_by_id(btf, id);
		const char *name;

		/* struct iommu_group is also there as a forward declaration, which has no members.
		 */
		if (!type || (!btf_is_struct(type) && !btf_is_func(type)))
			continue;
		name = btf__name_by_offset(btf, type->name_off);
		if (!name)
			continue;
		if (btf_is_func(type))
			look_at_function(name, found, facts);
		else
			look_at_struct(btf, id, type, name, found, facts);
	}
}

/* What another counter means is not known: it may be nesting that works. */
static void doubt(const struct found *found, struct kernel_facts *facts)
{
	if (!found->counter[0] || facts->prepare != TRI_YES || facts->reset_depth == TRI_YES)
		return;
	facts->reset_depth = TRI_UNKNOWN;
	facts->resetting_domain = TRI_UNKNOWN;
	snprintf(facts->note, sizeof(facts->note), "%s may count resets, in a way not known here",
		 found->counter);
}

static void conclude(const struct btf *btf, struct found *found, struct kernel_facts *facts)
{
	static const char *const pci_path[] = {"dev", "kobj", "name", NULL};
	static const char *const domain_path[] = {"type", NULL};
	const char *why = NULL;

	facts->offsets.pci_dev_name = path_offset(btf, found->pci_dev, pci_path, found);
	facts->offsets.device_name = path_offset(btf, found->device, pci_path + 1, found);
	facts->offsets.domain_type = path_offset(btf, found->iommu_domain, domain_path, found);

	/* That a function is not listed means something only where a kernel's are. */
	if (found->functions == 0)
		why = "BTF lists no functions";
	else if (!found->pci_dev && !found->iommu_group)
		why = "this BTF describes no kernel with PCI: neither pci_dev nor iommu_group is "
		      "in it";
	else if (facts->prepare != TRI_YES &&
		 (facts->resetting_domain == TRI_YES || facts->recovery_cnt == TRI_YES ||
		  facts->reset_depth == TRI_YES))
		why = "BTF has the state of prepare/done, but not the functions";
	else if (facts->prepare != TRI_YES && found->earlier_prepare)
		why = "BTF has " EARLIER_PREPARE "(), an earlier form of prepare";
	if (why) {
		snprintf(facts->note, sizeof(facts->note), "%s", why);
		return;
	}
	if (facts->prepare != TRI_YES)
		facts->prepare = TRI_NO;
	if (facts->done != TRI_YES)
		facts->done = TRI_NO;
	if (facts->prepare == TRI_YES && !(found->iommu_group && found->group_device))
		snprintf(facts->note, sizeof(facts->note), "BTF lacks struct %s",
			 found->iommu_group ? "group_device" : "iommu_group");
	doubt(found, facts);
}

int btf_read_facts(struct bytes data, struct kernel_facts *facts)
{
	struct found found = {.budget = MEMBER_BUDGET};
	struct kernel_facts read = *facts;
	struct btf *btf;
	char why[100];
	int r = btf_load(data, &btf, why, sizeof(why));

	if (r == 0) {
		read_types(btf, &found, &read);
		conclude(btf, &found, &read);
		btf__free(btf);
		if (found.budget > 0) {
			*facts = read;
			return 0;
		}
		snprintf(why, sizeof(why), "more members than any kernel has");
	}
	snprintf(facts->note, sizeof(facts->note), "the BTF cannot be read: %s", why);
	return -EINVAL;
}
