/* SPDX-License-Identifier: GPL-2.0 */
/* What the loader may choose: constants to the verifier, which drops the branches that are off. */
#ifndef CORONER_POLICY_H
#define CORONER_POLICY_H

#define BIT(n) (1ULL << (n))

/* Their default action is to ignore, stop or continue: CHLD CONT STOP TSTP TTIN TTOU URG WINCH. */
#define HARMLESS (BIT(17) | BIT(18) | BIT(19) | BIT(20) | BIT(21) | BIT(22) | BIT(23) | BIT(28))

const volatile struct coroner_policy policy = {
	.short_lived_ns = 10000000000ULL,
	.noise = HARMLESS,
	.patience_ns = 90000000000ULL,
};

static __always_inline bool is_noise(u32 signal)
{
	return signal < 64 && (policy.noise & BIT(signal));
}

#endif
