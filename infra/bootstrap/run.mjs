import { spawn } from 'node:child_process';
import { projectRoot, SetUpError } from './step.mjs';

const keptOutputBytes = 16_000;

/**
 * Runs a program without a shell and returns what it printed. Its output is shown only when it
 * fails: then a SetUpError with the command, the exit status and the end of the output is thrown.
 */
export function run(command, args, { env = {}, cwd = projectRoot } = {}) {
  return new Promise((resolve, reject) => {
    const shown = [command, ...args].join(' ');
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const keep = (text) => {
      output = (output + text).slice(-keptOutputBytes);
    };
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => reject(new SetUpError(`${shown}: ${error.message}`)));
    child.once('close', (code, signal) => {
      if (code === 0) resolve(output);
      else reject(new SetUpError(`${output.trimEnd()}\n"${shown}" ended with ${signal ?? code}`));
    });
  });
}
