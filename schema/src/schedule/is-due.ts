import { parseSchedule } from './schedule.ts';
import { offsetMs } from './zoned-time.ts';

/** Whether cron runs this schedule in the minute of `at`; null for `@reboot`, a random field, and no schedule. */
export function isDue(schedule: string, timeZone: string, at: Date): boolean | null {
  const fields = parseSchedule(`${schedule} `)?.schedule.fields ?? null;
  if (fields === null || fields.some(({ random }) => random)) return null;
  const shown = new Date(at.getTime() + offsetMs(at.getTime(), timeZone));
  const now = [
    shown.getUTCMinutes(),
    shown.getUTCHours(),
    shown.getUTCDate(),
    shown.getUTCMonth() + 1,
    shown.getUTCDay(),
  ];
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields.map((field, index) =>
    field.values.includes(now[index] ?? -1),
  );
  // When both day fields are restricted one of them suffices, crontab(5).
  const isEither = !fields[2].star && !fields[4].star;
  const day = isEither ? dayOfMonth || dayOfWeek : dayOfMonth && dayOfWeek;
  return Boolean(minute && hour && month && day);
}
