import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Api } from '../api/api-types.ts';

const own = (name: string): string =>
  fileURLToPath(new URL(`../../assets/${name}`, import.meta.url));
const library = (name: string): string => createRequire(import.meta.url).resolve(name);

const files = [
  ['style.css', own('style.css'), 'text/css'],
  ['page.js', own('page.js'), 'text/javascript'],
  ['icon.svg', own('icon.svg'), 'image/svg+xml'],
  ['uplot.css', library('uplot/dist/uPlot.min.css'), 'text/css'],
  ['uplot.js', library('uplot/dist/uPlot.iife.min.js'), 'text/javascript'],
] as const;

/** What pages load; the same for everybody, so no token is asked for. */
export async function assetRoutes(app: Api): Promise<void> {
  for (const [name, path, type] of files) {
    const body = await readFile(path);
    app.get(`/assets/${name}`, { schema: { hide: true } }, (_request, reply) =>
      reply
        .type(`${type}; charset=utf-8`)
        .header('cache-control', 'no-cache')
        .send(body as never),
    );
  }
}
