/* SPDX-License-Identifier: GPL-2.0 */
/* What the loader may choose: constants to the verifier, which drops the branches that are off. */
#ifndef CORONER_POLICY_H
#define CORONER_POLICY_H

const volatile struct coroner_policy policy = {
	.short_lived_ns = 10000000000ULL,
};

#endif
