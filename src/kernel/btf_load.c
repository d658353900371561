// SPDX-License-Identifier: GPL-2.0-or-later
#include "kernel/btf_load.h"

#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <limits.h>

#include "kernel/btf_locate.h"

/* libbpf tells why it refuses data only through this callback, which has no context argument. */
static _Thread_local char last_message[100];

_printf_(2, 0) static int keep_message(enum libbpf_print_level level, const char *format,
				       va_list args)
{
	if (level != LIBBPF_WARN)
		return 0;
	vsnprintf(last_message, sizeof(last_message), format, args);
	/* The text may quote the data. */
	for (char *c = last_message; *c; c++)
		if (*c == '\n')
			*c = '\0';
		else if (*c < ' ' || *c > '~')
			*c = '?';
	return 0;
}

int btf_load(struct bytes data, struct btf **btf, char *why, size_t why_bytes)
{
	struct btf *loaded;

	if (!btf_at_start(data, NULL) || data.length > UINT_MAX) {
		snprintf(why, why_bytes, "damaged header");
		return -EINVAL;
	}
	last_message[0] = '\0';
	libbpf_set_print(keep_message);
	loaded = btf__new(data.data, (unsigned int)data.length);
	if (!loaded || libbpf_get_error(loaded)) {
		snprintf(why, why_bytes, "%s",
			 last_message[0] ? last_message : "libbpf gives no reason");
		return -EINVAL;
	}
	*btf = loaded;
	return 0;
}
