import type { Command } from 'commander';

/** The options of a command that takes a match (routes/typed-match.ts). */
export const withMatch = (command: Command): Command =>
  command
    .option('--hosts <LIST>', 'such as web-*,db-1')
    .option('--units <LIST>', 'such as nginx*')
    .option('--labels <LIST>', 'of the host, such as role=web')
    .option('--causes <LIST>', 'such as oom-cgroup,crash')
    .option('--users <LIST>', 'whose process died, or who did it')
    .option('--severity <S>', 'info, warning or critical: the least');
