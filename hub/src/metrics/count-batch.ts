import type { BatchReport } from '../ingest/store-batch.ts';
import type { Metrics } from './metrics.ts';

/** Takes a stored batch into the counters. */
export function countBatch(metrics: Metrics, report: BatchReport, seconds: number): void {
  metrics.events.inc({ outcome: 'new' }, report.newEvents);
  metrics.events.inc({ outcome: 'repeated' }, report.events - report.newEvents);
  metrics.heartbeats.inc(report.heartbeats);
  for (const cause of report.causes) metrics.deaths.inc({ cause });
  metrics.revisions.inc(report.revised);
  metrics.quarantined.inc(report.quarantined);
  metrics.gaps.inc(report.gaps);
  metrics.lostRecords.inc(report.lostRecords);
  metrics.batchSeconds.observe(seconds);
}
