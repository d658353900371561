// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * PASID domains across a reset. None is attached by this program: what stands in the way is told in
 * the order in which it has to be put out of it, the device first, which cannot be changed.
 */
#include "plan/scenarios.h"

static int skip(struct planner *planner, const struct function *function, const char *reason,
		const char *text)
{
	return planner_add_skip(planner, SCENARIO_PASID, function, "", reason, "%s", text);
}

static int skip_device(struct planner *planner, const struct function *function)
{
	if (function->pasid == TRI_UNKNOWN)
		return skip(planner, function, "pasid-unknown",
			    "whether it has the PASID capability could not be read");
	return skip(planner, function, "no-pasid", "it has no PASID capability");
}

static int find_obstacle(struct planner *planner, const struct function *function)
{
	const struct host *host = &planner->snapshot->host;
	const char *closed = planner_closed_gate(planner, function);

	if (!planner_can_reset(function))
		return planner_skip_without_reset(planner, SCENARIO_PASID, function);
	if (function->pasid != TRI_YES)
		return skip_device(planner, function);
	if (closed)
		return planner_skip_gate(planner, SCENARIO_PASID, function, closed);
	if (function->group == NO_GROUP)
		return planner_skip_gate(planner, SCENARIO_PASID, function, "no-iommu");
	if (function->iommu_pasid == TRI_NO)
		return skip(planner, function, "iommu-without-pasid",
			    "its IOMMU says that it has no PASIDs");
	if (function->pasid_enabled != TRI_YES)
		return skip(planner, function, "pasid-disabled",
			    function->pasid_enabled == TRI_NO
				    ? "PASID Enable of its PASID Control register is clear"
				    : "its PASID Control register could not be read");
	if (!host->iommufd)
		return skip(planner, function, "no-iommufd", "there is no /dev/iommu");
	if (!host->vfio_devices)
		return skip(planner, function, "no-iommufd",
			    "there is no /dev/vfio/devices: nothing is bound to VFIO, or it is "
			    "built without character devices");
	return skip(planner, function, "pasid-not-attached",
		    "all is there that it takes to attach a PASID");
}

int plan_pasid(struct planner *planner)
{
	for (size_t i = 0; i < planner->candidate_count; i++) {
		int r = find_obstacle(planner, planner->candidates[i]);

		if (r < 0)
			return r;
	}
	return 0;
}
