/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The subcommands: each in a file cmd_<name>.c, with argv from its own name on.
 * They alone print and choose exit codes (the manual's table).
 */
#ifndef DRIVER_COMMANDS_H
#define DRIVER_COMMANDS_H

int cmd_run(int argc, char **argv);
int cmd_apply(int argc, char **argv);
int cmd_verify(int argc, char **argv);
int cmd_report(int argc, char **argv);
int cmd_list(int argc, char **argv);
int cmd_check(int argc, char **argv);
int cmd_compare(int argc, char **argv);
int cmd_needs(int argc, char **argv);
int cmd_review(int argc, char **argv);
int cmd_export(int argc, char **argv);

#endif
