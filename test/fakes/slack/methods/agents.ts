import { asObject, listOf, needText, textOf } from '../arguments.ts'
import { visible } from '../conversations.ts'
import { refuse } from '../refusal.ts'
import type { Json, Team } from '../world.ts'
import type { Method } from './method.ts'

/** What an agent shows beside a conversation (https://docs.slack.dev/ai/developing-ai-apps). */
export const agents = {
  'assistant.threads.setStatus': {
    scope: 'chat:write',
    perMinute: 100,
    run: (args, { world, team }) => {
      const channel = conversation(args, team)
      const loadingMessages = (listOf(args, 'loading_messages', 'invalid_arguments') ?? []).map(String)
      if (loadingMessages.length > 10) refuse('invalid_arguments')
      const status = typeof args.status === 'string' ? args.status : refuse('invalid_arguments')
      const threadTs = needText(args, 'thread_ts')
      world.statuses.push({ team: team.id, channel, threadTs, status, loadingMessages, at: world.now() })
      world.changed()
      return {}
    },
  },
  'assistant.threads.setSuggestedPrompts': {
    scope: 'assistant:write',
    perMinute: 50,
    run: (args, { world, team }) => {
      const prompts = listOf(args, 'prompts', 'invalid_arguments') ?? refuse('invalid_arguments')
      const isRight = prompts.map(asObject).every(p => typeof p.title === 'string' && typeof p.message === 'string')
      if (prompts.length > 4) refuse('too_many_prompts')
      if (!isRight) refuse('invalid_arguments')
      world.prompts.push({
        team: team.id,
        channel: conversation(args, team),
        threadTs: textOf(args, 'thread_ts'),
        title: textOf(args, 'title'),
        prompts,
      })
      world.changed()
      return {}
    },
  },
  'assistant.threads.setTitle': {
    scope: 'assistant:write',
    perMinute: 50,
    run: (args, { team }) => {
      conversation(args, team)
      needText(args, 'thread_ts')
      needText(args, 'title')
      return {}
    },
  },
  'agents.sessions.setStatus': {
    scope: 'chat:write',
    perMinute: 100,
    run: (args, { team }) => {
      conversation(args, team)
      const allowed = ['active', 'processing', 'suspended', 'closed']
      return allowed.includes(needText(args, 'status')) ? {} : refuse('invalid_arguments')
    },
  },
} satisfies Record<string, Method>

const conversation = (args: Json, team: Team) =>
  visible(team, needText(args, textOf(args, 'channel') ? 'channel' : 'channel_id')).id
