import { oomReport } from '../facts/oom-report.ts';
import { timeInWords } from '../words/victim.ts';
import type { Rule } from './rule.ts';

/** Somebody asked the kernel for an OOM kill (sysrq-f): memory was not short. */
export const sysrq: Rule = {
  find(facts) {
    const report = oomReport(facts);
    if (!report?.manual) return null;
    return {
      cause: 'sysrq',
      confidence: 'proven',
      clause: `was killed by the kernel${timeInWords(facts.death.at)} because somebody asked for an OOM kill (sysrq f); memory was not short`,
      actor: null,
      cites: [report],
    };
  },
};
