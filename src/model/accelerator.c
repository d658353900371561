// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/accelerator.h"

#define CLASS_BASE(code) ((code) >> 16)
#define CLASS_ENCRYPTION 0x10

/*
 * Every PCI and virtio driver of Linux 7.3 that registers algorithms or is registered for by a
 * module that depends on it, by the name that sysfs shows, and what their cra_driver_name all have.
 * Only needed where the module does not tell: when it is part of the kernel.
 */
static const struct accelerator {
	const char *driver, *mark;
} accelerators[] = {
	{"420xx", "qat"},
	{"4xxx", "qat"},
	{"6xxx", "qat"},
	{"CNN55XX", "n5_"},
	{"Geode LX AES", "geode"},
	{"c3xxx", "qat"},
	{"c3xxxvf", "qat"},
	{"c6xx", "qat"},
	{"c6xxvf", "qat"},
	{"ccp", "-ccp"},
	{"crypto-safexcel", "safexcel"},
	{"cxgb4", "-chcr"},
	{"dh895xcc", "qat"},
	{"dh895xccvf", "qat"},
	{"hifn795x", "-hifn"},
	{"hisi_hpre", "hpre"},
	{"hisi_sec2", "hisi_sec"},
	{"hisi_zip", "hisi-"},
	{"idxd", "-iaa"},
	{"octeontx-cptvf", "cpt_"},
	{"rvu_cptvf", "cpt_"},
	{"thunder-cptvf", "cavium"},
	{"virtio_crypto", "virtio"},
};

static const struct accelerator *find(const struct function *function)
{
	const char *driver =
		function->virtio_driver[0] ? function->virtio_driver : function->driver;

	for (size_t i = 0; i < ARRAY_SIZE(accelerators); i++)
		if (streq(accelerators[i].driver, driver))
			return &accelerators[i];
	return NULL;
}

bool function_is_accelerator(const struct function *function)
{
	return function->driver[0] &&
	       (find(function) || CLASS_BASE(function->class_code) == CLASS_ENCRYPTION);
}

bool function_serves_algorithm(const struct function *function, const char *algorithm)
{
	const struct accelerator *accelerator = function->driver[0] ? find(function) : NULL;

	return accelerator && strstr(algorithm, accelerator->mark);
}
