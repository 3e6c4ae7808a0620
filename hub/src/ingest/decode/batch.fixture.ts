import { readFileSync } from 'node:fs';
import type { Batch } from '@coroner/schema/wire/batch';

const file = new URL('../../../../schema/src/wire/fixtures/batch-v1.json', import.meta.url);

/** A batch as an agent of the first version sent it. */
export const oldBatch: Batch = JSON.parse(readFileSync(file, 'utf8'));
