// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/chipset.h"

#define VENDOR_AMD 0x1022
#define VENDOR_HYGON 0x1d94
#define CLASS_CXL_MEMORY 0x0502
#define CLASS_SD_HOST 0x0805

/*
 * Base and sub class (PCI Code and ID Assignment Specification). CXL memory has a rule of its own,
 * and an SD host is in use when what is in it is.
 *
 * 05xx is also a default of FPGA cards, 0880 that of DSA and 0780 that of virtio consoles: those
 * are free for whoever names them, and that is better than the power controller, the flash or the
 * management engine of the machine being swept along.
 */
static const struct {
	uint16_t class_code, mask;
	const char *what;
} roles[] = {
	{0x0500, 0xff00, "a memory controller, or memory of the chipset or the firmware"},
	{0x0780, 0xffff, "a communication controller, as the management engine is"},
	{0x0807, 0xffff, "the collector of the errors of other functions"},
	{0x0800, 0xff00, "a system peripheral"},
	{0x0c05, 0xffff, "an SMBus controller, with sensors and memory modules behind it"},
	{0x0c07, 0xffff, "the interface of the management controller"},
	{0x0c0a, 0xffff, "an I3C controller, with memory modules behind it"},
	{0x0c80, 0xffff, "a serial bus controller, as that of the firmware's flash is"},
	{0x1101, 0xffff, "a part of the processor that counts events"},
};

/* On AMD's processors that is the security processor: firmware TPM, memory encryption. */
static bool is_security_processor(const struct function *function)
{
	return function->class_code >> 16 == 0x10 &&
	       (function->vendor == VENDOR_AMD || function->vendor == VENDOR_HYGON);
}

/* Cards have that class too; in the root complex it is thermal control, telemetry, serial I/O. */
static bool is_integrated_signal_processor(const struct function *function)
{
	return function->class_code >> 8 == 0x1180 && !function->upstream[0];
}

const char *function_chipset_role(const struct function *function)
{
	const uint32_t class_code = function->class_code >> 8;

	/* Virtual functions are made for others to use. */
	if (function->physfn[0] || class_code == CLASS_CXL_MEMORY || class_code == CLASS_SD_HOST)
		return NULL;
	if (is_security_processor(function))
		return "the security processor";
	if (is_integrated_signal_processor(function))
		return "a signal processing controller of the chipset";
	for (size_t i = 0; i < ARRAY_SIZE(roles); i++)
		if ((class_code & roles[i].mask) == roles[i].class_code)
			return roles[i].what;
	return NULL;
}
