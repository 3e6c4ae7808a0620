import { expect, it } from 'vitest';
import { watchList } from '../../probe/event/watched.ts';
import { cgroupMount, withCgroup } from '../../probe/testing/cgroups.ts';
import { runThrough } from '../../probe/testing/running.ts';
import { record } from './testing/recording.ts';

it('a short life in a watched unit or cgroup is told, one beside it is not', async () => {
  const unit = `coroner-traced-${process.pid}.service`;
  const byUnit = await record('by-unit', { isWatched: watchList([`unit:${unit}`]) });
  const byCgroup = await record('by-cgroup', {
    isWatched: watchList([`cgroup:/coroner-traced-${process.pid}*`]),
  });
  await withCgroup(
    cgroupMount(null),
    async (path) => {
      const outside = await runThrough('sh', ['-c', 'exit 3']);
      // The agent sees the cgroup when a program is started there.
      const script = `echo $$ > ${path}/cgroup.procs; exec sh -c 'sleep 1; exit 3'`;
      const inside = await runThrough('sh', ['-c', script]);
      for (const watching of [byUnit, byCgroup]) {
        expect((await watching.deathOf(inside.pid)).victim.cgroup).toContain(unit);
        expect(watching.deaths(outside.pid)).toEqual([]);
      }
    },
    unit,
  );
  await byCgroup.stop();
  await byUnit.stop();
});
