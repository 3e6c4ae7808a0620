import { z } from 'zod';

/** Something between the root of an origin and the process that acted; a list of them begins at the root. */
export const OriginStep = z.object({
  /**
   * `became-user`: sudo, su, doas; `multiplexer`: tmux, screen; `orchestration`: ansible, salt;
   * `script`: a program that run-parts ran; `container-exec`: a command put into a running container.
   */
  type: z.enum([
    'became-user',
    'multiplexer',
    'orchestration',
    'package-manager',
    'script',
    'container-exec',
  ]),
  /** sudo, tmux, ansible; for a script its path. */
  name: z.string(),
  pid: z.number().int().nullable(),
  /** Who became whom; null where it is not recorded. */
  from: z.string().nullish(),
  to: z.string().nullish(),
  /** What is not known about it: who was attached to a multiplexer. */
  note: z.string().nullish(),
});
export type OriginStep = z.infer<typeof OriginStep>;

/** With what the signal was sent, where that is more than a command line tells: `pressed k in top`. */
export const Tool = z.object({ name: z.string(), how: z.string() });
export type Tool = z.infer<typeof Tool>;

/** The host of the fleet that a connection came from, and who had that connection open there. */
export const OriginHost = z.object({
  name: z.string(),
  /** Null where nothing on that host tells of the connection. */
  user: z.string().nullable(),
  tty: z.string().nullish(),
  /** Where that person came from in turn. */
  from: z.string().nullish(),
});
export type OriginHost = z.infer<typeof OriginHost>;
