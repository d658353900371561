# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh
# The machines of the guests in this folder; needs topology.sh. The disks are in the guest's folder,
# in which the emulator runs.
#
#   data     every kind of use that a function can be in, and free functions beside them
#   one      a NIC with ATS under a CXL root port
#   ports8   eight NICs with ATS under eight CXL root ports
#   slow     two NICs under root ports that take a second for a bus reset, and fail it
#   unplug   four NICs, the first and third under such ports
#   slots    two NICs in slots whose power the guest can switch
#   disks    an NVMe disk, and two virtio disks with ATS, that nobody uses
#   disk     two NICs, and a disk for what must outlive the machine

# port ID SLOT: a root port at a speed at which every method works.
port()
{
	printf '%s\n' -device "pcie-root-port,id=$1,chassis=$2,slot=$2,x-speed=5"
}

# disk ID: an image of its own
disk()
{
	printf '%s\n' -drive "file=$1.img,format=raw,if=none,id=$1"
}

# virtio_disk ID PORT
virtio_disk()
{
	disk "$1"
	printf '%s\n' -device "virtio-blk-pci,drive=$1,bus=$2,serial=$1,ats=on,iommu_platform=on,disable-legacy=on"
}

# network_card NUMBER PORT: the number is the last byte of its address.
network_card()
{
	printf '%s\n' -device "virtio-net-pci,bus=$2,id=nic$1,mac=52:54:00:00:00:$1,ats=on,iommu_platform=on,disable-legacy=on,romfile="
}

# card NUMBER: under a port of its own
card()
{
	port "p$1" "$1"
	network_card "$1" "p$1"
}

# The same where a bus reset takes a second, and fails: the link is not back in time.
slow_card()
{
	printf '%s\n' -device "pcie-root-port,id=p$1,chassis=$1,slot=$1"
	network_card "$1" "p$1"
}

data_machine()
{
	cxl_port pcie.0
	network_card 10 rp0
	number=10
	for _ in free up vlan bridged vfio bond team mapped config; do
		number=$((number + 1))
		card $number
	done
	for name in blk-ext4 blk-md0 blk-md1 blk-dm blk-swap blk-loop blk-excl blk-elsewhere blk-free blk-bcache blk-nvmet blk-zram blk-ring; do
		number=$((number + 1))
		port p$number $number
		virtio_disk $name p$number
	done
	printf '%s\n' -device i6300esb -action watchdog=none
	# By its class it could be a management engine.
	port p40 40
	printf '%s\n' -device virtio-serial-pci,bus=p40,id=chipset,ats=on,iommu_platform=on,disable-legacy=on
	port n1 41
	disk nvme-ext4
	printf '%s\n' -device nvme,bus=n1,serial=nvme-ext4,drive=nvme-ext4
	port n2 42
	port n3 43
	disk nvme-multi
	printf '%s\n' -device nvme-subsys,id=subsystem,nqn=multipath \
		-device nvme,id=multi1,bus=n2,serial=nvme-multi,subsys=subsystem \
		-device nvme,bus=n3,serial=nvme-multi,subsys=subsystem \
		-device nvme-ns,drive=nvme-multi,bus=multi1,shared=on
}

machine()
{
	iommu_options "$2" || return
	case $1 in
	data) data_machine ;;
	one)
		cxl_port pcie.0
		network_card 10 rp0
		;;
	ports8)
		for number in 1 2 3 4 5 6 7 8; do
			printf '%s\n' -device "cxl-rp,port=$number,bus=pcie.0,id=p$number,chassis=$number,slot=$number"
			network_card 1$number p$number
		done
		;;
	slow)
		slow_card 11
		slow_card 12
		;;
	slots)
		printf '%s\n' -global ICH9-LPC.acpi-pci-hotplug-with-bridge-support=off
		card 11
		card 12
		;;
	unplug)
		slow_card 11
		card 12
		slow_card 13
		card 14
		;;
	disks)
		for number in 1 2; do
			port p$number 1$number
			virtio_disk blk-free$number p$number
		done
		port n1 41
		disk nvme-free
		printf '%s\n' -device nvme,bus=n1,serial=nvme-free,drive=nvme-free
		;;
	disk)
		printf '%s\n' -device isa-debug-exit
		slow_card 11
		card 12
		port n1 41
		disk nvme-state
		printf '%s\n' -device nvme,bus=n1,serial=nvme-state,drive=nvme-state
		;;
	*) echo "machines: unknown machine '$1'" >&2; return 1 ;;
	esac
}

file_system()
{
	truncate -s 64M "$1.img"
	PATH=$PATH:/usr/sbin:/sbin mke2fs -q -t ext4 -F "$1.img"
}

# Makes the disks of a machine in this folder.
machine_disks()
{
	case $1 in
	data)
		for name in blk-md0 blk-md1 blk-dm blk-swap blk-loop blk-excl blk-free blk-bcache blk-nvmet blk-zram blk-ring; do
			truncate -s 16M $name.img
		done
		for name in blk-ext4 blk-elsewhere nvme-ext4 nvme-multi; do
			file_system $name
		done
		;;
	disks)
		for name in blk-free1 blk-free2 nvme-free; do
			head -c 16M /dev/urandom > $name.img
			md5sum < $name.img > $name.before
		done
		;;
	disk) file_system nvme-state ;;
	esac
}
