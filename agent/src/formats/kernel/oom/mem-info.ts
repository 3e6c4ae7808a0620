import { printedNumber } from '../printed.ts';
import type { OomReport } from './report.ts';

/** `Node 0 DMA free:15840kB min:1kB …`, without the node before NUMA. */
const zone = /^(?:Node \d+ )?\w+ free:(\d+)kB (?:boost|min):/;
/** 2.6 to 2.6.2x: of all zones. */
const pages = /^Free pages: *(\d+)kB/;
const freeSwap = /^Free swap *[=:] *(\d+)kB$/;
const totalSwap = /^Total swap *[=:] *(\d+)kB$/;
const start = /^(?:Node |Free |Total |\w+ free:)/;

/** Takes a line of `Mem-Info:` (lib/show_mem.c) into the report; false when it is another one. */
export function memInfo(text: string, report: OomReport): boolean {
  if (!start.test(text)) return false;
  const free = zone.exec(text);
  if (free) report.freeKb = (report.freeKb ?? 0) + (printedNumber(free[1]) ?? 0);
  const all = pages.exec(text);
  if (all) report.pagesKb = printedNumber(all[1]);
  const swapFree = freeSwap.exec(text);
  if (swapFree) report.swapFreeKb = printedNumber(swapFree[1]);
  const swapTotal = totalSwap.exec(text);
  if (swapTotal) report.swapTotalKb = printedNumber(swapTotal[1]);
  return (free ?? all ?? swapFree ?? swapTotal) !== null;
}
