# SPDX-License-Identifier: GPL-2.0-or-later
# fish completion for iommu-resettest(8)

function __iommu_resettest_command
    __fish_seen_subcommand_from $argv
end

# Each prints names, a tab and what they mean.
function __iommu_resettest_functions
    iommu-resettest list -qno FUNCTION,NAME 2>/dev/null | string replace -r ' +' '\t'
end

function __iommu_resettest_groups
    iommu-resettest list -qno GROUP,FUNCTION 2>/dev/null |
        awk '$1 != "-" { members[$1] = members[$1] " " $2 }
            END { for (group in members) print group "\t" substr(members[group], 2) }'
end

function __iommu_resettest_methods
    printf '%s\t%s\n' device_specific "the kernel's quirk for the device" \
        acpi 'the firmware (_RST)' \
        flr 'function level reset' \
        af_flr 'function level reset of Advanced Features' \
        pm 'to D3hot and back' \
        bus 'reset of the bus above' \
        cxl_bus 'reset of the bus below a CXL port'
    set --local files /sys/bus/pci/devices/*/reset_method
    cat $files /dev/null 2>/dev/null | string split ' ' |
        string match -v '' | sort -u |
        string match -rv '^(device_specific|acpi|flr|af_flr|pm|bus|cxl_bus)$'
end

function __iommu_resettest_slugs
    iommu-resettest explain 2>/dev/null | string match -r '^  .*' |
        string replace -r '^  (\S+)\s+' '$1\t'
end

set --global __iommu_resettest_formats text html json jsonl ktap tap junit ocptv prometheus
set --global __iommu_resettest_merged text html json ktap tap junit prometheus

# FORMAT:FILE, of the formats that are given
function __iommu_resettest_reports
    set --local token (commandline -ct | string replace -r '^--report=' '')
    set --local parts (string split -m 1 : -- $token)
    if set --query parts[2]
        for path in (__fish_complete_path $parts[2])
            echo $parts[1]:$path
        end
    else
        printf '%s:\n' $argv
    end
end

function __iommu_resettest_columns
    printf '%s\t%s\n' FUNCTION "address of the function"
    printf '%s\t%s\n' GROUP "its IOMMU group"
    printf '%s\t%s\n' DOMAIN "type of the group's domain"
    printf '%s\t%s\n' DRIVER "driver bound to it"
    printf '%s\t%s\n' METHODS "its reset methods, in the kernel's order"
    printf '%s\t%s\n' ATS "has Address Translation Services"
    printf '%s\t%s\n' PRI "has the Page Request Interface"
    printf '%s\t%s\n' PASID "has Process Address Space IDs"
    printf '%s\t%s\n' CXL-PORT "a CXL port is above it"
    printf '%s\t%s\n' NESTS "methods that nest, or why that shows nothing"
    printf '%s\t%s\n' IN-USE "the kinds of use"
    printf '%s\t%s\n' USES "what uses it, in words"
    printf '%s\t%s\n' NAME "class, vendor and device, as lspci -nn"
    printf '%s\t%s\n' CLASS "class number"
    printf '%s\t%s\n' CLASS-NAME "class in words"
    printf '%s\t%s\n' ID "vendor and device number"
    printf '%s\t%s\n' VENDOR "name of the vendor"
    printf '%s\t%s\n' DEVICE "name of the device"
    printf '%s\t%s\n' UPSTREAM "the bridge above it"
    printf '%s\t%s\n' PF "physical function of a VF"
    printf '%s\t%s\n' BRIDGE "whether it is a bridge"
    printf '%s\t%s\n' UNTRUSTED "outside the machine: no ATS"
end

set --local commands list check plan run recover judge report merge explain

complete -c iommu-resettest -f
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a list -d 'groups and functions, methods, what is in use'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a check -d 'whether the kernel was built with the bug'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a plan -d 'show what a run would do'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a run -d 'reset, observe, judge'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a recover -d 'put back what an interrupted run changed'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a judge -d 'judge saved evidence again'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a report -d 'a page in HTML about saved evidence'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a merge -d 'the results of many hosts in one answer'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -a explain -d 'what a finding or reason means'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands help" -a help -d 'print the help text of a command'
complete -c iommu-resettest -n "not __fish_seen_subcommand_from $commands" -s h -d 'print a help text'

complete -c iommu-resettest -l help -d 'print a help text'
complete -c iommu-resettest -n "__iommu_resettest_command $commands" -l usage -d 'print a short usage message'
complete -c iommu-resettest -s V -l version -d 'print version and features'
complete -c iommu-resettest -n "__iommu_resettest_command $commands" -s q -l quiet -d 'print the answer alone'
complete -c iommu-resettest -n "__iommu_resettest_command $commands" -s v -l verbose -d 'print all there is'
complete -c iommu-resettest -n "__iommu_resettest_command $commands" -l color -a 'auto always never' -d 'use colours'
complete -c iommu-resettest -n "__iommu_resettest_command $commands" -l ascii -d 'draw with plain ASCII characters'

set --local selecting '__iommu_resettest_command list plan run'
complete -c iommu-resettest -n $selecting -a '(__iommu_resettest_functions)'
complete -c iommu-resettest -n $selecting -s s -l slot -x -a '(__iommu_resettest_functions)' -d 'select by address'
complete -c iommu-resettest -n $selecting -s d -l device -x -d 'select by VENDOR:DEVICE:CLASS'
complete -c iommu-resettest -n $selecting -s g -l group -x -a '(__iommu_resettest_groups)' -d 'select an IOMMU group'
complete -c iommu-resettest -n $selecting -s m -l method -x -a '(__iommu_resettest_methods)' -d 'only this reset method'

set --local listing '__iommu_resettest_command list'
complete -c iommu-resettest -n $listing -s o -l output -x -a '(__fish_append , (__iommu_resettest_columns))' -d 'show these columns'
complete -c iommu-resettest -n $listing -s O -l output-all -d 'show all columns'
complete -c iommu-resettest -n $listing -s n -l noheadings -d 'print no headings'
complete -c iommu-resettest -n $listing -s r -l raw -d 'one line each, for scripts'
complete -c iommu-resettest -n $listing -s P -l pairs -d 'COLUMN="value", for shells'
complete -c iommu-resettest -n $listing -l tree -d 'show a tree of the buses'
complete -c iommu-resettest -n $listing -s J -d 'print one JSON document'

set --local resetting '__iommu_resettest_command plan run'
complete -c iommu-resettest -n $resetting -l all -d 'every function that may be reset'
complete -c iommu-resettest -n $resetting -s t -l scenario -x -a 'nested single siblings probe storm attach-race driver vf vfio pasid' -d 'provoke resets in this way'
complete -c iommu-resettest -n $resetting -l with-driver -d 'functions with a driver too, under it'
complete -c iommu-resettest -n $resetting -l with-traffic -d 'for driver: idle network interfaces send frames'
complete -c iommu-resettest -n $resetting -l jobs -x -d 'reset up to so many independent functions at once'
complete -c iommu-resettest -n $resetting -l with-vfs -d 'PFs with VFs that nobody uses too, each named'
complete -c iommu-resettest -n $resetting -l force-in-use -d 'functions that are in use too, each named'
complete -c iommu-resettest -n $resetting -l unbind -d 'take drivers off for each step, bind them again'

complete -c iommu-resettest -n '__iommu_resettest_command list check plan run recover judge merge' -s j -l json -d 'print one JSON document'
complete -c iommu-resettest -n '__iommu_resettest_command list check plan' -l sysroot -x -a '(__fish_complete_directories)' -d 'read a captured tree'
complete -c iommu-resettest -n '__iommu_resettest_command check run judge merge' -l skip-exit -x -d 'exit status instead of 4'
complete -c iommu-resettest -n '__iommu_resettest_command check' -s k -l kernel -r -F -d 'look at this kernel instead'
complete -c iommu-resettest -n '__iommu_resettest_command run judge' -l jsonl -d 'print a line of JSON for each event'
complete -c iommu-resettest -n '__iommu_resettest_command run judge' -l format -x -a "$__iommu_resettest_formats" -d 'print the answer in this form'
complete -c iommu-resettest -n '__iommu_resettest_command run judge' -l report -x -a '(__iommu_resettest_reports $__iommu_resettest_formats)' -d 'write the answer in this form to FORMAT:FILE too'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l save -r -F -d 'write all evidence to a file'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l syslog -d 'tell the log of the system'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l progress -x -a 'auto live lines none' -d 'how to show how the run comes along'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l on-hang -x -a 'stop continue' -d 'when a reset hangs'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l timeout -x -d 'count a reset as hung after so many seconds'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l loops -x -d 'run the whole plan so often'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l duration -x -d 'run the plan again and again for so long: 90s, 10m, 8h'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l interval -x -d 'wait so long between two rounds'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l until-fail -d 'end at the first step that fails'
complete -c iommu-resettest -n '__iommu_resettest_command run' -l resume -d 'go on after a run that was interrupted'
complete -c iommu-resettest -n '__iommu_resettest_command run recover' -l state-dir -x -a '(__fish_complete_directories)' -d 'where the journal is'
complete -c iommu-resettest -n '__iommu_resettest_command recover' -l forget -d 'forget during which resets the host went down'
complete -c iommu-resettest -n '__iommu_resettest_command judge' -F
complete -c iommu-resettest -n '__iommu_resettest_command report' -l html -r -F -d 'write the page to a file, - for standard output'
complete -c iommu-resettest -n '__iommu_resettest_command report' -F
complete -c iommu-resettest -n '__iommu_resettest_command merge' -l hosts -r -F -d 'the hosts that should have a result'
complete -c iommu-resettest -n '__iommu_resettest_command merge' -l format -x -a "$__iommu_resettest_merged" -d 'print the answer in this form'
complete -c iommu-resettest -n '__iommu_resettest_command merge' -l report -x -a '(__iommu_resettest_reports $__iommu_resettest_merged)' -d 'write the answer in this form to FORMAT:FILE too'
complete -c iommu-resettest -n '__iommu_resettest_command merge' -l html -r -F -d 'short for --report html'
complete -c iommu-resettest -n '__iommu_resettest_command merge' -F
complete -c iommu-resettest -n '__iommu_resettest_command explain' -a '(__iommu_resettest_slugs)'
