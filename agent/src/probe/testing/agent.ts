/**
 * A process with the probe source alone: writes each death to stdout as a JSON line. Its argument is
 * the source's options as JSON, with `keep` for keepRecording. SIGTERM stops it cleanly.
 */
import { writeSync } from 'node:fs';
import { probeSource } from '../source.ts';

const { keep, ...options } = JSON.parse(process.argv[2] ?? '{}');
const running = await probeSource({ ...options, keepRecording: () => keep === true }).start(
  (event) => writeSync(1, `${JSON.stringify(event)}\n`),
);
process.on('SIGTERM', () => void running.stop().then(() => process.exit(0)));
writeSync(1, '"ready"\n');
