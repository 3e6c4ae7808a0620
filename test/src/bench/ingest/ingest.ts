import { percent, times } from '../figures.ts';
import type { Bench, Part } from '../part.ts';
import { batchesOf } from './batches.ts';
import { type IngestTimes, measureIngest } from './measure.ts';
import { rsyslogMs, withoutRsyslog } from './rsyslog.ts';

const events = 60_000;
const hosts = 200;
const leastOfCopy = 0.6;
const leastOfRsyslog = 5;

export const ingest: Part = {
  summary: 'events a second into Postgres, against COPY and against rsyslog',
  async run({ report, scale, say }: Bench) {
    const missing = withoutRsyslog();
    let loggedMs: number | null = null;
    say('through JetStream and the hub, then by COPY, then by rsyslog');
    const found = await measureIngest(
      batchesOf(Math.ceil(events * scale), hosts, false),
      missing === null
        ? async (database, url) => {
            loggedMs = await rsyslogMs(database, url);
          }
        : undefined,
    );
    const perSecond = (ms: number) => Math.round((found.count / ms) * 1_000);
    const row = (what: string, ms: number) => [
      what,
      `${perSecond(ms)}`,
      times(ms / found.storedMs),
    ];
    report.table({
      title: 'Ingest',
      notes: [
        `${found.count} events of ${hosts} hosts into the same table, with fsync.`,
        ...(missing === null ? [] : [`- rsyslog cannot run here: ${missing}`]),
      ],
      head: ['way', 'events a second', 'hub is faster by'],
      rows: [
        row('JetStream → hub → Postgres', found.storedMs),
        row('COPY from a file', found.copiedMs),
        ...(loggedMs === null ? [] : [row('rsyslog → ompgsql', loggedMs)]),
      ],
    });
    tellTargets(report, found, loggedMs);
  },
};

function tellTargets(
  report: Bench['report'],
  { storedMs, copiedMs }: IngestTimes,
  loggedMs: number | null,
): void {
  const ofCopy = copiedMs / storedMs;
  report.target({
    what: 'hub ingest, share of COPY',
    wanted: `≥ ${percent(leastOfCopy)}`,
    got: percent(ofCopy),
    reached: ofCopy >= leastOfCopy,
  });
  if (loggedMs === null) return;
  const ofRsyslog = loggedMs / storedMs;
  report.target({
    what: 'hub ingest, multiple of rsyslog → ompgsql',
    wanted: `≥ ${times(leastOfRsyslog)}`,
    got: times(ofRsyslog),
    reached: ofRsyslog >= leastOfRsyslog,
  });
}
