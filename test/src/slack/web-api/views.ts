import { checkView } from '../check/view.ts';
import { type Answered, failed, type Method, parsed, text } from './method.ts';

const any = { token: 'bot', scope: null } as const;

export const viewMethods: Record<string, Method> = {
  'views.publish': { ...any, run: (args) => checked(args['view'], 'home') },
  'views.update': { ...any, run: (args) => checked(args['view'], 'modal') },
  'views.open': {
    ...any,
    run(args, { workspace }) {
      const exchanged = workspace.exchange(text(args['trigger_id']));
      if ('error' in exchanged) return failed(exchanged.error);
      const answered = checked(args['view'], 'modal');
      if (!answered.ok) return answered;
      const shape = answered['view'] as Record<string, unknown>;
      const id = workspace.nextId('V');
      workspace.views.push({ id, shape, openFor: exchanged.user });
      return { ok: true, view: { ...shape, id } };
    },
  },
};

function checked(value: unknown, type: 'home' | 'modal'): Answered {
  const { shape, messages } = checkView(parsed(value), type);
  if (!shape) return failed('invalid_arguments', { response_metadata: { messages } });
  return { ok: true, view: shape };
}
