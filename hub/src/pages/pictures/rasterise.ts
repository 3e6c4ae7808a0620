import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const beside = createRequire(import.meta.url);
/** Sharp on the dense screens that most people have. */
const scale = 2;

let loaded: Promise<Uint8Array> | null = null;

/** Loads the program and the font once, when the first picture is wanted. Rejects where they are missing. */
async function load(): Promise<Uint8Array> {
  const [binary, letters] = await Promise.all([
    readFile(beside.resolve('@resvg/resvg-wasm/index_bg.wasm')),
    readFile(beside.resolve('dejavu-fonts-ttf/ttf/DejaVuSansCondensed.ttf')),
  ]);
  await initWasm(binary);
  return letters;
}

/** A drawing as a PNG, twice as wide as it says; its texts in DejaVu Sans Condensed. Nothing outside of it is read. */
export async function rasterise(svg: string): Promise<Buffer> {
  loaded ??= load();
  const letters = await loaded;
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: scale },
    font: { fontBuffers: [letters], defaultFontFamily: 'DejaVu Sans Condensed' },
  });
  const drawn = image.render();
  try {
    return Buffer.from(drawn.asPng());
  } finally {
    drawn.free();
    image.free();
  }
}
