import { readFile, writeFile } from 'node:fs/promises';
import { breakingChanges, type Document } from './breaking-changes.ts';
import { committedPath, currentDocument } from './document.ts';

/**
 * `npm run openapi`: writes infra/openapi.json anew. Refuses when callers of the committed one
 * would break, unless `-- --break` says that it is meant.
 */
const committed = JSON.parse(await readFile(committedPath, 'utf8')) as Document;
const current = await currentDocument();
const changes = breakingChanges(committed, current);
for (const change of changes) process.stderr.write(`breaks callers: ${change}\n`);
if (changes.length > 0 && !process.argv.includes('--break')) {
  process.stderr.write('nothing is written; -- --break says that it is meant\n');
  process.exitCode = 1;
} else {
  await writeFile(committedPath, `${JSON.stringify(current, null, 1)}\n`);
}
