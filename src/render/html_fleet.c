// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>

#include "render/fleet.h"
#include "render/html.h"
#include "render/html_page.h"

static void put_note(struct strbuf *out, size_t count, const char *text, const char *advice)
{
	if (count)
		strbuf_printf(out, "<li>%s: %zu%s%s</li>\n", text, count, *advice ? ". " : "",
			      advice);
}

static void put_notes(struct strbuf *out, const struct fleet *fleet)
{
	const struct fleet_notes notes = fleet_notes(fleet);

	if (!notes.several && !notes.checked && !notes.unexpected && !notes.missing &&
	    !notes.unread)
		return;
	strbuf_puts(out, "<ul>\n");
	put_note(out, notes.several, "Hosts with several results, of which the worst one counts",
		 "");
	put_note(out, notes.checked, "Hosts that were checked alone: nothing was reset there", "");
	put_note(out, notes.missing, "Hosts that are expected and have no result",
		 "Were they reached?");
	put_note(out, notes.unread, "Hosts with a file that gives no result",
		 "Were they reached? Get the results again, or leave them out.");
	put_note(out, notes.unexpected, "Hosts that were not expected", "");
	strbuf_puts(out, "</ul>\n");
}

static int make_page(struct strbuf *out, const struct fleet *fleet)
{
	/* What they point to stays the fleet's. */
	_cleanup_free_ struct host_result *hosts = calloc(fleet->host_count + 1, sizeof(*hosts));
	char title[64];

	if (!hosts)
		return -ENOMEM;
	for (size_t i = 0; i < fleet->host_count; i++)
		hosts[i] = *fleet_host_result(fleet, &fleet->hosts[i]);
	snprintf(title, sizeof(title), "PCI reset tests: %zu host%s", fleet->host_count,
		 fleet->host_count == 1 ? "" : "s");
	html_page_begin(out, title, true);
	html_overview(out, hosts, fleet->host_count, "host");
	put_notes(out, fleet);
	html_page_end(out, "from the hosts' results");
	return out->error;
}

int html_fleet_write(FILE *out, const struct fleet *fleet, int exit_status)
{
	_cleanup_strbuf_ struct strbuf page = {0};
	int r = make_page(&page, fleet);

	(void)exit_status;
	return r < 0 ? r : strbuf_write(&page, out);
}
