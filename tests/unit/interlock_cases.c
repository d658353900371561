// SPDX-License-Identifier: GPL-2.0-or-later
#include "interlocks.h"

/* An NVMe disk with a partition, a SCSI disk, and their likes. */
#define NVME                                                                                       \
	"l sys/class/block/nvme0n1 -> ../../@D/nvme/nvme0/nvme0n1\n"                               \
	"f sys/@D/nvme/nvme0/nvme0n1/dev = 259:0\n"                                                \
	"d sys/@D/nvme/nvme0/nvme0n1/holders\n"                                                    \
	"l sys/class/block/nvme0n1p1 -> ../../@D/nvme/nvme0/nvme0n1/nvme0n1p1\n"                   \
	"f sys/@D/nvme/nvme0/nvme0n1/nvme0n1p1/dev = 259:1\n"                                      \
	"d sys/@D/nvme/nvme0/nvme0n1/nvme0n1p1/holders\n"
#define SCSI                                                                                       \
	"l sys/class/block/sda -> ../../@D/ata1/host0/target0:0:0/0:0:0:0/block/sda\n"             \
	"f sys/@D/ata1/host0/target0:0:0/0:0:0:0/block/sda/dev = 8:0\n"                            \
	"d sys/@D/ata1/host0/target0:0:0/0:0:0:0/block/sda/holders\n"
#define USB                                                                                        \
	"l sys/class/block/sdb -> ../../@D/usb1/1-1/1-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb\n" \
	"f sys/@D/usb1/1-1/1-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb/dev = 8:16\n"               \
	"d sys/@D/usb1/1-1/1-1:1.0/host1/target1:0:0/1:0:0:0/block/sdb/holders\n"
#define VIRTUAL(name, number)                                                                      \
	"l sys/class/block/" name " -> ../../devices/virtual/block/" name "\n"                     \
	"f sys/devices/virtual/block/" name "/dev = " number "\n"                                  \
	"d sys/devices/virtual/block/" name "/holders\n"
#define HOLDS(holder) "l sys/@D/nvme/nvme0/nvme0n1/holders/" holder " -> x/" holder "\n"
#define MULTIPATH                                                                                  \
	"l sys/class/block/nvme0n1 -> "                                                            \
	"../../devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1\n"                              \
	"f sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1/dev = 259:0\n"                  \
	"d sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1/holders\n"                      \
	"l sys/class/nvme-subsystem/nvme-subsys0 -> "                                              \
	"../../devices/virtual/nvme-subsystem/nvme-subsys0\n"
#define PATHS                                                                                      \
	"l sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0 -> ../../../../@D/nvme/nvme0\n"
#define MOUNT(number, target, type, source)                                                        \
	"a proc/self/mountinfo = 40 27 " number " / " target " rw - " type " " source " rw\n"

#define OVERLAY(options) "a proc/self/mountinfo = 41 1 0:50 / / rw - overlay overlay " options "\n"
#define SWAP_FILE(path) "a proc/swaps = " path " file 1024 0 -2\n"
#define NVMET(path)                                                                                \
	"f sys/kernel/config/nvmet/subsystems/nqn.x:y/namespaces/1/device_path = " path "\n"

#define PEER_MEMORY(device)                                                                        \
	"f sys/@D/p2pmem/published = 1\n"                                                          \
	"f sys/kernel/config/nvmet/subsystems/nqn.x:y/namespaces/1/p2pmem = " device "\n"
#define HEARTBEAT(disk) "f sys/kernel/config/cluster/c/heartbeat/ABCD/dev = " disk "\n"
/* A link that leads to itself: whether there is anything, nobody can tell. */
#define LOST(path) "l " path " -> /" path "\n"
#define BLOCK_LAYOUT(users) "f sys/module/blocklayoutdriver/refcnt = " users "\n"

#define PASSTHRU(path)                                                                             \
	"f sys/kernel/config/nvmet/subsystems/nqn.x:y/passthru/device_path = " path "\n"
#define CONTROLLER "l sys/class/nvme/nvme0 -> ../../@D/nvme/nvme0\n"
#define OTHER_CONTROLLER "l sys/class/nvme/nvme1 -> ../../devices/virtual/nvme-fabrics/ctl/nvme1\n"
#define CHANNEL "l sys/class/dma/dma0chan1 -> ../../@D/dma/dma0chan1\nd sys/@D/dma/dma0chan1\n"

/* Algorithms of the kernel, and the modules that stand between them and a function. */
#define ALGORITHM(driver, module, users)                                                           \
	"a proc/crypto = name         : cbc(aes)\n"                                                \
	"a proc/crypto = driver       : " driver "\n"                                              \
	"a proc/crypto = module       : " module "\n"                                              \
	"a proc/crypto = priority     : 150\n"                                                     \
	"a proc/crypto = refcnt       : " users "\n"                                               \
	"a proc/crypto = selftest     : passed\n"                                                  \
	"a proc/crypto = \n"
#define MODULE(name) "f sys/module/" name "/refcnt = 1\n"
#define MODULE_DRIVER(module, bus, driver, device)                                                 \
	MODULE(module)                                                                             \
	"l sys/module/" module "/drivers/" bus ":" driver " -> ../../../bus/" bus                  \
	"/drivers/" driver "\nl sys/bus/" bus "/drivers/" driver                                   \
	"/module -> ../../../../module/" module "\nl sys/bus/" bus "/drivers/" driver "/" device   \
	"\n"
#define HOLDER(module, holder) "l sys/module/" module "/holders/" holder " -> ../../" holder "\n"
#define VIRTIO_CRYPTO                                                                              \
	VIRTIO("virtio_crypto")                                                                    \
	MODULE_DRIVER("virtio_crypto", "virtio", "virtio_crypto",                                  \
		      "virtio0 -> ../../../../@D/virtio0")
#define QAT                                                                                        \
	DRIVER("c6xx")                                                                             \
	MODULE_DRIVER("qat_c62x", "pci", "c6xx", "0000:01:00.0 -> ../../../../@D")                 \
	MODULE("intel_qat") HOLDER("intel_qat", "qat_c62x")
#define SOFTWARE                                                                                   \
	ALGORITHM("cbc-aes-aesni", "aesni_intel", "3")                                             \
	MODULE("aesni_intel") ALGORITHM("sha256-lib", "kernel", "2")
#define AUTHENC(users)                                                                             \
	MODULE("authenc")                                                                          \
	HOLDER("authenc", "intel_qat")                                                             \
	HOLDER("authenc", "hisi_sec2")                                                             \
	ALGORITHM("authenc(hmac-sha256-lib,cbc-aes-aesni)", "authenc", users)

#define FABRIC(name, port) "d sys/kernel/config/target/" name "/" port
#define FC_HOST "l sys/class/fc_host/host1 -> ../../@D/host1/fc_host/host1\n"
#define FC_PORT(name) "f sys/@D/host1/fc_host/host1/port_name = " name "\n"
#define NVME_FC                                                                                    \
	"f sys/devices/virtual/nvme-fabrics/ctl/nvme1/transport = fc\n"                            \
	"f sys/devices/virtual/nvme-fabrics/ctl/nvme1/address = "                                  \
	"traddr=nn-0x2001:pn-0x2002,host_traddr=nn-0x20000090fa942779:pn-0x10000090fa942779\n"
#define USB_LENT(status)                                                                           \
	"l sys/bus/usb/drivers/usbip-host/1-1 -> ../../../../@D/usb1/1-1\n"                        \
	"f sys/@D/usb1/1-1/usbip_status = " status "\n"
#define UDC(function)                                                                              \
	"l sys/class/udc/dwc3.0 -> ../../@D/udc/dwc3.0\nf sys/@D/udc/dwc3.0/function = " function  \
	"\n"
#define NVMET_PORT(transport) "f sys/kernel/config/nvmet/ports/1/addr_trtype = " transport "\n"

#define ISCSI                                                                                      \
	"l sys/class/block/sdc -> "                                                                \
	"../../devices/platform/host9/session1/target9:0:0/9:0:0:0/block/sdc\n"                    \
	"f sys/devices/platform/host9/session1/target9:0:0/9:0:0:0/block/sdc/dev = 8:32\n"         \
	"d sys/devices/platform/host9/session1/target9:0:0/9:0:0:0/block/sdc/holders\n"

/* Network interfaces. */
#define NIC(flags)                                                                                 \
	"l sys/class/net/eth0 -> ../../@D/net/eth0\n"                                              \
	"f sys/@D/net/eth0/flags = " flags "\n"
#define DOWN NIC("0x1002")

/* A process 812, and a device file that it has open. */
#define OPEN(node, kind, number)                                                                   \
	"f proc/812/comm = daemon\n"                                                               \
	"l proc/812/fd/3 -> /dev/" node "\n"                                                       \
	"f dev/" node " = " kind " " number "\n"
#define HOLDS_FILE(name) "f proc/812/comm = daemon\nl proc/812/fd/3 -> /sys/@D/" name "\n"
#define RING(path)                                                                                 \
	"f proc/812/comm = daemon\nl proc/812/fd/3 -> anon_inode:[io_uring]\n"                     \
	"f proc/812/fdinfo/3 = pos: 0\na proc/812/fdinfo/3 = UserFiles: 2\n"                       \
	"a proc/812/fdinfo/3 =     1: " path "\na proc/812/fdinfo/3 = UserBufs: 0\n"
#define MAPPED(offset, path)                                                                       \
	"d proc/812/fd\nf proc/812/comm = daemon\n"                                                \
	"a proc/812/maps = 7f0000000000-7f0000004000 rw-s " offset " 00:16 77       " path "\n"
#define REGISTERS                                                                                  \
	"f sys/@D/resource = 0x00000000fe000000 0x00000000fe003fff 0x0000000000040200\n"           \
	"a sys/@D/resource = 0x000000000000c000 0x000000000000c0ff 0x0000000000040101\n"
#define OTHERS                                                                                     \
	"f sys/@M/resource = 0x0 0x0 0x0\n"                                                        \
	"f sys/devices/pci0000:00/0000:03:00.0/resource = 0x0 0x0 0x0\n"
#define UNBOUND "r sys/@D/driver\n"
#define DEVICES                                                                                    \
	"f proc/devices = Character devices:\n"                                                    \
	"a proc/devices =   1 mem\n"                                                               \
	"a proc/devices = 195 nvidia-frontend\n"                                                   \
	"a proc/devices = Block devices:\n"                                                        \
	"a proc/devices = 195 nvme\n"
#define PSCSI(host)                                                                                \
	"f sys/kernel/config/target/core/pscsi_0/tape/info = SCSI Device Bus Location: Channel "   \
	"ID: 0 Target ID: 0 LUN: 0 Host ID: " host "\n"
#define CHAR(number, path) "l sys/dev/char/" number " -> ../../" path "\n"

#define DRIVER(name) "l sys/@D/driver -> ../../../../bus/pci/drivers/" name "\n"
#define VFIO DRIVER("vfio-pci")
#define VIRTIO(driver)                                                                             \
	DRIVER("virtio-pci")                                                                       \
	"l sys/bus/virtio/devices/virtio0 -> ../../../@D/virtio0\n"                                \
	"l sys/@D/virtio0/driver -> ../../bus/virtio/drivers/" driver "\n"
