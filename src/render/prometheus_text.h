/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The small parts of Prometheus' text format. */
#ifndef RENDER_PROMETHEUS_TEXT_H
#define RENDER_PROMETHEUS_TEXT_H

#include "base/strbuf.h"

#define PROMETHEUS_PREFIX "iommu_resettest_"

/* Appends what stands before the samples of a metric; @name is without the prefix. */
void prometheus_metric(struct strbuf *out, const char *name, const char *type, const char *help);

/* Appends NAME="value" behind @before, with the value printable and escaped. */
void prometheus_label(struct strbuf *out, const char *before, const char *name, const char *value);

#endif
