# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# topology NAME IOMMU prints the QEMU options of one emulated machine, one word per line.
#
#   cxl         NIC with ATS under a CXL root port: method cxl_bus
#   cxl-multi   two NICs with ATS that are functions of one device, under a CXL root port: both list
#               cxl_bus, and the kernel resets no bus that functions share
#   port-multi  the same under a root port: the first one lists `bus`, for it was alone when it was found
#   pci         NIC with ATS under a CXL root port, and two devices on one conventional PCI bus
#   cxl-bridge  the same with the port on a host bridge of its own
#   cxl4        four NICs with ATS under four CXL root ports: four groups
#   cxl-rng     NIC and an entropy source, each with ATS under a CXL root port: two groups
#   quirk       NIC with ATS under a root port; quirk.sh gives its id a device_specific reset
#   siblings    two NICs with ATS under two root ports without ACS: one group, two bridges
#   cxl-siblings  the same under two CXL root ports: nested resets within one group
#   port        NIC with ATS under a root port at QEMU's default speed: `bus` finds the link down
#   port-5gt    the same at 5 GT/s: `bus` works
#   edu         NIC with ATS under a CXL root port, and under another port a device that can be told to
#               do DMA: it has no ATS, and `bus` alone
#   sriov       NVMe controller that can have two VFs, under a root port; neither it nor they have ATS,
#               and its FLR takes its VFs away for good
# A name ending in -noats is the same machine with NICs that have no ATS.
#
# IOMMU is intel, amd, smmuv3 (on arm64) or none.

# emulator ARCH prints QEMU's program and the options of the bare machine, one word per line.
emulator()
{
	case $1 in
	amd64) printf '%s\n' qemu-system-x86_64 -machine q35,cxl=on ;;
	arm64) printf '%s\n' qemu-system-aarch64 -machine virt,gic-version=3 ;;
	*) echo "topology: no emulator for '$1'" >&2; return 1 ;;
	esac
}

# no_timer_check: on a busy host the emulated timer can be late, which panics a kernel.
kernel_options()
{
	case $1 in
	amd64) echo "console=ttyS0 no_timer_check" ;;
	arm64) echo "console=ttyAMA0" ;;
	esac
}

iommu_options()
{
	case $1 in
	intel) printf '%s\n' -cpu max \
		-device intel-iommu,intremap=on,device-iotlb=on,caching-mode=off ;;
	amd) printf '%s\n' -cpu EPYC -device amd-iommu,intremap=on,device-iotlb=on ;;
	smmuv3) printf '%s\n' -cpu cortex-a57 -machine iommu=smmuv3 ;;
	none) printf '%s\n' -cpu max ;;
	*) echo "topology: unknown IOMMU '$1'" >&2; return 1 ;;
	esac
}

iommu_kernel_options()
{
	case $1 in
	intel) echo intel_iommu=on ;;
	amd) echo amd_iommu=on ;;
	none) echo intel_iommu=off ;;
	esac
}

# What makes the emulated IOMMU name each fault, in a line that begins with the event.
fault_trace()
{
	case $1 in
	intel) printf '%s\n' -trace vtd_dmar_fault ;;
	smmuv3) printf '%s\n' -trace smmuv3_record_event ;;
	esac
}

# A NIC without a peer and without a boot ROM; virtio offers ATS only behind an IOMMU.
nic()
{
	printf '%s\n' -device \
		"virtio-net-pci,bus=$1,ats=$2,iommu_platform=on,disable-legacy=on,romfile="
}

# Two of them as functions of one device.
functions()
{
	nic "$1,addr=0.0,multifunction=on" "$2"
	nic "$1,addr=0.1" "$2"
}

# cxl_port BUS [NUMBER [OPTIONS]]: an option begins with a comma.
# Newer emulators start a CXL port at a speed at which the link is not back in time after a reset;
# older ones have 2.5 GT/s and no such option.
cxl_port()
{
	speed=
	! qemu-system-x86_64 -device cxl-rp,help | grep -q x-speed || speed=,x-speed=2_5
	printf '%s\n' -device "cxl-rp,port=${2:-0},bus=$1,id=rp${2:-0},chassis=${2:-0},slot=$((2 + ${2:-0}))$speed${3-}"
}

topology()
{
	name=${1%-noats}
	ats=on
	[ "$name" = "$1" ] || ats=off

	iommu_options "$2" || return
	case $name in
	cxl)
		cxl_port pcie.0
		nic rp0 $ats
		;;
	cxl-multi)
		cxl_port pcie.0
		functions rp0 $ats
		;;
	port-multi)
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5
		functions rp1 $ats
		;;
	pci)
		cxl_port pcie.0
		nic rp0 $ats
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5 \
			-device pcie-pci-bridge,bus=rp1,id=pci -device edu,bus=pci,addr=1 -device edu,bus=pci,addr=2
		;;
	cxl-bridge)
		printf '%s\n' -device pxb-cxl,bus_nr=12,bus=pcie.0,id=cxl.1
		cxl_port cxl.1
		nic rp0 $ats
		;;
	cxl4)
		for port in 0 1 2 3; do
			cxl_port pcie.0 $port
			nic rp$port $ats
		done
		;;
	cxl-rng)
		cxl_port pcie.0 0
		nic rp0 $ats
		cxl_port pcie.0 1
		printf '%s\n' -device "virtio-rng-pci,bus=rp1,ats=$ats,iommu_platform=on,disable-legacy=on"
		;;
	quirk)
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5
		nic rp1 $ats
		;;
	siblings)
		printf '%s\n' \
			-device pcie-root-port,id=rp1,chassis=1,slot=1,addr=5.0,multifunction=on,disable-acs=on,x-speed=5 \
			-device pcie-root-port,id=rp2,chassis=2,slot=2,addr=5.1,disable-acs=on,x-speed=5
		nic rp1 $ats
		nic rp2 $ats
		;;
	cxl-siblings)
		cxl_port pcie.0 0 ,addr=5.0,multifunction=on,disable-acs=on
		cxl_port pcie.0 1 ,addr=5.1,disable-acs=on
		nic rp0 $ats
		nic rp1 $ats
		;;
	port)
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1
		nic rp1 $ats
		;;
	port-5gt)
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5
		nic rp1 $ats
		;;
	sriov)
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5 \
			-device nvme-subsys,id=subsystem \
			-device nvme,serial=pf,subsys=subsystem,bus=rp1,sriov_max_vfs=2,sriov_vq_flexible=4,sriov_vi_flexible=2
		;;
	edu)
		cxl_port pcie.0
		nic rp0 $ats
		printf '%s\n' -device pcie-root-port,id=rp1,chassis=1,slot=1,x-speed=5 -device edu,bus=rp1
		;;
	*)
		echo "topology: unknown topology '$1'" >&2
		return 1
		;;
	esac
}
