// SPDX-License-Identifier: GPL-2.0-or-later
/* What proc/crypto says of who uses the kernel's algorithms; the entries are those of Linux 7.3. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <errno.h>

#include "model/accelerator.h"
#include "model/driver.h"
#include "snapshot/algorithms.h"

#define ENTRY(driver, module, users)                                                               \
	"name         : cbc(aes)\n"                                                                \
	"driver       : " driver "\n"                                                              \
	"module       : " module "\n"                                                              \
	"priority     : 150\n"                                                                     \
	"refcnt       : " users "\n"                                                               \
	"selftest     : passed\n"                                                                  \
	"internal     : no\n"                                                                      \
	"type         : skcipher\n"                                                                \
	"async        : yes\n"                                                                     \
	"blocksize    : 16\n"                                                                      \
	"\n"

/* IPsec with virtio-crypto below: what it asked for, what that is made of, and software. */
#define IPSEC(users)                                                                               \
	ENTRY("echainiv(authenc(hmac-sha256-lib,virtio_crypto_aes_cbc))", "echainiv", users)       \
	ENTRY("authenc(hmac-sha256-lib,virtio_crypto_aes_cbc)", "authenc", users)                  \
	ENTRY("virtio-pkcs1-rsa", "virtio_crypto", "1")                                            \
	ENTRY("virtio_crypto_aes_cbc", "virtio_crypto", users)                                     \
	ENTRY("sha256-lib", "kernel", "2")                                                         \
	ENTRY("sha1-lib", "kernel", "2")

/* Somebody looks for an algorithm that is not there: it has no implementation yet. */
#define LOOKED_FOR(name)                                                                           \
	"name         : " name "\n"                                                                \
	"driver       : \n"                                                                        \
	"module       : kernel\n"                                                                  \
	"priority     : -1\n"                                                                      \
	"refcnt       : 2\n"                                                                       \
	"selftest     : unknown\n"                                                                 \
	"internal     : no\n"                                                                      \
	"type         : larval\n"                                                                  \
	"flags        : 0x10\n"                                                                    \
	"\n"

static const struct {
	const char *text;
	int r;
	const char *used; /* MODULE:NAME of each; in brackets where it is software */
} cases[] = {
	{"", 0, ""},
	{"\n\n", 0, ""},
	{ENTRY("a", "b", "1"), 0, ""},
	{ENTRY("a", "b", "2"), 0, "b:a "},
	{ENTRY("a", "b", "0"), 0, "b:a "},
	{ENTRY("a", "b", "4294967295"), 0, "b:a "},
	{IPSEC("1"), 0, "kernel:sha256-lib kernel:sha1-lib "},
	{IPSEC("2"), 0,
	 "(echainiv:echainiv(authenc(hmac-sha256-lib,virtio_crypto_aes_cbc))) "
	 "(authenc:authenc(hmac-sha256-lib,virtio_crypto_aes_cbc)) "
	 "virtio_crypto:virtio_crypto_aes_cbc kernel:sha256-lib kernel:sha1-lib "},
	/* Hardware is not hidden by software of the same module. */
	{ENTRY("x(y)", "m", "2") ENTRY("hw", "m", "2") ENTRY("z(y)", "m", "2"), 0, "m:hw "},
	{ENTRY("rsa-generic", "m", "2") ENTRY("hw", "m", "1"), 0, "(m:rsa-generic) "},
	{ENTRY("-generic", "m", "2"), 0, "(m:-generic) "},
	{ENTRY("generic", "m", "2"), 0, "m:generic "},
	{LOOKED_FOR("x"), 0, "kernel: "},
	{ENTRY("a", "m", "2") LOOKED_FOR("x\nrefcnt : 1"), -EINVAL, "m:a "},
	{LOOKED_FOR("x\n\nname : y") ENTRY("a", "m", "2"), -EINVAL, "kernel: m:a "},
	{LOOKED_FOR("x\n\ndriver : a\nmodule : m\nrefcnt : 1\n"), -EINVAL, "kernel: "},
	/* What cannot be made out hides nothing else. */
	{ENTRY("a", "b", "x") ENTRY("c", "d", "2"), -EINVAL, "d:c "},
	{ENTRY("a", "b", "") ENTRY("c", "d", "2"), -EINVAL, "d:c "},
	{ENTRY("a", "b", "-1"), -EINVAL, ""},
	{ENTRY("a", "../b", "2"), -EINVAL, ""},
	{ENTRY("a", "*", "2"), -EINVAL, ""},
	{ENTRY("a", "", "2"), -EINVAL, ""},
	{"driver : a\nmodule : b\nrefcnt : 2", 0, "b:a "},
	{"driver : a\nmodule : b", -EINVAL, ""},
	{"nonsense", -EINVAL, ""},
};

static void append(char *out, size_t size, const struct algorithm *algorithm)
{
	size_t length = strlen(out);

	snprintf(out + length, size - length, algorithm->software ? "(%s:%s) " : "%s:%s ",
		 algorithm->module, algorithm->name);
}

static void parse(void **state)
{
	(void)state;
	for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
		_cleanup_algorithms_ struct algorithms algorithms = {0};
		char used[512] = "";

		/* A second time adds nothing. */
		for (int time = 0; time < 2; time++) {
			_cleanup_free_ char *text = strdup(cases[i].text);

			assert_non_null(text);
			assert_int_equal(algorithms_parse(text, &algorithms), cases[i].r);
		}
		for (size_t j = 0; j < algorithms.count; j++)
			append(used, sizeof(used), &algorithms.list[j]);
		assert_string_equal(used, cases[i].used);
	}
}

static void two_readings(void **state)
{
	_cleanup_algorithms_ struct algorithms algorithms = {0};
	char first[] = ENTRY("a", "m", "2"), second[] = ENTRY("b", "n", "2");

	(void)state;
	assert_int_equal(algorithms_parse(first, &algorithms), 0);
	assert_int_equal(algorithms_parse(second, &algorithms), 0);
	assert_int_equal(algorithms.count, 2);
}

static struct function driven_by(const char *driver, const char *virtio_driver)
{
	struct function function = {.class_code = 0x0b4000};

	strcpy(function.driver, driver);
	strcpy(function.virtio_driver, virtio_driver);
	return function;
}

static void accelerators(void **state)
{
	struct function qat = driven_by("c6xx", ""), card = driven_by("virtio-pci", "virtio_net"),
			virtio = driven_by("virtio-pci", "virtio_crypto"), none = {0};

	(void)state;
	assert_true(function_is_accelerator(&qat));
	assert_true(function_serves_algorithm(&qat, "qat_aes_cbc"));
	assert_false(function_serves_algorithm(&qat, "virtio_crypto_aes_cbc"));
	assert_true(function_driver_bears_reset(&qat));
	assert_true(function_is_accelerator(&virtio));
	assert_true(function_serves_algorithm(&virtio, "virtio-pkcs1-rsa"));
	assert_false(function_is_accelerator(&card));
	none.class_code = 0x108000;
	assert_false(function_is_accelerator(&none));
	strcpy(none.driver, "unheard-of");
	assert_true(function_is_accelerator(&none));
	assert_false(function_serves_algorithm(&none, "unheard-of"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(parse),
		cmocka_unit_test(two_readings),
		cmocka_unit_test(accelerators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
