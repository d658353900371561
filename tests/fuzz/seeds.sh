#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
# Usage: seeds.sh DIR SEEDS_PROGRAM
# Makes DIR/TARGET for the fuzz targets out of what the other tests have: captured evidence, trees,
# lines of the kernel log, sample kernels; and DIR/TARGET.dict with the words that occur there.
set -eu

[ $# = 2 ] || { echo "usage: $0 DIR SEEDS_PROGRAM" >&2; exit 2; }
out=$1
program=$2
tests=$(cd "$(dirname "$0")/.." && pwd)

rm -rf "$out"
mkdir -p "$out/evidence" "$out/kmsg" "$out/tree" "$out/journal" "$out/proc" "$out/filter" \
	"$out/trace" "$out/config" "$out/result"
"$program" "$out"

# Those that are no more than a step long are enough, and quick.
for file in "$tests"/golden/captured/*.ev; do
	[ "$(wc -c <"$file")" -gt 12000 ] || cp "$file" "$out/evidence"
	name=$(basename "$file" .ev)
	sed -nE 's/^log sequence=([0-9]+) time_us=([0-9]+) facility=0 level=([0-9]) .* text="(.*)"$/\3,\1,\2,-;\4\n/p' \
		"$file" >"$out/kmsg/$name"
	[ -s "$out/kmsg/$name" ] || rm "$out/kmsg/$name"
done
for file in "$tests"/unit/klog_lines*.c "$tests"/unit/test_klog*.c; do
	sed -nE 's/^[^"]*"(.{12,})",?.*$/4,7,1000,-;\1\n/p' "$file" >"$out/kmsg/$(basename "$file")"
done
cp "$tests"/roots/*.tree "$out/tree"

{
	cat "$tests"/golden/captured/*.ev | tr ' ' '\n' | sed -nE 's/^([a-z_]+=).*/"\1"/p'
	cut -d' ' -f1 "$tests"/golden/captured/*.ev | sed -nE 's/^([a-z-]+)$/"\1 "/p'
	grep -ohE '=[a-z][a-z_-]+' "$tests"/golden/captured/*.ev | sed 's/.*/"&"/'
} | LC_ALL=C sort -u >"$out/evidence.dict"
cat "$tests"/../src/judge/klog*.c | grep -oE '"[^"\\%]{4,}"' | LC_ALL=C sort -u >"$out/kmsg.dict"
cut -d' ' -f2- "$tests"/roots/*.tree | tr ' /' '\n' |
	sed -nE 's/^([A-Za-z0-9:._-]{3,40})$/"\1"/p' | LC_ALL=C sort -u >"$out/tree.dict"


# Results: a run, a kernel that was checked, events.
tool='"schema_version":1,"tool":{"name":"iommu-resettest","version":"0.1.0","features":[]}'
about='"host":{"nodename":"node2","release":"7.3.4"},"kernel":{"release":"7.3.4","static":"fixed"}'
about="$about,\"run\":{\"id\":\"1\",\"started\":\"2026-11-22T08:06:35Z\",\"signal\":null}"
step='{"number":1,"scenario":"nested","functions":["0000:01:00.0"],"method":"cxl_bus","verdict":"pass"'
step="$step,\"reason\":null,\"findings\":[]}"
failed='{"number":2,"scenario":"nested","functions":["0000:02:00.0"],"method":"flr","verdict":"fail","reason":"reset-failed"'
failed="$failed,\"findings\":[{\"slug\":\"nested-prepare-busy\",\"text\":\"refused\"}]}"
series='{"scenario":"nested","functions":["0000:01:00.0"],"method":null,"pass":3,"fail":0,"skip":1'
series="$series,\"inconclusive\":0,\"resets\":3,\"min_ns\":1,\"median_ns\":2,\"p99_ns\":3,\"max_ns\":4}"
loops='"loops":{"rounds":3,"steps":4,"pass":3,"fail":0,"skip":1,"inconclusive":0}'
good='"verdict":"fixed","exit_status":0,"summary":"it works","findings":[]'
bad='"verdict":"vulnerable","exit_status":1,"summary":"it does not","findings":[]'
printf '{%s,%s,%s,"steps":[%s]}\n' "$tool" "$about" "$good" "$step" >"$out/result/run"
printf '{\n%s,%s,%s,"steps":[%s,%s]}\n' "$tool" "$about" "$bad" "$step" "$failed" >"$out/result/bad"
printf '{%s,%s,%s,%s,"latency":[%s],"steps":[]}\n' "$tool" "$about" "$good" "$loops" "$series" \
	>"$out/result/rounds"
printf '{%s,"host":{"nodename":"node3"},"kernels":[{"static":"fixed","static_reason":"x","is_running":true}]}\n' \
	"$tool" >"$out/result/check"
{
	printf '{"event":"run-begin","seq":1,"run_id":"1",%s,%s}\n' "$tool" "$about"
	printf '{"schema_version":1,"event":"step","seq":2,"run_id":"1","step":%s}\n' "$step"
	printf '{"schema_version":1,"event":"run-end","seq":3,"run_id":"1",%s,%s,"latency":[%s]}\n' \
		"$good" "$loops" "$series"
} >"$out/result/events"
cat "$out/result/events" "$out/result/run" "$out/result/events" >"$out/result/several"
grep -ohE '"[a-z_]{3,}"' "$tests"/../schema/run.schema.json "$tests"/../schema/jsonl-event.schema.json |
	LC_ALL=C sort -u | sed 's/"/\\"/g; s/.*/"&"/' >"$out/result.dict"

