import { checkBlocks } from '../check/blocks.ts';
import { isFields, problems } from '../check/problem.ts';
import { failed, type Method, text } from './method.ts';

const mostViewBlocks = 100;
const longestTitle = 24;
const longestMetadata = 3000;

const harmless = (scope: string): Method => ({ token: 'bot', scope, run: () => ({ ok: true }) });

export const otherMethods: Record<string, Method> = {
  'auth.test': {
    token: 'bot',
    scope: null,
    run: (_, { workspace, origin }) => ({
      ok: true,
      url: `${origin}/`,
      team: 'Coroner',
      team_id: workspace.teamId,
      user: 'coroner',
      user_id: workspace.bot.userId,
      bot_id: workspace.bot.botId,
    }),
  },
  'apps.connections.open': {
    token: 'app',
    scope: 'connections:write',
    run: (_, { socketUrl }) => ({ ok: true, url: socketUrl() }),
  },
  'users.info': {
    token: 'bot',
    scope: 'users:read',
    run(args, { workspace }) {
      const user = workspace.users.get(text(args['user']));
      return user ? { ok: true, user: { ...user, is_bot: false } } : failed('user_not_found');
    },
  },
  'reactions.add': harmless('reactions:write'),
  'reactions.remove': harmless('reactions:write'),
  'assistant.threads.setStatus': harmless('assistant:write'),
  'assistant.threads.setTitle': harmless('assistant:write'),
  'assistant.threads.setSuggestedPrompts': harmless('assistant:write'),
  'views.publish': { token: 'bot', scope: null, run: (args) => view(args['view']) },
  'views.open': { token: 'bot', scope: null, run: (args) => view(args['view']) },
  'views.update': { token: 'bot', scope: null, run: (args) => view(args['view']) },
  'files.getUploadURLExternal': {
    token: 'bot',
    scope: 'files:write',
    run(args, { workspace, origin }) {
      if (!text(args['filename']) || !(Number(text(args['length'])) > 0))
        return failed('invalid_arguments');
      const id = workspace.nextId('F');
      return { ok: true, upload_url: `${origin}/upload/${id}`, file_id: id };
    },
  },
  'files.completeUploadExternal': {
    token: 'bot',
    scope: 'files:write',
    run(args) {
      const files = parsed(args['files']);
      return Array.isArray(files) ? { ok: true, files } : failed('invalid_arguments');
    },
  },
};

function view(value: unknown) {
  const shape = parsed(value);
  if (!isFields(shape) || !Array.isArray(shape['blocks'])) return failed('invalid_arguments');
  const found = problems();
  checkBlocks(shape['blocks'], mostViewBlocks, found);
  for (const part of ['title', 'submit', 'close']) {
    const label = shape[part];
    if (isFields(label) && text(label['text']).length > longestTitle) {
      found.add(`/${part}`, `must be less than ${longestTitle + 1} characters`);
    }
  }
  if (text(shape['private_metadata']).length > longestMetadata) {
    found.add('/private_metadata', `must be less than ${longestMetadata + 1} characters`);
  }
  if (found.list.length === 0) return { ok: true, view: shape };
  return failed('invalid_arguments', { response_metadata: { messages: found.list } });
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    // Not JSON: the caller answers invalid_arguments.
    return null;
  }
}