#define FRAMEBUFFER                                                                                \
	"l sys/class/graphics/fb0 -> ../../@D/graphics/fb0\n"                                      \
	"f sys/class/vtconsole/vtcon0/name = (S) dummy device\n"                                   \
	"f sys/class/vtconsole/vtcon0/bind = 0\n"                                                  \
	"f sys/class/vtconsole/vtcon1/name = (M) frame buffer device\n"
#define SERIAL "l sys/class/tty/ttyS4 -> ../../@D/0000:01:00.0:0/0000:01:00.0:0.0/tty/ttyS4\n"
#define MEMORY                                                                                     \
	"f sys/@D/class = 0x050210\n" DRIVER(                                                      \
		"cxl_pci") "l sys/bus/cxl/devices/mem0 -> ../../../@D/mem0\n"                      \
			   "d sys/@D/mem0/driver\n"
#define DECODER(size)                                                                              \
	"f sys/bus/cxl/devices/decoder2.0/mode = ram\n"                                            \
	"f sys/bus/cxl/devices/decoder2.0/size = " size "\n"
#define MATE_NIC(flags)                                                                            \
	"l sys/@M/driver -> ../../../bus/pci/drivers/e1000e\n"                                     \
	"l sys/class/net/eth1 -> ../../@M/net/eth1\n"                                              \
	"f sys/@M/net/eth1/flags = " flags "\n"
#define BELOW                                                                                      \
	"l sys/bus/pci/devices/10000:00:01.0 -> ../../../@D/pci10000:00/10000:00:01.0\n"           \
	"f sys/@D/pci10000:00/10000:00:01.0/vendor = 0x8086\n"                                     \
	"f sys/@D/pci10000:00/10000:00:01.0/device = 0x3420\n"                                     \
	"f sys/@D/pci10000:00/10000:00:01.0/class = 0x060400\n"
#define CHIPSET(class) "r sys/@D/driver\nf sys/@D/class = " class "\n"
#define SYSCTL(name, value) "f proc/sys/kernel/" name " = " value "\n"
#define WATCHDOG(name, timeout)                                                                    \
	"f sys/class/watchdog/" name "/state = active\n"                                           \
	"f sys/class/watchdog/" name "/identity = iTCO_wdt\n"                                      \
	"f sys/class/watchdog/" name "/timeout = " timeout "\n"

#define WATCHDOG_ON_IT(state)                                                                      \
	"l sys/class/watchdog/watchdog0 -> ../../@D/iTCO_wdt/watchdog/watchdog0\n"                 \
	"f sys/@D/iTCO_wdt/watchdog/watchdog0/state = " state "\n"                                 \
	"f sys/@D/iTCO_wdt/watchdog/watchdog0/timeout = 300\n"

#define NAMED_WATCHDOG(name)                                                                       \
	DRIVER("i6300ESB timer")                                                                   \
	"l sys/class/watchdog/watchdog0 -> ../../devices/virtual/watchdog/watchdog0\n"             \
	"f sys/devices/virtual/watchdog/watchdog0/state = active\n"                                \
	"f sys/devices/virtual/watchdog/watchdog0/timeout = 300\n"                                 \
	"f sys/devices/virtual/watchdog/watchdog0/identity = " name "\n"

#define CASE(what, lines, why, ...)                                                                \
	{                                                                                          \
		.name = what, .edits = lines, .reason = why, ##__VA_ARGS__                         \
	}

/* What needs a driver or a mode other than the usual ones says so at the end. */
#define NEIGHBOUR "devices/pci0000:00/0000:00:01.0/0000:01:00.1"
#define NEIGHBOUR_ON_BUS                                                                           \
	"l sys/bus/pci/devices/0000:01:00.1 -> ../../../" NEIGHBOUR "\n"                           \
	"f sys/" NEIGHBOUR "/vendor = 0x8086\nf sys/" NEIGHBOUR "/device = 0x10d3\n"               \
	"f sys/" NEIGHBOUR "/class = 0x020000\n"

