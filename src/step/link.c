// SPDX-License-Identifier: GPL-2.0-or-later
#include "step/link.h"

#include <errno.h>
#include <net/if.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "model/bdf.h"
#include "step/attribute.h"

#define PATH_TEXT_MAX 1024
#define PATH_SYSCTL_MAX 80
#define POLL_MS 10
/* Some drivers wait for their firmware. */
#define LIMIT_MS 30000
#define SYSCTL_DEADLINE_S 10

static int name_of(int index, char name[LINK_NAME_MAX])
{
	_Static_assert(LINK_NAME_MAX == IF_NAMESIZE, "names of interfaces");

	if (index <= 0)
		return -ENODEV;
	if (if_indextoname((unsigned int)index, name))
		return 0;
	return errno == ENXIO || errno == ENODEV ? -ENODEV : -errno;
}

int link_name(const struct root *root, int index, const char *function, char name[LINK_NAME_MAX])
{
	char path[48], place[PATH_TEXT_MAX];
	int r = name_of(index, name);

	if (r < 0)
		return r;
	snprintf(path, sizeof(path), "sys/class/net/%s", name);
	r = root_read_link(root, path, place, sizeof(place));
	if (r == 0)
		return bdf_is_in_path(place, function) ? 0 : -ENODEV;
	return r == -ENOENT ? -ENODEV : r;
}

/* Returns the flags of <net/if.h>, or -errno. */
static int ask_flags(int index, int *control, struct ifreq *request)
{
	int r = name_of(index, request->ifr_name);

	if (r < 0)
		return r;
	*control = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (*control < 0 || ioctl(*control, SIOCGIFFLAGS, request) < 0)
		return -errno;
	return (unsigned short)request->ifr_flags;
}

static int set_flag(int index, bool up)
{
	_cleanup_close_ int control = -1;
	struct ifreq request = {0};
	int flags = ask_flags(index, &control, &request);

	if (flags < 0)
		return flags;
	if (up && (flags & IFF_UP))
		return -EBUSY;
	request.ifr_flags = (short)(up ? flags | IFF_UP : flags & ~IFF_UP);
	return ioctl(control, SIOCSIFFLAGS, &request) < 0 ? -errno : 0;
}

static int wait_for(pid_t pid)
{
	const struct timespec pause = {.tv_nsec = POLL_MS * 1000000L};
	int status;

	for (unsigned int waited_ms = 0; waited_ms < LIMIT_MS; waited_ms += POLL_MS) {
		pid_t ended = waitpid(pid, &status, WNOHANG);

		if (ended == pid)
			return WIFEXITED(status) ? -WEXITSTATUS(status) : -ECHILD;
		if (ended < 0 && errno != EINTR)
			return -errno;
		nanosleep(&pause, NULL);
	}
	kill(pid, SIGKILL);
	return -ETIMEDOUT;
}

/*
 * A driver may never return, and then nor does whoever asked it. The process has the tool's lock,
 * so that nobody takes the machine for free while it is at work.
 */
static int set_up(int index, bool up)
{
	pid_t pid = fork();

	if (pid < 0)
		return -errno;
	if (pid == 0)
		_exit(-set_flag(index, up));
	return wait_for(pid);
}

int link_is_up(int index)
{
	_cleanup_close_ int control = -1;
	struct ifreq request = {0};
	int flags = ask_flags(index, &control, &request);

	return flags < 0 ? flags : (flags & IFF_UP) != 0;
}

static int name_sysctl(int index, const char *file, char path[PATH_SYSCTL_MAX])
{
	char name[LINK_NAME_MAX];
	int r = name_of(index, name);

	if (r == 0)
		snprintf(path, PATH_SYSCTL_MAX, "proc/sys/net/ipv6/conf/%s/%s", name, file);
	return r;
}

