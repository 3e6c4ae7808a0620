const largestPid = 4_194_304;

/** `pid 4121`, `pid=4121`, `process 4121`, `process id 4121`, `kill 4121`, `#4121`. */
const worded =
  /\b(?:(?:p(?:rocess)?[\s-]?id|pid|proc(?:ess)?)\s*(?:#|=|:|no\.?|number|is)?\s*(\d{1,7})|kill(?:ed|ing)?\s+(\d{2,7}))\b(?!\s*(?:am|pm|h\b|m\b|min|sec|hour|day|week|:|\.\d))|#(\d{1,7})\b/i;
/** `nginx[4121]`, `nginx (4121)`, `nginx(pid 4121)`. */
const attached = /(?<=[\w\ue000-\uefff])\s?[[(](?:pid\s*)?(\d{1,7})[\])]/i;
/** "why did 4121 die", "what happened to 4121". */
const subject =
  /\b(?:did|does|happened to|happened with|about)\s+(\d{2,7})\b(?!\s*(?:am|pm|h\b|m\b|min|sec|hour|day|week|:))/i;

/** The pid in `text`, and the text without it; null when there is none that Linux could give out. */
export function findPid(text: string): { pid: number; rest: string } | null {
  for (const pattern of [worded, attached, subject]) {
    const match = pattern.exec(text);
    if (!match) continue;
    const digits = match[1] ?? match[2] ?? match[3];
    const pid = Number(digits);
    if (!Number.isInteger(pid) || pid < 1 || pid > largestPid) continue;
    return { pid, rest: text.replace(match[0], match[0].includes('killed') ? ' killed ' : ' ') };
  }
  return null;
}
