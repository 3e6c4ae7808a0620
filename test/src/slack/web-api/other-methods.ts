import { failed, type Method, parsed, text } from './method.ts';

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
  'usergroups.users.list': {
    token: 'bot',
    scope: 'usergroups:read',
    run(args, { workspace }) {
      const users = workspace.userGroups.get(text(args['usergroup']));
      return users ? { ok: true, users } : failed('no_such_subteam');
    },
  },
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
