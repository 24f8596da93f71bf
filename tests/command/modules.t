#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# What only the linked modules show: modpost's warnings and exports. Commits of
# the demo series are changed by hand, as in run.t.
# shellcheck disable=SC2317 # functions that run() calls
. "$(dirname "$0")/lib.sh"
need git spatch gcc make

tree=$work/tree
export GIT_AUTHOR_DATE='2026-01-01T00:00:00+0000'
export GIT_COMMITTER_DATE=$GIT_AUTHOR_DATE

# A series of one step is enough: it moves two functions to dev/debug.c.
mkdir -p series/configs
cp "$top"/tests/series/demo/configs/full.config series/configs
cp "$top"/tests/series/demo/00[12]0-* series
printf '0010-promote-update-debug\n0020-move-debug\n' >series/series

cp -r "$top/tests/tree" "$tree"
git -C "$tree" init -q
git -C "$tree" add -A
git -C "$tree" commit -qm 'the tree'
git -C "$tree" tag base

run 0 'the series runs' "$cocciseries" run series --tree "$tree" --base base
out_lacks modpost 'modpost is not among what was not compared'

# change_commit FILE SED: the last commit of the series, changed by hand
change_commit() {
	rm -rf hand
	git clone -q "$tree" hand
	git -C hand checkout -q -b changed origin/cocciseries/series
	sed -i "$2" "hand/$1"
	git -C hand commit -qa --amend --no-edit
	git -C "$tree" fetch -q -f "$work/hand" changed:changed
}

verify_changed() {
	"$cocciseries" verify series --tree "$tree" --base base \
		--branch changed
}

change_commit dev/debug.c '/^EXPORT_SYMBOL_GPL(port_get_debug)/d'
run 1 'a dropped export' verify_changed
out_has 'is not exported any more'
change_commit dev/debug.c \
	's/^EXPORT_SYMBOL_GPL(port_get_debug)/EXPORT_SYMBOL(port_get_debug)/'
run 1 'a changed licence' verify_changed
out_has 'its kind was EXPORT_SYMBOL_GPL and is EXPORT_SYMBOL'
change_commit dev/debug.c \
	's/^void port_update_debug/__attribute__((noinline, section(".init.text"))) &/'
run 1 'code for the start alone that others call' verify_changed
out_has 'section mismatch'
change_commit dev/debug.c 's/return -EINVAL;/return no_such_thing();/
	s/^#include "port.h"/&\nint no_such_thing(void);/'
run 1 'a symbol that nobody exports' verify_changed
out_has 'is needed only after, and no module that was built exports it'
change_commit dev/debug.c 's/^int port_get_debug/\n&/'
run 0 'a blank line more' verify_changed

# An export that moves to a file which knows a structure by name only.
mkdir -p crc/configs
cp "$top"/tests/series/demo/configs/full.config crc/configs
echo CONFIG_MODVERSIONS=y >>crc/configs/full.config
cat >crc/0010-move-attach.cocci <<'EOF'
/// port: Move port_attach() to a file of its own
//
// Kind: move
// From: dev/irq.c
// To: dev/attach.c
// Preamble:
//    // SPDX-License-Identifier: GPL-2.0-only
//    /* What ports hang on. */
//    #include <linux/export.h>
//    #include <linux/types.h>
//
//    #include "port.h"

@move@
type T;
identifier fn = {port_attach};
@@
* T fn(...)
* {
  ...
* }
EOF
echo 0010-move-attach >crc/series
git -C "$tree" checkout -q -b crc base
cat >"$tree/dev/bus.h" <<'EOF'
/* SPDX-License-Identifier: GPL-2.0-only */
struct bus {
	u32 nr;
};
EOF
sed -i 's/^#include "port.h"/#include "bus.h"\n&/' "$tree/dev/irq.c"
cat >>"$tree/dev/irq.c" <<'EOF'

void port_attach(struct port *port, struct bus *bus)
{
	port->pending = bus ? 1 : 0;
}
EXPORT_SYMBOL_GPL(port_attach);

u32 bus_nr(const struct bus *bus)
{
	return bus->nr;
}
EXPORT_SYMBOL_GPL(bus_nr);
EOF
sed -i 's/^int port_open(.*/&\nstruct bus;\nvoid port_attach(struct port *port, struct bus *bus);\nu32 bus_nr(const struct bus *bus);/' \
	"$tree/dev/port.h"
git -C "$tree" add -A
git -C "$tree" commit -qm 'ports hang on a bus'
git -C "$tree" tag crc-base

run 0 'a CRC over an incomplete type is explained' \
	"$cocciseries" run crc --tree "$tree" --base crc-base
out_has 'kABI: 1 export changed its CRC'
out_has 'explained: 1 step'
out_has 'one side knows bus only by name'

rm -rf hand
git clone -q "$tree" hand
git -C hand checkout -q -b changed origin/cocciseries/crc
sed -i 's/u32 nr;/u64 nr;/' hand/dev/bus.h
git -C hand commit -qa --amend --no-edit
git -C "$tree" fetch -q -f "$work/hand" changed:changed
run 1 'a CRC over another type is different' \
	"$cocciseries" verify crc --tree "$tree" --base crc-base --branch changed
out_has 'its CRC changed with bus'

# Tables of objtool, in a configuration that makes them of whole modules.
mkdir -p tables/configs
cp series/0* series/series tables
cat "$top"/tests/series/demo/configs/full.config - >tables/configs/full.config <<'EOF'
CONFIG_OBJTOOL=y
CONFIG_OBJTOOL_LATE=y
EOF
run 0 'tables of objtool are equal' \
	"$cocciseries" run tables --tree "$tree" --base base
out_has 'neutral: 2 steps'
out_has '.ibt_endbr_seal' 'what is of a module is not compared'

git -C "$tree" checkout -q -b odd base
cat >>"$tree/dev/core.c" <<'EOF'

void port_fatal(void);
void port_fatal(void)
{
}
EOF
git -C "$tree" commit -qam 'objtool fails here'
run 2 'where objtool fails the step is undecided' \
	"$cocciseries" run tables --tree "$tree" --base odd \
	--branch cocciseries/odd
out_has 'fails on the isolated object before'
out_has 'code undecided in full'

finish
