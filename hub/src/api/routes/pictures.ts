import { IdParameter } from '@coroner/schema/http/parameters';
import { z } from 'zod';
import { answerFor, incidentDetail } from '../../answer/one.ts';
import type { Drawn } from '../../pages/charts/chart.ts';
import { drawLanes } from '../../pages/charts/lanes.ts';
import { drawMemory } from '../../pages/charts/memory.ts';
import { asPicture } from '../../pages/pictures/picture.ts';
import { rasterise } from '../../pages/pictures/rasterise.ts';
import type { Api, ApiDependencies } from '../api-types.ts';
import { sensitive } from '../guard/scope.ts';
import { ProblemError } from '../problems/problem.ts';
import { withNotFound } from '../problems/responses.ts';

const response = {
  200: {
    description: 'A picture',
    content: { 'image/png': { schema: z.any() } },
  },
  ...withNotFound,
};

/** Pictures for who shows no pages: chats, mails. */
export function pictureRoutes(app: Api, { pool }: ApiDependencies): void {
  app.get(
    '/v1/deaths/:id/picture',
    {
      ...sensitive,
      schema: {
        summary: 'The memory of the host in the minutes before a death, as PNG',
        params: IdParameter,
        response,
      },
    },
    async ({ params: { id } }, reply) => {
      const answer = await answerFor(pool, id);
      const memory = answer?.memory;
      if (!memory) throw new ProblemError('not-found', `no memory is recorded before death ${id}`);
      const { comm, pid, host } = answer.death;
      return png(reply, drawMemory(memory), `Memory of ${host} before ${comm} (pid ${pid}) died`);
    },
  );
  app.get(
    '/v1/incidents/:id/picture',
    {
      ...sensitive,
      schema: {
        summary: 'What happened around an incident, a lane a host, as PNG',
        params: IdParameter,
        response,
      },
    },
    async ({ params: { id } }, reply) => {
      const incident = await incidentDetail(pool, id);
      const drawn = incident && drawLanes(incident.timeline);
      if (!drawn) throw new ProblemError('not-found', `there is no incident ${id} with a timeline`);
      return png(reply, drawn, incident.title);
    },
  );
}

async function png(reply: { type(type: string): unknown }, drawn: Drawn, title: string) {
  const picture = await rasterise(asPicture(drawn, title));
  reply.type('image/png');
  return picture;
}
