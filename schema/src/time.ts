import { z } from 'zod';

/** An instant in UTC, ISO 8601 with milli- or microseconds: `2026-11-23T03:12:07.123456Z`. */
export const Instant = z.iso.datetime({ offset: true });

/** Microseconds since the host booted (CLOCK_BOOTTIME): orders events within one boot, whatever the wall clock does. */
export const BootMicros = z.number().int().nonnegative();
