import { AlertRoute } from '@coroner/schema/http/alert-routes';

const at = '2026-11-23T03:12:07.000Z';
const route = (more: object): AlertRoute =>
  AlertRoute.parse({ id: 'r', createdAt: at, updatedAt: at, ...more });

export const sampleRoutes: AlertRoute[] = [
  route({
    ...{ id: 'r-1', name: 'database team', channel: 'CDB', mentions: ['UALICE', 'SONCALL'] },
    match: { hosts: ['db-*'], causes: ['oom-host', 'oom-cgroup'], minSeverity: 'warning' },
    quietHours: { timeZone: 'Europe/Berlin', from: '22:00', to: '08:00', days: ['mon', 'tue'] },
    ...{ threshold: { deaths: 5, seconds: 600 }, continue: true },
  }),
  route({ id: 'r-2', name: '<!channel> *x*', channel: 'COPS', match: { users: ['<@UBOB>'] } }),
  route({ id: 'r-3', name: 'of bob', channel: 'UBOB', owner: 'UBOB' }),
];
