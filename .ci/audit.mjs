import { spawnSync } from 'node:child_process';

/**
 * Known weaknesses of what is shipped. A registry that does not answer, or that keeps no list of
 * them, is said and is no failure: it says nothing about the dependencies.
 */
const { stdout } = spawnSync('npm', ['audit', '--omit=dev', '--json'], {
  encoding: 'utf8',
  timeout: 60_000,
});
const report = parsed(stdout);
const found = report?.metadata?.vulnerabilities;
if (!found) {
  const reason = report?.message ?? report?.error?.summary ?? 'no answer';
  process.stdout.write(`not audited: the registry says "${reason}"\n`);
} else {
  process.stdout.write(`${JSON.stringify(found)}\n`);
  for (const { name, severity, range } of Object.values(report.vulnerabilities ?? {}))
    process.stdout.write(`${severity}: ${name} ${range}\n`);
  if (found.high + found.critical > 0) process.exitCode = 1;
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    // npm printed something else than a report.
    return null;
  }
}