cat >"$out/journal/whole" <<'TEXT'
journal version=1 tool_version=0.1.0 boot_id=c0ffee run_id=1234 started=2026-11-22T08:06:35Z release=7.3.4
step number=1 scenario=nested method=cxl_bus targets="0000:01:00.0/1af4:1041"
methods id=1 function=0000:01:00.0 vendor=0x1af4 device=0x1041 before="flr pm cxl_bus" after=cxl_bus
driver id=2 function=0000:01:00.0 vendor=0x1af4 device=0x1041 driver=nvme in_use=no before=""
trace id=3 mounts=yes mount_namespace_id=4026531840
undone id=2
step-end number=1
completed number=1 scenario=nested method=flr targets="0000:02:00.0/1af4:1041"
down number=1 scenario=nested method=flr targets="0000:02:00.0/1af4:1041" run_id=1 started=2026 release=7.0.4
end signal=15
TEXT
printf '%s\n' 'm36 35 98:0 /mnt1 /mnt2 rw,noatime master:1 - ext3 /dev/root rw,errors=continue' \
	>"$out/proc/mountinfo"
printf 's%s\n%s\n' 'Filename				Type		Size	Used	Priority' \
	'/dev/nvme0n1p3                          partition	8388604	0	-2' >"$out/proc/swaps"
printf 'i%s\n%s\n%s\n' '           CPU0       CPU1' \
	' 24:          3          0  DMAR-MSI    0-edge      dmar0' \
	' 25:          1          2  PCI-MSI 1-edge AMD-Vi0-Evt' >"$out/proc/interrupts"
printf 'a%s\n' 'RxErr 2' 'TOTAL_ERR_FATAL 3' >"$out/proc/aer"
printf 'p%s\n' '<6>[   12.345678] iommu-resettest: begin run=52e55aeb954d07c9 step=3 nested cxl_bus 0000:01:00.0' \
	>"$out/proc/pstore"
printf 'k%s\n' 'ffffffff81000000 T pci_reset_function' \
	'ffffffff81000010 T pci_dev_reset_iommu_prepare' >"$out/proc/kallsyms"
printf 'c%s\n' 'name         : cbc(aes)' 'driver       : qat_aes_cbc' 'module       : intel_qat' \
	'refcnt       : 2' 'type         : skcipher' '' 'driver       : sha256-lib' 'module       : kernel' \
	'refcnt       : 1' >"$out/proc/crypto"
number=0
for text in s0000:01:00.0 s01: s.7 'd8086:10d3:02xx' d::0108 g12 mflr f0d:00.0 b10000:e1:00.0 \
	'b/devices/pci0000:00/0000:00:01.0/0000:01:00.0/net' 'lflr pm bus cxl_bus'; do
	number=$((number + 1))
	printf %s "$text" >"$out/filter/$number"
done
