import { readFileSync } from 'node:fs';

/**
 * "npm ci" refuses a lock file in which an optional package of another platform is missing, which
 * is what npm writes where its registry does not carry that package. Nor may it name a registry.
 */
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const wrong = [];
for (const [path, { resolved, optionalDependencies = {} }] of Object.entries(packages)) {
  if (/^https?:/.test(resolved ?? '')) wrong.push(`${path} names the registry of ${resolved}`);
  for (const name of Object.keys(optionalDependencies)) {
    const there = [`${path}/node_modules/${name}`, `node_modules/${name}`].some(
      (place) => packages[place],
    );
    if (!there) wrong.push(`${name}, optional for ${path}, has no entry`);
  }
}
for (const line of wrong) process.stderr.write(`package-lock.json: ${line}\n`);
process.exitCode = wrong.length > 0 ? 1 : 0;