/* Addresses that stay while it is down, and do not show, would go with IPv6. */
static int check_kept(const struct root *root, int index)
{
	char own[PATH_SYSCTL_MAX], value[LINK_VALUE_MAX];
	const char *const files[] = {own, "proc/sys/net/ipv6/conf/all/keep_addr_on_down"};
	int r = name_sysctl(index, "keep_addr_on_down", own);

	for (size_t i = 0; i < ARRAY_SIZE(files) && r == 0; i++) {
		r = root_read_line(root, files[i], value, sizeof(value));
		if (r == 0 && !streq(value, "0"))
			r = -EADDRINUSE;
		else if (r == -ENOENT)
			r = 0;
	}
	return r;
}

int link_read_ipv6(const struct root *root, int index, char value[LINK_VALUE_MAX])
{
	char path[PATH_SYSCTL_MAX];
	int r = name_sysctl(index, "disable_ipv6", path);

	if (r == 0)
		r = root_read_line(root, path, value, LINK_VALUE_MAX);
	if (r != -ENOENT)
		return r;
	value[0] = '\0';
	return 0;
}

static int write_ipv6(const struct root *root, int index, const char *value)
{
	char path[PATH_SYSCTL_MAX], now[LINK_VALUE_MAX];
	int r = name_sysctl(index, "disable_ipv6", path);

	if (r == 0)
		r = -attribute_put_back(root, NULL, path, value, SYSCTL_DEADLINE_S);
	if (r == 0)
		r = link_read_ipv6(root, index, now);
	return r == 0 && !streq(now, value) ? -EIO : r;
}

/* Somebody else may have brought it up in between: then it is his, with IPv6 as he found it. */
static int raise_without_ipv6(const struct root *root, int index, const char *ipv6)
{
	int restored, r = check_kept(root, index);

	if (r == 0)
		r = write_ipv6(root, index, "1");
	if (r == 0)
		r = set_up(index, true);
	if (r != -EBUSY)
		return r;
	restored = write_ipv6(root, index, ipv6);
	return restored < 0 ? restored : r;
}

int link_raise(const struct root *root, int index)
{
	char ipv6[LINK_VALUE_MAX];
	int r = root->live ? link_read_ipv6(root, index, ipv6) : -EOPNOTSUPP;

	if (r == 0)
		r = link_is_up(index);
	if (r > 0)
		return -EBUSY;
	if (r < 0)
		return r;
	return ipv6[0] && !streq(ipv6, "1") ? raise_without_ipv6(root, index, ipv6)
					    : set_up(index, true);
}

static int lower(const struct root *root, int index, const char *ipv6, bool *changed)
{
	char now[LINK_VALUE_MAX];
	int r = link_is_up(index);

	*changed = r > 0;
	if (r > 0)
		r = set_up(index, false);
	if (r == 0)
		r = link_is_up(index);
	if (r > 0)
		return -EIO;
	if (r == 0)
		r = link_read_ipv6(root, index, now);
	if (r < 0 || !ipv6[0] || streq(now, ipv6))
		return r;
	*changed = true;
	return write_ipv6(root, index, ipv6);
}

int link_lower(const struct root *root, int index, const char *ipv6, bool *changed)
{
	char name[LINK_NAME_MAX];
	int r;

	*changed = false;
	if (!root->live)
		return -EOPNOTSUPP;
	r = lower(root, index, ipv6, changed);
	return r < 0 && name_of(index, name) == -ENODEV ? 0 : r;
}

int link_give_ipv6_back(const struct root *root, int index, const char *ipv6)
{
	char now[LINK_VALUE_MAX], name[LINK_NAME_MAX];
	int r;

	if (!ipv6[0] || streq(ipv6, "1"))
		return 0;
	if (!root->live)
		return -EOPNOTSUPP;
	r = link_read_ipv6(root, index, now);
	if (r == 0 && streq(now, "1"))
		r = write_ipv6(root, index, ipv6);
	return r < 0 && name_of(index, name) == -ENODEV ? 0 : r;
}
