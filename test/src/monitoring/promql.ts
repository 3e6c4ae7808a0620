import { parser } from '@prometheus-io/lezer-promql';

/** A metric of an expression with the labels that are matched on it. */
export interface Selected {
  metric: string;
  labels: string[];
}

/** What an expression reads, by Prometheus's own grammar. Throws where it is no expression. */
export function readBy(expression: string): { selected: Selected[]; grouped: string[] } {
  const selected: Selected[] = [];
  const grouped: string[] = [];
  const text = ({ from, to }: { from: number; to: number }) => expression.slice(from, to);
  parser.parse(expression).iterate({
    enter(node) {
      if (node.type.isError) throw new Error(`no PromQL at ${node.from}: ${expression}`);
      if (node.name === 'VectorSelector') selected.push({ metric: '', labels: [] });
      const current = selected.at(-1);
      if (node.name === 'Identifier' && current && node.matchContext(['VectorSelector']))
        current.metric = text(node);
      if (node.name !== 'LabelName') return;
      if (node.matchContext(['GroupingLabels'])) grouped.push(text(node));
      else current?.labels.push(text(node));
    },
  });
  return { selected, grouped };
}
