import { z } from 'zod';
import { Instant } from '../time.ts';

const longestName = 100;
const longestPath = 2_048;

/** `POST /v1/sign-in-links`: a link for one person, to be sent to that person alone. */
export const NewSignInLink = z.strictObject({
  /** Whom it signs in: shown on pages and in the audit log. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(longestName)
    .refine((name) => !name.includes('\0'), 'must not contain a NUL'),
  /** The page that it leads to, such as `/deaths/{id}`. */
  path: z
    .string()
    .max(longestPath)
    .regex(/^\/(?![/\\])[^\0\\]*$/, 'must be a path of this hub, such as /deaths/{id}')
    .default('/'),
});
export type NewSignInLink = z.infer<typeof NewSignInLink>;

export const SignInLink = z.object({
  /** Below the address of the hub; it works once. */
  path: z.string(),
  expiresAt: Instant,
});
export type SignInLink = z.infer<typeof SignInLink>;
