const unitMs: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

/** A span as it is typed, in ms. Throws an Error that shows some that are right. */
export function spanMs(option: string, text: string): number {
  const [, number, unit = ''] = /^(\d{1,4})([mhdw])$/.exec(text) ?? [];
  const ms = Number(number) * (unitMs[unit] ?? Number.NaN);
  if (!(ms > 0)) throw new Error(`${option} "${text}" is no span: try 30m, 2h, 7d or 4w`);
  return ms;
}
