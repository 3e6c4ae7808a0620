import { SetUpError } from './step.mjs';

const oldestNode = 20;

/** Throws when this Node is too old to run Coroner. */
export function checkNodeVersion() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major >= oldestNode) return;
  throw new SetUpError(
    `Coroner needs Node ${oldestNode} or newer, and this is ${process.version}. ` +
      'Install a newer one, for example from https://nodejs.org, and start again.',
  );
}
