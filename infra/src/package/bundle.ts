import { readFileSync } from 'node:fs';
import { dirname, relative, sep } from 'node:path';
import { build, type Plugin } from 'esbuild';

/** CommonJS modules in the bundle call `require` for Node's own, and ask where they lie. */
const banner = `import { createRequire as coronerRequire } from 'node:module';
import { fileURLToPath as coronerPath } from 'node:url';
const require = coronerRequire(import.meta.url);
const coronerPlace = (place) => coronerPath(new URL('../' + place, import.meta.url));`;

const zodImport = /^import \{ z \} from 'zod';$/m;

export interface Bundle {
  /** The compiled folder of the part: `agent/dist`. */
  readonly compiled: string;
  /** The programs of the part: `agent/bin/coroner-agent.js`. */
  readonly programs: readonly string[];
  /** Modules that stay outside, to be found in node_modules at run time. */
  readonly external: readonly string[];
  /** Folder that takes the place of `compiled`; all chunks lie directly in it. */
  readonly into: string;
}

/** Bundles a part with all its dependencies; what is loaded on demand stays a chunk of its own. */
export async function bundle({ compiled, programs, external, into }: Bundle): Promise<void> {
  await build({
    entryPoints: [...programs],
    outdir: into,
    entryNames: '[name]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    external: [...external],
    banner: { js: banner },
    legalComments: 'eof',
    chunkNames: '[name]-[hash]',
    logLevel: 'error',
    plugins: [ownModules(compiled), ownFolders()],
  });
}

/**
 * Modules look for files beside their package by `import.meta.url`. In a chunk they go on seeing the
 * address that they had, with the bundle's folder in place of the compiled one. And of zod they take
 * a namespace, of which esbuild leaves out what nobody uses: `z` holds its texts in fifty languages.
 */
function ownModules(compiled: string): Plugin {
  return {
    name: 'own-modules',
    setup({ onLoad }) {
      onLoad({ filter: /\.js$/ }, ({ path }) => {
        if (path.includes('/node_modules/')) return undefined;
        const text = readFileSync(path, 'utf8');
        const contents = withAddress(text.replace(zodImport, "import * as z from 'zod';"), path);
        return contents === text
          ? undefined
          : { contents, loader: 'js', resolveDir: dirname(path) };
      });
    },
  };

  function withAddress(text: string, path: string): string {
    const place = relative(compiled, path);
    if (place.startsWith('..')) return text;
    const address = `new URL(${JSON.stringify(place.split(sep).join('/'))}, import.meta.url).href`;
    return text.replaceAll('import.meta.url', address);
  }
}

/**
 * Packages that read files beside themselves by `__dirname` find them under node_modules of the
 * installed part, where its contents have to put them.
 */
function ownFolders(): Plugin {
  return {
    name: 'own-folders',
    setup({ onLoad }) {
      onLoad({ filter: /\/node_modules\/.*\.c?js$/ }, ({ path }) => {
        const text = readFileSync(path, 'utf8');
        if (!/\b__dirname\b/.test(text)) return undefined;
        const folder = JSON.stringify(dirname(path.slice(path.indexOf('node_modules/'))));
        return {
          contents: `var __dirname = coronerPlace(${folder});\n${text}`,
          loader: 'js',
          resolveDir: dirname(path),
        };
      });
    },
  };
}
