#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-only
#
# A sample of what make torture does.
KILLS=${KILLS:-5} SEED=${SEED:-1} exec "$(dirname "$0")/../torture/kill.t"