const struct interlock_case interlock_cases[] = {
	CASE("nothing is in use", "", ""),

	CASE("a disk alone is no use", NVME, ""),
	CASE("a mounted disk", NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"), "mounted"),
	CASE("a mounted partition", NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1"),
	     "mounted"),
	CASE("a bind mount",
	     NVME "a proc/self/mountinfo = 40 27 259:1 /sub /mnt\\040x rw - ext4 /dev/x rw\n",
	     "mounted"),
	CASE("another disk's mount", NVME MOUNT("8:32", "/srv", "ext4", "/dev/sdc"), ""),
	CASE("a mount in another namespace",
	     NVME "l proc/77/ns/mnt -> mnt:[4026532999]\n"
		  "f proc/77/mountinfo = 40 27 259:1 / /srv rw - ext4 /dev/nvme0n1p1 rw\n",
	     "mounted"),
	CASE("a mount that process 1 sees above our root directory",
	     NVME "l proc/self/root -> /srv/rescue\nl proc/1/root -> /\n"
		  "l proc/1/ns/mnt -> mnt:[4026531841]\n"
		  "f proc/1/mountinfo = 40 27 259:1 / /srv rw - ext4 /dev/nvme0n1p1 rw\n",
	     "mounted"),
	CASE("a mount that process 1 sees as we do",
	     NVME "l proc/self/root -> /\nl proc/1/root -> /\n"
		  "l proc/1/ns/mnt -> mnt:[4026531841]\n"
		  "f proc/1/mountinfo = 40 27 259:1 / /srv rw - ext4 /dev/nvme0n1p1 rw\n",
	     ""),
	CASE("other mounts in another namespace",
	     NVME "l proc/77/ns/mnt -> mnt:[4026532999]\n"
		  "f proc/77/mountinfo = 40 27 8:32 / /srv rw - ext4 /dev/sdc rw\n",
	     ""),
	CASE("no list of mounts", NVME "r proc/self/mountinfo\n", "use-unknown"),
	CASE("a list of mounts that makes no sense", NVME "a proc/self/mountinfo = nonsense\n",
	     "use-unknown"),
	CASE("swap", NVME "a proc/swaps = /dev/nvme0n1p1 partition 1024 0 -2\n", "swap"),
	CASE("swap whose node was deleted",
	     NVME "a proc/swaps = /dev/nvme0n1p1\\040(deleted) partition 1024 0 -2\n", "swap"),
	CASE("swap on a device nobody knows",
	     NVME "a proc/swaps = /dev/mapper/swap partition 1024 0 -2\n", "use-unknown"),
	CASE("swap in a file elsewhere", NVME "a proc/swaps = /swapfile file 1024 0 -2\n", ""),
	CASE("swap in a file on it",
	     NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1") SWAP_FILE("/srv/swapfile"),
	     "swap", .forced = true),
	CASE("swap in a file on a btrfs on it",
	     NVME MOUNT("0:44", "/srv", "btrfs", "/dev/nvme0n1p1") SWAP_FILE("/srv/swap/file"),
	     "swap", .forced = true),
	CASE("swap in a file on another file system below it",
	     NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1")
		     MOUNT("0:41", "/srv/memory", "tmpfs", "tmpfs") SWAP_FILE("/srv/memory/file"),
	     "", .forced = true),
	CASE("swap in a file beside it",
	     NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1") SWAP_FILE("/srv2/file"), "",
	     .forced = true),
	CASE("compressed memory written back to it",
	     NVME VIRTUAL("zram0", "252:0") "f sys/devices/virtual/block/zram0/backing_dev = "
					    "/dev/nvme0n1p1\n"
					    "a proc/swaps = /dev/zram0 partition 1024 0 -2\n",
	     "swap", .forced = true),
	CASE("compressed memory",
	     NVME VIRTUAL("zram0",
			  "252:0") "f sys/devices/virtual/block/zram0/backing_dev = none\n",
	     ""),
	CASE("no list of swap", NVME "r proc/swaps\n", "use-unknown"),
	CASE("an IOMMU that is a function", "l sys/class/iommu/ivhd0 -> ../../@D/iommu/ivhd0\n",
	     "held"),
	CASE("an IOMMU under its driver, forced",
	     VIRTIO("virtio_iommu") "l sys/class/iommu/virtio0 -> ../../@D/virtio0/iommu/virtio0\n",
	     "held", .driver = UNBIND, .forced = true),
	CASE("an IOMMU elsewhere", "l sys/class/iommu/dmar0 -> ../../devices/virtual/iommu/dmar0\n",
	     ""),
	CASE("held by md", NVME VIRTUAL("md0", "9:0") HOLDS("md0"), "held"),
	CASE("held by dm, mounted above",
	     NVME VIRTUAL("dm-0", "254:0") HOLDS("dm-0") MOUNT("254:0", "/", "ext4", "/dev/dm-0"),
	     "held"),
	CASE("a controller passed to an NVMe target", CONTROLLER PASSTHRU("/dev/nvme0"), "held"),
	CASE("another controller passed to an NVMe target",
	     CONTROLLER OTHER_CONTROLLER PASSTHRU("/dev/nvme1"), ""),
	CASE("a controller that is not found, passed to an NVMe target", PASSTHRU("/dev/nvme7"),
	     "use-unknown"),
	CASE("an NVMe target that passes no controller on", CONTROLLER PASSTHRU(""), ""),
	CASE("an NVMe target that was told of no controller", PASSTHRU("(null)"), ""),
	CASE("an adapter that is a SCSI target",
	     DRIVER("qla2xxx") FABRIC("qla2xxx", "21:00:00:24:ff:00:00:01") "/tpgt_1\n", "held"),
	CASE("an adapter that could be one",
	     DRIVER("qla2xxx") "f sys/kernel/config/target/qla2xxx/version\n", ""),
	CASE("a target that is served otherwise",
	     DRIVER("qla2xxx") FABRIC("iscsi", "iqn.x") "/tpgt_1\n", ""),
	CASE("an adapter that may serve an NVMe target", FC_HOST NVMET_PORT("fc"), "held"),
	CASE("an adapter, and an NVMe target that is served otherwise", FC_HOST NVMET_PORT("tcp"),
	     ""),
	CASE("an adapter whose virtual ports are a SCSI target",
	     DRIVER("qla2xxx") FABRIC("qla2xxx_npiv", "21:00:00:24:ff:00:00:01") "/tpgt_1\n",
	     "held"),
	CASE("an adapter whose driver is called like the beginning of a fabric",
	     DRIVER("qla2") FABRIC("qla2xxx", "21:00:00:24:ff:00:00:01") "/tpgt_1\n", "",
	     .driver = UNBIND),
	CASE("an adapter that may be a SCSI target of libfc",
	     FC_HOST FABRIC("fc", "20:00:00:01") "/tpgt_1\n", "held"),
	CASE("an adapter that an NVMe controller is reached through",
	     FC_HOST FC_PORT("0x10000090fa942779") OTHER_CONTROLLER NVME_FC, "held"),
	CASE("an adapter, and an NVMe controller that is reached through another",
	     FC_HOST FC_PORT("0x10000090fa94277a") OTHER_CONTROLLER NVME_FC, ""),
	CASE("an adapter of which nobody can tell what is reached through it",
	     FC_HOST OTHER_CONTROLLER NVME_FC, "held"),
	CASE("an adapter, and an NVMe controller that does not say how it is reached",
	     FC_HOST FC_PORT("0x10000090fa942779") OTHER_CONTROLLER NVME_FC
	     "r sys/devices/virtual/nvme-fabrics/ctl/nvme1/address\n",
	     "held"),
	CASE("an adapter, and an NVMe controller that is reached otherwise",
	     FC_HOST FC_PORT("0x10000090fa942779") OTHER_CONTROLLER
	     "f sys/devices/virtual/nvme-fabrics/ctl/nvme1/transport = tcp\n",
	     ""),
	CASE("a FireWire controller that a target is served through",
	     DRIVER("firewire_ohci") FABRIC("sbp", "0011223344556677") "/tpgt_1\n", "held"),
	CASE("a FireWire controller beside a target that is served otherwise",
	     DRIVER("firewire_ohci") FABRIC("iscsi", "iqn.x") "/tpgt_1\n", "", .driver = UNBIND),
	CASE("a USB device that is lent to another machine", USB_LENT("2"), "held"),
	CASE("a USB device that may be lent to another machine", USB_LENT("x"), "use-unknown"),
	CASE("a USB device that nobody has asked for", USB_LENT("1"), ""),
	CASE("a USB device of another machine", UDC("g1"), "held"),
	CASE("a USB device controller that nobody has set up", UDC(""), ""),
	CASE("an NVMe target, and no configfs", NVME "d sys/module/nvmet\n", "use-unknown"),
	CASE("what may be an NVMe target, and no configfs", NVME LOST("sys/module/nvmet"),
	     "use-unknown"),
	CASE("an NVMe target that exports nothing",
	     NVME "d sys/module/nvmet\nd sys/kernel/config/nvmet\n", ""),
	CASE("an NVMe target, no configfs and a function without disks",
	     "f sys/@D/class = 0x020000\nd sys/module/nvmet\n", ""),
	CASE("an NVMe target, no configfs and a function with a disk of another class",
	     USB "f sys/@D/class = 0x0c0330\nd sys/module/nvmet\n", "use-unknown"),
	CASE("an NVMe target, no configfs and an adapter that it may be served through",
	     "f sys/@D/class = 0x0c0400\nd sys/module/nvmet\n", "use-unknown"),
	CASE("a SCSI target, and no configfs", "d sys/module/target_core_mod\n", "use-unknown"),
	CASE("a DMA channel that is used", CHANNEL "f sys/@D/dma/dma0chan1/in_use = 2\n", "held"),
	CASE("a DMA channel that is not", CHANNEL "f sys/@D/dma/dma0chan1/in_use = 0\n", ""),
	CASE("a DMA channel that does not tell", CHANNEL "d sys/@D/dma/dma0chan1/in_use\n",
	     "use-unknown"),
	CASE("an algorithm that nobody uses",
	     VIRTIO_CRYPTO SOFTWARE ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "1"), "",
	     .driver = UNBIND),
	CASE("an algorithm that is used",
	     VIRTIO_CRYPTO SOFTWARE ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "2"),
	     "held", .driver = UNBIND),
	CASE("an algorithm that is used, forced",
	     VIRTIO_CRYPTO ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "2"), "",
	     .driver = UNBIND, .forced = true,
	     .warning = "overrode: held: the kernel uses its algorithm virtio_crypto_aes_cbc"),
	CASE("an algorithm of another device that is used",
	     DRIVER("hisi_sec2") ALGORITHM("virtio_crypto_aes_cbc", "virtio_crypto", "2")
		     MODULE_DRIVER(
			     "virtio_crypto", "virtio", "virtio_crypto",
			     "virtio7 -> ../../../../devices/pci0000:00/0000:00:09.0/virtio7"),
	     "", .driver = UNBIND),
	CASE("an algorithm of a module that its driver needs",
	     QAT ALGORITHM("qat_aes_cbc", "intel_qat", "1"), ""),
	CASE("an algorithm that is used, of a module that its driver needs",
	     QAT SOFTWARE ALGORITHM("qat_aes_cbc", "intel_qat", "5"), "held"),
	CASE("an algorithm that is used, of a module that needs its driver",
	     DRIVER("ccp") MODULE_DRIVER("ccp", "pci", "ccp", "0000:01:00.0 -> ../../../../@D")
		     MODULE("ccp_crypto") HOLDER("ccp", "ccp_crypto") HOLDER("ccp", "kvm_amd")
			     ALGORITHM("cbc-aes-ccp", "ccp_crypto", "2"),
	     "held", .driver = UNBIND),
	CASE("software that is used, of a module that its driver needs",
	     DRIVER("hisi_sec2") MODULE_DRIVER("hisi_sec2", "pci", "hisi_sec2",
					       "0000:01:00.0 -> ../../../../@D") AUTHENC("2")
		     SOFTWARE ALGORITHM("hisi_sec_cbc(aes)", "hisi_sec2", "1"),
	     ""),
	CASE("the same, and its own algorithm",
	     DRIVER("hisi_sec2") MODULE_DRIVER("hisi_sec2", "pci", "hisi_sec2",
					       "0000:01:00.0 -> ../../../../@D") AUTHENC("2")
		     ALGORITHM("hisi_sec_cbc(aes)", "hisi_sec2", "2"),
	     "held"),
	CASE("an algorithm that is used, of a group mate",
	     "l sys/@M/driver -> ../../../bus/pci/drivers/c6xx\n" MODULE_DRIVER(
		     "qat_c62x", "pci", "c6xx", "0000:02:00.0 -> ../../../../@M")
		     MODULE("intel_qat") HOLDER("intel_qat", "qat_c62x")
			     ALGORITHM("qat_aes_cbc", "intel_qat", "2"),
	     "group-mate-in-use"),
	CASE("an algorithm of a driver that is part of the kernel",
	     VIRTIO("virtio_crypto") SOFTWARE ALGORITHM("virtio_crypto_aes_cbc", "kernel", "1"), "",
	     .driver = UNBIND),
	CASE("an algorithm that is used, of a driver that is part of the kernel",
	     VIRTIO("virtio_crypto") ALGORITHM("virtio_crypto_aes_cbc", "kernel", "2"), "held",
	     .driver = UNBIND),
	CASE("no algorithms to be seen, beside an accelerator", QAT "r proc/crypto\n",
	     "use-unknown"),
	CASE("algorithms that cannot be read, beside an accelerator", QAT "d proc/crypto\n",
	     "use-unknown"),
	CASE("algorithms that cannot be read, beside an encryption controller",
	     "f sys/@D/class = 0x108000\nd proc/crypto\n", "use-unknown"),
	CASE("algorithms that cannot be read, and no accelerator", "d proc/crypto\n", ""),
	CASE("algorithms that cannot be read, and an accelerator without a driver",
	     UNBOUND "f sys/@D/class = 0x100000\nd proc/crypto\n", ""),
	CASE("an algorithm that does not tell of its users",
	     QAT "a proc/crypto = driver       : qat_aes_cbc\n"
		 "a proc/crypto = module       : intel_qat\n",
	     "use-unknown"),
	CASE("an algorithm, and a kernel that does not tell which modules need which",
	     DRIVER("c6xx") ALGORITHM("qat_aes_cbc", "intel_qat", "2") "d sys/module/intel_qat\n",
	     "use-unknown"),
	CASE("exported as an NVMe target", NVME NVMET("/dev/nvme0n1"), "held"),
	CASE("exported by a link to a partition",
	     NVME "l dev/disk/by-id/x -> ../../nvme0n1p1\n" NVMET("/dev/disk/by-id/x"), "held"),
	CASE("exported by a link to a link",
	     NVME "l dev/mine -> disk/by-id/x\nl dev/disk/by-id/x -> ../../nvme0n1p1\n"
		  "f dev/nvme0n1p1 = b 259:1\n" NVMET("/dev/mine"),
	     "held"),
	CASE("another disk exported by a link to a link",
	     NVME "l dev/mine -> disk/by-id/x\nl dev/disk/by-id/x -> ../../sdc\n"
		  "l sys/class/block/sdc -> ../../devices/virtual/block/sdc\n"
		  "f sys/devices/virtual/block/sdc/dev = 8:32\n"
		  "d sys/devices/virtual/block/sdc/holders\n"
		  "f dev/sdc = b 8:32\n" NVMET("/dev/mine"),
	     ""),
	CASE("exported by a name that is no more", NVME NVMET("/dev/mine"), "use-unknown"),
	CASE("memory of it that an NVMe target uses for others", PEER_MEMORY("0000:01:00.0"),
	     "held"),
	CASE("memory of another function that an NVMe target uses", PEER_MEMORY("0000:03:00.0"),
	     ""),
	CASE("memory that an NVMe target may choose", PEER_MEMORY("1"), "held"),
	CASE("memory that an NVMe target could choose, were it published",
	     PEER_MEMORY("1") "f sys/@D/p2pmem/published = 0\n", ""),
	CASE("memory that an NVMe target may choose, which does not tell whether it is published",
	     PEER_MEMORY("1") "f sys/@D/p2pmem/published = x\n", "use-unknown"),
	CASE("memory that no NVMe target uses", PEER_MEMORY("0"), ""),
	CASE("the heartbeat of a cluster", NVME HEARTBEAT("nvme0n1p1"), "held"),
	CASE("the heartbeat of a cluster on another disk", NVME HEARTBEAT("sdc"), ""),
	CASE("disks that NFS may reach by itself", NVME BLOCK_LAYOUT("1"), "use-unknown"),
	CASE("disks that NFS could reach by itself", NVME BLOCK_LAYOUT("0"), ""),
	CASE("disks that NFS may reach by what cannot be seen",
	     NVME LOST("sys/module/blocklayoutdriver"), "use-unknown"),
	CASE("disks that nobody can tell whether NFS reaches", NVME BLOCK_LAYOUT("x"),
	     "use-unknown"),
	CASE("a file in memory exported as an NVMe target", NVME NVMET("/dev/shm/image"), ""),
	CASE("a file exported as an NVMe target", NVME NVMET("/srv/image"), ""),
	CASE("exported as a SCSI target",
	     NVME "f sys/kernel/config/target/core/iblock_0/disk/info = Status: ACTIVATED\n"
		  "a sys/kernel/config/target/core/iblock_0/disk/info =         Major: 259 Minor: "
		  "1  CLAIMED: IBLOCK\n",
	     "held"),
	CASE("another disk exported as a SCSI target",
	     NVME
	     "f sys/kernel/config/target/core/iblock_0/disk/info =         Major: 8 Minor: 1\n",
	     ""),
	CASE("exported as a file of a SCSI target",
	     NVME "f sys/kernel/config/target/core/fileio_0/disk/info = TCM FILEIO ID: 0        "
		  "File: /dev/nvme0n1  Size: 4096  Mode: O_DSYNC Async: 0\n",
	     "held"),
	CASE("a file elsewhere in a SCSI target",
	     NVME "f sys/kernel/config/target/core/fileio_0/disk/info = TCM FILEIO ID: 0        "
		  "File: /srv/image  Size: 4096  Mode: O_DSYNC Async: 0\n",
	     ""),
	CASE("named by a SCSI target",
	     NVME "f sys/kernel/config/target/core/iblock_0/disk/udev_path = /dev/nvme0n1\n",
	     "held"),
	CASE("passed through by a SCSI target",
	     SCSI
	     "l sys/bus/scsi/devices/0:0:0:0 -> ../../../@D/ata1/host0/target0:0:0/0:0:0:0\n" PSCSI(
		     "0"),
	     "held"),
	CASE("another SCSI device passed through",
	     SCSI
	     "l sys/bus/scsi/devices/0:0:0:0 -> ../../../@D/ata1/host0/target0:0:0/0:0:0:0\n" PSCSI(
		     "1"),
	     ""),
	CASE("some SCSI device passed through", SCSI PSCSI("PHBA Mode"), "use-unknown"),
	CASE("exported as a USB disk",
	     NVME "f sys/kernel/config/usb_gadget/g1/functions/mass_storage.0/lun.0/file = "
		  "/dev/nvme0n1p1\n",
	     "held"),
	CASE("a file exported as a USB disk",
	     NVME
	     "f sys/kernel/config/usb_gadget/g1/functions/mass_storage.0/lun.0/file = /srv/image\n",
	     ""),
	CASE("exported as a USB disk by the old driver",
	     NVME "f sys/class/udc/x/device/gadget.0/lun0/file = /dev/nvme0n1\n", "held"),
	CASE("exported by RNBD",
	     NVME
	     "l sys/class/rnbd-server/ctl/devices/nvme0n1/block_dev -> ../../../../block/nvme0n1\n",
	     "held"),
	CASE("another disk exported by RNBD",
	     NVME "l sys/class/rnbd-server/ctl/devices/sdc/block_dev -> ../../../../block/sdc\n",
	     ""),
	CASE("a disk of a guest of Xen",
	     NVME "f sys/bus/xen-backend/devices/vbd-3-51712/physical_device = 103:1\n", "held"),
	CASE("another disk of a guest of Xen",
	     NVME "f sys/bus/xen-backend/devices/vbd-3-51712/physical_device = 8:1\n", ""),
	CASE("held by what does not show", NVME HOLDS("drbd0"), "held"),
	CASE("holders that cannot be read",
	     NVME "r sys/@D/nvme/nvme0/nvme0n1/holders\nf sys/@D/nvme/nvme0/nvme0n1/holders = x\n",
	     "use-unknown"),
	CASE("bcache", NVME "d sys/@D/nvme/nvme0/nvme0n1/bcache\n", "held"),
	CASE("bcache, perhaps", NVME LOST("sys/@D/nvme/nvme0/nvme0n1/bcache"), "held"),
	CASE("a loop device on it",
	     NVME VIRTUAL("loop0", "7:0") "f sys/devices/virtual/block/loop0/loop/backing_file = "
					  "/dev/nvme0n1\n",
	     "held"),
	CASE("a loop device on a file elsewhere",
	     NVME VIRTUAL("loop0", "7:0") "f sys/devices/virtual/block/loop0/loop/backing_file = "
					  "/tmp/image\n",
	     ""),
	CASE("a multipath namespace, mounted",
	     MULTIPATH PATHS MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"), "mounted"),
	CASE("a multipath namespace, not mounted", MULTIPATH PATHS, ""),
	CASE("a multipath namespace without paths", MULTIPATH, "use-unknown"),
	CASE("a device of a btrfs",
	     NVME "l sys/fs/btrfs/1234/devices/nvme0n1 -> x\n"
		  "a proc/self/mountinfo = 40 27 0:44 / /srv rw - btrfs /dev/sdc rw\n",
	     "mounted"),
	CASE("the first device of a btrfs",
	     NVME MOUNT("0:44", "/srv", "btrfs", "/dev/nvme0n1") "d sys/fs/btrfs\n", "mounted"),
	CASE("a btrfs elsewhere",
	     NVME MOUNT("0:44", "/srv", "btrfs", "/dev/sdc") "d sys/fs/btrfs\n", ""),
	CASE("a btrfs that sysfs does not show", NVME MOUNT("0:44", "/srv", "btrfs", "/dev/sdc"),
	     "use-unknown"),
	CASE("a device of a bcachefs",
	     NVME MOUNT("0:44", "/srv", "bcachefs", "/dev/sdc:/dev/nvme0n1p1"), "use-unknown"),
	CASE("the only device of a bcachefs",
	     NVME MOUNT("0:44", "/srv", "bcachefs", "/dev/nvme0n1"), "mounted"),
	CASE("disks that Oracle's ASM may have",
	     NVME MOUNT("0:44", "/dev/oracleasm", "oracleasmfs", "oracleasmfs"), "use-unknown"),
	CASE("folders of the host in a guest of VirtualBox",
	     DRIVER("vboxguest") MOUNT("0:44", "/srv", "vboxsf", "srv"), "mounted",
	     .driver = UNBIND),
	CASE("ZFS", NVME MOUNT("0:44", "/tank", "zfs", "tank"), "use-unknown"),
	CASE("ZFS without a disk here", MOUNT("0:44", "/tank", "zfs", "tank"), ""),
	CASE("a virtio file system", VIRTIO("virtiofs") MOUNT("0:44", "/srv", "virtiofs", "tag"),
	     "mounted"),
	CASE("a virtio file system that is not mounted", VIRTIO("virtiofs"), "", .driver = UNBIND),
	CASE("9p", VIRTIO("9pnet_virtio") MOUNT("0:44", "/srv", "9p", "tag"), "mounted"),
	CASE("a SCSI disk, mounted", SCSI MOUNT("8:0", "/srv", "xfs", "/dev/sda"), "mounted"),
	CASE("a SCSI disk, not mounted", SCSI, ""),
	CASE("a USB disk, mounted", USB MOUNT("8:16", "/media", "vfat", "/dev/sdb"), "mounted"),
	CASE("a USB disk, not mounted", USB, ""),
	CASE("a disk that a process has open", NVME OPEN("nvme0n1", "b", "259:0"), "open"),
	CASE("a disk that a process has open under another name",
	     NVME OPEN("my/disk", "b", "259:1"), "open"),
	CASE("a disk that a process has open in a ring of io_uring alone",
	     NVME RING("/dev/nvme0n1") "f dev/nvme0n1 = b 259:0\n", "open"),
	CASE("another disk that a process has open in a ring of io_uring",
	     NVME RING("/dev/sdc") "f dev/sdc = b 8:32\n", ""),
	CASE("what follows the files of a ring of io_uring",
	     NVME RING("/srv/file") "a proc/812/fdinfo/3 =     0: /dev/nvme0n1\n"
				    "f dev/nvme0n1 = b 259:0\n",
	     ""),
	CASE("the registers, open in a ring of io_uring alone", UNBOUND RING("/sys/@D/resource0"),
	     "open"),
	CASE("a ring of io_uring that does not tell its files",
	     NVME "f proc/812/comm = daemon\nl proc/812/fd/3 -> anon_inode:[io_uring]\n"
		  "f proc/812/fdinfo/3 = pos: 0\n",
	     ""),
	CASE("another disk that a process has open", NVME OPEN("sdc", "b", "8:32"), ""),
	CASE("a dm device that a process has open",
	     NVME VIRTUAL("dm-0", "254:0") HOLDS("dm-0") OPEN("dm-0", "b", "254:0"), "held"),
	CASE("no block devices to be seen", "r sys/class/block\n", "use-unknown"),

	CASE("an RDMA device", "l sys/class/infiniband/mlx5_0 -> ../../@D/infiniband/mlx5_0\n",
	     "held"),
	CASE("an RDMA device elsewhere",
	     "l sys/class/infiniband/mlx5_0 -> "
	     "../../devices/pci0000:00/0000:00:01.0/infiniband/x\n",
	     ""),
	CASE("an RDMA device made by software on its interface",
	     DOWN "l sys/class/infiniband/rxe0 -> ../../devices/virtual/infiniband/rxe0\n"
		  "f sys/devices/virtual/infiniband/rxe0/parent = eth0\n",
	     "held"),
	CASE("an RDMA device made by software on another interface",
	     DOWN "l sys/class/infiniband/rxe0 -> ../../devices/virtual/infiniband/rxe0\n"
		  "f sys/devices/virtual/infiniband/rxe0/parent = eth1\n",
	     ""),
	CASE("an RDMA device in another namespace", DOWN "d sys/@D/net/eth0\nd sys/@D/infiniband\n",
	     "network-moved"),
	CASE("RDMA devices that cannot be read", "f sys/class/infiniband\n", "use-unknown"),

	CASE("an interface that is up", NIC("0x1003"), "network-up"),
	CASE("an interface that is down", DOWN, ""),
	CASE("an interface without flags", DOWN "r sys/@D/net/eth0/flags\n", "use-unknown"),
	CASE("a member of a bond", DOWN "l sys/@D/net/eth0/upper_bond0 -> x/bond0\n",
	     "network-member"),
	CASE("a member of a bridge", DOWN "l sys/@D/net/eth0/upper_br0 -> x/br0\n",
	     "network-member"),
	CASE("below a VLAN", DOWN "l sys/@D/net/eth0/upper_eth0.5 -> x/eth0.5\n", "network-member"),
	CASE("above another interface", DOWN "l sys/@D/net/eth0/lower_eth9 -> x/eth9\n", ""),
	CASE("a route",
	     DOWN "f proc/net/route = Iface\tDestination\n"
		  "a proc/net/route = eth0\t00000000\t0100000A\n",
	     "network-route"),
	CASE("another's route",
	     DOWN "f proc/net/route = Iface\tDestination\n"
		  "a proc/net/route = eth00\t00000000\t0100000A\n",
	     ""),
	CASE("an IPv6 route", DOWN "f proc/net/ipv6_route = fe80 40 0 00 00 1 1 0 1     eth0\n",
	     "network-route"),
	CASE("an IPv6 address", DOWN "f proc/net/if_inet6 = fe80 02 40 20 80     eth0\n",
	     "network-route"),
	CASE("another's IPv6 address", DOWN "f proc/net/if_inet6 = fe80 01 80 10 80       lo\n",
	     ""),
	CASE("routes that cannot be read", DOWN "d proc/net/route\n", "use-unknown"),
	CASE("an interface in another namespace", "d sys/@D/net\n", "network-moved"),
	CASE("a virtio interface in another namespace",
	     VIRTIO("virtio_net") "d sys/@D/virtio0/net\n", "network-moved", .driver = UNBIND),
	CASE("a virtio interface here", VIRTIO("virtio_net") "d sys/@D/virtio0/net/eth0\n", "",
	     .driver = UNBIND),
	CASE("a USB interface in another namespace",
	     "l sys/bus/usb/devices/1-1:1.0 -> ../../../@D/usb1/1-1/1-1:1.0\n"
	     "d sys/@D/usb1/1-1/1-1:1.0/net\n",
	     "network-moved"),
	CASE("an interface of a subfunction in another namespace",
	     DOWN "l sys/bus/auxiliary/devices/mlx5_core.sf.4 -> ../../../@D/mlx5_core.sf.4\n"
		  "d sys/@D/mlx5_core.sf.4/net\n",
	     "network-moved"),
	CASE("an interface of a subfunction here",
	     DOWN "l sys/bus/auxiliary/devices/mlx5_core.sf.4 -> ../../../@D/mlx5_core.sf.4\n"
		  "d sys/@D/mlx5_core.sf.4/net/eth7\n",
	     ""),
	CASE("a USB interface that is up",
	     "l sys/class/net/usb0 -> ../../@D/usb1/1-1/1-1:1.0/net/usb0\n"
	     "f sys/@D/usb1/1-1/1-1:1.0/net/usb0/flags = 0x1003\n",
	     "network-up"),
	CASE("no interfaces to be seen", "r sys/class/net\n", "use-unknown"),

	CASE("the boot display", "f sys/@D/class = 0x030000\nf sys/@D/boot_vga = 1\n", "boot-vga"),
	CASE("the boot display of old", "f sys/@D/class = 0x000100\nf sys/@D/boot_vga = 1\n",
	     "boot-vga"),
	CASE("another display", "f sys/@D/class = 0x030000\nf sys/@D/boot_vga = 0\n", ""),
	CASE("the framebuffer console", FRAMEBUFFER "f sys/class/vtconsole/vtcon1/bind = 1\n",
	     "display"),
	CASE("a framebuffer without a console",
	     FRAMEBUFFER "f sys/class/vtconsole/vtcon1/bind = 0\n", ""),
	CASE("a framebuffer that may have a console", FRAMEBUFFER, "use-unknown"),
	CASE("graphics that a process has open",
	     OPEN("dri/card0", "c", "226:0") CHAR("226:0", "@D/drm/card0"), "open"),
	CASE("graphics that nobody has open", CHAR("226:0", "@D/drm/card0"), ""),
	CASE("a serial console", SERIAL "f sys/class/tty/console/active = tty0 ttyS4\n", "console"),
	CASE("a serial port that is no console", SERIAL "f sys/class/tty/console/active = tty0\n",
	     ""),
	CASE("consoles that cannot be read, on a serial port",
	     SERIAL "f sys/@D/class = 0x070002\nd sys/class/tty/console/active\n", "use-unknown"),
	CASE("consoles that cannot be read, on another device", "d sys/class/tty/console/active\n",
	     ""),
	CASE("a virtio console",
	     "l sys/class/virtio-ports/vport0p0 -> ../../@D/virtio0/virtio-ports/vport0p0\n"
	     "f sys/class/tty/console/active = hvc0\n",
	     "console"),
	CASE("a USB serial console",
	     "l sys/class/tty/ttyUSB0 -> ../../@D/usb1/1-1/1-1:1.0/ttyUSB0/tty/ttyUSB0\n"
	     "f sys/class/tty/console/active = ttyUSB0\n",
	     "console"),

	CASE("a terminal that a process has open",
	     OPEN("ttyS4", "c", "4:68") CHAR("4:68", "@D/tty/ttyS4"), "open"),
	CASE("sound that a process has open",
	     OPEN("snd/pcmC0D0p", "c", "116:2") CHAR("116:2", "@D/sound/card0/pcmC0D0p"), "open"),
	CASE("an input device that a process has open",
	     OPEN("input/event3", "c", "13:67") CHAR("13:67", "@D/usb1/1-2/input/input3/event3"),
	     "open"),
	CASE("a USB device that a process has open",
	     OPEN("bus/usb/001/002", "c", "189:1") CHAR("189:1", "@D/usb1/1-1"), "open"),
	CASE("the controller that a process has open",
	     OPEN("nvme0", "c", "240:0") CHAR("240:0", "@D/nvme/nvme0"), "open"),
	CASE("the raw namespace of several paths that a process has open",
	     MULTIPATH PATHS OPEN("ng0n1", "c", "241:0")
		     CHAR("241:0", "devices/virtual/nvme-subsystem/nvme-subsys0/ng0n1"),
	     "open"),
	CASE("the UIO device that a process has open",
	     DRIVER("uio_pci_generic") OPEN("uio0", "c", "243:0") CHAR("243:0", "@D/uio/uio0"),
	     "open", .driver = UNBIND),
	CASE("a device of another function that a process has open",
	     OPEN("dri/card0", "c", "226:0")
		     CHAR("226:0", "devices/pci0000:00/0000:00:02.0/drm/card0"),
	     ""),
	CASE("a device without hardware that a process has open",
	     OPEN("kvm", "c", "10:232") CHAR("10:232", "devices/virtual/misc/kvm"), ""),
	CASE("a device file that has no parent",
	     DRIVER("amdgpu") OPEN("kfd", "c", "235:0") CHAR("235:0", "devices/virtual/kfd/kfd"),
	     "open", .driver = UNBIND),
	CASE("a device file that has no parent, of another driver",
	     DRIVER("e1000e") OPEN("kfd", "c", "235:0") CHAR("235:0", "devices/virtual/kfd/kfd"),
	     "", .driver = UNBIND),
	CASE("a device file that sysfs does not know",
	     DRIVER("nvidia") OPEN("nvidia0", "c", "195:0"), "use-unknown", .driver = UNBIND),
	CASE("a device file of another driver, by the name of its number",
	     OPEN("nvidia0", "c", "195:0") DEVICES
	     "l sys/@M/driver -> ../../../bus/pci/drivers/nvidia\n",
	     "group-mate-in-use"),
	CASE("a device file of its driver, by the name of its number",
	     DRIVER("nvidia") OPEN("nvidia0", "c", "195:0") DEVICES, "use-unknown",
	     .driver = UNBIND),
	CASE("a device file of a number with another name", OPEN("nvidia0", "c", "195:0") DEVICES,
	     "use-unknown"),
	CASE("the same beside a function without a driver",
	     "r sys/@D/driver\n" OPEN("nvidia0", "c", "195:0"), ""),
	CASE("a terminal", OPEN("pts/3", "c", "136:3"), ""),
	CASE("the registers, mapped by a process",
	     "f proc/812/comm = daemon\nl proc/812/fd/3 -> /sys/@D/resource0\n", "open"),
	CASE("the registers, mapped by a process without a driver", UNBOUND HOLDS_FILE("resource0"),
	     "open"),
	CASE("the registers, in a mount namespace of their own",
	     UNBOUND "f proc/812/comm = daemon\nl proc/812/fd/3 -> /mnt/sys/@D/resource0_wc\n",
	     "open"),
	CASE("the ROM, open in a process", UNBOUND HOLDS_FILE("rom"), "open"),
	CASE("memory for peers, open in a process", UNBOUND HOLDS_FILE("p2pmem/allocate"), "open"),
	CASE("another file of the function, open in a process", UNBOUND HOLDS_FILE("numa_node"),
	     ""),
	CASE("the configuration space, read by a process",
	     HOLDS_FILE("config") "f proc/812/fdinfo/3 = pos: 0\na proc/812/fdinfo/3 = "
				  "flags:\t0100000\n",
	     ""),
	CASE("the configuration space, written by a process",
	     UNBOUND HOLDS_FILE("config") "f proc/812/fdinfo/3 = pos: 0\na proc/812/fdinfo/3 = "
					  "flags:\t0100002\n",
	     "open"),
	CASE("the configuration space, who knows how", UNBOUND HOLDS_FILE("config"), "open"),
	CASE("the configuration space by way of proc, written",
	     UNBOUND "f proc/812/comm = daemon\nl proc/812/fd/3 -> /proc/bus/pci/01/00.0\n"
		     "f proc/812/fdinfo/3 = flags:\t02\n",
	     "open"),
	CASE("the configuration space by way of proc with domains, written",
	     UNBOUND "f proc/812/comm = daemon\nl proc/812/fd/3 -> /proc/bus/pci/0000:01/00.0\n"
		     "f proc/812/fdinfo/3 = flags:\t01\n",
	     "open"),
	CASE("the configuration space by way of proc, read",
	     UNBOUND "f proc/812/comm = daemon\nl proc/812/fd/3 -> /proc/bus/pci/01/00.0\n"
		     "f proc/812/fdinfo/3 = flags:\t0\n",
	     ""),
	CASE("another's configuration space by way of proc, written",
	     UNBOUND "f proc/812/comm = daemon\nl proc/812/fd/3 -> /proc/bus/pci/00/01.0\n"
		     "f proc/812/fdinfo/3 = flags:\t02\n",
	     ""),

	CASE("the registers, mapped and closed", UNBOUND MAPPED("0", "/sys/@D/resource0"), "open"),
	CASE("the registers, mapped by way of proc",
	     UNBOUND MAPPED("f0000000", "/proc/bus/pci/01/00.0"), "open"),
	CASE("another's registers, mapped",
	     UNBOUND MAPPED("0", "/sys/devices/pci0000:00/0000:00:01.0/resource0"), ""),
	CASE("a process that is named like a kernel thread's line",
	     UNBOUND HOLDS_FILE(
		     "resource0") "f proc/812/stat = 812 () S 0 0 0 0 -1 2129984) S 1 1 1 0 -1 "
				  "4194560 0 0\n",
	     "open"),
	CASE("a process whose name ends the line like a kernel thread's",
	     UNBOUND HOLDS_FILE("resource0") "f proc/812/stat = 812 ()S0-0-0-0-0-1\n"
					     "a proc/812/stat = ) S 1 1 1 0 -1 4194560 0 0\n",
	     "open"),
	CASE("a process whose line cannot be made out",
	     UNBOUND HOLDS_FILE("resource0") "f proc/812/stat = 812 (\n", "open"),
	CASE("a thread of the kernel has no descriptors",
	     UNBOUND HOLDS_FILE("resource0") "f proc/812/stat = 812 (kworker/0:1) I 2 0 0 0 -1 "
					     "69238880 0 0\n",
	     ""),
	CASE("the registers, mapped by a process whose first thread has ended",
	     UNBOUND "d proc/812/fd\nf proc/812/comm = daemon\n"
		     "d proc/812/task/813/fd\n"
		     "f proc/812/task/813/maps = 7f0000000000-7f0000001000 rw-s 00000000 00:16 77 "
		     "/sys/@D/resource0\n",
	     "open"),
	CASE("programs and libraries",
	     UNBOUND MAPPED("0", "/usr/lib/x86_64-linux-gnu/libc.so.6") MAPPED("0", "/dev/shm/x")
		     MAPPED("0", "/dev/zero (deleted)") "a proc/812/maps = 7ffc0000-7ffd0000 rw-p "
							"00000000 00:00 0 [stack]\n",
	     ""),
	CASE("a device file that is mapped and closed",
	     DRIVER("uio_pci_generic")
		     MAPPED("0", "/dev/uio0") "f dev/uio0 = c 243:0\n" CHAR("243:0", "@D/uio/uio0"),
	     "open", .driver = UNBIND),
	CASE("physical memory where its registers are",
	     UNBOUND REGISTERS MAPPED("fe000000", "/dev/mem") "f dev/mem = c 1:1\n" OTHERS, "open"),
	CASE("physical memory elsewhere",
	     UNBOUND REGISTERS MAPPED("fe004000", "/dev/mem") "f dev/mem = c 1:1\n" OTHERS, ""),
	CASE("physical memory where its ports would be",
	     UNBOUND REGISTERS MAPPED("c000", "/dev/mem") "f dev/mem = c 1:1\n" OTHERS, ""),
	CASE("physical memory, and addresses that cannot be read",
	     UNBOUND MAPPED("fe000000", "/dev/mem") "f dev/mem = c 1:1\n" OTHERS, "use-unknown"),
	CASE("a VFIO device that is mapped and closed",
	     VFIO MAPPED("0", "anon_inode:[vfio-device]"), "vfio-in-use", .driver = UNBIND),
	CASE("another VFIO device that is mapped and open",
	     VFIO MAPPED("0",
			 "anon_inode:[vfio-device]") "l proc/812/fd/3 -> anon_inode:[vfio-device]\n"
						     "f proc/812/fdinfo/3 = vfio-device-syspath: "
						     "/sys/devices/pci0000:80/0000:80:01.0\n",
	     "", .driver = UNBIND),
	CASE("mappings that cannot be read", UNBOUND "d proc/812/fd\nd proc/812/maps\n",
	     "use-unknown", .all = true),
	CASE("a process without mappings", UNBOUND "d proc/812/fd\nf proc/812/maps\n", ""),
	CASE("a process whose first thread has ended",
	     "d proc/812/fd\nf proc/812/comm = daemon\n"
	     "l proc/812/task/813/fd/3 -> /dev/nvme0\nf dev/nvme0 = c 240:0\n" CHAR(
		     "240:0", "@D/nvme/nvme0"),
	     "open"),
	CASE("a process whose files cannot be read", "r proc/812\nf proc/812/fd = x\n",
	     "use-unknown", .all = true),
	CASE("no processes to be seen", "r proc\n", "use-unknown", .all = true),

	CASE("a VFIO group that is open", VFIO "l proc/812/fd/3 -> /dev/vfio/1\n", "vfio-in-use",
	     .driver = UNBIND),
	CASE("another VFIO group that is open", VFIO "l proc/812/fd/3 -> /dev/vfio/3\n", "",
	     .driver = UNBIND),
	CASE("the VFIO group of a mediated device of it that is open",
	     "l sys/kernel/iommu_groups/57/devices/83b8f4f2 -> ../../../../@D/83b8f4f2\n"
	     "l proc/812/fd/3 -> /dev/vfio/57\n",
	     "vfio-in-use"),
	CASE("the VFIO group of a mediated device of another function that is open",
	     "l sys/kernel/iommu_groups/57/devices/83b8f4f2 -> "
	     "../../../../devices/pci0000:00/0000:00:01.0/83b8f4f2\n"
	     "l proc/812/fd/3 -> /dev/vfio/57\n",
	     ""),
	CASE("a VFIO group that is open, lent by a driver of another name",
	     DRIVER("nvidia") "l proc/812/fd/3 -> /dev/vfio/1\n", "vfio-in-use", .driver = UNBIND),
	CASE("the VFIO device file of a mediated device of it that is open",
	     "l sys/class/vfio-dev/vfio7 -> ../../@D/83b8f4f2/vfio-dev/vfio7\n"
	     "l proc/812/fd/3 -> /dev/vfio/devices/vfio7\n",
	     "vfio-in-use"),
	CASE("the VFIO device file of a mediated device of another function that is open",
	     "l sys/class/vfio-dev/vfio7 -> "
	     "../../devices/pci0000:00/0000:00:01.0/83b8f4f2/vfio-dev/vfio7\n"
	     "l proc/812/fd/3 -> /dev/vfio/devices/vfio7\n",
	     ""),
	CASE("a VFIO group without IOMMU that is open",
	     VFIO "l proc/812/fd/3 -> /dev/vfio/noiommu-1\n", "vfio-in-use", .driver = UNBIND),
	CASE("the container of VFIO alone", VFIO "l proc/812/fd/3 -> /dev/vfio/vfio\n", "",
	     .driver = UNBIND),
	CASE("a VFIO group that is open under another name",
	     VFIO OPEN("mine", "c", "244:0") CHAR("244:0", "devices/virtual/vfio/1"), "vfio-in-use",
	     .driver = UNBIND),
	CASE("a VFIO device file that is open",
	     VFIO "d sys/@D/vfio-dev/vfio0\nl proc/812/fd/3 -> /dev/vfio/devices/vfio0\n",
	     "vfio-in-use", .driver = UNBIND),
	CASE("a VFIO device file that is open, and may be its",
	     VFIO LOST("sys/@D/vfio-dev/vfio0") "l proc/812/fd/3 -> /dev/vfio/devices/vfio0\n",
	     "vfio-in-use", .driver = UNBIND),
	CASE("another VFIO device file that is open",
	     VFIO "d sys/@D/vfio-dev/vfio0\nl proc/812/fd/3 -> /dev/vfio/devices/vfio1\n", "",
	     .driver = UNBIND),
	CASE("a VFIO device file that is open under another name",
	     VFIO OPEN("mine", "c", "244:0") CHAR("244:0", "@D/vfio-dev/vfio0"), "vfio-in-use",
	     .driver = UNBIND),
	CASE("a VFIO device that the kernel names",
	     VFIO "l proc/812/fd/3 -> anon_inode:[vfio-device]\n"
		  "f proc/812/fdinfo/3 = pos: 0\n"
		  "a proc/812/fdinfo/3 = vfio-device-syspath: /sys/@D/vfio-dev/vfio0\n",
	     "vfio-in-use", .driver = UNBIND),
	CASE("another VFIO device that the kernel names",
	     VFIO
	     "l proc/812/fd/3 -> anon_inode:[vfio-device]\n"
	     "f proc/812/fdinfo/3 = vfio-device-syspath: /sys/devices/pci0000:80/0000:80:01.0\n",
	     "", .driver = UNBIND),
	CASE("a VFIO device that the kernel does not name",
	     VFIO "l proc/812/fd/3 -> anon_inode:[vfio-device]\nf proc/812/fdinfo/3 = pos: 0\n",
	     "vfio-in-use", .driver = UNBIND),
	CASE("VFIO and no process to be seen", VFIO "r proc/1\n", "use-unknown", .driver = UNBIND),
	CASE("VFIO and nobody", VFIO, "", .driver = UNBIND),
	CASE("a guest of Xen may have it", DRIVER("xen-pciback"), "use-unknown", .driver = UNBIND),

	CASE("CXL memory with a region", MEMORY "d sys/bus/cxl/devices/region0\n", "cxl-memory",
	     .driver = UNBIND),
	CASE("CXL memory with a dax region", MEMORY "d sys/bus/cxl/devices/dax_region0\n",
	     "cxl-memory", .driver = UNBIND),
	CASE("CXL memory with a dax device", MEMORY "d sys/bus/dax/devices/dax0.0\n", "cxl-memory",
	     .driver = UNBIND),
	CASE("CXL memory that a decoder maps", MEMORY DECODER("0x40000000"), "cxl-memory",
	     .driver = UNBIND),
	CASE("CXL memory that a decoder may map",
	     MEMORY DECODER("0") "f sys/bus/cxl/devices/decoder2.0/size = x\n", "cxl-memory",
	     .driver = UNBIND),
	CASE("CXL memory with a decoder that cannot be seen",
	     MEMORY LOST("sys/bus/cxl/devices/decoder2.0"), "cxl-memory", .driver = UNBIND),
	CASE("CXL memory whose decoders no driver knows", MEMORY "r sys/@D/mem0/driver\n",
	     "use-unknown", .driver = UNBIND),
	CASE("memory of the machine on a dax device",
	     "l sys/bus/dax/devices/dax0.0 -> ../../../@D/virtio1/ndbus0/dax0.0\n"
	     "l sys/@D/virtio1/ndbus0/dax0.0/driver -> x/kmem\n",
	     "held", .forced = true),
	CASE("a dax device for processes",
	     "l sys/bus/dax/devices/dax0.0 -> ../../../@D/virtio1/ndbus0/dax0.0\n"
	     "l sys/@D/virtio1/ndbus0/dax0.0/driver -> x/device_dax\n",
	     ""),
	CASE("memory of the machine by virtio", VIRTIO("virtio_mem"), "held", .driver = UNBIND),
	CASE("a watchdog on it that runs", WATCHDOG_ON_IT("active"), "held", .forced = true),
	CASE("a watchdog that is called like its driver", NAMED_WATCHDOG("i6300ESB timer"), "held",
	     .driver = UNBIND),
	CASE("a watchdog that is called otherwise", NAMED_WATCHDOG("Software Watchdog"), "",
	     .driver = UNBIND),
	CASE("a watchdog on it that does not run", WATCHDOG_ON_IT("inactive"), ""),
	CASE("a watchdog on it that does not tell",
	     WATCHDOG_ON_IT("active") "r sys/@D/iTCO_wdt/watchdog/watchdog0/state\n",
	     "use-unknown"),
	CASE("CXL memory that nothing maps",
	     MEMORY DECODER("0") "f sys/bus/cxl/devices/decoder0.0/size = 0x40000000\n", "",
	     .driver = UNBIND),
	CASE("CXL memory without a driver", "f sys/@D/class = 0x050210\nr sys/@D/driver\n",
	     "use-unknown"),
	CASE("CXL devices that cannot be read",
	     MEMORY "r sys/bus/cxl/devices\nf sys/bus/cxl/devices\n", "use-unknown",
	     .driver = UNBIND),

	CASE("VFs", "f sys/@D/sriov_numvfs = 2\n", "has-vfs"),
	CASE("no VFs", "f sys/@D/sriov_numvfs = 0\n", ""),
	CASE("VFs or none, nobody can tell", "f sys/@D/sriov_numvfs = x\n", "has-vfs",
	     .forced = true),
	CASE("VFs or none, nobody can tell, and lifted", "f sys/@D/sriov_numvfs = 99999\n",
	     "vf-in-use", .vfs = true),
	CASE("VFs of a PF that is named", TWO_VFS, "has-vfs", .named = true),
	CASE("VFs of a PF that is forced", TWO_VFS, "has-vfs", .forced = true),
	CASE("VFs that nobody uses", TWO_VFS, "", .vfs = true,
	     .warning = "0000:01:00.0: --with-vfs overrode: has-vfs: 2 VFs enabled"),
	CASE("VFs, and a PF in use", TWO_VFS NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"),
	     "mounted", .vfs = true),
	CASE("VFs, and a PF in use that is forced",
	     TWO_VFS NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"), "", .vfs = true,
	     .forced = true),
	CASE("a VF that a driver has",
	     TWO_VFS "l sys/" VF_PLACE "1/driver -> ../../../../bus/pci/drivers/nvme\n",
	     "vf-in-use", .vfs = true),
	CASE("a VF that virtual machines may be given",
	     TWO_VFS "l sys/" VF_PLACE "1/driver -> ../../../../bus/pci/drivers/vfio-pci\n",
	     "vf-in-use", .vfs = true),
	CASE("a VF in use, and a PF that is forced",
	     TWO_VFS "f proc/812/comm = qemu\nl proc/812/fd/3 -> /sys/" VF_PLACE "0/resource0\n",
	     "vf-in-use", .vfs = true, .forced = true),
	CASE("a VF that does not show", TWO_VFS "r sys/bus/pci/devices/0000:01:10.1\n", "vf-in-use",
	     .vfs = true),
	CASE("a VF that does not say whose it is", TWO_VFS "r sys/" VF_PLACE "1/physfn\n",
	     "vf-in-use", .vfs = true),
	CASE("more VFs than there should be", TWO_VFS "f sys/@D/sriov_numvfs = 1\n", "vf-in-use",
	     .vfs = true),
	CASE("others on its bus, and bus in the list from before them",
	     "f sys/@D/reset_method = flr pm bus\n" NEIGHBOUR_ON_BUS, "", .driver = UNBIND,
	     .skip = "list-not-kept"),
	CASE("VFs, and bus in the list from before them",
	     TWO_VFS "f sys/@D/reset_method = flr bus\n", "", .vfs = true, .skip = "list-not-kept"),
	CASE("VFs, and a neighbour that the rest of the list would reset",
	     TWO_VFS "f sys/@D/reset_method = flr bus\n"
		     "l sys/bus/pci/devices/0000:01:00.1 -> ../../../" NEIGHBOUR "\n"
		     "f sys/" NEIGHBOUR "/vendor = 0x8086\nf sys/" NEIGHBOUR "/device = 0x10d3\n"
		     "f sys/" NEIGHBOUR "/class = 0x020000\n"
		     "l sys/" NEIGHBOUR "/driver -> ../../../../bus/pci/drivers/e1000e\n",
	     "", .vfs = true, .skip = "bus-mate-in-use"),
	CASE("a bridge", "f sys/@D/class = 0x060400\n", "bridge"),
	CASE("a host bridge", "f sys/@D/class = 0x060000\n", "bridge"),
	CASE("below Thunderbolt", "f sys/@D/removable = removable\n", "thunderbolt"),
	CASE("inside", "f sys/@D/removable = fixed\n", ""),
	CASE("a USB4 host", "f sys/@D/class = 0x0c0340\n", "thunderbolt"),
	CASE("a Thunderbolt host", "f sys/@D/class = 0x088000\n" DRIVER("thunderbolt"),
	     "thunderbolt", .driver = UNBIND, .named = true),
	CASE("a USB host", "f sys/@D/class = 0x0c0330\n", ""),

	CASE("functions below it", BELOW, "functions-below", .driver = KEEP),
	CASE("functions below it, whose driver would be taken off", BELOW, "functions-below",
	     .driver = UNBIND),
	CASE("forced: not with functions below it", BELOW, "functions-below", .forced = true),
	CASE("functions below a group mate",
	     "l sys/bus/pci/devices/10000:00:01.0 -> "
	     "../../../@M/pci10000:00/10000:00:01.0\n"
	     "f sys/@M/pci10000:00/10000:00:01.0/vendor = 0x8086\n"
	     "f sys/@M/pci10000:00/10000:00:01.0/device = 0x3420\n"
	     "f sys/@M/pci10000:00/10000:00:01.0/class = 0x060400\n",
	     ""),

	CASE("SMBus", CHIPSET("0x0c0500"), "chipset"),
	CASE("SMBus, under a driver", "f sys/@D/class = 0x0c0500\n", "chipset"),
	CASE("SMBus, whose driver would be taken off", "f sys/@D/class = 0x0c0500\n", "chipset",
	     .driver = UNBIND),
	CASE("SMBus, named", CHIPSET("0x0c0500"), "", .named = true),
	CASE("SMBus, named, under a driver", "f sys/@D/class = 0x0c0500\n", "driver-bound",
	     .driver = REFUSE, .named = true),
	CASE("USB beside it", CHIPSET("0x0c0330"), ""),
	CASE("the flash", CHIPSET("0x0c8000"), "chipset"),
	CASE("I3C", CHIPSET("0x0c0a00"), "chipset"),
	CASE("IPMI", CHIPSET("0x0c0701"), "chipset"),
	CASE("the management engine", CHIPSET("0x078000"), "chipset"),
	CASE("the management engine, named", CHIPSET("0x078000"), "", .named = true),
	CASE("a serial port", CHIPSET("0x070002"), ""),
	CASE("memory of the chipset", CHIPSET("0x050000"), "chipset"),
	CASE("the power controller", CHIPSET("0x058000"), "chipset"),
	CASE("an interrupt controller", CHIPSET("0x080020"), "chipset"),
	CASE("an IOMMU without a driver", CHIPSET("0x080600"), "chipset"),
	CASE("an event collector", CHIPSET("0x080700"), "chipset"),
	CASE("an event collector, named", CHIPSET("0x080700"), "", .named = true),
	CASE("another system peripheral", CHIPSET("0x088000"), "chipset"),
	CASE("an SD host", CHIPSET("0x080501"), ""),
	CASE("a virtual function of that class",
	     CHIPSET("0x088000") "l sys/@D/physfn -> ../0000:00:01.0\n", ""),
	CASE("performance counters", CHIPSET("0x110100"), "chipset"),
	CASE("signal processing on a card", CHIPSET("0x118000"), ""),
	CASE("AMD's security processor", CHIPSET("0x108000") "f sys/@D/vendor = 0x1022\n",
	     "chipset"),
	CASE("another encryption controller", CHIPSET("0x108000"), ""),
	CASE("a bus reset that would hit it",
	     "f sys/@D/reset_method = bus\n"
	     "l sys/bus/pci/devices/0000:01:00.1 -> "
	     "../../../devices/pci0000:00/0000:00:01.0/0000:01:00.1\n"
	     "f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1/vendor = 0x8086\n"
	     "f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1/device = 0x1234\n"
	     "f sys/devices/pci0000:00/0000:00:01.0/0000:01:00.1/class = 0x088000\n",
	     "", .skip = "bus-mate-in-use"),

	CASE("a driver", "", "driver-bound", .driver = REFUSE),
	CASE("a driver that bears resets", "", "", .driver = KEEP),
	CASE("a driver that does not", DRIVER("e1000e"), "no-reset-handler", .driver = KEEP),
	CASE("a driver that does not, taken off", DRIVER("e1000e"), "", .driver = UNBIND),
	CASE("vfio-pci", VFIO, "no-reset-handler", .driver = KEEP),
	CASE("virtio-blk", VIRTIO("virtio_blk"), "", .driver = KEEP),
	CASE("virtio-net", VIRTIO("virtio_net"), "no-reset-handler", .driver = KEEP),
	CASE("virtio without a driver", DRIVER("virtio-pci"), "", .driver = KEEP),
	CASE("no driver", "r sys/@D/driver\n", "", .driver = REFUSE),

	CASE("a group mate in use", MATE_NIC("0x1003"), "group-mate-in-use"),
	CASE("a group mate that is not", MATE_NIC("0x1002"), ""),
	CASE("a neighbour in use, in another group",
	     MATE_NIC("0x1003") "l sys/@M/iommu_group -> ../../../kernel/iommu_groups/0\n", ""),

	CASE("panic_on_warn", SYSCTL("panic_on_warn", "1"), "panic-on-warn"),
	CASE("panic_on_warn that makes no sense", SYSCTL("panic_on_warn", "x"), "panic-on-warn"),
	CASE("panic_on_warn on a kernel that cannot warn", SYSCTL("panic_on_warn", "1"), "",
	     .unaffected = true),
	CASE("warn_limit", SYSCTL("warn_limit", "10"), "warn-limit"),
	CASE("a kernel without warn_limit", "r proc/sys/kernel/warn_limit\n", ""),
	CASE("panic_on_taint of warnings",
	     "f proc/cmdline = quiet panic_on_taint=0x10200,nousertaint ro\n", "panic-on-taint"),
	CASE("panic_on_taint with dashes", "f proc/cmdline = ro panic-on-taint=200\n",
	     "panic-on-taint"),
	CASE("panic_on_taint of something else", "f proc/cmdline = ro panic_on_taint=0x100\n", ""),
	CASE("panic_on_taint, and later another",
	     "f proc/cmdline = panic_on_taint=0x200 panic_on_taint=0x20 ro\n", ""),
	CASE("panic_on_taint on a kernel that cannot warn",
	     "f proc/cmdline = panic_on_taint=0x200\n", "", .unaffected = true),
	CASE("a command line that cannot be read", "r proc/cmdline\nd proc/cmdline\n",
	     "panic-on-taint"),
	CASE("panic_on_oops", SYSCTL("panic_on_oops", "1"), "panic-on-oops"),
	CASE("panic_on_oops on any kernel", SYSCTL("panic_on_oops", "1"), "panic-on-oops",
	     .unaffected = true),
	CASE("oops_limit, at once", SYSCTL("oops_limit", "1"), "panic-on-oops"),
	CASE("oops_limit, later", SYSCTL("oops_limit", "10000"), ""),
	CASE("oops_limit, never", SYSCTL("oops_limit", "0"), ""),
	CASE("oops_limit that makes no sense", SYSCTL("oops_limit", "x"), "panic-on-oops"),
	CASE("no settings to be seen", "r proc/sys\n", "kernel-died"),
	CASE("hung_task_panic, short",
	     SYSCTL("hung_task_panic", "1") SYSCTL("hung_task_timeout_secs", "60"),
	     "hung-task-panic"),
	CASE("hung_task_panic, long", SYSCTL("hung_task_panic", "1"), ""),
	CASE("hung_task_panic, long, but not for this device",
	     SYSCTL("hung_task_panic", "1") "f sys/@D/vendor = 0x144d\nf sys/@D/device = 0xa804\n"
					    "f sys/@D/reset_method = device_specific flr\n",
	     "hung-task-panic"),
	CASE("hung_task_panic, off",
	     SYSCTL("hung_task_panic", "1") SYSCTL("hung_task_timeout_secs", "0"), ""),
	CASE("hung_task_panic that makes no sense", SYSCTL("hung_task_panic", "x"),
	     "hung-task-panic"),
	CASE("no hung task detector", "r proc/sys/kernel/hung_task_panic\n", ""),
	CASE("a short watchdog", WATCHDOG("watchdog0", "30"), "watchdog"),
	CASE("a long watchdog", WATCHDOG("watchdog0", "300"), ""),
	CASE("the second watchdog is short",
	     WATCHDOG("watchdog0", "300") WATCHDOG("watchdog1", "10"), "watchdog"),
	CASE("a watchdog that does not run",
	     WATCHDOG("watchdog0", "30") "f sys/class/watchdog/watchdog0/state = inactive\n", ""),
	CASE("a watchdog that does not say whether it runs", "d sys/class/watchdog/watchdog0\n",
	     "watchdog"),
	CASE("a watchdog that does not say how long",
	     WATCHDOG("watchdog0", "30") "r sys/class/watchdog/watchdog0/timeout\n", "watchdog"),
	CASE("a watchdog of an old kind", "d sys/class/misc/watchdog\n", "watchdog"),
	CASE("what may be a watchdog of an old kind", LOST("sys/class/misc/watchdog"), "watchdog"),
	CASE("a watchdog that has a file of old as well",
	     "d sys/class/misc/watchdog\n" WATCHDOG("watchdog0", "300"), ""),
	CASE("a kernel that died", SYSCTL("tainted", "128"), "kernel-died"),
	CASE("taint that makes no sense", SYSCTL("tainted", "x"), "kernel-died"),
	CASE("a kernel that warned", SYSCTL("tainted", "512"), "", .warning = "has warned before"),
	CASE("a kernel that was tainted otherwise", SYSCTL("tainted", "4097"), ""),
	CASE("another PID namespace", "l proc/self/ns/pid -> pid:[4026532000]\n", "container"),
	CASE("another user namespace", "l proc/self/ns/user -> user:[4026532000]\n", "container"),
	CASE("a namespace that cannot be read", "r proc/self/ns/pid\nf proc/self/ns/pid\n",
	     "container"),
	CASE("a kernel without namespaces", "r proc/self/ns\n", ""),
	CASE("a container of systemd", "f run/systemd/container = systemd-nspawn\n", "container"),
	CASE("a container of docker", "f .dockerenv\n", "container"),
	CASE("what may be a container of docker",
	     "l proc/1/ns/mnt -> mnt:[4026532841]\n" LOST(".dockerenv"), "container"),
	CASE("a machine made of a container's files",
	     "f .dockerenv\nl proc/1/ns/mnt -> mnt:[4026531841]\n", ""),
	CASE("a container that sees the host's processes",
	     "f .dockerenv\nl proc/1/ns/mnt -> mnt:[4026532841]\n", "container"),
	CASE("a container that nothing marks",
	     "l proc/1/ns/mnt -> mnt:[4026532841]\n"
	     "l proc/1/root -> /\nl proc/self/root -> /run/containerd/x\n",
	     "container"),
	CASE("a service with mounts of its own",
	     "l proc/1/ns/mnt -> mnt:[4026532841]\n"
	     "l proc/1/root -> /\nl proc/self/root -> /\n",
	     ""),
	CASE("a rescue system that was entered by chroot",
	     "l proc/1/ns/mnt -> mnt:[4026531841]\n"
	     "l proc/1/root -> /\nl proc/self/root -> /srv/rescue\n",
	     ""),
	CASE("a container of podman", "f run/.containerenv\n", "container"),
	CASE("a virtual machine by its processor",
	     "f proc/cpuinfo = processor : 0\na proc/cpuinfo = flags : fpu hypervisor lm\n", "",
	     .warning = "virtual machine"),
	CASE("a virtual machine by its firmware", "f sys/class/dmi/id/sys_vendor = QEMU\n", "",
	     .warning = "virtual machine"),
	CASE("a virtual machine of Xen", "f sys/hypervisor/type = xen\n", "",
	     .warning = "virtual machine"),
	CASE("lockdown", "f sys/kernel/security/lockdown = none integrity [confidentiality]\n", "",
	     .warning = "locked down"),

	CASE("forced: mounted", NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"), "",
	     .forced = true,
	     .warning = "--force-in-use overrode: mounted: nvme0n1 mounted on /srv"),
	CASE("forced: open", OPEN("nvme0", "c", "240:0") CHAR("240:0", "@D/nvme/nvme0"), "",
	     .forced = true,
	     .warning = "--force-in-use overrode: open: /dev/nvme0 open in process"),
	CASE("forced: unknown", "r sys/class/net\n", "", .forced = true,
	     .warning = "--force-in-use overrode: use-unknown"),
	CASE("forced: a group mate in use", MATE_NIC("0x1003"), "", .forced = true,
	     .warning = "--force-in-use overrode: group-mate-in-use"),
	CASE("forced: Thunderbolt", "f sys/@D/removable = removable\n", "", .forced = true,
	     .warning = "--force-in-use overrode: thunderbolt"),
	CASE("forced: not the root file system",
	     NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1")
		     MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"),
	     "mounted", .forced = true),
	CASE("forced: not what the root file system is laid over",
	     NVME MOUNT("259:1", "/sysroot", "xfs", "/dev/nvme0n1p1") OVERLAY(
		     "ro,lowerdir+=/run/lower,datadir+=/sysroot/ostree/repo/objects,metacopy=on"),
	     "mounted", .forced = true),
	CASE("forced: not where changes of the root file system go",
	     NVME MOUNT("259:1", "/media/rw", "ext4", "/dev/nvme0n1p1")
		     MOUNT("0:30", "/media/ro", "squashfs", "x")
			     OVERLAY("rw,lowerdir=/media/ro,upperdir=/media/rw/overlay"),
	     "mounted", .forced = true),
	CASE("forced: not what has the image of the root file system",
	     NVME MOUNT("259:1", "/medium", "iso9660", "/dev/nvme0n1p1") VIRTUAL("loop0", "7:0")
		     MOUNT("7:0", "/image", "squashfs", "/dev/loop0") MOUNT(
			     "0:31", "/changes", "tmpfs",
			     "x") "f sys/devices/virtual/block/loop0/loop/backing_file = "
				  "/medium/live/root\n" OVERLAY("rw,lowerdir=/image,upperdir=/"
								"changes/upper"),
	     "mounted", .forced = true),
	CASE("forced: a disk beside what has the image of the root file system",
	     NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1") VIRTUAL("loop0", "7:0")
		     MOUNT("7:0", "/image", "squashfs", "/dev/loop0") MOUNT(
			     "0:31", "/medium", "tmpfs",
			     "x") "f sys/devices/virtual/block/loop0/loop/backing_file = "
				  "/medium/live/root\n" OVERLAY("rw,lowerdir=/image,upperdir=/"
								"medium/upper"),
	     "", .forced = true, .warning = "--force-in-use overrode: mounted"),
	CASE("forced: not what the root file system may be laid over",
	     NVME MOUNT("259:1", "/cdrom", "iso9660", "/dev/nvme0n1p1")
		     OVERLAY("rw,lowerdir=/root.squashfs,upperdir=/cow/upper"),
	     "mounted", .forced = true),
	CASE("forced: a disk beside what the root file system is laid over",
	     NVME MOUNT("259:1", "/srv", "ext4", "/dev/nvme0n1p1") MOUNT(
		     "0:30", "/media/ro", "squashfs", "x") MOUNT("0:31", "/media/rw", "tmpfs", "x")
		     OVERLAY("rw,lowerdir=/media/ro,upperdir=/media/rw/overlay"),
	     "", .forced = true, .warning = "--force-in-use overrode: mounted"),
	CASE("forced: what the root file system of a container is laid over",
	     NVME MOUNT(
		     "259:1", "/var/lib", "ext4",
		     "/dev/nvme0n1p1") "l proc/812/ns/mnt -> mnt:[4026532999]\n"
				       "f proc/812/mountinfo = 27 1 0:44 / / rw - overlay overlay "
				       "rw,lowerdir=/var/lib/docker/1,upperdir=/var/lib/docker/2\n",
	     "", .forced = true, .warning = "--force-in-use overrode: mounted"),
	CASE("forced: not what a root file system on ZFS may be on",
	     NVME MOUNT("0:44", "/tank", "zfs", "tank") MOUNT("0:45", "/", "zfs", "tank/root"),
	     "use-unknown", .forced = true),
	CASE("forced: what another ZFS may be on", NVME MOUNT("0:44", "/tank", "zfs", "tank"), "",
	     .forced = true),
	CASE("forced: not a device of a btrfs that is the root file system",
	     NVME VIRTUAL("sdc", "8:32") "d sys/fs/btrfs/1234/devices/nvme0n1\n"
					 "d sys/fs/btrfs/1234/devices/sdc\n" MOUNT(
						 "0:44", "/", "btrfs", "/dev/sdc"),
	     "mounted", .forced = true),
	CASE("forced: not a device of a btrfs that may be the root file system",
	     NVME "d sys/fs/btrfs/1234/devices/nvme0n1\n" MOUNT("0:44", "/", "btrfs", "/dev/root"),
	     "mounted", .forced = true),
	CASE("forced: a device of another btrfs",
	     NVME VIRTUAL("sdc", "8:32") "d sys/fs/btrfs/1234/devices/nvme0n1\n"
					 "d sys/fs/btrfs/5678/devices/sdc\n" MOUNT(
						 "0:44", "/", "btrfs", "/dev/sdc"),
	     "", .forced = true),
	CASE("forced: not what the root file system is on",
	     NVME VIRTUAL("dm-0", "254:0") HOLDS("dm-0") MOUNT("254:0", "/", "ext4", "/dev/dm-0"),
	     "mounted", .forced = true),
	CASE("forced: an interface that is up", NIC("0x1003"), "", .forced = true,
	     .warning = "--force-in-use overrode: network-up"),
	CASE("forced: not one that the root file system may be behind",
	     NIC("0x1003") MOUNT("0:41", "/", "nfs4", "server:/root"), "network-up",
	     .forced = true),
	CASE("forced: not one that what the root file system is laid over may be behind",
	     NIC("0x1003") MOUNT("0:41", "/ro", "nfs4", "server:/root")
		     OVERLAY("rw,lowerdir=/ro/image,upperdir=/ro/changes"),
	     "network-up", .forced = true),
	CASE("forced: not one that some layer of the root file system may be behind",
	     NIC("0x1003") MOUNT("0:41", "/ro", "nfs4", "server:/root")
		     OVERLAY("rw,lowerdir=/image,upperdir=/changes"),
	     "network-up", .forced = true),
	CASE("forced: one beside a network file system that the root file system is not laid over",
	     NIC("0x1003") MOUNT("0:41", "/srv", "nfs4", "server:/srv")
		     MOUNT("0:30", "/ro", "squashfs", "x") OVERLAY("ro,lowerdir=/ro/a:/ro/b"),
	     "", .forced = true),
	CASE("forced: one beside another network file system",
	     NIC("0x1003") MOUNT("0:41", "/srv", "nfs4", "server:/srv"), "", .forced = true),
	CASE("forced: not one that a root file system on iSCSI may be behind",
	     NIC("0x1003") ISCSI MOUNT("8:32", "/", "ext4", "/dev/sdc"), "network-up",
	     .forced = true),
	CASE("forced: not one that swap on iSCSI may be behind",
	     NIC("0x1003") ISCSI "a proc/swaps = /dev/sdc partition 1024 0 -2\n", "network-up",
	     .forced = true),
	CASE("forced: not one that a root file system on NVMe over fabrics may be behind",
	     NIC("0x1003") MULTIPATH
	     "l sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0 -> "
	     "../../nvme-fabrics/ctl/nvme0\n" MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"),
	     "network-up", .forced = true),
	CASE("forced: not one that a root file system on FCoE may be behind",
	     NIC("0x1003") "l sys/class/block/sdc -> "
			   "../../devices/virtual/net/eth0.100/ctlr_0/host9/rport-9:0-0/"
			   "target9:0:0/9:0:0:0/block/sdc\n"
			   "f "
			   "sys/devices/virtual/net/eth0.100/ctlr_0/host9/rport-9:0-0/target9:0:0/"
			   "9:0:0:0/"
			   "block/sdc/dev = 8:32\n"
			   "d "
			   "sys/devices/virtual/net/eth0.100/ctlr_0/host9/rport-9:0-0/target9:0:0/"
			   "9:0:0:0/"
			   "block/sdc/holders\n" MOUNT("8:32", "/", "ext4", "/dev/sdc"),
	     "network-up", .forced = true),
	CASE("forced: not the adapter that leads to the root file system",
	     FC_HOST FC_PORT("0x10000090fa942779") OTHER_CONTROLLER NVME_FC MULTIPATH
	     "l sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme1 -> "
	     "../../nvme-fabrics/ctl/nvme1\n" MOUNT("259:0", "/", "ext4", "/dev/nvme0n1"),
	     "held", .forced = true),
	CASE("forced: an adapter that leads to another disk",
	     FC_HOST FC_PORT("0x10000090fa942779") OTHER_CONTROLLER NVME_FC, "", .forced = true,
	     .warning = "nvme1 is reached through it"),
	CASE("forced: one beside a disk on iSCSI",
	     NIC("0x1003") ISCSI MOUNT("8:32", "/srv", "ext4", "/dev/sdc"), "", .forced = true),
	CASE("forced: not swap", NVME "a proc/swaps = /dev/nvme0n1p1 partition 1024 0 -2\n", "swap",
	     .forced = true),
	CASE("forced: not CXL memory", MEMORY "d sys/bus/cxl/devices/region0\n", "cxl-memory",
	     .forced = true),
	CASE("forced: not a bridge", "f sys/@D/class = 0x060400\n", "bridge", .forced = true),
	CASE("forced: not a driver", NVME MOUNT("259:0", "/srv", "ext4", "/dev/nvme0n1"),
	     "driver-bound", .driver = REFUSE, .forced = true),
	CASE("forced: not the machine", SYSCTL("panic_on_warn", "1"), "panic-on-warn",
	     .forced = true),
	CASE("forced: selecting is not safe",
	     NVME MOUNT("259:0", "/srv", "ext4",
			"/dev/nvme0n1") "f sys/@D/reset_method = flr pm bus\n",
	     "", .forced = true, .skip = "selecting-unsafe"),
	CASE("forced: selecting is safe where nothing blocks",
	     NVME MOUNT("259:0", "/srv", "ext4",
			"/dev/nvme0n1") "f sys/@D/reset_method = flr pm bus\n",
	     "", .forced = true, .unaffected = true, .warning = "overrode"),
};

const size_t interlock_case_count = sizeof(interlock_cases) / sizeof(interlock_cases[0]);
