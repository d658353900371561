// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Network interfaces that are brought up and down, in a network namespace of the test's own, which
 * has nothing but its loopback interface.
 */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <sched.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "snapshot/routes.h"
#include "step/link.h"
#include "step/traffic_send.h"

#define NOBODY 4711
#define IPV6 "/proc/sys/net/ipv6/conf/lo/disable_ipv6"

static int enter_namespace(void **state)
{
	static struct root root = ROOT_INIT;

	/* Whoever may not have one shall not run this on the network that he has. */
	if (unshare(geteuid() == 0 ? CLONE_NEWNET : CLONE_NEWUSER | CLONE_NEWNET) < 0)
		return -1;
	*state = &root;
	return root_open(&root, NULL);
}

static bool is_up(void)
{
	_cleanup_close_ int control = socket(AF_INET, SOCK_DGRAM, 0);
	struct ifreq request = {.ifr_name = "lo"};

	assert_int_equal(ioctl(control, SIOCGIFFLAGS, &request), 0);
	return request.ifr_flags & IFF_UP;
}

static void up_and_down(void **state)
{
	const struct root *root = *state;
	int index = (int)if_nametoindex("lo");
	char before[LINK_VALUE_MAX], now[LINK_VALUE_MAX];
	bool changed;

	assert_false(is_up());
	assert_int_equal(link_read_ipv6(root, index, before), 0);
	assert_int_equal(link_raise(root, index), 0);
	assert_true(is_up());
	assert_int_equal(link_read_ipv6(root, index, now), 0);
	assert_string_equal(now, before[0] ? "1" : "");
	assert_int_equal(link_lower(root, index, before, &changed), 0);
	assert_true(changed);
	assert_false(is_up());
	assert_int_equal(link_read_ipv6(root, index, now), 0);
	assert_string_equal(now, before);
	assert_int_equal(link_lower(root, index, before, &changed), 0);
	assert_false(changed);
}

/* Killed between the two, a run has taken IPv6 off and brought nothing up. */
static void half_done(void **state)
{
	const struct root *root = *state;
	int fd = open(IPV6, O_WRONLY);
	bool changed;

	if (fd < 0)
		return; /* a kernel without IPv6 has no such half */
	assert_int_equal(write(fd, "1\n", 2), 2);
	close(fd);
	assert_int_equal(link_lower(root, (int)if_nametoindex("lo"), "0", &changed), 0);
	assert_true(changed);
	assert_false(is_up());
}

static void none_of_that_index(void **state)
{
	const struct root *root = *state;
	char name[LINK_NAME_MAX];
	bool changed;

	assert_int_equal(link_raise(root, NOBODY), -ENODEV);
	/* With a device that a reset has lost it went as well: then nothing is left to do. */
	assert_int_equal(link_lower(root, NOBODY, "0", &changed), 0);
	assert_false(changed);
	assert_int_equal(link_name(root, NOBODY, "0000:01:00.0", name), -ENODEV);
	/* There is this one, but it hangs off no function. */
	assert_int_equal(link_name(root, (int)if_nametoindex("lo"), "0000:01:00.0", name), -ENODEV);
}

/* A captured tree says nothing of the interfaces that are here. */
static void not_of_a_tree(void **state)
{
	struct root tree = *(const struct root *)*state;
	bool changed;

	tree.live = false;
	assert_int_equal(link_raise(&tree, (int)if_nametoindex("lo")), -EOPNOTSUPP);
	assert_int_equal(link_lower(&tree, (int)if_nametoindex("lo"), "0", &changed), -EOPNOTSUPP);
	assert_false(is_up());
}

/* proc does not tell of it, and no route goes with it. */
static void address_while_down(void **state)
{
	const struct root *root = *state;
	_cleanup_routes_ struct routes routes = {0};
	_cleanup_close_ int control = socket(AF_INET, SOCK_DGRAM, 0);
	struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(0xc0000201)};
	struct ifreq request = {.ifr_name = "lo"};

	assert_false(is_up());
	memcpy(&request.ifr_addr, &address, sizeof(address));
	assert_int_equal(ioctl(control, SIOCSIFADDR, &request), 0);
	/* To give it one has brought it up. */
	request.ifr_flags = 0;
	assert_int_equal(ioctl(control, SIOCSIFFLAGS, &request), 0);
	assert_int_equal(routes_read(root, &routes), 0);
	assert_non_null(routes_find(&routes, "lo"));
	assert_true(routes_find(&routes, "lo")->has_address);
}

/* What somebody has up is his. */
static void up_already(void **state)
{
	const struct root *root = *state;
	int index = (int)if_nametoindex("lo");
	char first[LINK_VALUE_MAX], before[LINK_VALUE_MAX], now[LINK_VALUE_MAX];
	bool changed;

	assert_int_equal(link_read_ipv6(root, index, first), 0);
	assert_int_equal(link_raise(root, index), 0);
	assert_int_equal(link_read_ipv6(root, index, before), 0);
	assert_int_equal(link_raise(root, index), -EBUSY);
	assert_int_equal(link_read_ipv6(root, index, now), 0);
	assert_string_equal(now, before);
	assert_int_equal(link_is_up(index), 1);
	assert_int_equal(link_lower(root, index, first, &changed), 0);
	assert_int_equal(link_is_up(index), 0);
}

/* What somebody has up when the step ends keeps that, and gets IPv6 back as it was. */
static void left_to_others(void **state)
{
	const struct root *root = *state;
	struct root tree = *root;
	int index = (int)if_nametoindex("lo");
	char before[LINK_VALUE_MAX], now[LINK_VALUE_MAX];
	bool changed;

	assert_int_equal(link_read_ipv6(root, index, before), 0);
	assert_int_equal(link_raise(root, index), 0);
	tree.live = false;
	assert_int_equal(link_give_ipv6_back(&tree, index, before), -EOPNOTSUPP);
	assert_int_equal(link_give_ipv6_back(root, NOBODY, before), 0);
	assert_int_equal(link_give_ipv6_back(root, index, before), 0);
	assert_int_equal(link_read_ipv6(root, index, now), 0);
	assert_string_equal(now, before);
	assert_int_equal(link_is_up(index), 1);
	/* He has set it himself. */
	assert_int_equal(link_give_ipv6_back(root, index, "2"), 0);
	assert_int_equal(link_read_ipv6(root, index, now), 0);
	assert_string_equal(now, before);
	assert_int_equal(link_lower(root, index, before, &changed), 0);
}

static void no_ethernet(void **state)
{
	const struct root *root = *state;
	int fds[2];

	if (geteuid() != 0)
		return; /* sysfs is of the namespace in which it was mounted, and so is the right */
	assert_int_equal(traffic_send_open(root, (int)if_nametoindex("lo"), "lo", fds),
			 -EPROTONOSUPPORT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(address_while_down), cmocka_unit_test(up_and_down),
		cmocka_unit_test(half_done),	      cmocka_unit_test(none_of_that_index),
		cmocka_unit_test(not_of_a_tree),      cmocka_unit_test(no_ethernet),
		cmocka_unit_test(up_already),	      cmocka_unit_test(left_to_others),
	};

	return cmocka_run_group_tests(tests, enter_namespace, NULL);
}
