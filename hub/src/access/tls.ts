import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';

/** Paths of PEM files. */
export interface TlsFiles {
  cert: string;
  key: string;
}

/** What the server shows and keeps, PEM. */
export interface TlsPair {
  cert: Buffer;
  key: Buffer;
}

/** Throws an Error that names the variable and the file when they cannot be read or do not belong together. */
export async function readTls(files: TlsFiles): Promise<TlsPair> {
  const [cert, key] = await Promise.all([
    read('CORONER_TLS_CERT', files.cert),
    read('CORONER_TLS_KEY', files.key),
  ]);
  try {
    createSecureContext({ cert, key });
  } catch (error) {
    throw new Error(
      `CORONER_TLS_CERT ${files.cert} and CORONER_TLS_KEY ${files.key} are no pair: ${(error as Error).message}`,
    );
  }
  return { cert, key };
}

async function read(variable: string, path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (error) {
    throw new Error(`${variable} cannot be read: ${(error as Error).message}`);
  }
}
