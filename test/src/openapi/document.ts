import { fileURLToPath } from 'node:url';
import { documentOf } from '@coroner/hub/dist/api/document/document-of.js';
import type { Document } from './breaking-changes.ts';

/** What is committed, and what callers rely on. */
export const committedPath = fileURLToPath(new URL('../../../infra/openapi.json', import.meta.url));

/** What this hub says of itself. */
export const currentDocument = async (): Promise<Document> => (await documentOf()) as Document;
