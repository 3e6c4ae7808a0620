/** Zone abbreviations that `journalctl -o short-full` and ctime print; ambiguous ones (CST, IST) are left out. */
const hours: Readonly<Record<string, number>> = {
  UTC: 0,
  GMT: 0,
  Z: 0,
  WET: 0,
  WEST: 1,
  BST: 1,
  CET: 1,
  CEST: 2,
  EET: 2,
  EEST: 3,
  MSK: 3,
  EST: -5,
  EDT: -4,
  CDT: -5,
  MST: -7,
  MDT: -6,
  PST: -8,
  PDT: -7,
  JST: 9,
  KST: 9,
  HKT: 8,
  AEST: 10,
  AEDT: 11,
};

const numeric = /^([+-])(\d\d):?(\d\d)?$/;

/** `Z`, `+02:00`, `-0530`, `+03`, `CEST` → minutes east of Greenwich; null when it is not known. */
export function zoneOffsetMinutes(text: string | undefined): number | null {
  if (text === undefined) return null;
  const match = numeric.exec(text);
  if (match) {
    const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
    return match[1] === '-' ? -minutes : minutes;
  }
  const known = hours[text.toUpperCase()];
  return known === undefined ? null : known * 60;
}
