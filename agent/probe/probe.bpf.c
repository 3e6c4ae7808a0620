// SPDX-License-Identifier: GPL-2.0
/*
 * Coroner's kernel probe: pairs the signals that could end a process with its end, and hands user
 * space one record a death. Loads on 5.8 and later with BTF, on any architecture of 64 bits; without
 * on_refused where the kernel has no trampolines.
 */
#include "kernel.h"
#include "records.h"
#include "policy.h"
#include "read/path.h"
#include "maps.h"
#include "read/argv.h"
#include "read/process.h"
#include "read/call.h"
#include "read/exit-call.h"
#include "read/signal.h"
#include "hooks/slots.h"
#include "hooks/miss.h"
#include "hooks/signal.h"
#include "hooks/refused.h"
#include "hooks/request.h"
#include "hooks/exec.h"
#include "hooks/exit.h"

char LICENSE[] SEC("license") = "GPL";
